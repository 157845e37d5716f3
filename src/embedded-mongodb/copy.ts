import { MongoClient } from 'mongodb';
import type { Collection, Db, Document } from 'mongodb';
import { AppError } from '../core/errors';

const BATCH = 500;

/** How far a copy has come. */
export interface CopyProgress {
  collection: string;
  copied: number;
  total: number;
}

interface Raw extends Document {
  _id: unknown;
}

/** Types are kept as they are stored: an int32 stays an int32. */
const EXACT = { promoteValues: false, promoteLongs: false, promoteBuffers: false } as const;

/**
 * Copies every database of one server to another, indexes first, then documents in the order of `_id`. A copy that was
 * cut off goes on where it stopped; documents that are there already and equal by `_id` are replaced, others are left.
 * At the end it counts both sides and compares every document; throws when they differ. Nothing may write meanwhile.
 */
export async function copyTo(
  sourceUri: string,
  targetUri: string,
  onProgress: (p: CopyProgress) => void = () => undefined,
): Promise<{ collections: number; documents: number }> {
  const [source, target] = await Promise.all([
    MongoClient.connect(sourceUri, EXACT),
    MongoClient.connect(targetUri, EXACT),
  ]);
  try {
    const result = { collections: 0, documents: 0 };
    for (const { name } of (await source.db('admin').admin().listDatabases()).databases) {
      if (['admin', 'local', 'config'].includes(name)) continue;
      for (const c of await source.db(name).listCollections().toArray()) {
        result.documents += await copyCollection(source.db(name), target.db(name), c.name, onProgress);
        result.collections++;
      }
    }
    return result;
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

async function copyCollection(
  from: Db,
  to: Db,
  name: string,
  onProgress: (p: CopyProgress) => void,
): Promise<number> {
  const source: Collection<Raw> = from.collection(name);
  const target: Collection<Raw> = to.collection(name);
  for (const spec of (await source.listIndexes().toArray()) as Document[]) await copyIndex(target, spec);
  const total = await source.countDocuments();
  const last = await target.findOne({}, { sort: { _id: -1 }, projection: { _id: 1 } });
  let copied = last ? await source.countDocuments({ _id: { $lte: last._id as never } }) : 0;
  const rest = source.find(last ? { _id: { $gt: last._id as never } } : {}, {
    sort: { _id: 1 },
    batchSize: BATCH,
  });
  let batch: Raw[] = [];
  const send = async (): Promise<void> => {
    if (batch.length === 0) return;
    await target.bulkWrite(
      batch.map((d) => ({
        replaceOne: { filter: { _id: d._id as never }, replacement: d as never, upsert: true },
      })),
      { ordered: false },
    );
    copied += batch.length;
    batch = [];
    onProgress({ collection: `${from.databaseName}.${name}`, copied, total });
  };
  for await (const d of rest) {
    batch.push(d as Raw);
    if (batch.length >= BATCH) await send();
  }
  await send();
  await compareCollections(source, target, `${from.databaseName}.${name}`);
  return total;
}

async function copyIndex(target: Collection<Raw>, spec: Document): Promise<void> {
  if (spec.name === '_id_') return;
  const plain = JSON.parse(JSON.stringify(spec)) as { key: Record<string, 1 | -1>; v?: number; ns?: string };
  const { key } = plain;
  delete plain.v;
  delete plain.ns;
  await target.createIndex(key, { ...plain, key: undefined } as never);
}

async function compareCollections(
  source: Collection<Raw>,
  target: Collection<Raw>,
  name: string,
): Promise<void> {
  const options = { sort: { _id: 1 }, batchSize: BATCH, raw: true } as const;
  const [a, b] = [source.find({}, options), target.find({}, options)];
  for (let n = 1; ; n++) {
    const [x, y] = (await Promise.all([a.next(), b.next()])) as unknown as [Buffer | null, Buffer | null];
    if (!x && !y) return;
    if (!x || !y || Buffer.compare(x, y) !== 0) {
      await Promise.all([a.close(), b.close()]);
      throw new AppError(
        'internal',
        `${name} differs from its copy at document ${n}: the copy is not complete`,
      );
    }
  }
}
