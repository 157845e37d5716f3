import type { Order, Shipment } from '../../src/core/order';
import { noticeText } from '../../src/replies/notices';
import { defaultPolicy } from '../../src/support/policy';
import { followed, newsSince, quietUntil, toldOf } from '../../src/support/notices';
import { LOCALES } from '../../src/core/locale';
import { orderWith, parcel } from './fixtures';

const ZONE = 'Asia/Kolkata';
const NOW = new Date('2026-11-20T06:00:00Z');

/** An order with these parcels. */
function order(...shipments: Partial<Shipment>[]): Order {
  return orderWith({
    shipments: shipments.map((each, i) => parcel(each.status ?? 'in_transit', { id: `S${i + 1}`, ...each })),
  });
}

describe('what is news to somebody who asked', () => {
  const before = {
    status: 'in_transit',
    attempts: 0,
    estimatedDelivery: '2026-11-22',
    promisedBy: undefined,
  } as const;
  const told = toldOf(order(before), NOW, ZONE);

  it.each<[string, Partial<Shipment>, unknown[]]>([
    ['the same state', {}, []],
    ['a step on the way', { status: 'out_for_delivery' }, []],
    ['held up without another day', { status: 'exception' }, []],
    [
      'another day',
      { estimatedDelivery: '2026-11-24' },
      [{ kind: 'new_date', shipment: 'S1', day: '2026-11-24' }],
    ],
    ['a day that has passed', { estimatedDelivery: '2026-11-19' }, []],
    [
      'a failed attempt',
      { status: 'attempt_failed', attempts: 1 },
      [{ kind: 'attempt_failed', shipment: 'S1' }],
    ],
    [
      'a failed attempt with another day',
      { status: 'attempt_failed', attempts: 1, estimatedDelivery: '2026-11-23' },
      [{ kind: 'attempt_failed', shipment: 'S1', day: '2026-11-23' }],
    ],
    ['a failed attempt that is over', { status: 'out_for_delivery', attempts: 1 }, []],
    [
      'handed over',
      { status: 'delivered', statusAt: NOW },
      [{ kind: 'delivered', shipment: 'S1', day: '2026-11-20' }],
    ],
    ['on its way back', { status: 'rto_initiated' }, [{ kind: 'returning', shipment: 'S1' }]],
    ['lost', { status: 'lost' }, [{ kind: 'lost', shipment: 'S1' }]],
    ['cancelled', { status: 'cancelled' }, []],
  ])('%s', (_what, change, news) => {
    expect(newsSince(order({ ...before, ...change }), told, NOW, ZONE)).toEqual(news);
  });

  it('is told once: whoever was told knows it from then on', () => {
    const now = order({ ...before, status: 'attempt_failed', attempts: 1 });
    expect(newsSince(now, toldOf(now, NOW, ZONE), NOW, ZONE)).toEqual([]);
    const again = order({ ...before, status: 'attempt_failed', attempts: 2 });
    expect(newsSince(again, toldOf(now, NOW, ZONE), NOW, ZONE)).toMatchObject([{ kind: 'attempt_failed' }]);
  });

  it('names the parcel of a split order', () => {
    const split = order(before, { ...before, status: 'delivered', statusAt: NOW });
    expect(newsSince(split, toldOf(order(before, before), NOW, ZONE), NOW, ZONE)).toMatchObject([
      { kind: 'delivered', parcel: 2 },
    ]);
  });

  it('follows an order while it is open, the last five, for thirty days', () => {
    const open = (n: number) => ({ ...order(before), orderNumber: `DS-${n}` });
    const all = [1, 2, 3, 4, 5, 6].reduce(
      (list, n) => followed(list, [open(n)], NOW, ZONE),
      [] as ReturnType<typeof followed>,
    );
    expect(all.map((each) => each.orderNumber)).toEqual(['DS-2', 'DS-3', 'DS-4', 'DS-5', 'DS-6']);
    const done = { ...order({ ...before, status: 'delivered', statusAt: NOW }), orderNumber: 'DS-6' };
    expect(followed(all, [done], NOW, ZONE).map((each) => each.orderNumber)).not.toContain('DS-6');
    expect(followed(all, [], new Date(NOW.getTime() + 31 * 86_400_000), ZONE)).toEqual([]);
  });

  it('is one sentence with the order in it, in every language, with the reason where we have words for it', () => {
    for (const locale of LOCALES) {
      for (const kind of ['attempt_failed', 'new_date', 'delivered', 'returning', 'lost'] as const) {
        const text = noticeText('DS-1', { kind, shipment: 'S1', day: '2026-11-21' }, '2026-11-20', locale);
        expect(text).toContain('DS-1');
        expect(text).not.toMatch(/undefined|\n/);
      }
      const failed = (reason: string) =>
        noticeText('DS-1', { kind: 'attempt_failed', shipment: 'S1', reason }, '2026-11-20', locale);
      expect(failed('Nobody was there')).toMatch(/\(.+\)/);
      expect(failed('Call the boy on 98111')).not.toMatch(/98111|\(/);
    }
  });
});

describe('quiet hours', () => {
  const rules = (fromHour: number, toHour: number) => ({
    policy: { ...defaultPolicy, quietHours: { fromHour, toHour } },
    timeZone: ZONE,
    country: 'IN',
  });
  it.each([
    ['by day, inside', 9, 13, '2026-11-20T07:30:00.000Z'],
    ['over midnight, inside', 22, 12, '2026-11-20T06:30:00.000Z'],
    ['outside', 21, 9, undefined],
  ])('%s', (_what, from, to, end) => {
    expect(quietUntil(rules(from, to), NOW)?.toISOString()).toBe(end);
  });
});
