import { addDays, type Day } from '../../../core/zone';
import type { Token } from '../../text/tokens';
import * as calendar from './calendar';
import { atom, MONTH, NEXT, on, THIS, WEEK, word, type Atom } from './parts';
import { FEASTS, MONTHS } from './words';

type Part = 'early' | 'mid' | 'late' | 'first' | 'last';

const PARTS: readonly (readonly [Part, RegExp])[] = [
  ['early', /^(?:early|beginning|start|starting|shuru|shuruat)$/],
  ['mid', /^(?:mid|middle|beech)$/],
  ['late', /^(?:end|late|ending|aakhir|akhir|ant|aakhiri|akhiri)$/],
  ['first', /^(?:first|pehla|pehle|pahle)$/],
  ['last', /^(?:last|final|aakhri|akhri|aakhiri|akhiri|antim)$/],
];

function partAt(tokens: Token[], i: number): Part | undefined {
  const here = word(tokens, i);
  return PARTS.find(([, form]) => form.test(here))?.[0];
}

interface Whole {
  unit: 'week' | 'month';
  span: calendar.Span;
  end: number;
}

/** "next week", "the month", "is mahine", "december": what a part may be of. */
function wholeAt(tokens: Token[], i: number, today: Day): Whole | undefined {
  let at = i;
  const next = NEXT.test(word(tokens, at));
  if (next || THIS.test(word(tokens, at)) || word(tokens, at) === 'the') at++;
  if (WEEK.test(word(tokens, at))) return { unit: 'week', span: calendar.week(next ? 1 : 0, today), end: at };
  if (MONTH.test(word(tokens, at)))
    return { unit: 'month', span: calendar.month(next ? 1 : 0, today), end: at };
  const named = at === i ? MONTHS.get(tokens[at]?.written ?? '') : undefined;
  const first = named && calendar.nextDayOfYear(1, named, `${today.slice(0, 8)}01`);
  return first ? { unit: 'month', span: calendar.month(monthsTo(first, today), today), end: at } : undefined;
}

function monthsTo(day: Day, today: Day): number {
  const count = (d: Day): number => Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7));
  return Math.max(0, count(day) - count(today));
}

/** Days of a part, counted from the first and from the last day of the whole. */
function cut({ unit, span }: Whole, part: Part, today: Day): calendar.Span {
  const monday = unit === 'week' ? addDays(span.to, -6) : span.from;
  const within = (from: Day, to: Day): calendar.Span => ({ from: from < today ? today : from, to });
  if (unit === 'week') {
    if (part === 'early' || part === 'first') return within(monday, addDays(monday, 2));
    return part === 'mid'
      ? within(addDays(monday, 1), addDays(monday, 3))
      : within(addDays(monday, 4), span.to);
  }
  const first = `${span.to.slice(0, 8)}01`;
  if (part === 'first') return within(first, addDays(first, 6));
  if (part === 'early') return within(first, addDays(first, 4));
  if (part === 'mid') return within(addDays(first, 11), addDays(first, 18));
  return within(addDays(span.to, part === 'last' ? -6 : -2), span.to);
}

/** "early next week", "end of the month", "first week of december", "mahine ke aakhir me". */
export function partOf(tokens: Token[], i: number, today: Day): Atom | undefined {
  return partFirst(tokens, i, today) ?? wholeFirst(tokens, i, today);
}

function partFirst(tokens: Token[], i: number, today: Day): Atom | undefined {
  const ordinal = tokens[i]?.number === 1 && tokens[i + 1]?.written === 'st';
  const part = ordinal ? 'first' : partAt(tokens, i);
  if (!part) return undefined;
  let at = ordinal ? i + 2 : i + 1;
  const weekly = part === 'first' || part === 'last';
  if (weekly) {
    if (!WEEK.test(word(tokens, at)) || !/^(?:of|in)$/.test(word(tokens, at + 1))) return undefined;
    at++;
  }
  if (/^(?:of|in)$/.test(word(tokens, at))) at++;
  const whole = wholeAt(tokens, at, today);
  if (!whole || (weekly && whole.unit === 'week')) return undefined;
  return fit(atom(i, whole.end, cut(whole, part, today)), today);
}

function wholeFirst(tokens: Token[], i: number, today: Day): Atom | undefined {
  const whole = wholeAt(tokens, i, today);
  if (!whole) return undefined;
  let at = whole.end + 1;
  if (/^(?:ke|ka|ki)$/.test(word(tokens, at))) at++;
  const part = partAt(tokens, at);
  if (!part || (part === 'early' && at === whole.end + 1)) return undefined;
  const weekly = WEEK.test(word(tokens, at + 1));
  if (part === 'first' && !weekly) return undefined;
  const kind = weekly && whole.unit === 'month' && part === 'late' ? 'last' : part;
  return fit(atom(i, weekly ? at + 1 : at, cut(whole, kind, today)), today);
}

/** A part that is over already is no wish. */
function fit(found: Atom | undefined, today: Day): Atom | undefined {
  return found && found.to >= today && found.to >= found.from ? found : undefined;
}

/** Most words begin none. */
const FIRST_OF_FEASTS: ReadonlySet<string> = new Set(
  [...FEASTS.keys()].map((name) => (name.split(' ')[0] ?? '').replace(/s$/, '')),
);

/** "christmas", "new year's day": the next one. */
export function feast(tokens: Token[], i: number, today: Day): Atom | undefined {
  if (!FIRST_OF_FEASTS.has((tokens[i]?.written ?? '').replace(/s$/, ''))) return undefined;
  for (const length of [2, 1]) {
    const name = Array.from({ length }, (_, n) => (tokens[i + n]?.written ?? '').replace(/s$/, '')).join(' ');
    const found = FEASTS.get(name) ?? FEASTS.get(`${name}s`);
    if (!found) continue;
    const day = calendar.nextDayOfYear(found[1], found[0], today);
    const end = i + length - 1;
    return atom(i, /^day$/.test(word(tokens, end + 1)) ? end + 1 : end, on(day));
  }
  return undefined;
}
