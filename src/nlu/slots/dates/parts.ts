import type { Day } from '../../../core/zone';
import type { Token } from '../../text/tokens';
import { oneDay, type Span } from './calendar';

/** A mention of a day or days: token places and what it means. */
export interface Atom extends Span {
  start: number;
  end: number;
  /** A bare day of the month, which a range may lend its month. */
  bareDay?: number;
  /** Counted from now ("in 3 days", "2 din baad"): not moved by "after" beside it. */
  counted?: boolean;
  /** "kal", which is also yesterday. */
  eitherSide?: boolean;
}

/** What the reader is told about the line. */
export interface Setting {
  today: Day;
  /** A date is wanted: bare numbers count. */
  wanted: boolean;
}

/** The even form of the word at a place; empty outside the line. */
export function word(tokens: Token[], i: number): string {
  return tokens[i]?.word ?? '';
}

/** True when nothing stands between a token and the next. */
export function touching(tokens: Token[], i: number): boolean {
  return tokens[i]?.end === tokens[i + 1]?.start;
}

/** A number of one or two digits, at most `most`. */
export function numberAt(tokens: Token[], i: number, most = 31): number | undefined {
  const n = tokens[i]?.number;
  return n !== undefined && n >= 1 && n <= most && (tokens[i]?.word.length ?? 9) <= 2 ? n : undefined;
}

/** A year of four digits, or of two from 20 on. */
export function yearAt(tokens: Token[], i: number): number | undefined {
  const n = tokens[i]?.number;
  if (n === undefined) return undefined;
  if (tokens[i]?.word.length === 4 && n > 1999 && n < 2100) return n;
  return tokens[i]?.word.length === 2 && n >= 20 && n < 60 ? 2000 + n : undefined;
}

/** Makes a mention of a span, or nothing of nothing. */
export function atom(
  start: number,
  end: number,
  span: Span | undefined,
  more: Partial<Atom> = {},
): Atom | undefined {
  return span && { ...span, ...more, start, end };
}

/** A single day as a span. */
export function on(day: Day | undefined): Span | undefined {
  return day === undefined ? undefined : oneDay(day);
}

/** "next" in three languages. */
export const NEXT = /^(?:next|agle|agli|agla|nxt|following|agale|aglay)$/;
/** "this", "coming" in three languages. */
export const THIS = /^(?:this|is|coming|upcoming|iss|isi|aane|aanewale|aana|ye|yeh)$/;
/** "week". */
export const WEEK = /^(?:week|hafte|hafta|haftey|weeks|saptah|saptaah|wk|hafton)$/;
/** "month". */
export const MONTH = /^(?:month|months|mahine|mahina|maheene|mahinay)$/;
