import type { IntentName } from '../core/intents';

const JOINTS =
  /\s*(?:[.!?;\n।|]+|,\s*(?:and|also|plus|aur|or)?|(?<=\s)(?:and also|and then|and|also|plus|aur|or haan|tatha|saath hi|sath hi|bhi batao|और|तथा|साथ ही)(?=\s))\s*/giu;
const MAX_CLAUSES = 6;

/** The parts of a line that may be requests of their own, in the order said; a part has at least two words. */
export function clausesOf(text: string): string[] {
  const parts = text
    .slice(0, 1200)
    .split(JOINTS)
    .map((part) => part.trim())
    .filter((part) => /\S\s+\S/.test(part));
  return parts.length > 1 ? parts.slice(0, MAX_CLAUSES) : [];
}

/** Intents that are said together about one wish; the second says no more than the first. */
const ONE_WISH: readonly (readonly [IntentName, IntentName])[] = [
  ['initiate_return', 'refund_status'],
  ['cancel_order', 'refund_status'],
  ['complaint', 'initiate_return'],
  ['complaint', 'order_status'],
  ['complaint', 'refund_status'],
  ['complaint', 'talk_to_human'],
  ['payment_query', 'refund_status'],
  ['cancel_order', 'initiate_return'],
];

/** True when two intents in one line usually tell one wish. */
export function sameWish(a: IntentName, b: IntentName): boolean {
  return a === b || ONE_WISH.some((pair) => pair.includes(a) && pair.includes(b));
}
