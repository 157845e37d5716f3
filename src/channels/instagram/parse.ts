import type {
  Attachment,
  ConversationReference,
  Identity,
  InboundActivity,
  MessageBody,
} from '../../core/activity';
import { fingerprint, isObject, list, object, text, time, type Json } from '../meta/json';

/** Name of the channel in references, identities and addresses. */
export const CHANNEL = 'instagram';

interface Context {
  /** Our professional account's id. */
  account: string;
  receivedAt: Date;
}

/**
 * Normalises one webhook body of Instagram messaging, in the order in which it lists things. Published samples wrap the body in an
 * array; both forms are read. Never throws; an event that cannot be read is stored as ignored and the others take effect.
 */
export function parse(account: string, body: unknown, receivedAt: Date): InboundActivity[] {
  const bodies = Array.isArray(body) ? body : [body];
  return bodies
    .flatMap((one) => list(object(one).entry))
    .filter(isObject)
    .flatMap((entry) => parseEntry(entry, { account, receivedAt }));
}

function ignored(context: Context, what: string, ...named: unknown[]): InboundActivity {
  const { account, receivedAt: at } = context;
  return {
    type: 'ignored',
    id: `ignored:${fingerprint(what, ...named)}`,
    channel: CHANNEL,
    account,
    what,
    at,
  };
}

function parseEntry(entry: Json, context: Context): InboundActivity[] {
  const events = list(entry.messaging);
  const standby = list(entry.standby).map((event) => ignored(context, 'standby', event));
  const changes = [...list(entry.changes), ...(entry.field === undefined ? [] : [entry])].map((change) =>
    ignored(context, `field:${text(object(change).field) ?? 'unknown'}`, entry.id, entry.time, change),
  );
  // The dashboard's test button sends account 0; another id is another account of the same app.
  if (text(entry.id) !== context.account) {
    const what = text(entry.id) === '0' ? 'test' : 'other_account';
    return [...events.map((event) => ignored(context, what, event)), ...standby, ...changes];
  }
  return [...events.map((event) => readSafely(event, context)), ...standby, ...changes];
}

function readSafely(event: unknown, context: Context): InboundActivity {
  if (!isObject(event)) return ignored(context, 'unreadable', event);
  try {
    return parseEvent(event, context) ?? ignored(context, kindOf(event), event);
  } catch {
    return ignored(context, 'unreadable', event);
  }
}

function kindOf(event: Json): string {
  if (object(event.message).is_self === true) return 'echo:self';
  const known = ['message', 'postback', 'reaction', 'referral', 'read', 'message_edit'];
  return known.find((kind) => event[kind] !== undefined) ?? 'unknown';
}

function referenceOf(context: Context, user: string): ConversationReference {
  return { channel: CHANNEL, account: context.account, user };
}

function identitiesOf(context: Context, user: string): Identity[] {
  return [{ channel: CHANNEL, account: context.account, kind: 'ig_igsid', value: user }];
}

function parseEvent(event: Json, context: Context): InboundActivity | undefined {
  const sender = text(object(event.sender).id);
  const at = time(event.timestamp, context.receivedAt);
  if (isObject(event.message) && event.message.is_echo === true)
    return parseEcho(event, event.message, context);
  if (!sender || sender === context.account) return undefined;
  const reference = referenceOf(context, sender);
  if (isObject(event.message)) return parseMessage(event.message, reference, at, context);
  if (isObject(event.postback)) {
    const { postback } = event;
    const id = text(postback.mid) ?? `postback:${fingerprint(sender, event.timestamp, postback)}`;
    return message(
      id,
      reference,
      at,
      context,
      choiceBody(postback.payload ?? postback.title, postback.title),
    );
  }
  if (isObject(event.read)) {
    const messageId = text(event.read.mid);
    if (!messageId) return undefined;
    const identities = identitiesOf(context, sender);
    return { type: 'read-up-to', id: `read:${messageId}`, reference, identities, messageId, at };
  }
  if (isObject(event.message_edit)) {
    const targetId = text(event.message_edit.mid);
    if (!targetId) return undefined;
    const said = text(event.message_edit.text);
    const id = `edit:${targetId}:${text(event.message_edit.num_edit) ?? fingerprint(said)}`;
    return {
      type: 'edited',
      id,
      reference,
      identities: identitiesOf(context, sender),
      targetId,
      ...(said ? { text: said } : {}),
      at,
    };
  }
  return undefined;
}

