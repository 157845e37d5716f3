import { appendKey, fitted, isShortened } from '../bson/keys';
import { Out } from '../bson/encode';
import { Arr, Doc, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault } from '../errors';
import { indexOfPart, partsOf } from '../query/walk';
import type { Index } from './catalog';

const UNDEFINED = new Raw(T.undefined, Buffer.alloc(0));

interface Place {
  node: Value | undefined;
  /** Parts of the path still to go. */
  parts: readonly string[];
  i: number;
  /** True once the value is final and must not be taken apart. */
  done: boolean;
}

/** What a document contributes to an index. */
export interface IndexKeys {
  /** Whole keys, without the record's number, each once. */
  keys: Buffer[];
  /** For each field of the index whether an array was taken apart. */
  multikey: boolean[];
  /** True when a key was too long and was shortened. */
  shortened: boolean;
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

function tuples(places: Place[], multikey: boolean[], emit: (values: (Value | undefined)[]) => void): void {
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
    tuples(
      places.map((p) => (p.done ? { ...p } : empty(p))),
      multikey,
      emit,
    );
    return;
  }
  for (let n = 0; n < list.size; n++) {
    tuples(
      places.map((p) => (p.done ? { ...p } : enter(p, list.at(n)))),
      multikey,
      emit,
    );
  }
}

/** The bytes every key of an index begins with. */
export function prefixOf(indexId: number): Buffer {
  const b = Buffer.allocUnsafe(4);
  b.writeUInt32BE(indexId, 0);
  return b;
}

/** The keys a document has in an index; none when the index leaves it out (sparse, partial). */
export function indexKeys(index: Index, doc: Doc): IndexKeys {
  const multikey = index.fields.map(() => false);
  const result: IndexKeys = { keys: [], multikey, shortened: false };
  if (index.partial && !index.partial(doc)) return result;
  const seen = index.fields.length > 0 ? new Set<string>() : undefined;
  const places = index.fields.map(([path]): Place => ({
    node: doc,
    parts: partsOf(path),
    i: 0,
    done: false,
  }));
  tuples(places, multikey, (values) => {
    if (index.spec.sparse && values.every((v) => v === undefined)) return;
    const out = new Out(64);
    out.need(4);
    out.at = out.buf.writeUInt32BE(index.id, out.at);
    values.forEach((v, i) => appendKey(out, v ?? null, index.descending[i] === true));
    let key = out.done();
    if (isShortened(key)) {
      result.shortened = true;
      key = fitted(key);
    }
    if (multikey.includes(true)) {
      const text = key.toString('latin1');
      if (seen?.has(text)) return;
      seen?.add(text);
    }
    result.keys.push(key);
  });
  return result;
}

/** A document's values for the fields of an index, for the error about a duplicate. */
export function keyValueOf(index: Index, doc: Doc, key: Buffer): Doc {
  let found: (Value | undefined)[] = [];
  const places = index.fields.map(([path]): Place => ({
    node: doc,
    parts: partsOf(path),
    i: 0,
    done: false,
  }));
  tuples(places, [], (values) => {
    const out = new Out(64);
    out.need(4);
    out.at = out.buf.writeUInt32BE(index.id, out.at);
    values.forEach((v, i) => appendKey(out, v ?? null, index.descending[i] === true));
    if (fitted(out.done()).equals(key)) found = values;
  });
  const d = new Doc();
  index.fields.forEach(([path], i) => d.set(path, found[i] ?? null));
  return d;
}
