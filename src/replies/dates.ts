import { addDays, weekdayOf, type Day } from '../core/zone';

/** Names a language uses for days. */
export interface CalendarNames {
  /** Sunday first. */
  weekdays: readonly string[];
  months: readonly string[];
  today: string;
  tomorrow: string;
  yesterday: string;
}

/** "Friday, 27 Nov": weekday first, since that is what people plan by. */
export function dayInWords(names: CalendarNames, day: Day): string {
  return `${names.weekdays[weekdayOf(day)]}, ${shortDay(names, day)}`;
}

/** "27 Nov", for button titles beside a weekday's short form. */
export function shortDay(names: CalendarNames, day: Day): string {
  return `${Number(day.slice(8))} ${names.months[Number(day.slice(5, 7)) - 1]}`;
}

/** "tomorrow (Monday, 23 Nov)" for the days around today, the plain day otherwise. */
export function nearDay(names: CalendarNames, day: Day, today: Day): string {
  const plain = dayInWords(names, day);
  if (day === today) return `${names.today} (${plain})`;
  if (day === addDays(today, 1)) return `${names.tomorrow} (${plain})`;
  if (day === addDays(today, -1)) return `${names.yesterday} (${plain})`;
  return plain;
}

/** "9 am", "12 noon" as the 12-hour clock says it. */
export function hour12(hour: number): { hour: number; half: 'am' | 'pm' } {
  return { hour: hour % 12 === 0 ? 12 : hour % 12, half: hour % 24 < 12 ? 'am' : 'pm' };
}
