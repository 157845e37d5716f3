import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { ConversationReference, Identity } from '../core/activity';
import { conversationKey, identityKey } from '../core/conversation';
import type { CustomerStore } from '../core/stream-store';
import { isDuplicateKey } from './batch';

interface StoredIdentity extends Identity {
  key: string;
  evidence: string;
  /** Conversation this identity writes in. */
  conversation: string;
  at: Date;
}

interface CustomerDocument {
  _id: string;
  identities: StoredIdentity[];
  createdAt: Date;
  updatedAt: Date;
}

type Resolved = Awaited<ReturnType<CustomerStore['resolve']>>;

/** Names that change owner when a phone moves to another person: the account-scoped id is the person, the number is only a number. */
const SCOPED = new Set(['wa_bsuid', 'wa_lid']);

/** How long a resolution may be reused before it is looked up again, so that a link undone elsewhere takes effect. */
const CACHE_MS = 60_000;
const CACHE_SIZE = 20_000;

/** Customers as sets of identities, and the way from an identity to its conversation. */
export class MongoCustomerStore implements CustomerStore {
  private readonly cache = new Map<string, { resolved: Resolved; until: number }>();

  constructor(private readonly connection: Connection) {}

  private get collection() {
    return this.connection.collection<CustomerDocument>('customers');
  }

