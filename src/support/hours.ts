import type { Policy } from '../core/policy';
import { addDays, dayOf, hourOf, instantOf, weekdayOf, type Day } from '../core/zone';

function span(policy: Policy, day: Day): { fromHour: number; toHour: number } | undefined {
  return policy.support.hours[weekdayOf(day)];
}

/** True when people answer now. A span that ends before it begins runs past midnight into the next day. */
export function onDuty(policy: Policy, timeZone: string, now: Date): boolean {
  const today = dayOf(now, timeZone);
  const hour = hourOf(now, timeZone);
  const own = span(policy, today);
  if (own && hour >= own.fromHour && (hour < own.toHour || own.toHour < own.fromHour)) return true;
  const before = span(policy, addDays(today, -1));
  return before !== undefined && before.toHour < before.fromHour && hour < before.toHour;
}

/** When people are next on duty: `now` itself while they are; undefined when the policy has no hours at all. */
export function nextDuty(policy: Policy, timeZone: string, now: Date): Date | undefined {
  if (onDuty(policy, timeZone, now)) return now;
  const today = dayOf(now, timeZone);
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const day = addDays(today, ahead);
    const own = span(policy, day);
    if (!own) continue;
    const start = instantOf(day, own.fromHour, timeZone);
    if (start > now) return start;
  }
  return undefined;
}

/** What can be promised at hand-over; sentences are made of it elsewhere. */
export interface AnswerPromise {
  onDuty: boolean;
  /** Minutes from `from` within which somebody answers. */
  withinMinutes: number;
  /** When people start to answer; undefined when the policy names no hours. */
  from?: Date;
  /** Local day and hour of `from`, for saying it. */
  day?: Day;
  hour?: number;
  /** Whether that day is today or tomorrow. */
  when?: 'now' | 'today' | 'tomorrow' | 'later';
  /** The moment after which the customer has waited longer than promised. */
  due?: Date;
}

/** The facts of a promise made at `now`. */
export function promiseText(policy: Policy, timeZone: string, now: Date): AnswerPromise {
  const withinMinutes = policy.support.answerWithinMinutes;
  const from = nextDuty(policy, timeZone, now);
  if (!from) return { onDuty: false, withinMinutes };
  const duty = from === now;
  const today = dayOf(now, timeZone);
  const day = dayOf(from, timeZone);
  const other = day === addDays(today, 1) ? 'tomorrow' : 'later';
  return {
    onDuty: duty,
    withinMinutes,
    from,
    day,
    hour: hourOf(from, timeZone),
    when: duty ? 'now' : day === today ? 'today' : other,
    due: new Date(from.getTime() + withinMinutes * 60_000),
  };
}

/** Days in a row, from Monday on, on which people answer at the same hours. */
export interface DutyDays {
  /** 0 = Sunday. */
  from: number;
  to: number;
  fromHour: number;
  toHour: number;
}

/** The week as a shop would print it on its door: equal days in a row together, days without people left out. */
export function dutyWeek(policy: Policy): DutyDays[] {
  const week: DutyDays[] = [];
  for (const weekday of [1, 2, 3, 4, 5, 6, 0]) {
    const hours = policy.support.hours[weekday];
    if (!hours) continue;
    const last = week.at(-1);
    const follows = last && (last.to + 1) % 7 === weekday;
    if (follows && last.fromHour === hours.fromHour && last.toHour === hours.toHour) last.to = weekday;
    else week.push({ from: weekday, to: weekday, fromHour: hours.fromHour, toHour: hours.toHour });
  }
  return week;
}
