import { checkReturn, needsPhoto, needsRefundAccount, returnOptions } from '../../src/support/returns';
import type { ReturnWish } from '../../src/support/returns';
import type { OrderItem } from '../../src/core/order';
import {
  asked,
  delivered,
  ist,
  NOW,
  orderWith,
  parcel,
  rules,
  rulesWith,
  scan,
  withParcel,
} from './fixtures';

const arrived = withParcel(delivered('2026-11-20 18:00'));
const wish: ReturnWish = {
  items: [{ sku: 'TS-BLK-M', quantity: 1 }],
  reason: 'changed_mind',
  resolution: 'refund',
};
const mug: OrderItem = { sku: 'MUG', name: 'Mug', quantity: 1, unitPrice: '299.00', returnable: false };

function returned(quantity: number, state: 'requested' | 'rejected' | 'cancelled' = 'requested') {
  const { resolution, reason } = wish;
  const items = [{ sku: 'TS-BLK-M', quantity }];
  return asked({
    type: 'return',
    action: 'return_pickup',
    state,
    return: { rma: 'RMA-X', items, reason, resolution },
  });
}

const item = (order: Parameters<typeof returnOptions>[0], now = NOW, shop = rules) =>
  returnOptions(order, shop, now).items[0];

describe('the return window', () => {
  test.each([
    ['2026-11-20 18:01', true],
    ['2026-11-27 23:59', true],
    ['2026-11-28 00:00', false],
  ])('delivered on the 20th, at %s it is open: %s', (at, open) => {
    expect(item(arrived, ist(at))).toMatchObject({ returnable: open, until: '2026-11-27' });
  });

  test('counts days of India: a scan at 23:30 there belongs to that day', () => {
    expect(item(withParcel(delivered('2026-11-14 23:30')))?.until).toBe('2026-11-21');
    expect(item(withParcel(delivered('2026-11-15 00:30')))?.until).toBe('2026-11-22');
  });

  test('runs over the leap day', () => {
    const order = withParcel(delivered('2028-02-25 10:00'));
    expect(item(order, ist('2028-03-03 20:00'))).toMatchObject({ returnable: true, until: '2028-03-03' });
    expect(item(order, ist('2028-03-04 00:00'))).toMatchObject({ reason: 'window_over' });
  });

  test('a shop that records no delivery time falls back on its own dates, then on a person', () => {
    expect(item(withParcel(parcel('delivered', { estimatedDelivery: '2026-11-19' })))).toMatchObject({
      returnable: true,
      until: '2026-11-26',
    });
    expect(item(withParcel(parcel('delivered', { promisedBy: '2026-10-01' })))?.reason).toBe('window_over');
    expect(item(withParcel(parcel('delivered')))?.reason).toBe('delivery_unknown');
  });

  test('a later scan than the first delivered one counts', () => {
    const events = [scan('2026-11-01 10:00', 'delivered'), scan('2026-11-20 10:00', 'delivered')];
    expect(item(withParcel(parcel('delivered', { events })))?.returnable).toBe(true);
  });
});

describe('item by item', () => {
  test.each(['processing', 'in_transit', 'rto_delivered', 'lost', 'attempt_failed'] as const)(
    '%s is not delivered',
    (status) => {
      const order = status === 'processing' ? orderWith() : withParcel(parcel(status));
      expect(returnOptions(order, rules, NOW)).toMatchObject({
        refused: 'not_delivered',
        items: [{ returnable: false, quantityLeft: 0, reason: 'not_delivered' }],
      });
    },
  );

  test('of a split order only what arrived can go back', () => {
    const order = orderWith({
      items: [...orderWith().items, { ...mug, returnable: true }],
      shipments: [delivered('2026-11-20 10:00'), parcel('in_transit', { id: 'S2', skus: ['MUG'] })],
    });
    const options = returnOptions(order, rules, NOW);
    expect(options.refused).toBeUndefined();
    expect(options.items.map((one) => [one.sku, one.reason ?? one.quantityLeft])).toEqual([
      ['TS-BLK-M', 2],
      ['MUG', 'not_delivered'],
    ]);
  });

  test('a parcel without a list of items holds them all', () => {
    expect(item(withParcel(delivered('2026-11-20 10:00', { skus: [] })))?.returnable).toBe(true);
  });

  test('non-returnable by the shop’s mark or by its category', () => {
    const order = { ...arrived, items: [{ ...mug, sku: 'TS-BLK-M' }] };
    expect(item(order)?.reason).toBe('non_returnable');
    const shop = rulesWith({ returns: { nonReturnableCategories: ['Apparel'] } });
    expect(item(arrived, NOW, shop)?.reason).toBe('non_returnable');
  });

  test('the same piece cannot go back twice; a rejected return frees it', () => {
    const left = (...requests: ReturnType<typeof returned>[]) => item({ ...arrived, requests });
    expect(left(returned(1))).toMatchObject({ returnable: true, quantityLeft: 1 });
    expect(left(returned(1), returned(1))).toMatchObject({ returnable: false, reason: 'already_returned' });
    expect(left(returned(2, 'rejected'), returned(2, 'cancelled'))).toMatchObject({ quantityLeft: 2 });
  });

  test('two lines of one article are counted together', () => {
    const [line] = arrived.items;
    expect(item({ ...arrived, items: [line!, { ...line!, quantity: 3 }] })?.quantityLeft).toBe(5);
  });
});

