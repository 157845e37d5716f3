import { Api } from './api';
import { Feed, type FeedEvent } from './feed';
import { Keep, subOf, type Queued } from './saved';
import type { Settings } from './settings';
import {
  countUnread,
  settle,
  withEntry,
  type Choice,
  type Entry,
  type Owner,
  type OwnerNote,
  type Pending,
} from './timeline';

/** Everything that is drawn. Replaced as a whole at each change. */
export interface ChatState {
  open: boolean;
  entries: Entry[];
  pending: Pending[];
  notes: OwnerNote[];
  owner: Owner;
  agentName?: string;
  typing?: 'bot' | 'agent';
  unread: number;
  link: 'idle' | 'live' | 'lost';
  offline: boolean;
  signedIn: boolean;
}

/** Dots that nobody takes back go by themselves. */
const TYPING_LIMIT_MS = 20_000;
/** A tab nobody looks at gives its connection back (browsers allow six a site). */
const HIDDEN_LIMIT_MS = 60_000;
const SEND_PAUSES_MS = [1000, 2000, 4000, 8000, 15_000];

/** The conversation in this browser: what was said, what waits to be sent, who answers. */
export class Chat {
  state: ChatState;
  private readonly keep = new Keep();
  private readonly api: Api;
  private readonly feed: Feed;
  private identity?: string;
  private sending = false;
  private tries = 0;
  private sendTimer?: ReturnType<typeof setTimeout>;
  private typingTimer?: ReturnType<typeof setTimeout>;
  private hiddenTimer?: ReturnType<typeof setTimeout>;
  private ownerKnown = false;
  private listeners = new Set<() => void>();

  constructor(private readonly settings: Settings) {
    this.api = new Api(settings.api);
    this.feed = new Feed((after, signal) => this.api.feed(this.keep.read().token ?? '', after, signal), {
      after: () => this.state.entries.at(-1)?.seq ?? 0,
      event: (event) => this.receive(event),
      live: (on) => this.linked(on),
      lost: () => this.sessionLost(),
    });
    this.state = this.fresh();
  }

  /** Calls back after every change of state; answers the function that stops it. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes up what this browser was doing: a visitor's chat at once, a signed-in customer's only once identified. */
  start(): void {
    addEventListener('online', () => this.online(true));
    addEventListener('offline', () => this.online(false));
    addEventListener('storage', (event) => this.otherTab(event));
    document.addEventListener('visibilitychange', () => this.visibility());
    if (this.settings.identity) void this.identify(this.settings.identity);
    else this.resume();
  }

  private fresh(): ChatState {
    const saved = this.keep.read();
    const mine = !saved.sub || saved.sub === (this.identity && subOf(this.identity));
    return {
      open: false,
      entries: [],
      pending: mine ? saved.queue.map(({ id, text, at }) => ({ id, text, at, state: 'pending' })) : [],
      notes: [],
      owner: 'bot',
      unread: mine ? saved.unread : 0,
      link: 'idle',
      offline: !navigator.onLine,
      signedIn: this.identity !== undefined,
    };
  }

