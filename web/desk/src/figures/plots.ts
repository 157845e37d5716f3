import type { Figures } from '../../../../src/core/summary';
import { addDays, dayWords, duration } from '../lib/time';
import { handoffWords, plain, REQUEST_TYPES, SCORE_WORDS, wish } from '../lib/words';
import type { Cell } from './csv';

/** How a mark is filled. Each differs by pattern as well as by colour. */
export type Fill = 'full' | 'hatched' | 'hollow' | 'crossed';

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
  draw: 'stacked' | 'lines';
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

const PLAIN: Series = { name: '', fill: 'full', tone: 'accent' };

/** `1 answer`, `3 answers`. */
export function many(n: number, one: string, more = `${one}s`): string {
  return `${n.toLocaleString('en-IN')} ${n === 1 ? one : more}`;
}

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

type DayFigures = Figures['days'][number];

interface Span {
  figures: Figures;
  from: string;
  to: string;
}

/** All plots of a span, in the order of the page. */
export function plotsOf(span: Span): Plot[] {
  const { figures } = span;
  const known = new Map(figures.days.map((day) => [day.day, day]));
  const days = everyDay(span.from, span.to);
  const column = <T>(read: (day: DayFigures) => T, otherwise: T) =>
    days.map((day) => {
      const there = known.get(day);
      return there ? read(there) : otherwise;
    });
  return [
    conversations(figures, days, column),
    topics(figures),
    reasons(figures),
    waiting(figures, days, column, 'firstResponse'),
    waiting(figures, days, column, 'resolution'),
    satisfaction(figures),
    requests(figures),
    deliveries(figures, days, column),
    returnReasons(figures),
    returnItems(figures),
  ];
}

type Column = <T>(read: (day: DayFigures) => T, otherwise: T) => T[];

function conversations(
  { conversations: { total }, deflection }: Figures,
  days: string[],
  column: Column,
): Plot {
  const all = column((day) => day.conversations, 0);
  const person = column((day) => day.handed, 0);
  const bot = all.map((n, at) => n - (person[at] ?? 0));
  const most = all.indexOf(Math.max(...all));
  return {
    id: 'conversations',
    title: 'Conversations per day',
    note: 'A conversation counts on the day its customer first wrote.',
    words: `${many(total, 'conversation')}, ${percent(deflection ?? 0)} solved without a person; most on ${dayWords(days[most] ?? '')}: ${all[most] ?? 0}.`,
    axis: 'Conversations',
    data: {
      kind: 'days',
      days,
      draw: 'stacked',
      unit: 'count',
      series: [
        { name: 'Solved by the bot', fill: 'full', tone: 'accent', values: bot },
        { name: 'With a person', fill: 'hatched', tone: 'blue', values: person },
      ],
    },
    table: {
      head: ['Day', 'Conversations', 'Solved by the bot', 'With a person'],
      rows: days.map((day, at) => [day, all[at] ?? 0, bot[at] ?? 0, person[at] ?? 0]),
    },
    ...(total > 0 ? {} : { empty: 'As soon as customers write, each day’s conversations are drawn here.' }),
  };
}

