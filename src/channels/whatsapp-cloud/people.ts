import type { ConversationReference, Identity } from '../../core/activity';
import { isObject, list, object, text, type Json } from '../meta/json';

/** Name of the channel in references, identities and addresses. */
export const CHANNEL = 'whatsapp';

const BUSINESS_SCOPED_ID = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

/** True for Meta's business-scoped user id, the only name of a person whose phone number is not shown. */
export function isBusinessScopedId(value: string): boolean {
  return BUSINESS_SCOPED_ID.test(value);
}

/** Digits of a phone number, or undefined when it is not one. */
export function phoneDigits(value: unknown): string | undefined {
  const digits = text(value)?.replace(/^\+/, '');
  return digits && /^\d{3,20}$/.test(digits) ? digits : undefined;
}

/**
 * The other way the same line is written: Brazilian mobiles with and without the ninth digit, Mexican ones with and without
 * the 1. Meta changes between the two, so both name one person.
 */
export function otherForm(phone: string): string | undefined {
  const brazil = /^55(\d\d)(9?)([6-9]\d{7})$/.exec(phone);
  if (brazil) return `55${brazil[1]}${brazil[2] ? '' : '9'}${brazil[3]}`;
  const mexico = /^52(1?)(\d{10})$/.exec(phone);
  return mexico ? `52${mexico[1] ? '' : '1'}${mexico[2]}` : undefined;
}

/** One sender or recipient as an event names it. */
export interface Person {
  phone?: string;
  scopedId?: string;
  name?: string;
}

/** Contacts of one value, for looking people up: their order need not match the messages. */
export function contactsOf(value: Json): Person[] {
  return list(value.contacts)
    .filter(isObject)
    .map((contact) => ({
      phone: phoneDigits(contact.wa_id),
      scopedId: text(contact.user_id),
      name: text(object(contact.profile).name),
    }));
}

/**
 * The person behind a pair of ids, completed from the contact that carries one of them. With no ids at all, the only
 * contact is meant. Undefined when nobody is named.
 */
export function person(phone: unknown, scopedId: unknown, contacts: Person[]): Person | undefined {
  const known: Person = { phone: phoneDigits(phone), scopedId: text(scopedId) };
  if (!known.phone && !known.scopedId) {
    const [only] = contacts;
    return contacts.length === 1 && (only?.phone || only?.scopedId) ? only : undefined;
  }
  const contact = contacts.find(
    (c) => (known.scopedId && c.scopedId === known.scopedId) || (known.phone && c.phone === known.phone),
  );
  if (!contact || isContradiction(known, contact)) return known;
  return {
    phone: known.phone ?? contact.phone,
    scopedId: known.scopedId ?? contact.scopedId,
    name: contact.name,
  };
}

function isContradiction(a: Person, b: Person): boolean {
  const differs = (x?: string, y?: string) => x !== undefined && y !== undefined && x !== y;
  return differs(a.phone, b.phone) || differs(a.scopedId, b.scopedId);
}

/** All identities of a person on our number; the first names a new conversation. */
export function identitiesOf(account: string, who: Person): Identity[] {
  const other = who.phone ? otherForm(who.phone) : undefined;
  return [
    ...(who.phone ? [identity(account, 'wa_phone', who.phone)] : []),
    ...(other ? [identity(account, 'wa_phone', other)] : []),
    ...(who.scopedId ? [identity(account, 'wa_bsuid', who.scopedId)] : []),
  ];
}

/** One identity on our number. */
export function identity(account: string, kind: 'wa_phone' | 'wa_bsuid', value: string): Identity {
  return { channel: CHANNEL, account, kind, value };
}

/** Conversation of a person with our number: by phone where there is one. */
export function referenceOf(account: string, who: Person): ConversationReference {
  return { channel: CHANNEL, account, user: who.phone ?? who.scopedId ?? '' };
}
