import type { Connection, mongo } from 'mongoose';
import { AppError } from '../core/errors';
import type { Order, OrderRequest, Shipment, ShipmentEvent, ShopOrder } from '../core/order';
import type { OrderChange, OrderStore, Page } from '../core/order-store';
import { isDuplicateKey } from './batch';
import { decodeCursor, encodeCursor, pageSize } from './page';

interface OrderDocument extends Order {
  _id: string;
  phones: string[];
  emails: string[];
  dueAt?: Date;
  untold?: boolean;
}

/** Pure rules the store applies while writing; handed in, since the store knows no rules of its own. */
export interface OrderRules {
  mergeShopOrder(existing: Order, incoming: ShopOrder, now: Date): Order;
  advanceShipment(
    shipment: Shipment,
    event: ShipmentEvent,
  ): { shipment: Shipment; changed: 'applied' | 'kept' | 'repeated' };
}

/** Writers that lose a race read and decide again this often before giving up. */
const ATTEMPTS = 8;
const SETTLED = new Set(['accepted', 'rejected']);

function toOrder({
  _id: _key,
  phones: _phones,
  emails: _emails,
  dueAt: _dueAt,
  untold: _untold,
  ...order
}: OrderDocument): Order {
  return order;
}

function toDocument(order: Order): OrderDocument {
  const due = order.requests.flatMap((request) => (request.dueAt ? [request.dueAt.getTime()] : []));
  const untold = order.requests.some(
    (request) => SETTLED.has(request.state) && !request.told && request.conversation,
  );
  const email = order.customer.email?.toLowerCase();
  return {
    ...order,
    _id: order.orderNumber,
    phones: [...new Set([order.customer.phone, order.shippingAddress.phone])],
    emails: email ? [email] : [],
    ...(due.length > 0 ? { dueAt: new Date(Math.min(...due)) } : {}),
    ...(untold ? { untold: true } : {}),
  };
}

/** Orders. A write replaces the whole document, conditional on the version that was read. */
export class MongoOrderStore implements OrderStore {
  constructor(
    private readonly connection: Connection,
    private readonly rules: OrderRules,
  ) {}

  private get collection() {
    return this.connection.collection<OrderDocument>('orders');
  }

  private async findOne(filter: mongo.Filter<OrderDocument>): Promise<Order | undefined> {
    const found = await this.collection.findOne(filter);
    return found ? toOrder(found) : undefined;
  }

  findByNumber(orderNumber: string): Promise<Order | undefined> {
    return this.findOne({ _id: orderNumber });
  }

  async findByPhone(phone: string, limit = 20): Promise<Order[]> {
    return (await this.collection.find({ phones: phone }).sort({ placedAt: -1 }).limit(limit).toArray()).map(
      toOrder,
    );
  }

  async findByEmail(email: string, limit = 20): Promise<Order[]> {
    return (
      await this.collection
        .find({ emails: email.toLowerCase() })
        .sort({ placedAt: -1 })
        .limit(limit)
        .toArray()
    ).map(toOrder);
  }

  findByTracking(trackingNumber: string): Promise<Order | undefined> {
    return this.findOne({ 'shipments.trackingNumber': trackingNumber });
  }

  findByRequest(requestId: string): Promise<Order | undefined> {
    return this.findOne({ 'requests.id': requestId });
  }

  findByRma(rma: string): Promise<Order | undefined> {
    return this.findOne({ 'requests.return.rma': rma });
  }

  async change(
    orderNumber: string,
    version: number,
    change: OrderChange,
    now: Date,
  ): Promise<'stored' | 'conflict'> {
    const order = await this.findByNumber(orderNumber);
    if (!order) throw new AppError('not_found', 'there is no such order');
    if (order.version !== version) return 'conflict';
    return (await this.replace(applyChange(order, change, now), version)) ? 'stored' : 'conflict';
  }

  private async replace(order: Order, version: number): Promise<boolean> {
    const result = await this.collection.replaceOne(
      { _id: order.orderNumber, version },
      toDocument({ ...order, version: version + 1 }),
    );
    return result.modifiedCount === 1;
  }

