import type { Collection, Document, Filter } from 'mongodb';
import { document, filter, int, scalar, value } from './random';
import type { Chance, Fields } from './random';
import { update } from './random-updates';
import { pipeline } from './random-pipelines';

/** How many documents a collection holds about. */
export const DOCUMENTS = 30;

/** One command: its name and arguments to show, and how to run it. */
export interface Operation {
  name: string;
  args: unknown[];
  /** The filter that chooses its documents, when it has one. */
  filter?: Fields;
  /** The first path and direction of its sort, where `_id` alone does not decide. */
  order?: [string, 1 | -1];
  writes: boolean;
  run(c: Collection<Document>): Promise<unknown>;
}

const raw = { promoteValues: false } as const;
const asFilter = (f: Fields): Filter<Document> => f as unknown as Filter<Document>;

/** A document with a field of its own that a unique index watches. */
export function newDocument(r: Chance, id: number): Fields {
  return { ...document(r, id), ...(r.flip() && { u: int(r, 200) }) };
}

function projection(r: Chance): Document {
  return r.pick<Document>([
    { a: 1 },
    { a: 0, b: 0 },
    { 'd.x': 1, _id: 0 },
    { 'a.x': 0 },
    { n: 1, l: 1 },
    { l: { $slice: r.pick([1, -2]) }, n: 1 },
    { d: { $elemMatch: { x: int(r, 4) } } },
    { k: '$n', s: 1 },
    { _id: 1 },
  ]);
}

function order(r: Chance): Record<string, 1 | -1> {
  const direction = r.pick([1, -1] as const);
  return { [r.pick(['n', '_id', 's', 'a', 'l', 'd.x'])]: direction, _id: 1 };
}

const firstOf = (sort: Record<string, 1 | -1>): [string, 1 | -1] =>
  Object.entries(sort)[0] as [string, 1 | -1];

function insert(r: Chance): Operation {
  const docs = Array.from({ length: 1 + r.below(3) }, () => newDocument(r, r.below(DOCUMENTS + 15)));
  if (docs.length === 1) {
    const [doc] = docs as [Fields];
    return { name: 'insertOne', args: [doc], writes: true, run: (c) => c.insertOne({ ...doc }) };
  }
  const ordered = r.flip();
  return {
    name: 'insertMany',
    args: [docs, { ordered }],
    writes: true,
    run: (c) =>
      c.insertMany(
        docs.map((d) => ({ ...d })),
        { ordered },
      ),
  };
}

function updating(r: Chance): Operation {
  const u = update(r);
  const options = { ...(u.arrayFilters && { arrayFilters: u.arrayFilters }), upsert: r.flip(4) };
  if (r.flip(3)) {
    const f = { ...filter(r), ...u.filter };
    const many = { ...options, upsert: false };
    return {
      name: 'updateMany',
      args: [f, u.update, many],
      filter: f,
      writes: true,
      run: (c) => c.updateMany(asFilter(f), u.update, many),
    };
  }
  const f = { ...(r.flip() && filter(r, 0)), ...u.filter, _id: r.below(DOCUMENTS + 15) };
  return {
    name: 'updateOne',
    args: [f, u.update, options],
    filter: f,
    writes: true,
    run: (c) => c.updateOne(asFilter(f), u.update, options),
  };
}

function findAndModify(r: Chance): Operation {
  const sort = order(r);
  const options = { sort, ...(r.flip() && { projection: { a: 1, n: 1, g: 1 } }), ...raw };
  const returnDocument = r.pick(['before', 'after'] as const);
  const kind = r.below(3);
  if (kind === 0) {
    const f = filter(r);
    return {
      name: 'findOneAndDelete',
      order: firstOf(sort),
      args: [f, options],
      filter: f,
      writes: true,
      run: (c) => c.findOneAndDelete(asFilter(f), options),
    };
  }
  if (kind === 1) {
    const f = { _id: r.below(DOCUMENTS + 15) };
    const by = { a: value(r), n: int(r, 9), g: scalar(r) };
    const all = { ...options, returnDocument, upsert: r.flip() };
    return {
      name: 'findOneAndReplace',
      order: firstOf(sort),
      args: [f, by, all],
      filter: f,
      writes: true,
      run: (c) => c.findOneAndReplace(asFilter(f), by, all),
    };
  }
  const u = update(r);
  const f = { ...filter(r), ...u.filter };
  const all = { ...options, returnDocument, ...(u.arrayFilters && { arrayFilters: u.arrayFilters }) };
  return {
    name: 'findOneAndUpdate',
    order: firstOf(sort),
    args: [f, u.update, all],
    filter: f,
    writes: true,
    run: (c) => c.findOneAndUpdate(asFilter(f), u.update, all),
  };
}

