import {
  LADDER,
  type Order,
  type OrderRequest,
  type OrderState,
  type Shipment,
  type ShipmentEvent,
  type ShipmentStatus,
} from '../core/order';
import { dayOf, type Day } from '../core/zone';
import type { SlotName } from '../core/understanding';

const UNDER_WAY: ShipmentStatus[] = [
  'pending',
  'packed',
  'shipped',
  'in_transit',
  'out_for_delivery',
  'attempt_failed',
  'exception',
];
/** Worst first: what an order with no parcel under way is said to be. */
const ENDED: ShipmentStatus[] = ['lost', 'rto_initiated', 'rto_delivered', 'delivered'];

/** True while a parcel may still reach the customer. */
export function isUnderWay(shipment: Shipment): boolean {
  return UNDER_WAY.includes(shipment.status);
}

/** True once the carrier has the parcel (also when it came back or got lost). */
export function isDispatched(shipment: Shipment): boolean {
  return !['pending', 'packed', 'cancelled'].includes(shipment.status);
}

/** True after a failed attempt, also when the parcel has moved since. */
export function attemptFailed(shipment: Shipment): boolean {
  return shipment.status === 'attempt_failed' || shipment.attempts > 0;
}

const AFTER_FAILURE: ShipmentStatus[] = [
  'out_for_delivery',
  'delivered',
  'rto_initiated',
  'rto_delivered',
  'lost',
  'cancelled',
];

/**
 * The failed attempt after which a parcel waits to hear what to do; undefined when there is none. Going out again, and how it ended, are an
 * answer; lying in a hub is not. `at` and `note` are missing where the shop gave only the state.
 */
export function failedAttempt(shipment: Shipment): { at?: Date; note?: string } | undefined {
  const { status, statusAt, events } = shipment;
  if (AFTER_FAILURE.includes(status)) return undefined;
  const last = events.findLast((e) => e.status === 'attempt_failed' || AFTER_FAILURE.includes(e.status));
  if (last?.status === 'attempt_failed') return last;
  return status === 'attempt_failed' ? (statusAt ? { at: statusAt } : {}) : undefined;
}

/** The carrier has agreed to bring a parcel back: nothing of it is delivered any more. */
export function returnAgreed(order: Order): boolean {
  return order.requests.some(({ action, state }) => action === 'return_to_origin' && state === 'accepted');
}

/** Parcels that may still reach the customer, the one that needs attention first: failed, then nearest to the door. */
export function openShipments(order: Order): Shipment[] {
  const urgency = (shipment: Shipment) => (LADDER as readonly string[]).indexOf(shipment.status);
  return order.shipments.filter(isUnderWay).sort((a, b) => urgency(b) - urgency(a));
}

/** The parcel a change of date or address concerns; undefined before there is one and after the last has arrived. */
export function currentShipment(order: Order): Shipment | undefined {
  return openShipments(order)[0];
}

/** An open (not settled) or accepted cancellation. */
function cancellation(order: Order): OrderRequest | undefined {
  return order.requests.find(
    (request) => request.type === 'cancel' && request.state !== 'rejected' && request.state !== 'cancelled',
  );
}

/** True while the shop has not yet decided on a cancellation. */
export function cancelPending(order: Order): boolean {
  const request = cancellation(order);
  return request !== undefined && request.state !== 'accepted';
}

/** The order as a whole: its most urgent parcel while one is under way, otherwise how it ended. `delivered` only when every parcel is. */
export function orderState(order: Order): OrderState {
  // A parcel that left all the same is told as it is.
  if (cancellation(order)?.state === 'accepted' && !order.shipments.some(isDispatched)) return 'cancelled';
  if (order.shipments.length === 0) return 'processing';
  const current = currentShipment(order);
  if (current) return current.status;
  return ENDED.find((status) => order.shipments.some((s) => s.status === status)) ?? 'cancelled';
}

/** True while the customer is still waiting for something: goods on the way, or lost or returning ones not refunded. */
export function isOpen(order: Order): boolean {
  const state = orderState(order);
  if (state === 'lost' || state === 'rto_initiated') return order.payment.status !== 'refunded';
  return state !== 'delivered' && state !== 'cancelled' && state !== 'rto_delivered';
}

/** When a parcel was handed over, as far as known: the delivered scan, or when the shop first said so. */
export function shipmentDeliveredAt(shipment: Shipment): Date | undefined {
  if (shipment.status !== 'delivered') return undefined;
  const scan = shipment.events.findLast((event) => event.status === 'delivered');
  return scan?.at ?? shipment.statusAt;
}

/** When the last parcel of a wholly delivered order arrived; undefined before that, or when nobody recorded it. */
export function deliveredAt(order: Order): Date | undefined {
  if (orderState(order) !== 'delivered') return undefined;
  const times = order.shipments.flatMap((shipment) => shipmentDeliveredAt(shipment) ?? []);
  return times.sort((a, b) => b.getTime() - a.getTime())[0];
}

/** Amount to hand to the courier as a decimal string; undefined when nothing is due any more. */
export function codDue(order: Order): string | undefined {
  if (order.payment.method !== 'cod' || order.payment.status !== 'pending') return undefined;
  const state = orderState(order);
  const over = state === 'delivered' || state === 'cancelled' || state === 'lost' || state.startsWith('rto');
  return over ? undefined : order.payment.total;
}

/** Carriers put staff phone numbers into scan texts; those are not ours to pass on. */
export function publicNote(note: string | undefined): string | undefined {
  const clean = note
    ?.replace(/\+?\d[\d\s().-]{6,}\d/g, '')
    .replace(/\s{2,}/g, ' ')
    .trim();
  return clean || undefined;
}

/** The newest scan of a parcel, its text free of phone numbers. */
export function latestScan(shipment: Shipment): ShipmentEvent | undefined {
  const last = shipment.events.at(-1);
  return last && { ...last, note: publicNote(last.note) };
}

/** The day a parcel is expected, and whether the customer chose it (an accepted new date) or the carrier says so. */
export function expectedDay(
  order: Order,
  shipment: Shipment | undefined,
  now: Date,
  timeZone: string,
): { day: Day; slot?: SlotName; from: 'customer' | 'carrier' } | undefined {
  const today = dayOf(now, timeZone);
  const failedSince = (at: Date) => shipment?.events.some((e) => e.status === 'attempt_failed' && e.at > at);
  const agreed = order.requests.findLast(
    (request) =>
      request.date !== undefined &&
      request.type !== 'return' &&
      request.state === 'accepted' &&
      (request.shipmentId === undefined || request.shipmentId === shipment?.id) &&
      request.date >= today &&
      !failedSince(request.at),
  );
  if (agreed?.date) return { day: agreed.date, slot: agreed.slot, from: 'customer' };
  const day = shipment?.estimatedDelivery ?? shipment?.promisedBy;
  return day === undefined ? undefined : { day, from: 'carrier' };
}
