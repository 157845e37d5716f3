import { compare } from '../bson/compare';
import { identity } from '../bson/keys';
import { truthy } from '../bson/truth';
import { Arr, Doc, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault } from '../errors';
import { argumentsOf, nullish } from './arguments';
import { parseExpression, parseWith, withVars } from './evaluate';
import type { Expr } from './evaluate';
import type { Build } from './operators';

/** A missing field takes the place of BSON's undefined: behind MinKey, before null. */
const MISSING = new Raw(T.undefined, Buffer.alloc(0));

/** Order in expressions. */
function order(a: Value | undefined, b: Value | undefined): number {
  return compare(a === undefined ? MISSING : a, b === undefined ? MISSING : b);
}

function comparison(test: (c: number) => Value): Build {
  return (v, name) => {
    const [a, b] = argumentsOf(v, name, 2) as [Expr, Expr];
    return (s) => test(order(a(s), b(s)));
  };
}

const cond: Build = (v, name) => {
  let parts: Expr[];
  if (v instanceof Doc) {
    for (const [k] of v)
      if (!['if', 'then', 'else'].includes(k))
        throw new MongoFault(17083, `Unrecognized parameter to $cond: ${k}`);
    parts = ['if', 'then', 'else'].map((k, i) => {
      const x = v.get(k);
      if (x === undefined) throw new MongoFault(17080 + i, `Missing '${k}' parameter to $cond`);
      return parseExpression(x);
    });
  } else parts = argumentsOf(v, name, 3);
  const [test, yes, no] = parts as [Expr, Expr, Expr];
  return (s) => (truthy(test(s)) ? yes(s) : no(s));
};

const switchOf: Build = (v) => {
  const list = v instanceof Doc ? v.get('branches') : undefined;
  if (!(v instanceof Doc) || !(list instanceof Arr))
    throw new MongoFault(40060, '$switch requires an object with an array of branches');
  const branches = list.list().map((b): [Expr, Expr] => {
    const test = b instanceof Doc ? b.get('case') : undefined;
    const then = b instanceof Doc ? b.get('then') : undefined;
    if (test === undefined || then === undefined)
      throw new MongoFault(40067, '$switch requires each branch have a case and a then');
    return [parseExpression(test), parseExpression(then)];
  });
  const last = v.get('default');
  const other = last === undefined ? undefined : parseExpression(last);
  return (s) => {
    for (const [test, then] of branches) if (truthy(test(s))) return then(s);
    if (!other)
      throw new MongoFault(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return other(s);
  };
};

const letOf: Build = (v) => {
  const vars = v instanceof Doc ? v.get('vars') : undefined;
  const body = v instanceof Doc ? v.get('in') : undefined;
  if (!(vars instanceof Doc) || body === undefined) throw new MongoFault(16876, "$let needs 'vars' and 'in'");
  const list = [...vars].map(([k, x]): [string, Expr] => [k, parseExpression(x)]);
  const inner = parseWith(
    body,
    list.map(([k]) => k),
  );
  return (s) =>
    inner(
      withVars(
        s,
        list.map(([k, e]) => [k, e(s)] as const),
      ),
    );
};

/** Comparison, conditions, variables. */
export const LOGIC: Readonly<Record<string, Build>> = {
  $eq: comparison((c) => c === 0),
  $ne: comparison((c) => c !== 0),
  $gt: comparison((c) => c > 0),
  $gte: comparison((c) => c >= 0),
  $lt: comparison((c) => c < 0),
  $lte: comparison((c) => c <= 0),
  $cmp: comparison((c) => Math.sign(c)),
  $and: (v, name) => {
    const list = argumentsOf(v, name, 0, Infinity);
    return (s) => list.every((e) => truthy(e(s)));
  },
  $or: (v, name) => {
    const list = argumentsOf(v, name, 0, Infinity);
    return (s) => list.some((e) => truthy(e(s)));
  },
  $not: (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => !truthy(a(s));
  },
  $cond: cond,
  $switch: switchOf,
  $let: letOf,
  $ifNull: (v, name) => {
    const list = argumentsOf(v, name, 2, Infinity);
    return (s) => {
      let x: Value | undefined;
      for (const e of list) {
        x = e(s);
        if (!nullish(x)) return x;
      }
      return x;
    };
  },
  $literal: (v) => () => v,
  $in: (v, name) => {
    const [a, b] = argumentsOf(v, name, 2) as [Expr, Expr];
    return (s) => {
      const list = b(s);
      if (!(list instanceof Arr)) throw new MongoFault(40081, '$in requires an array as a second argument');
      const want = a(s);
      return want !== undefined && list.list().some((x) => identity(x) === identity(want));
    };
  },
};
