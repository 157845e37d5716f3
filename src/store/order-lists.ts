import type { Connection, mongo } from 'mongoose';
import type { Order, OrderRequest } from '../core/order';
import type { OrderStore, Page } from '../core/order-store';
import { isUntold, toOrder, type OrderDocument } from './order-document';
import { decodeCursor, encodeCursor, pageSize } from './page';

/** Lists of orders and of requests inside them: for the desk, the API and the workers. */
export class OrderLists {
  constructor(private readonly connection: Connection) {}

  private get collection() {
    return this.connection.collection<OrderDocument>('orders');
  }

  /** See `OrderStore`. */
  async listRequests(
    filter: Parameters<OrderStore['listRequests']>[0],
  ): Promise<Page<{ order: Order; request: OrderRequest }>> {
    const limit = pageSize(filter.limit);
    const after = filter.cursor ? decodeCursor(filter.cursor, ['string'])[0] : undefined;
    const query: mongo.Filter<OrderDocument> = {
      ...(filter.orderNumber ? { _id: filter.orderNumber } : after ? { _id: { $gt: String(after) } } : {}),
      ...(filter.states
        ? { 'requests.state': { $in: filter.states } }
        : { 'requests.state': { $exists: true } }),
      ...(filter.type ? { 'requests.type': filter.type } : {}),
    };
    const found = await this.collection
      .find(query)
      .sort({ _id: 1 })
      .limit(limit + 1)
      .toArray();
    const items = found.slice(0, limit).flatMap((document) => {
      const order = toOrder(document);
      return order.requests
        .filter(
          (request) =>
            (!filter.states || filter.states.includes(request.state)) &&
            (!filter.type || request.type === filter.type),
        )
        .map((request) => ({ order, request }));
    });
    const last = found.slice(0, limit).at(-1);
    items.sort((a, b) => a.request.at.getTime() - b.request.at.getTime());
    return { items, nextCursor: found.length > limit && last ? encodeCursor([last._id]) : null };
  }

  async dueInstructions(now: Date, limit: number): Promise<{ order: Order; request: OrderRequest }[]> {
    const found = await this.collection
      .find({ dueAt: { $lte: now } })
      .limit(limit)
      .toArray();
    return found
      .map(toOrder)
      .flatMap((order) =>
        order.requests
          .filter((request) => request.dueAt && request.dueAt <= now)
          .map((request) => ({ order, request })),
      );
  }

  async untold(limit: number): Promise<{ order: Order; request: OrderRequest }[]> {
    const found = await this.collection.find({ untold: true }).limit(limit).toArray();
    return found
      .map(toOrder)
      .flatMap((order) =>
        order.requests.filter((request) => isUntold(request)).map((request) => ({ order, request })),
      );
  }

  async listFailed(filter: { limit?: number; cursor?: string }): Promise<Page<Order>> {
    const limit = pageSize(filter.limit);
    const after = filter.cursor ? decodeCursor(filter.cursor, ['number', 'string']) : undefined;
    const [at, id] = after ? [new Date(Number(after[0])), String(after[1])] : [];
    const query: mongo.Filter<OrderDocument> = at
      ? { $or: [{ failedAt: { $gt: at } }, { failedAt: at, _id: { $gt: id ?? '' } }] }
      : { failedAt: { $gt: new Date(0) } };
    const found = await this.collection
      .find(query)
      .sort({ failedAt: 1, _id: 1 })
      .limit(limit + 1)
      .toArray();
    const last = found.slice(0, limit).at(-1);
    return {
      items: found.slice(0, limit).map(toOrder),
      nextCursor:
        found.length > limit && last?.failedAt ? encodeCursor([last.failedAt.getTime(), last._id]) : null,
    };
  }

  async dueFailed(now: Date, limit: number): Promise<Order[]> {
    const found = await this.collection
      .find({ failedDueAt: { $lte: now } })
      .limit(limit)
      .toArray();
    return found.map(toOrder);
  }

  async setFailedDue(orderNumber: string, from: Date, to: Date | undefined): Promise<boolean> {
    const result = await this.collection.updateOne(
      { _id: orderNumber, failedDueAt: from },
      to ? { $set: { failedDueAt: to } } : { $unset: { failedDueAt: '' } },
    );
    return result.matchedCount === 1;
  }

  async news(now: Date, limit: number): Promise<{ orderNumber: string; newsAt: Date }[]> {
    const found = await this.collection
      .find({ newsAt: { $lte: now } }, { projection: { newsAt: 1 } })
      .limit(limit)
      .toArray();
    return found.flatMap(({ _id, newsAt }) => (newsAt ? [{ orderNumber: _id, newsAt }] : []));
  }

  async settleNews(settled: { orderNumber: string; newsAt: Date; again?: Date }[]): Promise<void> {
    if (settled.length === 0) return;
    await this.collection.bulkWrite(
      settled.map(({ orderNumber, newsAt, again }) => ({
        updateOne: {
          filter: { _id: orderNumber, newsAt },
          update: again ? { $set: { newsAt: again } } : { $unset: { newsAt: '' as const } },
        },
      })),
      { ordered: false },
    );
  }
}
