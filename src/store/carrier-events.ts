import type { Connection } from 'mongoose';
import type { UnreadKind } from '../core/carrier';
import type { ShipmentEvent } from '../core/order';
import { isDuplicateKey } from './batch';
import { carrierEventSchema } from '../../models/carrier-event';

interface Stored {
  _id: string;
  trackingNumber?: string;
  event?: ShipmentEvent;
  door?: string;
  kind?: string;
  count?: number;
  firstAt?: Date;
  lastAt?: Date;
  expireAt?: Date;
}

const DAY_MS = 86_400_000;
/** Longer than any provider repeats a webhook. */
const SEEN_DAYS = 8;
/** A parcel is scanned before its order is told of by hours, seldom by days. */
const EARLY_DAYS = 14;
/** Kinds counted apart; everything further of a door is counted as one, so that nobody can fill the store with names. */
const KINDS_MAX = 200;

/** Deliveries dealt with, scans that came before their order, kinds nobody reads. */
export class CarrierEventStore {
  constructor(private readonly connection: Connection) {
    if (!connection.modelNames().includes('CarrierEvent'))
      connection.model('CarrierEvent', carrierEventSchema);
  }

  private get collection() {
    return this.connection.collection<Stored>('carrier_events');
  }

  /** True when this delivery was dealt with before. */
  async seen(door: string, id: string): Promise<boolean> {
    return (await this.collection.findOne({ _id: `seen:${door}:${id}` })) !== null;
  }

  /** This delivery has taken effect; repeats change nothing. */
  async remember(door: string, id: string, now: Date): Promise<void> {
    const expireAt = new Date(now.getTime() + SEEN_DAYS * DAY_MS);
    await this.insert({ _id: `seen:${door}:${id}`, expireAt });
  }

  /** Keeps a scan of a parcel that no order has yet. */
  async keepEarly(trackingNumber: string, event: ShipmentEvent, now: Date): Promise<void> {
    const expireAt = new Date(now.getTime() + EARLY_DAYS * DAY_MS);
    const _id = `scan:${trackingNumber}:${event.at.getTime()}:${event.status}`;
    await this.insert({ _id, trackingNumber, event, expireAt });
  }

  /** Scans that wait for one of these parcels, oldest first. */
  async early(
    trackingNumbers: string[],
  ): Promise<{ id: string; trackingNumber: string; event: ShipmentEvent }[]> {
    if (trackingNumbers.length === 0) return [];
    const found = await this.collection.find({ trackingNumber: { $in: trackingNumbers } }).toArray();
    return found
      .flatMap(({ _id, trackingNumber, event }) =>
        trackingNumber && event ? [{ id: _id, trackingNumber, event }] : [],
      )
      .sort((a, b) => a.event.at.getTime() - b.event.at.getTime());
  }

  /** These scans are in their order now. */
  async forget(ids: string[]): Promise<void> {
    if (ids.length > 0) await this.collection.deleteMany({ _id: { $in: ids } });
  }

  /** Counts an event of a kind we do not read. */
  async countUnread(door: string, kind: string, now: Date): Promise<void> {
    const known = await this.collection.findOne({ _id: `unread:${door}:${kind}` });
    const full = !known && (await this.collection.countDocuments({ door })) >= KINDS_MAX;
    const name = full ? 'others' : kind;
    await this.collection.updateOne(
      { _id: `unread:${door}:${name}` },
      { $inc: { count: 1 }, $set: { lastAt: now }, $setOnInsert: { door, kind: name, firstAt: now } },
      { upsert: true },
    );
  }

  /** Kinds that came and are not read, the most frequent first. */
  async unread(): Promise<UnreadKind[]> {
    const found = await this.collection.find({ _id: { $gte: 'unread:', $lt: 'unread;' } }).toArray();
    return found
      .map(({ door = '', kind = '', count = 0, lastAt = new Date(0) }) => ({ door, kind, count, lastAt }))
      .sort((a, b) => b.count - a.count);
  }

  private async insert(document: Stored): Promise<void> {
    try {
      await this.collection.insertOne(document);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
