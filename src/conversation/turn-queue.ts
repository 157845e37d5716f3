import { monotonicMs, type Clock } from '../core/clock';
import type { Log } from '../core/log';

/** How soon a conversation that another process holds is looked at again, milliseconds. */
const BUSY_LOOK_MS = 200;

type Outcome = 'idle' | 'again' | { busyUntil: Date };

/**
 * Works on many conversations at once and on each one by one. A hint for a conversation that is being worked on makes it look once more, so
 * nothing that arrives meanwhile waits for the sweep.
 */
export class TurnQueue {
  private readonly active = new Map<string, boolean>();
  private readonly waiting: string[] = [];
  private readonly queued = new Set<string>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private stopped = false;

  constructor(
    private readonly runOne: (key: string) => Promise<Outcome>,
    private readonly options: { atOnce: number; clock: Clock; log: Log },
  ) {}

  /** Conversations waiting or being worked on. */
  get size(): number {
    return this.active.size + this.waiting.length;
  }

  /** There may be work in this conversation. */
  kick(key: string): void {
    if (this.stopped) return;
    if (this.active.has(key)) {
      this.active.set(key, true);
      return;
    }
    if (this.queued.has(key)) return;
    this.queued.add(key);
    this.waiting.push(key);
    this.next();
  }

  /** No new work; resolves when what runs is done or `ms` have passed. */
  async stop(ms: number): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    const until = monotonicMs() + ms;
    while (this.active.size > 0 && monotonicMs() < until)
      await new Promise((resolve) => setTimeout(resolve, 10));
  }

  private next(): void {
    while (!this.stopped && this.active.size < this.options.atOnce) {
      const key = this.waiting.shift();
      if (key === undefined) return;
      this.queued.delete(key);
      this.active.set(key, false);
      void this.work(key);
    }
  }

  private async work(key: string): Promise<void> {
    try {
      for (;;) {
        this.active.set(key, false);
        const outcome = await this.runOne(key);
        if (outcome === 'again' && !this.stopped) continue;
        if (typeof outcome === 'object') this.later(key, this.nextLook(outcome.busyUntil));
        if (this.active.get(key) !== true || this.stopped) break;
      }
    } catch (error) {
      this.options.log.error({ conversation: key, err: error }, 'a turn could not be stored, it runs again');
      this.later(key, new Date(this.options.clock.now().getTime() + 500));
    } finally {
      this.active.delete(key);
      this.next();
    }
  }

  /** Another process is at it: it says nothing when it is done, usually long before its lease ends. */
  private nextLook(busyUntil: Date): Date {
    return new Date(Math.min(busyUntil.getTime(), this.options.clock.now().getTime() + BUSY_LOOK_MS));
  }

  private later(key: string, at: Date): void {
    if (this.stopped || this.timers.has(key)) return;
    const ms = Math.min(10_000, Math.max(20, at.getTime() - this.options.clock.now().getTime() + 20));
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.kick(key);
    }, ms);
    timer.unref();
    this.timers.set(key, timer);
  }
}
