import {
  disputeAttempt,
  disputeComment,
  failedDeliveries,
  failedSince,
  nextAttempt,
} from '../../src/support/failed-delivery';
import { failureCategory, failureReason } from '../../src/support/failure-reasons';
import {
  asked,
  ist,
  NOW,
  orderWith,
  OrdersInMemory,
  parcel,
  rules,
  rulesWith,
  scan,
  withParcel,
} from './fixtures';

const failing = scan('2026-11-22 10:30', 'attempt_failed', { note: 'Nobody was there' });
const failed = parcel('attempt_failed', { attempts: 1, events: [failing] });

describe('why an attempt failed', () => {
  test.each([
    ['Customer not available 98xxxxxx12', 'nobody'],
    ['Nobody at home', 'nobody'],
    ['Pending - Consignee unavailable', 'nobody'],
    ['Phone switched off', 'unreachable'],
    ['customer not picking the call', 'unreachable'],
    ['Address not found', 'address'],
    ['Incomplete address, landmark needed', 'address'],
    ['COD amount not ready', 'payment'],
    ['Customer refused', 'refused'],
    ['Reschedule requested by customer', 'later'],
    ['Fake attempt reported', 'disputed'],
    ['ODA location', 'outside'],
    ['Heavy weather', 'courier'],
    ['xyz', 'unknown'],
    [undefined, 'unknown'],
  ])('%s is %s', (text, category) => {
    expect(failureCategory(text)).toBe(category);
    // What scans are stored with says the same again.
    expect(failureCategory(failureReason(text))).toBe(category);
  });
});

describe('a failed delivery', () => {
  test('has until a day after the attempt, is reminded of at half time, and brings a person four hours before', () => {
    expect(failedDeliveries(withParcel(failed), rules)).toMatchObject([
      {
        attempt: 1,
        last: false,
        category: 'nobody',
        since: ist('2026-11-22 10:30'),
        remindAt: ist('2026-11-22 22:30'),
        personAt: ist('2026-11-23 06:30'),
        answerBy: ist('2026-11-23 10:30'),
        disputed: false,
      },
    ]);
  });

  test('follows the shop’s own times; the last attempt needs a person at once', () => {
    const own = rulesWith({
      failedDelivery: { attempts: 2, answerWithinHours: 48, remindBeforeHours: 6, personBeforeHours: 1.5 },
    });
    expect(failedDeliveries(withParcel(failed), own)).toMatchObject([
      { last: false, remindAt: ist('2026-11-24 04:30'), personAt: ist('2026-11-24 09:00') },
    ]);
    const [second] = failedDeliveries(withParcel({ ...failed, attempts: 2 }), own);
    expect(second).toMatchObject({ last: true, personAt: second!.since });
  });

  const after = (...events: Parameters<typeof scan>[]) => {
    const scans = [failing, ...events.map((each) => scan(...each))];
    return parcel(scans.at(-1)!.status, { attempts: 1, events: scans });
  };
  test.each([
    ['waits on after a scan in a hub', after(['2026-11-22 11:30', 'in_transit']), 1],
    ['waits on while it is held up', after(['2026-11-22 11:30', 'exception']), 1],
    ['is over once it goes out again', after(['2026-11-23 09:00', 'out_for_delivery']), 0],
    [
      'is over also when a hub scan follows that',
      after(['2026-11-23 09:00', 'out_for_delivery'], ['2026-11-23 09:30', 'in_transit']),
      0,
    ],
    ['is over once delivered', after(['2026-11-23 09:00', 'delivered']), 0],
    ['is over once it turns back', after(['2026-11-23 09:00', 'rto_initiated']), 0],
    ['is one of a shop that gives no scans', parcel('attempt_failed', { attempts: 1 }), 1],
    ['is none before any attempt', parcel('out_for_delivery'), 0],
  ])('%s', (_name, shipment, count) => {
    const order = withParcel(shipment);
    expect(failedDeliveries(order, rules)).toHaveLength(count);
    expect(failedSince(order) !== undefined).toBe(count === 1);
  });

  test.each([
    ['a new attempt asked for since', { type: 'reschedule', action: 'reattempt', at: NOW }, true],
    ['a correction that goes with one', { type: 'address_change', action: 'reattempt', at: NOW }, true],
    ['its way back', { type: 'cancel', action: 'return_to_origin', at: NOW }, true],
    ['a refused one', { type: 'reschedule', action: 'reattempt', at: NOW, state: 'rejected' }, false],
    ['one from before the attempt', { type: 'reschedule', at: ist('2026-11-22 10:00') }, false],
    ['one for another parcel', { type: 'reschedule', at: NOW, shipmentId: 'S2' }, false],
  ] as const)('%s: answered %s', (_name, request, isAnswer) => {
    const order = orderWith({ shipments: [failed], requests: [asked(request)] });
    expect(failedDeliveries(order, rules)[0]?.answer !== undefined).toBe(isAnswer);
  });

  test('proposes the nearest day and its first slot, or the carrier’s own day where that is possible', () => {
    const order = withParcel(failed);
    expect(nextAttempt(order, rules, NOW)).toEqual({ date: '2026-11-23', slot: 'morning' });
    expect(nextAttempt(order, rules, NOW, '2026-11-25')).toMatchObject({ date: '2026-11-25' });
    expect(nextAttempt(order, rules, NOW, '2027-01-01')).toMatchObject({ date: '2026-11-23' });
    expect(nextAttempt(order, rulesWith({ reschedule: { maxChanges: 0 } }), NOW)).toBeUndefined();
  });

  test('that nobody came is noted once for an attempt, also when somebody else writes meanwhile', async () => {
    const orders = new OrdersInMemory(withParcel(failed));
    const input = { orderNumber: 'DS-1001', shipmentId: 'S1', attempt: 1, now: NOW };
    expect(disputeComment(orders.get(), failed)).toBeUndefined();
    orders.beforeWrite = () => orders.touch();
    await disputeAttempt(orders, input);
    await disputeAttempt(orders, input);
    expect(orders.get().history).toEqual([
      { at: NOW, what: 'attempt_disputed', by: 'customer', detail: { shipmentId: 'S1', attempt: 1 } },
    ]);
    expect(failedDeliveries(orders.get(), rules)).toMatchObject([{ disputed: true, disputes: 1 }]);
    expect(disputeComment(orders.get(), failed)).toMatch(/nobody came at attempt 1/);
    const again = { ...failed, attempts: 2 };
    expect(disputeComment({ ...orders.get(), shipments: [again] }, again)).toBeUndefined();
  });
});
