import {
  beforeTurn,
  requestAddressChange,
  requestCancel,
  requestReschedule,
  requestReturn,
  requestsOfTurn,
  settleRequest,
  type RescheduleInput,
} from '../../src/support/actions';
import { addressPlan } from '../../src/support/address';
import { expectedDay, orderState } from '../../src/support/order-state';
import {
  asked,
  delivered,
  NOW,
  orderWith,
  OrdersInMemory,
  parcel,
  rules,
  withParcel,
  ZONE,
} from './fixtures';

const base = {
  orderNumber: 'DS-1001',
  turnId: 'turn-1',
  by: 'customer' as const,
  conversation: 'c1',
  now: NOW,
};
const later = new Date(NOW.getTime() + 60_000);

function setUp(order = withParcel(parcel('in_transit'))) {
  const orders = new OrdersInMemory(order);
  return { orders, deps: { orders, rules } };
}

const friday: RescheduleInput = { ...base, date: '2026-11-27', slot: 'evening' };

async function made<T extends { ok: boolean }>(result: Promise<T>) {
  const answer = await result;
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer as Extract<T, { ok: true }>;
}

describe('asking for a new date', () => {
  test('is one write of the request with everything the carrier needs', async () => {
    const { orders, deps } = setUp();
    const { request, order, repeated } = await made(requestReschedule(deps, friday));
    expect(request).toMatchObject({
      type: 'reschedule',
      action: 'reschedule',
      state: 'requested',
      shipmentId: 'S1',
      date: '2026-11-27',
      slot: 'evening',
      conversation: 'c1',
      attempts: 0,
      dueAt: NOW,
    });
    expect([repeated, orders.writes, order.requests]).toEqual([false, 1, [request]]);
    expect(order.history.map((line) => line.what)).toEqual(['request']);
  });

  test('the same turn again is answered as done, even when the rules would refuse by now', async () => {
    const { orders, deps } = setUp();
    const first = await made(requestReschedule(deps, friday));
    orders.touch({ shipments: [parcel('delivered')] });
    const second = await made(requestReschedule(deps, { ...friday, now: later }));
    expect([second.repeated, second.request, orders.writes]).toEqual([true, first.request, 1]);
  });

  test('a failed attempt makes it a re-attempt', async () => {
    const { deps } = setUp(withParcel(parcel('attempt_failed', { attempts: 1 })));
    expect((await made(requestReschedule(deps, friday))).request.action).toBe('reattempt');
  });

  test('a refusal writes nothing and names the nearest day', async () => {
    const { orders, deps } = setUp();
    expect(await requestReschedule(deps, { ...friday, date: '2026-12-24' })).toMatchObject({
      ok: false,
      refused: 'too_far',
      nearest: '2026-11-28',
    });
    expect(await requestReschedule(deps, { ...friday, orderNumber: 'DS-9' })).toEqual({
      ok: false,
      refused: 'no_order',
    });
    expect(orders.writes).toBe(0);
  });

  test('somebody faster makes it read and decide again', async () => {
    const { orders, deps } = setUp();
    orders.beforeWrite = () => orders.touch({ shipments: [parcel('attempt_failed', { attempts: 1 })] });
    expect((await made(requestReschedule(deps, friday))).request.action).toBe('reattempt');
    orders.beforeWrite = () => orders.touch({ shipments: [parcel('delivered')] });
    expect(await requestReschedule(deps, { ...friday, turnId: 'turn-2', date: '2026-11-26' })).toMatchObject({
      refused: 'delivered',
    });
  });

  test('gives up when the order never holds still', async () => {
    const { orders, deps } = setUp();
    const change = orders.change.bind(orders);
    orders.change = (...args) => {
      orders.touch();
      return change(...args);
    };
    await expect(requestReschedule(deps, friday)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a newer wish replaces one nobody was handed, and both count', async () => {
    const { orders, deps } = setUp();
    const first = await made(requestReschedule(deps, friday));
    await made(requestReschedule(deps, { ...friday, turnId: 'turn-2', date: '2026-11-28' }));
    expect(orders.get().requests.map((r) => [r.state, r.date, r.dueAt !== undefined])).toEqual([
      ['cancelled', '2026-11-27', false],
      ['requested', '2026-11-28', true],
    ]);
    const third = await requestReschedule(deps, { ...friday, turnId: 'turn-3', date: '2026-11-25' });
    expect(third).toMatchObject({ refused: 'too_many_changes' });
    const late = { requestId: first.request.id, status: 'accepted' as const, by: 'carrier', now: later };
    expect(await settleRequest(deps, late)).toMatchObject({
      changed: false,
      request: { state: 'cancelled' },
    });
  });

  test('one the carrier has is not taken back', async () => {
    const { orders, deps } = setUp();
    const { request } = await made(requestReschedule(deps, friday));
    await settleRequest(deps, { requestId: request.id, status: 'sent', by: 'carrier', now: later });
    await made(requestReschedule(deps, { ...friday, turnId: 'turn-2', date: '2026-11-28' }));
    expect(orders.get().requests.map((r) => r.state)).toEqual(['sent', 'requested']);
  });

  test('an accepted date becomes the expected day', async () => {
    const { orders, deps } = setUp(withParcel(parcel('in_transit', { estimatedDelivery: '2026-11-24' })));
    const { request } = await made(requestReschedule(deps, friday));
    const expected = () => expectedDay(orders.get(), orders.get().shipments[0], later, ZONE);
    expect(expected()?.day).toBe('2026-11-24');
    await settleRequest(deps, { requestId: request.id, status: 'accepted', by: 'carrier', now: later });
    expect(expected()).toMatchObject({ day: '2026-11-27', slot: 'evening' });
  });
});

describe('correcting the address', () => {
  const flat = { ...base, changes: { line1: 'Flat 402, Lake View' } };

  test('before dispatch the order changes in the same write, and the original stays in the history', async () => {
    const { orders, deps } = setUp(withParcel(parcel('packed')));
    const { request, order } = await made(requestAddressChange(deps, flat));
    expect(request).toMatchObject({ action: 'update_address', changedFields: ['line1'] });
    expect(request.shipmentId).toBeUndefined();
    expect([order.shippingAddress.line1, orders.writes]).toEqual(['Flat 402, Lake View', 1]);
    expect(order.history.at(-1)).toMatchObject({
      what: 'address',
      detail: { before: { line1: 'Flat 204, Lake View' } },
    });
  });

  test('rejected by the shop’s system, what was shown at once is taken back', async () => {
    const { orders, deps } = setUp(orderWith());
    const { request } = await made(requestAddressChange(deps, flat));
    await settleRequest(deps, { requestId: request.id, status: 'rejected', by: 'carrier', now: later });
    expect(orders.get().shippingAddress).toEqual(orderWith().shippingAddress);
  });

  test('after dispatch it changes when the carrier accepts, and only in the fields asked for', async () => {
    const { orders, deps } = setUp();
    const changes = { phone: '9811100002', landmark: 'opposite the temple' };
    const { request } = await made(requestAddressChange(deps, { ...base, changes }));
    expect(request).toMatchObject({ action: 'update_address', shipmentId: 'S1', phone: '+919811100002' });
    expect(orders.get().shippingAddress.phone).toBe('+919811100001');
    orders.touch({ shippingAddress: { ...orders.get().shippingAddress, line2: 'changed by the shop' } });
    const accept = { requestId: request.id, status: 'accepted' as const, by: 'carrier', now: later };
    await settleRequest(deps, accept);
    expect(orders.get().shippingAddress).toMatchObject({
      phone: '+919811100002',
      landmark: 'opposite the temple',
      line2: 'changed by the shop',
    });
    const again = await settleRequest(deps, { ...accept, status: 'rejected', reason: 'no' });
    expect(again).toMatchObject({ changed: false, request: { state: 'accepted' } });
  });

  test('after a failed attempt it goes with the next one, on a possible day', async () => {
    const { deps } = setUp(withParcel(parcel('attempt_failed', { attempts: 1 })));
    expect(await requestAddressChange(deps, { ...flat, date: '2026-12-24' })).toMatchObject({
      refused: 'too_far',
      nearest: '2026-11-28',
    });
    const { request } = await made(
      requestAddressChange(deps, { ...flat, date: '2026-11-25', slot: 'morning' }),
    );
    expect(request).toMatchObject({
      action: 'reattempt',
      date: '2026-11-25',
      slot: 'morning',
      shipmentId: 'S1',
    });
  });

  test('the day of the new attempt may be one asked for before, and needs no change to be left', async () => {
    const requests = ['2026-11-24', '2026-11-25'].map((date) =>
      asked({ type: 'reschedule', date, state: 'sent' }),
    );
    const { deps } = setUp({ ...withParcel(parcel('attempt_failed', { attempts: 1 })), requests });
    const { request } = await made(requestAddressChange(deps, { ...flat, date: '2026-11-25' }));
    expect(request).toMatchObject({ action: 'reattempt', date: '2026-11-25' });
  });

  test('what needs a person is refused to the customer and done for a person', async () => {
    const { deps } = setUp(orderWith());
    const move = { ...base, changes: { city: 'Mysuru', postalCode: '570001' } };
    expect(await requestAddressChange(deps, move)).toMatchObject({ refused: 'another_city', person: true });
    const byAgent = await made(requestAddressChange(deps, { ...move, by: 'agent', turnId: 'desk-1' }));
    expect(byAgent.order.shippingAddress.city).toBe('Mysuru');
  });

  test('a turn that runs again sees the order as it found it', async () => {
    const { orders, deps } = setUp(orderWith());
    await made(requestAddressChange(deps, flat));
    const now = orders.get();
    expect(requestsOfTurn(now, 'turn-1')).toHaveLength(1);
    expect(requestsOfTurn(now, 'turn-2')).toHaveLength(0);
    expect(addressPlan(now, rules, NOW, flat.changes)).toMatchObject({ reason: 'nothing_changes' });
    expect(addressPlan(beforeTurn(now, 'turn-1'), rules, NOW, flat.changes)).toMatchObject({ kind: 'now' });
    expect(beforeTurn(now, 'turn-2')).toBe(now);
  });
});

describe('returning', () => {
  const one = {
    ...base,
    items: [{ sku: 'TS-BLK-M', quantity: 1 }],
    reason: 'size' as const,
    resolution: 'exchange' as const,
    exchangeFor: 'L',
    pickup: { date: '2026-11-24', slot: 'morning' as const },
  };

  test('gives a number that stays the same, and the pick-up address', async () => {
    const { orders, deps } = setUp(withParcel(delivered('2026-11-20 10:00')));
    const { request } = await made(requestReturn(deps, one));
    expect(request).toMatchObject({ type: 'return', action: 'return_pickup', shipmentId: 'S1' });
    expect(request.return).toMatchObject({
      rma: expect.stringMatching(/^RMA-[2-9A-HJKMNP-TV-Z]{8}$/),
      exchangeFor: 'L',
      pickup: { date: '2026-11-24', slot: 'morning', address: { line1: 'Flat 204, Lake View' } },
    });
    const again = await made(requestReturn(deps, one));
    expect([again.request.return?.rma, orders.writes]).toEqual([request.return?.rma, 1]);
  });

  test('the same piece goes back once, whoever asks at the same time', async () => {
    const { orders, deps } = setUp(withParcel(delivered('2026-11-20 10:00')));
    const both = { ...one, items: [{ sku: 'TS-BLK-M', quantity: 2 }] };
    const results = await Promise.all(
      ['a', 'b', 'c'].map((turnId) => requestReturn(deps, { ...both, turnId })),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.flatMap((r) => (r.ok ? [] : [r.refused]))).toEqual([
      'already_returned',
      'already_returned',
    ]);
    expect(orders.get().requests).toHaveLength(1);
  });

  test('damage without a photo is left to a person', async () => {
    const { deps } = setUp(withParcel(delivered('2026-11-20 10:00')));
    expect(await requestReturn(deps, { ...one, reason: 'damaged' })).toMatchObject({
      refused: 'photo_person',
    });
    const byAgent = { ...one, reason: 'damaged' as const, by: 'agent' as const };
    expect(await requestReturn(deps, byAgent)).toMatchObject({ ok: true });
  });
});

describe('cancelling', () => {
  test('is asked of the shop and is true once it accepts', async () => {
    const { orders, deps } = setUp(orderWith());
    const { request } = await made(requestCancel(deps, base));
    expect(request).toMatchObject({ type: 'cancel', action: 'cancel', state: 'requested' });
    expect(request.shipmentId).toBeUndefined();
    expect(orderState(orders.get())).toBe('processing');
    expect(await requestCancel(deps, { ...base, turnId: 't2' })).toMatchObject({
      refused: 'already_requested',
    });
    expect(await requestReschedule(deps, { ...friday, turnId: 't3' })).toMatchObject({
      refused: 'pending_request',
    });
    await settleRequest(deps, { requestId: request.id, status: 'accepted', by: 'carrier', now: later });
    expect(orderState(orders.get())).toBe('cancelled');
  });

  test('two things of one turn are two requests', async () => {
    const { orders, deps } = setUp(orderWith());
    await made(requestReschedule(deps, friday));
    await made(requestCancel(deps, base));
    expect(new Set(orders.get().requests.map((r) => r.id)).size).toBe(2);
  });
});

describe('settling', () => {
  test('moves forward only, once, and ends the instruction', async () => {
    const { orders, deps } = setUp();
    const { request } = await made(requestReschedule(deps, friday));
    const settle = (status: 'sent' | 'accepted' | 'rejected') =>
      settleRequest(deps, { requestId: request.id, status, reference: 'NDR-7', by: 'carrier', now: later });
    const changes = [];
    for (const status of ['sent', 'sent', 'rejected', 'rejected', 'accepted', 'sent'] as const) {
      changes.push((await settle(status))?.changed);
    }
    expect(changes).toEqual([true, false, true, false, false, false]);
    const [stored] = orders.get().requests;
    expect(stored).toMatchObject({ state: 'rejected', reference: 'NDR-7', settledAt: later });
    expect(stored?.dueAt).toBeUndefined();
    expect(orders.get().history.filter((line) => line.what === 'request_settled')).toHaveLength(2);
  });

  test('an unknown request is nobody’s', async () => {
    const { deps } = setUp();
    expect(
      await settleRequest(deps, { requestId: 'rq_x', status: 'accepted', by: 'carrier', now: NOW }),
    ).toBeUndefined();
  });
});
