import { checkReschedule, deliveryDays, rescheduleOptions, slotAtHour } from '../../src/support/reschedule';
import { asked, ist, NOW, orderWith, parcel, rules, rulesWith, withParcel, ZONE } from './fixtures';

const moving = withParcel(parcel('in_transit'));

describe('which days a courier comes', () => {
  test('by default the next six days, today left out', () => {
    expect(deliveryDays(rules.policy, ZONE, NOW)).toEqual([
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
      '2026-11-28',
    ]);
  });

  test('"today" is India’s: half past midnight there is still yesterday in London', () => {
    const days = (at: string) => deliveryDays(rules.policy, ZONE, ist(at))[0];
    expect(days('2026-11-22 23:59')).toBe('2026-11-23');
    expect(days('2026-11-23 00:30')).toBe('2026-11-24');
  });

  test('runs over a leap day, and over the end of February in other years', () => {
    expect(deliveryDays(rules.policy, ZONE, ist('2028-02-26 09:00')).slice(0, 4)).toEqual([
      '2028-02-27',
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ]);
    expect(deliveryDays(rules.policy, ZONE, ist('2027-02-27 09:00')).slice(0, 2)).toEqual([
      '2027-02-28',
      '2027-03-01',
    ]);
  });

  test('leaves out holidays and weekdays without delivery', () => {
    const shop = rulesWith({ reschedule: { weekdays: [1, 2, 3, 4, 5, 6], holidays: ['2027-01-26'] } });
    expect(deliveryDays(shop.policy, ZONE, ist('2027-01-23 10:00'))).toEqual([
      '2027-01-25',
      '2027-01-27',
      '2027-01-28',
      '2027-01-29',
    ]);
  });
});

describe('the cut-off hour', () => {
  const shop = rulesWith({ reschedule: { cutOffHour: 20 } });
  test.each([
    ['2026-11-22 19:59', '2026-11-23'],
    ['2026-11-22 20:00', '2026-11-24'],
    ['2026-11-22 23:59', '2026-11-24'],
    ['2026-11-23 00:00', '2026-11-24'],
    ['2026-11-23 00:01', '2026-11-24'],
  ])('at %s the first day is %s', (at, first) => {
    expect(deliveryDays(shop.policy, ZONE, ist(at))[0]).toBe(first);
  });

  test('refuses tomorrow with its own reason and names the day after', () => {
    const check = checkReschedule(moving, shop, ist('2026-11-22 21:00'), { date: '2026-11-23' });
    expect(check).toEqual({ ok: false, reason: 'cut_off', nearest: '2026-11-24' });
  });
});

describe('one wished day', () => {
  const shop = rulesWith({ reschedule: { weekdays: [1, 2, 3, 4, 5, 6], holidays: ['2026-11-25'] } });
  test.each([
    ['2026-11-21', 'past', '2026-11-23'],
    ['2026-11-22', 'too_soon', '2026-11-23'],
    ['2026-11-29', 'too_far', '2026-11-28'],
    ['2027-11-25', 'too_far', '2026-11-28'],
    ['2026-11-25', 'holiday', '2026-11-26'],
  ])('%s is refused as %s, nearest %s', (date, reason, nearest) => {
    expect(checkReschedule(moving, shop, NOW, { date })).toEqual({ ok: false, reason, nearest });
  });

  test('a Sunday without delivery is refused as a weekday', () => {
    const check = checkReschedule(moving, shop, ist('2026-11-24 10:00'), { date: '2026-11-29' });
    expect(check).toEqual({ ok: false, reason: 'weekday', nearest: '2026-11-30' });
  });

  test('a slot the shop does not have is refused', () => {
    const wish = { date: '2026-11-24', slot: 'night' as never };
    expect(checkReschedule(moving, rules, NOW, wish)).toMatchObject({ ok: false, reason: 'slot' });
  });

  test('a possible day says which parcel and what to ask for', () => {
    const check = checkReschedule(moving, rules, NOW, { date: '2026-11-27', slot: 'evening' });
    expect(check).toMatchObject({ ok: true, action: 'reschedule', date: '2026-11-27', slot: 'evening' });
  });

  test('the same day and slot again is said to be under way, another slot is not', () => {
    const order = {
      ...moving,
      requests: [asked({ type: 'reschedule', date: '2026-11-27', slot: 'evening', state: 'sent' })],
    };
    const check = (slot: 'evening' | 'morning') =>
      checkReschedule(order, rules, NOW, { date: '2026-11-27', slot });
    expect(check('evening')).toMatchObject({ ok: false, reason: 'already_asked' });
    expect(check('morning')).toMatchObject({ ok: true });
  });
});

