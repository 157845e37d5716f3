import type { InboundActivity } from '../../core/activity';
import { fingerprint, isObject, list, object, text, type Json } from '../meta/json';
import { parseEcho } from './parse-echo';
import { parseMessage } from './parse-message';
import { parseStatus } from './parse-status';
import { parsePreference, parseUserIdUpdate } from './parse-person';
import { CHANNEL, contactsOf, type Person } from './people';

/** What every part of one webhook value is read with. */
export interface ValueContext {
  /** Our phone number id. */
  account: string;
  /** Digits of our number as customers see it, where the value says them. */
  ownPhone?: string;
  contacts: Person[];
  receivedAt: Date;
}

/** Reads one item; undefined leaves it to be stored as ignored. */
type Reader = (item: Json, context: ValueContext) => InboundActivity | undefined;

const FIELDS: Record<string, { list: string; read: Reader }[]> = {
  messages: [
    { list: 'messages', read: parseMessage },
    { list: 'message_echoes', read: parseEcho },
    { list: 'statuses', read: parseStatus },
  ],
  smb_message_echoes: [{ list: 'message_echoes', read: parseEcho }],
  user_preferences: [{ list: 'user_preferences', read: parsePreference }],
  user_id_update: [{ list: 'user_id_update', read: parseUserIdUpdate }],
};

/** Something stored and counted, named so that a second delivery gets the same name. */
export function ignored(context: ValueContext, what: string, ...named: unknown[]): InboundActivity {
  return {
    type: 'ignored',
    id: `ignored:${fingerprint(what, ...named)}`,
    channel: CHANNEL,
    account: context.account,
    what,
    at: context.receivedAt,
  };
}

/**
 * Normalises one webhook body of the WhatsApp Cloud API, in the order in which it lists things. Never throws; an item that cannot be
 * read is stored as ignored and the others take effect; what belongs to another number of ours is ignored.
 */
export function parse(account: string, body: unknown, receivedAt: Date): InboundActivity[] {
  const bodies = Array.isArray(body) ? body : [body];
  return bodies
    .flatMap((one) => list(object(one).entry))
    .filter(isObject)
    .flatMap((entry) =>
      list(entry.changes)
        .filter(isObject)
        .flatMap((change) => parseChange(account, entry, change, receivedAt)),
    );
}

function parseChange(account: string, entry: Json, change: Json, receivedAt: Date): InboundActivity[] {
  const value = object(change.value);
  const metadata = object(value.metadata);
  const context: ValueContext = {
    account,
    ownPhone: text(metadata.display_phone_number)?.replace(/\D/g, ''),
    contacts: contactsOf(value),
    receivedAt,
  };
  const field = text(change.field) ?? 'messages';
  const number = text(metadata.phone_number_id);
  if (number && number !== account) return [ignored(context, 'other_number', entry.id, entry.time, change)];
  if (field === 'history') return historyItems(value).map((item) => ignored(context, 'history', item));
  const readers = FIELDS[field];
  if (!readers) return [ignored(context, `field:${field}`, entry.id, entry.time, value)];
  const items = readers.flatMap(({ list: name, read }) =>
    list(value[name]).map((item) => readSafely(read, item, name, context)),
  );
  return [...items, ...rest(value, context)];
}

function readSafely(read: Reader, item: unknown, name: string, context: ValueContext): InboundActivity {
  if (!isObject(item)) return ignored(context, `unreadable:${name}`, item);
  try {
    return read(item, context) ?? ignored(context, kindOf(name, item), item);
  } catch {
    return ignored(context, `unreadable:${name}`, item);
  }
}

function kindOf(name: string, item: Json): string {
  if (name === 'statuses') return `status:${text(item.status) ?? 'unknown'}`;
  return name === 'messages' ? `message:${text(item.type) ?? 'unknown'}` : name;
}

/** Calls and errors that stand beside messages. An error alone is about no message in particular. */
function rest(value: Json, context: ValueContext): InboundActivity[] {
  const errors = list(value.errors).map((error) =>
    ignored(context, `error:${text(object(error).code) ?? 'unknown'}`, error, value.messages),
  );
  return [...errors, ...list(value.calls).map((call) => ignored(context, 'call', call))];
}

/** Old messages of a number that moved here: counted, never answered. */
function historyItems(value: Json): unknown[] {
  const threads = list(value.history).flatMap((part) => list(object(part).threads));
  return [...threads.flatMap((thread) => list(object(thread).messages)), ...list(value.messages)];
}
