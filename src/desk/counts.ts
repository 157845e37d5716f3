import type { Conversations } from '../core/stream';
import type { CountsWire } from './wire';

/** Counting looks at many lines: once in this time serves every open page. */
const FRESH_MS = 1000;

/** How many conversations each owner has, counted once for all feeds. */
export class Counts {
  private counting: Promise<CountsWire> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly listeners = new Set<(counts: CountsWire) => void>();

  constructor(
    private readonly conversations: Conversations,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** The numbers now, or of a moment ago. */
  get(): Promise<CountsWire> {
    if (!this.counting) {
      this.counting = this.conversations.counts();
      const forget = () => {
        this.counting = undefined;
      };
      this.counting.then(() => setTimeout(forget, FRESH_MS).unref(), forget);
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
    }, FRESH_MS / 2);
    this.timer.unref();
  }
}
