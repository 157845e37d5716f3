import { Doc, Arr, DateTime } from '../bson/values';
import { compare } from '../bson/compare';
import { partsOf, walk } from '../query/walk';
import { compileFilter } from '../query/match';
import type { Collection, Index } from '../storage/catalog';
import { prefixOf } from '../storage/index-keys';
import { Store } from '../storage/store';
import type { Parts } from './call';
import { everyMatch } from './every-match';

const ENTRIES_PER_JOB = 2000;
const busy = new WeakSet<Store>();

/** Clears away what dropped collections and indexes left behind, a piece at a time. */
export async function sweep(parts: Parts): Promise<void> {
  if (busy.has(parts.store)) return;
  busy.add(parts.store);
  try {
    for (let list = parts.catalog.waste(); list.length > 0; list = parts.catalog.waste()) {
      for (const w of list) await clear(parts, w.tree, w.id, w.key);
    }
  } catch {
    // The disk may be full or the server closing: what is left is swept at the next occasion.
  } finally {
    busy.delete(parts.store);
  }
}

async function clear(parts: Parts, tree: 'docs' | 'keys', id: number, mark: Buffer): Promise<void> {
  const { store } = parts;
  for (let more = true; more;) {
    more = await store.write(() => {
      const list = Store.range(store[tree], prefixOf(id), prefixOf(id + 1), ENTRIES_PER_JOB);
      for (const { key } of list) store[tree].remove(key);
      if (list.length < ENTRIES_PER_JOB) store.meta.remove(mark);
      return list.length === ENTRIES_PER_JOB;
    });
  }
}

/** Removes documents whose time has come, by every index that has `expireAfterSeconds`. */
export async function expire(parts: Parts, now: number): Promise<void> {
  for (const c of parts.catalog.all()) {
    for (const x of c.indexes) {
      if (x.expireAfterSeconds !== undefined && x.ready)
        await expireBy(parts, c, x, new DateTime(now - x.expireAfterSeconds * 1000));
    }
  }
}

async function expireBy(parts: Parts, c: Collection, x: Index, before: DateTime): Promise<void> {
  const path = (x.fields[0] as readonly [string, number])[0];
  const filter = new Doc().set(path, new Doc().set('$lte', before));
  const test = compileFilter(filter);
  const expired = (d: unknown): boolean => {
    if (!(d instanceof Doc) || !test(d) || (x.partial && !x.partial(d))) return false;
    // The earliest date of a list decides.
    let least: DateTime | undefined;
    walk(d, partsOf(path), 0, (v) => {
      for (const e of v instanceof Arr ? v.list() : [v])
        if (e instanceof DateTime && (!least || compare(e, least) < 0)) least = e;
      return false;
    });
    return least !== undefined && compare(least, before) <= 0;
  };
  await everyMatch(
    parts,
    c.db,
    c.name,
    // By its own index, which queries may not use when it is hidden or partial.
    { filter, test: expired, sort: [], hint: undefined, index: x, limit: undefined },
    (col, record, doc) => parts.records.remove(col, record, doc),
  );
}
