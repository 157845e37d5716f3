import type { FeedWire } from '../../../../src/desk/wire';

export type Connection = 'connecting' | 'live' | 'lost';

/** The server beats every 15 s; twice missed means the line is dead even if the browser has not noticed. */
const SILENCE_MS = 35_000;
const PAUSES_MS = [500, 1000, 2000, 4000, 8000];
const EVENTS: (keyof FeedWire)[] = [
  'queue',
  'counts',
  'message',
  'state',
  'owner',
  'erased',
  'typing',
  'viewers',
  'ping',
];

interface FeedOptions {
  /** Address parameters at the moment of (re)connecting, so that what was missed is named. */
  query(): URLSearchParams;
  onEvent<K extends keyof FeedWire>(name: K, data: FeedWire[K]): void;
  onConnection(state: Connection): void;
}

/** The tab's one feed. Reconnects by itself, naming what it has already seen. */
export class Feed {
  private source: EventSource | undefined;
  private silence: number | undefined;
  private retry: number | undefined;
  private failures = 0;
  private stopped = true;

  constructor(private readonly options: FeedOptions) {
    window.addEventListener('online', () => {
      if (!this.stopped && this.source === undefined) this.open();
    });
    window.addEventListener('offline', () => {
      if (!this.stopped) this.lose();
    });
  }

  /** Opens the feed, or opens it anew with other parameters. */
  open(): void {
    this.stopped = false;
    this.close();
    const source = new EventSource(`/desk/api/events?${this.options.query()}`);
    this.source = source;
    for (const name of EVENTS) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        if (this.source !== source) return;
        this.alive();
        this.options.onEvent(name, JSON.parse(event.data) as FeedWire[typeof name]);
      });
    }
    source.onerror = () => {
      if (this.source === source) this.lose();
    };
    this.listen();
  }

  stop(): void {
    this.stopped = true;
    this.close();
  }

  private alive(): void {
    this.failures = 0;
    this.options.onConnection('live');
    this.listen();
  }

  private listen(): void {
    window.clearTimeout(this.silence);
    this.silence = window.setTimeout(() => this.lose(), SILENCE_MS);
  }

  private lose(): void {
    this.close();
    this.options.onConnection('lost');
    const pause = PAUSES_MS[Math.min(this.failures, PAUSES_MS.length - 1)];
    this.failures += 1;
    this.retry = window.setTimeout(() => this.open(), pause);
  }

  private close(): void {
    window.clearTimeout(this.silence);
    window.clearTimeout(this.retry);
    this.source?.close();
    this.source = undefined;
  }
}
