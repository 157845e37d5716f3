import type { Connection } from 'mongoose';
import type { Counts, SummaryQuery } from '../core/summary';
import type { Day } from '../core/zone';

/** Nothing of a shop's is older; an index serves a span without beginning like any other. */
const EPOCH = new Date(0);

/** Conversations looked up at once. */
const KEYS = 5_000;

/** One group the store counted: how often these values came together. */
export type Row<K> = { _id: K; n: number };

/** A stage of an aggregation. */
export type Stage = Record<string, unknown>;

/** How often each value of a key came, over all groups; groups without one are left out. */
export function countsOf<K>(
  rows: Row<K>[],
  key: (id: K) => string | number | boolean | null | undefined,
): Counts {
  const counts: Counts = {};
  for (const { _id, n } of rows) {
    const name = key(_id);
    if (name !== undefined && name !== null && name !== '')
      counts[String(name)] = (counts[String(name)] ?? 0) + n;
  }
  return counts;
}

/** How often groups that fit came. */
export function sumOf<K>(rows: Row<K>[], fits: (id: K) => boolean = () => true): number {
  return rows.reduce((sum, { _id, n }) => (fits(_id) ? sum + n : sum), 0);
}

/** The groups of each day. */
export function byDay<T>(rows: T[], dayOf: (row: T) => Day): (day: Day) => T[] {
  const days = new Map<Day, T[]>();
  for (const row of rows) {
    const day = dayOf(row);
    const there = days.get(day);
    if (there) there.push(row);
    else days.set(day, [row]);
  }
  return (day) => days.get(day) ?? [];
}

/** A share; null of nothing. */
export function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** The middle of times given in milliseconds, in seconds; null of none. The store gives null where one end is missing. */
export function middleSeconds(times: (number | null)[]): number | null {
  const sorted = times.filter((ms) => ms !== null).sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2000;
}

/** The condition that a time lies in the span. */
export function within({ from = EPOCH, to }: SummaryQuery): Stage {
  return { $gte: from, ...(to ? { $lt: to } : {}) };
}

/** The shop's day of a time. */
export function dayOfField(field: string, { timeZone }: SummaryQuery): Stage {
  return { $dateToString: { date: `$${field}`, format: '%Y-%m-%d', timezone: timeZone } };
}

/** Keys of conversations begin with their channel. */
export function keyOfChannel({ channel }: SummaryQuery): Stage | undefined {
  return channel === undefined ? undefined : { $regex: `^${channel.replace(/[^\w-]/g, '\\$&')}:` };
}

/** Those rows whose conversation is in the language asked for. Read beside each other and not joined: a sharded collection cannot be joined everywhere. */
export async function spokenIn<T>(
  connection: Connection,
  { locale }: SummaryQuery,
  rows: T[],
  keyOf: (row: T) => string | undefined,
): Promise<T[]> {
  if (locale === undefined) return rows;
  const keys = [...new Set(rows.flatMap((row) => keyOf(row) ?? []))];
  const spoken = new Set<string | undefined>();
  for (let start = 0; start < keys.length; start += KEYS) {
    const filter = { _id: { $in: keys.slice(start, start + KEYS) }, locale };
    const conversations = connection.collection<{ _id: string }>('conversations');
    const found = await conversations.find(filter, { projection: { _id: 1 } }).toArray();
    for (const { _id } of found) spoken.add(_id);
  }
  return rows.filter((row) => spoken.has(keyOf(row)));
}
