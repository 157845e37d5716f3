import type { Document } from 'mongodb';
import {
  BSONRegExp,
  Binary,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'mongodb';
import type { Fields } from './random';

// MongoDB's documented rules for filters and sorts, written a second time over the driver's own values and with no thought of
// speed. Where two servers disagree, this decides; it shares no line with the server under test.

type Value = unknown;

/** Place of a type in BSON's order; a missing value stands before null. */
function rank(v: Value): number {
  if (v === undefined) return 0;
  if (v === null) return 5;
  if (v instanceof MinKey) return -1;
  if (v instanceof MaxKey) return 127;
  if (isNumber(v)) return 10;
  if (typeof v === 'string') return 15;
  if (Array.isArray(v)) return 25;
  if (v instanceof Binary) return 30;
  if (v instanceof ObjectId) return 35;
  if (typeof v === 'boolean') return 40;
  if (v instanceof Date) return 45;
  if (v instanceof Timestamp) return 47;
  if (v instanceof BSONRegExp) return 50;
  if (v instanceof Code) return 60;
  return 20;
}

function isNumber(v: Value): v is number | Int32 | Double | Long | Decimal128 {
  return (
    typeof v === 'number' ||
    v instanceof Int32 ||
    v instanceof Double ||
    (v instanceof Long && !(v instanceof Timestamp)) ||
    v instanceof Decimal128
  );
}

const worth = (v: Value): number => Number(String(v));
const isNaNumber = (v: Value): boolean => isNumber(v) && Number.isNaN(worth(v));

function numbers(a: Value, b: Value): number {
  if (a instanceof Long && b instanceof Long) return a.compare(b);
  const [x, y] = [worth(a), worth(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
  return x < y ? -1 : x > y ? 1 : 0;
}

const sign = (n: number): number => (n < 0 ? -1 : n > 0 ? 1 : 0);
const bytes = (a: string, b: string): number => sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));

/** Order of two values. */
export function order(a: Value, b: Value): number {
  const byType = rank(a) - rank(b);
  if (byType !== 0) return sign(byType);
  switch (rank(a)) {
    case 10:
      return numbers(a, b);
    case 15:
      return bytes(a as string, b as string);
    case 20:
      return entries(Object.entries(a as Fields), Object.entries(b as Fields), true);
    case 25:
      return entries(Object.entries(a as Value[]), Object.entries(b as Value[]), false);
    case 30: {
      const [x, y] = [a as Binary, b as Binary];
      return (
        sign(x.length() - y.length()) ||
        sign(x.sub_type - y.sub_type) ||
        sign(Buffer.compare(x.buffer, y.buffer))
      );
    }
    case 35:
      return bytes((a as ObjectId).toHexString(), (b as ObjectId).toHexString());
    case 40:
      return Number(a) - Number(b);
    case 45:
      return sign((a as Date).getTime() - (b as Date).getTime());
    case 47:
      return (a as Timestamp).compare(b as Timestamp);
    case 50: {
      const [x, y] = [a as BSONRegExp, b as BSONRegExp];
      return bytes(x.pattern, y.pattern) || bytes(x.options, y.options);
    }
    case 60:
      return bytes(String((a as Code).code), String((b as Code).code));
    default:
      return 0;
  }
}

function entries(a: [string, Value][], b: [string, Value][], named: boolean): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [k, x] = a[i] as [string, Value];
    const [l, y] = b[i] as [string, Value];
    const found = sign(rank(x) - rank(y)) || (named ? bytes(k, l) : 0) || order(x, y);
    if (found !== 0) return found;
  }
  return sign(a.length - b.length);
}

const isFields = (v: Value): v is Fields => rank(v) === 20;

/** All that a path leads to: through the documents of a list, and by number. */
function reach(v: Value, parts: readonly string[]): Value[] {
  if (parts.length === 0) return [v];
  const [part, ...rest] = parts as [string, ...string[]];
  if (isFields(v)) return reach(Object.hasOwn(v, part) ? v[part] : undefined, rest);
  if (!Array.isArray(v)) return [undefined];
  const inside = v.filter(isFields).flatMap((x) => reach(x, parts));
  return /^(0|[1-9]\d*)$/.test(part) && Number(part) < v.length
    ? [...inside, ...reach(v[Number(part)], rest)]
    : inside;
}

