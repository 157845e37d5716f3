import type { OrderItem } from '../../src/core/order';
import type { Call } from './call';
import { plainWords } from './choices';

const ALL = /\b(all|both|everything|whole order|entire order|sab|saare|sara|dono|poora)\b|सब|सारे|दोनों|पूरा/i;

const SMALL_WORDS = new Set('the and for with set pair box size aur mera'.split(' '));

/** The items a line names: by option, all of them, by the words of their names. Empty when it names none. */
export function itemsSaid(call: Call, items: Pick<OrderItem, 'sku' | 'name'>[]): string[] {
  const { answer } = call;
  if (answer === 'all') return items.map((item) => item.sku);
  if (answer && items.some((item) => item.sku === answer)) return [answer];
  const { text, understanding } = call.heard;
  if (ALL.test(text)) return items.map((item) => item.sku);
  const said = plainWords(`${understanding.slots.item?.value ?? ''} ${text}`)
    .replace(/\b(?:tee|tshirt)(s?)\b/g, 't-shirt$1')
    .split(/[ -]/);
  const words = new Set(said.filter((word) => word.length > 2).map(stem));
  const scored = items.map((item) => ({
    sku: item.sku,
    hits: plainWords(item.name)
      .split(/[ -]/)
      .filter((word) => word.length > 2 && !SMALL_WORDS.has(word) && words.has(stem(word))).length,
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

function stem(word: string): string {
  return word.replace(/s$/, '');
}
