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
/** Goods of many kinds: what is bought says nothing about what is asked. */
const GOODS: Record<string, string[]> = {
  en: list(
    'shoes|sandals|saree|kurta|dress|jeans|jacket|hoodie|socks|watch|ring|earrings|bag|backpack|laptop|charger|headphones|earphones|speaker|keyboard|toy|doll|bicycle|cake|sweets|biscuits|ghee|oil|honey|tea|coffee|book|books|chair|table|sofa|bed|mattress|pillow|curtains|bedsheet|rug|mirror|lamp|fan|heater|cooler|fridge|oven|microwave|mixer|grinder|cooker|kettle|stove|pan|plates|glasses|bottle|jar|lipstick|cream|shampoo|perfume|medicine|tablets|printer|camera|tv|trimmer|iron|juicer|blender|helmet|umbrella|carpet|wallet|belt|trousers|lehenga|blanket|towel|protein powder|supplement|plant|guitar|racket|tent|stroller|diapers',
  ),
  'hi-Latn': list(
    'joote|chappal|saree|kurta|suit|jeans|jacket|moje|ghadi|anguthi|bag|laptop|charger|headphone|earphone|speaker|khilona|gudiya|cycle|cake|mithai|biscuit|ghee|tel|chai patti|kitaab|kursi|mez|sofa|palang|gadda|takiya|parde|chadar|dari|sheesha|lamp|pankha|heater|cooler|fridge|microwave|mixer|cooker|ketli|chulha|kadhai|plate|glass|bottle|dabba|lipstick|cream|shampoo|itra|dawai|printer|camera|tv|trimmer|iron|juicer|helmet|chhata|purse|belt|pant|lehenga|kambal|tauliya|protein|mobile|dupatta',
  ),
  hi: list(
    'जूते|चप्पल|साड़ी|कुर्ता|सूट|जींस|जैकेट|मोजे|घड़ी|अंगूठी|बैग|लैपटॉप|चार्जर|हेडफोन|स्पीकर|खिलौना|गुड़िया|साइकिल|केक|मिठाई|बिस्किट|घी|तेल|चायपत्ती|किताब|कुर्सी|मेज|सोफा|पलंग|गद्दा|तकिया|परदे|चादर|शीशा|लैंप|पंखा|हीटर|कूलर|फ्रिज|माइक्रोवेव|मिक्सर|कुकर|केतली|चूल्हा|कड़ाही|प्लेट|गिलास|बोतल|लिपस्टिक|क्रीम|शैंपू|इत्र|दवाई|प्रिंटर|कैमरा|टीवी|प्रेस|हेलमेट|छाता|पर्स|बेल्ट|पैंट|लहंगा|कंबल|तौलिया|मोबाइल|दुपट्टा',
  ),
};
const THING =
  /^(order|orders|parcel|package|packet|shipment|item|product|purchase|consignment|saman|ऑर्डर|पार्सल|सामान|पैकेट)$/;
const GOOD: ReadonlySet<string> = new Set(Object.values(GOODS).flat());

/** Another word where one for the order or for goods stands. */
function another(word: string, locale: string, random: () => number): string {
  const thing = THING.test(word);
  if (!thing && !GOOD.has(word.toLowerCase())) return word;
  if (random() < 0.4) return word;
  const from = thing && random() < 0.6 ? THINGS[locale] : GOODS[locale];
  return pick(from ?? [], random) ?? word;
}

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
    words = words.map((word) => another(word, line.locale, random));
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