function message(
  id: string,
  reference: ConversationReference,
  at: Date,
  context: Context,
  body: MessageBody,
  replyTo?: string,
): InboundActivity {
  const identities = identitiesOf(context, reference.user);
  return { type: 'message', id, reference, identities, at, body, ...(replyTo ? { replyTo } : {}) };
}

function parseMessage(
  content: Json,
  reference: ConversationReference,
  at: Date,
  context: Context,
): InboundActivity | undefined {
  const id = text(content.mid);
  if (!id) return undefined;
  if (content.is_deleted === true) {
    return revoked(id, reference, at, context);
  }
  return message(id, reference, at, context, bodyOf(content), text(object(content.reply_to).mid));
}

function revoked(
  targetId: string,
  reference: ConversationReference,
  at: Date,
  context: Context,
): InboundActivity {
  const identities = identitiesOf(context, reference.user);
  return { type: 'revoked', id: `revoked:${targetId}`, reference, identities, targetId, at };
}

function bodyOf(content: Json): MessageBody {
  if (content.is_unsupported === true) return { kind: 'unsupported', what: 'unknown' };
  const said = text(content.text);
  if (isObject(content.quick_reply)) return choiceBody(content.quick_reply.payload ?? said, said);
  const attachments = list(content.attachments).filter(isObject).map(attachmentOf);
  if (attachments.length > 0) return { kind: 'media', attachments, ...(said ? { text: said } : {}) };
  return said === undefined ? { kind: 'unsupported', what: 'empty' } : { kind: 'text', text: said };
}

function choiceBody(id: unknown, title: unknown): MessageBody {
  const choiceId = text(id);
  const label = text(title);
  if (!choiceId) return { kind: 'unsupported', what: 'choice' };
  return { kind: 'choice', choiceId, ...(label ? { title: label } : {}) };
}

const ATTACHMENTS: Record<string, Attachment['kind']> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  file: 'document',
  like_heart: 'sticker',
  share: 'post',
  ig_post: 'post',
  ig_reel: 'post',
  reel: 'post',
  story: 'post',
  media: 'post',
  story_mention: 'mention',
};

function attachmentOf(attachment: Json): Attachment {
  const type = text(attachment.type) ?? 'unknown';
  const payload = object(attachment.payload);
  const kind = ATTACHMENTS[type] ?? 'other';
  // The title of a shared post is its author's words, not the customer's.
  const caption = kind === 'post' ? undefined : text(payload.title);
  return {
    kind,
    ref: text(payload.url) ?? type,
    ...(caption ? { caption } : {}),
  };
}

/** Our own side wrote: this product (the id is that of a send) or a colleague in the Instagram app. */
function parseEcho(event: Json, content: Json, context: Context): InboundActivity | undefined {
  const sender = text(object(event.sender).id);
  const recipient = text(object(event.recipient).id);
  const user = recipient === context.account ? sender : recipient;
  const id = text(content.mid);
  // A test of the account with itself is nobody's conversation.
  if (!id || !user || user === context.account || content.is_self === true) return undefined;
  const reference = referenceOf(context, user);
  const at = time(event.timestamp, context.receivedAt);
  if (content.is_deleted === true) {
    return revoked(id, reference, at, context);
  }
  const attached = list(content.attachments).map((one) => `[${text(object(one).type) ?? 'attachment'}]`);
  const said = [text(content.text), ...attached].filter(Boolean).join(' ');
  return { type: 'echo', id, reference, identities: identitiesOf(context, user), at, text: said };
}
