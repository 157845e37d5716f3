import type { Attachment, MessageBody } from '../../core/activity';
import { isObject, list, object, text, type Json } from '../meta/json';

const MEDIA: Record<string, Attachment['kind']> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  document: 'document',
  sticker: 'sticker',
};

/** Kinds a customer does not expect an answer to, or that are no message of theirs. */
const SILENT = new Set(['reaction', 'ephemeral', 'request_welcome']);

/** True for a kind that is stored and counted only. */
export function isSilent(type: string): boolean {
  return SILENT.has(type);
}

/**
 * What a customer's message carried. A known kind whose content is missing becomes `unsupported`, so that it still gets an
 * answer; undefined for a kind unknown to us.
 */
export function bodyOf(message: Json): MessageBody | undefined {
  const type = text(message.type) ?? '';
  const content = object(message[type]);
  const media = MEDIA[type];
  if (media) return mediaBody(media, content);
  switch (type) {
    case 'text':
      return textBody(content);
    case 'interactive':
      return interactiveBody(content);
    case 'button':
      return choice(content.payload ?? content.text, content.text);
    case 'location':
      return locationBody(content);
    case 'contacts':
      return { kind: 'contacts', phones: phonesOf(message.contacts) };
    case 'order':
      return unsupported('order');
    case 'unsupported':
      return unsupported(text(content.type) ?? 'unknown');
    default:
      return undefined;
  }
}

function unsupported(what: string): MessageBody {
  return { kind: 'unsupported', what };
}

function textBody(content: Json): MessageBody {
  const said = text(content.body);
  return said === undefined ? unsupported('text') : { kind: 'text', text: said };
}

function mediaBody(kind: Attachment['kind'], content: Json): MessageBody {
  const ref = text(content.id) ?? text(content.url);
  if (!ref) return unsupported(kind);
  const caption = text(content.caption);
  const mime = text(content.mime_type);
  const attachment: Attachment = {
    kind: kind === 'audio' && content.voice === true ? 'voice' : kind,
    ref,
    ...(mime ? { mime } : {}),
    ...(caption ? { caption } : {}),
  };
  return { kind: 'media', attachments: [attachment], ...(caption ? { text: caption } : {}) };
}

function choice(id: unknown, title: unknown): MessageBody {
  const choiceId = text(id);
  if (!choiceId) return unsupported('choice');
  const label = text(title);
  return { kind: 'choice', choiceId, ...(label ? { title: label } : {}) };
}

function interactiveBody(content: Json): MessageBody {
  const type = text(content.type) ?? '';
  const reply = object(content[type]);
  if (type === 'button_reply' || type === 'list_reply') return choice(reply.id, reply.title);
  if (type === 'nfm_reply') {
    return { kind: 'form', name: text(reply.name) ?? 'form', values: formValues(reply.response_json) };
  }
  return unsupported(type || 'interactive');
}

/** Values of a form; those of the address form lie one level deeper. The flow's own token says nothing about the customer. */
function formValues(responseJson: unknown): Record<string, string> {
  const { values, ...rest } = object(parseJson(responseJson));
  const all = { ...rest, ...(isObject(values) ? values : {}) };
  const kept = Object.entries(all).filter(
    ([name, value]) => name !== 'flow_token' && value !== null && value !== '',
  );
  return Object.fromEntries(
    kept.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function parseJson(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    return undefined;
  }
}

function locationBody(content: Json): MessageBody {
  const latitude = Number(content.latitude);
  const longitude = Number(content.longitude);
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return unsupported('location');
  const name = text(content.name);
  const address = text(content.address);
  return {
    kind: 'location',
    latitude,
    longitude,
    ...(name ? { name } : {}),
    ...(address ? { address } : {}),
  };
}

function phonesOf(contacts: unknown): string[] {
  return list(contacts)
    .flatMap((contact) => list(object(contact).phones))
    .map((phone) => text(object(phone).wa_id) ?? text(object(phone).phone))
    .filter((phone) => phone !== undefined);
}

/** What an own-side message said, for the transcript; media are named in brackets. */
export function echoText(message: Json): string {
  const type = text(message.type) ?? 'message';
  const content = object(message[type]);
  if (type === 'text') return text(content.body) ?? '';
  return [`[${type}]`, text(content.caption)].filter(Boolean).join(' ');
}
