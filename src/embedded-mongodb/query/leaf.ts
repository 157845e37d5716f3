import { compare, rankOf, textOf } from '../bson/compare';
import { typeOf } from '../bson/encode';
import { identity } from '../bson/keys';
import { asInteger, isNumber, toNumber } from '../bson/numbers';
import { Arr, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault } from '../errors';

export type ValueTest = (v: Value | undefined) => boolean;

function isNaNValue(v: Value): boolean {
  return isNumber(v) && typeof v === 'object' && Number.isNaN(toNumber(v));
}

/** True for equality as a query means it: a missing field equals null. */
export function equals(want: Value): ValueTest {
  if (want === null) return (v) => v === undefined || v === null;
  if (typeof want === 'string')
    return (v) => v === want || (v instanceof Raw && v.type === T.symbol && textOf(v) === want);
  return (v) => v !== undefined && compare(v, want) === 0;
}

/** The tests of `$gt`, `$gte`, `$lt`, `$lte`: only values of the operand's own type compare. */
export function ordered(op: string, want: Value): ValueTest {
  const orEqual = op === '$gte' || op === '$lte';
  const sign = op === '$gt' || op === '$gte' ? 1 : -1;
  if (want === null) return (v) => orEqual && (v === undefined || v === null);
  const rank = rankOf(want);
  if (rank === 1 || rank === 127) {
    return (v) => {
      const c = compare(v ?? null, want);
      return c === 0 ? orEqual : c * sign > 0;
    };
  }
  if (isNaNValue(want)) return (v) => orEqual && v !== undefined && isNumber(v) && isNaNValue(v);
  return (v) => {
    if (v === undefined || rankOf(v) !== rank) return false;
    if (rank === 10 && isNaNValue(v)) return false;
    const c = compare(v, want);
    return c === 0 ? orEqual : c * sign > 0;
  };
}

/** A JavaScript expression for a PCRE pattern with MongoDB's options. */
export function regexOf(pattern: string, options: string): RegExp {
  let source = pattern;
  let flags = '';
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  if (inline) source = source.slice(inline[0].length);
  const wanted = new Set([...options, ...(inline?.[1] ?? '')]);
  for (const f of wanted) {
    if (f === 'i' || f === 'm' || f === 's') flags += f;
    else if (f === 'x')
      source = source.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (m) => (/^[\\[]/.test(m) ? m : ''));
    else if (f !== 'u' && f !== 'l') throw fault('BadValue', `invalid flag in regex options: ${f}`);
  }
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    try {
      return new RegExp(source, flags);
    } catch {
      throw new MongoFault(51091, `Regular expression is invalid: ${pattern}`);
    }
  }
}

/** Pattern and options of a BSON regular expression. */
export function regexParts(v: Raw): [string, string] {
  const end = v.bytes.indexOf(0);
  return [v.bytes.toString('utf8', 0, end), v.bytes.toString('utf8', end + 1, v.bytes.length - 1)];
}

export function isRegex(v: Value | undefined): v is Raw {
  return v instanceof Raw && v.type === T.regex;
}

/** Text that the pattern matches, or the very same regular expression stored as a value. */
export function matchesRegex(pattern: string, options: string): ValueTest {
  const re = regexOf(pattern, options);
  return (v) => {
    if (typeof v === 'string') return re.test(v);
    if (!(v instanceof Raw)) return false;
    if (v.type === T.symbol) return re.test(textOf(v));
    return isRegex(v) && regexParts(v)[0] === pattern && regexParts(v)[1] === options;
  };
}

/** Membership in a list of values and regular expressions. */
export function isIn(list: readonly Value[]): ValueTest {
  const plain = list.filter((x) => !isRegex(x));
  const patterns = list.filter(isRegex).map((x) => matchesRegex(...regexParts(x)));
  const hasNull = plain.some((x) => x === null);
  if (plain.length <= 4) {
    const tests = [...plain.map(equals), ...patterns];
    return (v) => tests.some((t) => t(v));
  }
  const set = new Set(plain.map(identity));
  return (v) => (v === undefined ? hasNull : set.has(identity(v))) || patterns.some((t) => t(v));
}

const TYPE_NAMES: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

