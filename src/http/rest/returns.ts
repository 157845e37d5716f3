import { Router } from 'express';
import { AppError } from '../../core/errors';
import type { OrderStore } from '../../core/order-store';
import { returnToApi } from '../../support/order-api';
import { param } from './orders';
import { readWith } from './read';
import { returnsQuery } from './schemas';

/** `/returns`: what comes back, by order and state. */
export function returnRoutes(options: { orders: OrderStore }): Router {
  const router = Router();
  router.get('/', async (req, res) => {
    const { state, ...query } = readWith(returnsQuery, req.query);
    const page = await options.orders.listRequests({ ...query, type: 'return', states: state && [state] });
    res.json({
      items: page.items.map(({ order, request }) => returnToApi(order, request)),
      nextCursor: page.nextCursor,
    });
  });
  router.get('/:rma', async (req, res) => {
    const rma = param(req, 'rma');
    const order = await options.orders.findByRma(rma);
    const request = order?.requests.find((each) => each.return?.rma === rma);
    if (!order || !request) throw new AppError('not_found', 'there is no return of this number');
    res.json(returnToApi(order, request));
  });
  return router;
}
