import { asInteger } from '../bson/numbers';
import { compare } from '../bson/compare';
import { identity } from '../bson/keys';
import { truthy } from '../bson/truth';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { withOnly } from '../expr/names';
import { compileFilter } from '../query/match';
import type { Test } from '../query/match';
import { choosePlan } from '../query/plan';
import type { Plan } from '../query/plan';
import { projectionOf } from '../query/projection';
import type { Project } from '../query/projection';
import { candidates, pointHit } from '../query/scan';
import type { Examined, Found } from '../query/scan';
import { inPieces } from '../query/pauses';
import { parseSort, sorted } from '../query/sort';
import type { SortField } from '../query/sort';
import { matched, partsOf, walk } from '../query/walk';
import type { Collection } from '../storage/catalog';
import type { Records } from '../storage/records';
import { ok } from './answer';
import { collectionName, docOption, existing, restOf } from './call';
import { wholeAnswer } from './cursors';
import type { Call } from './call';
import { missing } from './fields';
import { letOf } from './let';

/** A query made ready to run. */
export interface Query {
  filter: Doc;
  test: Test;
  sort: SortField[];
  skip: number;
  limit: number;
  project: Project | undefined;
  plan: Plan | undefined;
}

/** A whole number of a command's option; 0 when it is not given. */
export function whole(v: Value | undefined, name: string): number {
  if (v === undefined || v === null) return 0;
  const n = asInteger(v);
  if (n === undefined)
    throw fault('TypeMismatch', `BSON field '${name}' is the wrong type, expected a whole number`);
  return n;
}

/** Refuses what is below 0. */
export function notNegative(n: number, name: string): number {
  if (n < 0) throw new MongoFault(51024, `BSON field '${name}' value must be >= 0, actual value '${n}'`);
  return n;
}

/** Reads the options of a find, or of what looks like one. */
export function queryOf(c: Collection | undefined, body: Doc, filter: Doc): Query {
  const sort = parseSort(body.get('sort'));
  const limit = whole(body.get('limit'), 'limit');
  const hint = body.get('hint');
  const q: Query = {
    filter,
    test: compileFilter(filter),
    sort,
    skip: notNegative(whole(body.get('skip'), 'skip'), 'skip'),
    limit: notNegative(limit, 'limit'),
    project: projectionOf(body.get('projection')),
    plan: undefined,
  };
  const wished = hint instanceof Doc && hint.size === 0 ? undefined : hint;
  if (c) q.plan = choosePlan(c, { filter, sort, hint: wished, limited: limit > 0 });
  return q;
}

/** The documents that match, in no particular order unless the plan gives one. Resets the matched position for each. */
export function* matching(
  records: Records,
  c: Collection,
  plan: Plan,
  test: Test,
  seen: Examined,
): Generator<Found | undefined> {
  for (const found of candidates(records, c, plan, seen)) {
    if (found === undefined) {
      yield undefined;
      continue;
    }
    matched.index = -1;
    if (test(found.doc)) yield found;
  }
}

function* documents(
  records: Records,
  c: Collection,
  q: Query,
  seen: Examined,
  positions: WeakMap<Doc, number>,
): Generator<Doc | undefined> {
  for (const found of matching(records, c, q.plan as Plan, q.test, seen)) {
    if (found && matched.index >= 0) positions.set(found.doc, matched.index);
    yield found?.doc;
  }
}

/** Runs a query: filter, sort, skip, limit, projection. */
export function* results(
  records: Records,
  c: Collection,
  q: Query,
  seen: Examined = { keys: 0, docs: 0 },
): Generator<Doc | undefined> {
  const plan = q.plan as Plan;
  const positions = new WeakMap<Doc, number>();
  const end = q.limit > 0 ? q.skip + q.limit : Infinity;
  const source = documents(records, c, q, seen, positions);
  const ordered = q.sort.length > 0 && !plan.sorted ? sorted(source, q.sort, end) : source;
  let n = 0;
  for (const doc of ordered) {
    if (doc === undefined) yield undefined;
    else {
      n++;
      if (n > q.skip) yield q.project ? q.project(doc, positions.get(doc) ?? -1) : doc;
      if (n >= end) return;
    }
  }
}

function* nothing(): Generator<Doc | undefined> {
  // an empty stream
}

