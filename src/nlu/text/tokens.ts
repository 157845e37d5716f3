import { toLatin } from './devanagari';
import { asciiDigits } from './normalise';
import { spellings } from './spellings';

/** A word, number or mark of a line with its place in the original text. */
export interface Token {
  /** Lower case, Latin letters, chat spelling made even; numbers in ASCII digits. */
  word: string;
  /** As `word`, before spelling was made even. */
  written: string;
  /** Set for a run of digits. */
  number?: number;
  start: number;
  end: number;
}

const PIECE = /2(?:mrw|moro|morrow|day)(?![\p{L}\p{N}])|[\p{L}\p{M}]+(?:['’][\p{L}]+)?|\d+|[^\s]/gu;
const MAX_TOKENS = 400;

/** Splits a line into words, digit runs and single marks. Reads at most 400 of them. */
export function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  for (const match of asciiDigits(text.slice(0, 4096)).matchAll(PIECE)) {
    if (found.length >= MAX_TOKENS) break;
    const raw = match[0];
    const start = match.index;
    const end = start + raw.length;
    if (/^\d+$/.test(raw))
      found.push({ word: raw, written: raw, number: Number(raw.slice(0, 15)), start, end });
    else {
      const written = toLatin(raw).normalize('NFKC').toLowerCase().replace(/['’]/g, '');
      found.push({ word: spellings.get(written) ?? written, written, start, end });
    }
  }
  return found;
}
