import { appendKey, fitted, isShortened } from '../bson/keys';
import { Out } from '../bson/encode';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { eachTuple, straight } from '../query/tuples';
import { partsOf } from '../query/walk';
import type { Index } from './catalog';

/** What a document contributes to an index. */
export interface IndexKeys {
  /** Whole keys, without the record's number, each once. */
  keys: Buffer[];
  /** For each field of the index whether an array was taken apart. */
  multikey: boolean[];
  /** True when a key was too long and was shortened. */
  shortened: boolean;
}

/** The bytes every key of an index begins with. */
export function prefixOf(indexId: number): Buffer {
  const b = Buffer.allocUnsafe(4);
  b.writeUInt32BE(indexId, 0);
  return b;
}

function pathsOf(index: Index): (readonly string[])[] {
  return index.fields.map(([path]) => partsOf(path));
}

function keyOf(index: Index, values: readonly (Value | undefined)[]): Buffer {
  const out = new Out(64);
  out.need(4);
  out.at = out.buf.writeUInt32BE(index.id, out.at);
  values.forEach((v, i) => appendKey(out, v ?? null, index.descending[i] === true));
  return out.done();
}

/** The keys a document has in an index; none when the index leaves it out (sparse, partial). */
export function indexKeys(index: Index, doc: Doc): IndexKeys {
  const result: IndexKeys = { keys: [], multikey: index.fields.map(() => false), shortened: false };
  if (index.partial && !index.partial(doc)) return result;
  const paths = pathsOf(index);
  const add = (values: readonly (Value | undefined)[]): void => {
    if (index.spec.sparse && values.every((v) => v === undefined)) return;
    const key = keyOf(index, values);
    result.shortened ||= isShortened(key);
    result.keys.push(fitted(key));
  };
  // Most documents have no list on the way of an index: one key, found without taking anything apart.
  const plain = paths.map((parts) => straight(doc, parts));
  if (plain.some((v) => v instanceof Arr)) result.multikey = eachTuple(doc, paths, add);
  else add(plain);
  if (result.keys.length > 1)
    result.keys = [...new Map(result.keys.map((key) => [key.toString('latin1'), key])).values()];
  return result;
}

/** A document's values for the fields of an index, for the error about a duplicate. */
export function keyValueOf(index: Index, doc: Doc, key: Buffer): Doc {
  let found: readonly (Value | undefined)[] = [];
  eachTuple(doc, pathsOf(index), (values) => {
    if (fitted(keyOf(index, values)).equals(key)) found = values;
  });
  const d = new Doc();
  index.fields.forEach(([path], i) => d.set(path, found[i] ?? null));
  return d;
}