  private set(change: Partial<ChatState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  private resume(): void {
    const saved = this.keep.read();
    if (saved.sub && !this.identity) return;
    if (saved.token) this.feed.start();
    void this.flush();
  }

  /** Shows the conversation of a customer of the shop. Whatever another customer left in this browser goes first. */
  async identify(jwt: string): Promise<void> {
    const sub = subOf(jwt);
    const saved = this.keep.read();
    this.identity = jwt;
    if (!sub || saved.sub !== sub) this.forgetLocal();
    this.set({ ...this.fresh(), open: this.state.open, signedIn: true });
    const { outcome, token } = await this.api.session({ identity: jwt, locale: this.settings.locale });
    if (this.identity !== jwt) return;
    if (token) {
      this.keep.write({ token, sub });
      this.feed.stop();
      this.resume();
    } else if (outcome === 'session-lost' || outcome === 'refused') {
      this.identity = undefined;
      this.forgetLocal();
      this.set({ ...this.fresh(), open: this.state.open });
    } else {
      setTimeout(() => this.identity === jwt && void this.identify(jwt), SEND_PAUSES_MS[2]);
    }
  }

  /** Takes the conversation out of this browser at once. */
  signOut(): void {
    this.identity = undefined;
    this.forgetLocal();
    this.set({ ...this.fresh(), open: this.state.open });
  }

  private forgetLocal(): void {
    this.feed.stop();
    clearTimeout(this.sendTimer);
    this.keep.clear();
    this.tries = 0;
    this.ownerKnown = false;
  }

  open(): void {
    if (this.state.open) return;
    if (this.keep.read().sub && !this.identity) this.signOut();
    this.set({ open: true });
    this.markRead();
  }

  close(): void {
    this.set({ open: false });
  }

  /** Shows the message as pending at once and sends it as soon as possible, across reloads, exactly once. */
  say(text: string, choice?: Choice): void {
    const trimmed = text.trim();
    if (!trimmed) return;
    if (this.keep.read().sub && !this.identity) this.signOut();
    const queued: Queued = {
      id: crypto.randomUUID(),
      text: trimmed,
      choice: choice?.id,
      at: new Date().toISOString(),
    };
    this.keep.write({ queue: [...this.keep.read().queue, queued] });
    const { id, at } = queued;
    this.set({ pending: [...this.state.pending, { id, text: trimmed, at, state: 'pending' }] });
    void this.flush();
  }

  private async flush(): Promise<void> {
    clearTimeout(this.sendTimer);
    if (this.sending || !navigator.onLine) return;
    this.sending = true;
    try {
      for (let next = this.keep.read().queue[0]; next; next = this.keep.read().queue[0]) {
        if (!(await this.sendOne(next))) return this.tryLater();
        this.tries = 0;
      }
    } finally {
      this.sending = false;
    }
  }

  /** True when the message needs no further try. */
  private async sendOne(message: Queued): Promise<boolean> {
    let { token } = this.keep.read();
    if (!token) {
      token = (await this.api.session({ identity: this.identity, locale: this.settings.locale })).token;
      if (!token) return false;
      this.keep.write({ token, sub: this.identity && subOf(this.identity) });
    }
    const outcome = await this.api.send(token, message);
    if (outcome === 'session-lost') this.sessionLost();
    if (outcome !== 'ok' && outcome !== 'refused') return false;
    this.keep.write({ queue: this.keep.read().queue.filter((one) => one.id !== message.id) });
    const state = outcome === 'ok' ? 'sent' : 'refused';
    this.set({ pending: this.state.pending.map((one) => (one.id === message.id ? { ...one, state } : one)) });
    this.feed.start();
    return true;
  }

  private tryLater(): void {
    const pause = SEND_PAUSES_MS[Math.min(this.tries, SEND_PAUSES_MS.length - 1)];
    this.tries += 1;
    this.sendTimer = setTimeout(() => void this.flush(), pause);
  }

  private sessionLost(): void {
    this.feed.stop();
    this.ownerKnown = false;
    this.keep.write({ token: undefined, read: 0, unread: 0 });
    this.set({ entries: [], notes: [], owner: 'bot', unread: 0, link: 'idle', typing: undefined });
  }

  private linked(on: boolean): void {
    this.set({ link: on ? 'live' : 'lost', typing: undefined });
    if (on) void this.flush();
  }

  private online(on: boolean): void {
    this.set({ offline: !on });
    if (!on) return;
    this.tries = 0;
    this.feed.hurry();
    void this.flush();
  }

  private visibility(): void {
    clearTimeout(this.hiddenTimer);
    if (document.hidden) this.hiddenTimer = setTimeout(() => this.feed.stop(), HIDDEN_LIMIT_MS);
    else {
      this.markRead();
      this.resume();
    }
  }

  /** Another tab of the shop read, sent or signed out. */
  private otherTab(event: StorageEvent): void {
    if (event.key !== 'doorstep' && event.key !== null) return;
    const saved = this.keep.read();
    if (!saved.token && this.state.entries.length > 0) this.signOut();
    else if (saved.token) {
      this.set({ unread: this.state.open ? 0 : saved.unread });
      this.resume();
    }
  }

  private receive({ event, data }: FeedEvent): void {
    const value: unknown = JSON.parse(data);
    if (event === 'message') this.received(value as Entry);
    else if (event === 'owner') this.ownerMoved(value as { owner: Owner; assigneeName?: string });
    else if (event === 'typing') {
      const { from, on } = value as { from?: 'bot' | 'agent'; on: boolean };
      this.typing(on ? (from ?? 'bot') : undefined);
    }
  }

  private received(entry: Entry): void {
    const entries = withEntry(this.state.entries, entry);
    if (entries === this.state.entries) return;
    this.set({ entries, pending: settle(this.state.pending, entry) });
    if (entry.from !== 'customer') this.typing(undefined);
    this.markRead();
  }

  private ownerMoved({ owner, assigneeName }: { owner: Owner; assigneeName?: string }): void {
    const { notes, entries } = this.state;
    const moved = owner !== this.state.owner || assigneeName !== this.state.agentName;
    const after = entries.at(-1)?.seq ?? 0;
    const told = this.ownerKnown && moved ? [...notes, { after, owner, name: assigneeName }] : notes;
    this.ownerKnown = true;
    this.set({ owner, agentName: assigneeName, notes: told });
  }

  private typing(from: 'bot' | 'agent' | undefined): void {
    clearTimeout(this.typingTimer);
    if (from) this.typingTimer = setTimeout(() => this.typing(undefined), TYPING_LIMIT_MS);
    if (this.state.typing !== from) this.set({ typing: from });
  }

  private markRead(): void {
    const { entries, open } = this.state;
    const last = entries.at(-1)?.seq ?? 0;
    const saved = this.keep.read();
    if (open && !document.hidden) {
      if (saved.read < last || saved.unread > 0)
        this.keep.write({ read: Math.max(saved.read, last), unread: 0 });
      if (this.state.unread > 0) this.set({ unread: 0 });
      return;
    }
    // While history is still coming in, the saved count is the better one.
    if (last < saved.read) return;
    const unread = countUnread(entries, saved.read);
    if (saved.unread !== unread) this.keep.write({ unread });
    if (this.state.unread !== unread) this.set({ unread });
  }
}
