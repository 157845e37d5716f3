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

/** While a copy is under way the target holds this collection; it says that what is there is ours and may be gone on with. */
const MARK = 'copy_under_way';

/** One database of one server. */
export interface DatabaseAt {
  uri: string;
  name: string;
}

/**
 * Copies a database to another server: for each collection its indexes, then its documents in the order of `_id`, with every type
 * as it is stored. A copy that was cut off goes on where it stopped. Refuses a target that holds anything else, and never
 * overwrites. At the end both sides are compared document by document; throws when they differ. Nothing may write meanwhile.
 */
export async function copyDatabase(
  from: DatabaseAt,
  to: DatabaseAt,
  onProgress: (p: CopyProgress) => void = () => undefined,
): Promise<{ collections: number; documents: number }> {
  const source = await MongoClient.connect(from.uri, EXACT);
  try {
    const target = await MongoClient.connect(to.uri, EXACT);
    try {
      return await copyAll(source.db(from.name), target.db(to.name), onProgress);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyAll(
  from: Db,
  to: Db,
  onProgress: (p: CopyProgress) => void,
): Promise<{ collections: number; documents: number }> {
  const listed = await from.listCollections({}, { nameOnly: true }).toArray();
  const names = listed.map(({ name }) => name).filter((name) => !name.startsWith('system.') && name !== MARK);
  await enter(to, names);
  let documents = 0;
  for (const name of names) documents += await copyCollection(from, to, name, onProgress);
  await to.collection(MARK).drop();
  return { collections: names.length, documents };
}

/** Marks the target as ours, or finds the mark of a copy that was cut off. */
async function enter(to: Db, names: readonly string[]): Promise<void> {
  const mark = to.collection<{ _id: string }>(MARK);
  if (await mark.findOne({ _id: MARK })) return;
  for (const name of names) {
    if (await to.collection(name).findOne({}, { projection: { _id: 1 } }))
      throw new AppError('conflict', `the target already holds documents in ${name}: nothing was copied`);
  }
  await mark.insertOne({ _id: MARK });
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
    // In order: what has arrived is always a beginning, so that its end says where to go on.
    if (batch.length > 0) await target.insertMany(batch as never[], { ordered: true });
    copied += batch.length;
    batch = [];
    onProgress({ collection: name, copied, total });
  };
  for await (const d of rest) {
    batch.push(d as Raw);
    if (batch.length >= BATCH) await send();
  }
  await send();
  await compareCollections(source, target, name);
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