/** Bars by name, the longest first. */
function ranked(
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

function topics(figures: Figures): Plot {
  const plot = ranked(
    {
      id: 'topics',
      title: 'What customers ask about',
      note: 'A conversation may ask about several things.',
      axis: 'Conversations',
    },
    figures.topics,
    wish,
    ['Topic', 'Conversations'],
    'What customers ask the bot about is counted here.',
  );
  const { count, share } = figures.wismo;
  return share === null
    ? plot
    : { ...plot, words: `${many(count, 'conversation')} asked where an order is: ${percent(share)} of all.` };
}

function reasons({ handover }: Figures): Plot {
  return ranked(
    {
      id: 'reasons',
      title: 'Why a person was needed',
      note: 'The last reason of each conversation that went to a person.',
      axis: 'Conversations',
    },
    handover.byReason,
    handoffWords,
    ['Reason', 'Conversations'],
    'Why conversations go to a person is counted here.',
  );
}

const TIMES = {
  firstResponse: {
    title: 'Waiting for a person',
    note: 'From the moment a person was needed to the first word of one; the middle of each day.',
    axis: 'Waiting time',
    name: 'First answer of a person',
    empty: 'Once people have answered, how long customers waited is drawn here.',
  },
  resolution: {
    title: 'Until it was resolved',
    note: 'From the moment a person was needed until one resolved it or gave it back; the middle of each day.',
    axis: 'Time to resolve',
    name: 'Resolved or given back',
    empty: 'Once people have resolved conversations, how long that took is drawn here.',
  },
} as const;

function waiting(figures: Figures, days: string[], column: Column, of: keyof typeof TIMES): Plot {
  const { title, note, axis, name, empty } = TIMES[of];
  const values = column((day) => day[of], null);
  const middle = figures[of];
  return {
    id: of,
    title,
    note,
    words: middle === null ? '' : `In the middle ${duration(middle)}.`,
    axis,
    data: {
      kind: 'days',
      days,
      draw: 'lines',
      unit: 'seconds',
      series: [{ name, fill: 'full', tone: 'accent', values }],
    },
    table: { head: ['Day', `${name}, seconds`], rows: days.map((day, at) => [day, values[at] ?? null]) },
    ...(middle === null ? { empty } : {}),
  };
}

function satisfaction({ satisfaction: { byScore, answers, csat } }: Figures): Plot {
  const rows = ([5, 4, 3, 2, 1] as const).map((score) => ({
    name: `${SCORE_WORDS[score]}, ${score} of 5`,
    parts: [byScore[score] ?? 0],
  }));
  return {
    id: 'satisfaction',
    title: 'How customers found the help',
    note: 'Asked when a person resolves a conversation; the last answer of each.',
    words: csat === null ? '' : `${percent(csat)} of ${many(answers, 'answer')} are good or very good.`,
    axis: 'Answers',
    data: { kind: 'bars', rows, series: [PLAIN] },
    table: { head: ['Answer', 'Answers'], rows: rows.map((row) => [row.name, row.parts[0] ?? 0]) },
    ...(answers > 0
      ? {}
      : {
          empty:
            'After a person resolves a conversation the customer is asked how the help was; the answers come here.',
        }),
  };
}

const OUTCOMES: (Series & { of: string[] })[] = [
  { name: 'Accepted', of: ['accepted'], fill: 'full', tone: 'green' },
  { name: 'Not answered yet', of: ['requested', 'sent'], fill: 'hatched', tone: 'amber' },
  { name: 'Rejected', of: ['rejected'], fill: 'crossed', tone: 'red' },
  { name: 'Called off', of: ['cancelled'], fill: 'hollow', tone: 'grey' },
];

function requests({ requests: { total, byTypeAndState, byState, carrierAcceptanceSeconds } }: Figures): Plot {
  const rows = Object.entries(REQUEST_TYPES).map(([type, name]) => ({
    name,
    parts: OUTCOMES.map(({ of }) => of.reduce((sum, state) => sum + (byTypeAndState[type]?.[state] ?? 0), 0)),
  }));
  const taken =
    carrierAcceptanceSeconds === null ? '' : `, in the middle after ${duration(carrierAcceptanceSeconds)}`;
  return {
    id: 'requests',
    title: 'Requests and what became of them',
    note: 'By the day they were made; outcome as it is now.',
    words: `${many(byState.accepted ?? 0, 'request')} of ${total} accepted${taken}; ${byState.rejected ?? 0} rejected.`,
    axis: 'Requests',
    data: { kind: 'bars', rows, series: OUTCOMES },
    table: {
      head: ['Request', ...OUTCOMES.map(({ name }) => name)],
      rows: rows.map((row) => [row.name, ...row.parts]),
    },
    ...(total > 0
      ? {}
      : { empty: 'New dates, corrected addresses, returns and cancellations are counted here.' }),
  };
}

function deliveries({ deliveries: all }: Figures, days: string[], column: Column): Plot {
  const parcels = column((day) => day.parcels, 0);
  const failed = column((day) => day.failedOnce, 0);
  const back = column((day) => day.rto, 0);
  return {
    id: 'deliveries',
    title: 'Deliveries that went wrong',
    note: 'By the day the order was placed, over all channels and languages; young parcels may still fail.',
    words: `Of ${many(all.parcels, 'parcel')} ${all.failedOnce} had a failed attempt (${percent(all.failedOnceRate ?? 0)}) and ${all.rto} went back to the shop (${percent(all.rtoRate ?? 0)}).`,
    axis: 'Parcels',
    data: {
      kind: 'days',
      days,
      draw: 'lines',
      unit: 'count',
      series: [
        { name: 'Failed attempt', fill: 'full', tone: 'amber', values: failed },
        { name: 'Went back to the shop', fill: 'hatched', tone: 'red', values: back },
      ],
    },
    table: {
      head: ['Day', 'Parcels', 'Failed attempt', 'Went back to the shop'],
      rows: days.map((day, at) => [day, parcels[at] ?? 0, failed[at] ?? 0, back[at] ?? 0]),
    },
    ...(all.parcels > 0
      ? {}
      : {
          empty:
            'Once orders of these days have parcels, failed attempts and returns to the shop are drawn here.',
        }),
  };
}

function returnReasons({ returns }: Figures): Plot {
  return ranked(
    { id: 'return-reasons', title: 'Why things come back', note: 'Every return asked for.', axis: 'Returns' },
    returns.byReason,
    plain,
    ['Reason', 'Returns'],
    'Reasons of returns are counted here.',
  );
}

const ITEMS_DRAWN = 8;

function returnItems({ returns: { items } }: Figures): Plot {
  const rows = items.slice(0, ITEMS_DRAWN).map(({ name, returned, sold, rate }) => ({
    name,
    parts: [returned],
    words:
      rate === null
        ? `${returned}, none sold in these days`
        : `${returned} of ${sold} sold, ${percent(rate)}`,
  }));
  const [first] = items;
  return {
    id: 'return-items',
    title: 'What comes back',
    note: 'Pieces customers send back, beside pieces sold in the same days.',
    words: first ? `Most often: ${first.name}, ${many(first.returned, 'piece')}.` : '',
    axis: 'Pieces',
    data: { kind: 'bars', rows, series: [PLAIN] },
    table: {
      head: ['Item', 'SKU', 'Returned', 'Sold', 'Rate'],
      rows: items.map(({ name, sku, returned, sold, rate }) => [name, sku, returned, sold, rate]),
    },
    ...(first
      ? {}
      : { empty: 'Items that customers send back are listed here, with the share of those sold.' }),
  };
}
