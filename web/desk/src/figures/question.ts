import { addDays, today } from '../lib/time';

/** How far back: so many days up to today, or from one day to another. */
export type Range = { days: number } | { from: string; to: string };

/** What the page asks for. Empty: every channel, every language. */
export interface Question {
  range: Range;
  channel: string;
  locale: string;
}

/** Ranges offered, in days up to today. */
export const RANGES = [7, 30, 90] as const;
const USUAL = 30;

function isDay(text: string | null): text is string {
  const at = new Date(`${text ?? ''}T00:00:00Z`);
  return /^20\d{2}-\d{2}-\d{2}$/.test(text ?? '') && !Number.isNaN(at.getTime());
}

/** The question an address holds; what cannot be read in it is left out. */
export function readQuestion(search: string): Question {
  const query = new URLSearchParams(search);
  const [from, to] = [query.get('from'), query.get('to')];
  const days = Number(query.get('days'));
  return {
    range:
      isDay(from) && isDay(to) ? { from, to } : { days: RANGES.find((known) => known === days) ?? USUAL },
    channel: query.get('channel') ?? '',
    locale: query.get('locale') ?? '',
  };
}

/** The address of a question, so that a reload and a link show the same. */
export function addressOf({ range, channel, locale }: Question): string {
  const query = new URLSearchParams();
  if ('from' in range) {
    query.set('from', range.from);
    query.set('to', range.to);
  } else if (range.days !== USUAL) query.set('days', String(range.days));
  if (channel) query.set('channel', channel);
  if (locale) query.set('locale', locale);
  const text = query.toString();
  return `/desk/figures${text ? `?${text}` : ''}`;
}

/** First and last day of a range; the shop's day is what counts. */
export function daysOf(range: Range): { from: string; to: string } {
  if ('from' in range) return range;
  const to = today();
  return { from: addDays(to, 1 - range.days), to };
}

/** The question as the server takes it; undefined while a date is not written out. */
export function queryOf({ range, channel, locale }: Question): string | undefined {
  const { from, to } = daysOf(range);
  if (!from || !to) return undefined;
  return new URLSearchParams({
    from,
    to,
    ...(channel ? { channel } : {}),
    ...(locale ? { locale } : {}),
  }).toString();
}
