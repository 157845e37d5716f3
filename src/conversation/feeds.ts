import { monotonicMs, type Clock } from '../core/clock';
import type { Conversation, TranscriptEntry } from '../core/conversation';
import type { Log } from '../core/log';
import type { FeedEvent, LiveFeeds } from '../core/stream';
import type { ConversationStore, MessageStore } from '../core/stream-store';
import type { Signals } from './signals';

/** How far a viewer may be behind another process's write, milliseconds. */
const POLL_MS = 400;
/** Overlap of polls, against clocks of several processes that differ. */
const OVERLAP_MS = 3_000;
const PAGE = 200;
/** Every so many polls all followed conversations are compared by number, so that a late write is never missed; a part of them each time. */
const ROUND = 12;
/** Lines at the end of a transcript whose delivery states the desk follows, and how often they are read, milliseconds. */
const STATES_OF = 30;
const STATES_MS = 1_000;

interface Viewer {
  key: string;
  seq: number;
  publicOnly: boolean;
  owner?: string;
  /** Last line of the erasure this viewer knows of. */
  erased?: number;
  reading: boolean;
  again: boolean;
  stopped: boolean;
  listener: (event: FeedEvent) => void;
  /** Delivery states this viewer knows, by message. */
  states: Map<string, string>;
  statesAt: number;
}

/** Live feeds that follow the store by sequence number, whoever wrote; hints inside this process only shorten the wait. */
export class StoreFeeds implements LiveFeeds {
  private readonly viewers = new Map<string, Set<Viewer>>();
  private readonly queueListeners = new Set<(changed: Conversation[]) => void>();
  private timer: NodeJS.Timeout | undefined;
  private polling = false;
  private since: Date;
  private seen = new Map<string, number>();
  private round = 0;

  constructor(
    private readonly conversations: ConversationStore,
    private readonly messages: MessageStore,
    private readonly signals: Signals,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.since = clock.now();
    signals.on('changed', (key) => {
      for (const viewer of this.viewers.get(key) ?? []) this.read(viewer);
      if (this.queueListeners.size > 0) this.schedule(15);
    });
    signals.on('typing', (key, from, on) => this.tell(key, { type: 'typing', from, on }));
    signals.on('state', (key, id, seq, state, error) =>
      this.tell(key, { type: 'state', id, seq, state, ...(error ? { error } : {}) }),
    );
  }

  follow(
    key: string,
    after: number,
    options: { publicOnly: boolean },
    listener: (event: FeedEvent) => void,
  ): () => void {
    const viewer: Viewer = {
      key,
      seq: after,
      publicOnly: options.publicOnly,
      reading: false,
      again: false,
      stopped: false,
      listener,
      states: new Map(),
      statesAt: monotonicMs(),
    };
    const set = this.viewers.get(key) ?? new Set();
    this.viewers.set(key, set.add(viewer));
    this.read(viewer);
    this.schedule(POLL_MS);
    return () => {
      viewer.stopped = true;
      set.delete(viewer);
      if (set.size === 0) this.viewers.delete(key);
    };
  }

  followQueue(listener: (changed: Conversation[]) => void): () => void {
    this.queueListeners.add(listener);
    this.schedule(POLL_MS);
    return () => this.queueListeners.delete(listener);
  }

  typing(key: string, from: 'bot' | 'agent', on: boolean): void {
    this.signals.emit('typing', key, from, on);
  }

  /** Ends polling; viewers hear nothing more. */
  stop(): void {
    clearTimeout(this.timer);
    for (const set of this.viewers.values()) for (const viewer of set) viewer.stopped = true;
    this.viewers.clear();
    this.queueListeners.clear();
  }

  private tell(key: string, event: FeedEvent): void {
    for (const viewer of this.viewers.get(key) ?? []) if (!viewer.stopped) viewer.listener(event);
  }

  private read(viewer: Viewer): void {
    if (viewer.reading) {
      viewer.again = true;
      return;
    }
    viewer.reading = true;
    void this.deliver(viewer)
      .catch((error: unknown) =>
        this.log.warn({ conversation: viewer.key, err: error }, 'a live feed could not read, it tries again'),
      )
      .finally(() => {
        viewer.reading = false;
        if (viewer.again && !viewer.stopped) {
          viewer.again = false;
          this.read(viewer);
        }
      });
  }

