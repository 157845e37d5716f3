import { compare } from '../bson/compare';
import { identity } from '../bson/keys';
import { asInteger, isNumber, whole } from '../bson/numbers';
import { truthy } from '../bson/truth';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { accumulate } from '../pipeline/accumulators';
import { typeName } from '../query/leaf';
import { parseSort, sortKey } from '../query/sort';
import { argumentsOf, nullish } from './arguments';
import { parseExpression, parseWith, withVars } from './evaluate';
import type { Expr } from './evaluate';
import type { Build } from './operators';

function list(v: Value | undefined, name: string, code = 28724): Value[] {
  if (!(v instanceof Arr)) throw new MongoFault(code, `${name} requires an array, found: ${typeName(v)}`);
  return v.list();
}

function named(v: Value, name: string, must: readonly string[]): (k: string) => Expr | undefined {
  if (!(v instanceof Doc)) throw new MongoFault(28646, `${name} only supports an object as its argument`);
  for (const k of must) if (!v.has(k)) throw new MongoFault(28648, `Missing '${k}' parameter to ${name}`);
  return (k) => {
    const x = v.get(k);
    return x === undefined ? undefined : parseExpression(x);
  };
}

/** What an operator calls the element it looks at. */
function nameOf(v: Doc, name: string): string {
  const as = v.get('as');
  if (as !== undefined && typeof as !== 'string')
    throw fault('FailedToParse', `'as' of ${name} must be a string`);
  return as ?? 'this';
}

const filter: Build = (v, name) => {
  const part = named(v, name, ['input', 'cond']);
  const as = nameOf(v as Doc, name);
  const cond = parseWith((v as Doc).get('cond') as Value, [as]);
  const [input, limit] = [part('input') as Expr, part('limit')];
  return (s) => {
    const x = input(s);
    if (nullish(x)) return null;
    const most = asInteger(limit?.(s)) ?? Infinity;
    const out: Value[] = [];
    for (const e of list(x, name, 28651)) {
      if (out.length >= most) break;
      if (truthy(cond(withVars(s, [[as, e]])))) out.push(e);
    }
    return Arr.of(out);
  };
};

const map: Build = (v, name) => {
  const part = named(v, name, ['input', 'in']);
  const as = nameOf(v as Doc, name);
  const body = parseWith((v as Doc).get('in') as Value, [as]);
  const input = part('input') as Expr;
  return (s) => {
    const x = input(s);
    return nullish(x) ? null : Arr.of(list(x, name, 16883).map((e) => body(withVars(s, [[as, e]])) ?? null));
  };
};

const reduce: Build = (v, name) => {
  const part = named(v, name, ['input', 'initialValue', 'in']);
  const body = parseWith((v as Doc).get('in') as Value, ['value', 'this']);
  const [input, start] = [part('input') as Expr, part('initialValue') as Expr];
  return (s) => {
    const x = input(s);
    if (nullish(x)) return null;
    return list(x, name, 40080).reduce<Value | undefined>(
      (value, e) =>
        body(
          withVars(s, [
            ['value', value],
            ['this', e],
          ]),
        ),
      start(s),
    );
  };
};

const slice: Build = (v, name) => {
  const [a, b, c] = argumentsOf(v, name, 2, 3) as [Expr, Expr, Expr?];
  return (s) => {
    const x = a(s);
    const n = b(s);
    const m = c?.(s);
    if (nullish(x) || nullish(n) || (c && nullish(m))) return null;
    const all = list(x, name);
    const p = asInteger(n);
    const q = asInteger(m);
    if (p === undefined || (c && q === undefined))
      throw new MongoFault(28726, 'Arguments to $slice must be integers');
    if (!c) return Arr.of(p < 0 ? all.slice(p) : all.slice(0, p));
    if ((q as number) <= 0) throw new MongoFault(28729, `Third argument to $slice must be positive: ${q}`);
    const from = p < 0 ? Math.max(0, all.length + p) : p;
    return Arr.of(all.slice(from, from + (q as number)));
  };
};

const elementAt: Build = (v, name) => {
  const [a, b] = argumentsOf(v, name, 2) as [Expr, Expr];
  return (s) => {
    const x = a(s);
    const n = b(s);
    if (nullish(x) || nullish(n)) return null;
    const i = asInteger(n);
    if (i === undefined)
      throw new MongoFault(28690, "$arrayElemAt's second argument must be representable as a 32-bit integer");
    return list(x, name, 28689).at(i);
  };
};

function end(last: boolean): Build {
  return (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => {
      const x = a(s);
      return nullish(x) ? null : list(x, name, 28689).at(last ? -1 : 0);
    };
  };
}

/** `$sum` and its like as expressions: over one list, or over the arguments. */
function folded(v: Value, name: string): Expr {
  if (v instanceof Arr) {
    const items = v.list().map(parseExpression);
    return (s) => {
      const values = items.map((e) => e(s));
      const only = values.length === 1 ? values[0] : undefined;
      return accumulate(name, only instanceof Arr ? only.list() : values);
    };
  }
  const e = parseExpression(v);
  return (s) => {
    const x = e(s);
    return accumulate(name, x instanceof Arr ? x.list() : [x]);
  };
}

