import type { Connection } from 'mongoose';
import { systemClock } from '../../src/core/clock';
import { migrateStore } from '../../src/store/migrate';
import { MIGRATIONS, type Migration } from '../../src/store/migrations';
import type { Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';
import { quiet } from '../kit/stream';

const options = { clock: systemClock, log: quiet };
const DAY_MS = 86_400_000;

/** Renames a field, and counts how often each document was looked at. */
function rename(version: number, seen: string[]): Migration {
  return {
    version,
    why: 'a test',
    collection: 'olds',
    change({ _id, before }) {
      seen.push(String(_id));
      return before === undefined
        ? undefined
        : { only: { before }, set: { $set: { now: before }, $unset: { before: '' } } };
    },
  };
}

describe('bringing stored documents up to date', () => {
  let store: Store;
  let connection: Connection;
  const olds = () => connection.collection<{ _id: string; before?: number; now?: number }>('olds');
  const state = () => connection.collection<{ _id: string }>('storestates').findOne({ _id: 'documents' });
  beforeEach(async () => {
    store = await openTestStore();
    connection = store.connection;
    await olds().insertMany(
      Array.from({ length: 1200 }, (_, n) => ({ _id: `d${String(n).padStart(4, '0')}`, before: n })),
    );
  }, 30_000);
  afterEach(() => store.close());

  it('changes every old document once, remembers it, and looks at nothing again at the next start', async () => {
    const seen: string[] = [];
    expect(await migrateStore(connection, { ...options, migrations: [rename(1, seen)] })).toBe(1200);
    expect(await olds().countDocuments({ before: { $exists: true } })).toBe(0);
    expect(await olds().findOne({ _id: 'd0777' })).toEqual({ _id: 'd0777', now: 777 });
    expect(await migrateStore(connection, { ...options, migrations: [rename(1, seen)] })).toBe(0);
    expect(seen).toHaveLength(1200);
    expect(await state()).toMatchObject({ version: 1, holder: null });
  });

  it('runs in one process while the others wait for its end', async () => {
    const seen: string[] = [];
    const counts = await Promise.all(
      [1, 2, 3].map(() => migrateStore(connection, { ...options, migrations: [rename(1, seen)] })),
    );
    expect(counts.sort()).toEqual([0, 0, 1200]);
    expect(seen).toHaveLength(1200);
  });

  it('goes on after a crash where the last stored batch ended, once the lock of the dead has run out', async () => {
    const seen: string[] = [];
    let batches = 0;
    // A killed process never lets go of its lock: the connection refuses everything after the second batch.
    const dying = { now: () => new Date(Date.now() - 10 * 60_000) };
    const crash = await migrateStore(connection, {
      ...options,
      clock: dying,
      migrations: [rename(1, seen)],
      probe: async () => {
        batches += 1;
        if (batches < 2) return;
        await connection
          .collection<{ _id: string }>('storestates')
          .updateOne({ _id: 'documents' }, { $set: { holder: 'the killed one' } });
        throw new Error('killed');
      },
    }).catch((error: Error) => error.message);
    expect(crash).toBe('killed');
    expect(await state()).toMatchObject({ version: 0, after: 'd0999', holder: 'the killed one' });

    expect(await migrateStore(connection, { ...options, migrations: [rename(1, seen)] })).toBe(200);
    expect(seen).toHaveLength(1200);
    expect(await olds().countDocuments({ before: { $exists: true } })).toBe(0);
  });

  it('stops when another process has taken its lock', async () => {
    const taken = migrateStore(connection, {
      ...options,
      migrations: [rename(1, [])],
      probe: async () => {
        await connection
          .collection<{ _id: string }>('storestates')
          .updateOne({ _id: 'documents' }, { $set: { holder: 'another' } });
      },
    });
    await expect(taken).rejects.toMatchObject({ code: 'conflict' });
    expect(await state()).toMatchObject({ holder: 'another', version: 0 });
  });

  it('refuses a store that a newer version has written, and changes nothing', async () => {
    await migrateStore(connection, { ...options, migrations: [rename(1, []), rename(7, [])] });
    await expect(migrateStore(connection, { ...options, migrations: [rename(1, [])] })).rejects.toThrow(
      'newer Doorstep (documents of version 7, this one knows 1)',
    );
    expect(await state()).toMatchObject({ version: 7 });
  });

  it('gives an end to handled events that an older version kept for ever, and leaves the others alone', async () => {
    const inbox = connection.collection<Record<string, unknown>>('inbox');
    const receivedAt = new Date('2026-11-01T10:00:00Z');
    const expireAt = new Date('2026-11-20T00:00:00Z');
    await inbox.insertMany([
      { _id: 'old', state: 'done', receivedAt } as never,
      { _id: 'ended', state: 'done', receivedAt, expireAt } as never,
      { _id: 'waiting', state: 'new', receivedAt } as never,
    ]);
    expect(await migrateStore(connection, options)).toBe(1);
    const after = await inbox.find().sort({ _id: 1 }).toArray();
    expect(after.map((each) => each.expireAt)).toEqual([
      expireAt,
      new Date(receivedAt.getTime() + 14 * DAY_MS),
      undefined,
    ]);
  });

  it('marks orders whose parcel waits after a failed attempt, so that the list of them has the old ones too', async () => {
    const at = new Date('2026-11-21T10:00:00Z');
    const order = (number: string, ...statuses: string[]) => ({
      _id: number,
      orderNumber: number,
      placedAt: new Date('2026-11-15T10:00:00Z'),
      history: [],
      requests: [],
      shipments: [
        {
          id: 'S1',
          status: statuses.at(-1),
          attempts: 1,
          events: statuses.map((status) => ({ at, status })),
        },
      ],
    });
    const orders = connection.collection<Record<string, unknown>>('orders');
    await orders.insertMany([
      order('A', 'attempt_failed') as never,
      order('B', 'attempt_failed', 'out_for_delivery') as never,
      order('C', 'attempt_failed', 'in_transit') as never,
    ]);
    expect(await migrateStore(connection, options)).toBe(2);
    const after = await orders.find().sort({ _id: 1 }).toArray();
    expect(after.map(({ failedAt }) => failedAt)).toEqual([at, undefined, at]);
    expect(after.map(({ failedDueAt }) => failedDueAt)).toEqual([undefined, undefined, undefined]);
  });

  it('numbers its steps in rising order', () => {
    const versions = MIGRATIONS.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });
});
