import type { Order, Shipment, ShipmentEvent } from '../core/order';
import type { ShopRules } from '../core/policy';
import { dayOf, daysBetween, type Day } from '../core/zone';
import { addressOpen } from './address';
import { cancelCheck } from './cancel';
import { isOpen, isUnderWay, orderState, publicNote } from './parcels';
import { rescheduleOptions } from './reschedule';
import { returnOptions } from './returns';

export {
  attemptFailed,
  cancelPending,
  codDue,
  currentShipment,
  deliveredAt,
  expectedDay,
  failedAttempt,
  isDispatched,
  isOpen,
  isUnderWay,
  latestScan,
  openShipments,
  orderState,
  publicNote,
  shipmentDeliveredAt,
} from './parcels';

/** What can be offered after a status answer. `person` is always among them. */
export type NextStep =
  'reschedule' | 'address' | 'return' | 'cancel' | 'refund_status' | 'complaint' | 'person';

/** How late a parcel is, and what its scans say about why. */
export interface Lateness {
  shipment: Shipment;
  promisedBy: Day;
  /** Whole days past the promise as of today; 0 while the promised day has not passed. */
  daysLate: number;
  /** Whole days past the promise by the carrier's own estimate; 0 without one. */
  expectedDaysLate: number;
  reason?: LateReason;
}

/** `note` is the carrier's text without phone numbers; `location` where the parcel was last seen. */
export interface LateReason {
  kind: 'attempt_failed' | 'exception' | 'lost' | 'returning' | 'slow' | 'not_dispatched';
  note?: string;
  location?: string;
  at?: Date;
}

function lateReason(shipment: Shipment): LateReason {
  const telling = (event: ShipmentEvent) =>
    ['attempt_failed', 'exception', 'lost', 'rto_initiated'].includes(event.status);
  const event = shipment.events.findLast(telling);
  const last = shipment.events.at(-1);
  const words = (e: ShipmentEvent | undefined) => ({
    note: publicNote(e?.note),
    location: e?.location,
    at: e?.at,
  });
  if (shipment.status === 'lost') return { kind: 'lost', ...words(event ?? last) };
  if (shipment.status.startsWith('rto')) return { kind: 'returning', ...words(event ?? last) };
  if (shipment.status === 'pending' || shipment.status === 'packed') {
    return { kind: 'not_dispatched', ...words(last) };
  }
  if (event?.status === 'attempt_failed' || shipment.status === 'attempt_failed') {
    return { kind: 'attempt_failed', ...words(event ?? last) };
  }
  if (event?.status === 'exception' || shipment.status === 'exception') {
    return { kind: 'exception', ...words(event ?? last) };
  }
  return { kind: 'slow', ...words(last) };
}

/** Lateness of one parcel; undefined when it has no promise, has arrived, or is in time by promise and estimate. */
export function shipmentLateness(shipment: Shipment, now: Date, timeZone: string): Lateness | undefined {
  const { promisedBy, estimatedDelivery } = shipment;
  const waiting = isUnderWay(shipment) || shipment.status === 'lost' || shipment.status === 'rto_initiated';
  if (!promisedBy || !waiting) return undefined;
  const daysLate = Math.max(0, daysBetween(promisedBy, dayOf(now, timeZone)));
  const expectedDaysLate = estimatedDelivery ? Math.max(0, daysBetween(promisedBy, estimatedDelivery)) : 0;
  if (daysLate === 0 && expectedDaysLate === 0) return undefined;
  return { shipment, promisedBy, daysLate, expectedDaysLate, reason: lateReason(shipment) };
}

/** Lateness of the order: its latest parcel. Undefined when nothing is late. */
export function lateness(order: Order, now: Date, timeZone: string): Lateness | undefined {
  const late = order.shipments.flatMap((shipment) => shipmentLateness(shipment, now, timeZone) ?? []);
  const worst = (l: Lateness) => Math.max(l.daysLate, l.expectedDaysLate);
  return late.sort((a, b) => worst(b) - worst(a))[0];
}

/** What can be done next in this state, most useful first; always two at least, `person` always last. */
export function nextSteps(order: Order, rules: ShopRules, now: Date): NextStep[] {
  const steps: NextStep[] = [];
  if (rescheduleOptions(order, rules, now).allowed) steps.push('reschedule');
  if (addressOpen(order, rules)) steps.push('address');
  if (returnOptions(order, rules, now).items.some((item) => item.returnable)) steps.push('return');
  const cancel = cancelCheck(order);
  if (cancel.ok && cancel.action === 'cancel') steps.push('cancel');
  const state = orderState(order);
  if (!isOpen(order) && state !== 'delivered') steps.push('refund_status');
  if (state === 'lost' || state.startsWith('rto')) steps.push('refund_status');
  if (order.shipments.some((shipment) => shipment.status === 'delivered')) steps.push('complaint');
  if (steps.length === 0) steps.push('complaint');
  return [...new Set(steps), 'person'];
}
