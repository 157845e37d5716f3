import type { Connection, mongo } from 'mongoose';
import type { ConversationReference, Identity } from '../core/activity';
import { OWNERS, type Conversation, type Owner, type TurnLease } from '../core/conversation';
import type { Page } from '../core/order-store';
import type { ConversationStore, ConversationWrite, NewConversation } from '../core/stream-store';
import { isDuplicateKey } from './batch';
import { ConversationWrites } from './conversation-writes';
import { decodeCursor, encodeCursor, pageSize } from './page';

/** A conversation as the collection holds it. */
export type ConversationDocument = Omit<Conversation, 'key'> & { _id: string; searchKeys?: string[] };

/** The write in MongoDB's update language. */
function toUpdate(write: ConversationWrite): mongo.UpdateFilter<ConversationDocument> {
  const appended = write.append ?? [];
  const last = appended.at(-1);
  const push = {
    ...(appended.length > 0 && !write.empties ? { tail: { $each: appended } } : {}),
    ...(write.enqueue?.length ? { outbox: { $each: write.enqueue } } : {}),
  };
  return {
    $set: {
      ...write.set,
      ...(last ? { sequence: last.seq } : {}),
      ...(write.empties ? { tail: appended, outbox: [], searchKeys: [] } : {}),
    },
    $inc: { version: 1, ...(write.bumpEpoch ? { epoch: 1 } : {}) },
    ...(write.unset?.length ? { $unset: Object.fromEntries(write.unset.map((field) => [field, ''])) } : {}),
    ...(Object.keys(push).length > 0 ? { $push: push } : {}),
    ...(write.cancelBotSends ? { $pull: { outbox: { author: 'bot', state: { $ne: 'claimed' } } } } : {}),
    ...(write.searchKeys?.length ? { $addToSet: { searchKeys: { $each: write.searchKeys } } } : {}),
  } as mongo.UpdateFilter<ConversationDocument>;
}

function toConversation(document: ConversationDocument): Conversation {
  const { _id, searchKeys: _searchKeys, ...rest } = document;
  return { key: _id, ...rest };
}

/** Lower-case words and digits under which the desk finds a conversation by prefix. */
export function searchKeys(conversation: {
  reference: ConversationReference;
  identities: Identity[];
  name?: string;
  orderNumbers?: string[];
}): string[] {
  const words = [
    conversation.reference.user,
    ...conversation.identities.map((identity) => identity.value),
    ...(conversation.name?.split(/\s+/) ?? []),
    ...(conversation.orderNumbers ?? []),
  ];
  const keys = words.map((word) => word.toLowerCase().replace(/^\+/, '')).filter(Boolean);
  // People know a phone by its last ten digits, without the country.
  const national = keys.filter((key) => /^\d{11,15}$/.test(key)).map((key) => key.slice(-10));
  return [...new Set([...keys, ...national])];
}

