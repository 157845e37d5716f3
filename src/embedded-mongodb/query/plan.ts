import { compare } from '../bson/compare';
import { EXACT_KEY_BYTES } from '../bson/keys';
import { truthy } from '../bson/truth';
import { Arr, Doc, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { fault } from '../errors';
import type { Collection, Index } from '../storage/catalog';
import { indexRange } from '../storage/records';
import { boundsFor, pointKey, predicates } from './bounds';
import type { Bounds, Interval, Predicate } from './bounds';
import { compileFilter, isOperators } from './match';
import type { SortField } from './sort';

/** How a query finds its documents. */
export interface Plan {
  kind: 'IDHACK' | 'IXSCAN' | 'COLLSCAN' | 'OR' | 'EOF';
  index?: Index;
  intervals: Interval[];
  /** True when documents come in the order that was asked for. */
  sorted: boolean;
  reverse: boolean;
  branches: Plan[];
}

/** What a plan is chosen for. */
export interface Wish {
  filter: Doc;
  sort?: readonly SortField[];
  hint?: Value | undefined;
  limited?: boolean;
}

function plan(kind: Plan['kind'], more: Partial<Plan> = {}): Plan {
  return { kind, intervals: [], sorted: false, reverse: false, branches: [], ...more };
}

/** The index that a hint names; undefined for `$natural`. */
export function hinted(c: Collection, hint: Value): Index | 'natural' | 'natural-reverse' {
  if (hint instanceof Doc && hint.has('$natural')) {
    return compare(hint.get('$natural') as Value, 0) < 0 ? 'natural-reverse' : 'natural';
  }
  const found = c.indexes.find(
    (x) =>
      x.ready &&
      !x.hidden &&
      (typeof hint === 'string' ? x.spec.name === hint : hint instanceof Doc && samePattern(x, hint)),
  );
  if (!found)
    throw fault(
      'BadValue',
      'error processing query: planner returned error: hint provided does not correspond to an existing index',
    );
  return found;
}

/** The plan that goes by this index. */
export function planBy(index: Index, filter: Doc): Plan {
  return indexPlan(index, boundsFor(index, predicates(filter)), { filter });
}

/** True when the index has exactly this key pattern. */
export function samePattern(x: Index, pattern: Doc): boolean {
  return compare(x.spec.doc.get('key') as Value, pattern) === 0;
}

/** Chooses an index, or the whole collection. */
export function choosePlan(c: Collection, wish: Wish): Plan {
  const direct = wish.hint === undefined ? planById(c, wish) : undefined;
  if (direct) return direct;
  const all = predicates(wish.filter);
  const natural = naturalSort(wish.sort);
  if (natural !== undefined) return plan('COLLSCAN', { sorted: true, reverse: natural < 0 });
  if (wish.hint !== undefined) return hintedPlan(c, wish, all);
  const id = c.indexes[0] as Index;
  const byId = all.find((p) => p.path === '_id' && p.points?.length === 1);
  if (byId) {
    const bounds = boundsFor(id, [byId]);
    return plan(wish.filter.size === 1 ? 'IDHACK' : 'IXSCAN', {
      index: id,
      intervals: bounds.intervals,
      sorted: true,
    });
  }
  const best = bestIndex(c, wish, all);
  if (best && best.intervals.length > 0 && (best.index !== undefined || best.sorted)) return best;
  return orPlan(c, wish) ?? plan('COLLSCAN');
}

/** The short way for `{ _id: value }`, which most commands ask for. */
function planById(c: Collection, { filter, sort }: Wish): Plan | undefined {
  if (filter.size !== 1 || filter.names[0] !== '_id' || sort?.[0]?.path === '$natural') return undefined;
  const v = filter.at(0);
  if (v instanceof Doc || v instanceof Arr || v instanceof Raw) {
    if (!(v instanceof Raw) || v.type !== T.objectId) return undefined;
  }
  const index = c.indexes[0] as Index;
  const exact = pointKey(index, v);
  if (exact.length > EXACT_KEY_BYTES) return undefined;
  const interval = { start: exact, end: exact, exact };
  return plan('IDHACK', { index, intervals: [interval], sorted: true });
}

function naturalSort(sort: readonly SortField[] | undefined): number | undefined {
  return sort?.length === 1 && sort[0]?.path === '$natural' ? sort[0].direction : undefined;
}

function hintedPlan(c: Collection, wish: Wish, all: readonly Predicate[]): Plan {
  const index = hinted(c, wish.hint as Value);
  if (index === 'natural' || index === 'natural-reverse')
    return plan('COLLSCAN', { reverse: index === 'natural-reverse' });
  const bounds = boundsFor(index, all);
  return indexPlan(index, bounds, wish);
}

function indexPlan(index: Index, bounds: Bounds, wish: Wish): Plan {
  const order = sortBy(index, bounds, wish.sort);
  return plan('IXSCAN', { index, intervals: bounds.intervals, sorted: order !== 0, reverse: order < 0 });
}

/** 1 when the index gives the sort's order, -1 when it does so backwards, 0 when it does not. */
function sortBy(index: Index, bounds: Bounds, sort: readonly SortField[] | undefined): number {
  if (!sort || sort.length === 0 || index.shortened || index.multikey.includes(true)) return 0;
  if (bounds.intervals.length > 1) return 0;
  const fixed = new Set(index.fields.slice(0, bounds.equal).map(([path]) => path));
  let at = bounds.equal;
  let direction = 0;
  for (const s of sort) {
    if (fixed.has(s.path)) continue;
    const field = index.fields[at++];
    if (!field || field[0] !== s.path) return 0;
    const turn = field[1] === s.direction ? 1 : -1;
    if (direction !== 0 && direction !== turn) return 0;
    direction = turn;
  }
  return direction === 0 ? 1 : direction;
}

function bestIndex(c: Collection, wish: Wish, all: readonly Predicate[]): Plan | undefined {
  let best: Plan | undefined;
  let bestScore = 0;
  for (const index of c.indexes) {
    if (!index.ready || index.hidden) continue;
    // Without a condition on its first field an index can only give an order.
    const first = (index.fields[0] as readonly [string, number])[0];
    const asked = all.some((p) => p.path === first);
    if (!asked && !(wish.sort && wish.sort.length > 0)) continue;
    if (!covers(index, wish.filter, all)) continue;
    const bounds = boundsFor(index, all);
    const candidate = indexPlan(index, bounds, wish);
    const bound = bounds.points * 100 + (bounds.range ? 40 : 0);
    if (index.spec.sparse && bound === 0) continue;
    const whole = bounds.points === index.fields.length && index.spec.unique;
    const score = bound + (candidate.sorted ? (wish.limited ? 70 : 30) : 0) + (whole ? 1000 : 0);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** A partial index serves only filters that ask for nothing outside it. */
function covers(index: Index, filter: Doc, all: readonly Predicate[]): boolean {
  if (!index.partialFilter) return true;
  for (const [path, condition] of index.partialFilter) {
    const asked = filter.get(path);
    if (asked !== undefined && compare(asked, condition) === 0) continue;
    const mine = all.filter((p) => p.path === path);
    const exists = isOperators(condition) && condition.size === 1 && truthy(condition.get('$exists'));
    if (exists && mine.some((p) => !p.points?.includes(null))) continue;
    const points = mine.find((p) => p.points)?.points;
    if (!points || path.includes('.')) return false;
    const test = compileFilter(new Doc().set(path, condition));
    if (!points.every((v) => test(new Doc().set(path, v)))) return false;
  }
  return true;
}

function orPlan(c: Collection, wish: Wish): Plan | undefined {
  const or = wish.filter.get('$or');
  if (!(or instanceof Arr)) return undefined;
  const branches: Plan[] = [];
  for (const x of or.list()) {
    const branch = choosePlan(c, { filter: x as Doc });
    if (branch.kind === 'COLLSCAN') return undefined;
    if (branch.kind === 'OR') branches.push(...branch.branches);
    else branches.push(branch);
  }
  return plan('OR', { branches });
}

/** The whole of an index, as one stretch. */
export function wholeIndex(index: Index): Interval {
  const [start, end] = indexRange(index);
  return { start, end };
}
