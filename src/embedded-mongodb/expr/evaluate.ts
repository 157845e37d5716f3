import { Arr, DateTime, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { partsOf } from '../query/walk';
import { knownNames, withNames } from './names';
import { operatorNamed } from './operators';

/** What an expression is worked out over: the document, and the variables around it. */
export interface Scope {
  readonly root: Doc;
  readonly vars: ReadonlyMap<string, Value | undefined>;
}

/** A compiled expression. `undefined` is a missing value. */
export type Expr = (scope: Scope) => Value | undefined;

/** What `$$REMOVE` gives: the same as a missing value. */
const NO_VARS: ReadonlyMap<string, Value | undefined> = new Map();

/** The value of an expression for one document. */
export function evaluate(
  e: Expr,
  root: Doc,
  vars: ReadonlyMap<string, Value | undefined> = NO_VARS,
): Value | undefined {
  return e({ root, vars });
}

/** A field path inside a value; a list on the way gives the list of what each of its documents has. */
export function fieldPath(v: Value | undefined, parts: readonly string[], i = 0): Value | undefined {
  if (i === parts.length) return v;
  if (v instanceof Doc) return fieldPath(v.get(parts[i] as string), parts, i + 1);
  if (!(v instanceof Arr)) return undefined;
  const out: Value[] = [];
  for (const x of v.list()) {
    if (!(x instanceof Doc)) continue;
    const got = fieldPath(x, parts, i);
    if (got !== undefined) out.push(got);
  }
  return Arr.of(out);
}

function variable(text: string): Expr {
  const [name, ...path] = text.split('.') as [string, ...string[]];
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return (s) => fieldPath(s.root, path);
    case 'NOW': {
      const now = new DateTime(Date.now());
      return () => now;
    }
    case 'REMOVE':
      return () => undefined;
    default: {
      const names = knownNames();
      if (!names.has(name)) throw new MongoFault(17276, `Use of undefined variable: ${name}`);
      const given = names.get(name);
      return given ? () => fieldPath(given.value, path) : (s) => fieldPath(s.vars.get(name), path);
    }
  }
}

/** Compiles an expression; unknown operators are refused here. */
export function parseExpression(v: Value): Expr {
  if (typeof v === 'string' && v.startsWith('$')) {
    if (v.startsWith('$$')) return variable(v.slice(2));
    if (v.length === 1) throw new MongoFault(16872, "'$' by itself is not a valid FieldPath");
    const parts = partsOf(v.slice(1));
    if (parts.some((p) => p === ''))
      throw new MongoFault(15998, 'FieldPath field names may not be empty strings.');
    if (parts.length === 1) return (s) => s.root.get(parts[0] as string);
    return (s) => fieldPath(s.root, parts);
  }
  if (v instanceof Arr) {
    const items = v.list().map(parseExpression);
    return (s) => Arr.of(items.map((e) => e(s) ?? null));
  }
  if (v instanceof Doc && v.size > 0) return parseDocument(v);
  return () => v;
}

function parseDocument(v: Doc): Expr {
  const first = v.names.length ? (v.names[0] as string) : '';
  if (first.startsWith('$')) {
    if (v.size !== 1) {
      throw new MongoFault(
        15983,
        `an expression specification must contain exactly one field, the name of the expression. Found ${v.size} fields`,
      );
    }
    const build = operatorNamed(first);
    if (!build) throw new MongoFault(168, `Unrecognized expression '${first}'`);
    return build(v.at(0), first);
  }
  const fields: [string, Expr][] = [];
  for (const [name, x] of v) {
    if (name.startsWith('$')) throw fault('FailedToParse', `field names may not start with '$': ${name}`);
    fields.push([name, parseExpression(x)]);
  }
  return (s) => {
    const d = new Doc();
    for (const [name, e] of fields) {
      const x = e(s);
      if (x !== undefined) d.set(name, x);
    }
    return d;
  };
}

/** Compiles an expression that may use further variables, which `withVars` gives when it is worked out. */
export function parseWith(v: Value, names: readonly string[]): Expr {
  for (const name of names) checkName(name);
  return withNames(
    names.map((n) => [n, undefined] as const),
    () => parseExpression(v),
  );
}

/** A variable of a user begins with a small letter. */
export function checkName(name: string): void {
  if (name === '') throw fault('FailedToParse', 'empty variable names are not allowed');
  if (!/^[a-z\u0080-\uffff]/.test(name))
    throw fault('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
  const odd = /[^A-Za-z0-9_\u0080-\uffff]/.exec(name);
  if (odd)
    throw fault('FailedToParse', `'${name}' contains an invalid character for a variable name: '${odd[0]}'`);
}

/** The same scope with further variables. */
export function withVars(s: Scope, more: readonly (readonly [string, Value | undefined])[]): Scope {
  const vars = new Map(s.vars);
  for (const [k, v] of more) vars.set(k, v);
  return { root: s.root, vars };
}
