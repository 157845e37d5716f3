import { Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { compileFilter } from '../query/match';
import type { Test } from '../query/match';
import { choosePlan } from '../query/plan';
import { pointHit } from '../query/scan';
import type { Examined } from '../query/scan';
import { parseSort, sorted } from '../query/sort';
import type { SortField } from '../query/sort';
import { matched } from '../query/walk';
import type { Collection, Index } from '../storage/catalog';
import type { Records } from '../storage/records';
import type { Parts } from './call';
import { matching } from './find';
import { Rest } from './rest';

/** How a write finds the document it is about. */
export interface Finder {
  filter: Doc;
  test: Test;
  sort: SortField[];
  hint: Value | undefined;
  /** The index to go by, whatever a plan would choose. */
  index?: Index;
  /** Milliseconds that looking may take, where many are looked for. */
  limit: number | undefined;
}

/** Reads filter, sort and hint of a write. */
export function finderOf(filter: Doc, options: Doc, limit?: number): Finder {
  const hint = options.get('hint');
  return {
    filter,
    test: compileFilter(filter),
    sort: parseSort(options.get('sort') ?? undefined),
    hint: hint instanceof Doc && hint.size === 0 ? undefined : hint,
    limit,
  };
}

/** A found document and which list element made it match. */
export interface Hit {
  record: number;
  doc: Doc;
  position: number;
}

/** Documents and keys that may be looked at inside a transaction, where nobody else has a turn. */
const MAX_LOOKS = 500;
/** A document found beforehand may have changed when its turn comes: so often it is looked for anew. */
const MAX_TRIES = 3;

/** Says that looking takes too long for a transaction. */
export const TOO_LONG = Symbol('too long');

/** Looks for the first document that matches, in the order of the sort, with places to pause. */
function* search(
  records: Records,
  c: Collection,
  f: Finder,
  seen: Examined,
): Generator<undefined, Hit | undefined> {
  const plan = choosePlan(c, { filter: f.filter, sort: f.sort, hint: f.hint, limited: true });
  const found = matching(records, c, plan, f.test, seen);
  if (f.sort.length === 0 || plan.sorted) {
    for (const x of found) {
      if (x) return { ...x, position: matched.index };
      yield undefined;
    }
    return undefined;
  }
  const hits = new WeakMap<Doc, Hit>();
  const docs = function* (): Generator<Doc | undefined> {
    for (const x of found) {
      if (x) hits.set(x.doc, { ...x, position: matched.index });
      yield x?.doc;
    }
  };
  for (const doc of sorted(docs(), f.sort, 1)) {
    if (doc) return hits.get(doc);
    yield undefined;
  }
  return undefined;
}

/** Inside a job: the first document that matches. Gives up with `TOO_LONG` when that means looking at many. */
export function firstMatch(
  records: Records,
  c: Collection,
  f: Finder,
  most = MAX_LOOKS,
): Hit | undefined | typeof TOO_LONG {
  const one = pointHit(
    records,
    c,
    choosePlan(c, { filter: f.filter, sort: f.sort, hint: f.hint, limited: true }),
  );
  if (one !== undefined) {
    matched.index = -1;
    return one && f.test(one.doc) ? { ...one, position: matched.index } : undefined;
  }
  const seen = { keys: 0, docs: 0 };
  const work = search(records, c, f, seen);
  for (;;) {
    const { value, done } = work.next();
    if (done) return value;
    if (seen.keys + seen.docs > most) return TOO_LONG;
  }
}

/**
 * Runs `act` in a transaction with the first document that matches. What takes long to find is looked for beforehand, with
 * pauses for others, and looked at again inside: it counts only when it still matches.
 */
export async function withFirst<R>(
  { store, records, catalog }: Parts,
  db: string,
  name: string,
  f: Finder,
  act: (c: Collection | undefined, hit: Hit | undefined) => R,
): Promise<R> {
  let ahead: { c: Collection | undefined; hit: Hit | undefined } | undefined;
  for (let tries = 0; ; tries++) {
    const done = await store.write(() => {
      const c = catalog.get(db, name);
      const last = tries > MAX_TRIES;
      const hit =
        ahead && !last
          ? again(records, c, f, ahead)
          : c && firstMatch(records, c, f, last ? Infinity : MAX_LOOKS);
      return hit === TOO_LONG ? undefined : { value: act(c, hit) };
    });
    if (done) return done.value;
    const c = catalog.get(db, name);
    ahead = { c, hit: c && (await Rest.begin(f.limit).through(search(records, c, f, { keys: 0, docs: 0 }))) };
  }
}

/** What was found before the transaction, as it is now. */
function again(
  records: Records,
  c: Collection | undefined,
  f: Finder,
  ahead: { c: Collection | undefined; hit: Hit | undefined },
): Hit | undefined | typeof TOO_LONG {
  if (c !== ahead.c) return TOO_LONG;
  if (!c || !ahead.hit) return undefined;
  const { record } = ahead.hit;
  const doc = records.read(c, record);
  matched.index = -1;
  return doc && f.test(doc) ? { record, doc, position: matched.index } : TOO_LONG;
}
