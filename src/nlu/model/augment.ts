import type { Around, CorpusLine } from '../corpus';
import { randomFrom } from './softmax';

const list = (words: string): string[] => words.split('|');

const OPENERS: Record<string, string[]> = {
  en: list(
    'hi|hello|hey|please|sir|hi team|kindly|can you tell me|i want to know|excuse me|so|i need help|bro|good morning|can you help me|actually',
  ),
  'hi-Latn': list('hi|hello|bhai|bhaiya|sir|please|are|suno|namaste|ji|yaar|sir ji|mujhe batao|kripya'),
  hi: list('नमस्ते|भाई|सर|कृपया|जी|अरे|सुनिए|मुझे बताओ|प्लीज'),
};
const CLOSERS: Record<string, string[]> = {
  en: list(
    'please|pls|asap|urgent|sir|thanks|bro|now|today|for me|please help|as soon as possible|if possible|right now',
  ),
  'hi-Latn': list('please|bhai|yaar|ji|sir|jaldi|urgent hai|plz|na|batao|please help|abhi'),
  hi: list('प्लीज|भाई|जी|सर|जल्दी|ना|बताओ|अभी'),
};
const THINGS: Record<string, string[]> = {
  en: list(
    'order|parcel|package|DS-1001|order AB-20417|shipment|delivery|item|product|purchase|courier|consignment|phone|shirt|stuff|things',
  ),
  'hi-Latn': list('order|parcel|packet|saman|product|delivery|package|item|courier|phone|kapda|DS-1001'),
  hi: list('ऑर्डर|पार्सल|सामान|पैकेट|प्रोडक्ट|डिलीवरी|आइटम|फोन|DS-1001'),
};
const THING =
  /^(order|orders|parcel|package|packet|shipment|item|product|purchase|consignment|saman|ऑर्डर|पार्सल|सामान|पैकेट)$/;

/** Small talk stays short: an opener or closer would change what it is. */
const UNTOUCHED = /^(greet|thanks|goodbye|affirm|deny|help)$/;

function pick<T>(list: readonly T[], random: () => number): T | undefined {
  return list[Math.floor(random() * list.length)];
}

function mistype(words: string[], random: () => number): string[] {
  const at = Math.floor(random() * words.length);
  const word = words[at] ?? '';
  if (word.length < 4 || !/^[a-z]+$/i.test(word)) return words;
  const i = 1 + Math.floor(random() * (word.length - 2));
  const kind = random();
  const wrong =
    kind < 0.4
      ? word.slice(0, i) + word.slice(i + 1)
      : kind < 0.7
        ? word.slice(0, i) + word.charAt(i + 1) + word.charAt(i) + word.slice(i + 2)
        : word.slice(0, i) + word.charAt(i) + word.slice(i);
  return words.map((kept, index) => (index === at ? wrong : kept));
}

/** Share of the copies that are told as part of a longer message. */
const LONG = 0.4;

/** The line among sentences that ask for nothing: one to three of them, before it more often than behind. */
function told(text: string, around: readonly string[], random: () => number): string {
  const sentences = [text];
  const count = 1 + Math.floor(random() * 3);
  for (let i = 0; i < count; i++) {
    const other = pick(around, random) ?? '';
    if (random() < 0.7) sentences.splice(random() < 0.5 ? 0 : sentences.indexOf(text), 0, other);
    else sentences.push(other);
  }
  return sentences.join(pick([', ', '. ', ' ', ' and '], random) ?? ' ');
}

/**
 * Further ways to write a line: a greeting in front, a word of urgency behind, another word for the thing, a slip of the
 * finger, or a longer message around it. They teach which words carry no wish. The same seed gives the same lines.
 */
export function variantsOf(line: CorpusLine, copies: number, seed: number, around: Around = {}): string[] {
  const random = randomFrom(seed);
  const made: string[] = [];
  for (let copy = 0; copy < copies; copy++) {
    let words = line.text.split(/\s+/);
    words = words.map((word) =>
      THING.test(word) && random() < 0.6 ? (pick(THINGS[line.locale] ?? [], random) ?? word) : word,
    );
    if (random() < 0.5) words = mistype(words, random);
    if (!UNTOUCHED.test(line.intent)) {
      if (random() < 0.45) words = [pick(OPENERS[line.locale] ?? [], random) ?? '', ...words];
      if (random() < 0.35) words = [...words, pick(CLOSERS[line.locale] ?? [], random) ?? ''];
    }
    const own = around[line.locale] ?? [];
    const long = own.length > 0 && !UNTOUCHED.test(line.intent) && random() < LONG;
    made.push(long ? told(words.join(' '), own, random) : words.join(' '));
  }
  return made;
}
