import { decimalFrom, decimalOf, decimalParts, decimalText } from './numbers';
import type { Decimal, Num } from './numbers';

/** Ways to make a number whole. */
export type Rounding = 'half-even' | 'trunc' | 'floor' | 'ceil';

/** Digits worked out for a result that does not come out even: the 34 of a decimal, and some to round by. */
const WORKED = 38;
/** Larger exponents are left to doubles. */
const MOST_POWER = 1000;

const made = (digits: bigint, exponent: number): Decimal => decimalFrom(`${digits}E${exponent}`) as Decimal;
const isFinite = (v: Decimal): boolean => !/N|I/.test(decimalText(v));
const ten = (n: number): bigint => 10n ** BigInt(n);

/** The digits of a decimal as a whole number of units of 10^`exponent`. */
function wholeOf(digits: bigint, drop: number, how: Rounding): bigint {
  const unit = ten(drop);
  const q = digits / unit;
  const rest = digits % unit;
  if (rest === 0n) return q;
  const away = digits < 0n ? -1n : 1n;
  if (how === 'floor') return digits < 0n ? q - 1n : q;
  if (how === 'ceil') return digits < 0n ? q : q + 1n;
  if (how === 'trunc') return q;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  return twice > unit || (twice === unit && q % 2n !== 0n) ? q + away : q;
}

/** Rounded to `places` digits behind the point (negative: before it), as MongoDB does: with exactly so many digits. */
export function toPlaces(v: Decimal, places: number, how: Rounding): Decimal {
  if (!isFinite(v)) return v;
  const [digits, exponent] = decimalParts(v);
  const drop = -places - exponent;
  return made(drop > 0 ? wholeOf(digits, drop, how) : digits * ten(-drop), -places);
}

/** Without a fraction; what has none stays as it is written. */
export function wholeDecimal(v: Decimal, how: Rounding): Decimal {
  return isFinite(v) && decimalParts(v)[1] < 0 ? toPlaces(v, 0, how) : v;
}

export function absolute(v: Decimal): Decimal {
  return decimalFrom(decimalText(v).replace(/^-/, '')) as Decimal;
}

/** Square root to 34 digits; NaN stays. The caller refuses what is negative. */
export function squareRoot(v: Decimal): Decimal {
  if (!isFinite(v)) return v;
  const [digits, exponent] = decimalParts(v);
  const odd = Math.abs(exponent % 2);
  const even = digits * ten(odd);
  const half = (exponent - odd) / 2;
  const more = Math.max(0, WORKED - Math.ceil(even.toString().length / 2));
  const scaled = even * ten(2 * more);
  let root = rootOf(scaled);
  // What comes out even is written as short as its own digits.
  if (root * root === scaled) return made(root / ten(more), half);
  root = root * 10n + 1n;
  return made(root, half - more - 1);
}

/** The whole part of a square root. */
function rootOf(n: bigint): bigint {
  if (n < 2n) return n;
  let x = ten(Math.ceil(n.toString().length / 2));
  for (;;) {
    const next = (x + n / x) / 2n;
    if (next >= x) return x;
    x = next;
  }
}

/** Remainder with the sign of the dividend, exact; undefined when one of them is no finite number. */
export function remainder(a: Num, b: Num): Decimal | undefined {
  const [x, y] = [decimalOf(a), decimalOf(b)];
  if (!isFinite(x) || !isFinite(y)) return undefined;
  const [da, ea] = decimalParts(x);
  const [db, eb] = decimalParts(y);
  const e = Math.min(ea, eb);
  return made((da * ten(ea - e)) % (db * ten(eb - e)), e);
}

/** A whole power, exact to 34 digits; undefined where that is not the way. */
export function power(base: Num, exponent: Num): Decimal | undefined {
  const [x, y] = [decimalOf(base), decimalOf(exponent)];
  if (!isFinite(x) || !isFinite(y)) return undefined;
  const n = Number(decimalText(y));
  if (!Number.isInteger(n) || n < 0 || n > MOST_POWER) return undefined;
  const [digits, e] = decimalParts(x);
  return made(digits ** BigInt(n), e * n);
}
