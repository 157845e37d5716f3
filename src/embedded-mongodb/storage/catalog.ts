import { encode } from '../bson/encode';
import { asInteger } from '../bson/numbers';
import { truthy } from '../bson/truth';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { compileFilter } from '../query/match';
import type { Test } from '../query/match';
import { Store } from './store';

/** What `createIndexes` was told, in the form `listIndexes` gives it back. */
export interface IndexSpec {
  name: string;
  unique: boolean;
  sparse: boolean;
  /** The whole specification as it was given. */
  doc: Doc;
}

/** An index of a collection. */
export interface Index {
  readonly id: number;
  spec: IndexSpec;
  /** Path and direction (1 or -1) of each field. */
  readonly fields: readonly (readonly [string, number])[];
  readonly descending: readonly boolean[];
  readonly partial: Test | undefined;
  readonly partialFilter: Doc | undefined;
  expireAfterSeconds: number | undefined;
  hidden: boolean;
  /** Per field: some document has an array there. */
  multikey: boolean[];
  /** Some key was too long and was shortened: the index no longer gives an exact order. */
  shortened: boolean;
  /** False while a build is still filling it: kept up to date, not yet used. */
  ready: boolean;
}

/** A collection: its place in the store and what is known of it. */
export interface Collection {
  readonly id: number;
  db: string;
  name: string;
  options: Doc;
  indexes: Index[];
  count: number;
  bytes: number;
  nextRecord: number;
  dropped: boolean;
}

/** Builds the index object from what is stored. */
export function indexFrom(id: number, doc: Doc, state?: Doc): Index {
  const key = doc.get('key') as Doc;
  const fields = [...key].map(([path, dir]): readonly [string, number] => [
    path,
    (asInteger(dir) ?? 1) < 0 ? -1 : 1,
  ]);
  const partial = doc.get('partialFilterExpression');
  const flags = state?.get('multikey');
  return {
    id,
    spec: {
      name: doc.get('name') as string,
      unique: truthy(doc.get('unique')),
      sparse: truthy(doc.get('sparse')),
      doc,
    },
    fields,
    descending: fields.map(([, d]) => d < 0),
    partial: partial instanceof Doc ? compileFilter(partial) : undefined,
    partialFilter: partial instanceof Doc ? partial : undefined,
    expireAfterSeconds: asInteger(doc.get('expireAfterSeconds')),
    hidden: truthy(doc.get('hidden')),
    multikey: flags instanceof Arr ? flags.list().map((x) => x === true) : fields.map(() => false),
    shortened: truthy(state?.get('shortened')),
    ready: state ? truthy(state.get('ready')) : true,
  };
}

const metaKey = (kind: string, id: number): Buffer => Buffer.from(`${kind}${String(id).padStart(10, '0')}`);
const END = Buffer.from([0xff]);

/** The list of collections and indexes, held in memory and kept in the store's `meta` tree. */
export class Catalog {
  private readonly byName = new Map<string, Collection>();
  private readonly dirty = new Set<Collection>();
  private nextId = 1;

  constructor(private readonly store: Store) {
    this.load();
    store.hooks = { beforeCommit: () => this.saveCounts(), afterAbort: () => this.load() };
  }

  get(db: string, name: string): Collection | undefined {
    return this.byName.get(`${db}.${name}`);
  }

  all(db?: string): Collection[] {
    return [...this.byName.values()].filter((c) => db === undefined || c.db === db);
  }

  newId(): number {
    const id = this.nextId++;
    const b = Buffer.alloc(6);
    b.writeUIntBE(this.nextId, 0, 6);
    this.store.meta.put(Buffer.from('next'), b);
    return id;
  }

  /** Inside a job: adds a collection. */
  create(db: string, name: string, options: Doc): Collection {
    const c: Collection = {
      id: this.newId(),
      db,
      name,
      options,
      indexes: [],
      count: 0,
      bytes: 0,
      nextRecord: 1,
      dropped: false,
    };
    this.byName.set(`${db}.${name}`, c);
    const spec = new Doc().set('v', 2).set('key', new Doc().set('_id', 1)).set('name', '_id_');
    c.indexes.push(indexFrom(this.newId(), spec));
    (c.indexes[0] as Index).spec.unique = true;
    this.save(c);
    return c;
  }