  /** Everything after the viewer's number, in order, none twice. Numbers are dense, so a gap is a line still in the tail. */
  private async deliver(viewer: Viewer): Promise<void> {
    const conversation = await this.conversations.get(viewer.key);
    if (!conversation || viewer.stopped) return;
    const { erased } = conversation;
    if (erased && viewer.seq <= erased.upTo && viewer.erased !== erased.upTo) {
      viewer.seq = viewer.erased = erased.upTo;
      viewer.states.clear();
      viewer.listener({ type: 'erased', upTo: erased.upTo });
    }
    while (viewer.seq < conversation.sequence && !viewer.stopped) {
      const stored = await this.messages.list(viewer.key, { after: viewer.seq, limit: PAGE });
      const lines = dense(viewer.seq, [...stored, ...conversation.tail]);
      if (lines.length === 0) break;
      for (const entry of lines) {
        if (viewer.stopped) return;
        viewer.seq = entry.seq;
        const shown = !viewer.publicOnly || (entry.visibility === 'public' && !hiddenFromCustomer(entry));
        if (shown) viewer.listener({ type: 'message', entry });
        // What was said in the same write (the question how the help was) stands behind the change, not before it.
        if (entry.owner === conversation.owner) this.tellOwner(viewer, conversation);
      }
    }
    this.tellOwner(viewer, conversation);
  }

  private tellOwner(viewer: Viewer, { owner, assigneeName }: Conversation): void {
    const now = `${owner}:${assigneeName ?? ''}`;
    if (now === viewer.owner || viewer.stopped) return;
    viewer.owner = now;
    viewer.listener({ type: 'owner', owner, ...(assigneeName ? { assigneeName } : {}) });
  }

  /** A part of all viewers reads its conversation whether something was heard of it or not. */
  private readSome(): void {
    this.round = (this.round + 1) % ROUND;
    let n = 0;
    for (const set of this.viewers.values())
      for (const viewer of set) if (n++ % ROUND === this.round) this.read(viewer);
  }

  /** Delivery states move without the conversation: what a desk shows at the end of a transcript is read again. */
  private async readStates(): Promise<void> {
    const now = monotonicMs();
    for (const [key, set] of this.viewers) {
      const due = [...set].filter((viewer) => !viewer.publicOnly && now - viewer.statesAt >= STATES_MS);
      const last = Math.max(0, ...due.map((viewer) => viewer.seq));
      if (last === 0) continue;
      const lines = await this.messages.list(key, { after: Math.max(0, last - STATES_OF), limit: STATES_OF });
      for (const viewer of due) {
        viewer.statesAt = now;
        for (const { id, seq, state, error } of lines) {
          if (!state || seq > viewer.seq || viewer.states.get(id) === state || viewer.stopped) continue;
          viewer.listener({ type: 'state', id, seq, state, ...(error ? { error } : {}) });
        }
        viewer.states = new Map(lines.flatMap(({ id, state }) => (state ? [[id, state]] : [])));
      }
    }
  }

  private schedule(ms: number): void {
    if (this.viewers.size === 0 && this.queueListeners.size === 0) return;
    if (this.timer) {
      if (ms >= POLL_MS) return;
      clearTimeout(this.timer);
    }
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.poll().finally(() => this.schedule(POLL_MS));
    }, ms);
    this.timer.unref();
  }

  private async poll(): Promise<void> {
    if (this.polling) return;
    this.polling = true;
    const started = monotonicMs();
    try {
      const next = this.clock.now();
      const keys = this.queueListeners.size > 0 ? undefined : [...this.viewers.keys()];
      const changed = await this.conversations.changedSince(
        new Date(this.since.getTime() - OVERLAP_MS),
        1000,
        keys,
      );
      const news = changed.filter((conversation) => this.seen.get(conversation.key) !== conversation.version);
      this.seen = new Map(changed.map((conversation) => [conversation.key, conversation.version]));
      this.since = next;
      if (news.length > 0) for (const listener of this.queueListeners) listener(news);
      for (const conversation of news)
        for (const viewer of this.viewers.get(conversation.key) ?? []) this.read(viewer);
      this.readSome();
      await this.readStates();
    } catch (error) {
      this.log.warn(
        { err: error, ms: Math.round(monotonicMs() - started) },
        'looking for news failed, it tries again',
      );
    } finally {
      this.polling = false;
    }
  }
}

/** The unbroken run of numbers right after `after`. */
function dense(after: number, lines: TranscriptEntry[]): TranscriptEntry[] {
  const bySeq = new Map(lines.map((line) => [line.seq, line]));
  const run: TranscriptEntry[] = [];
  for (let seq = after + 1; bySeq.has(seq); seq += 1) run.push(bySeq.get(seq) as TranscriptEntry);
  return run;
}

/** A bot's message that a person overtook was never said. */
function hiddenFromCustomer(entry: TranscriptEntry): boolean {
  return entry.state === 'failed' && entry.error === 'taken_over';
}
