import { orderedKey } from '../bson/keys';
import { compare } from '../bson/compare';
import { encode } from '../bson/encode';
import { describe } from '../bson/describe';
import { asInteger, isNumber } from '../bson/numbers';
import { Arr, Doc, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault, refused } from '../errors';
import { partsOf, walk } from './walk';

/** One field of a sort. */
export interface SortField {
  path: string;
  direction: 1 | -1;
}

const UNDEFINED = new Raw(T.undefined, Buffer.alloc(0));
const MAX_SORT_BYTES = 100 * 1024 * 1024;

/** Reads a sort specification. */
export function parseSort(v: Value | undefined): SortField[] {
  if (v === undefined) return [];
  if (!(v instanceof Doc)) throw fault('TypeMismatch', "Expected field 'sort' to be of type object");
  if (v.size > 1 && v.has('$natural')) throw fault('BadValue', "Cannot include '$natural' in compound sort");
  return [...v].map(([path, d]) => {
    if (d instanceof Doc && d.has('$meta')) throw refused('sorting by $meta');
    const n = asInteger(d);
    if (!isNumber(d))
      throw new MongoFault(15974, `Illegal key in $sort specification: ${path}: ${describe(d)}`);
    if (n !== 1 && n !== -1)
      throw new MongoFault(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (path === '') throw new MongoFault(40352, 'FieldPath cannot be constructed with empty string');
    const parts = path.split('.');
    if (parts.some((p) => p === ''))
      throw new MongoFault(15998, 'FieldPath field names may not be empty strings.');
    if (path !== '$natural' && parts.some((p) => p.startsWith('$')))
      throw new MongoFault(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    return { path, direction: n };
  });
}

/** The value a document sorts by: the least of a list for an ascending sort, the greatest for a descending one. */
function sortValue(doc: Doc, s: SortField): Value {
  let best: Value | undefined;
  const offer = (v: Value): void => {
    if (best === undefined || compare(v, best) * s.direction < 0) best = v;
  };
  walk(doc, partsOf(s.path), 0, (v) => {
    if (v instanceof Arr) {
      if (v.size === 0) offer(UNDEFINED);
      for (const x of v.list()) offer(x);
    } else offer(v ?? null);
    return false;
  });
  return best ?? null;
}

/** The bytes a document sorts by. */
export function sortKey(doc: Doc, sort: readonly SortField[]): Buffer {
  return orderedKey(
    sort.map((s) => sortValue(doc, s)),
    sort.map((s) => s.direction < 0),
  );
}

/** Sorts a stream; with a limit it keeps no more than that many. Equal documents keep their order. */
export function* sorted<D extends Doc>(
  source: Iterable<D | undefined>,
  sort: readonly SortField[],
  limit = Infinity,
): Generator<D | undefined> {
  let list: { key: Buffer; n: number; doc: D }[] = [];
  let bytes = 0;
  let n = 0;
  const order = (a: { key: Buffer; n: number }, b: { key: Buffer; n: number }): number =>
    Buffer.compare(a.key, b.key) || a.n - b.n;
  for (const doc of source) {
    if (doc === undefined) {
      yield undefined;
      continue;
    }
    list.push({ key: sortKey(doc, sort), n: n++, doc });
    bytes += encode(doc).length;
    if (list.length >= limit * 2 + 1000) {
      list = list.sort(order).slice(0, limit);
      bytes = list.reduce((sum, x) => sum + encode(x.doc).length, 0);
    }
    if (bytes > MAX_SORT_BYTES) {
      throw fault(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `Sort exceeded memory limit of ${MAX_SORT_BYTES} bytes; add an index for this order or a limit`,
      );
    }
  }
  list.sort(order);
  for (let i = 0; i < list.length && i < limit; i++) yield (list[i] as { doc: D }).doc;
}