  /** Inside a job: stores a collection's description. */
  save(c: Collection): void {
    const indexes = c.indexes.map((x) => {
      const state = Doc.of({ multikey: Arr.of(x.multikey), shortened: x.shortened, ready: x.ready });
      return Doc.of({ id: x.id, spec: x.spec.doc, state });
    });
    const d = Doc.of({ id: c.id, db: c.db, name: c.name, options: c.options, indexes: Arr.of(indexes) });
    this.store.meta.put(metaKey('c', c.id), Buffer.from(encode(d)));
    this.dirty.add(c);
  }

  /** Inside a job: takes a collection out; its records are cleared away later. */
  remove(c: Collection): void {
    c.dropped = true;
    this.byName.delete(`${c.db}.${c.name}`);
    this.dirty.delete(c);
    this.store.meta.remove(metaKey('c', c.id));
    this.store.meta.remove(metaKey('n', c.id));
    this.store.meta.put(metaKey('d', c.id), Buffer.from([1]));
    for (const x of c.indexes) this.clearIndex(x);
  }

  /** Inside a job: another name for a collection. */
  rename(c: Collection, db: string, name: string): void {
    this.byName.delete(`${c.db}.${c.name}`);
    c.db = db;
    c.name = name;
    this.byName.set(`${db}.${name}`, c);
    this.save(c);
  }

  /** Inside a job: marks an index's keys as waste. */
  clearIndex(x: Index): void {
    this.store.meta.put(metaKey('k', x.id), Buffer.from([1]));
  }

  touch(c: Collection): void {
    this.dirty.add(c);
  }

  /** What is left of dropped collections and indexes. */
  waste(): { tree: 'docs' | 'keys'; id: number; key: Buffer }[] {
    const list = (
      kind: string,
      tree: 'docs' | 'keys',
    ): { tree: 'docs' | 'keys'; id: number; key: Buffer }[] =>
      Store.range(this.store.meta, Buffer.from(kind), Buffer.concat([Buffer.from(kind), END]), 10_000)
        .filter(({ key }) => key.length === 11)
        .map(({ key }) => ({ tree, id: Number(key.toString('latin1', 1)), key: Buffer.from(key) }));
    return [...list('d', 'docs'), ...list('k', 'keys')];
  }

  private saveCounts(): void {
    for (const c of this.dirty) {
      const b = Buffer.alloc(18);
      b.writeUIntBE(c.count, 0, 6);
      b.writeUIntBE(c.bytes, 6, 6);
      b.writeUIntBE(c.nextRecord, 12, 6);
      this.store.meta.put(metaKey('n', c.id), b);
    }
    this.dirty.clear();
  }

  /** Reads everything from the store; collections already handed out stay the same objects. */
  private load(): void {
    const old = new Map([...this.byName.values()].map((c) => [c.id, c]));
    this.byName.clear();
    this.dirty.clear();
    const next = this.store.meta.getBinary(Buffer.from('next'));
    this.nextId = next ? next.readUIntBE(0, 6) : 1;
    for (const { value } of Store.range(this.store.meta, Buffer.from('c'), Buffer.from('d'), Infinity)) {
      const c = this.read(new Doc(Buffer.from(value)));
      const same = Object.assign(old.get(c.id) ?? c, c);
      this.byName.set(`${c.db}.${c.name}`, same);
      old.delete(c.id);
    }
    for (const gone of old.values()) gone.dropped = true;
  }

  private read(d: Doc): Collection {
    const id = d.get('id') as number;
    const counts = this.store.meta.getBinary(metaKey('n', id));
    const indexes = (d.get('indexes') as Arr).list().map((x: Value) => {
      const e = x as Doc;
      return indexFrom(e.get('id') as number, e.get('spec') as Doc, e.get('state') as Doc);
    });
    if (indexes[0]) indexes[0].spec.unique = true;
    return {
      id,
      db: d.get('db') as string,
      name: d.get('name') as string,
      options: d.get('options') as Doc,
      indexes,
      count: counts ? counts.readUIntBE(0, 6) : 0,
      bytes: counts ? counts.readUIntBE(6, 6) : 0,
      nextRecord: counts ? counts.readUIntBE(12, 6) : 1,
      dropped: false,
    };
  }
}
