import type { CardStep } from '../core/content';
import type { Order, Shipment, ShipmentStatus } from '../core/order';
import { dayOf, daysBetween, type Day } from '../core/zone';

const STEPS: { label: string; statuses: ShipmentStatus[] }[] = [
  { label: 'Confirmed', statuses: ['pending'] },
  { label: 'Packed', statuses: ['packed'] },
  { label: 'On the way', statuses: ['shipped', 'in_transit'] },
  { label: 'Out for delivery', statuses: ['out_for_delivery'] },
  { label: 'Delivered', statuses: ['delivered'] },
];

/** Where a status beside the ladder is drawn, and what the step then says. */
const BESIDE: Partial<Record<ShipmentStatus, { at: number; label: string }>> = {
  attempt_failed: { at: 3, label: 'Attempt failed' },
  exception: { at: 2, label: 'Held up' },
  rto_initiated: { at: 4, label: 'Going back' },
  rto_delivered: { at: 4, label: 'Back at shop' },
  cancelled: { at: 4, label: 'Cancelled' },
  lost: { at: 4, label: 'Lost' },
};

const FINAL: ShipmentStatus[] = ['delivered', 'rto_delivered', 'cancelled'];

function timeOf(shipment: Shipment, statuses: ShipmentStatus[]): string | undefined {
  const found = shipment.events.filter((event) => statuses.includes(event.status)).at(-1);
  return found?.at.toISOString();
}

/** A parcel's way as steps with dates; without a parcel, an order that is being prepared. */
export function parcelSteps(order: Order, shipment: Shipment | undefined): CardStep[] {
  const beside = shipment && BESIDE[shipment.status];
  const current =
    beside?.at ?? STEPS.findIndex((step) => step.statuses.includes(shipment?.status ?? 'pending'));
  return STEPS.map((step, i) => {
    const seen = shipment && timeOf(shipment, step.statuses);
    const at = i === 0 ? order.placedAt.toISOString() : seen;
    const when = at ? { at } : {};
    if (i > current) return { label: step.label, state: 'todo' };
    if (i < current) {
      // A parcel that turned back or was cancelled never reached the steps it has no scan for.
      const skipped = beside?.at === 4 && i > 0 && !seen;
      return { label: step.label, state: skipped ? 'todo' : 'done', ...when };
    }
    if (!beside || !shipment) {
      return { label: step.label, state: step.label === 'Delivered' ? 'done' : 'current', ...when };
    }
    const hit = timeOf(shipment, [shipment.status]) ?? shipment.statusAt?.toISOString();
    return { label: beside.label, state: 'problem', ...(hit ? { at: hit } : {}) };
  });
}

/** `Fri 27 Nov`. */
export function dayInWords(day: Day): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}

/** By how much a parcel is late and why, in words; undefined when it is on time or over. */
export function lateness(shipment: Shipment, now: Date, timeZone: string): string | undefined {
  const { promisedBy, estimatedDelivery } = shipment;
  if (!promisedBy || FINAL.includes(shipment.status)) return undefined;
  const today = dayOf(now, timeZone);
  const reached = estimatedDelivery && estimatedDelivery > today ? estimatedDelivery : today;
  const days = daysBetween(promisedBy, reached);
  if (days <= 0) return undefined;
  const by = `${days} day${days === 1 ? '' : 's'} after the promised ${dayInWords(promisedBy)}`;
  const problem = shipment.events
    .filter((event) => (event.status === 'exception' || event.status === 'attempt_failed') && event.note)
    .at(-1);
  const expected =
    estimatedDelivery && estimatedDelivery >= today ? `Expected ${dayInWords(estimatedDelivery)}, ` : '';
  const sentence = expected ? `${expected}${by}` : `Late: ${by}`;
  return problem?.note ? `${sentence}. Carrier: ${problem.note}` : sentence;
}
