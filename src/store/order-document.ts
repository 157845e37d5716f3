import type { Order, OrderRequest, ShopOrder } from '../core/order';
import type { OrderChange } from '../core/order-store';
import { failedSince } from '../support/failed-delivery';

/** An order as the collection holds it. */
export interface OrderDocument extends Order {
  _id: string;
  phones: string[];
  emails: string[];
  dueAt?: Date;
  untold?: boolean;
  /** Since when a parcel waits after a failed attempt. */
  failedAt?: Date;
}

const SETTLED = new Set(['accepted', 'rejected']);

/** Decided, and the customer who asked has not been told. */
export function isUntold(request: OrderRequest): boolean {
  return SETTLED.has(request.state) && !request.told && request.conversation !== undefined;
}

function tellable({ shipments }: Pick<Order, 'shipments'>): string {
  return JSON.stringify(
    shipments.map(({ id, status, attempts, estimatedDelivery, promisedBy }) => [
      id,
      status,
      attempts,
      estimatedDelivery,
      promisedBy,
    ]),
  );
}

/** The order marked for those who asked about it, and for who looks after failed deliveries, when its parcels are not where they were. */
export function withNews(before: Pick<Order, 'shipments'>, after: Order, now: Date): Order {
  if (tellable(before) === tellable(after)) return after;
  return { ...after, newsAt: now, ...(failedSince(after) ? { failedDueAt: now } : {}) };
}

/** The order without what only the indexes need. */
export function toOrder({
  _id: _key,
  phones: _phones,
  emails: _emails,
  dueAt: _dueAt,
  untold: _untold,
  failedAt: _failedAt,
  ...order
}: OrderDocument): Order {
  return order;
}

/** The order with the fields the indexes need, derived anew. */
export function toDocument(order: Order): OrderDocument {
  const due = order.requests.flatMap((request) => (request.dueAt ? [request.dueAt.getTime()] : []));
  const untold = order.requests.some((request) => isUntold(request));
  const failedAt = failedSince(order);
  const email = order.customer.email?.toLowerCase();
  return {
    ...order,
    _id: order.orderNumber,
    phones: [...new Set([order.customer.phone, order.shippingAddress.phone])].filter(Boolean),
    emails: email ? [email] : [],
    ...(due.length > 0 ? { dueAt: new Date(Math.min(...due)) } : {}),
    ...(untold ? { untold: true } : {}),
    ...(failedAt ? { failedAt } : {}),
  };
}

/** An order nobody has written before. */
export function firstVersion(order: ShopOrder, now: Date): Order {
  const first: Order = {
    ...order,
    requests: [],
    history: [{ at: now, what: 'created', by: 'shop' }],
    version: 1,
    updatedAt: now,
  };
  return failedSince(first) ? { ...first, failedDueAt: now } : first;
}

/** What an order looks like after a change; nothing that the change does not name is touched. */
export function applyChange(order: Order, change: OrderChange, now: Date): Order {
  const requests = change.putRequest
    ? order.requests.map((request) => (request.id === change.putRequest?.id ? change.putRequest : request))
    : order.requests;
  return {
    ...order,
    ...change.set,
    requests: change.addRequest ? [...requests, change.addRequest] : requests,
    history: [...order.history, ...(change.history ?? [])],
    updatedAt: now,
  };
}
