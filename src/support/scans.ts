import type {
  Address,
  HistoryEntry,
  Order,
  Shipment,
  ShipmentEvent,
  ShipmentStatus,
  ShopOrder,
} from '../core/order';
import { sameContent } from './same-content';
import { copied } from './settle';

/** Which of two scans of the same instant says more; also whether an undated word of the shop is a step forward. */
const RANK: Record<ShipmentStatus, number> = {
  pending: 0,
  packed: 1,
  shipped: 2,
  in_transit: 3,
  exception: 4,
  out_for_delivery: 5,
  attempt_failed: 6,
  rto_initiated: 7,
  lost: 8,
  cancelled: 9,
  delivered: 10,
  rto_delivered: 11,
};

function sameScan(a: ShipmentEvent, b: ShipmentEvent): boolean {
  return a.at.getTime() === b.at.getTime() && a.status === b.status;
}

/** Shops tell the present state at every touch of a parcel; only its first telling is a scan. */
function saidAlready({ events }: Shipment, event: ShipmentEvent): boolean {
  if (event.source !== 'shopify') return false;
  const before = events.findLast((known) => known.source === event.source && known.at <= event.at);
  return before?.status === event.status;
}

function inOrder(a: ShipmentEvent, b: ShipmentEvent): number {
  return a.at.getTime() - b.at.getTime() || RANK[a.status] - RANK[b.status];
}

function failedScans(events: ShipmentEvent[]): number {
  return events.filter((event) => event.status === 'attempt_failed').length;
}

/** "Delivered" after the parcel turned back means delivered to the shop, unless it went out to the customer again in between. */
function turnedBack(events: ShipmentEvent[], at: Date): boolean {
  const telling = events.filter(
    (e) => e.at < at && ['rto_initiated', 'rto_delivered', 'out_for_delivery'].includes(e.status),
  );
  return telling.at(-1)?.status.startsWith('rto') ?? false;
}

/**
 * What a scan makes of a parcel. The newest scan by its own time decides, so scans may come late, twice or in any order and a parcel
 * never moves back by an older one. `kept`: recorded in the events, the state stays. A state the shop gave without a time gives way only to a
 * scan further up the ladder. Attempts count failed scans once each, and at least as many as the shop said.
 */
export function advanceShipment(
  shipment: Shipment,
  event: ShipmentEvent,
): { shipment: Shipment; changed: 'applied' | 'kept' | 'repeated' } {
  if (shipment.events.some((known) => sameScan(known, event) || saidAlready(shipment, event)))
    return { shipment, changed: 'repeated' };
  const events = [...shipment.events, event].sort(inOrder);
  const next: Shipment = { ...shipment, events, attempts: Math.max(shipment.attempts, failedScans(events)) };
  const newest = decides(shipment, event, events);
  if (newest) {
    next.status = newest.status;
    next.statusAt = newest.at;
  }
  const returning = event === newest || event.status.startsWith('rto') || event.status === 'out_for_delivery';
  if (next.status === 'delivered' && next.statusAt && returning && turnedBack(events, next.statusAt)) {
    next.status = 'rto_delivered';
  } else if (next.status === 'rto_delivered' && next.statusAt && event.status === 'out_for_delivery') {
    const raw = events.filter((e) => e.at.getTime() === next.statusAt?.getTime());
    const handed =
      raw.some((e) => e.status === 'delivered') && !raw.some((e) => e.status === 'rto_delivered');
    if (handed && !turnedBack(events, next.statusAt)) next.status = 'delivered';
  }
  const same = next.status === shipment.status && next.statusAt?.getTime() === shipment.statusAt?.getTime();
  return { shipment: next, changed: same ? 'kept' : 'applied' };
}

/** The scan that decides the state after `event` came in; undefined when it stays as it was. */
function decides(
  shipment: Shipment,
  event: ShipmentEvent,
  events: ShipmentEvent[],
): ShipmentEvent | undefined {
  const { statusAt, status } = shipment;
  if (statusAt) {
    const later = event.at.getTime() - statusAt.getTime();
    return later > 0 || (later === 0 && RANK[event.status] > RANK[status]) ? event : undefined;
  }
  const nextTry = status === 'attempt_failed' && event.status === 'out_for_delivery';
  if (RANK[event.status] < RANK[status] && !nextTry) return undefined;
  // Scans that came before and were too low to count are weighed now, so that the order of arrival makes no difference.
  return events.filter((e) => e.source !== 'shop').at(-1) ?? event;
}

