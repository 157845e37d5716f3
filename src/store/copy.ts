import type { Connection, mongo } from 'mongoose';
import { AppError } from '../core/errors';

const BATCH = 500;

/**
 * Copies every collection into another, empty database, a batch at a time, and counts afterwards. Refuses a target that holds documents, so that
 * nothing is ever overwritten. Indexes are made by the product when it starts there. Documents are read in the order of their keys, each once; what is written meanwhile may be missed.
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
  let copied = 0;
  const flush = async () => {
    if (batch.length > 0) await target.insertMany(batch, { ordered: true });
    batch = [];
  };
  // By key, so that a document that moves while we read is not met twice.
  for await (const document of source.find().sort({ _id: 1 }).batchSize(BATCH)) {
    batch.push(document);
    copied += 1;
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  const arrived = await target.countDocuments();
  if (arrived !== copied) {
    throw new AppError(
      'internal',
      `${name}: ${copied} documents left and ${arrived} arrived, the copy is not complete`,
    );
  }
  return copied;
}
