import { Decimal128, Double, Int32, Long, MongoClient, ObjectId } from 'mongodb';
import type { Db, Document } from 'mongodb';
import { MongoServer } from '../../src/embedded-mongodb/server';
import { FolderInUse, findRunning, startEmbeddedMongo } from '../../src/embedded-mongodb';
import { backup, check } from '../../src/embedded-mongodb/check';
import { copyDatabase } from '../../src/embedded-mongodb/copy';
import { freshFolder, startTestServer } from './server';
import type { TestServer } from './server';

let t: TestServer;
let db: Db;
let n = 0;
beforeAll(async () => {
  t = await startTestServer({ expiryEveryMs: 50 });
  db = t.db;
});
afterAll(() => t.stop());
const fresh = (): string => `c${++n}`;

const FAULTS: [string, number, (name: string) => Promise<unknown>][] = [
  ['an unknown command', 59, () => db.command({ noSuchThing: 1 })],
  ['an unknown query operator', 2, (c) => db.collection(c).findOne({ a: { $foo: 1 } })],
  ['an unknown update operator', 9, (c) => db.collection(c).updateOne({}, { $foo: { a: 1 } } as never)],
  [
    'two changes of one path',
    40,
    (c) => db.collection(c).updateOne({}, { $set: { a: 1 }, $inc: { 'a.b': 1 } }),
  ],
  ['a change of _id', 66, (c) => db.collection(c).updateOne({ k: 1 }, { $set: { _id: 9 as never } })],
  ['$inc of text', 14, (c) => db.collection(c).updateOne({ k: 1 }, { $inc: { s: 1 } as never })],
  ['$push onto a number', 2, (c) => db.collection(c).updateOne({ k: 1 }, { $push: { k: 1 } as never })],
  ['a field below a number', 28, (c) => db.collection(c).updateOne({ k: 1 }, { $set: { 'k.x': 1 } })],
  ['a collection that exists', 48, async (c) => db.command({ create: c })],
  ['an index on a missing collection', 26, () => db.collection('missing').indexes()],
  ['a missing index', 27, (c) => db.collection(c).dropIndex('none')],
  ['dropping _id_', 72, (c) => db.collection(c).dropIndex('_id_')],
  ['the same name with other options', 86, (c) => db.collection(c).createIndex({ k: 1 }, { unique: true })],
  ['the same index by another name', 85, (c) => db.collection(c).createIndex({ k: 1 }, { name: 'other' })],
  ['the same name with another key', 86, (c) => db.collection(c).createIndex({ s: 1 }, { name: 'k_1' })],
  ['collation', 115, (c) => db.collection(c).findOne({}, { collation: { locale: 'de' } })],
  ['a text index', 115, (c) => db.collection(c).createIndex({ s: 'text' })],
  [
    '$out',
    115,
    (c) =>
      db
        .collection(c)
        .aggregate([{ $out: 'x' }])
        .toArray(),
  ],
  [
    'a change stream',
    115,
    (c) =>
      db
        .collection(c)
        .aggregate([{ $changeStream: {} }])
        .toArray(),
  ],
  ['$where', 115, (c) => db.collection(c).findOne({ $where: 'true' } as never)],
  [
    'an unknown stage',
    40324,
    (c) =>
      db
        .collection(c)
        .aggregate([{ $nope: 1 }])
        .toArray(),
  ],
  ['an unknown cursor', 43, (c) => db.command({ getMore: Long.fromNumber(12345), collection: c })],
  ['an unknown hint', 2, (c) => db.collection(c).find({ k: 1 }).hint('none').toArray()],
  ['a list as _id', 53, (c) => db.collection(c).insertOne({ _id: [1] as never })],
  [
    'more than 16 MB',
    10334,
    (c) => db.collection(c).updateOne({ k: 1 }, [{ $set: { x: { $concat: ['$big', '$big'] } } }]),
  ],
  ['parallel lists in one index', 171, (c) => db.collection(c).insertOne({ p: [1], q: [2] })],
];

test.each(FAULTS)('%s is refused with code %i', async (_what, code, run) => {
  const name = fresh();
  const c = db.collection(name);
  await c.insertOne({ k: 1, s: 'x', ...(code === 10334 && { big: 'x'.repeat(9_000_000) }) });
  await c.createIndex({ k: 1 });
  await c.createIndex({ p: 1, q: 1 });
  await expect(run(name)).rejects.toMatchObject({ code });
});

const TYPES: Document = {
  i: new Int32(5),
  l: Long.fromString('9007199254740993'),
  d: new Double(5),
  z: new Double(-0),
  dec: Decimal128.fromString('1.10'),
  o: new ObjectId(),
  t: new Date(-1),
  n: null,
  b: true,
  s: 'é\u{1f600}',
  '1': 'digits',
  a: [new Int32(1), [new Double(2)]],
  sub: { y: 1, x: 2 },
};