function bulk(r: Chance): Operation {
  const ordered = r.flip();
  const list = Array.from({ length: 2 + r.below(3) }, (): Document => {
    const f = { _id: r.below(DOCUMENTS + 15) };
    return r.pick<() => Document>([
      () => ({ insertOne: { document: newDocument(r, f._id) } }),
      () => ({
        updateOne: { filter: f, update: { $set: { g: scalar(r) }, $inc: { n: 1 } }, upsert: r.flip() },
      }),
      () => ({ replaceOne: { filter: f, replacement: newDocument(r, f._id), upsert: r.flip() } }),
      () => ({ deleteOne: { filter: f } }),
      () => ({ updateMany: { filter: { n: int(r, 9) }, update: { $push: { l: int(r, 5) } } } }),
    ])();
  });
  return {
    name: 'bulkWrite',
    args: [list, { ordered }],
    writes: true,
    run: (c) => c.bulkWrite(structuredCloneOf(list) as never, { ordered }),
  };
}

/** The driver writes `_id` into what it inserts: each server gets a copy of its own. */
function structuredCloneOf(list: Document[]): Document[] {
  return list.map((x) => Object.fromEntries(Object.entries(x).map(([k, v]) => [k, { ...(v as object) }])));
}

function reading(r: Chance): Operation {
  const f = filter(r);
  switch (r.below(6)) {
    case 0:
      return {
        name: 'countDocuments',
        args: [f],
        filter: f,
        writes: false,
        run: (c) => c.countDocuments(asFilter(f)),
      };
    case 1: {
      const field = r.pick(['a', 'b', 'n', 'l', 's', 'd.x']);
      return {
        name: 'distinct',
        args: [field, f],
        filter: f,
        writes: false,
        run: (c) => c.distinct(field, asFilter(f), raw),
      };
    }
    case 2: {
      const stages = pipeline(r, 'other');
      return {
        name: 'aggregate',
        args: [stages],
        filter: (stages[0] as Document).$match as Fields,
        writes: false,
        run: (c) => c.aggregate(stages, raw).toArray(),
      };
    }
    case 3: {
      const options = { sort: { _id: 1 as const }, projection: projection(r), ...raw };
      return {
        name: 'find',
        args: [f, options],
        filter: f,
        writes: false,
        run: (c) => c.find(asFilter(f), options).toArray(),
      };
    }
    default: {
      const sort = order(r);
      const options = { sort, skip: r.below(3), limit: r.below(12), ...raw };
      return {
        name: 'find',
        order: firstOf(sort),
        args: [f, options],
        filter: f,
        writes: false,
        run: (c) => c.find(asFilter(f), options).toArray(),
      };
    }
  }
}

/** A random command of any kind. */
export function operation(r: Chance): Operation {
  switch (r.below(12)) {
    case 0:
      return insert(r);
    case 1:
    case 2:
    case 3:
    case 4:
      return updating(r);
    case 5:
      return findAndModify(r);
    case 6: {
      if (r.flip()) return bulk(r);
      const many = r.flip(5);
      const f = many ? filter(r, 0) : { _id: r.below(DOCUMENTS + 15) };
      return {
        name: many ? 'deleteMany' : 'deleteOne',
        args: [f],
        filter: f,
        writes: true,
        run: (c) => (many ? c.deleteMany(asFilter(f)) : c.deleteOne(asFilter(f))),
      };
    }
    default:
      return reading(r);
  }
}
