import { useEffect } from 'react';
import { Signal, useSignal } from './signal';

let zone: string | undefined;

/** All times on the desk are the shop's. */
export function setZone(timeZone: string): void {
  zone = timeZone;
}

const minute = new Signal(Date.now());
let ticking: ReturnType<typeof setInterval> | undefined;

/** The present, moving every 10 s; components that show ages use it. */
export function useNow(): number {
  useEffect(() => {
    ticking ??= setInterval(() => minute.set(Date.now()), 10_000);
  }, []);
  return useSignal(minute);
}

function format(options: Intl.DateTimeFormatOptions): (at: string) => string {
  let made: Intl.DateTimeFormat | undefined;
  return (at) => {
    made ??= new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
    return made.format(new Date(at));
  };
}

export const clockTime = format({ hour: '2-digit', minute: '2-digit' });
export const shortDate = format({ day: 'numeric', month: 'short' });
export const fullTime = format({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const longDate = format({ weekday: 'long', day: 'numeric', month: 'long' });
const dayKey = format({ year: 'numeric', month: '2-digit', day: '2-digit' });

/** `Fri 27 Nov` of a plain day. */
export function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}

/** `Today`, `Yesterday` or the date, in the shop's zone. */
export function dayHeading(at: string, now: number): string {
  const day = dayKey(at);
  if (day === dayKey(new Date(now).toISOString())) return 'Today';
  if (day === dayKey(new Date(now - 86_400_000).toISOString())) return 'Yesterday';
  return longDate(at);
}

export function sameDay(a: string, b: string): boolean {
  return dayKey(a) === dayKey(b);
}

/** `now`, `6 min`, `3 h`, `2 d`. */
export function span(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} d`;
}

/** `3 h 20 min`, for countdowns. */
export function countdown(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** The shop's day now, `YYYY-MM-DD`. */
export function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());
}

/** The day so many days later; calendar alone, no zone. */
export function addDays(day: string, n: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + n);
  return at.toISOString().slice(0, 10);
}

/** `27 Nov` of a plain day. */
export function dayAndMonth(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** `40 s`, `6 min`, `3 h 20 min`, `2 d 4 h`, of seconds. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours < 48) return rest > 0 ? `${hours} h ${rest} min` : `${hours} h`;
  return hours % 24 > 0 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${hours / 24} d`;
}
