import type { Connection, mongo } from 'mongoose';
import { Batch, writeErrors } from './batch';
import type { ConversationDocument } from './conversations';

interface Write {
  key: string;
  operation: mongo.AnyBulkWriteOperation<ConversationDocument>;
  /** An event that the write adds to `lastBatch`: finding it there proves that the write took effect. */
  proof?: string;
}

/** Writes of many conversations that are asked for at the same moment leave in one round trip. */
export class ConversationWrites {
  private readonly batch = new Batch<Write, boolean>((writes) => this.run(writes), 200, 2);

  constructor(private readonly connection: Connection) {}

  private get collection() {
    return this.connection.collection<ConversationDocument>('conversations');
  }

  /** Durable when it resolves. False when a write that has a `proof` found no document; others answer true. */
  add(write: Write): Promise<boolean> {
    return this.batch.add(write);
  }

  private async run(writes: Write[]): Promise<(boolean | { error: unknown })[]> {
    const refused = new Map<number, unknown>();
    let matched: number;
    try {
      const operations = writes.map(({ operation }) => operation);
      ({ matchedCount: matched } = await this.collection.bulkWrite(operations as never, { ordered: false }));
    } catch (error) {
      const errors = writeErrors(error);
      if (errors.length === 0) throw error;
      for (const { index } of errors) refused.set(index, error);
      matched = (error as { result?: { matchedCount?: number } }).result?.matchedCount ?? 0;
    }
    const missed = matched < writes.length - refused.size ? await this.missed(writes) : new Set<Write>();
    return writes.map((write, index) =>
      refused.has(index) ? { error: refused.get(index) } : !missed.has(write),
    );
  }

  /** A bulk write answers only how many matched; which ones is read from the documents. */
  private async missed(writes: Write[]): Promise<Set<Write>> {
    const proved = writes.filter(({ proof }) => proof !== undefined);
    const found = await this.collection
      .find({ _id: { $in: proved.map(({ key }) => key) } }, { projection: { lastBatch: 1 } })
      .toArray();
    const batches = new Map(found.map((document) => [document._id, document.lastBatch]));
    return new Set(proved.filter(({ key, proof = '' }) => !batches.get(key)?.includes(proof)));
  }
}