  /**
   * The customer and conversation of identities that one event proved to belong together; created when new. Concurrent first messages
   * agree on one answer (unique index). Two different business-scoped ids with one phone are two people: the newer keeps the phone.
   */
  async resolve(
    reference: ConversationReference,
    identities: Identity[],
    evidence: string,
    now: Date,
  ): Promise<Resolved> {
    const keys = identities.map(identityKey);
    const cached = this.cached(keys, now);
    if (cached) return cached;
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const resolved = await this.tryResolve(reference, identities, keys, evidence, now);
      if (resolved) {
        this.remember(keys, resolved, now);
        return resolved;
      }
    }
    throw new Error('identities kept changing while they were resolved');
  }

  private async tryResolve(
    reference: ConversationReference,
    identities: Identity[],
    keys: string[],
    evidence: string,
    now: Date,
  ): Promise<Resolved | undefined> {
    const found = await this.collection.find({ 'identities.key': { $in: keys } }).toArray();
    const scoped = identities.find((identity) => SCOPED.has(identity.kind));
    const home = this.homeOf(found, identities, scoped);
    try {
      if (!home) return await this.create(reference, identities, evidence, now, found);
      const known = new Set(home.identities.map((identity) => identity.key));
      const missing = identities.filter((identity) => !known.has(identityKey(identity)));
      const conversation =
        home.identities.find((identity) => keys.includes(identity.key))?.conversation ??
        conversationKey(reference);
      if (missing.length > 0) {
        await this.release(
          found.filter((other) => other._id !== home._id),
          missing,
          now,
        );
        await this.collection.updateOne(
          { _id: home._id },
          {
            $push: {
              identities: { $each: missing.map((identity) => stored(identity, evidence, conversation, now)) },
            },
            $set: { updatedAt: now },
          },
        );
      }
      return { customerId: home._id, conversation };
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  }

  /** The customer to use among those found; a phone whose holder has another scoped id is not theirs. */
  private homeOf(
    found: CustomerDocument[],
    identities: Identity[],
    scoped: Identity | undefined,
  ): CustomerDocument | undefined {
    if (!scoped) return found[0];
    const scopedKey = identityKey(scoped);
    const byScoped = found.find((customer) =>
      customer.identities.some((identity) => identity.key === scopedKey),
    );
    if (byScoped) return byScoped;
    return found.find(
      (customer) =>
        !customer.identities.some(
          (identity) => identity.kind === scoped.kind && identity.account === scoped.account,
        ),
    );
  }

  private async create(
    reference: ConversationReference,
    identities: Identity[],
    evidence: string,
    now: Date,
    found: CustomerDocument[],
  ): Promise<Resolved> {
    await this.release(found, identities, now);
    const taken = found.length > 0;
    const scoped = identities.find((identity) => SCOPED.has(identity.kind));
    // The phone's old conversation stays with its old holder, so the newcomer's is named by the scoped id.
    const user = taken && scoped ? scoped.value : reference.user;
    const conversation = conversationKey({ ...reference, user });
    const customerId = randomUUID();
    await this.collection.insertOne({
      _id: customerId,
      identities: identities.map((identity) => stored(identity, evidence, conversation, now)),
      createdAt: now,
      updatedAt: now,
    });
    return { customerId, conversation };
  }

  private async release(holders: CustomerDocument[], identities: Identity[], now: Date): Promise<void> {
    const keys = identities.map(identityKey);
    for (const holder of holders) {
      if (!holder.identities.some((identity) => keys.includes(identity.key))) continue;
      await this.collection.updateOne(
        { _id: holder._id },
        { $pull: { identities: { key: { $in: keys } } }, $set: { updatedAt: now } },
      );
    }
    if (holders.length === 0) return;
    const conversations = holders.flatMap((holder) =>
      holder.identities.map((identity) => identity.conversation),
    );
    // What matched orders by this identity no longer does: the conversation's own copy goes too.
    await this.connection
      .collection<{ _id: string; version: number; identities: Identity[]; proofs: { identity: string }[] }>(
        'conversations',
      )
      .updateMany(
        { _id: { $in: conversations } },
        {
          $pull: {
            identities: { $or: identities.map(({ kind, value }) => ({ kind, value })) } as never,
            proofs: { identity: { $in: keys } },
          },
          $set: { watching: [] },
          // A turn that has read the conversation before may not commit.
          $inc: { version: 1 },
        },
      );
    this.cache.clear();
  }

  /** Moves an identity to a new value (a person changed their business-scoped id or number); the old one stays as an alias. */
  async addAlias(
    previous: Identity,
    current: Identity[],
    evidence: string,
    now: Date,
  ): Promise<Resolved | undefined> {
    const key = identityKey(previous);
    const home = await this.collection.findOne({ 'identities.key': key });
    if (!home) return undefined;
    const conversation = home.identities.find((identity) => identity.key === key)?.conversation ?? '';
    const known = new Set(home.identities.map((identity) => identity.key));
    const missing = current.filter((identity) => !known.has(identityKey(identity)));
    const others = await this.collection
      .find({ 'identities.key': { $in: missing.map(identityKey) } })
      .toArray();
    await this.release(
      others.filter((other) => other._id !== home._id),
      missing,
      now,
    );
    if (missing.length > 0) {
      await this.collection.updateOne(
        { _id: home._id },
        {
          $push: {
            identities: { $each: missing.map((identity) => stored(identity, evidence, conversation, now)) },
          },
          $set: { updatedAt: now },
        },
      );
    }
    return { customerId: home._id, conversation };
  }

  /** Takes the identities that write in a conversation since before `until` away, and the customer with the last of them. */
  async forget(conversation: string, until: Date): Promise<string[]> {
    const theirs = { conversation, at: { $lte: until } };
    const found = await this.collection.find({ identities: { $elemMatch: theirs } }).toArray();
    for (const { _id } of found) {
      await this.collection.updateOne(
        { _id },
        { $pull: { identities: theirs as never }, $set: { updatedAt: until } },
      );
      await this.collection.deleteOne({ _id, identities: { $size: 0 } });
    }
    this.cache.clear();
    return found.flatMap(({ identities }) =>
      identities
        .filter((each) => each.conversation === conversation && each.at <= until)
        .map(({ key }) => key),
    );
  }

  private cached(keys: string[], now: Date): Resolved | undefined {
    const first = this.cache.get(keys.join('|'));
    return first && first.until > now.getTime() ? first.resolved : undefined;
  }

  private remember(keys: string[], resolved: Resolved, now: Date): void {
    if (this.cache.size >= CACHE_SIZE) this.cache.delete(this.cache.keys().next().value ?? '');
    this.cache.set(keys.join('|'), { resolved, until: now.getTime() + CACHE_MS });
  }
}

function stored(identity: Identity, evidence: string, conversation: string, at: Date): StoredIdentity {
  return { ...identity, key: identityKey(identity), evidence, conversation, at };
}
