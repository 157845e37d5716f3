import type { HistoryEntry, Order, OrderRequest, Shipment } from '../core/order';
import { dayInWords, lateness, parcelSteps } from './progress';
import type { OrderWire, ParcelWire, RequestLineWire, RequestWire } from './wire';

const HISTORY_SHOWN = 50;

function iso(at: Date | undefined): string | undefined {
  return at?.toISOString();
}

/** A request as the desk shows it. The refund account stays masked; its sealed form never leaves the store. */
export function requestWire(request: OrderRequest, order: Order): RequestWire {
  const back = request.return;
  return {
    id: request.id,
    type: request.type,
    action: request.action,
    state: request.state,
    at: request.at.toISOString(),
    by: request.by,
    shipmentId: request.shipmentId,
    date: request.date,
    slot: request.slot,
    address: request.address,
    changedFields: request.changedFields,
    phone: request.phone,
    comments: request.comments,
    reference: request.reference,
    reason: request.reason,
    settledAt: iso(request.settledAt),
    conversation: request.conversation,
    ...(back
      ? {
          return: {
            rma: back.rma,
            items: back.items.map(({ sku, quantity }) => ({
              sku,
              quantity,
              name: order.items.find((item) => item.sku === sku)?.name ?? sku,
            })),
            reason: back.reason,
            resolution: back.resolution,
            exchangeFor: back.exchangeFor,
            ...(back.pickup ? { pickup: { date: back.pickup.date, slot: back.pickup.slot } } : {}),
            refundTo: back.refundTo?.masked,
            photos: back.photos?.length ?? 0,
          },
        }
      : {}),
  };
}

function parcelWire(order: Order, shipment: Shipment, now: Date, timeZone: string): ParcelWire {
  const inside = order.items.filter((item) => shipment.skus.includes(item.sku));
  return {
    id: shipment.id,
    carrier: shipment.carrier,
    trackingNumber: shipment.trackingNumber,
    // Only web addresses become links on the page.
    trackingUrl: /^https?:\/\//i.test(shipment.trackingUrl ?? '') ? shipment.trackingUrl : undefined,
    status: shipment.status,
    statusAt: iso(shipment.statusAt),
    items: inside.map(({ name, quantity }) => ({ name, quantity })),
    promisedBy: shipment.promisedBy,
    estimatedDelivery: shipment.estimatedDelivery,
    attempts: shipment.attempts,
    steps: parcelSteps(order, shipment),
    late: lateness(shipment, now, timeZone),
    events: [...shipment.events].reverse().map((event) => ({
      at: event.at.toISOString(),
      status: event.status,
      location: event.location,
      note: event.note,
    })),
  };
}

function withoutSealed(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(withoutSealed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === 'sealed' ? [] : [[key, withoutSealed(inner)]])),
  );
}

function historyWire({ at, what, by, detail }: HistoryEntry): OrderWire['history'][number] {
  return {
    at: at.toISOString(),
    what,
    by,
    ...(detail ? { detail: withoutSealed(detail) as Record<string, unknown> } : {}),
  };
}

/** A whole order for the desk. */
export function orderWire(order: Order, now: Date, timeZone: string): OrderWire {
  const parcels = order.shipments.map((shipment) => parcelWire(order, shipment, now, timeZone));
  return {
    orderNumber: order.orderNumber,
    placedAt: order.placedAt.toISOString(),
    currency: order.currency,
    customer: { name: order.customer.name, phone: order.customer.phone, email: order.customer.email },
    payment: order.payment,
    items: order.items.map(({ sku, name, quantity, unitPrice, returnable }) => ({
      sku,
      name,
      quantity,
      unitPrice,
      returnable,
    })),
    shippingAddress: order.shippingAddress,
    parcels: parcels.length > 0 ? parcels : [unpackedParcel(order)],
    requests: [...order.requests].reverse().map((request) => requestWire(request, order)),
    history: order.history.slice(-HISTORY_SHOWN).reverse().map(historyWire),
    version: order.version,
  };
}

function unpackedParcel(order: Order): ParcelWire {
  return {
    id: '',
    carrier: '',
    status: 'pending',
    items: order.items.map(({ name, quantity }) => ({ name, quantity })),
    attempts: 0,
    steps: parcelSteps(order, undefined),
    events: [],
  };
}

/** A line of the list of requests. */
export function requestLineWire({
  order,
  request,
}: {
  order: Order;
  request: OrderRequest;
}): RequestLineWire {
  const shipment = order.shipments.find((parcel) => parcel.id === request.shipmentId);
  return {
    orderNumber: order.orderNumber,
    customer: order.customer.name,
    carrier: shipment?.carrier,
    trackingNumber: shipment?.trackingNumber,
    request: requestWire(request, order),
  };
}

const ASKED: Record<OrderRequest['action'], string> = {
  reschedule: 'asked for delivery',
  reattempt: 'asked for another delivery attempt',
  update_address: 'asked for a corrected address',
  return_pickup: 'started a return',
  return_to_origin: 'asked for the parcel to come back',
  cancel: 'asked to cancel the order',
};

/** The receipt of an agent's action for the transcript: what was asked for and how it stands, read from the stored request. */
export function receiptWords(orderNumber: string, request: OrderRequest): string {
  const when = request.date
    ? ` on ${dayInWords(request.date)}${request.slot ? `, ${request.slot}` : ''}`
    : '';
  const rma = request.return ? ` (${request.return.rma})` : '';
  return `${orderNumber}: ${ASKED[request.action]}${when}${rma}. State: ${request.state}.`;
}
