import {
  codDue,
  currentShipment,
  deliveredAt,
  expectedDay,
  isOpen,
  lateness,
  latestScan,
  nextSteps,
  orderState,
} from '../../src/support/order-state';
import { cancelCheck } from '../../src/support/cancel';
import { rescheduleOptions } from '../../src/support/reschedule';
import { asked, delivered, ist, NOW, orderWith, parcel, rules, scan, withParcel, ZONE } from './fixtures';

const cod = { method: 'cod', status: 'pending', total: '1499.00' } as const;

describe('the state of an order as a whole', () => {
  test.each([
    [[], 'processing', true],
    [['pending'], 'pending', true],
    [['out_for_delivery'], 'out_for_delivery', true],
    [['exception'], 'exception', true],
    [['delivered'], 'delivered', false],
    [['delivered', 'delivered'], 'delivered', false],
    [['delivered', 'in_transit'], 'in_transit', true],
    [['pending', 'out_for_delivery'], 'out_for_delivery', true],
    [['out_for_delivery', 'attempt_failed'], 'attempt_failed', true],
    [['delivered', 'lost'], 'lost', true],
    [['delivered', 'rto_delivered'], 'rto_delivered', false],
    [['rto_initiated'], 'rto_initiated', true],
    [['rto_delivered'], 'rto_delivered', false],
    [['cancelled'], 'cancelled', false],
    [['cancelled', 'delivered'], 'delivered', false],
    [['cancelled', 'packed'], 'packed', true],
  ] as const)('parcels %j make it %s (open: %s)', (states, state, open) => {
    const order = withParcel(...states.map((status, i) => parcel(status, { id: `S${i}` })));
    expect([orderState(order), isOpen(order)]).toEqual([state, open]);
  });

  test('an accepted cancellation cancels it, unless a parcel left all the same', () => {
    const requests = [asked({ type: 'cancel', action: 'cancel', state: 'accepted', shipmentId: undefined })];
    expect(orderState(orderWith({ requests }))).toBe('cancelled');
    expect(orderState(orderWith({ requests, shipments: [parcel('packed')] }))).toBe('cancelled');
    expect(orderState(orderWith({ requests, shipments: [parcel('shipped')] }))).toBe('shipped');
  });

  test('a lost order stays open until the money is back', () => {
    const refunded = { method: 'prepaid', status: 'refunded', total: '1499.00' } as const;
    expect(isOpen(orderWith({ shipments: [parcel('lost')], payment: refunded }))).toBe(false);
  });
});

describe('when it arrived', () => {
  test('the delivered scan says so, of a split order the last one', () => {
    const order = withParcel(delivered('2026-11-18 10:00'), delivered('2026-11-20 23:30', { id: 'S2' }));
    expect(deliveredAt(order)).toEqual(ist('2026-11-20 23:30'));
  });

  test('nothing is said while one parcel is missing, nor by a return to the shop', () => {
    const split = withParcel(delivered('2026-11-18 10:00'), parcel('in_transit', { id: 'S2' }));
    expect(deliveredAt(split)).toBeUndefined();
    expect(deliveredAt(withParcel(parcel('rto_delivered')))).toBeUndefined();
  });
});

test.each([
  ['processing', orderWith({ payment: cod }), '1499.00'],
  ['out for delivery', orderWith({ payment: cod, shipments: [parcel('out_for_delivery')] }), '1499.00'],
  ['delivered', orderWith({ payment: cod, shipments: [parcel('delivered')] }), undefined],
  ['going back', orderWith({ payment: cod, shipments: [parcel('rto_initiated')] }), undefined],
  ['paid meanwhile', orderWith({ payment: { ...cod, status: 'paid' } }), undefined],
  ['prepaid', orderWith(), undefined],
])('cash on delivery, %s', (_name, order, due) => expect(codDue(order)).toBe(due));

