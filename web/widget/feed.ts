/** One event of a server-sent stream. */
export interface FeedEvent {
  event: string;
  data: string;
}

/** Cuts a stream of text into events; keeps what is not complete yet. */
export class EventCutter {
  private rest = '';

  push(text: string): FeedEvent[] {
    const all = this.rest + text;
    // A carriage return at the end may be half of a line break: it waits for its other half.
    const whole = all.endsWith('\r') ? all.slice(0, -1) : all;
    const blocks = whole.replace(/\r\n?/g, '\n').split('\n\n');
    this.rest = (blocks.pop() ?? '') + all.slice(whole.length);
    return blocks.flatMap((block) => {
      let event = 'message';
      const data: string[] = [];
      for (const line of block.split('\n')) {
        if (line.startsWith('event:')) event = line.slice(6).trim();
        else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
      }
      return data.length > 0 ? [{ event, data: data.join('\n') }] : [];
    });
  }
}

/** A connection that says nothing for this long (heartbeats come every 15 s) is taken for dead. */
const SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 800;
const LONGEST_PAUSE_MS = 15_000;

/** What the owner of a feed is told. */
export interface FeedHandlers {
  /** Sequence number to resume from. */
  after(): number;
  event(event: FeedEvent): void;
  live(on: boolean): void;
  /** The session is no longer known; the feed has stopped. */
  lost(): void;
}

/** Keeps one live feed open while wanted, and resumes it after any break. */
export class Feed {
  private abort?: AbortController;
  private timer?: ReturnType<typeof setTimeout>;
  private pause = FIRST_PAUSE_MS;
  private wanted = false;

  constructor(
    private readonly connect: (after: number, signal: AbortSignal) => Promise<Response>,
    private readonly handlers: FeedHandlers,
  ) {}

  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.pause = FIRST_PAUSE_MS;
    void this.run();
  }

  stop(): void {
    this.wanted = false;
    clearTimeout(this.timer);
    this.abort?.abort();
    this.abort = undefined;
  }

  /** Tries again now instead of after the pause (the network came back). */
  hurry(): void {
    if (!this.wanted || this.abort) return;
    clearTimeout(this.timer);
    void this.run();
  }

  private async run(): Promise<void> {
    const abort = new AbortController();
    this.abort = abort;
    let silence = setTimeout(() => abort.abort(), SILENCE_MS);
    try {
      const answer = await this.connect(this.handlers.after(), abort.signal);
      if (answer.status === 401) {
        this.stop();
        this.handlers.lost();
        return;
      }
      if (!answer.ok || !answer.body) throw new Error('no feed');
      this.handlers.live(true);
      this.pause = FIRST_PAUSE_MS;
      const cutter = new EventCutter();
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        clearTimeout(silence);
        silence = setTimeout(() => abort.abort(), SILENCE_MS);
        for (const event of cutter.push(value)) this.handlers.event(event);
      }
    } catch {
      // Any break is answered by trying again below.
    } finally {
      clearTimeout(silence);
    }
    if (this.abort !== abort) return;
    this.abort = undefined;
    this.handlers.live(false);
    if (!this.wanted) return;
    this.timer = setTimeout(() => void this.run(), this.pause * (0.8 + Math.random() * 0.4));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
  }
}