/** An operator over sets. `codes` are those of an argument that is no list, in turn, the last for all that follow. */
function sets(fn: (lists: Value[][]) => Value, codes: readonly number[], nullable = false): Build {
  return (v, name) => {
    const args = argumentsOf(v, name, 0, Infinity);
    return (s) => {
      const values = args.map((e) => e(s));
      if (nullable && values.some(nullish)) return null;
      return fn(values.map((x, i) => list(x, name, codes[Math.min(i, codes.length - 1)])));
    };
  };
}

const unique = (values: readonly Value[]): Value[] => [
  ...new Map(values.map((x) => [identity(x), x])).values(),
];
const ids = (values: readonly Value[]): Set<string> => new Set(values.map(identity));

const sortArray: Build = (v, name) => {
  const part = named(v, name, ['input', 'sortBy']);
  const input = part('input') as Expr;
  const by = (v as Doc).get('sortBy') as Value;
  const fields = by instanceof Doc ? parseSort(by) : undefined;
  const sign = asInteger(by) ?? 1;
  const key = (x: Value): Buffer => sortKey(x instanceof Doc ? x : new Doc(), fields ?? []);
  return (s) => {
    const x = input(s);
    if (nullish(x)) return null;
    const order = fields
      ? (a: Value, b: Value): number => Buffer.compare(key(a), key(b))
      : (a: Value, b: Value): number => compare(a, b) * sign;
    return Arr.of(list(x, name, 2942504).sort(order));
  };
};

/** One of the three numbers of `$range`: not a number, and not a whole one, have codes of their own. */
function rangeNumber(v: Value | undefined, i: number): number {
  const what = ['starting', 'ending', 'step'][i] ?? '';
  if (!isNumber(v))
    throw new MongoFault(
      34443 + 2 * i,
      `$range requires a numeric ${what} value, found value of type: ${typeName(v)}`,
    );
  const n = asInteger(v);
  if (n === undefined || n !== (n | 0))
    throw new MongoFault(
      34444 + 2 * i,
      `$range requires a ${what} value that can be represented as a 32-bit integer`,
    );
  return n;
}

const range: Build = (v, name) => {
  const args = argumentsOf(v, name, 2, 3);
  return (s) => {
    const [from, to, step = 1] = args.map((e, i) => rangeNumber(e(s), i)) as [number, number, number?];
    if (step === 0) throw new MongoFault(34449, '$range requires a non-zero step value');
    const out: Value[] = [];
    for (let i = from; step > 0 ? i < to : i > to; i += step) {
      if (out.length >= 1_000_000) throw new MongoFault(5171400, '$range would be too long');
      out.push(whole(i));
    }
    return Arr.of(out);
  };
};

/** Lists and sets. */
export const LISTS: Readonly<Record<string, Build>> = {
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $slice: slice,
  $arrayElemAt: elementAt,
  $first: end(false),
  $last: end(true),
  $sortArray: sortArray,
  $range: range,
  ...Object.fromEntries(
    ['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp'].map((n) => [n, folded]),
  ),
  $size: (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => list(a(s), name, 17124).length;
  },
  $isArray: (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => a(s) instanceof Arr;
  },
  $concatArrays: (v, name) => {
    const args = argumentsOf(v, name, 0, Infinity);
    return (s) => {
      const values = args.map((e) => e(s));
      return values.some(nullish) ? null : Arr.of(values.flatMap((x) => list(x, name, 28664)));
    };
  },
  $reverseArray: (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => {
      const x = a(s);
      return nullish(x) ? null : Arr.of(list(x, name, 34435).reverse());
    };
  },
  $indexOfArray: (v, name) => {
    const [a, b, c, d] = argumentsOf(v, name, 2, 4) as [Expr, Expr, Expr?, Expr?];
    return (s) => {
      const x = a(s);
      if (nullish(x)) return null;
      const want = identity(b(s) ?? null);
      const all = list(x, name, 40090).slice(0, asInteger(d?.(s)));
      return all.findIndex((e, i) => i >= (asInteger(c?.(s)) ?? 0) && identity(e) === want);
    };
  },
  $setUnion: sets((l) => Arr.of(unique(l.flat()).sort(compare)), [17043], true),
  $setIntersection: sets(
    (l) =>
      Arr.of(
        unique(l[0] ?? [])
          .filter((x) => l.every((o) => ids(o).has(identity(x))))
          .sort(compare),
      ),
    [17047],
    true,
  ),
  $setDifference: sets(
    ([a, b]) => Arr.of(unique(a ?? []).filter((x) => !ids(b ?? []).has(identity(x)))),
    [17048, 17049],
    true,
  ),
  $setEquals: sets(
    (l) => l.every((o) => [...ids(o)].sort().join('\u{1}') === [...ids(l[0] ?? [])].sort().join('\u{1}')),
    [17044],
  ),
  $setIsSubset: sets(([a, b]) => (a ?? []).every((x) => ids(b ?? []).has(identity(x))), [17046, 17042]),
  $anyElementTrue: sets(([a]) => (a ?? []).some(truthy), [17041]),
  $allElementsTrue: sets(([a]) => (a ?? []).every(truthy), [17040]),
};
