import { decimalFrom, decimalText, isNumber, toNumber } from '../bson/numbers';
import { truthy } from '../bson/truth';
import { DateTime, Double, Raw, T, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault } from '../errors';
import { typeName } from '../query/leaf';
import { argumentsOf, nullish } from './arguments';
import { parseExpression } from './evaluate';
import type { Expr } from './evaluate';
import type { Build } from './operators';

function fail(v: Value, to: string): MongoFault {
  return new MongoFault(
    241,
    `Unsupported conversion from ${typeName(v)} to ${to} in $convert with no onError value`,
  );
}

/** A value as text, in the forms of `$toString`. */
export function stringOf(v: Value): string {
  if (typeof v === 'string') return v;
  if (typeof v === 'boolean') return String(v);
  if (v instanceof DateTime) return new Date(v.ms).toISOString();
  if (v instanceof Raw && v.type === T.objectId) return v.bytes.toString('hex');
  if (v instanceof Raw && v.type === T.decimal) return decimalText(v);
  if (isNumber(v)) return String(typeof v === 'bigint' ? v : toNumber(v));
  throw fail(v, 'string');
}

function wholeOf(v: Value, to: 'int' | 'long'): Value {
  let n: bigint;
  if (typeof v === 'boolean') n = v ? 1n : 0n;
  else if (v instanceof DateTime && to === 'long') n = BigInt(v.ms);
  else if (typeof v === 'string') {
    if (!/^[+-]?\d+$/.test(v))
      throw new MongoFault(241, `Failed to parse number '${v}' in $convert with no onError value`);
    n = BigInt(v);
  } else if (isNumber(v)) {
    const d = toNumber(v);
    if (!Number.isFinite(d))
      throw new MongoFault(
        241,
        'Attempt to convert NaN or infinity value to integer type in $convert with no onError value',
      );
    n = typeof v === 'bigint' ? v : BigInt(Math.trunc(d));
  } else throw fail(v, to);
  const bits = to === 'int' ? 32 : 64;
  if (BigInt.asIntN(bits, n) !== n)
    throw new MongoFault(
      241,
      `Conversion would overflow target type in $convert with no onError value: ${n}`,
    );
  return to === 'int' ? Number(n) : n;
}

function doubleOf(v: Value): Value {
  if (typeof v === 'boolean') return new Double(v ? 1 : 0);
  if (v instanceof DateTime) return new Double(v.ms);
  if (isNumber(v)) return new Double(toNumber(v));
  if (typeof v === 'string' && v.trim() !== '' && !Number.isNaN(Number(v))) return new Double(Number(v));
  if (typeof v === 'string')
    throw new MongoFault(241, `Failed to parse number '${v}' in $convert with no onError value`);
  throw fail(v, 'double');
}

function dateOf(v: Value): Value {
  if (v instanceof DateTime) return v;
  if (v instanceof Raw && v.type === T.objectId) return new DateTime(v.bytes.readUInt32BE(0) * 1000);
  if (v instanceof Raw && v.type === T.timestamp) return new DateTime(v.bytes.readUInt32LE(4) * 1000);
  if (isNumber(v) && typeof v !== 'number') return new DateTime(Math.trunc(toNumber(v)));
  if (typeof v === 'string') {
    const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(v) || !v.includes('T') ? v : `${v}Z`;
    const ms = Date.parse(zoned);
    if (Number.isNaN(ms))
      throw new MongoFault(241, `Error parsing date string '${v}' in $convert with no onError value`);
    return new DateTime(ms);
  }
  throw fail(v, 'date');
}

function decimalOf(v: Value): Value {
  if (v instanceof Raw && v.type === T.decimal) return v;
  const text = v instanceof Double ? String(v.n) : typeof v === 'boolean' ? (v ? '1' : '0') : stringOf(v);
  const d = decimalFrom(v instanceof DateTime ? String(v.ms) : text);
  if (!d) throw new MongoFault(241, `Failed to parse number '${text}' in $convert with no onError value`);
  return d;
}

function objectIdOf(v: Value): Value {
  if (v instanceof Raw && v.type === T.objectId) return v;
  if (typeof v === 'string' && /^[0-9a-f]{24}$/i.test(v)) return new Raw(T.objectId, Buffer.from(v, 'hex'));
  throw typeof v === 'string'
    ? new MongoFault(241, `Failed to parse objectId '${v}' in $convert with no onError value`)
    : fail(v, 'objectId');
}

const TO: Readonly<Record<string, (v: Value) => Value>> = {
  string: stringOf,
  int: (v) => wholeOf(v, 'int'),
  long: (v) => wholeOf(v, 'long'),
  double: doubleOf,
  bool: truthy,
  date: dateOf,
  decimal: decimalOf,
  objectId: objectIdOf,
};

const BY_NUMBER: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'string',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  16: 'int',
  18: 'long',
  19: 'decimal',
};

function simple(to: string): Build {
  return (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => {
      const x = a(s);
      return nullish(x) ? null : (TO[to] as (v: Value) => Value)(x);
    };
  };
}

const convert: Build = (v) => {
  const part = (k: string): Expr | undefined => {
    const x = v instanceof Doc ? v.get(k) : undefined;
    return x === undefined ? undefined : parseExpression(x);
  };
  const [input, to, onError, onNull] = [part('input'), part('to'), part('onError'), part('onNull')];
  if (!input || !to) throw new MongoFault(9, "$convert needs 'input' and 'to'");
  return (s) => {
    const x = input(s);
    if (nullish(x)) return onNull ? onNull(s) : null;
    const want = to(s);
    const name = isNumber(want) ? BY_NUMBER[toNumber(want)] : want;
    const fn = typeof name === 'string' ? TO[name] : undefined;
    if (!fn) throw new MongoFault(2, `Unknown type name: ${String(name)}`);
    try {
      return fn(x);
    } catch (e) {
      if (onError && e instanceof MongoFault) return onError(s);
      throw e;
    }
  };
};

/** Types. */
export const TYPES: Readonly<Record<string, Build>> = {
  $toString: simple('string'),
  $toInt: simple('int'),
  $toLong: simple('long'),
  $toDouble: simple('double'),
  $toBool: simple('bool'),
  $toDate: simple('date'),
  $toDecimal: simple('decimal'),
  $toObjectId: simple('objectId'),
  $convert: convert,
  $type: (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => typeName(a(s));
  },
  $isNumber: (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => isNumber(a(s));
  },
};
