import { Router } from 'express';
import { AppError } from '../../core/errors';
import type { Order, OrderRequest } from '../../core/order';
import type { OrderStore } from '../../core/order-store';
import { param } from './orders';
import { readWith } from './read';
import { returnsQuery } from './schemas';

/** A return as the API shows it; refund accounts and photos stay inside. */
export function returnWire(order: Order, request: OrderRequest) {
  const { rma, items, reason, resolution, pickup } = request.return ?? {};
  return { rma, orderNumber: order.orderNumber, state: request.state, items, reason, resolution, pickup };
}

/** `/returns`: what comes back, by order and state. */
export function returnRoutes(options: { orders: OrderStore }): Router {
  const router = Router();
  router.get('/', async (req, res) => {
    const { state, ...query } = readWith(returnsQuery, req.query);
    const page = await options.orders.listRequests({ ...query, type: 'return', states: state && [state] });
    res.json({
      items: page.items.map(({ order, request }) => returnWire(order, request)),
      nextCursor: page.nextCursor,
    });
  });
  router.get('/:rma', async (req, res) => {
    const rma = param(req, 'rma');
    const order = await options.orders.findByRma(rma);
    const request = order?.requests.find((each) => each.return?.rma === rma);
    if (!order || !request) throw new AppError('not_found', 'there is no return of this number');
    res.json(returnWire(order, request));
  });
  return router;
}
