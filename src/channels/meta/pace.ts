import { monotonicMs } from '../../core/clock';

/** A clock of milliseconds that only runs forward. */
export type Ticks = () => number;

/** Longest time a send stands in the queue of the number before it is handed back: a claimed message must not look abandoned. */
const MAX_QUEUE_MS = 1_000;

/**
 * Spaces the sends of one number evenly. `reserve` answers how long to wait, or undefined when the queue is longer than
 * a send should stand in it. A rate of 0 means no spacing at all.
 */
export class Pace {
  private next = 0;

  constructor(
    private readonly perSecond: number,
    private readonly ticks: Ticks = monotonicMs,
  ) {}

  reserve(): number | undefined {
    if (this.perSecond <= 0) return 0;
    const now = this.ticks();
    // A tenth of a second may be used at once, so that a quiet number answers a small burst without delay.
    const start = Math.max(this.next, now - 100);
    const wait = Math.max(0, start - now);
    if (wait > MAX_QUEUE_MS) return undefined;
    this.next = start + 1000 / this.perSecond;
    return wait;
  }
}

/**
 * Meta's limit towards one person: `burst` messages at once, then one in `refillMs`. Full buckets are forgotten, so memory follows the people being
 * written to.
 */
export class PairLimit {
  private readonly pairs = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly burst: number,
    private readonly refillMs: number,
    private readonly ticks: Ticks = monotonicMs,
  ) {}

  /** Takes one message for this person; answers 0, or the milliseconds until the next one is allowed (and takes nothing). */
  take(person: string): number {
    const now = this.ticks();
    const pair = this.pairs.get(person);
    const tokens = pair ? Math.min(this.burst, pair.tokens + (now - pair.at) / this.refillMs) : this.burst;
    if (tokens < 1) return Math.ceil((1 - tokens) * this.refillMs);
    this.pairs.delete(person);
    this.pairs.set(person, { tokens: tokens - 1, at: now });
    this.forgetOldest(now);
    return 0;
  }

  /** The oldest entries stand first; two are looked at for each one added. */
  private forgetOldest(now: number): void {
    for (let n = 0; n < 2; n += 1) {
      const [person, pair] = this.pairs.entries().next().value ?? [];
      if (person === undefined || !pair || now - pair.at < this.burst * this.refillMs) return;
      this.pairs.delete(person);
    }
  }
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 64_000;

/**
 * Growing pauses after "too fast" answers: 1, 4, 16, 64 s for each key, back to nothing after a success. Refusals that come while a
 * pause already runs (sends that were on their way) do not lengthen it.
 */
export class Pauses {
  private readonly running = new Map<string, { step: number; until: number }>();

  constructor(private readonly ticks: Ticks = monotonicMs) {}

  /** Milliseconds left of a pause; 0 when there is none. */
  left(key: string): number {
    const pause = this.running.get(key);
    return pause ? Math.max(0, Math.ceil(pause.until - this.ticks())) : 0;
  }

  /** Begins or lengthens a pause and answers its milliseconds; `atLeastMs` is what the provider asked for. */
  begin(key: string, atLeastMs = 0): number {
    const left = this.left(key);
    if (left > 0) return Math.max(left, atLeastMs);
    const step = this.running.get(key)?.step ?? 0;
    const pause = Math.max(atLeastMs, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 4 ** step));
    this.running.delete(key);
    this.running.set(key, { step: step + 1, until: this.ticks() + pause });
    const [oldest] = this.running.keys();
    if (this.running.size > 10_000 && oldest !== undefined) this.running.delete(oldest);
    return pause;
  }

  /** A send went through. */
  end(key: string): void {
    if (this.running.size > 0) this.running.delete(key);
  }
}
