import type { Locale } from '../core/locale';

/** Word → how much it speaks for Hinglish (positive) or English (negative). Learnt from the corpus. */
export type WordTongues = ReadonlyMap<string, number>;

const DEVANAGARI = /[\u0904-\u0939\u0958-\u0961\u0971-\u097F]/g;
/** Greetings that are as common in Hinglish as in English; in Hindi "hi" is a particle besides, so its weight misleads. */
const SHARED_GREETING = /^(?:h+i+|hi+e+|he+y+|hel+o+|hlo+|halo+)$/;
const LATIN_WORD = /[a-z][a-z'’]*/g;

/** The words of a line that tell English from Hinglish. */
export function tongueWords(text: string): string[] {
  return (text.slice(0, 1200).toLowerCase().match(LATIN_WORD) ?? []).map((word) => word.replace(/['’]/g, ''));
}

/** Learns from lines known to be English or Hinglish which words belong to which. */
export function learnTongues(lines: Iterable<{ text: string; locale: Locale }>): Map<string, number> {
  const counts = new Map<string, [number, number]>();
  const totals: [number, number] = [1, 1];
  for (const { text, locale } of lines) {
    if (locale === 'hi') continue;
    const side = locale === 'en' ? 0 : 1;
    for (const word of new Set(tongueWords(text))) {
      const count = counts.get(word) ?? [0, 0];
      count[side]++;
      totals[side]++;
      counts.set(word, count);
    }
  }
  const tongues = new Map<string, number>();
  for (const [word, [english, hinglish]] of counts) {
    const weight = Math.log((hinglish + 0.3) / totals[1] / ((english + 0.3) / totals[0]));
    if (Math.abs(weight) > 0.7) tongues.set(word, Math.round(Math.max(-3, Math.min(3, weight)) * 100) / 100);
  }
  return tongues;
}

/**
 * The language of a line: Devanagari script is Hindi; in Latin letters the words decide between English and Hinglish. A line
 * that says nothing either way ("DS-1001", "ok") keeps the language of the conversation.
 */
export function localeOf(text: string, tongues: WordTongues, before: Locale | undefined): Locale {
  const hindi = text.slice(0, 1200).match(DEVANAGARI)?.length ?? 0;
  const latin = text.slice(0, 1200).match(/[A-Za-z]/g)?.length ?? 0;
  if (hindi > 0 && hindi * 2 >= latin * 0.6) return 'hi';
  const words = tongueWords(text);
  if (words.length > 0 && words.every((word) => SHARED_GREETING.test(word))) return before ?? 'en';
  let sum = 0;
  let strongest = 0;
  for (const word of words.slice(0, 60)) {
    const weight = tongues.get(word) ?? 0;
    sum += weight;
    strongest = Math.max(strongest, weight);
  }
  if (sum > 1 || (strongest > 2 && sum > -1)) return 'hi-Latn';
  if (sum < -1.2) return 'en';
  if (before) return before;
  return sum > 0.4 ? 'hi-Latn' : 'en';
}
