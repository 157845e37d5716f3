const TURN_MS = 8;

/** Lets long work give others a turn: `due` after a few milliseconds of work, then `take`. */
export class Rest {
  private since = performance.now();

  /** A fresh account of time for one command. */
  begin(): Rest {
    return new Rest();
  }

  due(): boolean {
    return performance.now() - this.since > TURN_MS;
  }

  async take(): Promise<void> {
    await new Promise<void>((r) => setImmediate(r));
    this.since = performance.now();
  }
}
