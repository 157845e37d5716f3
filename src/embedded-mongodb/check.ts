import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../core/errors';
import { checkDocument } from './bson/decode';
import { Doc } from './bson/values';
import { claim, runningServer, storeFolder } from './running';
import { Catalog } from './storage/catalog';
import type { Collection, Index } from './storage/catalog';
import { indexKeys } from './storage/index-keys';
import { indexRange, recordBytes, recordKey } from './storage/records';
import { Store } from './storage/store';

/** What `check` found. */
export interface CheckReport {
  collections: number;
  documents: number;
  indexEntries: number;
  /** Faults in words, without contents; empty when all is well. At most 100 are listed. */
  problems: string[];
}

/** True when the data folder holds a store. */
export function hasStore(dataDir: string): boolean {
  return existsSync(join(storeFolder(dataDir), 'data.mdb'));
}

const CHUNK = 500;
const MAX_PROBLEMS = 100;

/**
 * Copies the store of a data folder into another, empty folder, from which a server can start. Works beside a running
 * server: the copy shows one moment.
 */
export async function backup(dataDir: string, to: string): Promise<void> {
  const from = storeFolder(dataDir);
  if (!hasStore(dataDir)) throw new AppError('not_found', `there is no store in ${dataDir}`);
  const target = storeFolder(to);
  if (resolve(target) === resolve(from))
    throw new AppError('invalid_input', 'a backup needs a folder of its own');
  mkdirSync(target, { recursive: true, mode: 0o700 });
  if (readdirSync(target).length > 0)
    throw new AppError('conflict', `${to} already holds a store; nothing was copied`);
  const store = new Store(from);
  try {
    await store.backup(target);
  } finally {
    await store.close();
  }
}

/** Compares every document with every index entry. Beside a running server it looks at a copy of the store, which needs room on the disk. */
export async function check(dataDir: string): Promise<CheckReport> {
  if (!hasStore(dataDir)) throw new AppError('not_found', `there is no store in ${dataDir}`);
  if (!(await runningServer(dataDir))) {
    const taken = await claim(dataDir);
    try {
      return await checkFolder(storeFolder(dataDir));
    } finally {
      await taken.release();
    }
  }
  const copy = mkdtempSync(join(tmpdir(), 'ds-check-'));
  try {
    await backup(dataDir, copy);
    return await checkFolder(storeFolder(copy));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The same for a store's own folder that nobody serves. */
export async function checkFolder(folder: string): Promise<CheckReport> {
  const store = new Store(folder);
  try {
    const catalog = new Catalog(store);
    const report: CheckReport = { collections: 0, documents: 0, indexEntries: 0, problems: [] };
    for (const c of catalog.all()) checkCollection(store, c, report);
    return report;
  } finally {
    await store.close();
  }
}

function* entries(
  store: Store,
  tree: 'docs' | 'keys',
  start: Buffer,
  end: Buffer,
): Generator<{ key: Buffer; value: Buffer }> {
  for (let from = start; ;) {
    const list = Store.range(store[tree], from, end, CHUNK);
    yield* list;
    const last = list[list.length - 1];
    if (!last || list.length < CHUNK) return;
    from = Buffer.concat([last.key, Buffer.from([0])]);
  }
}

function checkCollection(store: Store, c: Collection, report: CheckReport): void {
  const name = `${c.db}.${c.name}`;
  const problem = (text: string): void =>
    void (report.problems.length < MAX_PROBLEMS && report.problems.push(`${name}: ${text}`));
  const expected = new Map<Index, number>(c.indexes.map((x) => [x, 0]));
  let documents = 0;
  let bytes = 0;
  for (const { key, value } of entries(store, 'docs', recordKey(c.id, 0), recordKey(c.id + 1, 0))) {
    const record = key.readUIntBE(4, 6);
    documents++;
    bytes += value.length;
    if (record >= c.nextRecord) problem(`record ${record} lies behind the end`);
    try {
      if (checkDocument(value, 0, value.length) !== value.length) throw new Error();
      for (const x of c.indexes)
        if (x.ready)
          expected.set(x, (expected.get(x) ?? 0) + checkKeys(store, x, new Doc(value), record, problem));
    } catch {
      problem(`record ${record} cannot be read`);
    }
  }
  if (documents !== c.count) problem(`${documents} documents, counted as ${c.count}`);
  if (bytes !== c.bytes) problem(`${bytes} bytes, counted as ${c.bytes}`);
  for (const [x, n] of expected) {
    if (!x.ready) continue;
    const found = count(entries(store, 'keys', ...indexRange(x)));
    if (found !== n) problem(`index ${x.spec.name} has ${found} entries, the documents make ${n}`);
    report.indexEntries += found;
  }
  report.collections++;
  report.documents += documents;
}

function checkKeys(
  store: Store,
  x: Index,
  doc: Doc,
  record: number,
  problem: (text: string) => void,
): number {
  const { keys } = indexKeys(x, doc);
  for (const key of keys) {
    const value = x.spec.unique
      ? store.keys.getBinary(key)
      : store.keys.getBinary(Buffer.concat([key, recordBytes(record)]));
    if (value === undefined) problem(`index ${x.spec.name} lacks record ${record}`);
    else if (x.spec.unique && !value.equals(recordBytes(record)))
      problem(`index ${x.spec.name} leads from record ${record} to another one`);
  }
  return keys.length;
}

function count(list: Iterator<unknown>): number {
  let n = 0;
  while (!list.next().done) n++;
  return n;
}