/** What a condition looks at: each value, and each element of a list. */
const looked = (list: Value[]): Value[] =>
  list.flatMap((v) => (Array.isArray(v) ? [...(v as Value[]), v] : [v]));

type Test = (v: Value) => boolean;

function equal(want: Value): Test {
  return (v) => (want === null ? v === null || v === undefined : v !== undefined && order(v, want) === 0);
}

function range(op: string, want: Value): Test {
  const [equalToo, way] = [op.endsWith('e'), op.startsWith('$g') ? 1 : -1];
  return (v) => {
    if (equal(want)(v)) return equalToo;
    if (want instanceof MinKey || want instanceof MaxKey) return order(v, want) === way;
    if (v === undefined || rank(v) !== rank(want) || isNaNumber(v) || isNaNumber(want)) return false;
    return order(v, want) === way;
  };
}

function regex(pattern: string, options: string): Test {
  const re = new RegExp(pattern, options);
  return (v) =>
    typeof v === 'string'
      ? re.test(v)
      : v instanceof BSONRegExp && v.pattern === pattern && v.options === options;
}

function typeNameOf(v: Value): string {
  if (v instanceof Int32) return 'int';
  if (v instanceof Double) return 'double';
  if (v instanceof Timestamp) return 'timestamp';
  if (v instanceof Long) return 'long';
  if (v instanceof Decimal128) return 'decimal';
  const names: Record<number, string> = {
    [-1]: 'minKey',
    5: 'null',
    15: 'string',
    20: 'object',
    25: 'array',
    30: 'binData',
    35: 'objectId',
    40: 'bool',
    45: 'date',
    50: 'regex',
    60: 'javascript',
    127: 'maxKey',
  };
  return names[rank(v)] ?? 'missing';
}

function bits(op: string, mask: number): Test {
  const wanted = Array.from({ length: 31 }, (_, i) => i).filter((i) => (mask >> i) & 1);
  return (v) => {
    let has: (i: number) => boolean;
    if (v instanceof Binary) has = (i) => (((v.buffer[i >> 3] ?? 0) >> (i & 7)) & 1) === 1;
    else if (isNumber(v) && Number.isInteger(worth(v)))
      has = (i) => ((BigInt(String(v instanceof Long ? v : worth(v))) >> BigInt(i)) & 1n) === 1n;
    else return false;
    const hit = (i: number): boolean => has(i) === op.endsWith('Set');
    return op.startsWith('$bitsAll') ? wanted.every(hit) : wanted.some(hit);
  };
}

/** The test of one operator on one value that is not taken apart; `$is` stands for a value without operator. */
function single(op: string, x: Value, all: Fields): Test {
  switch (op) {
    case '$eq':
      return equal(x);
    case '$is':
      return x instanceof BSONRegExp ? regex(x.pattern, x.options) : equal(x);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return range(op, x);
    case '$in': {
      const tests = (x as Value[]).map((y) => single('$is', y, all));
      return (v) => tests.some((t) => t(v));
    }
    case '$type': {
      const names = [x].flat() as string[];
      return (v) => names.includes(typeNameOf(v)) || (isNumber(v) && names.includes('number'));
    }
    case '$mod':
      return (v) =>
        isNumber(v) &&
        Number.isFinite(worth(v)) &&
        Math.trunc(worth(v)) % worth((x as Value[])[0]) === worth((x as Value[])[1]);
    case '$regex':
      return regex(x as string, (all.$options as string | undefined) ?? '');
    case '$exists':
      return (v) => (v !== undefined) === x;
    case '$size':
      return (v) => Array.isArray(v) && v.length === worth(x);
    case '$elemMatch':
      return (v) => Array.isArray(v) && v.some((e) => elementMatches(e, x as Fields));
    default:
      return bits(op, worth(x));
  }
}

