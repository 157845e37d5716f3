import { encode } from '../bson/encode';
import { truthy } from '../bson/truth';
import { Arr, Doc } from '../bson/values';
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
import { TOO_LONG, finderOf, firstMatch, withFirst } from './first-match';
import type { Finder, Hit } from './first-match';
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

/** How the statements of a command are carried out. */
interface Work {
  /** Inside a job. Answers `TOO_LONG`, having changed nothing, for what is to be done by `alone`. */
  one(statement: Doc, index: number): unknown;
  /** Statements that `one` is not even tried for. */
  isMany?(statement: Doc): boolean;
  /** Carries out one statement in transactions of its own. */
  alone?(statement: Doc, index: number): Promise<unknown>;
}

/** Runs statements in order or regardless of failures; gathers `writeErrors`. */
async function statements(call: Call, list: readonly Doc[], work: Work): Promise<Doc[]> {
  const ordered = call.body.get('ordered') !== false;
  const errors: Doc[] = [];
  const failed = (i: number, e: unknown): void => {
    if (!(e instanceof MongoFault)) throw e;
    errors.push(writeError(i, e));
  };
  const { alone, isMany } = work;
  let at = 0;
  let apart = false;
  while (at < list.length && !(ordered && errors.length > 0)) {
    if (alone && (apart || isMany?.(list[at] as Doc))) {
      await alone(list[at] as Doc, at).catch((e: unknown) => failed(at, e));
      apart = false;
      at++;
      continue;
    }
    await call.parts.store.write(() => {
      const end = Math.min(list.length, at + STATEMENTS_PER_JOB);
      for (; at < end && !(ordered && errors.length > 0); at++) {
        if (isMany?.(list[at] as Doc)) return;
        try {
          apart = work.one(list[at] as Doc, at) === TOO_LONG;
          if (apart) return;
        } catch (e) {
          failed(at, e);
        }
      }
    });
  }
  return errors;
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
  const errors = await statements(call, list, {
    one: (doc) => {
      call.parts.records.insert(ensureCollection(call.parts, call.db, name), prepared(doc));
      n++;
    },
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
  const { parts, db } = call;
  const { records } = parts;
  const act = (ready: Statement, index: number) => (c: Collection | undefined, hit: Hit | undefined) => {
    if (c && hit) note(change(records, c, hit.record, hit.doc, ready.update, hit.position), index);
    else if (ready.upsert) note(upsert(parts, db, name, ready.finder.filter, ready.update), index);
  };
  const one = (s: Doc, index: number): unknown => {
    const ready = ahead[index] ?? read(s);
    const c = parts.catalog.get(db, name);
    const hit = c && firstMatch(records, c, ready.finder);
    return hit === TOO_LONG ? hit : act(ready, index)(c, hit);
  };
  const alone = async (s: Doc, index: number): Promise<void> => {
    const ready = read(s);
    const before = total.n;
    if (ready.multi)
      await everyMatch(parts, db, name, ready.finder, (c, record, doc, position) => {
        note(change(records, c, record, doc, ready.update, position), index);
      });
    // An update of many that found none may still insert one.
    if (!ready.multi || (ready.upsert && total.n === before))
      await withFirst(parts, db, name, ready.finder, act(ready, index));
  };
  const errors = await statements(call, list, { one, alone, isMany: (s) => truthy(s.get('multi')) });
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
  const { parts, db } = call;
  const { records } = parts;
  const take = (c: Collection | undefined, hit: Hit | undefined): void => {
    if (!c || !hit) return;
    records.remove(c, hit.record, hit.doc);
    n++;
  };
  const isMany = (s: Doc): boolean => asInteger(s.get('limit')) === 0;
  const one = (s: Doc): unknown => {
    const c = parts.catalog.get(db, name);
    const hit = c && firstMatch(records, c, finder(s));
    return hit === TOO_LONG ? hit : take(c, hit);
  };
  const alone = async (s: Doc): Promise<void> => {
    if (isMany(s)) {
      await everyMatch(parts, db, name, finder(s), (c, record, doc) =>
        take(c, { record, doc, position: -1 }),
      );
    } else await withFirst(parts, db, name, finder(s), take);
  };
  const errors = await statements(call, list, { one, alone, isMany });
  return ok({ n, ...(errors.length > 0 && { writeErrors: errors }) });
}
