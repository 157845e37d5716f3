import { compare } from '../bson/compare';
import { describe } from '../bson/describe';
import { asInteger, isNumber, toNumber } from '../bson/numbers';
import { truthy } from '../bson/truth';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { fault, refused } from '../errors';
import { isRegex, typeName } from '../query/leaf';
import { compileFilter, isOperators } from '../query/match';
import { samePattern } from '../query/plan';
import { indexFrom } from '../storage/catalog';
import type { Collection, Index } from '../storage/catalog';
import { ok } from './answer';
import { collectionName, existing, listOption, restOf } from './call';
import type { Call } from './call';
import { buildIndex } from './build-index';
import { ensureCollection } from './write';

const OPTIONS = new Set(
  'key name unique sparse partialFilterExpression expireAfterSeconds background v hidden ns comment collation'.split(
    ' ',
  ),
);
const TYPES: Readonly<Record<string, string>> = {
  text: 'a text index',
  '2d': 'a geo index',
  '2dsphere': 'a geo index',
  hashed: 'a hashed index',
  wildcard: 'a wildcard index',
};
const MAX_INDEXES = 64;

/** Checks one index specification and gives it the form it is stored in. */
function specOf(raw: Doc): Doc {
  const key = raw.get('key');
  const name = raw.get('name');
  if (!(key instanceof Doc))
    throw fault('FailedToParse', "The 'key' field is a required property of an index specification");
  if (key.size === 0) throw fault('CannotCreateIndex', 'Index keys cannot be an empty document');
  if (name === undefined)
    throw fault('FailedToParse', "The 'name' field is a required property of an index specification");
  if (typeof name !== 'string')
    throw fault('TypeMismatch', `The field 'name' must be a string, but got ${typeName(name)}`);
  if (name === '') throw fault('CannotCreateIndex', 'index name cannot be empty');
  if (name === '*') throw fault('BadValue', "The index name '*' is not valid.");
  for (const [path, d] of key) {
    if (typeof d === 'string')
      throw TYPES[d] ? refused(TYPES[d]) : fault('CannotCreateIndex', `Unknown index plugin '${d}'`);
    if (!isNumber(d) || toNumber(d) === 0)
      throw fault(
        'CannotCreateIndex',
        `Values in v:2 index key pattern cannot be of type ${typeName(d)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    if (path === '' || path.split('.').some((p) => p === ''))
      throw fault('CannotCreateIndex', 'Index keys cannot contain an empty field.');
    if (path.includes('$**')) throw refused('a wildcard index');
    if (path.startsWith('$'))
      throw fault(
        'CannotCreateIndex',
        "Index key contains an illegal field name: field name starts with '$'.",
      );
  }
  const spec = new Doc().set('v', 2).set('key', key).set('name', name);
  for (const [option, v] of raw) {
    if (!OPTIONS.has(option))
      throw fault(
        'InvalidIndexSpecificationOption',
        `The field '${option}' is not valid for an index specification. Specification: ${name}`,
      );
    if (option === 'collation' && v instanceof Doc && v.get('locale') !== 'simple')
      throw refused('collation');
    if (
      ['unique', 'sparse', 'hidden', 'background'].includes(option) &&
      typeof v !== 'boolean' &&
      !isNumber(v)
    )
      throw fault(
        'TypeMismatch',
        `Error in specification ${describe(raw)} :: caused by :: The field '${option}' has value ${option}: ${describe(v)}, which is not convertible to bool`,
      );
    if (option === 'v' && asInteger(v) !== 1 && asInteger(v) !== 2)
      throw fault(
        'CannotCreateIndex',
        `Invalid index specification ${describe(raw)}; cannot create an index with v=${describe(v)}`,
      );
    if (['unique', 'sparse', 'hidden'].includes(option) && truthy(v)) spec.set(option, true);
    if (option === 'expireAfterSeconds') spec.set(option, seconds(v, key));
    if (option === 'partialFilterExpression') {
      if (!(v instanceof Doc))
        throw fault(
          'TypeMismatch',
          `The field 'partialFilterExpression' must be an object, but got ${typeName(v)}`,
        );
      compileFilter(v);
      checkPartial(v);
      spec.set(option, v);
    }
  }
  if (key.size === 1 && key.names[0] === '_id') {
    const odd = ['unique', 'sparse', 'partialFilterExpression', 'hidden'].find((o) => spec.has(o));
    if (odd && asInteger(key.at(0)) === 1)
      throw fault(
        odd === 'hidden' ? 'BadValue' : 'InvalidIndexSpecificationOption',
        `The field '${odd}' is not valid for an _id index specification. Specification: ${describe(raw)}`,
      );
  }
  if (spec.has('sparse') && spec.has('partialFilterExpression'))
    throw fault('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  return spec;
}

const PARTIAL = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$in', '$type', '$exists']);

/** A partial index takes only filters that say what a document has, not what it lacks. */
function checkPartial(filter: Doc): void {
  const refuse = (what: string): Error =>
    fault('CannotCreateIndex', `Expression not supported in partial index: ${what}`);
  for (const [name, v] of filter) {
    if (name === '$and' || name === '$or') {
      for (const x of (v as Arr).list()) checkPartial(x as Doc);
      continue;
    }
    if (name.startsWith('$') && name !== '$comment') throw refuse(name);
    if (isRegex(v)) throw refuse('$regex');
    if (!isOperators(v)) continue;
    for (const [op, x] of v) if (!PARTIAL.has(op) || (op === '$exists' && !truthy(x))) throw refuse(op);
  }
}

function seconds(v: Value, key: Doc): Value {
  if (!isNumber(v)) throw fault('TypeMismatch', "TTL index 'expireAfterSeconds' option must be numeric");
  const n = toNumber(v);
  if (!(n >= 0 && n <= 2147483647))
    throw fault(
      'CannotCreateIndex',
      "TTL index 'expireAfterSeconds' option must be within an acceptable range",
    );
  if (key.size > 1 || key.names[0] === '_id')
    throw fault(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL',
    );
  return asInteger(v) ?? v;
}

function same(a: Doc, b: Doc, options: readonly string[]): boolean {
  return options.every((o) => {
    const x = a.get(o);
    const y = b.get(o);
    return x === undefined || y === undefined ? x === y : compare(x, y) === 0;
  });
}

/** What makes two indexes on the same fields different ones. */
const SIGNATURE = ['unique', 'sparse', 'partialFilterExpression'];

/** True when this very index exists; throws when another one stands in its way. */
function present(c: Collection, spec: Doc): boolean {
  const name = spec.get('name') as string;
  const key = spec.get('key') as Doc;
  if (key.size === 1 && key.names[0] === '_id' && asInteger(key.at(0)) === 1) return true;
  const alike = (x: Index): boolean => samePattern(x, key) && same(x.spec.doc, spec, SIGNATURE);
  const named = c.indexes.find((x) => x.spec.name === name);
  if (named && !alike(named)) {
    throw fault(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${describe(spec)}, existing index: ${describe(named.spec.doc)}`,
    );
  }
  const other = named ?? c.indexes.find(alike);
  if (!other) return false;
  if (!same(other.spec.doc, spec, ['expireAfterSeconds'])) {
    const which = named ? 'the same name' : 'a different name';
    throw fault(
      'IndexOptionsConflict',
      `An equivalent index already exists with ${which} but different options. Requested index: ${describe(spec)}, existing index: ${describe(other.spec.doc)}`,
    );
  }
  if (!named)
    throw fault('IndexOptionsConflict', `Index already exists with a different name: ${other.spec.name}`);
  return true;
}

