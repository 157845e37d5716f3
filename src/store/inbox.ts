import type { Connection } from 'mongoose';
import type { Clock } from '../core/clock';
import type { InboxItem, InboxStore } from '../core/stream-store';
import { Batch, DUPLICATE_KEY, writeErrors } from './batch';

/** How long a handled event's key is kept against repeats; providers retry up to 7 days. */
export const KEEP_DAYS = 14;

/** The inbox: the unique key that makes an accepted event happen once. */
export class MongoInboxStore implements InboxStore {
  private readonly inserts: Batch<InboxItem, boolean>;
  private readonly finished: Batch<string[], true>;
  private counter = 0;

  constructor(
    private readonly connection: Connection,
    private readonly clock: Clock,
  ) {
    this.inserts = new Batch((items) => this.insertMany(items), 200, 2);
    this.finished = new Batch((lists) => this.markDone(lists), 500);
  }

  private get collection() {
    return this.connection.collection<InboxItem>('inbox');
  }

  /** A key that sorts by arrival, also between processes to the millisecond. */
  nextArrival(now: Date): string {
    this.counter = (this.counter + 1) % 1_000_000;
    return `${stamp(now)}.${String(this.counter).padStart(6, '0')}`;
  }

  /** True when stored now, false when it was there already. Durable when it resolves. */
  insert(item: InboxItem): Promise<boolean> {
    return this.inserts.add(item.state === 'done' ? { ...item, expireAt: this.endOfKeeping() } : item);
  }

  private async insertMany(items: InboxItem[]): Promise<(boolean | { error: unknown })[]> {
    const outcome: (boolean | { error: unknown })[] = items.map(() => true);
    try {
      await this.collection.insertMany(items, { ordered: false });
    } catch (error) {
      const errors = writeErrors(error);
      if (errors.length === 0) throw error;
      for (const { index, code } of errors) outcome[index] = code === DUPLICATE_KEY ? false : { error };
    }
    return outcome;
  }

  /** Events of one conversation that no turn has settled, in order of arrival. */
  async pending(conversation: string, limit: number): Promise<InboxItem[]> {
    return this.collection.find({ conversation, state: 'new' }).sort({ arrival: 1 }).limit(limit).toArray();
  }

  /** The events of a fixed batch, in the order of `ids`. */
  async byIds(ids: string[]): Promise<InboxItem[]> {
    const found = await this.collection.find({ _id: { $in: ids } }).toArray();
    const byId = new Map(found.map((item) => [item._id, item]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** Conversations of the `limit` oldest unsettled events; `all`: there are no more. For recovery and for work of other processes. */
  async conversationsPending(
    limit: number,
    before?: Date,
  ): Promise<{ conversations: string[]; all: boolean }> {
    const found = await this.collection
      .find(
        { state: 'new', ...(before ? { arrival: { $lt: stamp(before) } } : {}) },
        { projection: { conversation: 1 } },
      )
      .sort({ arrival: 1 })
      .limit(limit)
      .toArray();
    const conversations = [...new Set(found.flatMap((item) => item.conversation ?? []))];
    return { conversations, all: found.length < limit };
  }

  /** Marks events as handled. Their keys stay against repeats; what was said stays in the transcript alone, where it is masked. */
  done(ids: string[]): Promise<true> {
    return this.finished.add(ids);
  }

  private async markDone(lists: string[][]): Promise<true[]> {
    const set = { state: 'done' as const, expireAt: this.endOfKeeping() };
    await this.collection.updateMany({ _id: { $in: lists.flat() } }, { $set: set, $unset: { activity: '' } });
    return lists.map(() => true);
  }

  private endOfKeeping(): Date {
    return new Date(this.clock.now().getTime() + KEEP_DAYS * 86_400_000);
  }
}

function stamp(at: Date): string {
  return String(at.getTime()).padStart(15, '0');
}
