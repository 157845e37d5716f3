import { weekdayOf, type Day } from '../../../core/zone';
import type { Token } from '../../text/tokens';
import * as calendar from './calendar';
import { counted } from './counted';
import { atom, numberAt, on, touching, word, yearAt, type Atom, type Setting } from './parts';
import { monthAhead, relative, weekdayAt } from './relative';
import { MONTHS, SPOKEN_DAYS } from './words';

const ORDINAL = /^(?:st|nd|rd|th|ve|vi|va|van|vein)$/;
const DATE_WORD = /^(?:tarikh|tareekh|taarikh|tarik|tareek|taareekh|tarekh|date|tarrikh)$/;
const PLACE =
  /^(?:flat|house|no|plot|room|floor|block|tower|size|sector|door|shop|gali|lane|ward|number|wing|makan|makaan|apartment|apt|unit|street|road|phase|stage|hno|building|gate|otp|order|rs|qty|quantity|uk|us|eu|size1|main|cross|pata|address)$/;

/** 25/11, 25-11-2026, 2026-11-25; day first. */
function written(tokens: Token[], i: number, { today }: Setting): Atom | undefined {
  const mark = word(tokens, i + 1);
  if (
    !/^[/.-]$/.test(mark) ||
    !touching(tokens, i) ||
    !touching(tokens, i + 1) ||
    PLACE.test(word(tokens, i - 1)) ||
    labelled(tokens, i)
  )
    return undefined;
  const a = tokens[i]?.number;
  const b = numberAt(tokens, i + 2);
  if (a === undefined || b === undefined) return undefined;
  const third = word(tokens, i + 3) === mark && touching(tokens, i + 2) && touching(tokens, i + 3);
  if (third && yearAt(tokens, i) && tokens[i]?.word.length === 4)
    return atom(i, i + 4, on(calendar.dayIn(a, b, tokens[i + 4]?.number ?? 0)));
  const day = numberAt(tokens, i);
  if (day === undefined) return undefined;
  const year = third ? yearAt(tokens, i + 4) : undefined;
  if (third) return atom(i, i + 4, year ? on(calendar.dayIn(year, b, day)) : undefined);
  if (mark !== '/' && b <= 12 && mark === '.') return undefined;
  if (mark === '-' && b > day && b > 12) return undefined;
  if (mark === '-' && b <= 12 && day <= 12) return undefined;
  if (word(tokens, i + 3) === 'of') return undefined;
  return atom(i, i + 2, on(b <= 12 ? calendar.nearestDate(day, b, today) : undefined));
}

/** "B-25/11": a house, not a day. */
function labelled(tokens: Token[], i: number): boolean {
  const joined =
    i > 1 && /^[-/]$/.test(word(tokens, i - 1)) && touching(tokens, i - 1) && touching(tokens, i - 2);
  return joined && tokens[i - 2]?.number === undefined;
}

/** "25 nov", "25th of november 2026", "november 25th". */
function named(tokens: Token[], i: number, { today }: Setting): Atom | undefined {
  const day = numberAt(tokens, i);
  if (day !== undefined) {
    let at = i + 1;
    if (ORDINAL.test(tokens[at]?.written ?? '') && touching(tokens, i)) at++;
    if (DATE_WORD.test(word(tokens, at))) at++;
    if (/^(?:of|ka|ki|ko)$/.test(word(tokens, at))) at++;
    const month = monthAt(tokens, at, true);
    if (!month) return undefined;
    return withYear(tokens, i, at, day, month, today);
  }
  const month = monthAt(tokens, i, false);
  let at = i + 1;
  if (/^[.,]$/.test(word(tokens, at))) at++;
  if (/^(?:the|ki|ke)$/.test(word(tokens, at))) at++;
  const second = numberAt(tokens, at);
  if (!month || second === undefined) return undefined;
  if (ORDINAL.test(tokens[at + 1]?.written ?? '') && touching(tokens, at)) at++;
  return withYear(tokens, i, at, second, month, today);
}

function monthAt(tokens: Token[], i: number, afterDay: boolean): number | undefined {
  const spelt = tokens[i]?.written ?? '';
  if (!afterDay && /^(?:may|mar|mai|jan)$/.test(spelt) && !/^\d/.test(word(tokens, i + 1))) return undefined;
  return MONTHS.get(spelt);
}

function withYear(
  tokens: Token[],
  start: number,
  end: number,
  day: number,
  month: number,
  today: Day,
): Atom | undefined {
  let at = end + 1;
  if (word(tokens, at) === ',') at++;
  const year = tokens[at]?.word.length === 4 ? yearAt(tokens, at) : undefined;
  return year
    ? atom(start, at, on(calendar.dayIn(year, month, day)))
    : atom(start, end, on(calendar.nearestDate(day, month, today)));
}

