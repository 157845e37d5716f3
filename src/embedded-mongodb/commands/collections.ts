import { asInteger } from '../bson/numbers';
import { truthy } from '../bson/truth';
import { Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { fault } from '../errors';
import { compileFilter } from '../query/match';
import { samePattern } from '../query/plan';
import type { Collection, Index } from '../storage/catalog';
import { docFrom } from '../bson/encode';
import { ok } from './answer';
import { checkNewName, collectionName, docOption, existing, restOf } from './call';
import type { Call } from './call';
import { COLL_MOD_INDEX, checked } from './fields';
import { sweep } from './sweep';

/** `create`. */
export async function create(call: Call): Promise<Doc> {
  const name = collectionName(call);
  checkNewName(call.db, name);
  await call.parts.store.write(() => {
    if (call.parts.catalog.get(call.db, name))
      throw fault('NamespaceExists', `Collection ${call.db}.${name} already exists.`);
    call.parts.catalog.create(call.db, name, new Doc());
  });
  return ok();
}

/** `drop`. */
export async function drop(call: Call): Promise<Doc> {
  const { parts } = call;
  const was = await parts.store.write(() => {
    const c = existing(call);
    if (!c) return undefined;
    parts.catalog.remove(c);
    return c.indexes.length;
  });
  if (was === undefined) return ok();
  void sweep(parts);
  return ok({ nIndexesWas: was, ns: `${call.db}.${collectionName(call)}` });
}

/** `dropDatabase`. */
export async function dropDatabase(call: Call): Promise<Doc> {
  const { parts, db } = call;
  const n = await parts.store.write(() => {
    const all = parts.catalog.all(db);
    for (const c of all) parts.catalog.remove(c);
    return all.length;
  });
  void sweep(parts);
  return ok(n > 0 ? { dropped: db } : {});
}

/** `renameCollection`. */
export async function renameCollection(call: Call): Promise<Doc> {
  const from = split(call.target);
  const to = split(call.body.get('to'));
  checkNewName(...to);
  if (from.join('.') === to.join('.')) throw fault('IllegalOperation', "Can't rename a collection to itself");
  const { parts } = call;
  await parts.store.write(() => {
    const c = parts.catalog.get(...from);
    if (!c) throw fault('NamespaceNotFound', `Source collection ${from.join('.')} does not exist`);
    const there = parts.catalog.get(...to);
    if (there && !truthy(call.body.get('dropTarget')))
      throw fault('NamespaceExists', 'target namespace exists');
    if (there && there !== c) parts.catalog.remove(there);
    parts.catalog.rename(c, ...to);
  });
  void sweep(parts);
  return ok();
}

function split(v: Value | undefined): [string, string] {
  const at = typeof v === 'string' ? v.indexOf('.') : -1;
  if (typeof v !== 'string' || at < 1)
    throw fault('InvalidNamespace', `Invalid namespace specified '${String(v)}'`);
  return [v.slice(0, at), v.slice(at + 1)];
}

/** `listCollections`. */
export async function listCollections(call: Call): Promise<Doc> {
  const test = compileFilter(docOption(call, 'filter'));
  const nameOnly = truthy(call.body.get('nameOnly'));
  const all = call.parts.catalog.all(call.db).sort((a, b) => (a.name < b.name ? -1 : 1));
  const docs = all.map((c) => entry(c)).filter(test);
  const shown = nameOnly ? docs.map((d) => Doc.of({ name: d.get('name'), type: d.get('type') })) : docs;
  const cursor = call.body.get('cursor');
  const batch = cursor instanceof Doc ? asInteger(cursor.get('batchSize')) : undefined;
  return call.parts.cursors.first(shown.values(), `${call.db}.$cmd.listCollections`, restOf(call), batch);
}

function entry(c: Collection): Doc {
  const idIndex = c.indexes[0]?.spec.doc ?? null;
  return docFrom({
    name: c.name,
    type: 'collection',
    options: c.options,
    info: { readOnly: false },
    idIndex,
  });
}

/** `listDatabases`. */
export function listDatabases(call: Call): Doc {
  const test = compileFilter(docOption(call, 'filter'));
  const sizes = new Map<string, number>();
  for (const c of call.parts.catalog.all()) sizes.set(c.db, (sizes.get(c.db) ?? 0) + c.bytes);
  const list = [...sizes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, bytes]) => docFrom({ name, sizeOnDisk: bytes, empty: false }));
  const shown = list.filter(test);
  if (truthy(call.body.get('nameOnly')))
    return ok({ databases: shown.map((d) => Doc.of({ name: d.get('name') })) });
  return ok({ databases: shown, totalSize: [...sizes.values()].reduce((a, b) => a + b, 0) });
}

/** `collMod`: only what concerns indexes. */
export async function collMod(call: Call): Promise<Doc> {
  const spec = checked(docOption(call, 'index'), 'collMod.index', COLL_MOD_INDEX);
  if (spec.size > 0 && spec.has('name') === spec.has('keyPattern'))
    throw fault('InvalidOptions', 'must specify either index name or keyPattern, and not both');
  if (spec.size === 1)
    throw fault('InvalidOptions', 'no expireAfterSeconds, hidden, unique, or prepareUnique field');
  return call.parts.store.write(() => {
    const c = existing(call);
    if (!c) throw fault('NamespaceNotFound', `ns does not exist`);
    if (spec.size === 0) return ok();
    const pattern = spec.get('keyPattern');
    const x = c.indexes.find((i) =>
      pattern instanceof Doc ? samePattern(i, pattern) : i.spec.name === spec.get('name'),
    );
    if (!x) throw fault('IndexNotFound', 'cannot find the index for collMod');
    const answer = changeIndex(x, spec);
    call.parts.catalog.save(c);
    return answer;
  });
}

function changeIndex(x: Index, spec: Doc): Doc {
  const doc = x.spec.doc.clone();
  const out = new Doc();
  const after = spec.get('expireAfterSeconds');
  if (after !== undefined) {
    const n = asInteger(after);
    if (n === undefined || n < 0) throw fault('InvalidOptions', 'expireAfterSeconds must be a number from 0');
    if (x.fields.length > 1)
      throw fault(
        'InvalidOptions',
        'TTL indexes are single-field indexes, compound indexes do not support TTL',
      );
    if (doc.has('expireAfterSeconds'))
      out.set('expireAfterSeconds_old', doc.get('expireAfterSeconds') as Value);
    out.set('expireAfterSeconds_new', after);
    doc.set('expireAfterSeconds', after);
    x.expireAfterSeconds = n;
  }
  const hidden = spec.get('hidden');
  if (hidden !== undefined) {
    out.set('hidden_old', x.hidden).set('hidden_new', truthy(hidden));
    if (truthy(hidden)) doc.set('hidden', true);
    else doc.delete('hidden');
    x.hidden = truthy(hidden);
  }
  x.spec = { ...x.spec, doc };
  for (const [k, v] of ok()) out.set(k, v);
  return out;
}