describe('lateness', () => {
  const late = (more: Parameters<typeof parcel>[1], status: Parameters<typeof parcel>[0] = 'in_transit') =>
    lateness(withParcel(parcel(status, more)), NOW, ZONE);

  test('a day that has not passed in India is not late', () => {
    expect(late({ promisedBy: '2026-11-22' })).toBeUndefined();
    const atMidnight = withParcel(parcel('in_transit', { promisedBy: '2026-11-22' }));
    expect(lateness(atMidnight, ist('2026-11-22 23:59'), ZONE)).toBeUndefined();
    expect(lateness(atMidnight, ist('2026-11-23 00:01'), ZONE)).toMatchObject({ daysLate: 1 });
  });

  test('the carrier’s estimate counts before the day has passed', () => {
    expect(late({ promisedBy: '2026-11-24', estimatedDelivery: '2026-11-26' })).toMatchObject({
      daysLate: 0,
      expectedDaysLate: 2,
      reason: { kind: 'slow' },
    });
  });

  test('the reason comes from the last telling scan, without phone numbers', () => {
    const events = [
      scan('2026-11-18 08:00', 'in_transit'),
      scan('2026-11-19 08:00', 'exception', {
        location: 'Hosur hub',
        note: 'Truck broke down, call +91 98111 99999',
      }),
      scan('2026-11-20 08:00', 'in_transit'),
    ];
    expect(late({ promisedBy: '2026-11-20', events })?.reason).toEqual({
      kind: 'exception',
      note: 'Truck broke down, call',
      location: 'Hosur hub',
      at: ist('2026-11-19 08:00'),
    });
  });

  test.each([
    ['packed', 'not_dispatched'],
    ['attempt_failed', 'attempt_failed'],
    ['lost', 'lost'],
    ['rto_initiated', 'returning'],
  ] as const)('a %s parcel is late because %s', (status, kind) => {
    expect(late({ promisedBy: '2026-11-20' }, status)?.reason?.kind).toBe(kind);
  });

  test('a delivered parcel is not late; of several the latest is told', () => {
    expect(late({ promisedBy: '2026-11-01' }, 'delivered')).toBeUndefined();
    const order = withParcel(
      parcel('in_transit', { id: 'S1', promisedBy: '2026-11-21' }),
      parcel('in_transit', { id: 'S2', promisedBy: '2026-11-18' }),
    );
    expect(lateness(order, NOW, ZONE)).toMatchObject({ shipment: { id: 'S2' }, daysLate: 4 });
  });
});

describe('the expected day', () => {
  const shipment = parcel('in_transit', { estimatedDelivery: '2026-11-23', promisedBy: '2026-11-24' });
  const day = (state: 'requested' | 'accepted', date = '2026-11-27', more = {}) => {
    const one = { ...shipment, ...more };
    const requests = [asked({ type: 'reschedule', state, date, slot: 'evening' })];
    return expectedDay(orderWith({ shipments: [one], requests }), one, NOW, ZONE);
  };

  test('is the carrier’s until it has accepted a new one', () => {
    expect(day('requested')).toEqual({ day: '2026-11-23', from: 'carrier' });
    expect(day('accepted')).toEqual({ day: '2026-11-27', slot: 'evening', from: 'customer' });
  });

  test('an accepted day that has passed, or failed since, is over', () => {
    expect(day('accepted', '2026-11-21')?.from).toBe('carrier');
    const events = [scan('2026-11-22 11:00', 'attempt_failed')];
    expect(day('accepted', '2026-11-27', { events })?.from).toBe('carrier');
  });
});

test('the latest scan is shown without the courier’s number', () => {
  const shipment = parcel('out_for_delivery', {
    events: [scan('2026-11-22 08:00', 'out_for_delivery', { note: 'With Ravi 09811199999' })],
  });
  expect(latestScan(shipment)?.note).toBe('With Ravi');
  expect(shipment.events[0]?.note).toContain('98111');
});

test('the current parcel is the one that needs attention', () => {
  const order = withParcel(parcel('in_transit', { id: 'A' }), parcel('attempt_failed', { id: 'B' }));
  expect(currentShipment(order)?.id).toBe('B');
  expect(currentShipment(withParcel(parcel('delivered')))).toBeUndefined();
});

