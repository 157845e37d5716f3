import type { Api } from './api';
import type { Keep, Queued } from './saved';

const SEND_PAUSES_MS = [1000, 2000, 4000, 8000, 15_000];

/** What the queue needs from the conversation. */
export interface OutgoingLinks {
  keep: Keep;
  api: Api;
  /** The present session, or a new one; undefined when there can be none now. */
  token(): Promise<string | undefined>;
  /** A message has left for good, or was refused for good. */
  settled(id: string, state: 'sent' | 'refused'): void;
  sessionLost(): void;
}

/** Messages on their way: kept across reloads, sent in order, repeated under the same id until the server has them. */
export class Outgoing {
  private sending = false;
  private tries = 0;
  private timer?: ReturnType<typeof setTimeout>;

  constructor(private readonly links: OutgoingLinks) {}

  /** Takes a message into the queue; `flush` sends it. */
  add(text: string, choice?: string): Queued {
    const { keep } = this.links;
    const queued: Queued = { id: crypto.randomUUID(), text, choice, at: new Date().toISOString() };
    keep.write({ queue: [...keep.read().queue, queued] });
    return queued;
  }

  /** Sends what waits, one after the other; stops at the first that cannot leave and tries again later. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.sending || !navigator.onLine) return;
    this.sending = true;
    try {
      const { keep } = this.links;
      for (let next = keep.read().queue[0]; next; next = keep.read().queue[0]) {
        if (!(await this.sendOne(next))) return this.tryLater();
        this.tries = 0;
      }
    } finally {
      this.sending = false;
    }
  }

  /** Forgets pauses: the network came back. */
  hurry(): void {
    this.tries = 0;
    void this.flush();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.tries = 0;
  }

  /** True when the message needs no further try. */
  private async sendOne(message: Queued): Promise<boolean> {
    const { api, keep } = this.links;
    const token = await this.links.token();
    if (!token) return false;
    const outcome = await api.send(token, message);
    if (outcome === 'session-lost') this.links.sessionLost();
    if (outcome !== 'ok' && outcome !== 'refused') return false;
    keep.write({ queue: keep.read().queue.filter((one) => one.id !== message.id) });
    this.links.settled(message.id, outcome === 'ok' ? 'sent' : 'refused');
    return true;
  }

  private tryLater(): void {
    const pause = SEND_PAUSES_MS[Math.min(this.tries, SEND_PAUSES_MS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => void this.flush(), pause);
  }
}
