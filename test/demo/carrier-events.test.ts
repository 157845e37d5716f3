import { parseShiprocket } from '../../src/carriers/shiprocket/events';
import { CARRIER_MOVES, carrierEvent, type CarrierMove } from '../../src/demo/carrier-events';
import { demoOrders } from '../../src/demo/seed';
import type { Order } from '../../src/core/order';

const now = new Date('2026-11-22T15:20:30.500+05:30');
const order = demoOrders(now, 'Asia/Kolkata').find((one) => one.orderNumber === 'DS-1001') as Order;
const shipment = order.shipments[0]!;
const last = shipment.events.at(-1)!;
const scansOf = (move: CarrierMove) => parseShiprocket(carrierEvent(order, shipment, move, now), now);

test.each([
  ['packed', 'packed'],
  ['on_the_way', 'in_transit'],
  ['out_for_delivery', 'out_for_delivery'],
  ['attempt_failed', 'attempt_failed'],
  ['wrong_address', 'attempt_failed'],
  ['refused', 'attempt_failed'],
  ['delivered', 'delivered'],
] as const)(
  'the button "%s" is read by the carrier door as %s, later than every scan before',
  (move, status) => {
    const scans = scansOf(move);
    const newest = scans.at(-1)!;
    expect(newest.trackingNumber).toBe(shipment.trackingNumber);
    expect(newest.event.status).toBe(status);
    expect(newest.event.at.getTime()).toBeGreaterThan(last.at.getTime());
    expect(newest.event.location).toBe('Bengaluru (Karnataka)');
  },
);

test.each([
  ['attempt_failed', 'Nobody was there'],
  ['wrong_address', 'Address incomplete or not found'],
  ['refused', 'Refused at the door'],
] as const)('the failed attempt "%s" is read with its reason', (move, reason) => {
  expect(scansOf(move).at(-1)!.event.note).toBe(reason);
});

test('history that comes along carries the very times the store has, so that it is not told twice', () => {
  const known = new Set(shipment.events.map((event) => `${event.status} ${event.at.toISOString()}`));
  const scans = scansOf('out_for_delivery').slice(0, -1);
  expect(scans.length).toBeGreaterThan(0);
  for (const { event } of scans) expect(known).toContain(`${event.status} ${event.at.toISOString()}`);
});

test('a late repeat says the last scan again with its own time', () => {
  const newest = scansOf('late_repeat').at(-1)!.event;
  expect([newest.status, newest.at.toISOString()]).toEqual([last.status, last.at.toISOString()]);
});

test('an event out of order is a day older than what is known', () => {
  const newest = scansOf('out_of_order').at(-1)!.event;
  expect(last.at.getTime() - newest.at.getTime()).toBe(24 * 3_600_000);
});

test('a parcel without a tracking number has nothing to be said about it', () => {
  for (const move of CARRIER_MOVES) {
    expect(() => carrierEvent(order, { ...shipment, trackingNumber: undefined }, move, now)).toThrow(
      /tracking number/,
    );
  }
});
