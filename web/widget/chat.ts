import { Api } from './api';
import { deleteChat } from './deletion';
import { Feed, type FeedEvent } from './feed';
import type { Introduction } from '../../src/core/introduction';
import { subOf } from './identity';
import { watchPage } from './page';
import { OwnerWatch } from './owner';
import { Outgoing } from './outgoing';
import { readPhoto } from './photo';
import { markRead } from './read-mark';
import { openSession, renewSession } from './session';
import { Keep } from './saved';
import type { Settings } from './settings';
import { freshState, type ChatState } from './state';
import { settle, withEntry, type Choice, type Entry, type Owner, type Pending } from './timeline';
import { Typing } from './typing';

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
  /** Session of the live feed: it may be left behind by another tab. */
  private following?: string;
  private readonly typing = new Typing((from) => this.state.typing === from || this.set({ typing: from }));
  private readonly owner = new OwnerWatch(
    () => this.state,
    (change) => this.set(change),
  );
  private listeners = new Set<() => void>();

  constructor(private readonly settings: Settings) {
    this.api = new Api(settings.api);
    const connect = (after: number, signal: AbortSignal) => {
      this.following = this.keep.read().token ?? '';
      return this.api.feed(this.following, after, signal);
    };
    this.feed = new Feed(connect, {
      after: () => this.state.entries.at(-1)?.seq ?? 0,
      event: (event) => this.receive(event),
      live: (on) => this.linked(on),
      lost: () => this.sessionLost(this.following),
    });
    this.outgoing = new Outgoing({
      keep: this.keep,
      api: this.api,
      token: () => this.token(),
      settled: (id, state) => this.sent(id, state),
      progress: (id, photo) => this.change(id, { photo }),
      sessionLost: (token) => this.sessionLost(token),
    });
    this.state = freshState(this.keep.read(), undefined, settings);
  }

  /** Calls back after every change of state; answers the function that stops it. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes up what this browser was doing: a visitor's chat at once, a signed-in customer's only once identified. */
  start(): void {
    watchPage({
      online: (on) => this.online(on),
      seen: () => {
        this.markRead();
        this.resume();
      },
      unseen: () => this.feed.stop(),
      otherTab: (event) => this.otherTab(event),
    });
    if (this.settings.identity) void this.identify(this.settings.identity);
    else this.resume();
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
    this.begin();
    const { outcome, token } = await this.api.session({ identity: jwt, locale: this.settings.locale });
    if (this.identity !== jwt) return;
    if (token) {
      this.keep.write({ token, sub });
      this.feed.stop();
      this.resume();
    } else if (outcome === 'session-lost' || outcome === 'refused') {
      this.signOut();
    } else {
      setTimeout(() => this.identity === jwt && void this.identify(jwt), IDENTIFY_AGAIN_MS);
    }
  }

  /** Takes the conversation out of this browser at once. */
  signOut(): void {
    this.identity = undefined;
    this.forgetLocal();
    this.begin();
  }

  /** An empty chat, as this browser's record has it; the window stays as it is. */
  private begin(): void {
    const { open, deletion } = this.state;
    this.set({ ...freshState(this.keep.read(), this.identity, this.settings), open, deletion });
  }

  private forgetLocal(): void {
    this.feed.stop();
    this.outgoing.stop();
    this.pictures.clear();
    this.keep.clear();
    this.owner.forget();
    this.typing.show(undefined);
  }

  open(): void {
    if (this.state.open) return;
    if (this.keep.read().sub && !this.identity) this.signOut();
    this.set({ open: true });
    this.markRead();
  }

  close(): void {
    this.set({ open: false, deletion: undefined });
  }

  /** What a visitor says of themselves; it goes with the first message. */
  introduce(introduction: Introduction): void {
    this.keep.write({ introduction });
    this.set({ introduces: false });
  }

  /** Deletes the conversation, here and at the shop. A second call meanwhile changes nothing. */
  async delete(): Promise<void> {
    if (this.state.deletion === 'running') return;
    await deleteChat({
      keep: this.keep,
      api: this.api,
      outgoing: this.outgoing,
      last: () => this.state.entries.at(-1)?.seq ?? 0,
      draw: (deletion) => this.set({ deletion }),
      unsent: (ids) => this.set({ pending: this.state.pending.filter(({ id }) => !ids.includes(id)) }),
      gone: (token, upTo) => this.gone(token, upTo),
      sessionLost: (token) => this.sessionLost(token),
    });
  }

  /** Deleted, from here or from another device: this browser's copy goes as well. */
  private gone(token: string | undefined, upTo: number): void {
    const { identity } = this;
    if (!identity) return this.keep.read().token === token ? this.signOut() : this.leave();
    if (this.keep.read().read <= upTo) this.keep.write({ read: upTo, unread: 0 });
    // Who they are went too, and has to be said again.
    if (this.state.entries.some(({ seq }) => seq <= upTo)) void this.identify(identity);
  }

  /** The conversation shown here was given up elsewhere; another may have begun. */
  private leave(): void {
    this.feed.stop();
    this.pictures.clear();
    this.owner.forget();
    this.begin();
    this.resume();
  }

  /** Shows the message as pending at once and sends it as soon as possible, across reloads, exactly once. */
  say(text: string, choice?: Choice): void {
    const trimmed = text.trim();
    if (!trimmed) return;
    this.set({ photoFault: undefined });
    if (this.keep.read().sub && !this.identity) this.signOut();
    this.show({ ...this.outgoing.add(trimmed, choice?.id), state: 'pending' });
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
      this.show({ id, text: '', at, state: 'pending', photo: 0 });
    }
  }

  private show(message: Pending): void {
    this.set({ pending: [...this.state.pending, message], deletion: undefined });
    void this.outgoing.flush();
  }

  private change(id: string, change: Partial<Pending>): void {
    this.set({ pending: this.state.pending.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  }

  /** The present session; a new one where there is none. */
  private async token(): Promise<string | undefined> {
    const { token } = this.keep.read();
    if (token) return token;
    const opened = await openSession(this.api, this.keep, this.settings.locale, () => this.identity);
    if (opened) this.owner.begins();
    return opened;
  }

  private sent(id: string, state: 'sent' | 'refused'): void {
    const waits = this.state.pending.some((one) => one.id === id);
    if (waits && state === 'sent' && this.state.owner === 'bot') this.typing.expect();
    this.change(id, { state });
    if (this.keep.read().token) this.feed.start();
  }

  /** A signed-in customer's session has ended with the identity: the page has to identify again. */
  private sessionLost(token: string | undefined): void {
    // That of somebody who has left this browser meanwhile is nobody's loss.
    if (this.keep.read().token !== token) return this.resume();
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
    this.typing.show(undefined);
    this.set({ link: on ? 'live' : 'lost' });
    if (on) void this.outgoing.flush();
  }

  private online(on: boolean): void {
    this.set({ offline: !on });
    if (!on) return;
    this.feed.hurry();
    this.outgoing.hurry();
  }

  private otherTab(event: StorageEvent): void {
    const { token, unread } = this.keep.read();
    if (event.newValue === null) {
      this.identity = undefined;
      this.leave();
    } else if (token) {
      this.set({ unread: this.state.open ? 0 : unread });
      this.resume();
    }
  }

  private receive({ event, data }: FeedEvent): void {
    const value: unknown = JSON.parse(data);
    if (event === 'message') this.received(value as Entry);
    else if (event === 'owner') this.owner.moved(value as { owner: Owner; assigneeName?: string });
    else if (event === 'typing') {
      const { from, on } = value as { from?: 'bot' | 'agent'; on: boolean };
      this.typing.show(on ? (from ?? 'bot') : undefined);
    } else if (event === 'erased') this.gone(this.following, (value as { upTo: number }).upTo);
  }

  private received(entry: Entry): void {
    const entries = withEntry(this.state.entries, entry);
    if (entries === this.state.entries) return;
    this.set({ entries, pending: settle(this.state.pending, entry) });
    this.typing.heard(entry.from === 'customer');
    this.markRead();
  }

  private markRead(): void {
    const unread = markRead(this.keep, this.state);
    if (this.state.unread !== unread) this.set({ unread });
  }
}