/** What is looked for among the search keys: every word by its beginning, a phone as its digits. */
function termsOf(search = ''): string[] {
  const text = search.trim().toLowerCase();
  const isPhone = /^\+?[\s().-]*\d[\d\s().-]*$/.test(text);
  const words = isPhone ? [text.replace(/\D/g, '')] : text.split(/\s+/);
  return words.filter(Boolean).slice(0, 5);
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The fields of a conversation nobody has written yet. */
export function freshConversation(
  start: NewConversation,
  identities: Identity[],
  name: string | undefined,
  now: Date,
): Omit<ConversationDocument, '_id'> {
  return {
    reference: start.reference,
    customerId: start.customerId,
    identities,
    ...(name ? { name } : {}),
    owner: 'bot',
    epoch: 0,
    takenEpoch: 0,
    locale: start.locale,
    localeKnown: false,
    dialogs: { version: 0, state: null },
    proofs: [],
    misses: 0,
    disclosed: false,
    stopped: false,
    outbox: [],
    sequence: 0,
    tail: [],
    lastBatch: [],
    failedTurns: 0,
    searchKeys: searchKeys({ reference: start.reference, identities, name }),
    createdAt: now,
    updatedAt: now,
    version: 0,
  };
}

/** Conversations. Every write that gives out transcript numbers states the version it read. */
export class MongoConversationStore implements ConversationStore {
  constructor(
    private readonly connection: Connection,
    private readonly writes = new ConversationWrites(connection),
  ) {}

  private get collection() {
    return this.connection.collection<ConversationDocument>('conversations');
  }

  async get(key: string): Promise<Conversation | undefined> {
    const found = await this.collection.findOne({ _id: key });
    return found ? toConversation(found) : undefined;
  }

  /** Creates a conversation without messages unless it exists; answers what is stored. */
  async open(
    key: string,
    start: NewConversation,
    identities: Identity[],
    name: string | undefined,
    now: Date,
  ): Promise<Conversation> {
    const found = await this.collection.findOneAndUpdate(
      { _id: key },
      { $setOnInsert: freshConversation(start, identities, name, now) },
      { upsert: true, returnDocument: 'after' },
    );
    if (!found) throw new Error('an upsert answered nothing');
    return toConversation(found);
  }

  /** Takes a free conversation for one turn; undefined when somebody holds it. Creates the conversation when it is new. */
  async lease(
    key: string,
    lease: TurnLease,
    start: NewConversation,
    identities: Identity[],
    name: string | undefined,
    now: Date,
  ): Promise<Conversation | undefined> {
    const fresh = freshConversation(start, identities, name, now);
    const { identities: _i, version: _v, searchKeys: _s, ...onInsert } = fresh;
    try {
      const found = await this.collection.findOneAndUpdate(
        { _id: key, lease: null as never },
        {
          $set: { lease },
          $setOnInsert: onInsert as never,
          $inc: { version: 1 },
          $addToSet: { identities: { $each: identities }, searchKeys: { $each: fresh.searchKeys ?? [] } },
        } as never,
        { upsert: true, returnDocument: 'after' },
      );
      return found ? toConversation(found) : undefined;
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  }

  /** Takes over a lease that ran out, keeping its turn id and batch; undefined when it moved meanwhile. */
  async inheritLease(
    key: string,
    version: number,
    holder: string,
    until: Date,
  ): Promise<Conversation | undefined> {
    const found = await this.collection.findOneAndUpdate(
      { _id: key, version, lease: { $ne: null as never } },
      { $set: { 'lease.holder': holder, 'lease.until': until } as never, $inc: { version: 1 } },
      { returnDocument: 'after' },
    );
    return found ? toConversation(found) : undefined;
  }

  /** One fenced write. Undefined when the version moved: nothing was changed. */
  async write(key: string, version: number, write: ConversationWrite): Promise<Conversation | undefined> {
    const found = await this.collection.findOneAndUpdate({ _id: key, version }, toUpdate(write), {
      returnDocument: 'after',
    });
    return found ? toConversation(found) : undefined;
  }

  /** The same for a turn, sharing the round trip with other conversations. `eventId` is one that the write adds to `lastBatch`. */
  commit(key: string, version: number, write: ConversationWrite, eventId: string): Promise<boolean> {
    const operation = { updateOne: { filter: { _id: key, version }, update: toUpdate(write) } };
    return this.writes.add({ key, operation, proof: eventId });
  }

  /** Takes the lease that `lease` describes if nobody wrote since `version` and nobody holds one; the version moves. */
  async hold(key: string, version: number, lease: TurnLease): Promise<boolean> {
    const result = await this.collection.updateOne({ _id: key, version, lease: null as never }, {
      $set: { lease },
      $inc: { version: 1 },
    } as never);
    return result.matchedCount === 1;
  }

  /** Removes transcript lines up to a number from the tail, once they are copied. Cleaning up, shared between conversations. */
  async clearTail(key: string, upTo: number): Promise<true> {
    const update = { $pull: { tail: { seq: { $lte: upTo } } } } as never;
    await this.writes.add({ key, operation: { updateOne: { filter: { _id: key }, update } } });
    return true;
  }

  /** Those of `keys` (or all) that changed at or after a moment, oldest change first. */
  async changedSince(since: Date, limit: number, keys?: string[]): Promise<Conversation[]> {
    const filter = { updatedAt: { $gte: since }, ...(keys ? { _id: { $in: keys } } : {}) };
    const found = await this.collection.find(filter).sort({ updatedAt: 1 }).limit(limit).toArray();
    return found.map(toConversation);
  }

  async list(filter: {
    channel?: string;
    user?: string;
    owner?: Owner;
    owners?: Owner[];
    assignee?: string;
    search?: string;
    updatedAfter?: Date;
    limit?: number;
    cursor?: string;
  }): Promise<Page<Conversation>> {
    const limit = pageSize(filter.limit);
    const owners = filter.owner ? [filter.owner] : filter.owners;
    const terms = termsOf(filter.search);
    const after = filter.cursor ? decodeCursor(filter.cursor, ['number', 'string']) : undefined;
    const query: mongo.Filter<ConversationDocument> = {
      ...(filter.user ? { 'reference.user': filter.user } : {}),
      ...(filter.channel ? { 'reference.channel': filter.channel } : {}),
      ...(owners ? { owner: { $in: owners } } : {}),
      ...(filter.assignee ? { assignee: filter.assignee } : {}),
      ...(terms.length > 0
        ? { $and: terms.map((term) => ({ searchKeys: { $regex: `^${escaped(term)}` } })) }
        : {}),
      ...(filter.updatedAfter ? { updatedAt: { $gt: filter.updatedAfter } } : {}),
      ...(after
        ? {
            $or: [
              { updatedAt: { $lt: new Date(Number(after[0])) } },
              { updatedAt: new Date(Number(after[0])), _id: { $gt: String(after[1]) } },
            ],
          }
        : {}),
    };
    const found = await this.collection
      .find(query)
      .sort({ updatedAt: -1, _id: 1 })
      .limit(limit + 1)
      .toArray();
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(toConversation),
      nextCursor: found.length > limit && last ? encodeCursor([last.updatedAt.getTime(), last._id]) : null,
    };
  }

  async watching(orderNumbers: string[]): Promise<Conversation[]> {
    const found = await this.collection.find({ 'watching.orderNumber': { $in: orderNumbers } }).toArray();
    return found.map(toConversation);
  }

  async counts(): Promise<Record<Owner, number>> {
    const numbers = await Promise.all(OWNERS.map((owner) => this.collection.countDocuments({ owner })));
    return Object.fromEntries(OWNERS.map((owner, index) => [owner, numbers[index] ?? 0])) as Record<
      Owner,
      number
    >;
  }
}
