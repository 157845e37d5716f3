import { encode, fromPlain } from '../bson/encode';
import type { Plain } from '../bson/encode';
import { Arr, Doc, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { fault } from '../errors';
import { describe } from '../bson/describe';
import type { Catalog, Collection, Index } from './catalog';
import { indexKeys, keyValueOf, prefixOf } from './index-keys';
import type { IndexKeys } from './index-keys';
import { partsOf } from '../query/walk';
import type { Store } from './store';

/** MongoDB's limit for one document, in bytes. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

const NOTHING = Buffer.from([0]);

/** The store's key of a record. */
export function recordKey(collection: number, record: number): Buffer {
  const b = Buffer.allocUnsafe(10);
  b.writeUInt32BE(collection, 0);
  b.writeUIntBE(record, 4, 6);
  return b;
}

export function recordBytes(record: number): Buffer {
  const b = Buffer.allocUnsafe(6);
  b.writeUIntBE(record, 0, 6);
  return b;
}

/** Documents and their index entries. Everything here that writes runs inside a job of the store, and checks before it writes. */
export class Records {
  constructor(
    readonly store: Store,
    readonly catalog: Catalog,
  ) {}

  /** A document by its record, or undefined. */
  read(c: Collection, record: number): Doc | undefined {
    const bytes = this.store.docs.getBinary(recordKey(c.id, record));
    return bytes === undefined ? undefined : new Doc(bytes);
  }

  /** The record that holds this key in a unique index. */
  lookUp(key: Buffer): number | undefined {
    const got = this.store.keys.getBinaryFast(key);
    return got === undefined ? undefined : got.readUIntBE(0, 6);
  }

  insert(c: Collection, doc: Doc): void {
    const bytes = encode(doc);
    checkSize(bytes);
    const record = c.nextRecord;
    const sets = c.indexes.map((x) => this.checked(c, x, indexKeys(x, doc), [], doc, record));
    c.nextRecord++;
    sets.forEach((set, i) => this.add(c, c.indexes[i] as Index, set, set.keys, record));
    this.store.docs.put(recordKey(c.id, record), bytes);
    c.count++;
    c.bytes += bytes.length;
    this.catalog.touch(c);
  }

  /** Replaces a document by its changed form. Indexes whose fields did not change are left alone. */
  replace(c: Collection, record: number, old: Doc, doc: Doc): void {
    const before = encode(old).length;
    const bytes = encode(doc);
    checkSize(bytes);
    const changes: { x: Index; was: Buffer[]; set: IndexKeys }[] = [];
    for (const x of c.indexes) {
      if (!touches(x, old, doc)) continue;
      const was = indexKeys(x, old).keys;
      changes.push({ x, was, set: this.checked(c, x, indexKeys(x, doc), was, doc, record) });
    }
    for (const { x, was, set } of changes) {
      for (const key of was) if (!holds(set.keys, key)) this.dropKey(x, key, record);
      this.add(
        c,
        x,
        set,
        set.keys.filter((key) => !holds(was, key)),
        record,
      );
    }
    this.store.docs.put(recordKey(c.id, record), bytes);
    c.bytes += bytes.length - before;
    this.catalog.touch(c);
  }

  remove(c: Collection, record: number, old: Doc): void {
    for (const x of c.indexes) for (const key of indexKeys(x, old).keys) this.dropKey(x, key, record);
    this.store.docs.remove(recordKey(c.id, record));
    c.count--;
    c.bytes -= encode(old).length;
    this.catalog.touch(c);
  }

  /** Enters one document into an index that is being built. */
  fill(c: Collection, x: Index, record: number, doc: Doc): void {
    const set = this.checked(c, x, indexKeys(x, doc), [], doc, record);
    this.add(c, x, set, set.keys, record);
  }

  private checked(
    c: Collection,
    x: Index,
    set: IndexKeys,
    was: readonly Buffer[],
    doc: Doc,
    record: number,
  ): IndexKeys {
    if (!x.spec.unique) return set;
    for (const key of set.keys) {
      if (holds(was, key)) continue;
      const other = this.lookUp(key);
      if (other !== undefined && other !== record) throw duplicate(c, x, keyValueOf(x, doc, key));
    }
    return set;
  }

  private add(c: Collection, x: Index, set: IndexKeys, keys: readonly Buffer[], record: number): void {
    for (const key of keys) {
      if (x.spec.unique) this.store.keys.put(key, recordBytes(record));
      else this.store.keys.put(withRecord(key, record), NOTHING);
    }
    const more = set.multikey.some((m, i) => m && !x.multikey[i]) || (set.shortened && !x.shortened);
    if (!more) return;
    x.multikey = x.multikey.map((m, i) => m || set.multikey[i] === true);
    x.shortened ||= set.shortened;
    this.catalog.save(c);
  }

  private dropKey(x: Index, key: Buffer, record: number): void {
    if (!x.spec.unique) this.store.keys.remove(withRecord(key, record));
    else if (this.lookUp(key) === record) this.store.keys.remove(key);
  }
}

/** An entry of an index that is not unique: the key, then the record. */
function withRecord(key: Buffer, record: number): Buffer {
  const b = Buffer.allocUnsafe(key.length + 6);
  key.copy(b);
  b.writeUIntBE(record, key.length, 6);
  return b;
}

/** True when a change may have changed what a document has in an index: some field that it looks at was written. */
function touches(x: Index, old: Doc, now: Doc): boolean {
  if (x.partial) return true;
  for (const [path] of x.fields) if (!now.keeps(old, partsOf(path)[0] as string)) return true;
  return false;
}

function holds(list: readonly Buffer[], key: Buffer): boolean {
  for (const k of list) if (k.equals(key)) return true;
  return false;
}

function checkSize(bytes: Buffer): void {
  if (bytes.length <= MAX_DOCUMENT_BYTES) return;
  throw fault(
    'BSONObjectTooLarge',
    `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}(16MB)`,
  );
}

function duplicate(c: Collection, x: Index, keyValue: Doc): Error {
  const keyPattern = x.spec.doc.get('key') as Value;
  const message = `E11000 duplicate key error collection: ${c.db}.${c.name} index: ${x.spec.name} dup key: ${describe(keyValue)}`;
  return fault('DuplicateKey', message, { keyPattern, keyValue });
}

/** The entries of an index lie between these two. */
export function indexRange(x: Index): [Buffer, Buffer] {
  return [prefixOf(x.id), prefixOf(x.id + 1)];
}

/** Checks the `_id` of a new document and puts it first. */
export function withIdFirst(doc: Doc, newId: () => Raw): Doc {
  const id = doc.get('_id');
  if (id === undefined) {
    const d = new Doc().set('_id', newId());
    for (const [k, v] of doc) d.set(k, v);
    return d;
  }
  checkId(id);
  if (doc.names[0] === '_id') return doc;
  const d = new Doc().set('_id', id);
  for (const [k, v] of doc) if (k !== '_id') d.set(k, v);
  return d;
}

/** Refuses what may not be an `_id`. */
export function checkId(id: Value): void {
  if (id instanceof Arr) throw fault('InvalidIdField', "The '_id' value cannot be of type array");
  if (id instanceof Raw && id.type === T.regex)
    throw fault('InvalidIdField', "The '_id' value cannot be of type regex");
  if (id instanceof Raw && id.type === T.undefined)
    throw fault('InvalidIdField', "The '_id' value cannot be of type undefined");
  if (!(id instanceof Doc)) return;
  for (let i = 0; i < id.size; i++) {
    const name = id.names[i] as string;
    if (name.startsWith('$') && !['$ref', '$id', '$db'].includes(name)) {
      throw fault(
        'DollarPrefixedFieldName',
        `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
      );
    }
  }
}

/** A value for an answer's extra fields. */
export function plainValue(v: unknown): Value {
  return fromPlain(v as Plain);
}
