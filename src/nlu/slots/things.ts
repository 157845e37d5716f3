import type { Expecting, Slot } from '../../core/understanding';
import type { Token } from '../text/tokens';
import { slotOf } from './numbers';

const NUMBER_WORDS: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  both: 2,
  single: 1,
  ek: 1,
  do: 2,
  teen: 3,
  tin: 3,
  char: 4,
  chaar: 4,
  paanch: 5,
  panch: 5,
  chhe: 6,
  saat: 7,
  aath: 8,
  dono: 2,
};
const UNIT =
  /^(?:pieces?|pcs?|nos|units?|qty|items?|pairs?|copies|packs?|packets?|bottles?|boxes|shirts?|piece)$/;
const OF_THEM = /^(?:of)$/;
const OF_TIME =
  /^(?:days?|din|dino|weeks?|hafte|hafta|months?|mahine|baje|pm|am|hours?|ghante|baar|times?|rs|rupees?)$/;

/** How many: "2 pieces", "both", "qty 3", "two of them"; a bare number only when one is expected. */
export function findQuantity(
  text: string,
  tokens: Token[],
  expecting: readonly Expecting[],
): Slot<number> | undefined {
  const wanted = expecting.includes('quantity');
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1]?.word ?? '';
    const before = tokens[i - 1]?.word ?? '';
    const value = token.number ?? NUMBER_WORDS[token.word];
    if (value === undefined || value < 1 || value > 999 || OF_TIME.test(next)) continue;
    const ambiguous =
      token.word === 'do' || token.word === 'one' || token.word === 'ek' || token.word === 'single';
    const sure =
      UNIT.test(next) ||
      (!ambiguous && OF_THEM.test(next)) ||
      /^(?:qty|quantity|only)$/.test(before) ||
      /^(?:both|dono)$/.test(token.word);
    if (sure || (wanted && (token.number !== undefined || !ambiguous || tokens.length <= 2))) {
      return slotOf(text, token.start, text.slice(token.start, token.end), value);
    }
  }
  return undefined;
}

/** "do kurte", "2 shirts": the number directly before an item. */
export function countBefore(text: string, tokens: Token[], item: number): Slot<number> | undefined {
  const token = tokens[tokens.findIndex(({ start }) => start >= item) - 1];
  const value = token && (token.number ?? NUMBER_WORDS[token.word]);
  if (!token || value === undefined || value < 1 || value > 999 || token.end < item - 2) return undefined;
  return slotOf(text, token.start, text.slice(token.start, token.end), value);
}

const VERB =
  '(?:return(?:ing)?|exchang(?:e|ing)|replac(?:e|ing)|send(?:ing)? back|give back|cancel(?:l?ing)?|refund(?: for)?)';
const ENGLISH = new RegExp(
  `\\b${VERB}\\s+(?:the|my|this|that|these|those|one|two|only the|only)\\s+([\\p{L}\\p{N}][\\p{L}\\p{N} '’-]{1,60}?)(?=\\s+(?:because|as|since|for|from|which|not|only|that|it|they|is|are|was|and|please|pls|in|i|but|to|before|with|of order)\\b|\\s*[,.;!?]|\\s*$)`,
  'iu',
);
const HINDI =
  /(?:^|\b(?:mujhe|muje|mera|meri|mere|apna|apni|apne|ye|yeh|sirf|bas)\s+)([\p{L}\p{N}][\p{L}\p{N}'’-]*(?:\s+[\p{L}\p{N}][\p{L}\p{N}'’-]*){0,2}?)\s+(?:return|wapas|vapas|exchange|replace|cancel|lautan[ai]|badaln[ai])\s+(?:kar|kr|ho|chah|h|d|l)/iu;
const DEVANAGARI =
  /(?:^|\s)(?:मुझे|मेरा|मेरी|मेरे|अपना|अपनी|अपने|यह|ये|सिर्फ़?)?\s*([\p{Script=Devanagari}A-Za-z0-9]{1,30}(?:\s+[\p{Script=Devanagari}A-Za-z0-9]{1,30})?)\s+(?:वापस|लौटान|रिटर्न|बदलन|एक्सचेंज|कैंसिल)/u;
const NOT_AN_ITEM =
  /^(?:it|this|that|these|those|one|order|orders|item|items|product|products|parcel|package|thing|things|stuff|saman|samaan|please|kindly|mujhe|muje|mera|meri|kya|kaise|same|money|amount|payment|delivery|refund|return|wapas|ise|isko|ye|yeh|order ko|मुझे|मेरा|ऑर्डर|सामान|यह|ये|इसे|पैसे|कैसे|क्या|\d+)$|\b(?:order|parcel|kaise|kya|policy|process|request|pickup|karke|paisa|paise|ऑर्डर|पार्सल|पैसे|पैसा|राशि|रिफंड|कैसे)\b/iu;

/** The customer's own words for an item. When one is expected and nothing else was understood, the whole line. */
export function findItem(text: string, expecting: readonly Expecting[]): Slot | undefined {
  const line = text.slice(0, 600);
  for (const pattern of [ENGLISH, HINDI, DEVANAGARI]) {
    const match = pattern.exec(line);
    const words = match?.[1]?.trim();
    if (!match || !words || NOT_AN_ITEM.test(words)) continue;
    const named = withoutCount(words);
    if (named === '') continue;
    const start = line.indexOf(named, match.index);
    return { value: named, text: named, start, end: start + named.length };
  }
  if (!expecting.includes('item')) return undefined;
  const words = line.trim();
  if (words === '' || words.length > 80 || !/\p{L}/u.test(words)) return undefined;
  const start = line.indexOf(words);
  return {
    value: words.replace(/^(?:the|my|only the|sirf)\s+/i, ''),
    text: words,
    start,
    end: start + words.length,
  };
}

const COUNTED =
  /^(?:(?:sirf|bas|only|सिर्फ|सिर्फ़|\d{1,2}|ek|do|teen|char|dono|एक|दो|तीन|चार|दोनों|two|three)(?:\s+|$))+/iu;

/** "do kurte" → "kurte": how many is said by the quantity. */
function withoutCount(words: string): string {
  return words.replace(COUNTED, '');
}
