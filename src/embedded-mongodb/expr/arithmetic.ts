import { absolute, power, remainder, squareRoot, toPlaces, wholeDecimal } from '../bson/decimals';
import type { Rounding } from '../bson/decimals';
import { arithmetic, decimalFrom, decimalText, exact, isNumber, toNumber, whole } from '../bson/numbers';
import type { Decimal, Num } from '../bson/numbers';
import { Arr, DateTime, Doc, Double, Raw } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { typeName } from '../query/leaf';
import { argumentsOf, nullish } from './arguments';
import type { Expr } from './evaluate';
import type { Build } from './operators';

/** Sum or product of two numbers; an int64 that would overflow becomes a double, as in MongoDB's expressions. */
export function combine(op: '+' | '*', a: Num, b: Num): Num {
  const r = arithmetic(op, a, b);
  if (r !== undefined) return r;
  return new Double(op === '+' ? toNumber(a) + toNumber(b) : toNumber(a) * toNumber(b));
}

function number(v: Value | undefined, name: string, code = 28765): Num {
  if (!isNumber(v)) throw new MongoFault(code, `${name} only supports numeric types, not ${typeName(v)}`);
  return v;
}

const add: Build = (v, name) => {
  const list = argumentsOf(v, name, 0, Infinity);
  return (s) => {
    let sum: Num = 0;
    let date = false;
    for (const e of list) {
      const x = e(s);
      if (nullish(x)) return null;
      if (x instanceof DateTime) {
        if (date) throw new MongoFault(16612, 'only one date allowed in an $add expression');
        date = true;
        sum = combine('+', sum, whole(x.ms));
      } else if (!isNumber(x)) {
        throw fault('TypeMismatch', `$add only supports numeric or date types, not ${typeName(x)}`);
      } else sum = combine('+', sum, x);
    }
    return date ? new DateTime(Math.round(toNumber(sum))) : sum;
  };
};

const subtract: Build = (v, name) => {
  const [a, b] = argumentsOf(v, name, 2) as [Expr, Expr];
  return (s) => {
    const x = a(s);
    const y = b(s);
    if (nullish(x) || nullish(y)) return null;
    if (x instanceof DateTime && y instanceof DateTime) return BigInt(x.ms - y.ms);
    if (x instanceof DateTime && isNumber(y)) return new DateTime(x.ms - Math.round(toNumber(y)));
    if (!isNumber(x) || !isNumber(y)) {
      throw fault('TypeMismatch', `can't $subtract ${typeName(y)} from ${typeName(x)}`);
    }
    return combine('+', x, combine('*', y, -1));
  };
};

const multiply: Build = (v, name) => {
  const list = argumentsOf(v, name, 0, Infinity);
  return (s) => {
    let product: Num = 1;
    for (const e of list) {
      const x = e(s);
      if (nullish(x)) return null;
      if (!isNumber(x))
        throw fault('TypeMismatch', `$multiply only supports numeric types, not ${typeName(x)}`);
      product = combine('*', product, x);
    }
    return product;
  };
};

/** The text of an exact quotient to 34 digits, for decimals. */
function decimalQuotient(a: Num, b: Num): Decimal {
  const x = exact(a);
  const y = exact(b);
  if (x.special !== undefined || y.special !== undefined)
    return decimalFrom(String(toNumber(a) / toNumber(b))) as Decimal;
  const num = x.num * y.den;
  const den = x.den * y.num;
  const exponent = Math.max(0, 36 + den.toString().length - num.toString().length);
  const q = (num * 10n ** BigInt(exponent)) / den;
  const raw = decimalFrom(`${q}E-${exponent}`) as Decimal;
  const plain = decimalText(raw)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  return decimalFrom(plain) as Decimal;
}

const divide: Build = (v, name) => {
  const [a, b] = argumentsOf(v, name, 2) as [Expr, Expr];
  return (s) => {
    const x = a(s);
    const y = b(s);
    if (nullish(x) || nullish(y)) return null;
    if (!isNumber(x) || !isNumber(y))
      throw fault(
        'TypeMismatch',
        `$divide only supports numeric types, not ${typeName(x)} and ${typeName(y)}`,
      );
    if (toNumber(y) === 0) throw fault('BadValue', "can't $divide by zero");
    if (x instanceof Raw || y instanceof Raw) return decimalQuotient(x, y);
    return new Double(toNumber(x) / toNumber(y));
  };
};

const mod: Build = (v, name) => {
  const [a, b] = argumentsOf(v, name, 2) as [Expr, Expr];
  return (s) => {
    const x = a(s);
    const y = b(s);
    if (nullish(x) || nullish(y)) return null;
    if (!isNumber(x) || !isNumber(y))
      throw new MongoFault(16611, `$mod only supports numeric types, not ${typeName(x)} and ${typeName(y)}`);
    if (toNumber(y) === 0) throw new MongoFault(16610, "can't $mod by zero");
    if (x instanceof Raw || y instanceof Raw)
      return remainder(x, y) ?? (decimalFrom(String(toNumber(x) % toNumber(y))) as Decimal);
    if (x instanceof Double || y instanceof Double) return new Double(toNumber(x) % toNumber(y));
    if (typeof x === 'bigint' || typeof y === 'bigint') return BigInt(x as number) % BigInt(y as number);
    return ((x as number) % (y as number)) + 0;
  };
};

/** An operator of one number: decimals, doubles and whole kinds each in their own way. */
function unary(
  onWhole: (n: number | bigint) => Num,
  onDecimal: (n: Decimal) => Decimal,
  onDouble: (n: number) => number,
): Build {
  return (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => {
      const x = a(s);
      if (nullish(x)) return null;
      const n = number(x, name);
      if (n instanceof Raw) return onDecimal(n);
      return n instanceof Double ? new Double(onDouble(n.n)) : onWhole(n);
    };
  };
}

