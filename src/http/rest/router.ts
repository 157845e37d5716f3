import { Router } from 'express';
import type { Clock } from '../../core/clock';
import type { OrderStore } from '../../core/order-store';
import type { ConversationActions, Conversations } from '../../core/stream';
import type { SummarySource } from '../../core/summary';
import { requireBearer } from '../bearer';
import { conversationRoutes } from './conversations';
import { describeApi } from './openapi';
import { orderRoutes, type OrderWire } from './orders';
import { returnRoutes } from './returns';
import { summaryRoutes } from './summary';

/** What the REST API reads and changes. */
export interface RestOptions {
  apiKey: string;
  publicUrl: string;
  timeZone: string;
  clock: Clock;
  orders: OrderStore;
  orderWire: OrderWire;
  conversations: Conversations;
  actions: ConversationActions;
  summary: SummarySource;
}

/** `/api/v1`. Every call needs the key; calls with it are never limited. Without an `API_KEY` this router is not made at all. */
export function restRouter(options: RestOptions): Router {
  const router = Router();
  router.use(requireBearer(options.apiKey));
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  const description = describeApi(options.publicUrl);
  router.get('/openapi.json', (_req, res) => {
    res.json(description);
  });
  router.use('/orders', orderRoutes({ ...options, wire: options.orderWire }));
  router.use('/returns', returnRoutes(options));
  router.use('/conversations', conversationRoutes(options));
  router.use('/metrics', summaryRoutes(options));
  return router;
}
