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

function number(v: Value | undefined, name: string): Num {
  if (!isNumber(v)) throw new MongoFault(28765, `${name} only supports numeric types, not ${typeName(v)}`);
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
      return decimalFrom(String(toNumber(x) % toNumber(y))) as Decimal;
    if (x instanceof Double || y instanceof Double) return new Double(toNumber(x) % toNumber(y));
    if (typeof x === 'bigint' || typeof y === 'bigint') return BigInt(x as number) % BigInt(y as number);
    return ((x as number) % (y as number)) + 0;
  };
};

/** An operator of one number that keeps whole kinds whole and works on doubles otherwise. */
function unary(wholeToo: boolean, fn: (n: number) => number): Build {
  return (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => {
      const x = a(s);
      if (nullish(x)) return null;
      const n = number(x, name);
      if (wholeToo && (typeof n === 'number' || typeof n === 'bigint')) return whole(fn(toNumber(n)));
      if (n instanceof Raw) return decimalFrom(String(fn(toNumber(n)))) as Decimal;
      return new Double(fn(toNumber(n)));
    };
  };
}

function places(fn: (n: number) => number): Build {
  return (v, name) => {
    const [a, b] = argumentsOf(v, name, 1, 2) as [Expr, Expr?];
    return (s) => {
      const x = a(s);
      const p = b ? b(s) : 0;
      if (nullish(x) || nullish(p)) return null;
      const n = number(x, name);
      const digits = toNumber(number(p, name));
      if ((typeof n === 'number' || typeof n === 'bigint') && digits >= 0) return n;
      const scaled = Number(fn(Number(`${toNumber(n)}e${digits}`)) + `e${-digits}`);
      return typeof n === 'number' || typeof n === 'bigint'
        ? whole(scaled)
        : n instanceof Raw
          ? (decimalFrom(String(scaled)) as Decimal)
          : new Double(scaled);
    };
  };
}

function halfEven(n: number): number {
  const r = Math.round(n);
  return Math.abs(n % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

function pair(fn: (a: number, b: number) => number): Build {
  return (v, name) => {
    const [a, b] = argumentsOf(v, name, 2) as [Expr, Expr];
    return (s) => {
      const x = a(s);
      const y = b(s);
      if (nullish(x) || nullish(y)) return null;
      const p = number(x, name);
      const q = number(y, name);
      const r = fn(toNumber(p), toNumber(q));
      const wholes = [p, q].every((n) => typeof n === 'number' || typeof n === 'bigint');
      return wholes && Number.isInteger(r) && name === '$pow' ? whole(r) : new Double(r);
    };
  };
}

/** Numbers. */
export const ARITHMETIC: Readonly<Record<string, Build>> = {
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $divide: divide,
  $mod: mod,
  $abs: unary(true, Math.abs),
  $ceil: unary(true, Math.ceil),
  $floor: unary(true, Math.floor),
  $sqrt: unary(false, Math.sqrt),
  $exp: unary(false, Math.exp),
  $ln: unary(false, Math.log),
  $log10: unary(false, Math.log10),
  $round: places(halfEven),
  $trunc: places(Math.trunc),
  $rand: (v, name) => {
    if (!(v instanceof Doc || v instanceof Arr) || v.size > 0)
      throw new MongoFault(10065, `${name} takes no arguments`);
    return () => new Double(Math.random());
  },
  $pow: pair((a, b) => a ** b),
  $log: pair((a, b) => Math.log(a) / Math.log(b)),
};
