import type { ConversationReference, Identity } from '../../core/activity';

/** Name of the channel in references, identities and addresses. */
export const CHANNEL = 'whatsapp-web';

/** The one account: the phone that is linked. Its number is known only to the session, and may change with the next link. */
export const ACCOUNT = 'linked-phone';

const PERSON = /^(\d{3,20})(?::\d+)?@(c\.us|s\.whatsapp\.net|lid)$/;

/** One person as WhatsApp Web names them. A LID is a hidden id: its digits are no phone number. */
export interface Person {
  phone?: string;
  lid?: string;
}

/** True for the id of one person: no group, channel, broadcast or status. */
export function isPerson(id: string): boolean {
  return PERSON.test(id);
}

/** The person behind an id and, where WhatsApp tells it, the phone that belongs to it. Undefined for anything that is not one person. */
export function personOf(chat: string, phone?: string): Person | undefined {
  const [, digits, server] = PERSON.exec(chat) ?? [];
  if (digits === undefined) return undefined;
  if (server !== 'lid') return { phone: digits };
  const [, number, numberServer] = PERSON.exec(phone ?? '') ?? [];
  return { lid: `${digits}@lid`, ...(number && numberServer !== 'lid' ? { phone: number } : {}) };
}

/** All identities of a person; the first names a new conversation. */
export function identitiesOf({ phone, lid }: Person): Identity[] {
  const identity = (kind: 'wa_phone' | 'wa_lid', value: string): Identity => ({
    channel: CHANNEL,
    account: ACCOUNT,
    kind,
    value,
  });
  return [...(phone ? [identity('wa_phone', phone)] : []), ...(lid ? [identity('wa_lid', lid)] : [])];
}

/** Conversation of a person: by phone where there is one, otherwise by the LID, with its ending, so that nobody takes it for a number. */
export function referenceOf({ phone, lid }: Person): ConversationReference {
  return { channel: CHANNEL, account: ACCOUNT, user: phone ?? lid ?? '' };
}

/**
 * The chat to answer in. Once a message came from a LID the person's chat is addressed by it, and a number would be refused; a number is
 * never made out of a LID. What the conversation knows now wins over the name it was opened under.
 */
export function chatOf(reference: ConversationReference, identities: Identity[]): string | undefined {
  const mine = identities.filter((one) => one.channel === CHANNEL && one.account === reference.account);
  const newest = (kind: Identity['kind']) => mine.filter((one) => one.kind === kind).at(-1)?.value;
  const lid = newest('wa_lid');
  const phone = newest('wa_phone');
  const named = mine.length === 0 ? reference.user : undefined;
  const chat = lid ?? (phone ? `${phone}@c.us` : named && (/^\d+$/.test(named) ? `${named}@c.us` : named));
  return chat && isPerson(chat) ? chat : undefined;
}
