import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';

/** A stage with `$$name` replaced by what the outer document gave: the way `$lookup` hands variables to its pipeline. */
export function withLet(v: Value, bound: readonly (readonly [string, Value | undefined])[]): Value {
  if (bound.length === 0) return v;
  if (typeof v === 'string' && v.startsWith('$$')) return variable(v, bound);
  if (v instanceof Arr) return Arr.of(v.list().map((x) => withLet(x, bound)));
  if (!(v instanceof Doc) || v.names[0] === '$literal') return v;
  const d = new Doc();
  for (const [k, x] of v) d.set(k, withLet(x, bound));
  return d;
}

function variable(text: string, bound: readonly (readonly [string, Value | undefined])[]): Value {
  const [name, ...path] = text.slice(2).split('.');
  const found = bound.find(([k]) => k === name);
  if (!found) return text;
  const literal = found[1] === undefined ? '$$REMOVE' : new Doc().set('$literal', found[1]);
  return path.reduce<Value>((input, field) => Doc.of({ $getField: Doc.of({ field, input }) }), literal);
}
