import { Decimal128 } from 'bson';
import { Double, Raw, T } from './values';
import type { Value } from './values';

/** A BSON decimal of 128 bits. */
export type Decimal = Raw & { readonly type: 0x13 };

/** A number of any of the four kinds. */
export type Num = number | bigint | Double | Decimal;

/** True for the four kinds of number. */
export function isNumber(v: Value | undefined): v is Num {
  return (
    typeof v === 'number' ||
    typeof v === 'bigint' ||
    v instanceof Double ||
    (v instanceof Raw && v.type === T.decimal)
  );
}

/** The nearest JavaScript number. */
export function toNumber(v: Num): number {
  if (typeof v === 'number') return v;
  if (v instanceof Double) return v.n;
  if (typeof v === 'bigint') return Number(v);
  return Number(decimalText(v));
}

/** Decimal128 as MongoDB writes it. */
export function decimalText(v: Raw): string {
  return new Decimal128(v.bytes).toString();
}

/** A decimal from text; undefined when the text is not a number. Rounds to 34 digits. */
export function decimalFrom(text: string): Decimal | undefined {
  try {
    return new Raw(T.decimal, Buffer.from(Decimal128.fromStringWithRounding(text).bytes)) as Decimal;
  } catch {
    return undefined;
  }
}

/** An exact number: `num / den`, or one of the values that are no fraction. */
export interface Exact {
  num: bigint;
  den: bigint;
  special?: number;
}

function exactDouble(n: number): Exact {
  if (!Number.isFinite(n)) return { num: 0n, den: 1n, special: n };
  if (Number.isInteger(n)) return { num: BigInt(n), den: 1n };
  // A double has at most 1074 binary places; halving exponents until whole would be slow, so read its bits.
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, n);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  const shift = BigInt(1075 - Math.max(exponent, 1));
  return { num: n < 0 ? -mantissa : mantissa, den: 1n << shift };
}

/** The exact worth of any number. */
export function exact(v: Num): Exact {
  if (typeof v === 'number') return { num: BigInt(v), den: 1n };
  if (typeof v === 'bigint') return { num: v, den: 1n };
  if (v instanceof Double) return exactDouble(v.n);
  const text = decimalText(v);
  const m = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text);
  if (!m) return { num: 0n, den: 1n, special: Number(text) };
  const digits = BigInt((m[1] ?? '') + (m[2] ?? '0') + (m[3] ?? ''));
  const scale = Number(m[4] ?? '0') - (m[3] ?? '').length;
  return scale >= 0
    ? { num: digits * 10n ** BigInt(scale), den: 1n }
    : { num: digits, den: 10n ** BigInt(-scale) };
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  // NaN is below every number and equal to itself.
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
}

/** Order of two numbers of any kind, exact; NaN comes first. */
export function compareNumbers(a: Num, b: Num): number {
  const quickA = typeof a === 'number' ? a : a instanceof Double ? a.n : undefined;
  const quickB = typeof b === 'number' ? b : b instanceof Double ? b.n : undefined;
  if (quickA !== undefined && quickB !== undefined) return compareDoubles(quickA, quickB);
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  return compareExact(exact(a), exact(b));
}

export function compareExact(x: Exact, y: Exact): number {
  if (x.special !== undefined || y.special !== undefined) {
    return compareDoubles(x.special ?? 0, y.special ?? 0);
  }
  const d = x.num * y.den - y.num * x.den;
  return d < 0n ? -1 : d > 0n ? 1 : 0;
}

const INT_MAX = 0x7fffffff;
const INT_MIN = -0x80000000;
const LONG_MAX = (1n << 63n) - 1n;
const LONG_MIN = -(1n << 63n);

/** Any number as a decimal. */
export function decimalOf(v: Num): Decimal {
  if (v instanceof Raw) return v;
  const text = v instanceof Double ? doubleText(v.n) : String(v);
  return decimalFrom(text) as Decimal;
}

/** A double turned into a decimal keeps 15 significant digits, as MongoDB does. */
function doubleText(n: number): string {
  if (Number.isNaN(n)) return 'NaN';
  if (!Number.isFinite(n)) return n > 0 ? 'Infinity' : '-Infinity';
  return Number.isInteger(n) && Math.abs(n) < 1e15 ? String(n) : n.toPrecision(15);
}

function decimalArithmetic(op: '+' | '*', a: Decimal, b: Decimal): Decimal {
  const x = exact(a);
  const y = exact(b);
  if (x.special !== undefined || y.special !== undefined) {
    const p = toNumber(a);
    const q = toNumber(b);
    return decimalOf(new Double(op === '+' ? p + q : p * q));
  }
  const [da, ea] = decimalParts(a);
  const [db, eb] = decimalParts(b);
  if (op === '*') return decimalFrom(`${da * db}E${ea + eb}`) as Decimal;
  const e = Math.min(ea, eb);
  const sum = da * 10n ** BigInt(ea - e) + db * 10n ** BigInt(eb - e);
  return decimalFrom(`${sum}E${e}`) as Decimal;
}

/** The digits of a finite decimal and its exponent of ten. */
export function decimalParts(v: Raw): [bigint, number] {
  const m = /^(-?\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(decimalText(v));
  const frac = m?.[2] ?? '';
  return [BigInt((m?.[1] ?? '0') + frac), Number(m?.[3] ?? '0') - frac.length];
}

/**
 * Sum or product with MongoDB's rules of types: the wider type wins, int32 grows to int64.
 * Returns undefined when an int64 would overflow.
 */
export function arithmetic(op: '+' | '*', a: Num, b: Num): Num | undefined {
  if (a instanceof Raw || b instanceof Raw) return decimalArithmetic(op, decimalOf(a), decimalOf(b));
  if (a instanceof Double || b instanceof Double) {
    const x = toNumber(a);
    const y = toNumber(b);
    return new Double(op === '+' ? x + y : x * y);
  }
  if (typeof a === 'number' && typeof b === 'number') {
    const r = op === '+' ? a + b : a * b;
    if (r >= INT_MIN && r <= INT_MAX) return r === 0 ? 0 : r;
    return op === '+' ? BigInt(r) : BigInt(a) * BigInt(b);
  }
  const r = op === '+' ? BigInt(a) + BigInt(b) : BigInt(a) * BigInt(b);
  return r > LONG_MAX || r < LONG_MIN ? undefined : r;
}

/** A whole JavaScript number in the narrowest of int32, int64 and double. */
export function whole(n: number): Num {
  if (!Number.isInteger(n)) return new Double(n);
  if (n >= INT_MIN && n <= INT_MAX) return n === 0 ? 0 : n;
  return Math.abs(n) < 2 ** 63 ? BigInt(n) : new Double(n);
}

/** The whole number that a command's option means, or undefined when it is no number or has a fraction. */
export function asInteger(v: Value | undefined): number | undefined {
  if (!isNumber(v)) return undefined;
  const n = toNumber(v);
  return Number.isInteger(n) ? n : undefined;
}
