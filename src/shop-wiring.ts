import type { ShopNews } from './core/carrier';
import type { Order } from './core/order';
import type { OrderStore } from './core/order-store';
import type { Decision } from './order-wiring';

/** What taking a shop's word needs. */
export interface ShopParts {
  orders: Pick<OrderStore, 'put' | 'findByNumber'>;
  settle(decision: Decision): Promise<boolean>;
}

/** The shop cancelled the order: whoever asked for that hears that it is done. */
async function settleCancel({ settle }: ShopParts, order: Order, now: Date): Promise<void> {
  const open = order.requests.filter(
    (request) => request.type === 'cancel' && (request.state === 'requested' || request.state === 'sent'),
  );
  for (const { id } of open) await settle({ requestId: id, answer: { status: 'accepted' }, by: 'shop', now });
}

/**
 * Takes what a shop's system tells of its orders. A whole order is created or replaced as by the API, unless a newer word came before;
 * a parcel alone is put into its order. A parcel of an order nobody told of changes nothing: the order brings its parcels along.
 */
export async function takeShopNews(
  parts: ShopParts,
  news: ShopNews,
  now: Date,
): Promise<'applied' | 'repeated' | 'unknown'> {
  const { orders } = parts;
  if ('order' in news) {
    const before = await orders.findByNumber(news.order.orderNumber);
    const { created, order } = await orders.put(news.order, now);
    if (news.cancelled) await settleCancel(parts, order, now);
    return created || before?.version !== order.version ? 'applied' : 'repeated';
  }
  const before = await orders.findByNumber(news.orderNumber);
  if (!before) return 'unknown';
  // Shops know their own order's parcels best: an older word about one is left to the order's own time.
  if (before.sourceAt && news.sourceAt < before.sourceAt) return 'repeated';
  const {
    requests: _requests,
    history: _history,
    version,
    updatedAt: _updatedAt,
    newsAt: _newsAt,
    failedDueAt: _failedDueAt,
    ...shop
  } = before;
  const known = before.shipments.some(({ id }) => id === news.shipment.id);
  const shipments = known
    ? before.shipments.map((one) =>
        one.id === news.shipment.id ? { ...one, ...news.shipment, events: one.events } : one,
      )
    : [...before.shipments.filter(({ id }) => id !== 'none'), news.shipment];
  const { order } = await orders.put({ ...shop, shipments }, now);
  return order.version === version ? 'repeated' : 'applied';
}
