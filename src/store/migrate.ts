import { randomUUID } from 'node:crypto';
import type { Connection, mongo } from 'mongoose';
import type { Clock } from '../core/clock';
import { AppError } from '../core/errors';
import type { Log } from '../core/log';
import { isDuplicateKey } from './batch';
import { MIGRATIONS, type Migration } from './migrations';

/** A process that holds the lock says so again with every batch; one that stays silent this long is gone. */
const LOCK_MS = 60_000;
const LOOK_MS = 250;
const BATCH = 500;

interface StateDocument {
  _id: 'documents';
  /** Number of the last migration that is complete. */
  version: number;
  /** The last document that the migration after it has seen. */
  after?: unknown;
  holder?: string | null;
  until?: Date | null;
}

/** What a migration of the store needs. `migrations` is the product's list unless a test brings its own. */
export interface MigrateOptions {
  clock: Clock;
  log: Log;
  migrations?: Migration[];
  /** Called after each stored batch; crash tests stop here. */
  probe?(): void | Promise<void>;
}

/**
 * Brings the stored documents to the form this version of the product writes. Each migration runs once per store, whoever starts: one
 * process works under a lock that runs out when it dies, the others wait. Progress is stored with every batch, so that a start after a crash goes on
 * where the last one stopped. Answers how many documents were changed. Refuses a store that a newer version has written.
 */
export async function migrateStore(connection: Connection, options: MigrateOptions): Promise<number> {
  const list = options.migrations ?? MIGRATIONS;
  const latest = list.at(-1)?.version ?? 0;
  const holder = randomUUID();
  const states = connection.collection<StateDocument>('storestates');
  let waits = false;
  for (;;) {
    const state = await states.findOne({ _id: 'documents' });
    if ((state?.version ?? 0) > latest) throw newerStore(state?.version ?? 0, latest);
    if (state?.version === latest) return 0;
    const locked = await lock(states, holder, options.clock);
    if (locked) return work(connection, states, locked, holder, list, options);
    if (!waits)
      options.log.info({ part: 'store' }, 'another process brings the documents up to date: waiting');
    waits = true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function newerStore(version: number, latest: number): AppError {
  return new AppError(
    'settings',
    `the store was written by a newer Doorstep (documents of version ${version}, this one knows ${latest}): start that version or a later one`,
  );
}

async function lock(
  states: mongo.Collection<StateDocument>,
  holder: string,
  clock: Clock,
): Promise<StateDocument | undefined> {
  const now = clock.now();
  const free = { $or: [{ holder: null }, { until: { $lte: now } }] };
  try {
    const found = await states.findOneAndUpdate(
      { _id: 'documents', ...free } as mongo.Filter<StateDocument>,
      { $set: { holder, until: new Date(now.getTime() + LOCK_MS) }, $setOnInsert: { version: 0 } },
      { upsert: true, returnDocument: 'after' },
    );
    return found ?? undefined;
  } catch (error) {
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
}

async function work(
  connection: Connection,
  states: mongo.Collection<StateDocument>,
  locked: StateDocument,
  holder: string,
  list: Migration[],
  options: MigrateOptions,
): Promise<number> {
  const { clock, log } = options;
  /** Only while the lock is ours: another process may have taken it after a long pause of this one. */
  const note = async (set: Partial<StateDocument>, unset: Record<string, ''> = {}) => {
    const until = new Date(clock.now().getTime() + LOCK_MS);
    const update = { $set: { until, ...set }, ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}) };
    const { matchedCount } = await states.updateOne({ _id: 'documents', holder }, update);
    if (matchedCount === 0)
      throw new AppError('conflict', 'another process has taken over bringing the documents up to date');
  };
  let total = 0;
  let { after } = locked;
  try {
    for (const migration of list) {
      if (migration.version <= locked.version) continue;
      let count = 0;
      for (;;) {
        const batch = await changeBatch(connection, migration, after);
        if (!batch) break;
        count += batch.changed;
        after = batch.last;
        await note({ after });
        await options.probe?.();
      }
      after = undefined;
      await note({ version: migration.version }, { after: '' });
      total += count;
      log.info({ part: 'store', version: migration.version, count }, 'stored documents are up to date');
    }
  } finally {
    await states.updateOne({ _id: 'documents', holder }, { $set: { holder: null, until: null } });
  }
  return total;
}

/** The next documents by `_id`; undefined after the last. Doing a batch again changes nothing more. */
async function changeBatch(
  connection: Connection,
  migration: Migration,
  after: unknown,
): Promise<{ changed: number; last: unknown } | undefined> {
  const collection = connection.collection(migration.collection);
  const documents = await collection
    .find(after === undefined ? {} : { _id: { $gt: after as never } })
    .sort({ _id: 1 })
    .limit(BATCH)
    .toArray();
  const last = documents.at(-1);
  if (!last) return undefined;
  const changes = documents.flatMap((document) => {
    const update = migration.change(document);
    return update
      ? [{ updateOne: { filter: { _id: document._id, ...update.only }, update: update.set } }]
      : [];
  });
  if (changes.length > 0) await collection.bulkWrite(changes, { ordered: false });
  return { changed: changes.length, last: last._id };
}