/** MongoDB's name of a value's type. */
export function typeName(v: Value | undefined): string {
  if (v === undefined) return 'missing';
  const t = typeOf(v);
  return Object.entries(TYPE_NAMES).find(([, n]) => n === (t === T.minKey ? -1 : t))?.[0] ?? 'unknown';
}

/** The test of `$type`. */
export function hasType(want: Value): ValueTest {
  const list = want instanceof Arr ? want.list() : [want];
  if (list.length === 0) throw fault('FailedToParse', '$type must match at least one type');
  const codes = new Set<number>();
  for (const x of list) {
    if (x === 'number') [1, 16, 18, 19].forEach((n) => codes.add(n));
    else {
      const n = typeof x === 'string' ? TYPE_NAMES[x] : asInteger(x);
      if (n === undefined && typeof x === 'string') throw fault('BadValue', `Unknown type name alias: ${x}`);
      if (n === undefined) throw fault('TypeMismatch', 'type must be represented as a number or a string');
      if (!Object.values(TYPE_NAMES).includes(n))
        throw fault('BadValue', `Invalid numerical type code: ${n}`);
      codes.add(n === -1 ? T.minKey : n);
    }
  }
  return (v) => v !== undefined && codes.has(typeOf(v));
}

/** The test of `$mod`. */
export function hasRemainder(want: Value): ValueTest {
  const list = want instanceof Arr ? want.list() : undefined;
  if (list === undefined) throw fault('BadValue', 'malformed mod, needs to be an array');
  if (list.length < 2) throw fault('BadValue', 'malformed mod, not enough elements');
  if (list.length > 2) throw fault('BadValue', 'malformed mod, too many elements');
  const [d, r] = list.map((x) => (isNumber(x) ? toNumber(x) : NaN)) as [number, number];
  if (!Number.isFinite(d)) throw fault('BadValue', 'malformed mod, divisor not a number');
  if (!Number.isFinite(r)) throw fault('BadValue', 'malformed mod, remainder not a number');
  const divisor = Math.trunc(d);
  if (divisor === 0) throw fault('BadValue', 'divisor cannot be 0');
  const rest = Math.trunc(r);
  return (v) => {
    if (v === undefined || !isNumber(v)) return false;
    if (typeof v === 'bigint') return Number(v % BigInt(divisor)) === rest;
    const n = toNumber(v);
    return Number.isFinite(n) && Math.trunc(n) % divisor === rest;
  };
}

/** The tests of `$bitsAllSet`, `$bitsAnySet`, `$bitsAllClear`, `$bitsAnyClear`. */
export function hasBits(op: string, want: Value): ValueTest {
  const bits = bitPositions(op, want);
  const set = op.endsWith('Set');
  const all = op.startsWith('$bitsAll');
  return (v) => {
    const has = bitReader(v);
    if (has === undefined) return false;
    const hit = (b: number): boolean => has(b) === set;
    return all ? bits.every(hit) : bits.some(hit);
  };
}

function bitPositions(op: string, want: Value): number[] {
  if (want instanceof Arr) {
    return want.list().map((x) => {
      const n = asInteger(x);
      if (n === undefined || n < 0)
        throw fault('BadValue', `bit positions of ${op} must be whole numbers from 0`);
      return n;
    });
  }
  const n = asInteger(want);
  if (n === undefined && !(want instanceof Raw && want.type === T.binary)) {
    throw fault('BadValue', `${op} takes an Array, a number, or a BinData`);
  }
  if (n !== undefined && n < 0)
    throw fault('FailedToParse', `Expected a non-negative number in: ${op}: ${n}`);
  const has = bitReader(want) as (b: number) => boolean;
  const length = want instanceof Raw ? want.bytes.readInt32LE(0) * 8 : 64;
  return Array.from({ length }, (_, i) => i).filter(has);
}

function bitReader(v: Value | undefined): ((bit: number) => boolean) | undefined {
  if (v instanceof Raw && v.type === T.binary) {
    const data = v.bytes.subarray(5);
    return (b) => (((data[b >> 3] ?? 0) >> (b & 7)) & 1) === 1;
  }
  if (v === undefined || !isNumber(v)) return undefined;
  const n = toNumber(v);
  if (!Number.isInteger(n) || Math.abs(n) > 2 ** 63) return undefined;
  const big = typeof v === 'bigint' ? v : BigInt(n);
  return (b) => ((big >> BigInt(Math.min(b, 63))) & 1n) === 1n;
}
