import { mkdirSync, statfsSync } from 'node:fs';
import { open } from 'lmdb';
import type { Database, RootDatabase } from 'lmdb';
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
/** Transactions on their way at once: one runs its jobs while those before it are flushed to the disk. */
const MAX_ON_THE_WAY = 2;
/** So many jobs are worth a transaction of their own beside one that is flushed; fewer go with the next, which costs less. */
const WORTH_ANOTHER = 8;
const MARK = Buffer.from('batch');

/**
 * The LMDB files of one folder: three ordered trees of bytes. Writers hand in jobs; all jobs that wait run in one
 * transaction, and each is answered only when that transaction is on the disk. The next transaction runs meanwhile, on top of it;
 * when one fails, those behind it that have not run give their jobs back, and memory is read anew before anything goes on.
 */
export class Store {
  readonly docs: Tree;
  readonly keys: Tree;
  readonly meta: Tree;
  private readonly root: RootDatabase<Buffer, Buffer>;
  private readonly queue: Job[] = [];
  private closed = false;
  private scheduled = false;
  private onTheWay = 0;
  private last: Promise<void> = Promise.resolve();
  /** A batch is handed in whose jobs have not run yet. */
  private beginning = false;
  /** Something failed: nothing begins until all that is on its way has ended. */
  private stumbled = false;
  private refusals: (() => void)[] = [];
  /** Number of the last batch that wrote; it lies in the store too, and there it is missing when that batch failed. */
  private mark = 0;
  private wrote = false;
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
    const tree = (name: string): Tree => this.watched(this.root.openDB<Buffer, Buffer>({ name, ...bytes }));
    this.docs = tree('docs');
    this.keys = tree('keys');
    this.meta = tree('meta');
    this.commit = (run) => this.root.childTransaction(run);
    this.mark = this.storedMark();
  }

  /** A tree that notes that it was written to. */
  private watched(tree: Database<Buffer, Buffer>): Tree {
    return {
      put: (key, value) => {
        this.wrote = true;
        void tree.put(key, value);
      },
      remove: (key) => {
        this.wrote = true;
        void tree.remove(key);
      },
      getBinary: (key) => tree.getBinary(key),
      getBinaryFast: (key) => tree.getBinaryFast(key),
      getRange: (options) => tree.getRange(options) as Iterable<{ key: Buffer; value: Buffer }>,
    };
  }

  private storedMark(): number {
    return this.meta.getBinary(MARK)?.readUIntBE(0, 6) ?? 0;
  }

  /** Runs a job in the next transaction. A MongoFault it throws is its own; any other error ends the transaction for all. */
  write<T>(run: () => T): Promise<T> {
    if (this.closed) return Promise.reject(fault('InterruptedAtShutdown', 'the server is closing'));
    if (this.distrusted) return Promise.reject(this.distrusted);
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ run, resolve: resolve as (v: unknown) => void, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.queue.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (this.stumbled || this.beginning || this.queue.length === 0) return;
      const another = this.onTheWay < MAX_ON_THE_WAY && this.queue.length >= WORTH_ANOTHER;
      if (this.onTheWay === 0 || another) this.last = this.batch(this.last);
    });
  }

  /** Answers only after the batch before has been answered: a flush that failed speaks for those behind it too. */
  private async batch(before: Promise<void>): Promise<void> {
    const jobs: Job[] = [];
    const answers: (() => void)[] = [];
    let begun = false;
    let ran = false;
    this.onTheWay++;
    this.beginning = true;
    const run = (): void => {
      begun = true;
      this.beginning = false;
      if (this.stumbled || this.storedMark() !== this.mark) throw new Overtaken();
      try {
        this.runJobs(jobs, answers);
      } catch (e) {
        this.stumbled = true;
        throw e;
      }
      ran = true;
      this.schedule();
    };
    try {
      await this.commit(run);
      await before;
      if (this.distrusted) this.refuse(jobs, this.distrusted);
      else for (const answer of answers) answer();
    } catch (e) {
      this.stumbled = true;
      await before;
      if (!(e instanceof Overtaken)) await this.failed(e, jobs, ran);
    }
    if (!begun) this.beginning = false;
    this.onTheWay--;
    if (this.stumbled && this.onTheWay === 0) this.recover();
    this.schedule();
  }

  /** Inside the transaction. */
  private runJobs(jobs: Job[], answers: (() => void)[]): void {
    const started = Date.now();
    this.wrote = false;
    let job: Job | undefined;
    while (
      jobs.length < MAX_JOBS &&
      (jobs.length === 0 || Date.now() - started < MAX_BATCH_MS) &&
      (job = this.queue.shift())
    ) {
      jobs.push(job);
      answers.push(runJob(job));
    }
    this.hooks.beforeCommit();
    if (!this.wrote) return;
    const mark = Buffer.alloc(6);
    mark.writeUIntBE(this.mark + 1, 0, 6);
    this.meta.put(MARK, mark);
    this.mark++;
  }

  private async failed(e: unknown, jobs: readonly Job[], ran: boolean): Promise<void> {
    const fault = asFault(await reasonOf(e), this.folder);
    // After a failed flush the system may have dropped what it could not write: no later flush would tell.
    if (ran && fault.code !== CODES.OutOfDiskSpace) this.distrusted ??= fault;
    // What could not even begin is refused one job at a time.
    this.refuse(jobs.length > 0 ? jobs : this.queue.splice(0, 1), fault);
  }

  /** Told when memory is right again. */
  private refuse(jobs: readonly Job[], e: MongoFault): void {
    this.refusals.push(...jobs.map((job) => () => job.reject(e)));
  }

  /** Nothing is on its way any more: memory becomes what the disk holds, and those who failed are told. */
  private recover(): void {
    this.root.resetReadTxn();
    this.hooks.afterAbort();
    this.mark = this.storedMark();
    this.stumbled = false;
    if (this.distrusted) this.refuse(this.queue.splice(0), this.distrusted);
    for (const refuse of this.refusals.splice(0)) refuse();
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
    while (this.onTheWay > 0 || this.queue.length > 0) await new Promise((r) => setTimeout(r, 2));
    await this.root.close();
  }
}

/** Thrown before any job ran: the transaction that this one counted on is gone. */
class Overtaken extends Error {}

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