function fromCarrier(shipment: Shipment): boolean {
  return shipment.events.some((event) => event.source !== undefined && event.source !== 'shop');
}

/** Whether the shop's word about a parcel gives way to what the carrier has said since. */
function carrierKnowsBetter(existing: Shipment, incoming: Shipment): boolean {
  if (!fromCarrier(existing) || !existing.statusAt) return false;
  if (incoming.statusAt && incoming.statusAt > existing.statusAt) return false;
  return RANK[incoming.status] <= RANK[existing.status];
}

function mergeShipment(existing: Shipment, incoming: Shipment, now: Date): Shipment {
  const fresh = incoming.events.filter((event) => !existing.events.some((known) => sameScan(known, event)));
  const carried = existing.events.filter(
    (event) => event.source !== 'shop' || incoming.events.some((one) => sameScan(one, event)),
  );
  const events = [...carried, ...fresh].sort(inOrder);
  const attempts = Math.max(incoming.attempts, failedScans(events));
  if (carrierKnowsBetter(existing, incoming)) {
    return { ...incoming, events, attempts, status: existing.status, statusAt: existing.statusAt };
  }
  const times = [incoming.statusAt, incoming.status === existing.status ? existing.statusAt : undefined];
  const statusAt = times.filter((at) => at !== undefined).sort((a, b) => b.getTime() - a.getTime())[0];
  // The shop's first word of a delivery is the best record of when it happened; the return window hangs on it.
  const heard =
    incoming.status === 'delivered' && existing.status !== 'delivered' && !lastIs(incoming) ? now : statusAt;
  const merged: Shipment = { ...incoming, events, attempts };
  if (heard) merged.statusAt = heard;
  return merged;
}

function lastIs(shipment: Shipment): boolean {
  return shipment.events.some((event) => event.status === shipment.status);
}

function mergeShipments(existing: Order, incoming: Shipment[], now: Date): Shipment[] {
  const matched = new Set<Shipment>();
  const merged = incoming.map((one) => {
    const before = existing.shipments.find(
      (s) => s.id === one.id || (s.trackingNumber !== undefined && s.trackingNumber === one.trackingNumber),
    );
    if (before) matched.add(before);
    return before ? mergeShipment(before, one, now) : one;
  });
  // A parcel the carrier has spoken of, or that somebody asked something of, exists even if the shop leaves it out.
  const kept = existing.shipments.filter(
    (s) => !matched.has(s) && (fromCarrier(s) || existing.requests.some((r) => r.shipmentId === s.id)),
  );
  return [...merged, ...kept];
}

/** The shop's address with the corrections that are in force. */
function corrected(existing: Order, shop: Address): Address {
  return existing.requests
    .filter((r) => r.type === 'address_change' && r.address)
    .filter(
      (r) =>
        r.state === 'accepted' ||
        (r.shipmentId === undefined && (r.state === 'requested' || r.state === 'sent')),
    )
    .reduce((address, r) => (r.address ? copied(address, r.address, r.changedFields ?? []) : address), shop);
}

/**
 * The order after the shop sent its part again: requests, history, corrections in force and newer scans of the carrier stay. Answers
 * `existing` itself when nothing changes; otherwise the caller sets version and time.
 */
export function mergeShopOrder(existing: Order, incoming: ShopOrder, now: Date): Order {
  const { requests, history, version, updatedAt, newsAt, failedDueAt } = existing;
  if (existing.sourceAt && incoming.sourceAt && incoming.sourceAt < existing.sourceAt) return existing;
  const sourceAt = incoming.sourceAt ?? existing.sourceAt;
  const merged: Order = {
    ...incoming,
    shippingAddress: corrected(existing, incoming.shippingAddress),
    shipments: mergeShipments(existing, incoming.shipments, now),
    requests,
    history,
    ...(sourceAt ? { sourceAt } : {}),
    ...(newsAt ? { newsAt } : {}),
    ...(failedDueAt ? { failedDueAt } : {}),
    version,
    updatedAt,
  };
  if (sameContent(merged, existing)) return existing;
  const moved = !sameContent(merged.shippingAddress, existing.shippingAddress);
  const line: HistoryEntry = { at: now, what: 'updated', by: 'shop' };
  if (moved) line.detail = { before: existing.shippingAddress, after: merged.shippingAddress };
  return { ...merged, history: [...history, line] };
}
