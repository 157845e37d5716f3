import { MongoFault } from '../errors';

const TURN_MS = 4;

/** Lets long work give others a turn: `due` after a few milliseconds of work, then `take`. Keeps a command's `maxTimeMS`. */
export class Rest {
  private since = performance.now();

  private constructor(private readonly deadline: number) {}

  /** A fresh account of time for one command, which may take `limit` milliseconds in all. */
  static begin(limit?: number): Rest {
    return new Rest(limit === undefined ? Infinity : performance.now() + limit);
  }

  due(): boolean {
    return performance.now() - this.since > TURN_MS;
  }

  /** Fails with MongoDB's code 50 when the command's time is up. */
  async take(): Promise<void> {
    await new Promise<void>((r) => setImmediate(r));
    this.since = performance.now();
    if (this.since > this.deadline) throw new MongoFault(50, 'operation exceeded time limit');
  }

  /** Runs work that tells where it can pause, and gives what it returns. */
  async through<T>(work: Iterator<undefined, T>): Promise<T> {
    for (;;) {
      const { value, done } = work.next();
      if (done) return value;
      if (this.due()) await this.take();
    }
  }
}
