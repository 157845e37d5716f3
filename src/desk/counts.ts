import { monotonicMs } from '../core/clock';
import type { Conversations } from '../core/stream';
import type { CountsWire } from './wire';

/** Counting looks at many lines: once in this time serves every open page. */
const FRESH_MS = 1000;
/** Of all time, at most one part in this many goes into counting. */
const SHARE = 10;

/** How many conversations each owner has, counted once for all feeds. */
export class Counts {
  private counting: Promise<CountsWire> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pauseMs = FRESH_MS;
  private readonly listeners = new Set<(counts: CountsWire) => void>();

  constructor(
    private readonly conversations: Conversations,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** The numbers now, or of a moment ago. */
  get(): Promise<CountsWire> {
    if (!this.counting) {
      const started = monotonicMs();
      this.counting = this.conversations.counts();
      const forget = () => {
        this.counting = undefined;
      };
      this.counting.then(() => {
        this.pauseMs = Math.max(FRESH_MS, (monotonicMs() - started) * SHARE);
        setTimeout(forget, FRESH_MS).unref();
      }, forget);
    }
    return this.counting;
  }

  /** Calls back after changes; answers the function that stops it. */
  follow(listener: (counts: CountsWire) => void): () => void {
    this.listeners.add(listener);
    this.get().then(listener, this.onFault);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Something moved: everybody who follows hears the new numbers soon. */
  changed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      // Older numbers may be on their way still.
      this.counting = undefined;
      this.get().then((counts) => this.listeners.forEach((listener) => listener(counts)), this.onFault);
    }, this.pauseMs);
    this.timer.unref();
  }
}
