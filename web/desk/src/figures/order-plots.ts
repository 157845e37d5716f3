import type { Figures } from '../../../../src/core/summary';
import { duration } from '../lib/time';
import { plain, REQUEST_TYPES } from '../lib/words';
import { many, percent, PLAIN, ranked, type Column, type Plot, type Series } from './plot';

const OUTCOMES: (Series & { of: string[] })[] = [
  { name: 'Accepted', of: ['accepted'], fill: 'full', tone: 'green' },
  { name: 'Not answered yet', of: ['requested', 'sent'], fill: 'hatched', tone: 'amber' },
  { name: 'Rejected', of: ['rejected'], fill: 'crossed', tone: 'red' },
  { name: 'Called off', of: ['cancelled'], fill: 'hollow', tone: 'grey' },
];

/** Requests by what they ask and by what became of them. */
export function requests({
  requests: { total, byTypeAndState, byState, carrierAcceptanceSeconds },
}: Figures): Plot {
  const rows = Object.entries(REQUEST_TYPES).map(([type, name]) => ({
    name,
    parts: OUTCOMES.map(({ of }) => of.reduce((sum, state) => sum + (byTypeAndState[type]?.[state] ?? 0), 0)),
  }));
  const taken =
    carrierAcceptanceSeconds === null ? '' : `, half of them within ${duration(carrierAcceptanceSeconds)}`;
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

/** Failed attempts and parcels that went back, by the day of the order. */
export function deliveries({ deliveries: all }: Figures, days: string[], column: Column): Plot {
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
      draw: 'beside',
      unit: 'count',
      series: [
        { name: 'Failed attempt', fill: 'full', tone: 'amber', values: failed },
        { name: 'Went back to the shop', fill: 'crossed', tone: 'red', values: back },
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

/** Returns by the customer’s reason. */
export function returnReasons({ returns }: Figures): Plot {
  return ranked(
    { id: 'return-reasons', title: 'Why things come back', note: 'Every return asked for.', axis: 'Returns' },
    returns.byReason,
    plain,
    ['Reason', 'Returns'],
    'Reasons of returns are counted here.',
  );
}

const ITEMS_DRAWN = 8;

/** Items sent back most, beside what was sold of them. */
export function returnItems({ returns: { items } }: Figures): Plot {
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
