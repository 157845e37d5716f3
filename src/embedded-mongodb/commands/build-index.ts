import { Doc } from '../bson/values';
import { Store } from '../storage/store';
import type { Catalog, Collection, Index } from '../storage/catalog';
import { recordKey } from '../storage/records';
import type { Parts } from './call';

const RECORDS_PER_JOB = 250;

/** Fills a new index with what is stored already, a piece at a time; writers keep it up to date meanwhile. Fails as a whole. */
export async function buildIndex(parts: Parts, c: Collection, index: Index): Promise<void> {
  let start = recordKey(c.id, 0);
  const end = recordKey(c.id + 1, 0);
  try {
    for (let more = true; more;) {
      more = await parts.store.write(() => {
        const list = c.dropped ? [] : Store.range(parts.store.docs, start, end, RECORDS_PER_JOB);
        for (const { key, value } of list) parts.records.fill(c, index, key.readUIntBE(4, 6), new Doc(value));
        const last = list[list.length - 1];
        if (last) start = Buffer.concat([last.key, Buffer.from([0])]);
        return list.length === RECORDS_PER_JOB;
      });
    }
  } catch (e) {
    await parts.store.write(() => forget(parts.catalog, c, index));
    throw e;
  }
  await parts.store.write(() => {
    index.ready = true;
    if (!c.dropped) parts.catalog.save(c);
  });
}

/** Inside a job: takes an index out again. */
export function forget(catalog: Catalog, c: Collection, index: Index): void {
  c.indexes = c.indexes.filter((x) => x.id !== index.id);
  catalog.clearIndex(index);
  if (!c.dropped) catalog.save(c);
}
