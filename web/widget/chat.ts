import { Api } from './api';
import { Feed, type FeedEvent } from './feed';
import { subOf } from './identity';
import { OwnerWatch } from './owner';
import { Outgoing } from './outgoing';
import { readPhoto } from './photo';
import { renewSession } from './renew';
import { Keep } from './saved';
import type { Settings } from './settings';
import type { ChatState } from './state';
import {
  countUnread,
  settle,
  withEntry,
  type Choice,
  type Entry,
  type Owner,
  type Pending,
} from './timeline';

/** Dots that nobody takes back go by themselves. */
const TYPING_LIMIT_MS = 20_000;
/** A tab nobody looks at gives its connection back (browsers allow six a site). */
const HIDDEN_LIMIT_MS = 60_000;
/** How long until an identity is offered again after the network failed. */
const IDENTIFY_AGAIN_MS = 4000;
/** The conversation in this browser: what was said, what waits to be sent, who answers. */
export class Chat {
  state: ChatState;
  /** Photos sent from this page, by id, for drawing them. They are not kept anywhere. */
  readonly pictures = new Map<string, ImageBitmap>();
  private readonly keep = new Keep();
  private readonly api: Api;
  private readonly feed: Feed;
  private identity?: string;
  private readonly outgoing: Outgoing;
  private typingTimer?: ReturnType<typeof setTimeout>;
  private hiddenTimer?: ReturnType<typeof setTimeout>;
  private readonly owner = new OwnerWatch(
    () => this.state,
    (change) => this.set(change),
  );
  private listeners = new Set<() => void>();

  constructor(private readonly settings: Settings) {
    this.api = new Api(settings.api);
    this.feed = new Feed((after, signal) => this.api.feed(this.keep.read().token ?? '', after, signal), {
      after: () => this.state.entries.at(-1)?.seq ?? 0,
      event: (event) => this.receive(event),
      live: (on) => this.linked(on),
      lost: () => this.sessionLost(),
    });
    this.outgoing = new Outgoing({
      keep: this.keep,
      api: this.api,
      token: () => this.token(),
      settled: (id, state) => this.sent(id, state),
      progress: (id, photo) => this.change(id, { photo }),
      sessionLost: () => this.sessionLost(),
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
    void renewSession(this.api, this.keep, this.settings.locale);
    void this.outgoing.flush();
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
      setTimeout(() => this.identity === jwt && void this.identify(jwt), IDENTIFY_AGAIN_MS);
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
    this.outgoing.stop();
    this.pictures.clear();
    this.keep.clear();
    this.owner.forget();
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
    const { id, at } = this.outgoing.add(trimmed, choice?.id);
    const pending = [...this.state.pending, { id, text: trimmed, at, state: 'pending' as const }];
    this.set({ pending, photoFault: undefined });
    void this.outgoing.flush();
  }

  /** Shows a photo as pending at once and sends it. What cannot be sent is said in words. */
  async sendPhotos(files: Blob[]): Promise<void> {
    this.set({ photoFault: undefined });
    for (const file of files) {
      const photo = await readPhoto(file);
      if (typeof photo === 'string') {
        this.set({ photoFault: photo });
        continue;
      }
      if (this.keep.read().sub && !this.identity) this.signOut();
      const { id, at } = this.outgoing.addPhoto(photo.bytes);
      this.pictures.set(id, photo.picture);
      this.set({ pending: [...this.state.pending, { id, text: '', at, state: 'pending', photo: 0 }] });
      void this.outgoing.flush();
    }
  }

  private change(id: string, change: Partial<Pending>): void {
    this.set({ pending: this.state.pending.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  }

  /** The present session; a new one where there is none. */
  private async token(): Promise<string | undefined> {
    const { token } = this.keep.read();
    if (token) return token;
    const { identity } = this;
    const opened = await this.api.session({ identity, locale: this.settings.locale });
    if (!opened.token || this.identity !== identity) return undefined;
    this.keep.write({ token: opened.token, sub: identity && subOf(identity), renewed: Date.now() });
    this.owner.begins();
    return opened.token;
  }

  private sent(id: string, state: 'sent' | 'refused'): void {
    this.change(id, { state });
    this.feed.start();
  }

  /** A signed-in customer's session has ended with the identity: the page has to identify again. */
  private sessionLost(): void {
    if (this.identity) {
      this.signOut();
      window.dispatchEvent(new Event('doorstep:signed-out'));
      return;
    }
    this.feed.stop();
    this.owner.forget();
    this.keep.write({ token: undefined, read: 0, unread: 0 });
    this.set({ entries: [], notes: [], owner: 'bot', unread: 0, link: 'idle', typing: undefined });
  }

  private linked(on: boolean): void {
    this.owner.linked(on);
    this.set({ link: on ? 'live' : 'lost', typing: undefined });
    if (!on) return;
    void this.outgoing.flush();
  }

  private online(on: boolean): void {
    this.set({ offline: !on });
    if (!on) return;
    this.feed.hurry();
    this.outgoing.hurry();
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
    else if (event === 'owner') this.owner.moved(value as { owner: Owner; assigneeName?: string });
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