describe('the state of the order', () => {
  test.each([
    ['delivered', 'delivered'],
    ['cancelled', 'cancelled'],
    ['rto_initiated', 'rto'],
    ['rto_delivered', 'rto'],
    ['lost', 'lost'],
  ] as const)('%s refuses as %s, whatever day is wished', (status, reason) => {
    const order = withParcel(parcel(status));
    expect(rescheduleOptions(order, rules, NOW)).toEqual({ allowed: false, reason });
    expect(checkReschedule(order, rules, NOW, { date: '2020-01-01' })).toEqual({ ok: false, reason });
  });

  test.each(['pending', 'packed', 'shipped', 'in_transit', 'out_for_delivery', 'exception'] as const)(
    '%s is asked for a new date',
    (status) => {
      const options = rescheduleOptions(withParcel(parcel(status)), rules, NOW);
      expect(options).toMatchObject({ allowed: true, action: 'reschedule' });
    },
  );

  test('an order without a parcel can be moved as well', () => {
    expect(rescheduleOptions(orderWith(), rules, NOW)).toMatchObject({ allowed: true, shipment: undefined });
  });

  test.each([
    ['attempt_failed', 0],
    ['attempt_failed', 1],
    ['in_transit', 1],
    ['out_for_delivery', 2],
  ] as const)('%s with %d attempts on record is asked for a re-attempt', (status, attempts) => {
    const options = rescheduleOptions(withParcel(parcel(status, { attempts })), rules, NOW);
    expect(options).toMatchObject({ allowed: true, action: 'reattempt' });
  });

  test('a waiting cancellation comes first', () => {
    const order = orderWith({
      requests: [asked({ type: 'cancel', action: 'cancel', shipmentId: undefined })],
    });
    expect(rescheduleOptions(order, rules, NOW)).toEqual({ allowed: false, reason: 'pending_request' });
  });

  test('of a split order the parcel that failed is meant, unless another is named', () => {
    const order = withParcel(
      parcel('delivered', { id: 'S1' }),
      parcel('out_for_delivery', { id: 'S2' }),
      parcel('attempt_failed', { id: 'S3', attempts: 1 }),
      parcel('in_transit', { id: 'S4' }),
    );
    const of = (id?: string) => {
      const options = rescheduleOptions(order, rules, NOW, id);
      return options.allowed ? `${options.shipment?.id} ${options.action}` : options.reason;
    };
    expect([of(), of('S4'), of('S1'), of('S9')]).toEqual([
      'S3 reattempt',
      'S4 reschedule',
      'unknown_shipment',
      'unknown_shipment',
    ]);
  });
});

describe('the number of changes', () => {
  const after = (...states: ('requested' | 'accepted' | 'rejected' | 'cancelled')[]) => ({
    ...moving,
    requests: states.map((state, i) => asked({ type: 'reschedule', state, date: `2026-11-2${4 + i}` })),
  });
  test.each([
    [[], 2],
    [['accepted'], 1],
    [['rejected', 'accepted'], 1],
    [['rejected', 'rejected', 'rejected'], 2],
  ] as const)('after %j there are %d left', (states, changesLeft) => {
    expect(rescheduleOptions(after(...states), rules, NOW)).toMatchObject({ allowed: true, changesLeft });
  });

  test('two that stand, or were replaced by the customer, use it up', () => {
    const refused = { allowed: false, reason: 'too_many_changes' };
    expect(rescheduleOptions(after('accepted', 'requested'), rules, NOW)).toEqual(refused);
    expect(rescheduleOptions(after('cancelled', 'requested'), rules, NOW)).toEqual(refused);
  });

  test('each parcel of a split order has its own count', () => {
    const order = {
      ...withParcel(parcel('in_transit', { id: 'S1' }), parcel('in_transit', { id: 'S2' })),
      requests: after('accepted', 'accepted').requests,
    };
    expect(rescheduleOptions(order, rules, NOW, 'S1')).toMatchObject({ allowed: false });
    expect(rescheduleOptions(order, rules, NOW, 'S2')).toMatchObject({ allowed: true, changesLeft: 2 });
  });
});

test('hours fall into the slots of the policy', () => {
  const slots = [8, 9, 12, 13, 16, 17, 20, 21].map((hour) => slotAtHour(rules.policy, hour));
  expect(slots).toEqual([
    undefined,
    'morning',
    'morning',
    'afternoon',
    'afternoon',
    'evening',
    'evening',
    undefined,
  ]);
});
