import type { Collection, Document } from 'mongodb';
import { Decimal128, MinKey } from 'mongodb';
import { inPieces } from '../../src/embedded-mongodb/query/pauses';
import { Chance } from './random';
import { startTestServer } from './server';
import type { TestServer } from './server';

let t: TestServer;
let n = 0;
beforeAll(async () => {
  t = await startTestServer({ expiryEveryMs: 50 });
});
afterAll(() => t.stop());

async function filled(docs: Document[]): Promise<Collection<Document>> {
  const c = t.db.collection(`c${++n}`);
  await c.insertMany(docs.map((d) => ({ ...d })));
  return c;
}

const LISTS = [
  { _id: 1, d: [{ x: 1 }, 5] },
  { _id: 2, d: [{ x: 2 }, { x: 9 }] },
  { _id: 3, d: [] },
  { _id: 4, d: { x: 3 } },
  { _id: 5, d: [[{ x: 0 }]] },
  { _id: 6, d: { x: [] } },
  { _id: 7, d: { x: [4, 8] } },
];

test.each([
  // An element that has no such field counts as null, an empty list at the end of the path comes before null.
  ['up', 1, [6, 1, 3, 5, 2, 4, 7]],
  ['down', -1, [2, 7, 4, 1, 3, 5, 6]],
] as const)('a sort through lists goes by the keys of an index, %s', async (_way, direction, order) => {
  const c = await filled(LISTS);
  const sorted = await c.find().sort({ 'd.x': direction, _id: 1 }).toArray();
  expect(sorted.map((d) => d._id)).toEqual(order);
});

test('of a list of documents the least pair counts, not the pair of the least; two lists side by side are refused', async () => {
  const c = await filled([
    {
      _id: 1,
      d: [
        { x: 1, y: 9 },
        { x: 2, y: 0 },
      ],
    },
    { _id: 2, d: [{ x: 1, y: 5 }] },
  ]);
  expect((await c.find().sort({ 'd.x': 1, 'd.y': 1 }).toArray()).map((d) => d._id)).toEqual([2, 1]);
  await c.insertOne({ _id: 3 as never, d: [1], e: [1] });
  await expect(c.find().sort({ d: 1, e: 1 }).toArray()).rejects.toMatchObject({ code: 2 });
});

test('$push sorts by the very value of a field, also where that is a list', async () => {
  const c = await filled([{ _id: 1, l: [{ k: [5, 1] }, { k: [2] }] }]);
  await c.updateOne({}, { $push: { l: { $each: [], $sort: { k: 1 } } } } as never);
  expect((await c.findOne())?.l).toEqual([{ k: [2] }, { k: [5, 1] }]);
});

test('a list is sorted in pieces as in one, and equal elements keep their order', () => {
  const r = new Chance(3);
  const list = Array.from({ length: 7777 }, (_, i) => ({ k: r.below(500), i }));
  const expected = [...list].sort((a, b) => a.k - b.k);
  const work = inPieces(list, (a, b) => a.k - b.k);
  let pauses = 0;
  for (;;) {
    const { value, done } = work.next();
    if (done) {
      expect(value).toEqual(expected);
      break;
    }
    pauses++;
  }
  expect(pauses).toBeGreaterThan(7);
});

test('an upsert whose filter binds a field and one within it is refused; a replacement takes only _id from it', async () => {
  const c = await filled([{ _id: 1 }]);
  const twice = { a: ['a'], 'a.x': 3 };
  await expect(c.updateOne(twice, { $set: { b: 1 } }, { upsert: true })).rejects.toMatchObject({ code: 54 });
  await c.replaceOne({ ...twice, _id: 2 as never }, { b: 1 }, { upsert: true });
  expect(await c.find().toArray()).toEqual([{ _id: 1 }, { _id: 2, b: 1 }]);
});

test('documents with fields named like those of a statement are inserted like any other', async () => {
  const c = await filled([{ _id: 1 }]);
  await c.insertMany([{ a: 1 }, { multi: true }, { q: {}, limit: 0 }]);
  expect(await c.countDocuments()).toBe(4);
});

test('a document that changes while it is looked for is not changed on a stale view', async () => {
  const c = await filled(Array.from({ length: 1500 }, (_, i) => ({ _id: i, k: i })));
  const takes = Array.from({ length: 6 }, () =>
    c.findOneAndUpdate({ taken: null }, { $set: { taken: true } }, { sort: { k: -1 } }),
  );
  const taken = (await Promise.all(takes)).map((d) => (d as Document)._id as number);
  expect([...taken].sort((a, b) => b - a)).toEqual(Array.from({ length: 6 }, (_, i) => 1499 - i));
});

