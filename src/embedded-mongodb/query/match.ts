import { describe } from '../bson/describe';
import { asInteger, isNumber } from '../bson/numbers';
import { truthy } from '../bson/truth';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault, refused } from '../errors';
import { evaluate, parseExpression } from '../expr/evaluate';
import {
  equals,
  hasBits,
  hasRemainder,
  hasType,
  isIn,
  isRegex,
  matchesRegex,
  ordered,
  regexParts,
} from './leaf';
import type { ValueTest } from './leaf';
import { expanded, matched, partsOf, walk } from './walk';

/** A compiled filter. */
export type Test = (doc: Value | undefined) => boolean;

const REFUSED = new Set([
  '$where',
  '$text',
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
  '$within',
  '$jsonSchema',
]);

function bad(message: string): MongoFault {
  return fault('BadValue', message);
}

/** Compiles a filter. Faults in it are thrown here, before any document is looked at. */
export function compileFilter(filter: Doc): Test {
  const tests: Test[] = [];
  for (let i = 0; i < filter.size; i++) {
    const name = filter.names[i] as string;
    const v = filter.at(i);
    if (name.startsWith('$')) {
      const t = logical(name, v);
      if (t) tests.push(t);
    } else tests.push(fieldTest(name, v));
  }
  return every(tests);
}

function every(tests: readonly Test[]): Test {
  if (tests.length === 1) return tests[0] as Test;
  if (tests.length === 0) return () => true;
  return (d) => {
    for (const t of tests) if (!t(d)) return false;
    return true;
  };
}

/** Runs a test that is denied afterwards: what matched inside must not count as the matched element. */
function not(test: Test): Test {
  return (d) => {
    const before = matched.index;
    const hit = test(d);
    matched.index = before;
    return !hit;
  };
}

