import type { Connection, mongo } from 'mongoose';
import { AppError } from '../core/errors';

const BATCH = 500;

/**
 * Copies every collection into another, empty database, a batch at a time, and counts afterwards. Refuses a target that holds documents, so that
 * nothing is ever overwritten. Indexes are made by the product when it starts there. Take the product down first: what is written meanwhile may be missed.
 */
export async function copyStore(
  from: Connection,
  to: Connection,
  progress: (collection: string, documents: number) => void,
): Promise<number> {
  if (!from.db || !to.db) throw new AppError('store_unavailable', 'the store is not connected');
  const names = (await from.db.listCollections({}, { nameOnly: true }).toArray())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'));
  for (const name of names) {
    if (await to.collection(name).findOne({}, { projection: { _id: 1 } })) {
      throw new AppError('conflict', `the target already holds documents in ${name}: nothing was copied`);
    }
  }
  let total = 0;
  for (const name of names) {
    const copied = await copyCollection(from, to, name);
    progress(name, copied);
    total += copied;
  }
  return total;
}

async function copyCollection(from: Connection, to: Connection, name: string): Promise<number> {
  const source = from.collection(name);
  const target = to.collection(name);
  let batch: mongo.Document[] = [];
  const flush = async () => {
    if (batch.length > 0) await target.insertMany(batch, { ordered: true });
    batch = [];
  };
  for await (const document of source.find({}, { batchSize: BATCH, promoteValues: true })) {
    batch.push(document);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  const [before, after] = await Promise.all([source.countDocuments(), target.countDocuments()]);
  if (before !== after) {
    throw new AppError(
      'internal',
      `${name} has ${before} documents here and ${after} there: the copy is not complete`,
    );
  }
  return after;
}
