import { writeFileSync } from 'node:fs';
import { EJSON } from 'bson';
import { MongoClient } from 'mongodb';
import type { Collection, Document } from 'mongodb';
import { inOrder, matches } from './by-the-book';
import { culprits, excuse, leafText } from './excuses';
import type { Outcome } from './excuses';
import { Chance, scalar } from './random';
import type { Fields } from './random';
import { DOCUMENTS, newDocument, operation } from './random-commands';
import type { Operation } from './random-commands';
import { startTestServer } from './server';

const REFERENCE = process.env.TEST_MONGODB_URI;
const OPERATIONS = Number(process.env.DIFFERENTIAL_OPERATIONS ?? 2000);
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 1);

/** Text of a value. The reference adds fields in the order given, MongoDB by name: the order of a document's own fields is left out. */
function plain(v: unknown): string {
  const one = (d: unknown): unknown =>
    typeof d === 'object' && d !== null && Object.getPrototypeOf(d) === Object.prototype
      ? Object.fromEntries(Object.entries(d).sort(([a], [b]) => (a < b ? -1 : 1)))
      : d;
  return EJSON.stringify(Array.isArray(v) ? v.map(one) : one(v), { relaxed: false });
}

async function outcome(o: Operation, c: Collection): Promise<Outcome> {
  try {
    return { text: plain(await o.run(c)), code: undefined };
  } catch (e) {
    const { code, message } = e as { code?: number; message: string };
    return { text: message, code: Number(code ?? 0) };
  }
}

const state = (c: Collection): Promise<Document[]> =>
  c.find({}, { sort: { _id: 1 }, promoteValues: false, bsonRegExp: true }).toArray();

interface Report {
  differences: string[];
  excused: Map<string, number>;
}

class Comparison {
  readonly report: Report = { differences: [], excused: new Map() };

  constructor(
    private readonly mine: Collection,
    private readonly theirs: Collection,
  ) {}

  /** Runs one command on both sides; looks at what they hold then, when it writes. */
  async step(o: Operation): Promise<void> {
    if (o.filter && !(await this.sameDocuments(o.filter))) return;
    if (o.order && !(await this.sameOrder(o))) return;
    const [a, b] = await Promise.all([outcome(o, this.mine), outcome(o, this.theirs)]);
    const same = a.code === b.code && (a.code !== undefined || a.text === b.text);
    if (!same) this.judge(o, a, b, 'answer', await this.touched(o, a));
    if (!o.writes) return;
    const [x, y] = await Promise.all([state(this.mine), state(this.theirs)]);
    if (plain(x) === plain(y)) return;
    // A change of many that fails half way has changed what came before in each server's own order.
    if (same && a.code === undefined) this.judge(o, first(x, y), first(y, x), 'state');
    // Both go on from one state, so that one difference does not become many.
    for (const c of [this.mine, this.theirs]) {
      await c.deleteMany({});
      if (x.length > 0) await c.insertMany(x);
    }
  }

  /** Compares which documents a filter finds. Where that differs, looks for the condition and leaves the command out. */
  private async sameDocuments(f: Fields): Promise<boolean> {
    const o: Operation = {
      name: 'filter',
      args: [f],
      writes: false,
      run: async (c) =>
        (await c.find(f as never, { projection: { _id: 1 } }).toArray()).map((d) => String(d._id)).sort(),
    };
    const [a, b] = await Promise.all([outcome(o, this.mine), outcome(o, this.theirs)]);
    if (a.code !== undefined || b.code !== undefined) {
      if (a.code === b.code) return true;
      this.judge(o, a, b, 'answer');
      return false;
    }
    if (a.text === b.text) return true;
    const [x, y] = [JSON.parse(a.text) as string[], JSON.parse(b.text) as string[]];
    const odd = [...x.filter((id) => !y.includes(id)), ...y.filter((id) => !x.includes(id))];
    for (const id of odd) await this.judgeFilter(f, id, x.includes(id));
    return false;
  }

  /** Takes a filter apart: which of its conditions the two see differently for one document, and who is right by the book. */
  private async judgeFilter(f: Fields, id: string, mineFinds: boolean): Promise<void> {
    const doc = (await state(this.mine)).find((d) => String(d._id) === id);
    if (!doc) return;
    const found = await culprits(f, doc._id, this.mine, this.theirs);
    if (found.length === 0)
      this.report.differences.push(
        `filter ${EJSON.stringify(f, { relaxed: false })} on ${plain(doc)}\n   mine ${mineFinds}`,
      );
    for (const [leaf, holds] of found) {
      if (byTheBook(doc, leaf.filter) === holds) this.note(`filter: ${leaf.op} by the book`);
      else this.report.differences.push(`condition ${leafText(leaf, doc)}: mine says ${holds}`);
    }
  }