/** "25th", "25 tarikh", "25 ko", "the 25th of next month". */
function ordinal(tokens: Token[], i: number, setting: Setting): Atom | undefined {
  const spoken = DATE_WORD.test(word(tokens, i + 1)) ? SPOKEN_DAYS.get(word(tokens, i)) : undefined;
  const day = numberAt(tokens, i) ?? spoken;
  if (day === undefined || PLACE.test(word(tokens, i - 1)) || /^[/.:₹$]$/.test(word(tokens, i - 1)))
    return undefined;
  let end = i;
  let sure = false;
  if (ORDINAL.test(tokens[i + 1]?.written ?? '') && touching(tokens, i)) {
    if (
      /^(?:floor|cross|main|lane|block|street|phase|stage|sector|road|avenue|std|class|time|week|attempt|order|item|one|st)$/.test(
        word(tokens, i + 2),
      )
    )
      return undefined;
    end = i + 1;
    sure = true;
  }
  if (DATE_WORD.test(word(tokens, end + 1))) {
    end++;
    sure = true;
  }
  if (word(tokens, end + 1) === 'ko') sure = true;
  if (!sure) return undefined;
  const ofMonth = /^(?:of|is|agle|this|next)$/.test(word(tokens, end + 1))
    ? monthAhead(tokens, end + 1)
    : undefined;
  if (ofMonth) {
    const first = calendar.month(ofMonth.months, setting.today).to;
    return atom(
      i,
      ofMonth.end,
      on(calendar.dayIn(Number(first.slice(0, 4)), Number(first.slice(5, 7)), day)),
    );
  }
  return atom(i, end, on(calendar.nextDayOfMonth(day, setting.today)), { bareDay: day });
}

/** A number that is a day only because a date is wanted: "25", "on 25", "26 or 27". */
function bare(tokens: Token[], i: number, setting: Setting): Atom | undefined {
  const day = numberAt(tokens, i);
  if (
    day === undefined ||
    PLACE.test(word(tokens, i - 1)) ||
    /^[:/.₹]$/.test(word(tokens, i - 1)) ||
    /^[:/.]$/.test(word(tokens, i + 1))
  )
    return undefined;
  if (
    /^(?:am|pm|baje|bajhe|oclock|rs|kg|days?|din|baj|hours?|ghante|minutes?|piece|pieces|items?|weeks?|hafte|mahine|months?)$/.test(
      word(tokens, i + 1),
    )
  )
    return undefined;
  if (day <= 12 && namesAnHour(tokens, i)) return undefined;
  const led = /^(?:on|by|for|to)$/.test(word(tokens, i - 1)) && day > 12;
  const wanted = setting.wanted && tokens.length <= 8;
  const sided = day > 24 && /^(?:after|before|till|until)$/.test(word(tokens, i - 1));
  const behind =
    day > 12 &&
    (/^(?:ke|tak)$/.test(word(tokens, i + 1)) ||
      (word(tokens, i + 1) === 'se' && word(tokens, i + 2) === 'pehle')) &&
    (day > 22 || setting.wanted || word(tokens, i + 1) === 'tak');
  if (!wanted && !led && !sided && !behind) return undefined;
  return atom(i, i, on(calendar.nextDayOfMonth(day, setting.today)), { bareDay: day });
}

/** "after 6", "6 ke baad", "between 5 and 7": hours, also where a date is awaited. */
function namesAnHour(tokens: Token[], i: number): boolean {
  const side = /^(?:after|before|post|past)$/;
  const after = word(tokens, i + 1);
  const second = word(tokens, i + 2);
  if (side.test(word(tokens, i - 1)) || /^(?:baad|bad)$/.test(after)) return true;
  if (/^(?:ke|se)$/.test(after) && /^(?:baad|bad|pehle)$/.test(second)) return true;
  const between = word(tokens, i - 1) === 'between' && (tokens[i + 2]?.number ?? 99) <= 12;
  return between || (word(tokens, i - 3) === 'between' && (tokens[i - 2]?.number ?? 99) <= 12);
}

/** A day of the month in whatever form: "25/11", "25 nov", "25th". */
function dated(tokens: Token[], i: number, setting: Setting): Atom | undefined {
  return written(tokens, i, setting) ?? named(tokens, i, setting) ?? ordinal(tokens, i, setting);
}

/** "friday 27th", "friday, 27 nov": one day said twice; where they disagree both are reported. */
function weekdayAndDate(tokens: Token[], i: number, setting: Setting): Atom | undefined {
  const weekday = weekdayAt(tokens, i);
  if (weekday === undefined) return undefined;
  let at = i + 1;
  if (word(tokens, at) === ',') at++;
  if (word(tokens, at) === 'the') at++;
  const date = dated(tokens, at, setting);
  if (date?.from !== date?.to || !date) return undefined;
  if (weekdayOf(date.from) === weekday) return { ...date, start: i };
  const days = [calendar.comingWeekday(weekday, setting.today, true), date.from].sort();
  const [from = date.from, to = date.from] = days;
  return { start: i, end: date.end, from, to, ambiguous: days };
}

/** The mention that begins at a token, the longest reading first. */
export function atomAt(tokens: Token[], i: number, setting: Setting): Atom | undefined {
  return (
    weekdayAndDate(tokens, i, setting) ??
    dated(tokens, i, setting) ??
    counted(tokens, i, setting, (at) => dated(tokens, at, setting) ?? relative(tokens, at, setting)) ??
    relative(tokens, i, setting) ??
    bare(tokens, i, setting)
  );
}
