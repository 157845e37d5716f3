import { createHash } from 'node:crypto';
import type { Order } from '../core/order';
import type { FailedDelivery } from '../support/failed-delivery';

/** Equal for one attempt in one conversation, whoever tells; ids leave for providers and logs, so the customer is not in it. */
export function failedId(
  what: 'remind' | 'person',
  order: Order,
  failure: FailedDelivery,
  key: string,
): string {
  const where = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return `${what}:${order.orderNumber}:${failure.shipment.id}:${failure.attempt}:${where}`;
}