test('every BSON type and the order of fields come back as they were stored, also after a change', async () => {
  const c = db.collection<Document>(fresh());
  await c.insertOne({ _id: 1 as never, ...TYPES });
  const before = await c.findOne({}, { raw: true });
  await c.updateOne({}, { $set: { extra: 1 } });
  await c.updateOne({}, { $unset: { extra: '' } });
  expect(await c.findOne({}, { raw: true })).toEqual(before);
  expect(await c.countDocuments({ l: Long.fromString('9007199254740993') })).toBe(1);
  expect(await c.countDocuments({ l: Long.fromString('9007199254740992') })).toBe(0);
});

test('$pull takes out what one of several filters fits', async () => {
  const c = db.collection<{ list: { kind: string; value: string }[] }>(fresh());
  await c.insertOne({ list: ['1', '2', '3'].map((value) => ({ kind: 'phone', value })) });
  const either = ['1', '3'].map((value) => ({ kind: 'phone', value }));
  await c.updateOne({}, { $pull: { list: { $or: either } as never } });
  expect((await c.findOne())?.list).toEqual([{ kind: 'phone', value: '2' }]);
});

test('values sort in the order of BSON types', async () => {
  const c = db.collection<Document>(fresh());
  const ordered = [
    null,
    new Int32(1),
    Decimal128.fromString('1.5'),
    Long.fromNumber(2),
    'a',
    { a: 1 },
    new ObjectId(),
    false,
    true,
    new Date(0),
  ];
  await c.insertMany([...ordered].reverse().map((v, i) => ({ _id: i as never, v })));
  const ids = (await c.find().sort({ v: 1 }).toArray()).map((d) => d._id as unknown as number);
  expect(ids).toEqual(ordered.map((_, i) => ordered.length - 1 - i));
  await c.createIndex({ v: 1 });
  expect((await c.find().sort({ v: 1 }).toArray()).map((d) => d._id)).toEqual(ids);
});

test('a unique index holds while many write the same key at once', async () => {
  const c = db.collection(fresh());
  await c.createIndex({ k: 1 }, { unique: true });
  const results = await Promise.allSettled(Array.from({ length: 60 }, (_, i) => c.insertOne({ k: i % 5 })));
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(5);
  const upserts = await Promise.all(
    Array.from({ length: 30 }, () => c.updateOne({ k: 'x' }, { $inc: { hits: 1 } }, { upsert: true })),
  );
  expect(upserts.filter((r) => r.upsertedCount === 1)).toHaveLength(1);
  expect(await c.findOne({ k: 'x' })).toMatchObject({ hits: 30 });
});

test('partial, sparse and multikey indexes keep out and find what they should', async () => {
  const c = db.collection<Document>(fresh());
  await c.createIndex({ mail: 1 }, { unique: true, partialFilterExpression: { active: true } });
  await c.createIndex({ tag: 1 }, { unique: true, sparse: true });
  await c.createIndex({ 'parts.sku': 1 });
  await c.insertMany([
    { mail: 'a', active: false, parts: [{ sku: 'x' }, { sku: 'y' }] },
    { mail: 'a', active: true },
    { mail: 'a', active: false },
  ]);
  await expect(c.insertOne({ mail: 'a', active: true })).rejects.toMatchObject({
    code: 11000,
    keyPattern: { mail: 1 },
    keyValue: { mail: 'a' },
  });
  expect(await c.countDocuments({ mail: 'a' })).toBe(3);
  const e = await c.find({ 'parts.sku': 'y' }).explain();
  expect(e.queryPlanner.winningPlan.inputStage).toMatchObject({ stage: 'IXSCAN', isMultiKey: true });
  expect(e.executionStats).toMatchObject({ nReturned: 1, totalDocsExamined: 1 });
});

test('documents expire by a TTL index, and collMod changes when', async () => {
  const c = db.collection<Document>(fresh());
  await c.createIndex({ at: 1 }, { expireAfterSeconds: 3600 });
  await c.insertMany([
    { at: new Date(Date.now() - 10_000) },
    { at: new Date(Date.now() + 1e6) },
    { at: 'never' },
  ]);
  await db.command({ collMod: c.collectionName, index: { keyPattern: { at: 1 }, expireAfterSeconds: 1 } });
  for (let i = 0; i < 100 && (await c.countDocuments()) > 2; i++) await new Promise((r) => setTimeout(r, 30));
  expect(await c.countDocuments()).toBe(2);
});

