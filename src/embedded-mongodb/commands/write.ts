import { encode } from '../bson/encode';
import { Arr, Doc, truthy } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { asInteger } from '../bson/numbers';
import { withOnly } from '../expr/names';
import type { Known } from '../expr/names';
import type { Collection } from '../storage/catalog';
import { withIdFirst } from '../storage/records';
import type { Records } from '../storage/records';
import { compileUpdate, stamped } from '../update/update';
import type { Update } from '../update/update';
import { ok, writeError } from './answer';
import { checkNewName, collectionName, listOption } from './call';
import type { Call, Parts } from './call';
import { DELETE_STATEMENT, UPDATE_STATEMENT, checked, timeLimit } from './fields';
import { letOf, withConstants } from './let';
import { firstMatch } from './first-match';
import type { Finder } from './first-match';
import { finderOf } from './first-match';
import { everyMatch } from './every-match';
import { newObjectId } from './object-id';
import { seedFrom } from '../update/upsert';

/** Statements of one command that share a transaction. */
const STATEMENTS_PER_JOB = 200;

/** Inside a job: the collection, made when it is not there. */
export function ensureCollection(parts: Parts, db: string, name: string): Collection {
  const there = parts.catalog.get(db, name);
  if (there) return there;
  checkNewName(db, name);
  return parts.catalog.create(db, name, new Doc());
}

/** Runs statements in order or regardless of failures; gathers `writeErrors`. `last` is true when no further statement must run. */
async function statements(
  call: Call,
  list: readonly Doc[],
  one: (statement: Doc, index: number) => void,
  slow?: (statement: Doc, index: number) => Promise<void> | undefined,
): Promise<Doc[]> {
  const ordered = call.body.get('ordered') !== false;
  const errors: Doc[] = [];
  const failed = (i: number, e: unknown): void => {
    if (!(e instanceof MongoFault)) throw e;
    errors.push(writeError(i, e));
  };
  let at = 0;
  while (at < list.length && !(ordered && errors.length > 0)) {
    const lengthy = slow?.(list[at] as Doc, at);
    if (lengthy) {
      await lengthy.catch((e: unknown) => failed(at, e));
      at++;
      continue;
    }
    await call.parts.store.write(() => {
      const end = Math.min(list.length, at + STATEMENTS_PER_JOB);
      for (; at < end && !(ordered && errors.length > 0); at++) {
        if (at > 0 && isSlow(list[at] as Doc)) return;
        try {
          one(list[at] as Doc, at);
        } catch (e) {
          failed(at, e);
        }
      }
    });
  }
  return errors;
}

function isSlow(statement: Doc): boolean {
  return truthy(statement.get('multi')) || (statement.has('q') && statement.get('limit') === 0);
}

function checkCount(list: readonly Doc[]): void {
  if (list.length === 0 || list.length > 100_000) {
    throw fault(
      'InvalidLength',
      `Write batch sizes must be between 1 and 100000. Got ${list.length} operations.`,
    );
  }
}

/** `insert`. */
export async function insert(call: Call): Promise<Doc> {
  const name = collectionName(call);
  const list = listOption(call, 'documents');
  checkCount(list);
  let n = 0;
  const errors = await statements(call, list, (doc) => {
    call.parts.records.insert(ensureCollection(call.parts, call.db, name), prepared(doc));
    n++;
  });
  return ok({ n, ...(errors.length > 0 && { writeErrors: errors }) });
}

/** A document as it is stored: `_id` first, empty timestamps filled. */
function prepared(doc: Doc): Doc {
  const d = withIdFirst(doc, newObjectId);
  for (let i = 0; i < d.size; i++) {
    const type = d.typeAt(i);
    if (type !== undefined && type !== 0x11) continue;
    const v = d.at(i);
    const now = stamped(v);
    if (now !== v) return restamped(d);
  }
  return d;
}

function restamped(d: Doc): Doc {
  const out = new Doc();
  for (const [k, v] of d) out.set(k, k === '_id' ? v : stamped(v));
  return out;
}

/** What an update did. */
export interface Updated {
  before: Doc | undefined;
  after: Doc | undefined;
  changed: boolean;
  upsertedId: Value | undefined;
}

/** Inside a job: changes one found document. */
export function change(
  records: Records,
  c: Collection,
  record: number,
  doc: Doc,
  update: Update,
  position: number,
): Updated {
  const after = update.apply(doc, position, false);
  const changed = !encode(after).equals(encode(doc));
  if (changed) records.replace(c, record, doc, after);
  return { before: doc, after: changed ? after : doc, changed, upsertedId: undefined };
}

