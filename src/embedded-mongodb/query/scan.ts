import { Doc } from '../bson/values';
import { Store } from '../storage/store';
import type { Collection, Index } from '../storage/catalog';
import { recordKey } from '../storage/records';
import type { Records } from '../storage/records';
import type { Interval } from './bounds';
import { successor } from './bounds';
import type { Plan } from './plan';
import { wholeIndex } from './plan';

/** A document as it was found, with the number of its record. */
export interface Found {
  record: number;
  doc: Doc;
}

/** How much a scan has looked at. */
export interface Examined {
  keys: number;
  docs: number;
}

const CHUNK_BYTES = 512 * 1024;
const FIRST_CHUNK = 16;
const MAX_CHUNK = 256;
/** A stream gives `undefined` at least this often, so that its reader can let others have a turn. */
const BREATH = 64;

function* indexRecords(
  records: Records,
  index: Index,
  interval: Interval,
  reverse: boolean,
  seen: Examined,
): Generator<number> {
  if (interval.exact) {
    seen.keys++;
    const record = records.lookUp(interval.exact);
    if (record !== undefined) yield record;
    return;
  }
  let { start, end } = interval;
  let chunk = FIRST_CHUNK;
  for (;;) {
    const entries = Store.range(records.store.keys, start, end, chunk, reverse);
    for (const { key, value } of entries) {
      seen.keys++;
      yield index.spec.unique ? value.readUIntBE(0, 6) : key.readUIntBE(key.length - 6, 6);
    }
    if (entries.length < chunk) return;
    const last = Buffer.from((entries[entries.length - 1] as { key: Buffer }).key);
    if (reverse) end = last;
    else start = Buffer.concat([last, Buffer.from([0])]);
    chunk = Math.min(chunk * 2, MAX_CHUNK);
  }
}

function* collectionRecords(
  records: Records,
  c: Collection,
  reverse: boolean,
  seen: Examined,
): Generator<Found> {
  let start = recordKey(c.id, 0);
  let end = successor(start.subarray(0, 4));
  const most = Math.max(
    1,
    Math.min(500, Math.floor((CHUNK_BYTES * Math.max(c.count, 1)) / Math.max(c.bytes, 1))),
  );
  let chunk = Math.min(FIRST_CHUNK, most);
  for (;;) {
    const entries = Store.range(records.store.docs, start, end, chunk, reverse);
    for (const { key, value } of entries) {
      seen.docs++;
      yield { record: key.readUIntBE(4, 6), doc: new Doc(value) };
    }
    if (entries.length < chunk) return;
    const last = Buffer.from((entries[entries.length - 1] as { key: Buffer }).key);
    if (reverse) end = last;
    else start = Buffer.concat([last, Buffer.from([0])]);
    chunk = Math.min(chunk * 2, most);
  }
}

function* byIndex(
  records: Records,
  c: Collection,
  plan: Plan,
  seen: Examined,
  given: Set<number> | undefined,
): Generator<Found | undefined> {
  const index = plan.index as Index;
  const intervals = plan.intervals.length > 0 ? plan.intervals : [wholeIndex(index)];
  const multi = index.multikey.includes(true);
  const dedupe = given ?? (multi ? new Set<number>() : undefined);
  for (const interval of plan.reverse ? [...intervals].reverse() : intervals) {
    for (const record of indexRecords(records, index, interval, plan.reverse, seen)) {
      if (seen.keys % BREATH === 0) yield undefined;
      if (dedupe) {
        if (dedupe.has(record)) continue;
        dedupe.add(record);
      }
      const doc = records.read(c, record);
      if (doc === undefined) continue;
      seen.docs++;
      yield { record, doc };
    }
  }
}

/** What a plan for one key of a unique index finds: a document, null for none; undefined when the plan is of another kind. */
export function pointHit(records: Records, c: Collection, plan: Plan): Found | null | undefined {
  const exact = plan.intervals.length === 1 ? plan.intervals[0]?.exact : undefined;
  if (exact === undefined || plan.index === undefined) return undefined;
  const record = records.lookUp(exact);
  const doc = record === undefined ? undefined : records.read(c, record);
  return record === undefined || doc === undefined ? null : { record, doc };
}

/** The documents a plan leads to, not yet filtered. Gives `undefined` now and then as a place to pause. */
export function* candidates(
  records: Records,
  c: Collection,
  plan: Plan,
  seen: Examined,
): Generator<Found | undefined> {
  if (plan.kind === 'EOF') return;
  if (plan.kind === 'COLLSCAN') {
    for (const found of collectionRecords(records, c, plan.reverse, seen)) {
      if (seen.docs % BREATH === 0) yield undefined;
      yield found;
    }
  } else if (plan.kind === 'OR') {
    const given = new Set<number>();
    for (const branch of plan.branches) yield* byIndex(records, c, branch, seen, given);
  } else yield* byIndex(records, c, plan, seen, undefined);
}
