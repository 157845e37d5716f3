import type { ChannelAdapter } from '../core/channel';
import type { Conversation, TranscriptEntry } from '../core/conversation';
import { AppError } from '../core/errors';
import type { Locale } from '../core/locale';
import type { CustomerStore, ErasureStore } from '../core/stream-store';
import type { HandoffParts } from './handoff';
import type { SurveyQuestion } from './survey';

/** What desk, API and notices need of the stream. */
export interface ActionParts extends HandoffParts {
  customers: CustomerStore;
  erasure: ErasureStore;
  channels: Map<string, ChannelAdapter>;
  defaultLocale: Locale;
  /** Asks how the help was; absent: nobody is asked. */
  survey?: SurveyQuestion | undefined;
  /** What this process holds of a conversation is no longer so. */
  onErased(key: string): void;
  /** Something new is in the outbox; `hurry` when a person wrote it. */
  onQueued(conversation: Conversation, hurry: boolean): void;
}

/** The adapter of a channel; refuses one that is not configured. */
export function channelOf(parts: ActionParts, channel: string): ChannelAdapter {
  const adapter = parts.channels.get(channel);
  if (!adapter) throw new AppError('channel_off', 'this channel is not configured');
  return adapter;
}

/** A line with this id is there already: in the tail, or copied. The tail is read first, because copying comes before clearing. */
export async function existing(
  parts: ActionParts,
  conversation: Conversation,
  id: string,
): Promise<TranscriptEntry | undefined> {
  return conversation.tail.find((line) => line.id === id) ?? (await parts.messages.get(id));
}

/** After a write that took effect: lines are copied to the transcript, viewers told, the outbox looked at. */
export async function committed(
  parts: ActionParts,
  conversation: Conversation,
  hurry: boolean,
): Promise<void> {
  await parts.transcript.copy(conversation, { clear: conversation.outbox.length === 0 });
  parts.signals.emit('changed', conversation.key);
  if (conversation.outbox.length > 0) parts.onQueued(conversation, hurry);
}
