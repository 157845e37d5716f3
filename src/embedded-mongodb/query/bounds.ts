import { rankOf } from '../bson/compare';
import { EXACT_KEY_BYTES, appendKey } from '../bson/keys';
import { Out } from '../bson/encode';
import { Arr, Doc, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import type { Index } from '../storage/catalog';
import { prefixOf } from '../storage/index-keys';
import { isRegex, regexParts } from './leaf';
import { isOperators } from './match';

interface Limit {
  value: Value;
  inclusive: boolean;
}

/** What a filter says of one path: one of several values, or a range within one type. */
export interface Predicate {
  path: string;
  points?: Value[];
  low?: Limit;
  high?: Limit;
  /** Conditions on one and the same list element carry the same number. */
  group: number;
}

const UNDEFINED = new Raw(T.undefined, Buffer.alloc(0));
let groups = 0;

/** The conditions of a filter that every match must meet and that an index can serve. */
export function predicates(filter: Doc, prefix = '', group = 0): Predicate[] {
  const list: Predicate[] = [];
  for (const [name, v] of filter) {
    if (name === '$and' && v instanceof Arr) {
      for (const x of v.list()) if (x instanceof Doc) list.push(...predicates(x, prefix, group));
    } else if (!name.startsWith('$')) list.push(...fieldPredicates(prefix + name, v, group));
  }
  return list;
}

function fieldPredicates(path: string, v: Value, group: number): Predicate[] {
  if (!isOperators(v)) return point(path, v, group);
  const list: Predicate[] = [];
  const range: Predicate = { path, group };
  for (const [op, x] of v) {
    if (op === '$eq') list.push(...point(path, x, group));
    else if (op === '$in' && x instanceof Arr) list.push(...anyOf(path, x.list(), group));
    else if (op === '$all' && x instanceof Arr) {
      for (const y of x.list()) if (!isOperators(y)) list.push(...point(path, y, group));
    } else if (op === '$elemMatch' && x instanceof Doc) {
      const inner = ++groups;
      list.push(...(isOperators(x) ? fieldPredicates(path, x, inner) : predicates(x, `${path}.`, inner)));
    } else if (op === '$regex') list.push(...prefixRange(path, x, v.get('$options'), group));
    else if (op === '$gt' || op === '$gte' || op === '$lt' || op === '$lte') limit(range, op, x);
  }
  if (range.points || range.low || range.high) list.push(range);
  return list;
}

function limit(range: Predicate, op: string, v: Value): void {
  const rank = rankOf(v);
  if (v === null && op.endsWith('e')) range.points = [null];
  if (v === null || v instanceof Arr || rank === 1 || rank === 127 || isRegex(v)) return;
  const side = { value: v, inclusive: op.endsWith('e') };
  if (op.startsWith('$g')) range.low ??= side;
  else range.high ??= side;
  if (range.low && range.high && rankOf(range.low.value) !== rankOf(range.high.value)) delete range.high;
}

function point(path: string, v: Value, group: number): Predicate[] {
  if (isRegex(v)) return prefixRange(path, v, undefined, group);
  return [{ path, points: pointsOf(v), group }];
}

function pointsOf(v: Value): Value[] {
  return v instanceof Arr ? [v, v.size > 0 ? v.at(0) : UNDEFINED] : [v];
}

function anyOf(path: string, values: Value[], group: number): Predicate[] {
  return values.some(isRegex) ? [] : [{ path, points: values.flatMap(pointsOf), group }];
}

/** `/^abc/` is a range of strings. Symbols and stored expressions that would match too lie elsewhere, so only plain text is served. */
function prefixRange(path: string, v: Value, options: Value | undefined, group: number): Predicate[] {
  const [pattern, own] = isRegex(v) ? regexParts(v) : [typeof v === 'string' ? v : '', ''];
  if (own !== '' || (options !== undefined && options !== '')) return [];
  const m = /^\^([\w \-:/@]+)/.exec(pattern);
  if (!m || pattern.includes('|')) return [];
  let text = m[1] as string;
  if (/^[*?{+]/.test(pattern.slice(m[0].length))) text = text.slice(0, -1);
  if (text === '') return [];
  return [
    {
      path,
      low: { value: text, inclusive: true },
      high: { value: `${text}\u{10ffff}`, inclusive: true },
      group,
    },
  ];
}

/** A stretch of an index: keys from `start` up to, not including, `end`. */
export interface Interval {
  start: Buffer;
  end: Buffer;
  /** The whole key, when it can only be this one and the index is unique. */
  exact?: Buffer;
}

/** The first key behind all keys that begin with these bytes. */
export function successor(key: Buffer): Buffer {
  const b = Buffer.from(key);
  for (let i = b.length - 1; i >= 0; i--) {
    if ((b[i] as number) < 0xff) {
      b[i] = (b[i] as number) + 1;
      return b.subarray(0, i + 1);
    }
  }
  return Buffer.concat([key, Buffer.from([0xff])]);
}

/** The stretches of an index between bounds, and how many of its fields they bind. */
export interface Bounds {
  intervals: Interval[];
  /** Fields bound to single values, fields bound to lists or values, and whether a range follows. */
  equal: number;
  points: number;
  range: boolean;
}

/** Lists for several fields multiply; beyond this the later ones are left to the filter. A single list is looked up whole, however long. */
const MAX_INTERVALS = 500;

/** Bounds of an index for a filter's predicates. */
export function boundsFor(index: Index, all: readonly Predicate[]): Bounds {
  let prefixes = [prefixOf(index.id)];
  const result: Bounds = { intervals: [], equal: 0, points: 0, range: false };
  let multikeyGroup: number | undefined;
  for (let i = 0; i < index.fields.length; i++) {
    const path = (index.fields[i] as readonly [string, number])[0];
    const here = all.filter((p) => p.path === path && usable(index, i, p, multikeyGroup));
    const best = here.find((p) => p.points?.length === 1) ?? here.find((p) => p.points) ?? here[0];
    if (!best) break;
    if (index.multikey[i]) multikeyGroup = best.group === 0 ? -1 : best.group;
    const product = prefixes.length * (best.points?.length ?? 1);
    if (best.points && (prefixes.length === 1 || product <= MAX_INTERVALS)) {
      prefixes = pointPrefixes(prefixes, best.points, index.descending[i] === true);
      result.points++;
      if (best.points.length === 1 && result.equal === i) result.equal++;
      continue;
    }
    if (best.points) break;
    const range = index.multikey[i] && best.group === 0 ? (here[0] as Predicate) : merged(here, best);
    const oneSide =
      index.multikey[i] && best.group === 0 && range.low && range.high
        ? { ...range, high: undefined }
        : range;
    result.intervals = prefixes.map((p) =>
      rangeInterval(p, oneSide as Predicate, index.descending[i] === true),
    );
    result.range = true;
    return result;
  }
  const whole = result.points === index.fields.length && index.spec.unique;
  result.intervals = prefixes
    .sort(Buffer.compare)
    .filter((p, i, list) => i === 0 || !p.equals(list[i - 1] as Buffer))
    .map((p) => interval(p, successor(cut(p)), whole && p.length <= EXACT_KEY_BYTES ? p : undefined));
  return result;
}

/** An index that leaves documents out, or takes arrays apart, cannot serve every condition. */
function usable(index: Index, i: number, p: Predicate, multikeyGroup: number | undefined): boolean {
  if (index.spec.sparse && p.points?.some((v) => v === null)) return false;
  if (multikeyGroup === undefined || !index.multikey[i]) return true;
  return p.group !== 0 && p.group === multikeyGroup;
}

function merged(list: readonly Predicate[], best: Predicate): Predicate {
  const rank = rankOf(((best.low ?? best.high) as Limit).value);
  const same = list.filter(
    (p) => !p.points && p.group === best.group && rankOf(((p.low ?? p.high) as Limit).value) === rank,
  );
  const low = same.find((p) => p.low)?.low;
  const high = same.find((p) => p.high)?.high;
  return { path: best.path, group: best.group, ...(low && { low }), ...(high && { high }) };
}

function pointPrefixes(prefixes: readonly Buffer[], points: readonly Value[], descending: boolean): Buffer[] {
  return prefixes.flatMap((p) => points.map((v) => joined(p, v, descending)));
}

/** The key of one value in an index of one field. */
export function pointKey(index: Index, v: Value): Buffer {
  const out = new Out(40);
  out.need(4);
  out.at = out.buf.writeUInt32BE(index.id, 0);
  appendKey(out, v, index.descending[0] === true);
  return out.done();
}

function joined(prefix: Buffer, v: Value, descending: boolean): Buffer {
  const out = new Out(prefix.length + 48);
  out.bytes(prefix);
  appendKey(out, v, descending);
  return out.done();
}

function cut(key: Buffer): Buffer {
  return key.length > EXACT_KEY_BYTES ? key.subarray(0, EXACT_KEY_BYTES) : key;
}

function interval(start: Buffer, end: Buffer, exact?: Buffer): Interval {
  return exact ? { start: cut(start), end, exact } : { start: cut(start), end };
}

function rangeInterval(prefix: Buffer, p: Predicate, descending: boolean): Interval {
  const rank = rankOf(((p.low ?? p.high) as Limit).value);
  const edge = Buffer.concat([prefix, Buffer.from([descending ? ~rank & 0xff : rank])]);
  const near = descending ? p.high : p.low;
  const far = descending ? p.low : p.high;
  const key = (l: Limit): Buffer => joined(prefix, l.value, descending);
  const from = near ? key(near) : edge;
  const start = near && !near.inclusive && from.length <= EXACT_KEY_BYTES ? successor(from) : from;
  if (!far) return interval(start, successor(edge));
  const to = key(far);
  return interval(start, far.inclusive || to.length > EXACT_KEY_BYTES ? successor(cut(to)) : to);
}
