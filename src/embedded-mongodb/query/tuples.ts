import { Arr, Doc, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault } from '../errors';
import { indexOfPart } from './walk';

const UNDEFINED = new Raw(T.undefined, Buffer.alloc(0));

interface Place {
  node: Value | undefined;
  /** Parts of the path still to go. */
  parts: readonly string[];
  i: number;
  /** True once the value is final and must not be taken apart. */
  done: boolean;
}

function advance(p: Place): void {
  while (!p.done) {
    if (p.i === p.parts.length) {
      if (!(p.node instanceof Arr)) p.done = true;
      return;
    }
    const part = p.parts[p.i] as string;
    if (p.node instanceof Doc) {
      p.node = p.node.get(part);
      p.i++;
    } else if (p.node instanceof Arr) {
      const n = indexOfPart(part);
      if (n < 0 || n >= p.node.size) return;
      p.node = p.node.at(n);
      p.i++;
    } else {
      p.node = undefined;
      p.done = true;
    }
  }
}

function enter(p: Place, element: Value): Place {
  if (p.i === p.parts.length) return { node: element, parts: p.parts, i: p.i, done: true };
  return element instanceof Doc ? { ...p, node: element } : { ...p, node: undefined, done: true };
}

type Emit = (values: (Value | undefined)[]) => void;

function emitFrom(places: Place[], multikey: boolean[], emit: Emit): void {
  places.forEach(advance);
  const open = places.filter((p) => !p.done);
  if (open.length === 0) {
    emit(places.map((p) => p.node));
    return;
  }
  const list = (open[0] as Place).node as Arr;
  if (open.some((p) => p.node !== list)) {
    throw new MongoFault(
      171,
      `cannot index parallel arrays [${open.map((p) => p.parts[p.i - 1] ?? '').join('] [')}]`,
    );
  }
  places.forEach((p, i) => {
    if (!p.done) multikey[i] = true;
  });
  if (list.size === 0) {
    const empty = (p: Place): Place => ({
      ...p,
      node: p.i === p.parts.length ? UNDEFINED : undefined,
      done: true,
    });
    emitFrom(
      places.map((p) => (p.done ? { ...p } : empty(p))),
      multikey,
      emit,
    );
    return;
  }
  for (let n = 0; n < list.size; n++) {
    emitFrom(
      places.map((p) => (p.done ? { ...p } : enter(p, list.at(n)))),
      multikey,
      emit,
    );
  }
}

/**
 * The values that an index over these paths, or a sort by them, sees in a document: one tuple for each element of a list on the
 * way, `undefined` in it for what is not there. Tells which paths led through a list. Two lists side by side are refused (171).
 */
export function eachTuple(doc: Doc, paths: readonly (readonly string[])[], emit: Emit): boolean[] {
  const multikey = paths.map(() => false);
  emitFrom(
    paths.map((parts): Place => ({ node: doc, parts, i: 0, done: false })),
    multikey,
    emit,
  );
  return multikey;
}

/** The value at the end of a path, or the first list on the way. */
export function straight(doc: Doc, parts: readonly string[]): Value | undefined {
  let v: Value | undefined = doc;
  for (const part of parts) {
    if (!(v instanceof Doc)) return v instanceof Arr ? v : undefined;
    v = v.get(part);
  }
  return v;
}
