import { compare } from '../bson/compare';
import { describe } from '../bson/describe';
import { identity, orderedKey } from '../bson/keys';
import { asInteger } from '../bson/numbers';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { fault } from '../errors';
import { equals, isRegex, matchesRegex, regexParts, typeName } from '../query/leaf';
import { compileFilter, elementCondition, isOperators } from '../query/match';
import { parseSort } from '../query/sort';
import { direct, partsOf } from '../query/walk';

/** Turns the old value of a field into the new one; the same value means no change. */
export type Change = (old: Value | undefined, id: Value | undefined, path: string) => Value | undefined;

function array(
  old: Value | undefined,
  message: (type: string) => string,
  name: 'BadValue' | 'TypeMismatch' = 'BadValue',
): Value[] {
  if (old instanceof Arr) return old.list();
  throw fault(name, message(typeName(old)));
}

function each(v: Value, op: '$push' | '$addToSet'): Value[] | undefined {
  if (!(v instanceof Doc) || !v.has('$each')) return undefined;
  const list = v.get('$each');
  if (!(list instanceof Arr))
    throw fault(
      op === '$push' ? 'BadValue' : 'TypeMismatch',
      `The argument to $each in ${op} must be an array but it was of type: ${typeName(list)}`,
    );
  return list.list();
}

function whole(v: Value | undefined, what: string): number | undefined {
  if (v === undefined) return undefined;
  const n = asInteger(v);
  if (n === undefined)
    throw fault(
      'BadValue',
      `The value for ${what} must be an integer value but was given type: ${typeName(v)}`,
    );
  return n;
}

function sortPattern(v: Doc): ReturnType<typeof parseSort> {
  for (const [path, d] of v) {
    if (path === '' || path.split('.').some((p) => p === ''))
      throw fault('BadValue', 'The $sort field is a dotted field but has an empty part');
    if (asInteger(d) !== 1 && asInteger(d) !== -1)
      throw fault('BadValue', 'The $sort element value must be either 1 or -1');
  }
  return parseSort(v);
}

function sorter(v: Value | undefined): ((a: Value, b: Value) => number) | undefined {
  if (v === undefined) return undefined;
  if (v instanceof Doc) {
    if (v.size === 0)
      throw fault('BadValue', 'The $sort pattern is empty when it should be a set of fields.');
    const sort = sortPattern(v);
    // Lists are not taken apart here: each element sorts by the very value of its field.
    const key = (x: Value): Buffer =>
      orderedKey(
        sort.map((f) => direct(x, partsOf(f.path)) ?? null),
        sort.map((f) => f.direction < 0),
      );
    return (a, b) => Buffer.compare(key(a), key(b));
  }
  const n = asInteger(v);
  if (n !== 1 && n !== -1) throw fault('BadValue', 'The $sort element value must be either 1 or -1');
  return (a, b) => compare(a, b) * n;
}

/** `$push`, with `$each`, `$position`, `$sort` and `$slice`. */
export function push(v: Value): Change {
  const list = each(v, '$push');
  const options = list ? (v as Doc) : new Doc();
  for (const [name] of options) {
    if (!['$each', '$slice', '$sort', '$position'].includes(name))
      throw fault('BadValue', `Unrecognized clause in $push: ${name}`);
  }
  const position = whole(options.get('$position'), '$position');
  const slice = whole(options.get('$slice'), '$slice');
  const order = sorter(options.get('$sort'));
  const items = list ?? [v];
  const plain = position === undefined && slice === undefined && order === undefined;
  return (old, id, path) => {
    const message = (type: string): string =>
      `The field '${path}' must be an array but is of type ${type} in document {_id: ${describe(id)}}`;
    if (plain && old instanceof Arr) {
      if (items.length === 0) return old;
      const grown = old.clone();
      for (const x of items) grown.setAt(grown.size, x);
      return grown;
    }
    let now = old === undefined ? [] : array(old, message);
    const at =
      position === undefined
        ? now.length
        : position < 0
          ? Math.max(0, now.length + position)
          : Math.min(position, now.length);
    now = [...now.slice(0, at), ...items, ...now.slice(at)];
    if (order)
      now = now
        .map((x, i) => ({ x, i }))
        .sort((a, b) => order(a.x, b.x) || a.i - b.i)
        .map(({ x }) => x);
    if (slice !== undefined) now = slice >= 0 ? now.slice(0, slice) : now.slice(slice);
    return Arr.of(now);
  };
}

/** `$addToSet`. */
export function addToSet(v: Value): Change {
  const found = each(v, '$addToSet');
  if (found && (v as Doc).size > 1)
    throw fault('BadValue', `Found unexpected fields after $each in $addToSet: ${describe(v)}`);
  const items = found ?? [v];
  return (old, _id, path) => {
    const now =
      old === undefined
        ? []
        : array(
            old,
            (t) => `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${t}`,
          );
    const seen = new Set(now.map(identity));
    const fresh = items.filter((x) => !seen.has(identity(x)) && seen.add(identity(x)));
    return fresh.length === 0 && old !== undefined ? old : Arr.of([...now, ...fresh]);
  };
}

/** `$pop`. */
export function pop(v: Value): Change {
  const n = asInteger(v);
  if (n !== 1 && n !== -1) throw fault('FailedToParse', `$pop expects 1 or -1, found: ${describe(v)}`);
  return (old, _id, path) => {
    if (old === undefined) return undefined;
    const now = array(
      old,
      (t) => `Path '${path}' contains an element of non-array type '${t}'`,
      'TypeMismatch',
    );
    return now.length === 0 ? old : Arr.of(n === 1 ? now.slice(0, -1) : now.slice(1));
  };
}

function kept(old: Value | undefined, test: (x: Value) => boolean, op: string): Value | undefined {
  if (old === undefined) return undefined;
  const now = array(old, () => `Cannot apply ${op} to a non-array value`);
  const left = now.filter((x) => !test(x));
  return left.length === now.length ? old : Arr.of(left);
}

/** `$pull`: by value, by operators on the element, or by a filter over its fields. */
export function pull(v: Value): Change {
  const test = pullTest(v);
  return (old) => kept(old, test, '$pull');
}

function pullTest(v: Value): (x: Value) => boolean {
  if (isRegex(v)) return matchesRegex(...regexParts(v));
  if (!(v instanceof Doc)) {
    const same = equals(v);
    return (x) => same(x);
  }
  // A connective joins filters over the element's fields.
  if (isOperators(v) && !['$and', '$or', '$nor'].includes(String(v.names[0]))) {
    // Operators that look into a list look at the element as a field's value would be looked at.
    const wrapped = compileFilter(new Doc().set('x', v));
    const element = elementCondition(v);
    return (x) => (x instanceof Arr ? wrapped(new Doc().set('x', x)) : element(x));
  }
  const fields = compileFilter(v);
  return (x) => x instanceof Doc && fields(x);
}

/** `$pullAll`. */
export function pullAll(v: Value): Change {
  if (!(v instanceof Arr))
    throw fault('BadValue', `$pullAll requires an array argument but was given a ${typeName(v)}`);
  const gone = new Set(v.list().map(identity));
  return (old) => kept(old, (x) => gone.has(identity(x)), '$pullAll');
}
