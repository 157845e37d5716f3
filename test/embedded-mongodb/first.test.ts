import mongoose from 'mongoose';
import { startTestServer } from './server';
import type { TestServer } from './server';

let t: TestServer;
beforeAll(async () => {
  t = await startTestServer();
});
afterAll(() => t.stop());

test('the official driver inserts, finds, changes and deletes', async () => {
  const c = t.db.collection<{ _id: number; a?: unknown; list?: unknown[] }>('crud');
  await c.insertMany([
    { _id: 1, a: 'x' },
    { _id: 2, a: 'y' },
    { _id: 3, list: [1, 2] },
  ]);
  expect(
    await c
      .find({ _id: { $gt: 1 } })
      .sort({ _id: -1 })
      .toArray(),
  ).toEqual([
    { _id: 3, list: [1, 2] },
    { _id: 2, a: 'y' },
  ]);
  expect(await c.updateOne({ _id: 3 }, { $push: { list: 3 } as never, $set: { a: { b: 1 } } })).toMatchObject(
    { matchedCount: 1, modifiedCount: 1 },
  );
  expect(
    await c.findOneAndUpdate({ _id: 3, list: 2 }, { $set: { 'list.$': 9 } }, { returnDocument: 'after' }),
  ).toEqual({ _id: 3, a: { b: 1 }, list: [1, 9, 3] });
  expect(await c.countDocuments({ a: { $exists: true } })).toBe(3);
  await expect(c.insertOne({ _id: 1 })).rejects.toMatchObject({
    code: 11000,
    keyPattern: { _id: 1 },
    keyValue: { _id: 1 },
  });
  expect(await c.deleteMany({ _id: { $in: [1, 2] } })).toMatchObject({ deletedCount: 2 });
  expect(
    await c.aggregate([{ $unwind: '$list' }, { $group: { _id: null, n: { $sum: '$list' } } }]).toArray(),
  ).toEqual([{ _id: null, n: 13 }]);
});

test('an index serves equality, ranges and sorts without a scan', async () => {
  const c = t.db.collection('ix');
  await c.insertMany(Array.from({ length: 500 }, (_, i) => ({ k: i % 50, n: i })));
  await c.createIndex({ k: 1, n: -1 });
  const e = await c
    .find({ k: 7, n: { $lt: 200 } })
    .sort({ n: -1 })
    .explain();
  expect(e.queryPlanner.winningPlan).toMatchObject({
    stage: 'FETCH',
    inputStage: { stage: 'IXSCAN', indexName: 'k_1_n_-1' },
  });
  expect(e.executionStats).toMatchObject({ nReturned: 4, totalDocsExamined: 4, totalKeysExamined: 4 });
  expect(
    (
      await c
        .find({ k: 7, n: { $lt: 200 } })
        .sort({ n: -1 })
        .toArray()
    ).map((d) => d.n),
  ).toEqual([157, 107, 57, 7]);
  expect(await c.find({}).toArray()).toHaveLength(500);
});

test('mongoose works over the socket', async () => {
  const m = await mongoose.createConnection(t.server.uri, { dbName: 'goose' }).asPromise();
  const Model = m.model('Thing', new mongoose.Schema({ name: { type: String, unique: true }, at: Date }));
  await Model.init();
  await Model.create({ name: 'a', at: new Date(5) });
  await expect(Model.create({ name: 'a' })).rejects.toMatchObject({ code: 11000, keyValue: { name: 'a' } });
  expect((await Model.findOne({ name: 'a' }))?.at).toEqual(new Date(5));
  expect(await Model.updateOne({ name: 'b' }, { $set: { at: new Date(6) } }, { upsert: true })).toMatchObject(
    { upsertedCount: 1 },
  );
  await m.close();
});
