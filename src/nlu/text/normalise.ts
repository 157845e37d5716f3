import { toLatin } from './devanagari';
import { spellings } from './spellings';

const MAX_CHARACTERS = 1200;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const CONTROL = /\p{Cc}/gu;
const DEVANAGARI_DIGIT = /[\u0966-\u096F]/g;

const EMOJI: [RegExp, string][] = [
  [/[\u{1F44D}\u{1F44C}\u2705\u2714\u{1F197}]/gu, ' emoyes '],
  [/[\u{1F44E}\u274C\u{1F645}]/gu, ' emono '],
  [/[\u{1F64F}\u{1F917}]/gu, ' emothanks '],
  [/[\u{1F44B}]/gu, ' emowave '],
  [/[\u{1F620}\u{1F621}\u{1F92C}\u{1F624}]/gu, ' emoangry '],
  [/[\u2764\u{1F60D}\u{1F970}\u{1F618}\u{1F495}\u{1F496}]/gu, ' emolove '],
];

/** Devanagari digits as ASCII digits; one unit for one unit, so spans stay true. */
export function asciiDigits(text: string): string {
  return text.replace(DEVANAGARI_DIGIT, (digit) => String(digit.charCodeAt(0) - 0x0966));
}

/**
 * A line as the classifiers read it: lower-case Latin words separated by one space, chat spellings made even, Devanagari
 * transliterated, long digit runs, addresses of mail and web replaced by placeholders. Reads the first 1,200 characters. Never throws.
 */
export function normalise(text: string): string {
  let line = text.slice(0, MAX_CHARACTERS).normalize('NFKC').replace(CONTROL, ' ').replace(INVISIBLE, '');
  for (const [emoji, word] of EMOJI) line = line.replace(emoji, word);
  line = toLatin(asciiDigits(line)).toLowerCase();
  line = line
    .replace(/https?:\/\/\S{1,200}|www\.\S{1,200}/g, ' zurl ')
    .replace(/[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,30}/g, ' zmail ')
    .replace(/\b[a-z]{1,4}-?\d{3,10}\b/g, ' zorder ')
    .replace(/\d[\d ]{6,20}\d/g, ' znumber ')
    .replace(/\d{4,}/g, ' znumber ')
    .replace(/(\d+)\s?(?:rs|rupees|rupaye|rupay|inr)\b|\b(?:rs|inr)\.?\s?\d+|₹\s?\d+/g, ' zmoney ')
    .replace(/\d+/g, ' znum ')
    .replace(/['’`´]/g, '')
    .replace(/([a-z])\1{2,}/g, '$1$1')
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .trim();
  if (line === '') return '';
  return line.split(' ').map(spellingOf).join(' ');
}

function spellingOf(word: string): string {
  return spellings.get(word) ?? word;
}

/**
 * The consonants of a Latin word with sounds that are written differently made one ("chahiye", "chaiye", "chahie" → one form).
 * A first vowel is kept as "a". Empty when nothing is left.
 */
export function skeleton(word: string): string {
  const first = /^[aeiou]/.test(word) ? 'a' : '';
  const bones = word
    .replace(/ph/g, 'f')
    .replace(/[bcdgjkpt]h/g, (pair) => (pair === 'ch' ? 'c' : pair.charAt(0)))
    .replace(/sh/g, 's')
    .replace(/ck|q/g, 'k')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/z/g, 'j')
    .replace(/w/g, 'v')
    .replace(/x/g, 'ks')
    .replace(/[aeiouyh]/g, '')
    .replace(/(.)\1+/g, '$1');
  return first + bones;
}
