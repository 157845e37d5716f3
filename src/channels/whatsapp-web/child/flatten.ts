import { list, object, text, type Json } from '../../meta/json';
import type { WebMessage } from '../protocol';

/** An id that the page gives as a string, or as an object that holds it. */
export function idText(value: unknown): string {
  return text(value) ?? text(object(value)._serialized) ?? '';
}

/**
 * The message's name: our side or theirs, the chat, WhatsApp's random part. Parts are strings or objects depending on where the message
 * came from, and some forms have an ending that others lack; this has neither.
 */
export function messageId(value: unknown): string {
  const id = object(value);
  const own = text(id.id);
  const chat = idText(id.remote);
  if (own && chat)
    return [String(id.fromMe === true), chat, own, idText(id.participant)].filter(Boolean).join('_');
  return idText(value).replace(/_out$/, '');
}

/**
 * Cuts a message of the library down. The words are taken only where they are words: a place has a picture in their stead, a contact its card.
 * Undefined when it has no name.
 */
export function flatten(value: unknown): WebMessage | undefined {
  const message = object(value);
  const data = object(message._data);
  const id = messageId(message.id);
  const type = text(message.type) ?? text(data.type) ?? 'unknown';
  const fromMe = message.fromMe === true || object(message.id).fromMe === true;
  // The chat's own id where there is one: `to` and `from` name the same person in another form at times.
  const chat = idText(object(message.id).remote) || idText(fromMe ? message.to : message.from);
  if (!id || !chat) return undefined;
  const name = text(data.notifyName);
  const mime = text(data.mimetype);
  const said = wordsOf(type, message, data);
  return {
    id,
    fromMe,
    chat,
    type,
    at: Number(message.timestamp ?? data.t) || 0,
    ...(name && !fromMe ? { name } : {}),
    ...(said ? { text: said } : {}),
    ...(mime ? { mime } : {}),
    ...(type === 'location' ? { place: placeOf(object(message.location)) } : {}),
    ...(/vcard$/.test(type) ? { vcards: cardsOf(message) } : {}),
  };
}

const FILES = new Set(['image', 'video', 'gif', 'audio', 'ptt', 'document', 'sticker']);

/** Kinds whose body is what the person wrote or chose. */
const WRITTEN = new Set(['chat', 'list_response', 'buttons_response', 'template_button_reply']);

function wordsOf(type: string, message: Json, data: Json): string | undefined {
  if (WRITTEN.has(type)) return text(message.body);
  // The library's body is the caption only once the file is uploaded; before, it may be a picture.
  if (FILES.has(type))
    return text(data.caption) ?? (message.hasMedia === true ? text(message.body) : undefined);
  return undefined;
}

function placeOf(location: Json): WebMessage['place'] {
  const name = text(location.name);
  const address = text(location.address);
  return {
    latitude: Number(location.latitude ?? NaN),
    longitude: Number(location.longitude ?? NaN),
    ...(name ? { name } : {}),
    ...(address ? { address } : {}),
  };
}

function cardsOf(message: Json): string[] {
  return list(message.vCards).flatMap((card) => text(card) ?? []);
}
