import { json, Router, type RequestHandler } from 'express';
import type { Clock } from '../../core/clock';
import { AppError } from '../../core/errors';
import type { Order, ShopOrder } from '../../core/order';
import type { OrderStore } from '../../core/order-store';
import { importOrders } from './import';

/** How an order is read from and written as JSON (contract section 4). */
export interface OrderWire {
  /** Throws `invalid_input` with every bad field. */
  read(input: unknown): ShopOrder;
  write(order: Order): unknown;
}

/** One call's body. A wrong content type is no reason to refuse readable JSON. */
export const jsonBody: RequestHandler = json({ type: () => true, limit: '1mb', inflate: false });

/** A path parameter; Express has decoded it. */
export function param(req: { params: Record<string, string | string[] | undefined> }, name: string): string {
  return String(req.params[name] ?? '');
}

function withNumber(body: unknown, orderNumber: string): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const given = (body as { orderNumber?: unknown }).orderNumber;
  if (given === undefined) return { ...body, orderNumber };
  if (given === orderNumber) return body;
  throw new AppError('invalid_input', 'some fields are not acceptable', {
    fields: [{ field: 'orderNumber', message: 'must be the number in the address, or be left out' }],
  });
}

/** `/orders`: put, import and read orders. */
export function orderRoutes(options: { orders: OrderStore; wire: OrderWire; clock: Clock }): Router {
  const { orders, wire, clock } = options;
  const router = Router();
  router.post('/import', async (req, res) => {
    res.json(await importOrders(req, { orders, read: wire.read, clock }));
  });
  router
    .route('/:orderNumber')
    .get(async (req, res) => {
      const order = await orders.findByNumber(param(req, 'orderNumber'));
      if (!order) throw new AppError('not_found', 'there is no order of this number');
      res.json(wire.write(order));
    })
    .put(jsonBody, async (req, res) => {
      const incoming = wire.read(withNumber(req.body, param(req, 'orderNumber')));
      const { created, order } = await orders.put(incoming, clock.now());
      res.status(created ? 201 : 200).json(wire.write(order));
    });
  return router;
}
