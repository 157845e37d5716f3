import type { Clock } from '../core/clock';
import type { Log } from '../core/log';
import type { InboxStore, OutboxStore } from '../core/stream-store';

/** How often work left behind is looked for, milliseconds: after a crash, by another process, by a date that came. */
const SWEEP_MS = 1_000;
const LIMIT = 500;

/** Finds unsettled events and due sends in the store, so that nothing depends on a hint having arrived. */
export class Sweep {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: {
      inbox: InboxStore;
      outbox: OutboxStore;
      clock: Clock;
      log: Log;
      onPending(key: string): void;
      onDue(key: string): void;
      /** Events younger than this are being handled; undefined: look at all. */
      youngest?(): Date | undefined;
      /** Everything left behind before this look has been found. */
      onAllFound(): void;
    },
  ) {}

  /** The first look happens at once. */
  start(): void {
    this.running = this.once().finally(() => this.schedule());
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => this.start(), SWEEP_MS);
    this.timer.unref();
  }

  private async once(): Promise<void> {
    try {
      const [pending, due] = await Promise.all([
        this.parts.inbox.conversationsPending(LIMIT, this.parts.youngest?.()),
        this.parts.outbox.outboxDue(this.parts.clock.now(), LIMIT),
      ]);
      for (const key of pending.conversations) this.parts.onPending(key);
      for (const key of due) this.parts.onDue(key);
      if (pending.all) this.parts.onAllFound();
    } catch (error) {
      this.parts.log.warn({ err: error }, 'the sweep could not read the store, it tries again');
    }
  }
}
