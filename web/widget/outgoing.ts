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
  /** How much of a photo has left, 0 to 1. */
  progress(id: string, part: number): void;
  sessionLost(token: string): void;
}

interface Waiting {
  id: string;
  at: string;
  bytes: Blob;
}

/** Messages on their way: words kept across reloads, sent in order, repeated under the same id until the server has them. */
export class Outgoing {
  /** Photos wait in this page alone: a reload lets them go. */
  private photos: Waiting[] = [];
  private sending = false;
  private halted = false;
  /** Ends the call that is on its way. */
  private abort = new AbortController();
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

  /** Takes a photo into the queue, behind what was said before it. */
  addPhoto(bytes: Blob): { id: string; at: string } {
    const waiting = { id: crypto.randomUUID(), at: new Date().toISOString(), bytes };
    this.photos.push(waiting);
    return waiting;
  }

  /** Sends what waits, one after the other; stops at the first that cannot leave and tries again later. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.sending || this.halted || !navigator.onLine) return;
    this.sending = true;
    try {
      for (;;) {
        const words = this.links.keep.read().queue[0];
        const photo = this.photos[0];
        if (!words && !photo) return;
        const sent =
          photo && (!words || photo.at < words.at) ? this.sendPhoto(photo) : words && this.sendOne(words);
        if (!(await sent)) return this.tryLater();
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

  /** Nothing leaves until `resume`; what is on its way is called back. Answers the ids of what waits. */
  halt(): string[] {
    this.halted = true;
    this.abort.abort();
    this.abort = new AbortController();
    return [...this.links.keep.read().queue, ...this.photos].map(({ id }) => id);
  }

  /** Takes messages out of the queue. */
  drop(ids: string[]): void {
    const { keep } = this.links;
    this.photos = this.photos.filter(({ id }) => !ids.includes(id));
    const { queue } = keep.read();
    if (queue.length > 0) keep.write({ queue: queue.filter(({ id }) => !ids.includes(id)) });
  }

  resume(): void {
    this.halted = false;
    this.hurry();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.photos = [];
    this.tries = 0;
  }

  /** True when the message needs no further try. */
  private async sendOne(message: Queued): Promise<boolean> {
    const { api, keep } = this.links;
    const token = await this.links.token();
    if (!token || this.halted) return false;
    // Forgotten, or sent by another tab, while the session was opened.
    if (!keep.read().queue.some(({ id }) => id === message.id)) return true;
    const outcome = await api.send(token, message, this.abort.signal);
    if (outcome === 'session-lost') this.links.sessionLost(token);
    if (outcome !== 'ok' && outcome !== 'refused') return false;
    keep.write({ queue: keep.read().queue.filter((one) => one.id !== message.id) });
    this.links.settled(message.id, outcome === 'ok' ? 'sent' : 'refused');
    return true;
  }

  private async sendPhoto(photo: Waiting): Promise<boolean> {
    const { api, progress } = this.links;
    const token = await this.links.token();
    if (!token || this.halted) return false;
    if (!this.photos.includes(photo)) return true;
    const outcome = await api.sendPhoto(token, photo, this.abort.signal, (part) => progress(photo.id, part));
    if (outcome === 'session-lost') this.links.sessionLost(token);
    if (outcome !== 'ok' && outcome !== 'refused') return false;
    this.photos = this.photos.filter((one) => one !== photo);
    this.links.settled(photo.id, outcome === 'ok' ? 'sent' : 'refused');
    return true;
  }

  private tryLater(): void {
    const pause = SEND_PAUSES_MS[Math.min(this.tries, SEND_PAUSES_MS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => void this.flush(), pause);
  }
}