describe('what can be offered next', () => {
  test.each([
    ['no parcel', orderWith(), ['reschedule', 'address', 'cancel', 'person']],
    ['packed', withParcel(parcel('packed')), ['reschedule', 'address', 'cancel', 'person']],
    ['on its way', withParcel(parcel('in_transit')), ['reschedule', 'address', 'person']],
    ['failed', withParcel(parcel('attempt_failed')), ['reschedule', 'address', 'person']],
    ['delivered', withParcel(delivered('2026-11-20 10:00')), ['return', 'complaint', 'person']],
    ['window over', withParcel(delivered('2026-11-01 10:00')), ['complaint', 'person']],
    ['returning', withParcel(parcel('rto_initiated')), ['refund_status', 'person']],
    ['lost', withParcel(parcel('lost')), ['refund_status', 'person']],
    ['cancelled', withParcel(parcel('cancelled')), ['refund_status', 'person']],
    [
      'all used up',
      orderWith({
        shipments: [parcel('in_transit')],
        requests: [
          asked({ type: 'reschedule', date: '2026-11-24' }),
          asked({ type: 'reschedule', date: '2026-11-25' }),
          asked({ type: 'address_change', action: 'update_address' }),
        ],
      }),
      ['complaint', 'person'],
    ],
  ])('%s', (_name, order, steps) => expect(nextSteps(order, rules, NOW)).toEqual(steps));
});

describe('cancelling', () => {
  test.each([
    [[], { ok: true, action: 'cancel' }],
    [['pending'], { ok: true, action: 'cancel' }],
    [['packed', 'pending'], { ok: true, action: 'cancel' }],
    [['packed', 'shipped'], { ok: false, reason: 'dispatched' }],
    [['in_transit'], { ok: false, reason: 'dispatched' }],
    [['packed', 'delivered'], { ok: false, reason: 'dispatched' }],
    [['delivered'], { ok: false, reason: 'delivered' }],
    [['rto_initiated'], { ok: false, reason: 'rto' }],
    [['lost'], { ok: false, reason: 'lost' }],
    [['cancelled'], { ok: false, reason: 'cancelled' }],
  ] as const)('parcels %j', (states, answer) => {
    const order = withParcel(...states.map((status, i) => parcel(status, { id: `S${i}` })));
    expect(cancelCheck(order)).toEqual(answer);
  });

  test.each([
    ['requested', { ok: false, reason: 'already_requested' }],
    ['sent', { ok: false, reason: 'already_requested' }],
    ['accepted', { ok: false, reason: 'cancelled' }],
    ['rejected', { ok: true, action: 'cancel' }],
  ] as const)('with an earlier request that is %s', (state, answer) => {
    expect(
      cancelCheck(orderWith({ requests: [asked({ type: 'cancel', action: 'cancel', state })] })),
    ).toEqual(answer);
  });

  test('after a failed attempt the parcel can come back instead, once, and then nothing of it is delivered', () => {
    const failed = parcel('attempt_failed', { attempts: 1 });
    const back = (state: 'requested' | 'accepted' | 'rejected') =>
      orderWith({
        shipments: [failed],
        requests: [asked({ type: 'cancel', action: 'return_to_origin', state })],
      });
    const can = { ok: true, action: 'return_to_origin', shipment: failed };
    expect(cancelCheck(withParcel(failed))).toEqual(can);
    expect(cancelCheck(back('rejected'))).toEqual(can);
    expect(cancelCheck(back('requested'))).toEqual({ ok: false, reason: 'already_requested' });
    expect(cancelCheck(back('accepted'))).toEqual({ ok: false, reason: 'rto' });
    expect(rescheduleOptions(back('accepted'), rules, NOW)).toEqual({ allowed: false, reason: 'rto' });
    // A step of its own in the offers would read as cancelling the whole order.
    expect(nextSteps(withParcel(failed), rules, NOW)).toEqual(['reschedule', 'address', 'person']);
  });
});