  async put(incoming: ShopOrder, now: Date): Promise<{ created: boolean; order: Order }> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const existing = await this.findByNumber(incoming.orderNumber);
      if (!existing) {
        const order = firstVersion(incoming, now);
        try {
          await this.collection.insertOne(toDocument(order));
          return { created: true, order };
        } catch (error) {
          if (isDuplicateKey(error)) continue;
          throw error;
        }
      }
      const merged = this.rules.mergeShopOrder(existing, incoming, now);
      if (merged === existing) return { created: false, order: existing };
      if (await this.replace({ ...merged, updatedAt: now }, existing.version)) {
        return { created: false, order: { ...merged, updatedAt: now, version: existing.version + 1 } };
      }
    }
    throw new AppError('conflict', 'the order kept changing while it was written');
  }

  async putMany(
    orders: ShopOrder[],
    now: Date,
  ): Promise<{ orderNumber: string; created: boolean; error?: string }[]> {
    const existing = new Set(
      (
        await this.collection
          .find({ _id: { $in: orders.map((order) => order.orderNumber) } }, { projection: { _id: 1 } })
          .toArray()
      ).map((found) => found._id),
    );
    const fresh = new Map<string, ShopOrder>();
    for (const order of orders)
      if (!existing.has(order.orderNumber) && !fresh.has(order.orderNumber))
        fresh.set(order.orderNumber, order);
    const lost = await this.insertFresh([...fresh.values()], now);
    const results: { orderNumber: string; created: boolean; error?: string }[] = [];
    for (const order of orders) {
      const isFresh = fresh.get(order.orderNumber) === order && !lost.has(order.orderNumber);
      if (isFresh) results.push({ orderNumber: order.orderNumber, created: true });
      else results.push({ orderNumber: order.orderNumber, created: (await this.put(order, now)).created });
    }
    return results;
  }

  /** Inserts new orders together; answers those somebody else inserted meanwhile. */
  private async insertFresh(orders: ShopOrder[], now: Date): Promise<Set<string>> {
    if (orders.length === 0) return new Set();
    try {
      await this.collection.insertMany(
        orders.map((order) => toDocument(firstVersion(order, now))),
        { ordered: false },
      );
      return new Set();
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const stored = await this.collection
        .find(
          { _id: { $in: orders.map((order) => order.orderNumber) }, updatedAt: { $ne: now } },
          { projection: { _id: 1 } },
        )
        .toArray();
      return new Set(stored.map((found) => found._id));
    }
  }

  async recordScan(
    trackingNumber: string,
    event: ShipmentEvent,
    now: Date,
  ): Promise<'applied' | 'kept' | 'repeated' | 'unknown'> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const order = await this.findByTracking(trackingNumber);
      const before = order?.shipments.find((shipment) => shipment.trackingNumber === trackingNumber);
      if (!order || !before) return 'unknown';
      const { shipment, changed } = this.rules.advanceShipment(before, event);
      if (changed === 'repeated') return changed;
      const next: Order = {
        ...order,
        shipments: order.shipments.map((each) => (each === before ? shipment : each)),
        history: [
          ...order.history,
          {
            at: now,
            what: 'shipment',
            by: event.source ?? 'carrier',
            detail: { shipmentId: shipment.id, status: event.status, at: event.at },
          },
        ],
        updatedAt: now,
      };
      if (await this.replace(next, order.version)) return changed;
    }
    throw new AppError('conflict', 'the order kept changing while a scan was written');
  }

  async listRequests(
    filter: Parameters<OrderStore['listRequests']>[0],
  ): Promise<Page<{ order: Order; request: OrderRequest }>> {
    const limit = pageSize(filter.limit);
    const after = filter.cursor ? decodeCursor(filter.cursor, 1)[0] : undefined;
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
        order.requests
          .filter((request) => SETTLED.has(request.state) && !request.told && request.conversation)
          .map((request) => ({ order, request })),
      );
  }

  async list(filter: { search?: string; limit?: number; cursor?: string }): Promise<Page<Order>> {
    const limit = pageSize(filter.limit);
    const term = filter.search?.trim();
    const byPhone = term && /^\+?\d{7,15}$/.test(term);
    const after = filter.cursor ? decodeCursor(filter.cursor, 1)[0] : undefined;
    const query: mongo.Filter<OrderDocument> = {
      ...(term
        ? byPhone
          ? { phones: term.startsWith('+') ? term : `+${term}` }
          : { _id: { $gte: term, $lt: `${term}\uffff` } }
        : {}),
      ...(after !== undefined ? { placedAt: { $lt: new Date(Number(after)) } } : {}),
    };
    const found = await this.collection
      .find(query)
      .sort({ placedAt: -1 })
      .limit(limit + 1)
      .toArray();
    const last = found.slice(0, limit).at(-1);
    return {
      items: found.slice(0, limit).map(toOrder),
      nextCursor: found.length > limit && last ? encodeCursor([last.placedAt.getTime()]) : null,
    };
  }

  count(): Promise<number> {
    return this.collection.estimatedDocumentCount();
  }
}

function firstVersion(order: ShopOrder, now: Date): Order {
  return {
    ...order,
    requests: [],
    history: [{ at: now, what: 'created', by: 'shop' }],
    version: 1,
    updatedAt: now,
  };
}

/** What an order looks like after a change; nothing that the change does not name is touched. */
function applyChange(order: Order, change: OrderChange, now: Date): Order {
  const requests = change.putRequest
    ? order.requests.map((request) => (request.id === change.putRequest?.id ? change.putRequest : request))
    : order.requests;
  return {
    ...order,
    ...change.set,
    requests: change.addRequest ? [...requests, change.addRequest] : requests,
    history: [...order.history, ...(change.history ?? [])],
    updatedAt: now,
  };
}
