import { EJSON } from 'bson';
import { MongoClient } from 'mongodb';
import type { Collection, Document, Filter } from 'mongodb';
import { Chance, document, filter, scalar, update } from './random';
import { startTestServer } from './server';

const REFERENCE = process.env.TEST_MONGODB_URI;
const OPERATIONS = Number(process.env.DIFFERENTIAL_OPERATIONS ?? 2000);
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 1);
const DOCUMENTS = 40;

/**
 * Where the reference is known to be wrong: a path into a list that is empty or holds no documents leads nowhere, so that
 * it is neither null nor a match of a condition, and what denies a condition holds. The reference takes it for null.
 */
const DOUBTFUL = /"[a-z]\.[^"]*":(\{[^{}]*\}|\{"\$(ne|nin|not|exists|all)|null|\{"\$in":\[[^\]]*null)/;
const DENYING = /\$(ne|nin|not|nor|exists|in)"|null/;

/**
 * Further plain faults of the reference: `$all` matches lists only, null inside a document of a filter is no condition to
 * it, `$inc` and the changes of lists take null for a missing field, and setting a number of equal worth and other type changes nothing.
 */
const FAULTS = [
  /"\$all"/,
  /"[wxyz]":null/,
  /non-numeric type null|of (non-array )?type '?null|apply \$pull(All)? to a non-array|non-array type null/,
  /"modifiedCount"/,
];

function excused(text: string): boolean {
  if (FAULTS.some((f) => f.test(text))) return true;
  return /"[a-z]\.[^"]*":/.test(text) && (DOUBTFUL.test(text) || DENYING.test(text));
}

type Run = (c: Collection<Document>) => Promise<unknown>;
const raw = { promoteValues: false } as const;

function operation(r: Chance): { text: string; run: Run; writes: boolean } {
  const f = filter(r);
  const show = (name: string, ...args: unknown[]): string =>
    `${name} ${EJSON.stringify(args, { relaxed: false })}`;
  switch (r.below(10)) {
    case 0: {
      const id = r.below(DOCUMENTS + 10);
      const doc = document(r, id);
      return { text: show('insertOne', doc), run: (c) => c.insertOne({ ...doc }), writes: true };
    }
    case 1:
    case 2: {
      const u = update(r);
      const upsert = r.flip(4);
      const id = { ...f, _id: r.below(60) };
      return {
        text: show('updateOne', id, u, { upsert }),
        run: (c) => c.updateOne(id as unknown as Filter<Document>, u, { upsert }),
        writes: true,
      };
    }
    case 3: {
      const u = update(r);
      return { text: show('updateMany', f, u), run: (c) => c.updateMany(f, u), writes: true };
    }
    case 4: {
      const u = update(r);
      const options = {
        sort: { _id: r.pick([1, -1]) as 1 | -1 },
        returnDocument: r.pick(['before', 'after'] as const),
        ...raw,
      };
      return {
        text: show('findOneAndUpdate', f, u, options),
        run: (c) => c.findOneAndUpdate(f, u, options),
        writes: true,
      };
    }
    case 5: {
      const id = { _id: r.below(DOCUMENTS) };
      return r.flip(3)
        ? {
            text: show('deleteOne', id),
            run: (c) => c.deleteOne(id as unknown as Filter<Document>),
            writes: true,
          }
        : { text: show('countDocuments', f), run: (c) => c.countDocuments(f), writes: false };
    }
    case 6: {
      const field = r.pick(['a', 'b', 'n', 'l']);
      return {
        text: show('distinct', field, f),
        run: async (c) => (await c.distinct(field, f, raw)).length,
        writes: false,
      };
    }
    case 7: {
      const options = {
        sort: { [r.pick(['n', '_id'])]: r.pick([1, -1]) as 1 | -1, _id: 1 as const },
        skip: r.below(3),
        limit: r.below(12),
        ...raw,
      };
      return { text: show('find', f, options), run: (c) => c.find(f, options).toArray(), writes: false };
    }
    case 8: {
      const options = {
        sort: { _id: 1 as const },
        projection: r.pick<Document>([
          { a: 1 },
          { a: 0, b: 0 },
          { 'd.x': 1, _id: 0 },
          { 'a.x': 0 },
          { n: 1, l: 1 },
        ]),
        ...raw,
      };
      return { text: show('find', f, options), run: (c) => c.find(f, options).toArray(), writes: false };
    }
    default: {
      const stages: Document[] = [
        { $match: f },
        { $group: { _id: r.pick(['$_id', null]), k: { $sum: '$n' }, m: { $max: '$n' }, c: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ];
      return {
        text: show('aggregate', stages),
        run: (c) => c.aggregate(stages, raw).toArray(),
        writes: false,
      };
    }
  }
}

/** An answer as text. The reference adds fields in the order given, MongoDB by name: the order of a document's own fields is left out. */
function plain(v: unknown, relaxed = false): string {
  const one = (d: unknown): unknown =>
    typeof d === 'object' && d !== null && !Array.isArray(d)
      ? Object.fromEntries(Object.entries(d).sort(([a], [b]) => (a < b ? -1 : 1)))
      : d;
  return EJSON.stringify(Array.isArray(v) ? v.map(one) : one(v), { relaxed });
}

async function answer(run: Run, c: Collection<Document>): Promise<{ text: string; failed: boolean }> {
  try {
    return { text: plain(await run(c)), failed: false };
  } catch (e) {
    return {
      text: `fails with ${String((e as { code?: unknown }).code)}: ${(e as Error).message}`,
      failed: true,
    };
  }
}

const state = (c: Collection<Document>): Promise<Document[]> =>
  c.find({}, { sort: { _id: 1 }, ...raw }).toArray();

/** Keeps the word `modifiedCount` only where it is all that differs. */
function onlyModified(a: string, b: string): string {
  const less = (x: string): string => x.replace(/"modifiedCount":\{[^}]*\}/, '');
  return less(a) === less(b) ? '"modifiedCount"' : '';
}

function firstDifference(x: readonly Document[], y: readonly Document[]): string {
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    if (plain(x[i], true) !== plain(y[i], true)) return `   mine   ${plain(x[i])}\n   theirs ${plain(y[i])}`;
  }
  return '';
}

