import { Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { compileFilter } from '../query/match';
import type { Test } from '../query/match';
import { choosePlan } from '../query/plan';
import { pointHit } from '../query/scan';
import { parseSort, sorted } from '../query/sort';
import type { SortField } from '../query/sort';
import { matched } from '../query/walk';
import type { Collection } from '../storage/catalog';
import type { Records } from '../storage/records';
import { matching } from './find';

/** How a write finds the document it is about. */
export interface Finder {
  filter: Doc;
  test: Test;
  sort: SortField[];
  hint: Value | undefined;
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

/** The first document that matches, in the order of the sort. */
export function firstMatch(records: Records, c: Collection, f: Finder): Hit | undefined {
  const plan = choosePlan(c, { filter: f.filter, sort: f.sort, hint: f.hint, limited: true });
  const one = pointHit(records, c, plan);
  if (one !== undefined) {
    matched.index = -1;
    return one && f.test(one.doc) ? { ...one, position: matched.index } : undefined;
  }
  const found = matching(records, c, plan, f.test, { keys: 0, docs: 0 });
  if (f.sort.length === 0 || plan.sorted) {
    for (const x of found) if (x) return { ...x, position: matched.index };
    return undefined;
  }
  const hits = new Map<Doc, Hit>();
  const docs = function* (): Generator<Doc | undefined> {
    for (const x of found) {
      if (x) hits.set(x.doc, { ...x, position: matched.index });
      yield x?.doc;
    }
  };
  for (const doc of sorted(docs(), f.sort, 1)) if (doc) return hits.get(doc);
  return undefined;
}
