import type { Order, OrderItem, ReturnDetails, Shipment } from '../core/order';
import type { ShopRules } from '../core/policy';
import type { Resolution, ReturnReason, SlotName } from '../core/understanding';
import { addDays, dayOf, type Day } from '../core/zone';
import { shipmentDeliveredAt } from './parcels';
import { dayRefusal, deliveryDays, slotOptions } from './reschedule';

/** Why an item cannot be returned. `delivery_unknown`: nobody recorded when it arrived, a person has to decide. */
export type ItemRefusal =
  'not_delivered' | 'delivery_unknown' | 'window_over' | 'non_returnable' | 'already_returned';

/** One item of an order as seen by a return. */
export interface ReturnableItem {
  sku: string;
  name: string;
  returnable: boolean;
  /** Pieces that can still be returned; 0 when refused. */
  quantityLeft: number;
  reason?: ItemRefusal;
  deliveredOn?: Day;
  /** Last day of the window. */
  until?: Day;
}

export interface ReturnOptions {
  items: ReturnableItem[];
  /** Why nothing at all can be returned; the reason of most weight. Absent when something can. */
  refused?: ItemRefusal;
  resolutions: Resolution[];
  pickupDays: Day[];
}

export type ReturnRefusal =
  | ItemRefusal
  | 'no_items'
  | 'unknown_item'
  | 'quantity'
  | 'resolution'
  | 'exchange_what'
  | 'refund_account'
  | 'pickup_day'
  | 'pickup_slot'
  | 'photo_person';

export type ReturnCheck =
  | { ok: true; items: { sku: string; quantity: number }[]; shipmentId?: string }
  | { ok: false; reason: ReturnRefusal; sku?: string };

/** What is asked for. `byPerson`: somebody at the shop asks, who has judged the damage and arranges the pay-out. */
export interface ReturnWish extends Omit<ReturnDetails, 'rma'> {
  byPerson?: boolean;
}

function parcelsOf(order: Order, sku: string): Shipment[] {
  const listed = order.shipments.filter((shipment) => shipment.skus.includes(sku));
  // A shop that lists no items per parcel means all of them.
  return listed.length > 0 ? listed : order.shipments.filter((shipment) => shipment.skus.length === 0);
}

/** The day an item arrived; without any record the shop's own dates stand in, when they have passed. */
function arrival(parcels: Shipment[], rules: ShopRules, now: Date): Day | undefined {
  const today = dayOf(now, rules.timeZone);
  const days = parcels.flatMap((parcel) => {
    const at = shipmentDeliveredAt(parcel);
    const day = at ? dayOf(at, rules.timeZone) : (parcel.estimatedDelivery ?? parcel.promisedBy);
    return day && (at !== undefined || day <= today) ? [day] : [];
  });
  return days.sort().at(-1);
}

function quantityTaken(order: Order, sku: string): number {
  return order.requests
    .filter((r) => r.type === 'return' && r.state !== 'rejected' && r.state !== 'cancelled')
    .flatMap((r) => r.return?.items ?? [])
    .filter((item) => item.sku === sku)
    .reduce((sum, item) => sum + item.quantity, 0);
}

function oneItem(order: Order, lines: OrderItem[], rules: ShopRules, now: Date): ReturnableItem {
  const [first] = lines;
  const { sku, name } = first as OrderItem;
  const { windowDays, nonReturnableCategories } = rules.policy.returns;
  const delivered = parcelsOf(order, sku).filter((parcel) => parcel.status === 'delivered');
  const deliveredOn = arrival(delivered, rules, now);
  const until = deliveredOn && addDays(deliveredOn, windowDays);
  const left = lines.reduce((sum, line) => sum + line.quantity, 0) - quantityTaken(order, sku);
  const refused = (reason: ItemRefusal): ReturnableItem => ({
    sku,
    name,
    returnable: false,
    quantityLeft: 0,
    reason,
    deliveredOn,
    until,
  });
  const category = (line: OrderItem) => line.category?.toLowerCase() ?? '';
  const kept = nonReturnableCategories.map((one) => one.toLowerCase());
  if (lines.some((line) => !line.returnable || kept.includes(category(line))))
    return refused('non_returnable');
  if (delivered.length === 0) return refused('not_delivered');
  if (left <= 0) return refused('already_returned');
  if (!until) return refused('delivery_unknown');
  if (dayOf(now, rules.timeZone) > until) return refused('window_over');
  return { sku, name, returnable: true, quantityLeft: left, deliveredOn, until };
}