const LONG_MIN = -(1n << 63n);

/** An int32 grows to an int64 where its own kind cannot hold the result. */
function absoluteWhole(n: number | bigint): Num {
  if (typeof n === 'number') return whole(Math.abs(n));
  if (n === LONG_MIN) throw new MongoFault(28680, "can't take $abs of long long min");
  return n < 0n ? -n : n;
}

const same = (n: number | bigint): Num => n;
const wholes = (how: Rounding, fn: (n: number) => number): Build =>
  unary(same, (n) => wholeDecimal(n, how), fn);

/** A function of real numbers: of decimals a decimal, to as many digits as a double has unless `exactly` knows better. */
function real(
  fn: (n: number) => number,
  check: (n: number) => void = () => undefined,
  exactly: (n: Decimal) => Decimal = (n) => decimalFrom(String(fn(toNumber(n)))) as Decimal,
): Build {
  const checked = (n: Num): number => {
    check(toNumber(n));
    return toNumber(n);
  };
  return unary(
    (n) => new Double(fn(checked(n))),
    (n) => {
      checked(n);
      return exactly(n);
    },
    (n) => fn(checked(new Double(n))),
  );
}

/** Refuses what is not above zero; NaN passes. */
function positive(code: number, what: string): (n: number) => void {
  return (n) => {
    if (n <= 0) throw new MongoFault(code, `${what} must be a positive number, but is ${n}`);
  };
}

function places(how: Rounding, fn: (n: number) => number): Build {
  return (v, name) => {
    const [a, b] = argumentsOf(v, name, 1, 2) as [Expr, Expr?];
    return (s) => {
      const x = a(s);
      const p = b ? b(s) : 0;
      if (nullish(x) || nullish(p)) return null;
      const n = number(x, name, 51081);
      const digits = toNumber(number(p, name, 51082));
      if (!Number.isInteger(digits))
        throw new MongoFault(51082, `precision argument to ${name} must be an integral value`);
      if (digits < -20 || digits > 100)
        throw new MongoFault(
          51083,
          `cannot apply ${name} with precision value ${digits}, it must be in [-20, 100]`,
        );
      if (n instanceof Raw) return toPlaces(n, digits, how);
      if (typeof n !== 'object' && digits >= 0) return n;
      const scaled = Number(fn(Number(`${toNumber(n)}e${digits}`)) + `e${-digits}`);
      return typeof n === 'object' ? new Double(scaled) : whole(scaled);
    };
  };
}

function halfEven(n: number): number {
  const r = Math.round(n);
  return Math.abs(n % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

/** An operator of two numbers; `codes` of what is none. */
function pair(codes: readonly [number, number], combineThem: (a: Num, b: Num) => Num): Build {
  return (v, name) => {
    const [a, b] = argumentsOf(v, name, 2) as [Expr, Expr];
    return (s) => {
      const x = a(s);
      const y = b(s);
      if (nullish(x) || nullish(y)) return null;
      return combineThem(number(x, name, codes[0]), number(y, name, codes[1]));
    };
  };
}

function raised(a: Num, b: Num): Num {
  if (toNumber(a) === 0 && toNumber(b) < 0)
    throw new MongoFault(28764, '$pow cannot take a base of 0 and a negative exponent');
  const r = toNumber(a) ** toNumber(b);
  if (a instanceof Raw || b instanceof Raw) return power(a, b) ?? (decimalFrom(String(r)) as Decimal);
  if (a instanceof Double || b instanceof Double || !Number.isInteger(r)) return new Double(r);
  // Whole numbers stay exact as long as an int64 holds them: int32 of two int32 where it fits.
  if (Math.abs(r) > 2 ** 63 || toNumber(b) < 0) return new Double(r);
  const exact = BigInt(a) ** BigInt(b);
  if (exact >= -LONG_MIN || exact < LONG_MIN) return new Double(r);
  const small = typeof a === 'number' && typeof b === 'number' && BigInt.asIntN(32, exact) === exact;
  return small ? Number(exact) : exact;
}

function logarithm(a: Num, b: Num): Num {
  positive(28758, "$log's argument")(toNumber(a));
  const base = toNumber(b);
  if (base <= 0 || base === 1)
    throw new MongoFault(28759, `$log's base must be a positive number not equal to 1, but is ${base}`);
  const r = Math.log(toNumber(a)) / Math.log(base);
  return a instanceof Raw || b instanceof Raw ? (decimalFrom(String(r)) as Decimal) : new Double(r);
}

function notNegative(n: number): void {
  if (n < 0) throw new MongoFault(28714, "$sqrt's argument must be greater than or equal to 0");
}

/** Numbers. */
export const ARITHMETIC: Readonly<Record<string, Build>> = {
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $divide: divide,
  $mod: mod,
  $abs: unary(absoluteWhole, absolute, Math.abs),
  $ceil: wholes('ceil', Math.ceil),
  $floor: wholes('floor', Math.floor),
  $sqrt: real(Math.sqrt, notNegative, squareRoot),
  $exp: real(Math.exp),
  $ln: real(Math.log, positive(28766, "$ln's argument")),
  $log10: real(Math.log10, positive(28761, "$log10's argument")),
  $round: places('half-even', halfEven),
  $trunc: places('trunc', Math.trunc),
  $rand: (v, name) => {
    if (!(v instanceof Doc || v instanceof Arr) || v.size > 0)
      throw new MongoFault(10065, `${name} takes no arguments`);
    return () => new Double(Math.random());
  },
  $pow: pair([28762, 28763], raised),
  $log: pair([28756, 28757], logarithm),
};
