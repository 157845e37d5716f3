import { addDays, type Day } from '../../../core/zone';
import type { Token } from '../../text/tokens';
import * as calendar from './calendar';
import { atom, MONTH, NEXT, numberAt, on, THIS, WEEK, word, type Atom, type Setting } from './parts';
import { feast, partOf } from './spans';
import { WEEKDAYS } from './words';

/** today, tomorrow, kal, parso, weekdays, weeks and months with "next" or "this". */
export function relative(tokens: Token[], i: number, { today }: Setting): Atom | undefined {
  const here = word(tokens, i);
  if (here === 'day' && word(tokens, i + 1) === 'after') {
    const end = word(tokens, i + 2) === 'tomorrow' ? i + 2 : word(tokens, i + 2) === 'the' ? -1 : i + 1;
    if (end > 0) return atom(i, end, on(addDays(today, 2)));
  }
  if (here === 'today' || here === 'tonight' || here === 'aaj') return atom(i, i, on(today));
  if (here === 'kal' && word(tokens, i + 1) === 'ke' && /^(?:baad|bad)$/.test(word(tokens, i + 2)))
    return atom(i, i + 2, on(addDays(today, 2)), { counted: true });
  if (here === 'tomorrow') return atom(i, i, on(addDays(today, 1)));
  if (here === 'kal') return atom(i, i, on(addDays(today, 1)), { eitherSide: true });
  if (/^(?:parso|overmorrow)$/.test(here)) return atom(i, i, on(addDays(today, 2)), { eitherSide: true });
  if (/^(?:narso|tarso)$/.test(here)) return atom(i, i, on(addDays(today, 3)));
  return partOf(tokens, i, today) ?? withinWeeks(tokens, i, today) ?? feast(tokens, i, today);
}

function withinWeeks(tokens: Token[], i: number, today: Day): Atom | undefined {
  let at = i;
  const next = NEXT.test(word(tokens, at));
  const current = THIS.test(word(tokens, at));
  if (next || current) at++;
  if ((next || current) && /^(?:to|wale|wala|wali)$/.test(word(tokens, at))) at++;
  if (/^(?:last|past|pichle|pichli|pichla|every|har)$/.test(word(tokens, i - 1))) return undefined;
  const weekday = weekdayAt(tokens, at);
  if (weekday !== undefined) {
    if (next) return atom(i, at, calendar.nextWeekday(weekday, today));
    if (current) return atom(i, at, on(calendar.comingWeekday(weekday, today, true)));
    if (NEXT.test(word(tokens, at + 1)) && WEEK.test(word(tokens, at + 2))) {
      return atom(i, at + 2, on(addDays(calendar.week(1, today).from, (weekday + 6) % 7)));
    }
    return atom(i, at, calendar.plainWeekday(weekday, today));
  }
  const joined = word(tokens, at) === 'week' && /^ends?$/.test(word(tokens, at + 1));
  if (/^(?:weekend|weekends|wknd)$/.test(word(tokens, at)) || joined)
    return atom(i, joined ? at + 1 : at, calendar.weekend(next ? 1 : 0, today));
  if ((next || current) && WEEK.test(word(tokens, at))) {
    const inside = weekdayAfter(tokens, at, next, today);
    return inside ? atom(i, inside.end, on(inside.day)) : atom(i, at, calendar.week(next ? 1 : 0, today));
  }
  if ((next || current) && MONTH.test(word(tokens, at))) {
    const months = next ? 1 : 0;
    return (
      dayAfterMonth(tokens, i, at, calendar.month(months, today)) ??
      atom(i, at, calendar.month(months, today))
    );
  }
  return undefined;
}

/** "next month 3rd", "agle mahine ki 5 ko". */
function dayAfterMonth(tokens: Token[], i: number, month: number, span: calendar.Span): Atom | undefined {
  let at = month + 1;
  while (/^(?:ki|ke|ka|on|the)$/.test(word(tokens, at))) at++;
  const day = numberAt(tokens, at);
  const behind = tokens[at + 1]?.written ?? '';
  if (day === undefined || !/^(?:st|nd|rd|th|ko|tarikh|tareekh|taarikh|date)$/.test(behind)) return undefined;
  const found = calendar.dayIn(Number(span.to.slice(0, 4)), Number(span.to.slice(5, 7)), day);
  return found === undefined ? undefined : atom(i, behind === 'ko' ? at : at + 1, on(found));
}

/** "next week friday", "agle hafte somvar ko". */
function weekdayAfter(
  tokens: Token[],
  at: number,
  next: boolean,
  today: Day,
): { day: Day; end: number } | undefined {
  const skip = /^(?:ke|ka|ki|on)$/.test(word(tokens, at + 1)) ? 1 : 0;
  const weekday = weekdayAt(tokens, at + 1 + skip);
  if (weekday === undefined) return undefined;
  const monday = addDays(calendar.mondayOf(today), next ? 7 : 0);
  return { day: addDays(monday, (weekday + 6) % 7), end: at + 1 + skip };
}

/** The weekday named at a place, 0 for Sunday. */
export function weekdayAt(tokens: Token[], i: number): number | undefined {
  const spelt = tokens[i]?.written ?? '';
  if (/^(?:baje|bajhe|bje)$/.test(word(tokens, i + 1))) return undefined;
  if (
    /^(?:sat|sun|mon|mangal|shani|budh|wed)$/.test(spelt) &&
    /^(?:of|is|the|on the)$/.test(word(tokens, i - 1)) &&
    spelt === 'sat'
  )
    return undefined;
  return WEEKDAYS.get(spelt) ?? WEEKDAYS.get(word(tokens, i));
}

/** "of next month", "is mahine": how many months ahead. */
export function monthAhead(tokens: Token[], i: number): { months: number; end: number } | undefined {
  let at = word(tokens, i) === 'of' ? i + 1 : i;
  const next = NEXT.test(word(tokens, at));
  if (next || THIS.test(word(tokens, at)) || word(tokens, at) === 'the') at++;
  return MONTH.test(word(tokens, at)) ? { months: next ? 1 : 0, end: at } : undefined;
}
