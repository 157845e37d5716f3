import { orderedKey } from '../bson/keys';
import { encode } from '../bson/encode';
import { describe } from '../bson/describe';
import { asInteger, isNumber } from '../bson/numbers';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { CODES, MongoFault, fault, refused } from '../errors';
import { inPieces, paced } from './pauses';
import { eachTuple, straight } from './tuples';
import { partsOf } from './walk';

/** One field of a sort. */
export interface SortField {
  path: string;
  direction: 1 | -1;
}

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

/**
 * The bytes a document sorts by. Where lists lie on the way it is the first, in the order asked for, of the keys that an index
 * would hold: the least element for an ascending sort, the greatest for a descending one.
 */
export function sortKey(doc: Doc, sort: readonly SortField[]): Buffer {
  const descending = sort.map((s) => s.direction < 0);
  const values = sort.map((s) => straight(doc, partsOf(s.path)));
  if (!values.some((v) => v instanceof Arr))
    return orderedKey(
      values.map((v) => v ?? null),
      descending,
    );
  let least: Buffer | undefined;
  try {
    eachTuple(
      doc,
      sort.map((s) => partsOf(s.path)),
      (tuple) => {
        const key = orderedKey(
          tuple.map((v) => v ?? null),
          descending,
        );
        if (!least || Buffer.compare(key, least) < 0) least = key;
      },
    );
  } catch (e) {
    if (e instanceof MongoFault && e.code === CODES.CannotIndexParallelArrays)
      throw fault('BadValue', 'cannot sort with keys that are parallel arrays');
    throw e;
  }
  return least as Buffer;
}

interface Entry<D> {
  key: Buffer;
  doc: D;
  size: number;
}

/** Sorts a stream; with a limit it keeps no more than that many. Equal documents keep their order. Pauses while it sorts, too. */
export function* sorted<D extends Doc>(
  source: Iterable<D | undefined>,
  sort: readonly SortField[],
  limit = Infinity,
): Generator<D | undefined> {
  const order = (a: Entry<D>, b: Entry<D>): number => Buffer.compare(a.key, b.key);
  let list: Entry<D>[] = [];
  let bytes = 0;
  for (const doc of paced(source)) {
    if (doc === undefined) {
      yield undefined;
      continue;
    }
    const size = encode(doc).length;
    list.push({ key: sortKey(doc, sort), doc, size });
    doc.fold();
    bytes += size;
    if (list.length >= limit * 2 + 1000) {
      list = (yield* inPieces(list, order)).slice(0, limit);
      bytes = list.reduce((sum, x) => sum + x.size, 0);
    }
    if (bytes > MAX_SORT_BYTES) {
      throw fault(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `Sort exceeded memory limit of ${MAX_SORT_BYTES} bytes; add an index for this order or a limit`,
      );
    }
  }
  list = yield* inPieces(list, order);
  for (let i = 0; i < list.length && i < limit; i++) yield (list[i] as Entry<D>).doc;
}
