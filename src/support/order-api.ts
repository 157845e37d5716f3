import type { HistoryEntry, Order, OrderRequest, Shipment } from '../core/order';
import { orderState } from './parcels';

function iso(at: Date): string {
  return at.toISOString();
}

/** Dates inside free detail become ISO text; the rest stays. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return iso(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

function shipmentToApi(shipment: Shipment) {
  return {
    ...shipment,
    statusAt: shipment.statusAt && iso(shipment.statusAt),
    events: shipment.events.map((event) => ({ ...event, at: iso(event.at) })),
  };
}

/** A return as the API tells of it. The refund account is masked. */
export function returnToApi(order: Order, request: OrderRequest) {
  const { rma, items, reason, resolution, exchangeFor, pickup, refundTo } = request.return ?? {};
  return {
    rma,
    orderNumber: order.orderNumber,
    state: request.state,
    items: items?.map(({ sku, quantity }) => ({ sku, quantity })),
    reason,
    resolution,
    exchangeFor,
    pickup,
    refundTo: refundTo && { kind: refundTo.kind, masked: refundTo.masked },
    at: iso(request.at),
  };
}

function requestToApi(order: Order, request: OrderRequest) {
  const { id, type, state, at, by, action, shipmentId, date, slot, address, phone, comments } = request;
  const back = request.return && returnToApi(order, request);
  return {
    id,
    type,
    state,
    date,
    slot,
    address,
    rma: request.return?.rma,
    at: iso(at),
    by,
    action,
    shipmentId,
    phone,
    comments,
    reference: request.reference,
    reason: request.reason,
    settledAt: request.settledAt && iso(request.settledAt),
    return: back && { ...back, rma: undefined, orderNumber: undefined, state: undefined, at: undefined },
  };
}

function historyToApi({ at, what, by, detail }: HistoryEntry) {
  return { at: iso(at), what, by, detail: plain(detail) as Record<string, unknown> | undefined };
}

/** The order as the API answers it: the shop's part with the effective address, what was asked for, and what happened. Times are ISO 8601 in UTC. */
export function orderToApi(order: Order) {
  return {
    orderNumber: order.orderNumber,
    placedAt: iso(order.placedAt),
    currency: order.currency,
    state: orderState(order),
    customer: order.customer,
    payment: order.payment,
    items: order.items,
    shippingAddress: order.shippingAddress,
    shipments: order.shipments.map(shipmentToApi),
    requests: order.requests.map((request) => requestToApi(order, request)),
    history: order.history.map(historyToApi),
    meta: order.meta,
    version: order.version,
    updatedAt: iso(order.updatedAt),
  };
}
