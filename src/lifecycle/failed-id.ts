import { createHash } from 'node:crypto';
import type { Order } from '../core/order';
import type { FailedDelivery } from '../support/failed-delivery';

/** A conversation, told apart in ids. These leave for providers and logs, so the customer is not in it. */
export function placeOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

/** Equal for one attempt in one conversation, whoever tells. */
export function failedId(
  what: 'remind' | 'person',
  order: Order,
  failure: FailedDelivery,
  key: string,
): string {
  return `${what}:${order.orderNumber}:${failure.shipment.id}:${failure.attempt}:${placeOf(key)}`;
}
