import type { Connection, mongo } from 'mongoose';
import type { OutboxEntry } from '../core/conversation';
import type { OutboxStore } from '../core/stream-store';
import { ConversationWrites } from './conversation-writes';
import type { ConversationDocument } from './conversations';

/** The sending side of a conversation: its outbox lives in the conversation's document and only its head moves. */
export class MongoOutboxStore implements OutboxStore {
  constructor(
    private readonly connection: Connection,
    private readonly writes = new ConversationWrites(connection),
  ) {}

  private get collection() {
    return this.connection.collection<ConversationDocument>('conversations');
  }

  /**
   * Claims the head of the outbox just before it leaves: one conditional write. A bot's entry needs the owner epoch it was written
   * under. False when it is not the head, is claimed, or a person took over.
   */
  async claim(key: string, entry: OutboxEntry, holder: string, now: Date, staleAt: Date): Promise<boolean> {
    const result = await this.collection.updateOne(
      {
        _id: key,
        'outbox.0.id': entry.id,
        'outbox.0.part': entry.part,
        'outbox.0.state': entry.state,
        ...(entry.state === 'claimed' ? { 'outbox.0.claimedAt': entry.claimedAt } : {}),
        ...(entry.author === 'bot' ? { takenEpoch: { $lte: entry.epoch } } : {}),
      } as mongo.Filter<ConversationDocument>,
      {
        $set: {
          'outbox.0.state': 'claimed',
          'outbox.0.claimedAt': now,
          'outbox.0.claimedBy': holder,
          'outbox.0.dueAt': staleAt,
        } as never,
      },
    );
    return result.modifiedCount === 1;
  }

  /** Takes the settled head off the outbox; with `clearTail` also the transcript lines known to be copied. */
  async settleHead(key: string, id: string, clearTail?: number): Promise<void> {
    const filter = { _id: key, 'outbox.0.id': id } as mongo.Filter<ConversationDocument>;
    const update = {
      $pop: { outbox: -1 },
      ...(clearTail === undefined ? {} : { $pull: { tail: { seq: { $lte: clearTail } } } }),
    } as mongo.UpdateFilter<ConversationDocument>;
    await this.writes.add({ key, operation: { updateOne: { filter, update } } });
  }

  /** Changes the claimed head: next part, or a state to wait in. */
  async adjustHead(
    key: string,
    id: string,
    set: Partial<Pick<OutboxEntry, 'state' | 'part' | 'dueAt' | 'attempts'>>,
  ): Promise<boolean> {
    const fields = Object.fromEntries(
      Object.entries(set).map(([name, value]) => [`outbox.0.${name}`, value]),
    );
    const result = await this.collection.updateOne(
      { _id: key, 'outbox.0.id': id } as mongo.Filter<ConversationDocument>,
      { $set: fields as never },
    );
    return result.matchedCount === 1;
  }

  /** Conversations whose outbox has something due (also claims that ran out). */
  async outboxDue(now: Date, limit: number): Promise<string[]> {
    const found = await this.collection
      .find({ 'outbox.dueAt': { $lte: now } }, { projection: { _id: 1 } })
      .limit(limit)
      .toArray();
    return found.map((document) => document._id);
  }
}