/** What a plan that leads to one record at most finds; undefined when the plan is of another kind. */
function pointRead(records: Records, c: Collection, q: Query): Doc[] | undefined {
  const found = pointHit(records, c, q.plan as Plan);
  if (found === undefined) return undefined;
  matched.index = -1;
  if (found === null || q.skip > 0 || !q.test(found.doc)) return [];
  return [q.project ? q.project(found.doc, matched.index) : found.doc];
}

/** `find`. */
export function find(call: Call): Promise<Doc> | Doc {
  const c = existing(call);
  const { body, parts } = call;
  const q = withOnly(letOf(body), () => queryOf(c, body, docOption(call, 'filter')));
  const batch = body.get('batchSize');
  const batchSize = batch === undefined ? undefined : notNegative(whole(batch, 'batchSize'), 'batchSize');
  const single = truthy(body.get('singleBatch'));
  const ns = `${call.db}.${collectionName(call)}`;
  const one = c && batchSize !== 0 ? pointRead(parts.records, c, q) : undefined;
  if (one) return wholeAnswer(one, ns);
  const stream = c ? results(parts.records, c, q) : nothing();
  return parts.cursors.first(stream, ns, restOf(call), batchSize, single, q.limit || undefined);
}

/** `count`. */
export async function count(call: Call): Promise<Doc> {
  const c = existing(call);
  const filter = docOption(call, 'query');
  const limit = Math.abs(whole(call.body.get('limit'), 'limit'));
  const body = call.body.clone().delete('limit').delete('fields');
  const q = queryOf(c, body, filter);
  if (!c) return ok({ n: 0 });
  let n = filter.size === 0 ? c.count : 0;
  if (filter.size > 0) {
    const rest = restOf(call);
    const enough = limit > 0 ? q.skip + limit : Infinity;
    for (const x of matching(call.parts.records, c, q.plan as Plan, q.test, { keys: 0, docs: 0 })) {
      if (x) n++;
      else if (rest.due()) await rest.take();
      if (n >= enough) break;
    }
  }
  n = Math.max(0, n - q.skip);
  return ok({ n: limit > 0 ? Math.min(n, limit) : n });
}

/** `distinct`. */
export async function distinct(call: Call): Promise<Doc> {
  const c = existing(call);
  const key = call.body.get('key');
  if (typeof key !== 'string') throw missing('distinct.key');
  const filter = docOption(call, 'query');
  const q = queryOf(c, call.body, filter);
  if (!c) return ok({ values: [] });
  const values = new Map<string, Value>();
  const rest = restOf(call);
  const add = (v: Value | undefined): void => {
    if (v !== undefined) values.set(identity(v), values.get(identity(v)) ?? v);
  };
  for (const found of matching(call.parts.records, c, q.plan as Plan, q.test, { keys: 0, docs: 0 })) {
    if (!found) {
      if (rest.due()) await rest.take();
      continue;
    }
    walk(found.doc, partsOf(key), 0, (v) => {
      if (v instanceof Arr) v.list().forEach(add);
      else add(v);
      return false;
    });
  }
  return ok({ values: Arr.of(await rest.through(inPieces([...values.values()], compare))) });
}

/** `getMore`. */
export function getMore(call: Call): Promise<Doc> {
  const id = call.target;
  if (typeof id !== 'bigint')
    throw fault('TypeMismatch', "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  const batch = whole(call.body.get('batchSize'), 'batchSize');
  const collection = call.body.get('collection');
  if (typeof collection !== 'string') throw missing('getMore.collection');
  const ns = `${call.db}.${collection}`;
  return call.parts.cursors.more(id, ns, restOf(call), notNegative(batch, 'batchSize') || undefined);
}

/** `killCursors`. */
export function killCursors(call: Call): Doc {
  const ids = call.body.get('cursors');
  if (!(ids instanceof Arr)) throw missing('killCursors.cursors');
  const killed: Value[] = [];
  const gone: Value[] = [];
  for (const id of ids.list())
    (typeof id === 'bigint' && call.parts.cursors.kill(id) ? killed : gone).push(id);
  return ok({ cursorsKilled: killed, cursorsNotFound: gone, cursorsAlive: [], cursorsUnknown: [] });
}