function logical(name: string, v: Value): Test | undefined {
  switch (name) {
    case '$and':
      return every(branches(name, v));
    case '$or': {
      const list = branches(name, v);
      return (d) => list.some((t) => t(d));
    }
    case '$nor': {
      const list = branches(name, v);
      return not((d) => list.some((t) => t(d)));
    }
    case '$expr': {
      const e = parseExpression(v);
      return (d) => truthy(evaluate(e, d instanceof Doc ? d : new Doc()));
    }
    case '$alwaysTrue':
      return () => true;
    case '$alwaysFalse':
      return () => false;
    case '$comment':
      return undefined;
    default:
      if (REFUSED.has(name)) throw refused(`the query operator ${name}`);
      throw bad(
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function branches(name: string, v: Value): Test[] {
  if (!(v instanceof Arr) || v.size === 0)
    throw bad(`${name} must be a${name === '$and' ? '' : ''} nonempty array`);
  return v.list().map((x) => {
    if (!(x instanceof Doc)) throw bad(`${name} argument's entries must be objects`);
    return compileFilter(x);
  });
}

/** True for a document of operators such as `{ $gt: 1 }`, as opposed to a plain document to compare with. */
export function isOperators(v: Value | undefined): v is Doc & { readonly operators?: true } {
  if (!(v instanceof Doc) || v.size === 0) return false;
  const first = v.names[0] as string;
  return first.startsWith('$') && first !== '$ref' && first !== '$id' && first !== '$db';
}

function fieldTest(path: string, v: Value): Test {
  const parts = partsOf(path);
  const simple = parts.length === 1;
  const name = parts[0] as string;
  return every(
    conditions(v).map(([test, whole, inner]) => {
      if (whole === 'negated') return not(fieldTest(path, inner as Value));
      const leaf = whole ? test : expanded(test);
      if (whole === 'absent') return not((d) => walk(d, parts, 0, (x) => x !== undefined));
      if (whole === 'not') return not((d) => walk(d, parts, 0, expanded(test)));
      return simple
        ? (d) => (d instanceof Doc ? leaf(d.get(name)) : walk(d, parts, 0, leaf))
        : (d) => walk(d, parts, 0, leaf);
    }),
  );
}

type Kind = '' | 'whole' | 'absent' | 'not' | 'negated';
/** A test, how it goes with lists, and for `$not` what is denied. */
type Condition = [ValueTest, Kind, Value?];

function conditions(v: Value): Condition[] {
  if (isRegex(v)) return [[matchesRegex(...regexParts(v)), '']];
  if (!isOperators(v)) return [[equals(v), '']];
  const list: Condition[] = [];
  for (const [op, x] of v) list.push(...condition(op, x, v));
  return list;
}

function condition(op: string, v: Value, all: Doc): Condition[] {
  switch (op) {
    case '$eq':
      return [[equals(v), '']];
    case '$ne':
      if (isRegex(v)) throw bad("Can't have regex as arg to $ne.");
      return [[equals(v), 'not']];
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (isRegex(v)) throw bad(`Can't have RegEx as arg to predicate over field`);
      return [[ordered(op, v), '']];
    case '$in':
    case '$nin':
      return [[isIn(listOf(op, v)), op === '$in' ? '' : 'not']];
    case '$exists':
      return [[(x) => x !== undefined, truthy(v) ? 'whole' : 'absent']];
    case '$type': {
      const test = hasType(v);
      return [[test, '']];
    }
    case '$mod':
      return [[hasRemainder(v), '']];
    case '$size':
      return [[sizeTest(v), 'whole']];
    case '$all':
      return allConditions(v);
    case '$elemMatch':
      return [[elementTest(v), 'whole']];
    case '$not':
      return [[() => false, 'negated', deniable(v)]];
    case '$regex':
      return [[regexCondition(v, all), '']];
    case '$options':
      if (!all.has('$regex')) throw bad('$options needs a $regex');
      return [];
    case '$comment':
      return [];
    case '$bitsAllSet':
    case '$bitsAnySet':
    case '$bitsAllClear':
    case '$bitsAnyClear':
      return [[hasBits(op, v), '']];
    default:
      if (REFUSED.has(op)) throw refused(`the query operator ${op}`);
      throw bad(`unknown operator: ${op}`);
  }
}

function listOf(op: string, v: Value): Value[] {
  if (!(v instanceof Arr)) throw bad(`${op} needs an array`);
  const list = v.list();
  if (list.some(isOperators)) throw bad(`cannot nest $ under ${op}`);
  return list;
}

function regexCondition(v: Value, all: Doc): ValueTest {
  const options = all.get('$options');
  if (options !== undefined && typeof options !== 'string') throw bad('$options has to be a string');
  if (typeof v === 'string') return matchesRegex(v, options ?? '');
  if (!isRegex(v)) throw bad('$regex has to be a string');
  const [pattern, own] = regexParts(v);
  if (own !== '' && options !== undefined)
    throw new MongoFault(51075, 'options set in both $regex and $options');
  return matchesRegex(pattern, options ?? own);
}

function sizeTest(v: Value): ValueTest {
  const n = asInteger(v);
  if (n === undefined)
    throw bad(
      `Failed to parse $size. Expected ${isNumber(v) ? 'an integer' : 'a number in'}: $size: ${describe(v)}`,
    );
  if (n < 0) throw bad(`Failed to parse $size. Expected a non-negative number in: $size: ${describe(v)}`);
  return (x) => x instanceof Arr && x.size === n;
}

function allConditions(v: Value): Condition[] {
  if (!(v instanceof Arr)) throw bad('$all needs an array');
  const list = v.list();
  if (list.length === 0) return [[() => false, 'whole']];
  const nested = list.filter((x) => x instanceof Doc && x.names[0] === '$elemMatch').length;
  if (nested > 0 && nested < list.length) throw bad('$all/$elemMatch has to be consistent');
  return list.map((x): Condition => {
    if (nested > 0) return [elementTest((x as Doc).get('$elemMatch') as Value), 'whole'];
    if (isOperators(x)) throw bad('no $ expressions in $all');
    return [isRegex(x) ? matchesRegex(...regexParts(x)) : equals(x), ''];
  });
}

/** One element of a list that meets every condition. */
function elementTest(v: Value): ValueTest {
  if (!(v instanceof Doc)) throw bad('$elemMatch needs an Object');
  const test = elementCondition(v);
  return (x) => {
    if (!(x instanceof Arr)) return false;
    for (let i = 0; i < x.size; i++) {
      if (test(x.at(i))) {
        matched.index = i;
        return true;
      }
    }
    return false;
  };
}

/** The condition on one list element: operators on the element itself, or a filter over its fields. */
export function elementCondition(v: Doc): Test {
  const first = v.names.length > 0 || v.size > 0 ? (v.names[0] as string) : '';
  const onFields = !isOperators(v) || ['$and', '$or', '$nor', '$expr', '$where'].includes(first);
  if (onFields) {
    const test = compileFilter(v);
    return (x) => (x instanceof Doc || x instanceof Arr) && test(x);
  }
  return onValue(v);
}

/** Operators on one value that is not taken apart further. */
function onValue(v: Value): Test {
  const tests = conditions(v).map(([test, kind, inner]): Test => {
    if (kind === 'absent') return (x) => x === undefined;
    if (kind === 'negated')
      return not(isRegex(inner) ? matchesRegex(...regexParts(inner)) : onValue(inner as Doc));
    return kind === 'not' ? not(test) : test;
  });
  return every(tests);
}

/** Checks what `$not` is given. */
function deniable(v: Value): Value {
  if (isRegex(v)) return v;
  if (!(v instanceof Doc)) throw bad('$not needs a regex or a document');
  if (!isOperators(v)) throw bad(v.size === 0 ? '$not cannot be empty' : '$not needs operators');
  return v;
}