function elementMatches(e: Value, f: Fields): boolean {
  if (!Object.keys(f)[0]?.startsWith('$'))
    return (isFields(e) || Array.isArray(e)) && matches(Array.isArray(e) ? { ...e } : e, f);
  return Object.entries(f).every(([op, x]) => single(op, x, f)(e));
}

/** True when the operators of one path hold for a document. */
function holds(doc: Value, path: string, conditions: Fields): boolean {
  const found = reach(doc, path.split('.'));
  return Object.entries(conditions).every(([op, x]): boolean => {
    if (op === '$options') return true;
    if (op === '$ne') return !holds(doc, path, { $eq: x });
    if (op === '$nin') return !holds(doc, path, { $in: x });
    if (op === '$not') return !holds(doc, path, x as Fields);
    if (op === '$all')
      return (x as Value[]).length > 0 && (x as Value[]).every((y) => holds(doc, path, { $is: y }));
    if (op === '$exists') return found.some((v) => v !== undefined) === x;
    const whole = op === '$size' || op === '$elemMatch';
    return (whole ? found : looked(found)).some(single(op, x, conditions));
  });
}

function isConditions(v: Value): v is Fields {
  return isFields(v) && (Object.keys(v)[0]?.startsWith('$') ?? false);
}

/** True when a document matches a filter. Throws where an expression fails. */
export function matches(doc: Value, filter: Fields): boolean {
  return Object.entries(filter).every(([path, v]): boolean => {
    if (path === '$and') return (v as Fields[]).every((f) => matches(doc, f));
    if (path === '$or') return (v as Fields[]).some((f) => matches(doc, f));
    if (path === '$nor') return !(v as Fields[]).some((f) => matches(doc, f));
    if (path === '$expr') return computed(v as Fields, doc as Fields) === true;
    return holds(doc, path, isConditions(v) ? v : { $is: v });
  });
}

/** The expressions that random filters hold. */
function computed(e: Value, doc: Fields): Value {
  if (typeof e === 'string' && e.startsWith('$')) return doc[e.slice(1)];
  if (!isConditions(e)) return e;
  const [op, raw] = Object.entries(e)[0] as [string, Value];
  const args = (Array.isArray(raw) ? (raw as Value[]) : [raw]).map((x) => computed(x, doc));
  const [a, b, c] = args;
  switch (op) {
    case '$isArray':
      return Array.isArray(a);
    case '$cond':
      return a ? b : c;
    case '$ifNull':
      return a ?? b;
    case '$size':
      return (a as Value[]).length;
    case '$add':
      if (a === undefined || a === null) return null;
      if (a instanceof Date) return new Date(a.getTime() + worth(b));
      if (!isNumber(a)) throw new Error('$add only supports numeric or date types');
      return a instanceof Long ? a.add(worth(b)) : worth(a) + worth(b);
    default: {
      const c = order(a, b);
      return { $gt: c > 0, $gte: c >= 0, $lt: c < 0, $lte: c <= 0, $eq: c === 0, $ne: c !== 0 }[op];
    }
  }
}

const EMPTY = Symbol('an empty list, which sorts like undefined');

/** The keys that an index on a path would hold for a document. */
function keysOf(v: Value, parts: readonly string[]): Value[] {
  if (parts.length === 0) return Array.isArray(v) ? (v.length > 0 ? (v as Value[]) : [EMPTY]) : [v ?? null];
  if (Array.isArray(v))
    return v.length === 0 ? [null] : v.flatMap((x) => (isFields(x) ? keysOf(x, parts) : [null]));
  return isFields(v) ? keysOf(v[parts[0] as string], parts.slice(1)) : [null];
}

const keyOrder = (a: Value, b: Value): number =>
  order(a === EMPTY ? undefined : a, b === EMPTY ? undefined : b);

/** Documents in the order of a sort by one path, and by `_id` where that is equal. */
export function inOrder(docs: readonly Document[], path: string, direction: 1 | -1): Document[] {
  const best = (d: Document): Value =>
    keysOf(d, path.split('.')).reduce((x, y) => (keyOrder(y, x) * direction < 0 ? y : x));
  return [...docs].sort((a, b) => keyOrder(best(a), best(b)) * direction || order(a._id, b._id));
}