async function compareServers(seed: number, operations: number): Promise<string[]> {
  const t = await startTestServer();
  const reference = await MongoClient.connect(REFERENCE as string);
  const name = `differential_${process.pid}_${seed}`;
  const [mine, theirs] = [t.client.db(name).collection('c'), reference.db(name).collection('c')] as const;
  const r = new Chance(seed);
  const differences: string[] = [];
  let excuses = 0;
  const indexes: Document[] = [{ n: 1 }, { a: 1 }, { 'd.x': 1 }, { l: 1 }];
  for (const keys of indexes.slice(0, r.below(5))) await mine.createIndex(keys as Record<string, 1>);
  const docs = Array.from({ length: DOCUMENTS }, (_, i) => document(r, i));
  await Promise.all([mine.insertMany(docs), theirs.insertMany(docs)]);
  for (let i = 0; i < operations; i++) {
    const { text, run, writes } = operation(r);
    const [a, b] = await Promise.all([answer(run, mine), answer(run, theirs)]);
    const same = a.failed === b.failed && (a.failed || a.text === b.text);
    if (!same && excused(`${text} ${a.text.replace(/"modifiedCount".*/, onlyModified(a.text, b.text))}`))
      excuses++;
    else if (!same) differences.push(`${text}\n   mine   ${a.text}\n   theirs ${b.text}`);
    if (!writes || (same && !a.failed && i % 5 !== 0)) continue;
    const [x, y] = await Promise.all([state(mine), state(theirs)]);
    if (plain(x, true) === plain(y, true)) continue;
    // A change of many that fails has changed those before the fault, and each server has its own order.
    if (same && !a.failed && !excused(text))
      differences.push(`state after ${text}\n${firstDifference(x, y)}`);
    // Both go on from the same state, so that one difference does not become many.
    for (const c of [mine, theirs]) {
      await c.deleteMany({});
      if (x.length > 0) await c.insertMany(x);
    }
  }
  await reference.db(name).dropDatabase();
  await reference.close();
  await t.stop();
  if (excuses > operations / 20) differences.push(`${excuses} differences were put down to the reference`);
  return differences;
}

const run = REFERENCE ? test : test.skip;

run(
  'random commands are answered as the server named by TEST_MONGODB_URI answers them',
  async () => {
    const differences = await compareServers(SEED, OPERATIONS);
    if (process.env.DIFFERENTIAL_OUT)
      (await import('node:fs')).writeFileSync(process.env.DIFFERENTIAL_OUT, differences.join('\n'));
    expect(differences).toEqual([]);
  },
  3_600_000,
);

test('the random values are the same for the same seed', () => {
  const [a, b] = [new Chance(7), new Chance(7)];
  expect(EJSON.stringify(scalar(a))).toBe(EJSON.stringify(scalar(b)));
});