/** `createIndexes`. */
export async function createIndexes(call: Call): Promise<Doc> {
  const name = collectionName(call);
  const specs = listOption(call, 'indexes').map(specOf);
  if (specs.length === 0) throw fault('BadValue', 'Must specify at least one index to create');
  const { parts } = call;
  let before = 0;
  let made = false;
  for (const spec of specs) {
    const started = await parts.store.write((): [Collection, Index] | undefined => {
      made ||= parts.catalog.get(call.db, name) === undefined;
      const c = ensureCollection(parts, call.db, name);
      if (spec === specs[0]) before = c.indexes.length;
      if (present(c, spec)) return undefined;
      if (c.indexes.length >= MAX_INDEXES)
        throw fault('CannotCreateIndex', `add index fails, too many indexes for ${call.db}.${name}`);
      const index = indexFrom(parts.catalog.newId(), spec);
      index.ready = c.count === 0;
      c.indexes.push(index);
      parts.catalog.save(c);
      return [c, index];
    });
    if (started && !started[1].ready) await buildIndex(parts, ...started);
  }
  const after = parts.catalog.get(call.db, name)?.indexes.length ?? 0;
  return ok({
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically: made,
    ...(after === before && { note: 'all indexes already exist' }),
  });
}

/** `listIndexes`. */
export async function listIndexes(call: Call): Promise<Doc> {
  const c = existing(call);
  if (!c) throw fault('NamespaceNotFound', `ns does not exist: ${call.db}.${collectionName(call)}`);
  const cursor = call.body.get('cursor');
  const batch = cursor instanceof Doc ? asInteger(cursor.get('batchSize')) : undefined;
  const docs = c.indexes.map((x) => x.spec.doc);
  return call.parts.cursors.first(docs.values(), `${call.db}.${c.name}`, restOf(call), batch);
}

/** `dropIndexes`. */
export async function dropIndexes(call: Call): Promise<Doc> {
  const which = call.body.get('index');
  const done = await call.parts.store.write(() => {
    const c = existing(call);
    if (!c) throw fault('NamespaceNotFound', `ns not found ${call.db}.${collectionName(call)}`);
    const before = c.indexes.length;
    const gone = which === '*' ? c.indexes.slice(1) : wanted(c, which);
    if (gone.includes(c.indexes[0] as Index)) throw fault('InvalidOptions', 'cannot drop _id index');
    c.indexes = c.indexes.filter((x) => !gone.includes(x));
    for (const x of gone) call.parts.catalog.clearIndex(x);
    call.parts.catalog.save(c);
    return before;
  });
  return ok({ nIndexesWas: done });
}

function wanted(c: Collection, which: Value | undefined): Index[] {
  const list = which instanceof Arr ? which.list() : [which];
  return list.map((w) => {
    const found = c.indexes.find((x) =>
      typeof w === 'string' ? x.spec.name === w : w instanceof Doc && samePattern(x, w),
    );
    if (!found)
      throw fault(
        'IndexNotFound',
        typeof w === 'string' ? `index not found with name [${w}]` : `can't find index with key`,
      );
    return found;
  });
}