const WEIGHT: ItemRefusal[] = [
  'not_delivered',
  'window_over',
  'delivery_unknown',
  'already_returned',
  'non_returnable',
];

/** What the policy gives back for this order; no money back when it has been paid back already. */
export function resolutionsFor(order: Order, rules: ShopRules): Resolution[] {
  const refunded = order.payment.status === 'refunded';
  return rules.policy.returns.resolutions.filter(
    (one) => !refunded || (one !== 'refund' && one !== 'store_credit'),
  );
}

/** What can be returned now, item by item. The window counts calendar days in the shop's zone; its last day is still in. */
export function returnOptions(order: Order, rules: ShopRules, now: Date): ReturnOptions {
  const bySku = new Map<string, OrderItem[]>();
  for (const item of order.items) bySku.set(item.sku, [...(bySku.get(item.sku) ?? []), item]);
  const items = [...bySku.values()].map((lines) => oneItem(order, lines, rules, now));
  const possible = items.some((item) => item.returnable);
  return {
    items,
    refused: possible ? undefined : WEIGHT.find((reason) => items.some((item) => item.reason === reason)),
    resolutions: resolutionsFor(order, rules),
    pickupDays: deliveryDays(rules.policy, rules.timeZone, now),
  };
}

/** Whether this reason needs a photo by the shop's policy. */
export function needsPhoto(rules: ShopRules, reason: ReturnReason): boolean {
  return rules.policy.returns.photoReasons.includes(reason);
}

/** Whether the customer must say where the money goes: cash cannot go back the way it came. */
export function needsRefundAccount(order: Order, resolution: Resolution): boolean {
  return order.payment.method === 'cod' && resolution === 'refund';
}

function checkItems(options: ReturnOptions, items: ReturnWish['items']): ReturnCheck {
  const wanted = new Map<string, number>();
  for (const { sku, quantity } of items) {
    if (!Number.isInteger(quantity) || quantity < 1) return { ok: false, reason: 'quantity', sku };
    wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
  }
  if (wanted.size === 0) return { ok: false, reason: 'no_items' };
  for (const [sku, quantity] of wanted) {
    const item = options.items.find((one) => one.sku === sku);
    if (!item) return { ok: false, reason: 'unknown_item', sku };
    if (item.reason) return { ok: false, reason: item.reason, sku };
    if (quantity > item.quantityLeft) return { ok: false, reason: 'quantity', sku };
  }
  return { ok: true, items: [...wanted].map(([sku, quantity]) => ({ sku, quantity })) };
}

function pickupRefusal(
  rules: ShopRules,
  now: Date,
  pickup: { date?: Day; slot?: SlotName } | undefined,
): ReturnRefusal | undefined {
  const { policy, timeZone } = rules;
  if (pickup?.date !== undefined && dayRefusal(pickup.date, policy, timeZone, now)) return 'pickup_day';
  if (pickup?.slot !== undefined && !slotOptions(policy).some((slot) => slot.name === pickup.slot)) {
    return 'pickup_slot';
  }
  return undefined;
}

/** Whether this return can be made. `photo_person`: the reason needs a photo and there is none, so a person takes it from here. */
export function checkReturn(order: Order, rules: ShopRules, now: Date, wish: ReturnWish): ReturnCheck {
  const options = returnOptions(order, rules, now);
  const checked = checkItems(options, wish.items);
  if (!checked.ok) return checked;
  if (!options.resolutions.includes(wish.resolution)) return { ok: false, reason: 'resolution' };
  if (!wish.byPerson && needsPhoto(rules, wish.reason) && !wish.photos?.length) {
    return { ok: false, reason: 'photo_person' };
  }
  if (wish.resolution === 'exchange' && !wish.exchangeFor?.trim()) {
    return { ok: false, reason: 'exchange_what' };
  }
  if (!wish.byPerson && needsRefundAccount(order, wish.resolution) && !wish.refundTo) {
    return { ok: false, reason: 'refund_account' };
  }
  const pickup = pickupRefusal(rules, now, wish.pickup);
  if (pickup) return { ok: false, reason: pickup };
  const parcels = new Set(
    checked.items.flatMap(({ sku }) =>
      parcelsOf(order, sku)
        .filter((parcel) => parcel.status === 'delivered')
        .map((parcel) => parcel.id),
    ),
  );
  return { ...checked, shipmentId: parcels.size === 1 ? [...parcels][0] : undefined };
}
