import { AppError } from '../core/errors';
import type { Order, OrderRequest } from '../core/order';
import type { OrderStore } from '../core/order-store';

/** Writers that lose a race read and decide again this often before giving up. */
const ATTEMPTS = 8;

/**
 * Changes one request inside its order. `decide` sees the request as stored now and answers what it shall be, or undefined to leave it.
 * Answers the order as written, or undefined when nothing was.
 */
export async function changeRequest(
  orders: Pick<OrderStore, 'findByNumber' | 'change'>,
  orderNumber: string,
  requestId: string,
  decide: (request: OrderRequest) => OrderRequest | undefined,
  now: Date,
): Promise<{ order: Order; request: OrderRequest } | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const order = await orders.findByNumber(orderNumber);
    const request = order?.requests.find((each) => each.id === requestId);
    const next = request && decide(request);
    if (!order || !next) return undefined;
    if ((await orders.change(orderNumber, order.version, { putRequest: next }, now)) === 'stored') {
      return { order, request: next };
    }
  }
  throw new AppError('conflict', 'the order kept changing while a request in it was written');
}