describe('beside long work', () => {
  let c: Collection<Document>;
  beforeAll(async () => {
    c = await filled(
      Array.from({ length: 12_000 }, (_, i) => ({ _id: i, k: (i * 7919) % 12_000, g: i % 6_000 })),
    );
  });

  const long: [string, () => Promise<unknown>][] = [
    ['a sort without an index', () => c.find().sort({ k: 1 }).limit(9_000).toArray()],
    ['a sorted group', () => c.aggregate([{ $group: { _id: '$g' } }, { $sort: { _id: -1 } }]).toArray()],
    ['all values of a field', () => c.distinct('k')],
    ['a facet', () => c.aggregate([{ $facet: { a: [{ $sort: { k: 1 } }, { $limit: 1 }] } }]).toArray()],
    ['an update that scans', () => c.updateOne({ k: -1 }, { $set: { x: 1 } })],
    ['a delete that scans', () => c.deleteOne({ k: -1 })],
    [
      'the first by an order that no index has',
      () => c.findOneAndUpdate({}, { $set: { x: 1 } }, { sort: { k: -1 } }),
    ],
    ['a change of many', () => c.updateMany({}, { $inc: { x: 1 } })],
    ['an index in the making', () => c.createIndex({ k: 1 })],
  ];

  test.each(long)('%s, others are answered many times', async (_what, run) => {
    let over = false;
    const work = run().then(() => (over = true));
    let answered = 0;
    // Each answer comes in a pause: work without pauses is over after one or two.
    while (!over) {
      await t.db.command({ ping: 1 });
      answered++;
    }
    await work;
    expect(answered).toBeGreaterThan(8);
  });
});

const at = (ms: number): Date => new Date(Date.now() + ms);

test('a hidden, a partial and a sparse TTL index expire their documents, too', async () => {
  for (const options of [{ hidden: true }, { partialFilterExpression: { kind: 'old' } }, { sparse: true }]) {
    const c = await filled([
      { _id: 1, at: at(-5000), kind: 'old' },
      { _id: 2, at: at(60_000), kind: 'old' },
      { _id: 3, kind: 'old' },
    ]);
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 1, ...options });
    for (let i = 0; i < 100 && (await c.countDocuments()) > 2; i++)
      await new Promise((done) => setTimeout(done, 50));
    expect((await c.find().sort({ _id: 1 }).toArray()).map((d) => d._id)).toEqual([2, 3]);
  }
});

test('a hint may not name a hidden index', async () => {
  const c = await filled([{ _id: 1, a: 1 }]);
  await c.createIndex({ a: 1 }, { hidden: true });
  await expect(c.findOne({ a: 1 }, { hint: 'a_1' })).rejects.toMatchObject({ code: 2 });
});

const expression = async (e: unknown): Promise<unknown> => {
  const c = await filled([{ _id: 1, l: [1], o: {}, zero: Decimal128.fromString('0E+3') }]);
  const [row] = await c.aggregate([{ $project: { r: e } }]).toArray();
  return (row as Document).r as unknown;
};

test.each([
  ['$setIsSubset of what is no list, first', { $setIsSubset: ['$o', '$l'] }, 17046],
  ['$setIsSubset of what is no list, second', { $setIsSubset: ['$l', '$o'] }, 17042],
  ['$setIsSubset of nothing', { $setIsSubset: ['$none', '$l'] }, 17046],
  ['$setUnion of what is no list', { $setUnion: ['$l', '$o'] }, 17043],
  ['$setDifference of what is no list', { $setDifference: ['$l', '$o'] }, 17049],
  ['$setEquals of nothing', { $setEquals: ['$l', '$none'] }, 17044],
  ['$anyElementTrue of nothing', { $anyElementTrue: ['$none'] }, 17041],
])('%s has the code of its own', async (_what, e, code) => {
  await expect(expression(e)).rejects.toMatchObject({ code });
});

test('to an expression a missing field comes behind MinKey and before null', async () => {
  expect(await expression({ $cmp: ['$none', { $literal: new MinKey() }] })).toBe(1);
  expect(await expression({ $cmp: ['$none', null] })).toBe(-1);
  expect(await expression({ $eq: ['$none', '$neither'] })).toBe(true);
});

test('a set operator that makes a set gives null for nothing; a decimal 0 is false', async () => {
  expect(await expression({ $setUnion: ['$l', '$none'] })).toBeNull();
  expect(await expression({ $cond: ['$zero', 1, 2] })).toBe(2);
});
