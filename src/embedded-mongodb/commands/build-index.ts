import { Doc } from '../bson/values';
import { Store } from '../storage/store';
import type { Catalog, Collection, Index } from '../storage/catalog';
import { recordKey } from '../storage/records';
import { MongoFault } from '../errors';
import type { Parts } from './call';

const RECORDS_AT_ONCE = 100;
/** One transaction fills for so long: each costs a flush, and writers wait for it. */
const JOB_MS = 10;

/** Fills a new index with what is stored already, a piece at a time; writers keep it up to date meanwhile. Fails as a whole. */
export async function buildIndex(parts: Parts, c: Collection, index: Index): Promise<void> {
  let start = recordKey(c.id, 0);
  const end = recordKey(c.id + 1, 0);
  // After a transaction that failed the collection holds its indexes as new objects: the one to fill is found anew each time.
  const now = (): Index | undefined => (c.dropped ? undefined : c.indexes.find((x) => x.id === index.id));
  const piece = (): boolean => {
    const x = now();
    const list = x ? Store.range(parts.store.docs, start, end, RECORDS_AT_ONCE) : [];
    for (const { key, value } of list)
      parts.records.fill(c, x as Index, key.readUIntBE(4, 6), new Doc(value));
    const last = list[list.length - 1];
    if (last) start = Buffer.concat([last.key, Buffer.from([0])]);
    return list.length === RECORDS_AT_ONCE;
  };
  try {
    for (let more = true; more;) {
      more = await parts.store.write(() => {
        const until = performance.now() + JOB_MS;
        while (piece()) if (performance.now() > until) return true;
        return false;
      });
    }
  } catch (e) {
    await parts.store.write(() => forget(parts.catalog, c, index));
    throw e;
  }
  await parts.store.write(() => {
    const x = now();
    if (!x) throw new MongoFault(276, 'Index build failed: the index or its collection was dropped');
    x.ready = true;
    parts.catalog.save(c);
  });
}

/** Inside a job: takes an index out again. */
export function forget(catalog: Catalog, c: Collection, index: Index): void {
  c.indexes = c.indexes.filter((x) => x.id !== index.id);
  catalog.clearIndex(index);
  if (!c.dropped) catalog.save(c);
}