test('batches, joins, facets and pipeline updates', async () => {
  const [a, b] = [db.collection<Document>(fresh()), db.collection<Document>(fresh())];
  await a.insertMany(Array.from({ length: 250 }, (_, i) => ({ _id: i as never, g: i % 3 })));
  await b.insertMany([
    { _id: 0 as never, name: 'zero' },
    { _id: 1 as never, name: 'one' },
  ]);
  expect(await a.find({}, { batchSize: 7 }).toArray()).toHaveLength(250);
  const [row] = await a
    .aggregate([
      { $match: { _id: 4 } },
      { $lookup: { from: b.collectionName, localField: 'g', foreignField: '_id', as: 'hit' } },
    ])
    .toArray();
  expect(row).toEqual({ _id: 4, g: 1, hit: [{ _id: 1, name: 'one' }] });
  const [facets] = await a
    .aggregate([{ $facet: { n: [{ $count: 'all' }], top: [{ $sortByCount: '$g' }, { $limit: 1 }] } }])
    .toArray();
  expect(facets).toEqual({ n: [{ all: 250 }], top: [{ _id: 0, count: 84 }] });
  await a.updateMany({ g: 1 }, [
    {
      $set: {
        s: { $switch: { branches: [{ case: { $gt: ['$_id', 100] }, then: 'big' }], default: 'small' } },
      },
    },
  ]);
  expect([await a.countDocuments({ s: 'big' }), await a.countDocuments({ s: 'small' })]).toEqual([49, 34]);
});

test.each([
  ['Asia/Kolkata', '2026-11-27T18:29:59Z', '2026-11-27 23:59 +0530'],
  ['Asia/Kolkata', '2026-11-27T18:30:00Z', '2026-11-28 00:00 +0530'],
  ['Asia/Kathmandu', '2026-11-27T18:15:00Z', '2026-11-28 00:00 +0545'],
  ['America/New_York', '2026-03-08T06:59:00Z', '2026-03-08 01:59 -0500'],
  ['America/New_York', '2026-03-08T07:00:00Z', '2026-03-08 03:00 -0400'],
  ['America/New_York', '2026-11-01T05:59:00Z', '2026-11-01 01:59 -0400'],
  ['America/New_York', '2026-11-01T06:00:00Z', '2026-11-01 01:00 -0500'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', '2026-10-04 02:30 +1100'],
])(
  'a clock of %s shows %s as %s, also on days when it is put forward or back',
  async (timezone, at, wall) => {
    const c = db.collection<Document>(fresh());
    // The second is read from what is kept of the zone.
    await c.insertMany([{ at: new Date(at) }, { at: new Date(at) }]);
    const shown = { $dateToString: { date: '$at', timezone, format: '%Y-%m-%d %H:%M %z' } };
    const rows = await c.aggregate([{ $project: { _id: 0, shown } }]).toArray();
    expect(rows).toEqual([{ shown: wall }, { shown: wall }]);
  },
);

test('a write is answered only after the flush: when the flush fails, so does the write', async () => {
  const server = new MongoServer(freshFolder());
  const { store } = server.parts;
  const commit = store.commit;
  let settled = false;
  let release: () => void = () => undefined;
  const gate = new Promise<void>((r) => (release = r));
  store.commit = async (run) => {
    await commit(run);
    await gate;
  };
  const pending = store.write(() => 1).then(() => (settled = true));
  await new Promise((r) => setTimeout(r, 30));
  expect(settled).toBe(false);
  release();
  await pending;
  const failing = (words: string) => async (run: () => void) => {
    await commit(run);
    throw new Error(words);
  };
  store.commit = failing('No space left on device');
  await expect(store.write(() => 1)).rejects.toMatchObject({ code: 14031 });
  store.commit = commit;
  expect(await store.write(() => 2)).toBe(2);
  // A disk that failed otherwise is not trusted again before the next start.
  store.commit = failing('Input/output error');
  await expect(store.write(() => 1)).rejects.toMatchObject({ code: 1 });
  store.commit = commit;
  await expect(store.write(() => 1)).rejects.toMatchObject({ code: 1 });
  await server.close();
});

test('a second server on a folder names the first; the folder can be joined, backed up and checked meanwhile', async () => {
  await expect(startEmbeddedMongo({ dataDir: t.dir, inProcess: true })).rejects.toThrow(FolderInUse);
  await expect(startEmbeddedMongo({ dataDir: t.dir, inProcess: true })).rejects.toThrow(
    `process ${process.pid}`,
  );
  expect(await findRunning(t.dir)).toBe(t.server.uri);
  const to = freshFolder();
  await backup(t.dir, to);
  const report = await check(t.dir);
  expect(report.problems).toEqual([]);
  expect(report.documents).toBeGreaterThan(200);
  const other = await startEmbeddedMongo({ dataDir: to, inProcess: true });
  const empty = await startTestServer();
  const copied = await copyDatabase({ uri: other.uri, name: 't' }, { uri: empty.server.uri, name: 't' });
  expect(copied.documents).toBe(report.documents);
  const client = await MongoClient.connect(other.uri);
  expect((await client.db('t').collections()).length).toBe((await empty.db.collections()).length);
  await client.close();
  await other.close();
  await empty.stop();
});