describe('one return', () => {
  const check = (change: Partial<ReturnWish> = {}, order = arrived) =>
    checkReturn(order, rules, NOW, { ...wish, ...change });

  test('passes and names the parcel', () => {
    expect(check()).toEqual({ ok: true, items: wish.items, shipmentId: 'S1' });
  });

  test.each([
    [{ items: [] }, 'no_items'],
    [{ items: [{ sku: 'CAP', quantity: 1 }] }, 'unknown_item'],
    [{ items: [{ sku: 'TS-BLK-M', quantity: 0 }] }, 'quantity'],
    [{ items: [{ sku: 'TS-BLK-M', quantity: 1.5 }] }, 'quantity'],
    [{ items: [{ sku: 'TS-BLK-M', quantity: 3 }] }, 'quantity'],
    [
      {
        items: [
          { sku: 'TS-BLK-M', quantity: 2 },
          { sku: 'TS-BLK-M', quantity: 1 },
        ],
      },
      'quantity',
    ],
    [{ reason: 'damaged' }, 'photo_person'],
    [{ reason: 'wrong_item' }, 'photo_person'],
    [{ resolution: 'exchange' }, 'exchange_what'],
    [{ resolution: 'exchange', exchangeFor: '  ' }, 'exchange_what'],
    [{ pickup: { date: '2026-11-22' } }, 'pickup_day'],
    [{ pickup: { date: '2026-12-22' } }, 'pickup_day'],
    [{ pickup: { slot: 'night' as never } }, 'pickup_slot'],
  ] as [Partial<ReturnWish>, string][])('%j is refused as %s', (change, reason) => {
    expect(check(change)).toMatchObject({ ok: false, reason });
  });

  test('an exchange for another size passes', () => {
    expect(check({ reason: 'size', resolution: 'exchange', exchangeFor: 'L' })).toMatchObject({ ok: true });
  });

  test('damage passes with a photo, or when somebody at the shop asks', () => {
    expect(check({ reason: 'damaged', photos: ['media-1'] })).toMatchObject({ ok: true });
    expect(check({ reason: 'damaged', byPerson: true })).toMatchObject({ ok: true });
  });

  test('cash paid at the door needs an account for a refund, and for nothing else', () => {
    const cod = { ...arrived, payment: { method: 'cod', status: 'paid', total: '1499.00' } as const };
    expect(check({}, cod)).toEqual({ ok: false, reason: 'refund_account' });
    const refundTo = { kind: 'upi', masked: 'as••••@okaxis', sealed: 'v1.x' } as const;
    expect(check({ refundTo }, cod)).toMatchObject({ ok: true });
    expect(check({ resolution: 'store_credit' }, cod)).toMatchObject({ ok: true });
    expect([needsRefundAccount(cod, 'refund'), needsRefundAccount(arrived, 'refund')]).toEqual([true, false]);
  });

  test('what the policy does not give, or was paid back already, is refused', () => {
    const shop = rulesWith({ returns: { resolutions: ['store_credit'] } });
    expect(checkReturn(arrived, shop, NOW, wish)).toEqual({ ok: false, reason: 'resolution' });
    const refunded = { ...arrived, payment: { ...arrived.payment, status: 'refunded' } as const };
    expect(check({}, refunded)).toEqual({ ok: false, reason: 'resolution' });
    expect(returnOptions(refunded, rules, NOW).resolutions).toEqual(['replacement', 'exchange']);
  });

  test('photos are needed as the policy says', () => {
    expect([needsPhoto(rules, 'damaged'), needsPhoto(rules, 'size')]).toEqual([true, false]);
  });
});
