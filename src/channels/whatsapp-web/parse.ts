import type { Attachment, DeliveryStatus, InboundActivity, MessageBody } from '../../core/activity';
import { fingerprint, text, time } from '../meta/json';
import { ACCOUNT, CHANNEL, identitiesOf, personOf, referenceOf } from './people';
import type { WebEvent, WebMessage } from './protocol';

const MEDIA: Record<string, Attachment['kind']> = {
  image: 'image',
  video: 'video',
  gif: 'video',
  audio: 'audio',
  ptt: 'voice',
  document: 'document',
  sticker: 'sticker',
};

/** What people write, choose or show besides files. */
const SAID = new Set([
  'chat',
  'location',
  'vcard',
  'multi_vcard',
  'list_response',
  'buttons_response',
  'template_button_reply',
]);

/** What people send and we cannot read: it gets an answer that says so. */
const UNREADABLE = new Set([
  'event_creation',
  'groups_v4_invite',
  'interactive',
  'native_flow',
  'order',
  'oversized',
  'payment',
  'poll_creation',
  'product',
  'unknown',
]);

/** WhatsApp's acks: server, device, read, played; below zero the message failed. 0 says only that it waits. */
const ACKS: Record<number, DeliveryStatus> = { 1: 'sent', 2: 'delivered', 3: 'read', 4: 'read' };

/** Normalises what the session reports. Never throws; groups, channels, status and what cannot be read fall away or are stored as ignored. */
export function parse(events: WebEvent[], receivedAt: Date): InboundActivity[] {
  return events.flatMap((event) => {
    try {
      return parseEvent(event, receivedAt) ?? [];
    } catch {
      return [ignored('unreadable', event, receivedAt)];
    }
  });
}

function parseEvent(event: WebEvent, receivedAt: Date): InboundActivity | undefined {
  switch (event.kind) {
    case 'message':
      return parseMessage(event.message, receivedAt);
    case 'ack':
      return parseAck(event, receivedAt);
    case 'edited':
    case 'revoked':
      return parseChange(event, receivedAt);
    case 'moved':
      return parseMove(event, receivedAt);
  }
}

function ignored(what: string, about: unknown, at: Date): InboundActivity {
  return {
    type: 'ignored',
    id: `ignored:${fingerprint(what, about)}`,
    channel: CHANNEL,
    account: ACCOUNT,
    what,
    at,
  };
}

function parseMessage(message: WebMessage, receivedAt: Date): InboundActivity | undefined {
  const person = personOf(message.chat, message.phone);
  if (!person || !message.id) return undefined;
  const { type } = message;
  // Everything else is a notice of WhatsApp itself; a `ciphertext` becomes readable a moment later and comes again.
  if (!MEDIA[type] && !SAID.has(type) && !UNREADABLE.has(type))
    return ignored(`kind:${type}`, message.id, receivedAt);
  const base = {
    id: message.id,
    reference: referenceOf(person),
    identities: identitiesOf(person),
    at: time(message.at, receivedAt),
  };
  if (message.fromMe) return { ...base, type: 'echo', text: echoText(message) };
  const name = text(message.name);
  return { ...base, type: 'message', ...(name ? { name } : {}), body: bodyOf(message) };
}

/** What a customer's message carried; what cannot be read still gets an answer. */
function bodyOf(message: WebMessage): MessageBody {
  const said = text(message.text);
  const media = MEDIA[message.type];
  if (media) {
    const mime = text(message.mime);
    const about = { ...(mime ? { mime } : {}), ...(said ? { caption: said } : {}) };
    const attachments: Attachment[] = [{ kind: media, ref: message.id, ...about }];
    return { kind: 'media', attachments, ...(said ? { text: said } : {}) };
  }
  switch (message.type) {
    case 'location':
      return placeOf(message);
    case 'vcard':
    case 'multi_vcard':
      return { kind: 'contacts', phones: (message.vcards ?? []).flatMap(phonesOf) };
    default:
      return said === undefined
        ? { kind: 'unsupported', what: message.type || 'unknown' }
        : { kind: 'text', text: said };
  }
}

function placeOf({ place }: WebMessage): MessageBody {
  const { latitude, longitude, name, address } = place ?? {};
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude))
    return { kind: 'unsupported', what: 'location' };
  return {
    kind: 'location',
    latitude: Number(latitude),
    longitude: Number(longitude),
    ...(name ? { name } : {}),
    ...(address ? { address } : {}),
  };
}

/** The numbers of one contact card: WhatsApp's own where the card has it, otherwise as written. */
function phonesOf(vcard: string): string[] {
  return vcard.split(/\r?\n/).flatMap((line) => {
    const [, attributes = '', written] = /^(?:item\d+\.)?TEL([^:]*):(.+)$/i.exec(line) ?? [];
    if (!written) return [];
    return [/waid=(\d+)/i.exec(attributes)?.[1] ?? written.trim()];
  });
}

/** What our own side said, for the transcript; files are named in brackets. */
function echoText(message: WebMessage): string {
  const written = text(message.text);
  if (message.type === 'chat') return written ?? '';
  return [`[${MEDIA[message.type] ?? (message.type || 'message')}]`, written].filter(Boolean).join(' ');
}

function parseAck(event: Extract<WebEvent, { kind: 'ack' }>, receivedAt: Date): InboundActivity | undefined {
  const { messageId, ack, callbackId, part } = event;
  const status = ack < 0 ? 'failed' : ACKS[ack];
  if (!messageId || !status) return undefined;
  return {
    type: 'receipt',
    id: `ack:${messageId}:${ack}`,
    channel: CHANNEL,
    account: ACCOUNT,
    messageId,
    ...(callbackId ? { callbackId, part: part ?? 0 } : {}),
    status,
    ...(status === 'failed' ? { reason: 'undeliverable' } : {}),
    at: time(event.at, receivedAt),
  };
}

function parseChange(
  event: Extract<WebEvent, { kind: 'edited' | 'revoked' }>,
  receivedAt: Date,
): InboundActivity | undefined {
  const { message } = event;
  const person = personOf(message.chat, message.phone);
  if (!person || !message.id) return undefined;
  const base = {
    reference: referenceOf(person),
    identities: identitiesOf(person),
    at: time(message.at, receivedAt),
  };
  if (event.kind === 'revoked') {
    const { targetId } = event;
    return { ...base, type: 'revoked', id: `revoked:${targetId}`, targetId };
  }
  const said = text(message.text);
  const id = `edit:${message.id}:${fingerprint(said)}`;
  return { ...base, type: 'edited', id, targetId: message.id, ...(said ? { text: said } : {}) };
}

function parseMove(
  event: Extract<WebEvent, { kind: 'moved' }>,
  receivedAt: Date,
): InboundActivity | undefined {
  const previous = identitiesOf(personOf(event.from) ?? {})[0];
  const current = identitiesOf(personOf(event.to) ?? {});
  if (!previous || current.length === 0) return undefined;
  return {
    type: 'identity-changed',
    id: `moved:${fingerprint(event.id, event.from, event.to)}`,
    channel: CHANNEL,
    account: ACCOUNT,
    previous,
    current,
    at: time(event.at, receivedAt),
  };
}
