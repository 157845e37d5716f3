import type { Doc } from '../bson/values';
import { choosePlan, planBy } from '../query/plan';
import { matched } from '../query/walk';
import type { Collection } from '../storage/catalog';
import type { Parts } from './call';
import { matching } from './find';
import type { Finder } from './first-match';
import { Rest } from './rest';

const RECORDS_PER_JOB = 200;

/**
 * Applies a change to every document that matches now. The list is made first, pausing on the way; then each document is
 * looked at again inside the transaction that changes it, so that none is changed twice or on a stale view.
 */
export async function everyMatch(
  parts: Parts,
  db: string,
  name: string,
  f: Finder,
  apply: (c: Collection, record: number, doc: Doc, position: number) => void,
): Promise<void> {
  const c = parts.catalog.get(db, name);
  if (!c) return;
  const rest = Rest.begin(f.limit);
  const plan = f.index ? planBy(f.index, f.filter) : choosePlan(c, { filter: f.filter, hint: f.hint });
  const records: number[] = [];
  for (const x of matching(parts.records, c, plan, f.test, { keys: 0, docs: 0 })) {
    if (x) records.push(x.record);
    else if (rest.due()) await rest.take();
  }
  for (let at = 0; at < records.length; at += RECORDS_PER_JOB) {
    await parts.store.write(() => {
      for (const record of records.slice(at, at + RECORDS_PER_JOB)) {
        const doc = c.dropped ? undefined : parts.records.read(c, record);
        matched.index = -1;
        if (doc && f.test(doc)) apply(c, record, doc, matched.index);
      }
    });
  }
}
