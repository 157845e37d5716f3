import { randomUUID } from 'node:crypto';
import { conversationKey, type Conversation, type TranscriptEntry } from '../core/conversation';
import { AppError } from '../core/errors';
import { isLocale } from '../core/locale';
import type { Actor, ConversationActions } from '../core/stream';
import { channelOf, committed, existing, type ActionParts } from './action-parts';
import { outgoing, preview } from './commit';
import { erase } from './erase';
import { fenced, refuseErased, setOwner } from './handoff';
import { notify } from './notify';
import { answered } from './people-times';
import { maySend, replyWindow } from './window';
import type { Content } from '../core/content';

/** Everything people and the product itself may do to a conversation, through the same stream as the bot's answers. */
export function createConversationActions(parts: ActionParts): ConversationActions {
  return {
    setOwner: (key, owner, actor, options) => setOwner(parts, key, owner, actor, options),
    reply: (key, actor, content, id) => reply(parts, key, actor, content, id ?? randomUUID()),
    note: (key, actor, text, id) => note(parts, key, actor, text, id ?? randomUUID()),
    notify: (key, id, content, options) => notify(parts, key, id, content, options),
    sendSystem: (reference, id, content, transcriptText) =>
      sendSystem(parts, reference, id, content, transcriptText),
    retry: (key, messageId, actor) => retry(parts, key, messageId, actor),
    open: (reference, options) => open(parts, reference, options),
    erase: (key) => erase(parts, key),
  };
}

async function reply(parts: ActionParts, key: string, actor: Actor, content: Content, id: string) {
  const before = await parts.conversations.get(key);
  if (!before) throw new AppError('not_found', 'there is no such conversation');
  const said = await existing(parts, before, id);
  if (said) return said;
  refuseErased(before);
  const { capabilities } = channelOf(parts, before.reference.channel);
  const window = replyWindow(before, capabilities, parts.clock.now());
  if (!maySend(window, 'agent', content.template !== undefined)) {
    throw new AppError('window_closed', 'the reply window of this channel is closed');
  }
  if (before.owner !== 'agent' || before.assignee !== actor.id) await setOwner(parts, key, 'agent', actor);
  let line: TranscriptEntry | undefined;
  const { conversation } = await fenced(parts.conversations, key, async (current) => {
    refuseErased(current);
    if (current.owner !== 'agent' || current.assignee !== actor.id) {
      throw new AppError('conflict', `${current.assigneeName ?? 'Somebody else'} has this conversation now`);
    }
    line = await existing(parts, current, id);
    if (line) return undefined;
    const now = parts.clock.now();
    const message = {
      id,
      seq: current.sequence + 1,
      epoch: current.epoch,
      author: 'agent' as const,
      agent: actor.name,
      content,
    };
    const made = outgoing(current, message, capabilities, now);
    line = made.line;
    return {
      set: { updatedAt: now, ...answered(current, now), ...preview([made.line]) },
      append: [made.line],
      enqueue: made.entry ? [made.entry] : [],
    };
  });
  await committed(parts, conversation, true);
  if (!line) throw new AppError('internal', 'a reply was written without a line');
  return line;
}

async function note(parts: ActionParts, key: string, actor: Actor, text: string, id: string) {
  let line: TranscriptEntry | undefined;
  const { conversation } = await fenced(parts.conversations, key, async (current) => {
    line = await existing(parts, current, id);
    if (line) return undefined;
    const now = parts.clock.now();
    line = {
      id,
      conversation: key,
      seq: current.sequence + 1,
      from: 'agent',
      agent: actor.name,
      text,
      visibility: 'note',
      at: now,
    };
    return { set: { updatedAt: now }, append: [line] };
  });
  await committed(parts, conversation, false);
  if (!line) throw new AppError('internal', 'a note was written without a line');
  return line;
}

async function sendSystem(
  parts: ActionParts,
  reference: Conversation['reference'],
  id: string,
  content: Content,
  transcriptText: string,
): Promise<void> {
  const channel = channelOf(parts, reference.channel);
  const identities =
    reference.channel === 'whatsapp'
      ? [
          {
            channel: reference.channel,
            account: reference.account,
            kind: 'wa_phone' as const,
            value: reference.user,
          },
        ]
      : [];
  const opened = await open(parts, reference, { identities });
  const { conversation } = await fenced(parts.conversations, opened.key, async (current) => {
    if (await existing(parts, current, id)) return undefined;
    const now = parts.clock.now();
    const message = {
      id,
      seq: current.sequence + 1,
      epoch: current.epoch,
      author: 'system' as const,
      content,
      text: transcriptText,
    };
    const made = outgoing(current, message, channel.capabilities, now);
    return { set: { updatedAt: now }, append: [made.line], enqueue: made.entry ? [made.entry] : [] };
  });
  await committed(parts, conversation, false);
}

async function retry(parts: ActionParts, key: string, messageId: string, actor: Actor): Promise<void> {
  const message = await parts.messages.get(messageId);
  if (!message || message.conversation !== key || message.from === 'customer')
    throw new AppError('not_found', 'there is no such message');
  if (message.state !== 'failed') return;
  const { conversation } = await fenced(parts.conversations, key, (current) => {
    if (current.owner === 'agent' && current.assignee !== actor.id)
      throw new AppError('conflict', `${current.assigneeName ?? 'A colleague'} has this conversation`);
    if (current.outbox.some((entry) => entry.id === messageId)) return undefined;
    const now = parts.clock.now();
    const channel = channelOf(parts, current.reference.channel);
    if (!maySend(replyWindow(current, channel.capabilities, now), 'agent', false)) {
      throw new AppError('window_closed', 'the reply window of this channel is closed');
    }
    const content = message.content ?? { text: message.text };
    const made = outgoing(
      current,
      { id: messageId, seq: message.seq, epoch: current.epoch, author: 'agent', content },
      channel.capabilities,
      now,
    );
    return { set: { updatedAt: now }, enqueue: made.entry ? [made.entry] : [] };
  });
  await parts.messages.requeue(messageId);
  parts.onQueued(conversation, true);
}

async function open(
  parts: ActionParts,
  reference: Conversation['reference'],
  options: Parameters<ConversationActions['open']>[1],
): Promise<Conversation> {
  const now = parts.clock.now();
  const home =
    options.identities.length > 0
      ? await parts.customers.resolve(reference, options.identities, 'opened', now)
      : { customerId: '', conversation: conversationKey(reference) };
  const locale = isLocale(options.locale) ? options.locale : parts.defaultLocale;
  const start = { reference, customerId: home.customerId, locale };
  const conversation = await parts.conversations.open(
    home.conversation,
    start,
    options.identities,
    options.name,
    now,
  );
  const { shopIdentity, introduced } = options;
  const known = !shopIdentity || conversation.shopIdentity?.until.getTime() === shopIdentity.until.getTime();
  if (known && !introduced) return conversation;
  const set = {
    ...(shopIdentity ? { shopIdentity } : {}),
    ...(introduced ? { introduced } : {}),
    // Where everything was deleted before, the customer is another one to us and has no name yet.
    ...(home.customerId ? { customerId: home.customerId } : {}),
    ...(options.name && !conversation.name ? { name: options.name } : {}),
  };
  return (await fenced(parts.conversations, conversation.key, () => ({ set }))).conversation;
}
