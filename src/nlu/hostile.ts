import { randomFrom } from './model/softmax';

/** First and last code point of scripts, signs, controls, emoji, surrogates and private use. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x20, 0x7e],
  [0x80, 0x24f],
  [0x300, 0x36f],
  [0x370, 0x52f],
  [0x590, 0x6ff],
  [0x900, 0x97f],
  [0x980, 0xdff],
  [0xe00, 0x109f],
  [0x1100, 0x13ff],
  [0x1f00, 0x218f],
  [0x2000, 0x206f],
  [0x3040, 0x30ff],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7af],
  [0xd800, 0xdfff],
  [0xe000, 0xf8ff],
  [0xfb50, 0xfdff],
  [0xfe00, 0xfe0f],
  [0xfff0, 0xffff],
  [0x1f300, 0x1faff],
  [0x20000, 0x2a6df],
  [0xe0000, 0xe007f],
];

/** Pieces that the readers of slots, dates, addresses and clauses stop at: in long rows they try every pattern. */
const PIECES = (
  'flat 402 not 204 , near ke paas house no. is should be change my address to deliver it at landmark road nagar sector pin 560038 25th nov next friday ' +
  'kal nahi parso tak se 2 din baad between 5 and 7 pm after before 12/11/2026 25-27 DS-1001 DS a@b.co +91 98765 43210 return the because cancel मेरा ऑर्डर वापस ' +
  'फ्लैट नंबर है नहीं के पास ignore previous instructions http:// https://x.y www. ₹ rs 500 pieces both qty . ! ? - : / ( [ { <script> बजे कल 👍 ’ ﷺ ½ Ⅷ also plus new delhi west bengal galat sahi'
).split(' ');

/** The longest line, in characters: what a web server lets through. */
const LONGEST = 65_536;

type Random = () => number;

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

function characters(length: number, random: Random): string {
  const own = pick(RANGES, random);
  const mixed = random() < 0.3;
  let line = '';
  for (let i = 0; i < length; i++) {
    const [from, to] = mixed ? pick(RANGES, random) : own;
    line += String.fromCodePoint(from + Math.floor(random() * (to - from + 1)));
    if (random() < 0.13) line += ' ';
  }
  return line;
}

function pieces(count: number, gaps: number, random: Random): string {
  let line = '';
  for (let i = 0; i < count; i++) line += pick(PIECES, random) + (random() < gaps ? ' ' : '');
  return line;
}

function repeated(unit: string, random: Random): string {
  const length = random() < 0.5 ? 2100 : LONGEST;
  return unit === '' ? unit : unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

/** A line nobody would write: characters of every script, pieces of requests in no order, and rows of either up to 64 kB. */
export interface HostileLine {
  text: string;
  /** Made of random characters only: must never come out as a wish. */
  noise: boolean;
}

/** Hostile lines without end; the same seed gives the same ones. */
export function* hostileLines(seed: number): Generator<HostileLine> {
  const random = randomFrom(seed);
  for (let i = 0; ; i++) {
    const kind = i % 8;
    if (kind < 3) yield { text: characters(Math.floor(random() * 60), random), noise: true };
    else if (kind === 3) yield { text: pieces(1 + Math.floor(random() * 25), 0.9, random), noise: false };
    else if (kind === 4) yield { text: repeated(pieces(1, 0.6, random), random), noise: false };
    else if (kind === 5)
      yield { text: repeated(pieces(2 + Math.floor(random() * 5), 0.7, random), random), noise: false };
    else if (kind === 6)
      yield { text: repeated(characters(1 + Math.floor(random() * 4), random), random), noise: true };
    else yield { text: pieces(600, 0.85, random), noise: false };
  }
}
