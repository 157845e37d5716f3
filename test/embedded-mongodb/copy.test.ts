import { Decimal128, Double, Int32, Long, MongoClient, ObjectId } from 'mongodb';
import { copyDatabase } from '../../src/embedded-mongodb/copy';
import type { CopyProgress } from '../../src/embedded-mongodb/copy';
import { startTestServer } from './server';
import type { TestServer } from './server';

const OTHER = process.env.TEST_MONGODB_URI;
let from: TestServer;
let to: TestServer;
beforeAll(async () => {
  from = await startTestServer();
  to = await startTestServer();
  const c = from.db.collection('things');
  await c.createIndex({ n: 1 }, { unique: true });
  await c.insertMany(
    Array.from({ length: 1700 }, (_, i) => ({
      _id: `k${String(i).padStart(5, '0')}` as never,
      n: new Int32(i),
      double: new Double(i),
      long: Long.fromNumber(i),
      money: Decimal128.fromString(`${i}.50`),
      id: new ObjectId(),
      at: new Date(i),
      nothing: null,
    })),
  );
});
afterAll(async () => {
  await from.stop();
  await to.stop();
});

const raw = async (uri: string, name: string): Promise<string[]> => {
  const client = await MongoClient.connect(uri);
  const list = await client
    .db(name)
    .collection('things')
    .find({}, { raw: true, sort: { _id: 1 } })
    .toArray();
  await client.close();
  return list.map((d) => (d as unknown as Buffer).toString('hex'));
};

async function interruptedAndResumed(uri: string, name: string): Promise<void> {
  const source = { uri: from.server.uri, name: 't' };
  const target = { uri, name };
  const interrupted = copyDatabase(source, target, ({ copied }) => {
    if (copied >= 1000) throw new Error('cut off');
  });
  await expect(interrupted).rejects.toThrow('cut off');
  const seen: CopyProgress[] = [];
  expect(await copyDatabase(source, target, (p) => seen.push(p))).toEqual({
    collections: 1,
    documents: 1700,
  });
  // It went on behind what had arrived.
  expect(seen.map((p) => p.copied)).toEqual([1500, 1700]);
  expect(await raw(uri, name)).toEqual(await raw(from.server.uri, 't'));
}

test('a copy that was cut off goes on where it stopped, and every type arrives as it was stored', async () => {
  await interruptedAndResumed(to.server.uri, 'fresh');
  const there = to.client.db('fresh');
  expect((await there.collections()).map((c) => c.collectionName)).toEqual(['things']);
  await expect(there.collection('things').insertOne({ n: 5 })).rejects.toMatchObject({ code: 11000 });
});

test('a target that holds something else is refused and stays as it was', async () => {
  const mine = to.client.db('taken').collection('things');
  await mine.insertOne({ a: 1 });
  await expect(
    copyDatabase({ uri: from.server.uri, name: 't' }, { uri: to.server.uri, name: 'taken' }),
  ).rejects.toThrow('nothing was copied');
  expect(await mine.countDocuments()).toBe(1);
});

test('a copy that differs in one document is not called complete', async () => {
  const target = { uri: to.server.uri, name: 'changed' };
  await expect(
    copyDatabase({ uri: from.server.uri, name: 't' }, target, ({ copied }) => {
      if (copied >= 1000) throw new Error('cut off');
    }),
  ).rejects.toThrow('cut off');
  await to.client
    .db('changed')
    .collection('things')
    .updateOne({ n: 3 }, { $set: { at: null } });
  await expect(copyDatabase({ uri: from.server.uri, name: 't' }, target)).rejects.toThrow('document 4');
});

(OTHER ? test : test.skip)('the same to another server (TEST_MONGODB_URI)', async () => {
  await interruptedAndResumed(OTHER as string, `copy_${process.pid}`);
  const client = await MongoClient.connect(OTHER as string);
  await client.db(`copy_${process.pid}`).dropDatabase();
  await client.close();
});
