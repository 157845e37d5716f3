import { addDays, weekdayOf, type Day } from '../../../core/zone';

/** A stretch of days, inclusive. */
export interface Span {
  from: Day;
  to: Day;
  ambiguous?: Day[];
}

/** One day as a span. */
export function oneDay(day: Day): Span {
  return { from: day, to: day };
}

/** A day of a month if the calendar has it. */
export function dayIn(year: number, month: number, day: number): Day | undefined {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text ? text : undefined;
}

/** The next time a day of the month comes, today included. */
export function nextDayOfMonth(day: number, today: Day): Day | undefined {
  let [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  for (let tries = 0; tries < 14; tries++) {
    const found = dayIn(year, month, day);
    if (found && found >= today) return found;
    month++;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return undefined;
}

/** A day and month without a year: this year's unless it lies more than two months back, then next year's. */
export function nearestDate(day: number, month: number, today: Day): Day | undefined {
  const year = Number(today.slice(0, 4));
  const found = dayIn(year, month, day);
  if (found && found >= addDays(today, -60)) return found;
  return dayIn(year + 1, month, day) ?? found;
}

/** The next time a day of the year comes, today included. */
export function nextDayOfYear(day: number, month: number, today: Day): Day | undefined {
  const year = Number(today.slice(0, 4));
  const found = dayIn(year, month, day);
  return found && found >= today ? found : dayIn(year + 1, month, day);
}

/** The coming weekday; today counts when `withToday`. */
export function comingWeekday(weekday: number, today: Day, withToday: boolean): Day {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  return addDays(today, ahead === 0 && !withToday ? 7 : ahead);
}

/** Monday of the week a day lies in. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((weekdayOf(day) + 6) % 7));
}

/** "friday": the coming one; said on a Friday both today and in a week fit. */
export function plainWeekday(weekday: number, today: Day): Span {
  const day = comingWeekday(weekday, today, true);
  if (day !== today) return oneDay(day);
  return { from: today, to: addDays(today, 7), ambiguous: [today, addDays(today, 7)] };
}

/** "next friday": ambiguous while this week's Friday is still to come. */
export function nextWeekday(weekday: number, today: Day): Span {
  const coming = comingWeekday(weekday, today, false);
  if (mondayOf(coming) > mondayOf(today)) return oneDay(coming);
  return { from: coming, to: addDays(coming, 7), ambiguous: [coming, addDays(coming, 7)] };
}

/** A week from Monday to Sunday, `weeks` ahead; the running one begins today. */
export function week(weeks: number, today: Day): Span {
  const monday = addDays(mondayOf(today), 7 * weeks);
  return { from: weeks === 0 ? today : monday, to: addDays(monday, 6) };
}

/** Saturday and Sunday, `weeks` ahead; never days that are over. */
export function weekend(weeks: number, today: Day): Span {
  const saturday = addDays(mondayOf(today), 5 + 7 * weeks);
  return { from: saturday < today ? today : saturday, to: addDays(saturday, 1) };
}

/** A month, `months` ahead; the running one begins today. */
export function month(months: number, today: Day): Span {
  const index = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + months;
  const first = (i: number): Day => `${Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`;
  return { from: months === 0 ? today : first(index), to: addDays(first(index + 1), -1) };
}
