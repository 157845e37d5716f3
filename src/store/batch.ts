/**
 * Gathers what many callers ask for at the same moment into one call: while one batch is on its way the next one fills. Every caller gets
 * its own answer or its own error; the order of asking is kept.
 */
export class Batch<In, Out> {
  private waiting: { input: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = [];
  private running = 0;
  private scheduled = false;

  constructor(
    private readonly run: (inputs: In[]) => Promise<(Out | { error: unknown })[]>,
    private readonly limit = 200,
    private readonly atOnce = 1,
  ) {}

  /** Resolves with the answer to this input once its batch is stored. */
  add(input: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.waiting.push({ input, resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.running >= this.atOnce || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.flush();
    });
  }

  private async flush(): Promise<void> {
    const batch = this.waiting.splice(0, this.limit);
    if (batch.length === 0) return;
    this.running += 1;
    try {
      const answers = await this.run(batch.map((entry) => entry.input));
      batch.forEach((entry, index) => {
        const answer = answers[index];
        if (answer && typeof answer === 'object' && 'error' in answer) entry.reject(answer.error);
        else entry.resolve(answer as Out);
      });
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    } finally {
      this.running -= 1;
      this.schedule();
    }
  }
}

/** Reads which operations of an unordered bulk write failed, and with which code; empty when none. */
export function writeErrors(error: unknown): { index: number; code: number }[] {
  const list = (error as { writeErrors?: unknown }).writeErrors;
  const errors = Array.isArray(list) ? list : list ? [list] : [];
  return errors.map((entry: { index?: number; code?: number; err?: { index: number; code: number } }) => ({
    index: entry.index ?? entry.err?.index ?? 0,
    code: entry.code ?? entry.err?.code ?? 0,
  }));
}

/** MongoDB's code for a duplicate key. */
export const DUPLICATE_KEY = 11000;

/** True for a single write refused by a unique index. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: number }).code === DUPLICATE_KEY;
}
