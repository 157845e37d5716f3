import type { Db, Document } from 'mongodb';
import { startTestServer } from './server';
import type { TestServer } from './server';

let t: TestServer;
let db: Db;
beforeAll(async () => {
  t = await startTestServer();
  db = t.db;
  await db
    .collection('c')
    .insertMany(Array.from({ length: 40 }, (_, i) => ({ n: i, text: 'x'.repeat(200) })));
  await db.collection('c').createIndex({ n: 1 });
});
afterAll(() => t.stop());

const admin = (command: Document): Promise<Document> => t.client.db('admin').command(command);

const GREETINGS: [what: string, command: Document, answer: Document][] = [
  ['hello', { hello: 1 }, { isWritablePrimary: true, maxWireVersion: 21 }],
  ['the old greeting', { isMaster: 1 }, { ismaster: true }],
  ['buildInfo', { buildInfo: 1 }, { version: '7.0.0', modules: ['doorstep-embedded'] }],
  ['the arguments of the server', { getCmdLineOpts: 1 }, { argv: [] }],
  [
    'who is signed in',
    { connectionStatus: 1, showPrivileges: true },
    { authInfo: { authenticatedUsers: [] } },
  ],
  ['warnings at the start', { getLog: 'startupWarnings' }, { totalLinesWritten: 0, log: [] }],
  [
    'the compatibility',
    { getParameter: 1, featureCompatibilityVersion: 1 },
    { featureCompatibilityVersion: { version: '7.0' } },
  ],
  ['the machine', { hostInfo: 1 }, { os: { type: process.platform } }],
  ['the state of the server', { serverStatus: 1 }, { version: '7.0.0', process: 'doorstep-embedded' }],
  ['a new session', { startSession: 1 }, { timeoutMinutes: 30 }],
];

test.each(GREETINGS)('a shell that asks for %s is answered', async (_what, command, answer) => {
  expect(await admin(command)).toMatchObject(answer);
});

test.each([
  ['of a hosted service', 59, { atlasVersion: 1 }],
  ['of replication', 115, { replSetGetStatus: 1 }],
  ['of running operations', 115, { aggregate: 1, pipeline: [{ $currentOp: {} }], cursor: {} }],
  ['of users', 115, { usersInfo: 1 }],
  ['of an unknown parameter', 72, { getParameter: 1, nothingOfTheKind: 1 }],
  ['of an unknown log', 96, { getLog: 'nothing' }],
])('a question %s is refused cleanly', async (_what, code, command) => {
  await expect(admin(command)).rejects.toMatchObject({ code });
});

test('databases, collections and indexes are listed, by name alone and by filter', async () => {
  const { databases } = await admin({ listDatabases: 1, nameOnly: true, authorizedDatabases: true });
  expect(databases).toEqual([{ name: 't' }]);
  const names = await db
    .listCollections({ name: 'c' }, { nameOnly: true, authorizedCollections: true })
    .toArray();
  expect(names).toEqual([{ name: 'c', type: 'collection' }]);
  expect(await db.listCollections({ type: 'view' }).toArray()).toEqual([]);
  expect((await db.collection('c').indexes()).map((x) => x.name)).toEqual(['_id_', 'n_1']);
});

test('sizes are told by command and by stage, in the unit asked for', async () => {
  const whole = await db.command({ collStats: 'c' });
  expect(whole).toMatchObject({ ns: 't.c', count: 40, nindexes: 2, capped: false, scaleFactor: 1 });
  expect(whole.size).toBeGreaterThan(8000);
  const small = await db.command({ collStats: 'c', scale: 1024 });
  expect(small).toMatchObject({ size: Math.floor(whole.size / 1024), scaleFactor: 1024 });
  const stats = await db.command({ dbStats: 1, scale: 1024 });
  expect(stats.dataSize).toBeCloseTo(whole.size / 1024);
  await expect(db.command({ dbStats: 1, scale: 0 })).rejects.toMatchObject({ code: 2 });
  const stage = [
    { $collStats: { storageStats: { scale: 1024 }, count: {} } },
    { $project: { localTime: 0 } },
  ];
  const [row] = await db.collection('c').aggregate(stage).toArray();
  expect(row).toMatchObject({ ns: 't.c', count: 40, storageStats: { size: small.size, nindexes: 2 } });
  const late = db.collection('c').aggregate([{ $match: {} }, { $collStats: { count: {} } }]);
  await expect(late.toArray()).rejects.toMatchObject({ code: 40602 });
});

test('a plan is explained for a find, a pipeline and a count', async () => {
  const found = await db.collection('c').find({ n: 3 }).explain('executionStats');
  expect(found.executionStats).toMatchObject({ nReturned: 1, totalDocsExamined: 1 });
  const piped = await db
    .collection('c')
    .aggregate([{ $match: { n: 3 } }])
    .explain('queryPlanner');
  expect(piped.queryPlanner.winningPlan.inputStage).toMatchObject({ stage: 'IXSCAN', indexName: 'n_1' });
  const counted = await db.command({
    explain: { count: 'c', query: { text: 'y' } },
    verbosity: 'queryPlanner',
  });
  expect(counted.queryPlanner.winningPlan).toMatchObject({ stage: 'COLLSCAN' });
});

test('a list of any length is looked up by index, alone and before a range', async () => {
  const c = db.collection('long-lists');
  await c.createIndex({ phone: 1, at: -1 });
  await c.insertMany(Array.from({ length: 40 }, (_, n) => ({ _id: n as never, phone: `p${n}`, at: n })));
  const ids = Array.from({ length: 5000 }, (_, n) => n + 20);
  for (const filter of [
    { _id: { $in: ids as never[] } },
    { phone: { $in: ids.map((n) => `p${n}`) } },
    { phone: { $in: ids.map((n) => `p${n}`) }, at: { $gt: 0 } },
  ]) {
    const { executionStats } = await c.find(filter).explain('executionStats');
    expect(executionStats).toMatchObject({ nReturned: 20, totalDocsExamined: 20 });
  }
});

test('a page of documents is sampled and counted the way a window shows it', async () => {
  const c = db.collection('c');
  expect(
    await c.aggregate([{ $sample: { size: 5 } }], { allowDiskUse: true, maxTimeMS: 60_000 }).toArray(),
  ).toHaveLength(5);
  expect(await c.aggregate([{ $match: {} }, { $group: { _id: 1, n: { $sum: 1 } } }]).toArray()).toEqual([
    { _id: 1, n: 40 },
  ]);
  expect(await c.find().sort({ n: -1 }).skip(2).limit(2).project({ _id: 0, n: 1 }).toArray()).toEqual([
    { n: 37 },
    { n: 36 },
  ]);
  expect(await c.estimatedDocumentCount()).toBe(40);
});
