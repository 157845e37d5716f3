import { toLatin } from './devanagari';
import { spellings } from './spellings';

const MAX_CHARACTERS = 1200;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const CONTROL = /\p{Cc}/gu;
const DEVANAGARI_DIGIT = /[\u0966-\u096F]/g;
const ANY_DEVANAGARI_DIGIT = /[\u0966-\u096F]/;

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
  if (!ANY_DEVANAGARI_DIGIT.test(text)) return text;
  return text.replace(DEVANAGARI_DIGIT, (digit) => String(digit.charCodeAt(0) - 0x0966));
}

/**
 * A line as the classifiers read it: lower-case Latin words separated by one space, chat spellings made even, Devanagari
 * transliterated, long digit runs, addresses of mail and web replaced by placeholders. Reads the first 1,200 characters. Never throws.
 */
export function normalise(text: string): string {
  const line = text.slice(0, MAX_CHARACTERS);
  const plain = PLAIN.test(line);
  let even = (plain ? line : evenLetters(line)).toLowerCase();
  if (even.includes('/') || even.includes('www.')) even = even.replace(WEB, ' zurl ');
  if (even.includes('@')) even = even.replace(MAIL, ' zmail ');
  if (even.includes('{{')) even = even.replace(BLANK_NUMBER, ' zorder ');
  if (/\d/.test(even)) even = evenNumbers(even);
  even = even
    .replace(/['’`´]/g, '')
    .replace(/([a-z])\1{2,}/g, '$1$1')
    .replace(plain ? NO_LATIN : NO_LETTER, ' ')
    .trim();
  if (even === '') return '';
  return even.split(' ').map(spellingOf).join(' ');
}

/** Lines of these characters alone need no folding of scripts, signs and emoji. */
const PLAIN = /^[\x20-\x7e\n]*$/;
const NO_LATIN = /[^a-z]+/g;
const NO_LETTER = /[^\p{L}\p{M}]+/gu;
const WEB = /https?:\/\/\S{1,200}|www\.\S{1,200}/g;
const MAIL = /[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,30}/g;
/** What a text made from a form leaves where the number of the order should stand. */
const BLANK_NUMBER = /\{\{ ?(?:order|purchase|tracking)[a-z ]{0,20}\}\}/g;

function evenLetters(text: string): string {
  let line = text.normalize('NFKC').slice(0, MAX_CHARACTERS).replace(CONTROL, ' ').replace(INVISIBLE, '');
  for (const [emoji, word] of EMOJI) line = line.replace(emoji, word);
  return toLatin(asciiDigits(line));
}

function evenNumbers(line: string): string {
  return line
    .replace(/\b[a-z]{1,4}-?\d{3,10}\b/g, ' zorder ')
    .replace(/\d[\d ]{6,20}\d/g, ' znumber ')
    .replace(/\d{4,}/g, ' znumber ')
    .replace(/(\d+)\s?(?:rs|rupees|rupaye|rupay|inr)\b|\b(?:rs|inr)\.?\s?\d+|₹\s?\d+/g, ' zmoney ')
    .replace(/\d+/g, ' znum ');
}

function spellingOf(word: string): string {
  return spellings.get(word) ?? word;
}

/**
 * The consonants of a Latin word with sounds that are written differently made one ("chahiye", "chaiye", "chahie" → one form).
 * A first vowel is kept as "a". Empty when nothing is left.
 */
export function skeleton(word: string): string {
  const { length } = word;
  if (length > bones.length) return skeleton(word.slice(0, bones.length));
  const end = soften(word);
  let out = isVowel(word.charCodeAt(0)) ? 'a' : '';
  let last = 0;
  for (let i = 0; i < end; i++) {
    let here = bones[i] ?? 0;
    const next = bones[i + 1];
    if (here === C && i + 1 < end && (next === E || next === I || next === Y)) here = S;
    else if (here === X) {
      if (last !== K) out += 'k';
      here = last = S;
      out += 's';
      continue;
    } else if (here === Z) here = J;
    else if (here === W) here = V;
    if (here === H || here === Y || isVowel(here) || here === last) continue;
    last = here;
    out += String.fromCharCode(here);
  }
  return out;
}

const [A, B, C, D, E, F, G, H, I, J, K, O, P, Q, S, T, U, V, W, X, Y, Z] = [
  97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 111, 112, 113, 115, 116, 117, 118, 119, 120, 121, 122,
] as const;

function isVowel(code: number): boolean {
  return code === A || code === E || code === I || code === O || code === U;
}

function isBreathed(code: number): boolean {
  return (
    code === B ||
    code === C ||
    code === D ||
    code === G ||
    code === J ||
    code === K ||
    code === S ||
    code === T
  );
}

/** Letters of the word at hand while its skeleton is made. */
const bones = new Uint16Array(64);

/** Letter pairs of one sound as one letter ("ph" f, "kh" k, "sh" s, "ck" k), into `bones`. The number of letters left. */
function soften(word: string): number {
  let end = 0;
  for (let i = 0; i < word.length; i++) {
    let here = word.charCodeAt(i);
    if (word.charCodeAt(i + 1) === H && (here === P || isBreathed(here))) {
      if (here === P) here = F;
      i++;
    }
    if (here === K && bones[end - 1] === C && end > 0) end--;
    if (here === Q) here = K;
    bones[end++] = here;
  }
  return end;
}
