import { AppError } from '../core/errors';
import type { Order, OrderRequest, Shipment } from '../core/order';
import type { OrderStore } from '../core/order-store';
import type { ShopRules } from '../core/policy';
import type { SlotName } from '../core/understanding';
import type { Day } from '../core/zone';
import { failureCategory, type FailureCategory } from './failure-reasons';
import { failedAttempt } from './parcels';
import { rescheduleOptions } from './reschedule';

export { failureCategory, type FailureCategory } from './failure-reasons';

const HOUR_MS = 3_600_000;
/** Writers that lose a race read and decide again this often before giving up. */
const WRITES = 8;

/** A parcel that was not handed over and waits to hear what to do. */
export interface FailedDelivery {
  shipment: Shipment;
  /** Failed attempts so far, at least 1. */
  attempt: number;
  /** The carrier makes no further attempt by itself. */
  last: boolean;
  category: FailureCategory;
  since: Date;
  /** A customer who has not answered is reminded from here on, a person brought from there on; after `answerBy` it may go back. */
  remindAt: Date;
  personAt: Date;
  answerBy: Date;
  /** What was asked of the carrier since, by whomever, as long as it stands. */
  answer?: OrderRequest;
  /** The customer says that nobody came at this attempt. */
  disputed: boolean;
  /** Attempts of this parcel of which they say so. */
  disputes: number;
}

/** When the attempt failed; a shop that told no time is taken at its first word of the order. */
function sinceOf(order: Order, at: Date | undefined): Date {
  return at ?? order.history[0]?.at ?? order.placedAt;
}

function disputesOf(order: Order, shipmentId: string): number[] {
  return order.history.flatMap(({ what, detail }) =>
    what === 'attempt_disputed' && detail?.shipmentId === shipmentId ? [Number(detail.attempt)] : [],
  );
}

/** When the oldest failed delivery of an order happened; undefined when there is none. */
export function failedSince(order: Order): Date | undefined {
  const times = order.shipments.flatMap((shipment) => {
    const failed = failedAttempt(shipment);
    return failed ? [sinceOf(order, failed.at).getTime()] : [];
  });
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

/** Every parcel of an order that waits after a failed attempt. */
export function failedDeliveries(order: Order, { policy }: Pick<ShopRules, 'policy'>): FailedDelivery[] {
  const { attempts, answerWithinHours, remindBeforeHours, personBeforeHours } = policy.failedDelivery;
  return order.shipments.flatMap((shipment): FailedDelivery[] => {
    const failed = failedAttempt(shipment);
    if (!failed) return [];
    const since = sinceOf(order, failed.at);
    const attempt = Math.max(1, shipment.attempts);
    const end = since.getTime() + answerWithinHours * HOUR_MS;
    const disputes = new Set(disputesOf(order, shipment.id));
    const answer = order.requests.findLast(
      (request) =>
        request.type !== 'return' &&
        request.at >= since &&
        request.state !== 'rejected' &&
        request.state !== 'cancelled' &&
        (request.shipmentId === undefined || request.shipmentId === shipment.id),
    );
    return [
      {
        shipment,
        attempt,
        last: attempt >= attempts,
        category: failureCategory(failed.note),
        since,
        remindAt: new Date(end - remindBeforeHours * HOUR_MS),
        personAt: new Date(attempt >= attempts ? since : end - personBeforeHours * HOUR_MS),
        answerBy: new Date(end),
        ...(answer ? { answer } : {}),
        disputed: disputes.has(attempt),
        disputes: disputes.size,
      },
    ];
  });
}

/** What would be asked of the carrier without further questions: the wished day if it is possible, otherwise the nearest, in the day's first slot. */
export function nextAttempt(
  order: Order,
  rules: ShopRules,
  now: Date,
  wished?: Day,
): { date: Day; slot?: SlotName } | undefined {
  const options = rescheduleOptions(order, rules, now);
  if (!options.allowed) return undefined;
  const date = options.days.find((day) => day === wished) ?? options.days[0];
  const slot = options.slots[0]?.name;
  return date ? { date, ...(slot ? { slot } : {}) } : undefined;
}

/** What the carrier reads with another attempt after one at which nobody came; undefined when nobody says so. */
export function disputeComment(order: Order, shipment: Shipment | undefined): string | undefined {
  const failed = shipment && failedAttempt(shipment);
  if (!failed) return undefined;
  const attempt = Math.max(1, shipment.attempts);
  if (!disputesOf(order, shipment.id).includes(attempt)) return undefined;
  return `The customer says that nobody came at attempt ${attempt}.`;
}

/** Records that a customer says nobody came, once for an attempt. Answers the order as it stands; undefined when there is none. */
export async function disputeAttempt(
  orders: Pick<OrderStore, 'findByNumber' | 'change'>,
  input: { orderNumber: string; shipmentId: string; attempt: number; now: Date },
): Promise<Order | undefined> {
  const { orderNumber, shipmentId, attempt, now } = input;
  for (let write = 0; write < WRITES; write += 1) {
    const order = await orders.findByNumber(orderNumber);
    if (!order || disputesOf(order, shipmentId).includes(attempt)) return order;
    const line = {
      at: now,
      what: 'attempt_disputed' as const,
      by: 'customer',
      detail: { shipmentId, attempt },
    };
    await orders.change(orderNumber, order.version, { history: [line] }, now);
  }
  throw new AppError('conflict', 'the order kept changing while a dispute was written');
}