/** Inside a job: inserts what an upsert that found nothing makes. */
export function upsert(parts: Parts, db: string, name: string, filter: Doc, update: Update): Updated {
  const doc = withIdFirst(update.apply(seedFrom(filter, update.replacement), -1, true), newObjectId);
  parts.records.insert(ensureCollection(parts, db, name), doc);
  return { before: undefined, after: doc, changed: true, upsertedId: doc.get('_id') as Value };
}

interface Statement {
  finder: Finder;
  update: Update;
  multi: boolean;
  upsert: boolean;
}

function updateStatement(s: Doc, names: Known, limit: number | undefined): Statement {
  const u = s.get('u') as Value;
  const q = s.get('q') as Doc;
  const multi = truthy(s.get('multi'));
  if (s.has('c') && !(u instanceof Arr))
    throw new MongoFault(51198, 'Constant values may only be specified for pipeline updates');
  return {
    finder: withOnly(names, () => finderOf(q, s, limit)),
    update: withOnly(withConstants(names, s.get('c')), () => compileUpdate(u, s.get('arrayFilters'), multi)),
    multi,
    upsert: truthy(s.get('upsert')),
  };
}

function attempt<R>(run: () => R): R | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** `update`. */
export async function update(call: Call): Promise<Doc> {
  const name = collectionName(call);
  const list = listOption(call, 'updates').map((s) =>
    checked(s, 'update.updates', UPDATE_STATEMENT, {}, ['q', 'u']),
  );
  checkCount(list);
  const names = letOf(call.body);
  const read = (s: Doc): Statement => updateStatement(s, names, timeLimit(call.body));
  const total = { n: 0, nModified: 0 };
  const upserted: Doc[] = [];
  const note = (done: Updated, index: number): void => {
    total.n++;
    if (done.upsertedId !== undefined) upserted.push(Doc.of({ index, _id: done.upsertedId }));
    else if (done.changed) total.nModified++;
  };
  // Read before the transaction begins, while an earlier one is still on its way to the disk; faults come up in their turn.
  const ahead = list.length <= STATEMENTS_PER_JOB ? list.map((s) => attempt(() => read(s))) : [];
  const one = (s: Doc, index: number, ready = ahead[index] ?? read(s)): void => {
    const c = call.parts.catalog.get(call.db, name);
    const hit = c && firstMatch(call.parts.records, c, ready.finder);
    if (c && hit) note(change(call.parts.records, c, hit.record, hit.doc, ready.update, hit.position), index);
    else if (ready.upsert) note(upsert(call.parts, call.db, name, ready.finder.filter, ready.update), index);
  };
  const many = async (s: Doc, index: number): Promise<void> => {
    const ready = read(s);
    const before = total.n;
    await everyMatch(call.parts, call.db, name, ready.finder, (c, record, doc, position) => {
      note(change(call.parts.records, c, record, doc, ready.update, position), index);
    });
    if (total.n === before && ready.upsert) await call.parts.store.write(() => one(s, index, ready));
  };
  const errors = await statements(call, list, one, (s, i) => (isSlow(s) ? many(s, i) : undefined));
  return ok({
    n: total.n,
    ...(upserted.length > 0 && { upserted }),
    nModified: total.nModified,
    ...(errors.length > 0 && { writeErrors: errors }),
  });
}

/** `delete`. */
export async function remove(call: Call): Promise<Doc> {
  const name = collectionName(call);
  const list = listOption(call, 'deletes').map((s) =>
    checked(s, 'delete.deletes', DELETE_STATEMENT, {}, ['q', 'limit']),
  );
  checkCount(list);
  let n = 0;
  const names = letOf(call.body);
  const finder = (s: Doc): Finder => {
    const limit = asInteger(s.get('limit'));
    if (limit !== 0 && limit !== 1)
      throw fault('FailedToParse', 'The limit field in delete objects must be 0 or 1. Got ' + String(limit));
    return withOnly(names, () => finderOf(s.get('q') as Doc, s, timeLimit(call.body)));
  };
  const one = (s: Doc): void => {
    const ready = finder(s);
    const c = call.parts.catalog.get(call.db, name);
    const hit = c && firstMatch(call.parts.records, c, ready);
    if (!c || !hit) return;
    call.parts.records.remove(c, hit.record, hit.doc);
    n++;
  };
  const many = async (s: Doc): Promise<void> => {
    await everyMatch(call.parts, call.db, name, finder(s), (c, record, doc) => {
      call.parts.records.remove(c, record, doc);
      n++;
    });
  };
  const errors = await statements(call, list, one, (s) => (isSlow(s) ? many(s) : undefined));
  return ok({ n, ...(errors.length > 0 && { writeErrors: errors }) });
}
