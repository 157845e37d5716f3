import type { Conversation } from '../core/conversation';
import type { ParcelNews, ToldParcel, WatchedOrder } from '../core/notices';
import type { Order, Shipment } from '../core/order';
import { hourOf, dayOf } from '../core/zone';
import type { ShopRules } from '../core/policy';
import { failureReason } from './failure-reasons';
import { expectedDay, isOpen, shipmentDeliveredAt } from './parcels';

/** Days after which a question about an order is over: nothing is told any more. */
const WATCH_DAYS = 30;
/** Orders of one conversation that are followed, the latest spoken of. */
const WATCH_MAX = 5;

/** What somebody who reads about this order now knows of its parcels. */
export function toldOf(order: Order, now: Date, timeZone: string): ToldParcel[] {
  return order.shipments.map((shipment) => {
    const day = expectedDay(order, shipment, now, timeZone)?.day;
    const { id, status, attempts } = shipment;
    return { shipment: id, status, attempts, ...(day ? { day } : {}) };
  });
}

function news(
  order: Order,
  shipment: Shipment,
  before: ToldParcel | undefined,
  now: Date,
  timeZone: string,
): ParcelNews | undefined {
  const { id, status, attempts } = shipment;
  const was = before?.status;
  const place = order.shipments.length > 1 ? { parcel: order.shipments.indexOf(shipment) + 1 } : {};
  const made = (kind: ParcelNews['kind'], more: Partial<ParcelNews> = {}): ParcelNews => ({
    kind,
    shipment: id,
    ...place,
    ...more,
  });
  if (status === 'delivered') {
    const at = shipmentDeliveredAt(shipment);
    return was === 'delivered' ? undefined : made('delivered', at ? { day: dayOf(at, timeZone) } : {});
  }
  if (status === 'rto_initiated' || status === 'rto_delivered')
    return was?.startsWith('rto') ? undefined : made('returning');
  if (status === 'lost') return was === 'lost' ? undefined : made('lost');
  if (status === 'cancelled') return undefined;
  const expected = expectedDay(order, shipment, now, timeZone);
  // A day the customer asked for was told when it was agreed; one that has passed is no expectation.
  const fresh =
    expected?.from === 'carrier' && expected.day >= dayOf(now, timeZone) && expected.day !== before?.day;
  const day = fresh ? { day: expected.day } : {};
  if (status === 'attempt_failed' && (was !== 'attempt_failed' || attempts > (before?.attempts ?? 0))) {
    const reason = failureReason(shipment.events.findLast((e) => e.status === 'attempt_failed')?.note);
    return made('attempt_failed', { ...day, ...(reason ? { reason } : {}) });
  }
  return fresh ? made('new_date', day) : undefined;
}

/**
 * What has changed since somebody was told about this order, parcel by parcel: a failed attempt, another day, handed over, on its way
 * back, lost. Only the present state counts, so it makes no difference in which order scans came. Nothing else is news.
 */
export function newsSince(
  order: Order,
  told: readonly ToldParcel[],
  now: Date,
  timeZone: string,
): ParcelNews[] {
  return order.shipments.flatMap((shipment) => {
    const before = told.find((each) => each.shipment === shipment.id);
    return news(order, shipment, before, now, timeZone) ?? [];
  });
}

/** The orders a conversation follows after these were spoken of, or told about, now; what is settled or long ago falls out. */
export function followed(
  before: readonly WatchedOrder[] | undefined,
  orders: readonly Order[],
  now: Date,
  timeZone: string,
): WatchedOrder[] {
  const fresh = orders
    .filter(isOpen)
    .map((order) => ({ orderNumber: order.orderNumber, at: now, told: toldOf(order, now, timeZone) }));
  const numbers = new Set(orders.map((order) => order.orderNumber));
  const kept = (before ?? []).filter((each) => !numbers.has(each.orderNumber) && isWatched(each, now));
  return [...kept, ...fresh].slice(-WATCH_MAX);
}

/** False once the question is too long ago to be answered further. */
export function isWatched(watched: WatchedOrder, now: Date): boolean {
  return now.getTime() - watched.at.getTime() < WATCH_DAYS * 86_400_000;
}

/** What a conversation follows of an order, while that is recent. */
export function watchedOrder(
  { watching }: Pick<Conversation, 'watching'>,
  orderNumber: string,
  now: Date,
): WatchedOrder | undefined {
  return watching?.find((each) => each.orderNumber === orderNumber && isWatched(each, now));
}

/** Of several conversations that follow an order the one its customer wrote in last. */
export function lastWatching(
  conversations: Conversation[],
  orderNumber: string,
  now: Date,
): Conversation | undefined {
  const when = ({ lastCustomerMessageAt, createdAt }: Conversation) =>
    (lastCustomerMessageAt ?? createdAt).getTime();
  return conversations
    .filter((each) => watchedOrder(each, orderNumber, now))
    .sort((a, b) => when(b) - when(a))[0];
}

/** When the shop's quiet hours end, if they are now: nothing we start rings a phone before. */
export function quietUntil(rules: ShopRules, now: Date): Date | undefined {
  const quiet = rules.policy.quietHours;
  if (!quiet) return undefined;
  const isQuiet = (at: Date) => {
    const hour = hourOf(at, rules.timeZone);
    const { fromHour, toHour } = quiet;
    return fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
  };
  if (!isQuiet(now)) return undefined;
  // Zones are never further apart than a quarter of an hour, and quiet hours start and end with an hour.
  const quarter = 900_000;
  let end = Math.floor(now.getTime() / quarter) * quarter + quarter;
  for (let step = 0; step < 96 && isQuiet(new Date(end)); step += 1) end += quarter;
  return new Date(end);
}
