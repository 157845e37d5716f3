import type {
  Address,
  Order,
  OrderState,
  RefundAccount,
  RequestState,
  RequestType,
  ShipmentEvent,
  ShipmentStatus,
} from '../core/order';
import type { ProofLevel } from '../core/proof';
import type { Resolution, ReturnReason, SlotName } from '../core/understanding';
import type { Day } from '../core/zone';
import { codDue, orderState, publicNote } from './parcels';

/** The lowest level at which each field of an order may be shown; `never` is for the product alone. What is not listed is not shown. */
export const FIELD_LEVELS = {
  orderNumber: 1,
  placedAt: 1,
  currency: 1,
  state: 1,
  codDue: 1,
  'payment.method': 1,
  'payment.status': 1,
  'items.sku': 1,
  'items.name': 1,
  'items.quantity': 1,
  'items.category': 1,
  'items.returnable': 1,
  shipments: 1,
  requests: 1,
  'requests.return': 1,
  customer: 2,
  'payment.total': 2,
  'items.unitPrice': 2,
  shippingAddress: 2,
  'requests.address': 2,
  'requests.phone': 2,
  'requests.return.refundTo.masked': 2,
  'requests.return.refundTo.sealed': 'never',
  'requests.return.photos': 'never',
  'requests.comments': 'never',
  history: 'never',
  meta: 'never',
} as const satisfies Record<string, ProofLevel | 'never'>;

/** A request as the customer may see it. */
export interface VisibleRequest {
  id: string;
  type: RequestType;
  state: RequestState;
  at: Date;
  shipmentId?: string;
  date?: Day;
  slot?: SlotName;
  return?: {
    rma: string;
    items: { sku: string; quantity: number }[];
    reason: ReturnReason;
    resolution: Resolution;
    exchangeFor?: string;
    pickup?: { date?: Day; slot?: SlotName };
    /** Level 2. */
    refundTo?: Pick<RefundAccount, 'kind' | 'masked'>;
  };
  /** Level 2. */
  address?: Address;
  /** Level 2. */
  phone?: string;
}

/** An order cut down to what a proof level may see. Fields of level 2 are absent at level 1. */
export interface VisibleOrder {
  orderNumber: string;
  placedAt: Date;
  currency: string;
  state: OrderState;
  codDue?: string;
  payment: { method: 'prepaid' | 'cod'; status: Order['payment']['status']; total?: string };
  items: {
    sku: string;
    name: string;
    quantity: number;
    category?: string;
    returnable: boolean;
    unitPrice?: string;
  }[];
  shipments: {
    id: string;
    carrier: string;
    trackingNumber?: string;
    trackingUrl?: string;
    status: ShipmentStatus;
    skus: string[];
    promisedBy?: Day;
    estimatedDelivery?: Day;
    attempts: number;
    events: Pick<ShipmentEvent, 'at' | 'status' | 'location' | 'note'>[];
  }[];
  requests: VisibleRequest[];
  customer?: Order['customer'];
  shippingAddress?: Address;
}

function requestAt(request: Order['requests'][number], proved: boolean): VisibleRequest {
  const { id, type, state, at, shipmentId, date, slot, address, phone } = request;
  const visible: VisibleRequest = { id, type, state, at, shipmentId, date, slot };
  if (proved && address) visible.address = address;
  if (proved && phone) visible.phone = phone;
  if (!request.return) return visible;
  const { rma, items, reason, resolution, exchangeFor, pickup, refundTo } = request.return;
  visible.return = { rma, items, reason, resolution, exchangeFor };
  if (pickup) visible.return.pickup = { date: pickup.date, slot: pickup.slot };
  if (proved && refundTo) visible.return.refundTo = { kind: refundTo.kind, masked: refundTo.masked };
  return visible;
}

function shipmentAt(shipment: Order['shipments'][number]): VisibleOrder['shipments'][number] {
  const { id, carrier, trackingNumber, trackingUrl, status, skus, promisedBy, estimatedDelivery, attempts } =
    shipment;
  const events = shipment.events.map(({ at, status: seen, location, note }) => ({
    at,
    status: seen,
    location,
    note: publicNote(note),
  }));
  return {
    id,
    carrier,
    trackingNumber,
    trackingUrl,
    status,
    skus,
    promisedBy,
    estimatedDelivery,
    attempts,
    events,
  };
}

/** What a proof level may see of an order; nothing at level 0, not even that it exists. */
export function visibleOrder(order: Order, level: ProofLevel): VisibleOrder | undefined {
  if (level < 1) return undefined;
  const proved = level >= 2;
  const { method, status, total } = order.payment;
  return {
    orderNumber: order.orderNumber,
    placedAt: order.placedAt,
    currency: order.currency,
    state: orderState(order),
    codDue: codDue(order),
    payment: { method, status, ...(proved ? { total } : {}) },
    items: order.items.map(({ unitPrice, ...item }) => ({ ...item, ...(proved ? { unitPrice } : {}) })),
    shipments: order.shipments.map(shipmentAt),
    requests: order.requests.map((request) => requestAt(request, proved)),
    ...(proved ? { customer: order.customer, shippingAddress: order.shippingAddress } : {}),
  };
}
