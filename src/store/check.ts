import type { Connection, mongo } from 'mongoose';
import type { Conversation } from '../core/conversation';
import type { Order } from '../core/order';

/** What was looked at in one collection. */
export interface CheckedCollection {
  name: string;
  documents: number;
  indexes: number;
}

/** What a check found. No faults: everything that could be looked at is right. */
export interface CheckReport {
  collections: CheckedCollection[];
  /** One sentence each; names collections and keys, never what somebody wrote. */
  faults: string[];
}

async function countCollection(db: mongo.Db, name: string): Promise<CheckedCollection> {
  const collection = db.collection(name);
  return {
    name,
    documents: await collection.countDocuments(),
    indexes: (await collection.indexes()).length,
  };
}

/** Lines of a transcript are numbered without gaps, behind what its customer deleted, up to the number the conversation gave out last. */
async function checkTranscripts(db: mongo.Db, faults: string[]): Promise<void> {
  const copied = new Map<string, { n: number; last: number }>();
  const groups = db
    .collection('messages')
    .aggregate<{ _id: string; n: number; last: number }>([
      { $group: { _id: '$conversation', n: { $sum: 1 }, last: { $max: '$seq' } } },
    ]);
  for await (const { _id, n, last } of groups) copied.set(_id, { n, last });
  let broken = 0;
  const fields = { projection: { sequence: 1, tail: 1, erased: 1 } };
  for await (const each of db.collection<Conversation & { _id: string }>('conversations').find({}, fields)) {
    const gone = each.erased?.upTo ?? 0;
    const { n, last } = copied.get(each._id) ?? { n: 0, last: gone };
    const waiting = (each.tail ?? []).filter((line) => line.seq > last).length;
    if (gone + n !== last || last + waiting !== each.sequence) broken += 1;
    copied.delete(each._id);
  }
  if (broken > 0) faults.push(`conversations: ${broken} transcripts have gaps`);
  if (copied.size > 0) faults.push(`messages: ${copied.size} transcripts belong to no conversation`);
}

/** What is derived for the indexes of orders agrees with what it is derived from. */
async function checkOrders(db: mongo.Db, faults: string[]): Promise<void> {
  const requests = new Set<string>();
  for await (const order of db.collection<Order & { _id: string; phones: string[] }>('orders').find()) {
    const fault = (what: string) => faults.push(`orders: ${order._id} ${what}`);
    if (order._id !== order.orderNumber) fault('is stored under another number');
    if (!Number.isInteger(order.version)) fault('has no version');
    if (!order.phones.includes(order.customer.phone) || !order.phones.includes(order.shippingAddress.phone)) {
      fault('cannot be found by its phone');
    }
    for (const { id } of order.requests) {
      if (requests.has(id)) fault('has a request whose id is there twice');
      requests.add(id);
    }
  }
}

/** Looks at whether what the product stored agrees with itself; documents against indexes is the embedded store's own check. Changes nothing. */
export async function checkStore(connection: Connection): Promise<CheckReport> {
  const { db } = connection;
  if (!db) return { collections: [], faults: ['the store is not connected'] };
  const faults: string[] = [];
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
  const collections: CheckedCollection[] = [];
  for (const name of names) {
    if (!name.startsWith('system.')) collections.push(await countCollection(db, name));
  }
  await checkTranscripts(db, faults);
  await checkOrders(db, faults);
  return { collections, faults };
}
