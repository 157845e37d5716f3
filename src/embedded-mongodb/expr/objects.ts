import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault } from '../errors';
import { accumulate } from '../pipeline/accumulators';
import { argumentsOf, nullish } from './arguments';
import { parseExpression } from './evaluate';
import type { Expr } from './evaluate';
import type { Build } from './operators';

const toArray: Build = (v, name) => {
  const [a] = argumentsOf(v, name, 1) as [Expr];
  return (s) => {
    const x = a(s);
    if (nullish(x)) return null;
    if (!(x instanceof Doc)) throw new MongoFault(40390, '$objectToArray requires a document input');
    return Arr.of([...x].map(([k, e]) => Doc.of({ k, v: e })));
  };
};

const fromArray: Build = (v, name) => {
  // A literal list of pairs is one argument here.
  const a = v instanceof Arr && v.size === 1 ? parseExpression(v.at(0)) : parseExpression(v);
  return (s) => {
    const x = a(s);
    if (nullish(x)) return null;
    if (!(x instanceof Arr)) throw new MongoFault(40386, `${name} requires an array input`);
    const d = new Doc();
    for (const e of x.list()) {
      const [k, value] =
        e instanceof Arr
          ? [e.size > 0 ? e.at(0) : undefined, e.size > 1 ? e.at(1) : undefined]
          : e instanceof Doc
            ? [e.get('k'), e.get('v')]
            : [];
      if (typeof k !== 'string')
        throw new MongoFault(
          40395,
          '$arrayToObject requires a consistent input format of pairs with string keys',
        );
      d.set(k, value ?? null);
    }
    return d;
  };
};

function fieldArgs(v: Value): [string | undefined, Expr, Value | undefined] {
  if (typeof v === 'string') return [v, (s) => s.root, undefined];
  const field = v instanceof Doc ? v.get('field') : undefined;
  const literal = field instanceof Doc ? field.get('$literal') : field;
  const input = v instanceof Doc ? v.get('input') : undefined;
  return [
    typeof literal === 'string' ? literal : undefined,
    input === undefined ? (s) => s.root : parseExpression(input),
    v instanceof Doc ? v.get('value') : undefined,
  ];
}

const setField: Build = (v, name) => {
  const [field, input, value] = fieldArgs(v);
  if (field === undefined) throw new MongoFault(4161102, `${name} requires 'field' to be a constant string`);
  const e = name === '$unsetField' || value === undefined ? undefined : parseExpression(value);
  return (s) => {
    const x = input(s);
    if (nullish(x)) return null;
    if (!(x instanceof Doc))
      throw new MongoFault(4161105, `${name} requires 'input' to evaluate to an object`);
    const y = e?.(s);
    return y === undefined ? x.clone().delete(field) : x.clone().set(field, y);
  };
};

/** Documents. */
export const OBJECTS: Readonly<Record<string, Build>> = {
  $objectToArray: toArray,
  $arrayToObject: fromArray,
  $mergeObjects: (v, name) => {
    const args = argumentsOf(v, name, 0, Infinity);
    return (s) => {
      const values = args.map((e) => e(s));
      const only = values.length === 1 ? values[0] : undefined;
      return accumulate('$mergeObjects', only instanceof Arr ? only.list() : values);
    };
  },
  $getField: (v) => {
    const [field, input] = fieldArgs(v);
    if (field === undefined)
      throw new MongoFault(5654602, "$getField requires 'field' to be a constant string");
    return (s) => {
      const x = input(s);
      return x instanceof Doc ? x.get(field) : nullish(x) ? null : undefined;
    };
  },
  $setField: setField,
  $unsetField: setField,
};
