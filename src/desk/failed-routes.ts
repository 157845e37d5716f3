import type { Router } from 'express';
import { z } from 'zod';
import type { Conversation } from '../core/conversation';
import type { Order } from '../core/order';
import { failedDeliveries } from '../support/failed-delivery';
import { failureReason } from '../support/failure-reasons';
import { lastWatching } from '../support/notices';
import { failedAttempt } from '../support/order-state';
import type { DeskDeps } from './deps';
import { orderWire, requestWire } from './order-view';
import { read } from './problem';
import type { FailedDeliveryWire } from './wire';

const query = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(600).optional(),
});

function linesOf(
  order: Order,
  talk: Conversation | undefined,
  deps: DeskDeps,
  now: Date,
): FailedDeliveryWire[] {
  const { rules } = deps;
  const whole = orderWire(order, now, rules.timeZone);
  return failedDeliveries(order, rules).map((failure) => {
    const { shipment, attempt, since, remindAt, personAt, answerBy, answer, disputed } = failure;
    const asked = answer?.conversation ?? talk?.key;
    return {
      orderNumber: order.orderNumber,
      customer: order.customer.name,
      shipmentId: shipment.id,
      carrier: shipment.carrier,
      trackingNumber: shipment.trackingNumber,
      reason: failureReason(failedAttempt(shipment)?.note),
      attempt,
      attempts: rules.policy.failedDelivery.attempts,
      since: since.toISOString(),
      lateAt: remindAt.toISOString(),
      urgentAt: personAt.toISOString(),
      answerBy: answerBy.toISOString(),
      ...(answer ? { answer: requestWire(answer, order) } : {}),
      disputed,
      ...(asked ? { conversation: { key: asked, owner: talk?.owner ?? 'bot' } } : {}),
      order: whole,
    };
  });
}

/** The list of parcels that were not handed over, the longest wait first. */
export function failedRoutes(router: Router, deps: DeskDeps): void {
  router.get('/failed-deliveries', async (req, res) => {
    const page = await deps.orders.listFailed(read(query, req.query));
    const now = deps.clock.now();
    const numbers = page.items.map(({ orderNumber }) => orderNumber);
    const talks = numbers.length > 0 ? await deps.conversations.watching(numbers) : [];
    const items = page.items.flatMap((order) =>
      linesOf(order, lastWatching(talks, order.orderNumber, now), deps, now),
    );
    res.json({ items, nextCursor: page.nextCursor });
  });
}
