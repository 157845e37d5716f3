import type { Router } from 'express';
import { z } from 'zod';
import { AppError } from '../core/errors';
import { REQUEST_STATES, type Order, type RequestState } from '../core/order';
import { RESOLUTIONS, RETURN_REASONS, SLOT_NAMES } from '../core/understanding';
import { param, who } from './access';
import { ordersOf } from './customer-orders';
import type { DeskDeps } from './deps';
import { orderWire, receiptWords, requestLineWire, requestWire } from './order-view';
import { read } from './problem';

const REQUEST_TYPES = ['reschedule', 'address_change', 'return', 'cancel'] as const;
const OPEN: readonly RequestState[] = ['requested', 'sent'];
const requestsQuery = z.object({
  state: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum(REQUEST_STATES)))
    .optional(),
  type: z.enum(REQUEST_TYPES).optional(),
  order: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(600).optional(),
});
const settlement = z
  .object({
    status: z.enum(['sent', 'accepted', 'rejected']),
    reference: z.string().trim().max(200).optional(),
    reason: z.string().trim().min(3, 'needs a few words').max(500).optional(),
  })
  .refine((value) => value.status !== 'rejected' || value.reason !== undefined, {
    path: ['reason'],
    message: 'is needed when the carrier says no: the customer is told',
  });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day like 2026-11-25');
const slot = z.enum(SLOT_NAMES);
const line = z.string().trim().min(1).max(200);
const action = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('reschedule'),
    shipmentId: z.string().max(100).optional(),
    date: day,
    slot: slot.optional(),
  }),
  z.object({
    type: z.literal('address_change'),
    shipmentId: z.string().max(100).optional(),
    changes: z
      .object({
        name: line,
        phone: z.string().regex(/^\+\d{8,15}$/, 'is not a number like +919811100001'),
        line1: line,
        line2: line,
        landmark: line,
        city: line,
        state: line,
        postalCode: line,
      })
      .partial()
      .strict(),
  }),
  z.object({
    type: z.literal('return'),
    items: z
      .array(z.object({ sku: z.string().max(200), quantity: z.int().min(1).max(999) }))
      .min(1, 'names no item')
      .max(50),
    reason: z.enum(RETURN_REASONS),
    resolution: z.enum(RESOLUTIONS),
    exchangeFor: line.optional(),
    pickup: z.object({ date: day.optional(), slot: slot.optional() }).optional(),
  }),
  z.object({ type: z.literal('cancel'), comments: z.string().trim().max(500).optional() }),
]);
const actionBody = z.object({ id: z.uuid(), conversation: z.string().max(600).optional(), action });

/** Orders beside a conversation, the list of requests, and the bot's actions for people. */
export function orderRoutes(router: Router, deps: DeskDeps): void {
  const { orders, clock, rules } = deps;

  async function existing(orderNumber: string): Promise<Order> {
    const found = await orders.findByNumber(orderNumber);
    if (!found) throw new AppError('not_found', 'there is no such order');
    return found;
  }

  router.get('/conversations/:key/orders', async (req, res) => {
    const conversation = await deps.conversations.get(param(req, 'key'));
    if (!conversation) throw new AppError('not_found', 'there is no such conversation');
    const found = await ordersOf(conversation, orders);
    res.json({ items: found.map((order) => orderWire(order, clock.now(), rules.timeZone)) });
  });

  router.get('/orders/:number', async (req, res) => {
    res.json(orderWire(await existing(param(req, 'number')), clock.now(), rules.timeZone));
  });

  router.get('/orders/:number/offers', async (req, res) => {
    const order = await existing(param(req, 'number'));
    if (!deps.orderActions) throw new AppError('not_found', 'actions on orders are not set up');
    res.json(deps.orderActions.offers(order, clock.now()));
  });

  router.post('/orders/:number/actions', async (req, res) => {
    const order = await existing(param(req, 'number'));
    if (!deps.orderActions) throw new AppError('not_found', 'actions on orders are not set up');
    const { id, conversation, action: asked } = read(actionBody, req.body);
    const { agent } = who(req);
    const actor = { id: agent.id, name: agent.name };
    if (conversation !== undefined && !(await deps.conversations.get(conversation))) {
      throw new AppError('not_found', 'there is no such conversation');
    }
    const now = clock.now();
    const request = await deps.orderActions.perform({ order, action: asked, actor, conversation, id, now });
    await deps.audit.record({
      at: now,
      actor: agent.id,
      action: `order_${asked.type}`,
      subject: order.orderNumber,
      detail: { request: request.id },
    });
    if (conversation !== undefined) {
      await deps.actions.note(
        conversation,
        actor,
        receiptWords(order.orderNumber, request),
        `receipt:${request.id}`,
      );
    }
    const fresh = await existing(order.orderNumber);
    res.status(201).json({
      request: requestWire(request, fresh),
      order: orderWire(fresh, clock.now(), rules.timeZone),
    });
  });

  router.get('/requests', async (req, res) => {
    const { state, type, order, limit, cursor } = read(requestsQuery, req.query);
    const page = await orders.listRequests({ states: state, type, orderNumber: order, limit, cursor });
    res.json({ items: page.items.map(requestLineWire), nextCursor: page.nextCursor });
  });

  router.post('/requests/:id/settle', async (req, res) => {
    const requestId = param(req, 'id');
    const { status, reference, reason } = read(settlement, req.body);
    const before = (await orders.findByRequest(requestId))?.requests.find((one) => one.id === requestId);
    if (!before) throw new AppError('not_found', 'there is no such request');
    if (!OPEN.includes(before.state))
      throw new AppError('conflict', `this request is ${before.state} already`);
    const { agent } = who(req);
    const now = clock.now();
    await deps.settle({ requestId, status, reference, reason, by: agent.id, now });
    await deps.audit.record({ at: now, actor: agent.id, action: `request_${status}`, subject: requestId });
    const order = await orders.findByRequest(requestId);
    const request = order?.requests.find((one) => one.id === requestId);
    if (!order || !request) throw new AppError('not_found', 'there is no such request');
    res.json(requestLineWire({ order, request }));
  });
}
