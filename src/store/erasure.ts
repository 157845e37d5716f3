import type { Connection, mongo } from 'mongoose';
import type { Erasure } from '../core/conversation';
import { AppError } from '../core/errors';
import type { CustomerStore, ErasureStore } from '../core/stream-store';
import { deleteFilesOf, type LineWithFiles } from './files';
import { KEEP_DAYS } from './inbox';
import { isUntold } from './order-document';
import { withoutConversation, type StoredOrder } from './without-person';

/** Orders change under other hands: read and write again this often. */
const ATTEMPTS = 20;

/** Takes one conversation's traces out of the collections, for a customer who deletes it. */
export class MongoErasureStore implements ErasureStore {
  constructor(
    private readonly connection: Connection,
    private readonly customers: Pick<CustomerStore, 'forget'>,
  ) {}

  private collection<T extends mongo.Document = mongo.Document & { _id: string }>(name: string) {
    return this.connection.collection<T>(name);
  }

  async silence(conversation: string, until: Date): Promise<void> {
    const expireAt = new Date(until.getTime() + KEEP_DAYS * 86_400_000);
    await this.collection('inbox').updateMany(
      { conversation, receivedAt: { $lte: until } },
      { $set: { state: 'done', expireAt }, $unset: { activity: '', customerId: '' } },
    );
  }

  async clear(conversation: string, { at, upTo }: Erasure): Promise<void> {
    const lines = { conversation, seq: { $lte: upTo } };
    const withFiles = await this.collection<mongo.Document & LineWithFiles>('messages')
      .find(
        { ...lines, 'attachments.0': { $exists: true } },
        { projection: { conversation: 1, attachments: 1 } },
      )
      .toArray();
    await deleteFilesOf(this.connection, withFiles);
    await this.collection('files').deleteMany({ conversation, at: { $lte: at } });
    await this.collection('messages').deleteMany(lines);
    await this.leaveOrders(conversation, at);
    // The codes go by their order and day still; whose they were, and what they said, is gone.
    const identities = [conversation, ...(await this.customers.forget(conversation, at))];
    await this.collection('codes').updateMany(
      { identity: { $in: identities }, sentAt: { $lte: at } },
      { $set: { identity: 'erased' }, $unset: { hash: '', sealed: '' } },
    );
  }

  private async leaveOrders(conversation: string, until: Date): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const found = await this.collection<StoredOrder>('orders')
        .find({ requests: { $elemMatch: { conversation, at: { $lte: until } } } })
        .toArray();
      if (found.length === 0) return;
      for (const { _id, version, requests: before = [] } of found) {
        const requests = before.map((each) =>
          each.conversation === conversation && each.at <= until ? withoutConversation(each) : each,
        );
        const untold = requests.some(isUntold);
        await this.collection<StoredOrder>('orders').updateOne(
          { _id, version },
          {
            $set: { requests, version: version + 1, ...(untold ? { untold } : {}) },
            ...(untold ? {} : { $unset: { untold: '' } }),
          },
        );
      }
    }
    throw new AppError('conflict', 'an order kept changing');
  }

  async unfinished(): Promise<string[]> {
    const found = await this.collection('conversations')
      .find({ 'erased.done': false }, { projection: { _id: 1 } })
      .toArray();
    return found.map(({ _id }) => _id);
  }
}
