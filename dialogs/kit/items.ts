import type { OrderItem } from '../../src/core/order';
import type { Call } from './call';
import { plainWords } from './choices';

const ALL = /\b(all|both|everything|whole order|entire order|sab|saare|sara|dono|poora)\b|सब|सारे|दोनों|पूरा/i;

/** Words that name no item: those of every order, and of every request. */
const SMALL_WORDS = new Set(
  `the and for one with set pair box size aur mera meri wala wali where when what how order orders item items status track date day delivery
  deliver change cancel return refund address pick pickup want please this that from back send wrong number new get got not has have was are you
  your can`.split(/\s+/),
);

/** The items a line names: by option, all of them, by the words of their names. Empty when it names none. */
export function itemsSaid(call: Call, items: Pick<OrderItem, 'sku' | 'name'>[]): string[] {
  const { answer } = call;
  if (answer === 'all') return items.map((item) => item.sku);
  if (answer && items.some((item) => item.sku === answer)) return [answer];
  const { text, understanding } = call.heard;
  if (ALL.test(text)) return items.map((item) => item.sku);
  const words = new Set(nameWords(`${understanding.slots.item?.value ?? ''} ${text}`));
  const scored = items.map((item) => ({
    sku: item.sku,
    hits: nameWords(item.name).filter((word) => words.has(word)).length,
  }));
  const best = Math.max(0, ...scored.map(({ hits }) => hits));
  const found = scored.filter(({ hits }) => hits > 0 && hits === best);
  // Two shirts and "the shirt" is a question, not an answer; "the shirt and the mug" names both.
  const named = scored.filter(({ hits }) => hits > 0);
  return /\b(and|aur|&)\b|और/i.test(text) && named.length > 1
    ? named.map((i) => i.sku)
    : found.length === 1
      ? found.map((i) => i.sku)
      : [];
}

/** The words of a line, or of an item's name, that can tell items apart; a T-shirt is one however it is written, and one or many. */
export function nameWords(text: string): string[] {
  return plainWords(text)
    .replace(/\b(?:tee|tshirt)(s?)\b/g, 't-shirt$1')
    .split(/[ -]/)
    .filter((word) => word.length > 2 && !SMALL_WORDS.has(word))
    .map((word) => word.replace(/s$/, ''));
}
