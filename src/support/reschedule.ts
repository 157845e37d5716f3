import type { Order, OrderRequest, Shipment } from '../core/order';
import type { Policy, ShopRules } from '../core/policy';
import { SLOT_NAMES, type SlotName } from '../core/understanding';
import { addDays, dayOf, daysBetween, hourOf, weekdayOf, type Day } from '../core/zone';
import {
  attemptFailed,
  cancelPending,
  currentShipment,
  openShipments,
  orderState,
  returnAgreed,
} from './parcels';

/** Why an order's delivery date cannot be moved at all. `pending_request`: a cancellation is being decided. */
export type RescheduleRefusal =
  | 'delivered'
  | 'cancelled'
  | 'rto'
  | 'lost'
  | 'too_many_changes'
  | 'pending_request'
  | 'no_days'
  | 'unknown_shipment';

/** Why one wished day is not possible. `already_asked`: the very same is under way. */
export type DayRefusal =
  'past' | 'too_soon' | 'cut_off' | 'too_far' | 'weekday' | 'holiday' | 'slot' | 'already_asked';

export interface SlotOption {
  name: SlotName;
  fromHour: number;
  toHour: number;
}

export type RescheduleOptions =
  | {
      allowed: true;
      /** Absent while the order has no parcel yet. */
      shipment?: Shipment;
      action: 'reschedule' | 'reattempt';
      /** Ascending, at least one. */
      days: Day[];
      slots: SlotOption[];
      /** Changes still possible, this one included. */
      changesLeft: number;
    }
  | { allowed: false; reason: RescheduleRefusal };

export type RescheduleCheck =
  | { ok: true; shipment?: Shipment; action: 'reschedule' | 'reattempt'; date: Day; slot?: SlotName }
  | {
      ok: false;
      reason: RescheduleRefusal | DayRefusal;
      /** The possible day nearest to the wished one (the later of two); absent when no day is possible at all. */
      nearest?: Day;
    };

/** Days a courier comes (for deliveries and for pick-ups), ascending. */
export function deliveryDays(policy: Policy, timeZone: string, now: Date): Day[] {
  const today = dayOf(now, timeZone);
  const { minDaysAhead, maxDaysAhead } = policy.reschedule;
  const days: Day[] = [];
  for (let ahead = minDaysAhead; ahead <= maxDaysAhead; ahead += 1) {
    const day = addDays(today, ahead);
    if (dayRefusal(day, policy, timeZone, now) === undefined) days.push(day);
  }
  return days;
}

/** Why no courier comes on a day; undefined when one does. */
export function dayRefusal(
  day: Day,
  policy: Policy,
  timeZone: string,
  now: Date,
): Exclude<DayRefusal, 'slot' | 'already_asked'> | undefined {
  const { minDaysAhead, maxDaysAhead, cutOffHour, weekdays, holidays } = policy.reschedule;
  const ahead = daysBetween(dayOf(now, timeZone), day);
  if (ahead < 0) return 'past';
  if (ahead < minDaysAhead) return 'too_soon';
  if (ahead > maxDaysAhead) return 'too_far';
  if (cutOffHour !== undefined && ahead <= 1 && hourOf(now, timeZone) >= cutOffHour) return 'cut_off';
  if (holidays.includes(day)) return 'holiday';
  if (!weekdays.includes(weekdayOf(day))) return 'weekday';
  return undefined;
}

/** The slots of the day in their order, local hours. */
export function slotOptions(policy: Policy): SlotOption[] {
  return SLOT_NAMES.map((name) => ({ name, ...policy.reschedule.slots[name] }));
}

/** The slot into which a local hour falls; undefined outside all of them. */
export function slotAtHour(policy: Policy, hour: number): SlotName | undefined {
  return slotOptions(policy).find((slot) => hour >= slot.fromHour && hour < slot.toHour)?.name;
}

/** New dates asked for so far (refused ones do not count; replaced ones do). */
export function changesMade(order: Order, shipment: Shipment | undefined): number {
  return order.requests.filter(
    (request) =>
      movesDate(request) &&
      request.state !== 'rejected' &&
      (request.shipmentId === undefined || request.shipmentId === shipment?.id),
  ).length;
}

