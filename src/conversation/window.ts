import type { ChannelCapabilities } from '../core/channel';
import type { Conversation } from '../core/conversation';
import type { ReplyWindow } from '../core/stream';

const HOUR_MS = 3_600_000;

/**
 * What may leave on a conversation's channel at a moment: `open` for everybody, `agent-only` for a person, `closed` for nobody but an
 * approved template where the channel has those. Asked again for every send, when it leaves and not when it was written.
 */
export function replyWindow(
  conversation: Pick<Conversation, 'lastCustomerMessageAt'>,
  capabilities: ChannelCapabilities,
  now: Date,
): ReplyWindow {
  const { windowHours, agentWindowHours, templates } = capabilities;
  if (windowHours === undefined) return { state: 'none', templates };
  const last = conversation.lastCustomerMessageAt?.getTime();
  if (last === undefined) return { state: 'closed', templates };
  const end = last + windowHours * HOUR_MS;
  if (now.getTime() < end) return { state: 'open', until: new Date(end), templates };
  const agentEnd = last + (agentWindowHours ?? windowHours) * HOUR_MS;
  if (now.getTime() < agentEnd) return { state: 'agent-only', until: new Date(agentEnd), templates };
  return { state: 'closed', templates };
}

/** True when this author's message may leave now. */
export function maySend(
  window: ReplyWindow,
  author: 'bot' | 'agent' | 'system',
  isTemplate: boolean,
): boolean {
  if (isTemplate) return window.templates || window.state === 'none' || window.state === 'open';
  if (window.state === 'none' || window.state === 'open') return true;
  return window.state === 'agent-only' && author === 'agent';
}
