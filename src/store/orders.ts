import type { Connection, mongo } from 'mongoose';
import { AppError } from '../core/errors';
import type { Order, Shipment, ShipmentEvent, ShopOrder } from '../core/order';
import type { OrderChange, OrderStore } from '../core/order-store';
import { isDuplicateKey } from './batch';
import { CarrierEventStore } from './carrier-events';
import {
  applyChange,
  firstVersion,
  toDocument,
  toOrder,
  withNews,
  type OrderDocument,
} from './order-document';
import { OrderLists } from './order-lists';
import { OrdersByPhone } from './orders-by-phone';

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
/** Orders. A write replaces the whole document, conditional on the version that was read. */
export class MongoOrderStore implements OrderStore {
  private readonly lists: OrderLists;
  private readonly byPhone: OrdersByPhone;
  private readonly carrierEvents: CarrierEventStore;

  constructor(
    private readonly connection: Connection,
    private readonly rules: OrderRules,
  ) {
    this.lists = new OrderLists(connection);
    this.byPhone = new OrdersByPhone(connection);
    this.carrierEvents = new CarrierEventStore(connection);
  }

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

  findByPhone(phone: string, limit = 20): Promise<Order[]> {
    return this.byPhone.find(phone, limit);
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
          const scanned = await this.addEarlyScans([order], now);
          return { created: true, order: (scanned && (await this.findByNumber(order.orderNumber))) || order };
        } catch (error) {
          if (isDuplicateKey(error)) continue;
          throw error;
        }
      }
      const merged = this.rules.mergeShopOrder(existing, incoming, now);
      if (merged === existing) return { created: false, order: existing };
      const next = withNews(existing, { ...merged, updatedAt: now }, now);
      if (await this.replace(next, existing.version)) {
        if (await this.addEarlyScans([next], now)) continue;
        return { created: false, order: { ...next, version: existing.version + 1 } };
      }
    }
    throw new AppError('conflict', 'the order kept changing while it was written');
  }

  async putMany(
    orders: ShopOrder[],
    now: Date,
  ): Promise<{ orderNumber: string; created: boolean; error?: string }[]> {
    const numbers = [...new Set(orders.map((order) => order.orderNumber))];
    const found = await this.collection.find({ _id: { $in: numbers } }).toArray();
    const existing = new Map(found.map((document) => [document._id, toOrder(document)]));
    const first = new Map<string, ShopOrder>();
    for (const order of orders) if (!first.has(order.orderNumber)) first.set(order.orderNumber, order);
    const fresh = [...first.values()].filter((order) => !existing.has(order.orderNumber));
    const lost = await this.insertFresh(fresh, now);
    const merged = await this.mergeTogether([...first.values()], existing, now);
    await this.addEarlyScans(
      [...fresh, ...merged.changed].filter((order) => !lost.has(order.orderNumber)),
      now,
    );
    const results: { orderNumber: string; created: boolean; error?: string }[] = [];
    for (const order of orders) {
      const { orderNumber } = order;
      const isFirst = first.get(orderNumber) === order;
      if (isFirst && !existing.has(orderNumber) && !lost.has(orderNumber))
        results.push({ orderNumber, created: true });
      else if (isFirst && merged.settled.has(orderNumber)) results.push({ orderNumber, created: false });
      else results.push({ orderNumber, created: (await this.put(order, now)).created });
    }
    return results;
  }

  /** Merges orders that exist already in one round trip; answers those it settled, the others lost a race. */
  private async mergeTogether(
    orders: ShopOrder[],
    existing: Map<string, Order>,
    now: Date,
  ): Promise<{ settled: Set<string>; changed: Order[] }> {
    const settled = new Set<string>();
    const changed: Order[] = [];
    const writes = orders.flatMap((order) => {
      const before = existing.get(order.orderNumber);
      if (!before) return [];
      const merged = this.rules.mergeShopOrder(before, order, now);
      settled.add(order.orderNumber);
      if (merged === before) return [];
      const next = { ...merged, updatedAt: now, version: before.version + 1 };
      changed.push(merged);
      const replacement = toDocument(withNews(before, next, now));
      return [{ replaceOne: { filter: { _id: order.orderNumber, version: before.version }, replacement } }];
    });
    if (writes.length === 0) return { settled, changed };
    const result = await this.collection.bulkWrite(writes, { ordered: false });
    // Which one lost is not said, so all are looked at again, one by one; putting an order twice changes nothing.
    if (result.matchedCount < writes.length)
      for (const { replaceOne } of writes) settled.delete(replaceOne.filter._id);
    return { settled, changed };
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

  /** Puts scans that came before their order where they belong; true when there were some. */
  private async addEarlyScans(orders: Pick<Order, 'shipments'>[], now: Date): Promise<boolean> {
    const numbers = orders.flatMap((order) =>
      order.shipments.flatMap(({ trackingNumber }) => trackingNumber ?? []),
    );
    const early = await this.carrierEvents.early(numbers);
    for (const { trackingNumber, event } of early) await this.applyScan(trackingNumber, event, now);
    await this.carrierEvents.forget(early.map(({ id }) => id));
    return early.length > 0;
  }

  async recordScan(
    trackingNumber: string,
    event: ShipmentEvent,
    now: Date,
  ): Promise<'applied' | 'kept' | 'repeated' | 'unknown'> {
    const outcome = await this.applyScan(trackingNumber, event, now);
    if (outcome !== 'unknown') return outcome;
    await this.carrierEvents.keepEarly(trackingNumber, event, now);
    // The order may have come between looking and keeping.
    return this.applyScan(trackingNumber, event, now);
  }

  private async applyScan(
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
      if (await this.replace(withNews(order, next, now), order.version)) return changed;
    }
    throw new AppError('conflict', 'the order kept changing while a scan was written');
  }

  listRequests(filter: Parameters<OrderStore['listRequests']>[0]): ReturnType<OrderStore['listRequests']> {
    return this.lists.listRequests(filter);
  }

  dueInstructions(now: Date, limit: number): ReturnType<OrderStore['dueInstructions']> {
    return this.lists.dueInstructions(now, limit);
  }

  untold(limit: number): ReturnType<OrderStore['untold']> {
    return this.lists.untold(limit);
  }

  listFailed(filter: { limit?: number; cursor?: string }): ReturnType<OrderStore['listFailed']> {
    return this.lists.listFailed(filter);
  }

  dueFailed(now: Date, limit: number): Promise<Order[]> {
    return this.lists.dueFailed(now, limit);
  }

  setFailedDue(orderNumber: string, from: Date, to: Date | undefined): Promise<boolean> {
    return this.lists.setFailedDue(orderNumber, from, to);
  }

  news(now: Date, limit: number): ReturnType<OrderStore['news']> {
    return this.lists.news(now, limit);
  }

  settleNews(settled: { orderNumber: string; newsAt: Date; again?: Date }[]): Promise<void> {
    return this.lists.settleNews(settled);
  }
}
