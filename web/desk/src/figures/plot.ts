import type { Figures } from '../../../../src/core/summary';
import { addDays } from '../lib/time';
import type { Cell } from './csv';

/** How a mark is filled. Each differs by pattern as well as by colour. */
export type Fill = 'full' | 'hatched' | 'hollow' | 'crossed';

/** A kind of mark: what it stands for, and how it is filled. */
export interface Series {
  name: string;
  fill: Fill;
  tone: 'accent' | 'blue' | 'amber' | 'red' | 'green' | 'grey';
}

/** Values by day, beside or upon each other. Null: not known that day. */
export interface DayData {
  kind: 'days';
  days: string[];
  series: (Series & { values: (number | null)[] })[];
  draw: 'stacked' | 'beside' | 'line';
  unit: 'count' | 'seconds';
}

/** Values by name, each of one part or several. */
export interface BarData {
  kind: 'bars';
  rows: { name: string; parts: number[]; words?: string }[];
  series: Series[];
}

/** One plot: what it shows, in a picture, in words and as a table. */
export interface Plot {
  id: string;
  title: string;
  /** How it is counted. */
  note: string;
  /** What it says, in one sentence. */
  words: string;
  /** What the axis of values measures. */
  axis: string;
  data: DayData | BarData;
  table: { head: string[]; rows: Cell[][] };
  /** What will be here, when there is nothing yet; absent when there is. */
  empty?: string;
}

/** The one kind of mark of a plot that needs no legend. */
export const PLAIN: Series = { name: '', fill: 'full', tone: 'accent' };

/** `1 answer`, `3 answers`. */
export function many(n: number, one: string, more = `${one}s`): string {
  return `${n.toLocaleString('en-IN')} ${n === 1 ? one : more}`;
}

/** `6.9 %`, `40 %`. */
export function percent(share: number): string {
  const value = share * 100;
  return `${(value > 0 && value < 10 ? value.toFixed(1) : value.toFixed(0)).replace(/\.0$/, '')} %`;
}

/** Every day from the first to the last. */
export function everyDay(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** One day as the server counts it. */
export type DayFigures = Figures['days'][number];

/** A figure of each day, with what stands for it where nothing is known. */
export type Column = <T>(read: (day: DayFigures) => T, otherwise: T) => T[];

/** Bars by name, the longest first. */
export function ranked(
  plot: Pick<Plot, 'id' | 'title' | 'note' | 'axis'>,
  counts: Record<string, number>,
  name: (key: string) => string,
  heads: [string, string],
  empty: string,
): Plot {
  const rows = Object.entries(counts)
    .map(([key, n]) => ({ name: name(key), parts: [n] }))
    .sort((a, b) => (b.parts[0] ?? 0) - (a.parts[0] ?? 0) || a.name.localeCompare(b.name));
  const [first] = rows;
  const total = rows.reduce((sum, { parts }) => sum + (parts[0] ?? 0), 0);
  return {
    ...plot,
    words: first ? `Most often: ${first.name.toLowerCase()}, ${first.parts[0] ?? 0} of ${total}.` : '',
    data: { kind: 'bars', rows, series: [PLAIN] },
    table: { head: heads, rows: rows.map((row) => [row.name, row.parts[0] ?? 0]) },
    ...(first ? {} : { empty }),
  };
}
