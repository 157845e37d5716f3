import { readSlots } from '../../src/nlu/slots/read';
import { orderNumberFinder } from '../../src/nlu/slots/order-number';
import type { Expecting } from '../../src/core/understanding';

/** Wednesday, 18 November 2026, 11:30 in India. */
export const NOW = new Date('2026-11-18T06:00:00Z');

/** What a line's days are read as: a day, a span, "?" with the days it may be, "later" with days ruled out, or none. */
export function dateIn(text: string, expecting: Expecting[] = []): string {
  const { date } = readSlots(text, {
    now: NOW,
    timeZone: 'Asia/Kolkata',
    country: 'IN',
    expecting,
    intents: ['reschedule_delivery'],
    orderNumbers: orderNumberFinder('[A-Z]{1,4}-?\\d{3,8}'),
  });
  if (!date) return 'none';
  const short = (day: string): string => day.replace('2026-', '');
  const { from, to, not, ambiguous, negative } = date.value;
  const days = ambiguous
    ? `? ${ambiguous.map(short).join(' ')}`
    : from === to
      ? short(from)
      : `${short(from)}..${short(to)}`;
  return [negative ? 'later' : days, not ? `not ${not.map(short).join(' ')}` : ''].filter(Boolean).join(' ');
}

/** Rows of "line => reading". */
export function cases(table: string): [string, string][] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.split('=>').map((part) => part.trim()) as [string, string]);
}
