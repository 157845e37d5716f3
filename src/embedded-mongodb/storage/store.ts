import { mkdirSync, statfsSync } from 'node:fs';
import { open } from 'lmdb';
import type { RootDatabase } from 'lmdb';
import { CODES, MongoFault, fault } from '../errors';

/** An ordered tree of bytes; `put` and `remove` belong inside a job, where they take effect at once. */
export interface Tree {
  put(key: Buffer, value: Buffer): void;
  remove(key: Buffer): void;
  getBinary(key: Buffer): Buffer | undefined;
  /** The same in a buffer that the next call overwrites, and that may be longer than the value. */
  getBinaryFast(key: Buffer): Buffer | undefined;
  getRange(options: {
    start: Buffer;
    end: Buffer;
    limit: number;
    reverse?: boolean;
    exclusiveStart?: boolean;
    inclusiveEnd?: boolean;
  }): Iterable<{ key: Buffer; value: Buffer }>;
}

interface Job {
  run: () => unknown;
  resolve: (v: unknown) => void;
  reject: (e: unknown) => void;
}

/** What the store tells its owner about transactions. */
export interface StoreHooks {
  /** Inside the transaction, after the jobs: write what must go with them. */
  beforeCommit(): void;
  /** The transaction is gone: forget what the jobs changed in memory. */
  afterAbort(): void;
}

const MAX_JOBS = 1000;
const NEARLY_FULL_BYTES = 16 * 1024 * 1024;
/** A batch ends after this long, so that readers get their turn. */
const MAX_BATCH_MS = 25;

/**
 * The LMDB files of one folder: three ordered trees of bytes. Writers hand in jobs; all jobs that wait run in one
 * transaction, and each is answered only when that transaction is on the disk.
 */
export class Store {
  readonly docs: Tree;
  readonly keys: Tree;
  readonly meta: Tree;
  private readonly root: RootDatabase<Buffer, Buffer>;
  private queue: Job[] = [];
  private running = false;
  private closed = false;
  hooks: StoreHooks = { beforeCommit: () => undefined, afterAbort: () => undefined };
  /**
   * Runs jobs in one transaction, commits it and flushes it to the disk; resolves only then. Writing and flushing happen on another
   * thread while this one serves readers. What throws inside leaves no trace. Replaced by tests that let the disk fail.
   */
  commit: (run: () => void) => Promise<void>;
  private distrusted: MongoFault | undefined;

  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const bytes = { encoding: 'binary', keyEncoding: 'binary' } as const;
    this.root = open<Buffer, Buffer>({
      path: folder,
      maxDbs: 8,
      overlappingSync: true,
      eventTurnBatching: false,
      ...bytes,
    });
    this.docs = this.root.openDB<Buffer, Buffer>({ name: 'docs', ...bytes }) as unknown as Tree;
    this.keys = this.root.openDB<Buffer, Buffer>({ name: 'keys', ...bytes }) as unknown as Tree;
    this.meta = this.root.openDB<Buffer, Buffer>({ name: 'meta', ...bytes }) as unknown as Tree;
    this.commit = (run) => this.root.childTransaction(run);
  }

  /** Runs a job in the next transaction. A MongoFault it throws is its own; any other error ends the transaction for all. */
  write<T>(run: () => T): Promise<T> {
    if (this.closed) return Promise.reject(fault('InterruptedAtShutdown', 'the server is closing'));
    if (this.distrusted) return Promise.reject(this.distrusted);
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ run, resolve: resolve as (v: unknown) => void, reject });
      if (!this.running) {
        this.running = true;
        setImmediate(() => void this.drain());
      }
    });
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) await this.batch();
    this.running = false;
  }

  private async batch(): Promise<void> {
    const jobs = this.queue;
    this.queue = [];
    const answers: (() => void)[] = [];
    let taken = 0;
    let ran = false;
    const run = (): void => {
      const started = Date.now();
      while (
        taken < jobs.length &&
        taken < MAX_JOBS &&
        (taken === 0 || Date.now() - started < MAX_BATCH_MS)
      ) {
        answers.push(runJob(jobs[taken++] as Job));
      }
      this.hooks.beforeCommit();
      ran = true;
    };
    try {
      await this.commit(run);
    } catch (e) {
      const fault = asFault(await reasonOf(e), this.folder);
      // After a failed flush the system may have dropped what it could not write: no later flush would tell.
      if (ran && fault.code !== CODES.OutOfDiskSpace) this.distrusted = fault;
      this.root.resetReadTxn();
      this.hooks.afterAbort();
      this.requeue(jobs, Math.max(taken, 1), fault);
      return;
    }
    this.queue = taken < jobs.length ? [...jobs.slice(taken), ...this.queue] : this.queue;
    for (const answer of answers) answer();
  }

  private requeue(jobs: readonly Job[], failed: number, e: unknown): void {
    this.queue = [...jobs.slice(failed), ...this.queue];
    jobs.slice(0, failed).forEach((j) => j.reject(e));
  }

  /** Up to `limit` entries from `start` (or, backwards, from before `end`), in key order. */
  static range(
    tree: Tree,
    start: Buffer,
    end: Buffer,
    limit: number,
    reverse = false,
  ): { key: Buffer; value: Buffer }[] {
    const options = reverse
      ? { start: end, end: start, exclusiveStart: true, inclusiveEnd: true, reverse, limit }
      : { start, end, limit };
    const out: { key: Buffer; value: Buffer }[] = [];
    for (const { key, value } of tree.getRange(options)) out.push({ key, value });
    return out;
  }

  /** A consistent copy into another folder while everything goes on. */
  async backup(to: string): Promise<void> {
    await this.root.backup(to, true);
  }

  /** Bytes and pages of the files. */
  stats(): Record<string, unknown> {
    return this.root.getStats() as Record<string, unknown>;
  }

  /** Finishes what waits, then closes the files. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    while (this.running) await new Promise((r) => setTimeout(r, 2));
    await this.root.close();
  }
}

function runJob(job: Job): () => void {
  try {
    const value = job.run();
    return () => job.resolve(value);
  } catch (e) {
    if (!(e instanceof MongoFault)) throw e;
    return () => job.reject(e);
  }
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Behind "the commit failed" LMDB keeps the reason in a promise of its own. */
async function reasonOf(e: unknown): Promise<unknown> {
  if (typeof e !== 'object' || e === null || !('commitError' in e)) return e;
  try {
    await e.commitError;
    return e;
  } catch (cause) {
    return cause;
  }
}

/** The words of an error, also of one that comes from outside this JavaScript context. */
function wordsOf(e: unknown): string {
  return typeof e === 'object' && e !== null && 'message' in e ? String(e.message) : String(e);
}

function asFault(e: unknown, folder: string): MongoFault {
  if (e instanceof MongoFault) return e;
  const message = wordsOf(e);
  const full = /no space|ENOSPC|disk full|quota|MDB_MAP_FULL|file size|EFBIG|too large/i.test(message);
  // LMDB calls a write that got only half of its bytes onto the disk an input/output error.
  if (full || (/input\/output/i.test(message) && freeBytes(folder) < NEARLY_FULL_BYTES)) {
    return fault('OutOfDiskSpace', `the disk is full: ${message}`);
  }
  return fault('InternalError', `the write failed: ${message}`);
}