function movesDate(request: OrderRequest): boolean {
  return request.type === 'reschedule' || (request.type === 'address_change' && request.date !== undefined);
}

function stateRefusal(order: Order): RescheduleRefusal | undefined {
  const state = orderState(order);
  if (state === 'delivered' || state === 'cancelled' || state === 'lost') return state;
  if (state === 'rto_initiated' || state === 'rto_delivered' || returnAgreed(order)) return 'rto';
  return cancelPending(order) ? 'pending_request' : undefined;
}

/**
 * Whether the delivery date can be moved, and to which days and slots. Concerns `currentShipment` unless another open parcel is named.
 * A re-attempt is asked for once an attempt has failed, a new date before that.
 */
export function rescheduleOptions(
  order: Order,
  rules: ShopRules,
  now: Date,
  shipmentId?: string,
): RescheduleOptions {
  const refused = stateRefusal(order);
  if (refused) return { allowed: false, reason: refused };
  const open = openShipments(order);
  const shipment = shipmentId === undefined ? currentShipment(order) : open.find((s) => s.id === shipmentId);
  if (shipmentId !== undefined && !shipment) return { allowed: false, reason: 'unknown_shipment' };
  const changesLeft = rules.policy.reschedule.maxChanges - changesMade(order, shipment);
  if (changesLeft <= 0) return { allowed: false, reason: 'too_many_changes' };
  const days = deliveryDays(rules.policy, rules.timeZone, now);
  if (days.length === 0) return { allowed: false, reason: 'no_days' };
  const action = shipment && attemptFailed(shipment) ? 'reattempt' : 'reschedule';
  return { allowed: true, shipment, action, days, slots: slotOptions(rules.policy), changesLeft };
}

function nearestDay(days: Day[], wished: Day): Day | undefined {
  let best: Day | undefined;
  for (const day of days) {
    const closer =
      best === undefined || Math.abs(daysBetween(wished, day)) <= Math.abs(daysBetween(wished, best));
    if (closer) best = day;
  }
  return best;
}

function sameAsked(order: Order, shipment: Shipment | undefined, date: Day, slot?: SlotName): boolean {
  const last = order.requests.findLast(
    (r) => movesDate(r) && (r.shipmentId === undefined || r.shipmentId === shipment?.id),
  );
  const alive = last?.state === 'requested' || last?.state === 'sent' || last?.state === 'accepted';
  return alive && last.date === date && (slot === undefined || last.slot === slot);
}

/** Whether a courier comes on a day and in a slot, whatever the order: for pick-ups and for days that go along with another change. */
export function checkDay(
  rules: ShopRules,
  now: Date,
  wish: { date: Day; slot?: SlotName },
): { ok: true } | { ok: false; reason: DayRefusal; nearest?: Day } {
  const { policy, timeZone } = rules;
  const reason = dayRefusal(wish.date, policy, timeZone, now);
  if (reason) {
    return { ok: false, reason, nearest: nearestDay(deliveryDays(policy, timeZone, now), wish.date) };
  }
  if (wish.slot !== undefined && !slotOptions(policy).some((slot) => slot.name === wish.slot)) {
    return { ok: false, reason: 'slot', nearest: wish.date };
  }
  return { ok: true };
}

/** Whether one wished day (and slot) is possible. Refuses by the order's state first, then by the day. */
export function checkReschedule(
  order: Order,
  rules: ShopRules,
  now: Date,
  wish: { date: Day; slot?: SlotName; shipmentId?: string },
): RescheduleCheck {
  const options = rescheduleOptions(order, rules, now, wish.shipmentId);
  if (!options.allowed) return { ok: false, reason: options.reason };
  const day = checkDay(rules, now, wish);
  if (!day.ok) return day;
  const { shipment, action } = options;
  if (sameAsked(order, shipment, wish.date, wish.slot)) {
    return { ok: false, reason: 'already_asked', nearest: wish.date };
  }
  return { ok: true, shipment, action, date: wish.date, slot: wish.slot };
}
