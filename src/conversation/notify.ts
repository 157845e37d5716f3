import type { Content } from '../core/content';
import { isErased, type Conversation } from '../core/conversation';
import type { NotifyOptions } from '../core/stream';
import type { ConversationWrite } from '../core/stream-store';
import { channelOf, committed, existing, type ActionParts } from './action-parts';
import { handedTo, outgoing, preview, systemNote } from './commit';
import { fenced } from './handoff';
import { maySend, replyWindow } from './window';

type Outcome = 'queued' | 'noted' | 'repeated' | 'silent';

/** Why the customer does not read it; undefined when they may. */
function kept(conversation: Conversation, open: boolean, options: NotifyOptions): string | undefined {
  if (conversation.owner === 'agent') return '';
  if (conversation.owner === 'waiting' && options.noteWhileWaiting) return '';
  if (options.hold !== undefined) return options.hold;
  if (conversation.stopped) return 'Not sent (the customer said STOP): ';
  return open ? undefined : 'Not sent (the reply window is closed): ';
}

/** The form that may leave now: the text while the window is open, otherwise the template, where there is one. */
function formFor(
  parts: ActionParts,
  conversation: Conversation,
  content: Content,
  template: NotifyOptions['template'],
  now: Date,
): Content | undefined {
  const { capabilities } = channelOf(parts, conversation.reference.channel);
  const window = replyWindow(conversation, capabilities, now);
  if (maySend(window, 'bot', content.template !== undefined)) return content;
  return template && maySend(window, 'bot', true) ? { ...content, template } : undefined;
}

/** The product's own message about something that happened; see `ConversationActions.notify` for what it promises. */
export async function notify(
  parts: ActionParts,
  key: string,
  id: string,
  content: Content,
  options: NotifyOptions = {},
): Promise<Outcome> {
  const { handoff, follow } = options;
  let outcome: Outcome = 'repeated';
  let moved = false;
  const { conversation, written } = await fenced(parts.conversations, key, async (current) => {
    outcome = 'repeated';
    if (isErased(current)) {
      outcome = 'silent';
      return undefined;
    }
    if (await existing(parts, current, id)) return undefined;
    const watching = follow?.(current);
    if (follow && !watching) return undefined;
    const now = parts.clock.now();
    const form = formFor(parts, current, content, options.template, now);
    const why = kept(current, form !== undefined, options);
    const seq = current.sequence + 1;
    const moves = handoff !== undefined && current.owner !== 'waiting' && current.owner !== 'agent';
    moved = moves;
    const write: ConversationWrite = {
      set: {
        updatedAt: now,
        ...(watching ? { watching } : {}),
        ...(moves ? { owner: 'waiting', ...handedTo(handoff, current, now) } : {}),
      },
      bumpEpoch: moves,
      ...(moves && handoff.orderNumber ? { searchKeys: [handoff.orderNumber.toLowerCase()] } : {}),
    };
    if (why !== undefined || !form) {
      outcome = why === '' ? 'noted' : 'silent';
      return { ...write, append: [systemNote(current, id, seq, `${why ?? ''}${content.text}`, now)] };
    }
    outcome = 'queued';
    const { capabilities } = channelOf(parts, current.reference.channel);
    const message = {
      id,
      seq,
      epoch: current.epoch + (moves ? 1 : 0),
      author: 'bot' as const,
      content: form,
    };
    const { line, entry } = outgoing(current, message, capabilities, now);
    return {
      ...write,
      set: {
        ...write.set,
        ...preview([line]),
        ...(form.options?.length ? { openChoices: { version: id, options: form.options } } : {}),
      },
      append: [line],
      enqueue: entry ? [{ ...entry, unasked: true }] : [],
    };
  });
  if (written && moved && handoff) parts.meter.handover(handoff.reason);
  if (written) await committed(parts, conversation, false);
  return outcome;
}
