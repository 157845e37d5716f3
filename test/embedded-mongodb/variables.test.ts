import type { Collection, Document } from 'mongodb';
import { startTestServer } from './server';
import type { TestServer } from './server';

let t: TestServer;
let c: Collection<Document>;
beforeAll(async () => {
  t = await startTestServer();
});
beforeEach(async () => {
  c = t.db.collection('c');
  await c.deleteMany({});
  await c.insertMany([
    { _id: 1 as never, n: 1 },
    { _id: 2 as never, n: 2 },
    { _id: 3 as never, n: '$$wanted' },
  ]);
});
afterAll(() => t.stop());

const wanted = { let: { wanted: { $add: [1, 1] } } };
const byVariable = { $expr: { $eq: ['$n', '$$wanted'] } };
const ids = (docs: Document[]): unknown[] => docs.map((d) => d._id);

test('let gives a command variables, worked out once, and leaves text in plain conditions alone', async () => {
  expect(ids(await c.find(byVariable, wanted).toArray())).toEqual([2]);
  expect(ids(await c.find({ n: '$$wanted' }, wanted).toArray())).toEqual([3]);
  expect(ids(await c.aggregate([{ $match: byVariable }], wanted).toArray())).toEqual([2]);
  const nested = [{ $project: { r: { $let: { vars: { wanted: 7 }, in: '$$wanted' } }, o: '$$wanted' } }];
  expect(await c.aggregate([{ $limit: 1 }, ...nested], wanted).toArray()).toEqual([{ _id: 1, r: 7, o: 2 }]);
});

test('let reaches updates, deletes and findAndModify, in filters and in pipelines', async () => {
  expect(await c.updateMany(byVariable, [{ $set: { was: '$$wanted' } }], wanted)).toMatchObject({
    modifiedCount: 1,
  });
  expect(await c.findOneAndUpdate(byVariable, { $set: { x: 1 } }, wanted)).toEqual({ _id: 2, n: 2, was: 2 });
  expect(await c.deleteMany(byVariable, wanted)).toMatchObject({ deletedCount: 1 });
});

test('the pipeline of a join sees its own variables and those around it, each in its place', async () => {
  const join = {
    $lookup: {
      from: 'c',
      let: { mine: '$n' },
      pipeline: [
        { $match: { $expr: { $and: [{ $eq: ['$n', '$$mine'] }, { $eq: ['$n', '$$wanted'] }] } } },
        { $project: { _id: 1 } },
      ],
      as: 'hit',
    },
  };
  const rows = await c.aggregate([{ $match: { n: { $type: 'number' } } }, join], wanted).toArray();
  expect(rows.map((d) => d.hit)).toEqual([[], [{ _id: 2 }]]);
});

test('a constant of an update statement is a variable of its pipeline', async () => {
  await t.db.command({
    update: 'c',
    updates: [{ q: { _id: 1 }, u: [{ $set: { k: '$$c1' } }], c: { c1: 'v' } }],
  });
  expect(await c.findOne({ _id: 1 as never })).toEqual({ _id: 1, n: 1, k: 'v' });
});

test('a command that takes longer than maxTimeMS is given up with code 50', async () => {
  const many = t.db.collection('many');
  await many.insertMany(Array.from({ length: 3000 }, (_, i) => ({ i, text: 'x'.repeat(200) })));
  const slow = { $expr: { $gt: [{ $size: { $range: [0, 500] } }, 1000] } };
  await expect(many.find(slow, { maxTimeMS: 1 }).toArray()).rejects.toMatchObject({ code: 50 });
  expect(await many.find({ i: 1 }, { maxTimeMS: 60_000 }).toArray()).toHaveLength(1);
});

test('names that begin with a dollar are stored by inserts and below the top, not by changes at the top', async () => {
  await c.updateOne({ _id: 1 as never }, { $set: { $bad: 1 } }).then(
    () => expect('an error').toBe('thrown'),
    (e: { code: number }) => expect(e.code).toBe(52),
  );
  await c.updateOne({ _id: 1 as never }, { $set: { deep: { $fine: 1 } } });
  await c.updateOne({ _id: 9 as never }, { $set: { $fresh: 1 } }, { upsert: true });
  expect(await c.findOne({ _id: 9 as never })).toEqual({ _id: 9, $fresh: 1 });
  expect(await c.findOne({ _id: 1 as never })).toMatchObject({ deep: { $fine: 1 } });
});

test('an upsert may give null as _id', async () => {
  await t.db.command({ update: 'c', updates: [{ q: { n: 99 }, u: { _id: null, n: 99 }, upsert: true }] });
  expect(await c.countDocuments({ _id: { $type: 'null' } as never })).toBe(1);
});