  /** Compares the order of all documents that a sorted command chooses from. Where it differs, the command is left out. */
  private async sameOrder(o: Operation): Promise<boolean> {
    const [path, direction] = o.order as [string, 1 | -1];
    const all = async (c: Collection): Promise<Document[]> =>
      c
        .find((o.filter ?? {}) as never, {
          sort: { [path]: direction, _id: 1 },
          promoteValues: false,
          bsonRegExp: true,
        })
        .toArray();
    // The other server breaks off at times ("comparison method violates its general contract").
    const [x, y] = await Promise.all([
      all(this.mine).catch(() => undefined),
      all(this.theirs).catch(() => []),
    ]);
    // A filter that we refuse is judged by the command itself.
    if (x === undefined) return true;
    if (plain(x) === plain(y)) return true;
    if (plain(inOrder(x, path, direction)) === plain(x)) this.note(`sort: by ${path} by the book`);
    else
      this.report.differences.push(
        `order by ${path} ${direction} of ${plain(x.map((d) => [d._id, d[path.split('.')[0] as string]]))}`,
      );
    return false;
  }

  private note(reason: string): void {
    this.report.excused.set(reason, (this.report.excused.get(reason) ?? 0) + 1);
  }

  /** The documents that a failed change was about, as they still are. */
  private async touched(o: Operation, mine: Outcome): Promise<Document[]> {
    if (!o.writes || !o.filter || mine.code === undefined) return [];
    return this.mine.find(o.filter as never, { promoteValues: false }).toArray();
  }

  private judge(o: Operation, a: Outcome, b: Outcome, what: string, docs: Document[] = []): void {
    const reason = excuse(o, a, b, docs);
    if (reason !== undefined) this.note(reason);
    else
      this.report.differences.push(
        `${what} of ${o.name} ${EJSON.stringify(o.args, { relaxed: false })}\n   mine   ${show(a)}\n   theirs ${show(b)}`,
      );
  }
}

const show = (x: Outcome): string => (x.code === undefined ? x.text : `fails with ${x.code}: ${x.text}`);

/** What MongoDB's documentation says of a condition; undefined where it fails. */
function byTheBook(doc: Document, filter: Fields): boolean | undefined {
  try {
    return matches(doc, filter);
  } catch {
    return undefined;
  }
}

/** The first document that the other side does not hold in the same form. */
function first(list: readonly Document[], others: readonly Document[]): Outcome {
  const seen = new Set(others.map(plain));
  return { text: plain(list.find((d) => !seen.has(plain(d))) ?? null), code: undefined };
}

function write(report: Report, done: number): void {
  if (!process.env.DIFFERENTIAL_OUT) return;
  const excused = [...report.excused].map(([why, n]) => `${n} ${why}`);
  writeFileSync(
    process.env.DIFFERENTIAL_OUT,
    [`${done} operations`, ...excused, ...report.differences].join('\n'),
  );
}

async function compareServers(seed: number, operations: number): Promise<Report> {
  const t = await startTestServer();
  const reference = await MongoClient.connect(REFERENCE as string);
  const name = `differential_${process.pid}_${seed}`;
  const [mine, theirs] = [t.client.db(name).collection('c'), reference.db(name).collection('c')] as const;
  const r = new Chance(seed);
  const both = new Comparison(mine, theirs);
  const docs = Array.from({ length: DOCUMENTS }, (_, i) => newDocument(r, i));
  for (const c of [mine, theirs]) {
    await c.createIndex({ u: 1 }, { unique: true, sparse: true });
    await c.insertMany(docs, { ordered: false }).catch(() => undefined);
    await c.db
      .collection('other')
      .insertMany([{ _id: 1, n: 1 }, { _id: 2, n: 2, s: 'a' }, { _id: 3 }] as never);
  }
  const indexes: Record<string, 1 | -1>[] = [
    { n: 1 },
    { a: 1 },
    { 'd.x': 1 },
    { l: -1 },
    { s: 1, n: -1 },
    { b: 1, _id: 1 },
  ];
  for (let i = 0; i < operations; i++) {
    // Indexes come and go on our side alone: no answer may depend on them.
    if (r.flip(150)) await mine.createIndex(r.pick(indexes)).catch(() => undefined);
    if (r.flip(600))
      await mine.dropIndexes().then(() => mine.createIndex({ u: 1 }, { unique: true, sparse: true }));
    await both.step(operation(r));
    if (i % 1000 === 999) write(both.report, i + 1);
  }
  write(both.report, operations);
  await reference.db(name).dropDatabase();
  await reference.close();
  await t.stop();
  return both.report;
}

const run = REFERENCE ? test : test.skip;

run(
  'random commands are answered as the server named by TEST_MONGODB_URI answers them',
  async () => {
    const { differences } = await compareServers(SEED, OPERATIONS);
    expect(differences).toEqual([]);
  },
  7_200_000,
);

test('the random values are the same for the same seed', () => {
  const [a, b] = [new Chance(7), new Chance(7)];
  expect(EJSON.stringify(scalar(a))).toBe(EJSON.stringify(scalar(b)));
});
