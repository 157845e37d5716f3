import type { Order, OrderRequest } from '../core/order';

/** An order as the collection holds it. */
export interface OrderDocument extends Order {
  _id: string;
  phones: string[];
  emails: string[];
  dueAt?: Date;
  untold?: boolean;
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

/** The order marked for those who asked about it, when its parcels are not where they were. */
export function withNews(before: Pick<Order, 'shipments'>, after: Order, now: Date): Order {
  return tellable(before) === tellable(after) ? after : { ...after, newsAt: now };
}

/** The order without what only the indexes need. */
export function toOrder({
  _id: _key,
  phones: _phones,
  emails: _emails,
  dueAt: _dueAt,
  untold: _untold,
  ...order
}: OrderDocument): Order {
  return order;
}

/** The order with the fields the indexes need, derived anew. */
export function toDocument(order: Order): OrderDocument {
  const due = order.requests.flatMap((request) => (request.dueAt ? [request.dueAt.getTime()] : []));
  const untold = order.requests.some((request) => isUntold(request));
  const email = order.customer.email?.toLowerCase();
  return {
    ...order,
    _id: order.orderNumber,
    phones: [...new Set([order.customer.phone, order.shippingAddress.phone])],
    emails: email ? [email] : [],
    ...(due.length > 0 ? { dueAt: new Date(Math.min(...due)) } : {}),
    ...(untold ? { untold: true } : {}),
  };
}
