import { compare } from '../bson/compare';
import { identity } from '../bson/keys';
import { isNumber, toNumber } from '../bson/numbers';
import type { Num } from '../bson/numbers';
import { Arr, Doc, Double } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault } from '../errors';
import { combine } from '../expr/arithmetic';
import { parseExpression } from '../expr/evaluate';
import type { Expr } from '../expr/evaluate';

/** Gathers values of one group. */
export interface Accumulator {
  add(v: Value | undefined): void;
  result(): Value | undefined;
}

type Make = () => Accumulator;

function fold(
  start: Value | undefined,
  step: (now: Value | undefined, v: Value | undefined) => Value | undefined,
  end?: (v: Value | undefined) => Value,
): Make {
  return () => {
    let now = start;
    return { add: (v) => void (now = step(now, v)), result: () => (end ? end(now) : now) };
  };
}

const sum: Make = fold(0, (now, v) => (isNumber(v) ? combine('+', now as Num, v) : now));

const avg: Make = () => {
  let total: Num = 0;
  let n = 0;
  return {
    add: (v) => {
      if (!isNumber(v)) return;
      total = combine('+', total, v);
      n++;
    },
    result: () => (n === 0 ? null : new Double(toNumber(total) / n)),
  };
};

function extreme(sign: 1 | -1): Make {
  return fold(
    undefined,
    (now, v) =>
      v === undefined || v === null ? now : now === undefined || compare(v, now) * sign < 0 ? v : now,
    (v) => v ?? null,
  );
}

const first: Make = () => {
  let got = false;
  let value: Value | undefined;
  return {
    add: (v) => {
      if (!got) value = v;
      got = true;
    },
    result: () => value ?? null,
  };
};

const pushAll: Make = () => {
  const list: Value[] = [];
  return { add: (v) => void (v !== undefined && list.push(v)), result: () => Arr.of(list) };
};

const set: Make = () => {
  const seen = new Map<string, Value>();
  return {
    add: (v) => void (v !== undefined && seen.set(identity(v), v)),
    result: () => Arr.of([...seen.values()]),
  };
};

function deviation(sample: boolean): Make {
  return () => {
    const list: number[] = [];
    return {
      add: (v) => void (isNumber(v) && list.push(toNumber(v))),
      result: () => {
        const n = list.length;
        if (n === 0 || (sample && n === 1)) return n === 0 || sample ? null : new Double(0);
        const mean = list.reduce((a, b) => a + b, 0) / n;
        return new Double(Math.sqrt(list.reduce((a, b) => a + (b - mean) ** 2, 0) / (sample ? n - 1 : n)));
      },
    };
  };
}

const mergeObjects: Make = () => {
  const out = new Doc();
  return {
    add: (v) => {
      if (v === undefined || v === null) return;
      if (!(v instanceof Doc)) throw new MongoFault(40400, '$mergeObjects requires object inputs');
      for (const [k, x] of v) out.set(k, x);
    },
    result: () => out,
  };
};

const MAKES: Readonly<Record<string, Make>> = {
  $sum: sum,
  $avg: avg,
  $min: extreme(1),
  $max: extreme(-1),
  $first: first,
  $last: fold(
    undefined,
    (_now, v) => v,
    (v) => v ?? null,
  ),
  $push: pushAll,
  $addToSet: set,
  $stdDevPop: deviation(false),
  $stdDevSamp: deviation(true),
  $mergeObjects: mergeObjects,
};

/** A field of `$group`: which accumulator gathers which expression. */
export function accumulator(spec: Value, field: string): { make: Make; e: Expr } {
  if (!(spec instanceof Doc))
    throw new MongoFault(40234, `The field '${field}' must be an accumulator object`);
  if (spec.size !== 1) throw new MongoFault(40238, `The field '${field}' must specify one accumulator`);
  const v = spec.at(0);
  const name = spec.names[0] as string;
  if (name === '$count') return { make: sum, e: () => 1 };
  const make = MAKES[name];
  if (!make) throw new MongoFault(15952, `unknown group operator '${name}'`);
  return { make, e: parseExpression(v) };
}

/** The accumulators that are also expressions over a list: `$sum`, `$avg`, `$min`, `$max`, `$stdDevPop`, `$stdDevSamp`. */
export function accumulate(name: string, values: readonly (Value | undefined)[]): Value | undefined {
  const a = (MAKES[name] as Make)();
  for (const v of values) a.add(v);
  return a.result();
}
