import { createContext, useContext } from 'react';
import type { CannedReply } from '../../../../src/core/agents';
import type { FeedWire, QueueItemWire, SessionWire } from '../../../../src/desk/wire';
import { call, conversationPath, Refusal, setCsrf } from './api';
import { Feed, type Connection } from './feed';
import { OpenState } from './open-state';
import { QueueState } from './queue-state';
import { go, route } from './route';
import { Signal } from './signal';
import { chime } from './sound';
import { setZone } from './time';

export interface Colleague {
  id: string;
  name: string;
  role: string;
  online: boolean;
}

/** A passing word at the foot of the page. */
export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
}

const TOAST_MS = 6000;

/** Everything the signed-in desk knows, and what a person can do with it. */
export class Desk {
  readonly queue = new QueueState((item) => this.handedOver(item));
  readonly open = new OpenState((why) =>
    this.say(`A message you wrote in another conversation was not sent: ${why}`, 'bad'),
  );
  readonly connection = new Signal<Connection>('connecting');
  readonly toasts = new Signal<readonly Toast[]>([]);
  readonly canned = new Signal<readonly CannedReply[]>([]);
  /** Said by the screen reader when somebody new waits. */
  readonly announcement = new Signal('');
  private wasLost = false;
  private toastId = 0;
  private readonly feed: Feed;

  constructor(readonly session: SessionWire) {
    setCsrf(session.csrf);
    setZone(session.shop.timeZone);
    this.feed = new Feed({
      query: () => this.query(),
      onEvent: (name, data) => this.take(name, data),
      onConnection: (state) => this.connected(state),
    });
  }

  get me(): string {
    return this.session.agent.id;
  }

  /** Starts the queue, the feed and the following of the address. Answers the function that ends it. */
  start(): () => void {
    void this.queue.load();
    void this.loadCanned();
    const unfollow = route.subscribe(() => void this.follow());
    if (route.get().conversation === undefined) this.feed.open();
    else void this.follow();
    const title = () => {
      const { waiting } = this.queue.counts.get();
      document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${this.session.shop.name} · Desk`;
    };
    title();
    const untitle = this.queue.counts.subscribe(title);
    return () => {
      unfollow();
      untitle();
      this.feed.stop();
    };
  }

  async loadCanned(): Promise<void> {
    const { items } = await call<{ items: CannedReply[] }>('GET', '/canned-replies').catch(() => ({
      items: [],
    }));
    this.canned.set(items);
  }

  /** Opens what the address names; the one feed follows it from where its transcript ends. */
  private async follow(): Promise<void> {
    const { conversation } = route.get();
    if (conversation === this.open.key.get()) return;
    await this.open.open(conversation);
    if (this.open.key.get() === conversation) this.feed.open();
  }

  private query(): URLSearchParams {
    const query = new URLSearchParams();
    const key = this.open.key.get();
    if (key !== undefined && this.open.now.get()) {
      query.set('follow', key);
      query.set('after', String(this.open.sequence));
    }
    if (this.queue.newest !== undefined) query.set('since', this.queue.newest);
    return query;
  }

  private take<K extends keyof FeedWire>(name: K, data: FeedWire[K]): void {
    if (name === 'queue') {
      const lines = data as QueueItemWire[];
      this.queue.put(lines, true);
      const mine = lines.find(({ key }) => key === this.open.key.get());
      if (mine) this.putOpenItem(mine);
    } else if (name === 'counts') this.queue.setCounts(data as FeedWire['counts']);
    else this.open.take(name, data);
  }

  private putOpenItem(item: QueueItemWire): void {
    const ownerMoved = this.open.now.get()?.detail.item.owner !== item.owner;
    this.open.now.update((open) => {
      if (open?.detail.item.key !== item.key || open.detail.item.updatedAt > item.updatedAt) return open;
      return { ...open, detail: { ...open.detail, item } };
    });
    if (ownerMoved) void this.open.refresh();
  }

  private connected(state: Connection): void {
    this.connection.set(state);
    if (state === 'lost') this.wasLost = true;
    else if (state === 'live' && this.wasLost) {
      this.wasLost = false;
      // The feed names what it missed by sequence; states of older messages are read anew.
      void this.open.load();
      void this.queue.load();
    }
  }

  private handedOver(item: QueueItemWire): void {
    chime();
    this.announcement.set(`${item.name ?? 'A customer'} is waiting for a person`);
  }

  say(text: string, tone: Toast['tone'] = 'plain'): void {
    const id = (this.toastId += 1);
    this.toasts.update((toasts) => [...toasts.slice(-2), { id, text, tone }]);
    window.setTimeout(() => this.dismiss(id), TOAST_MS);
  }

  dismiss(id: number): void {
    this.toasts.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }

  /** Runs something that may be refused; the refusal is said. True when it went through. */
  async attempt(run: () => Promise<unknown>): Promise<boolean> {
    try {
      await run();
      return true;
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error), 'bad');
      return false;
    }
  }

  /** Moves the owner of a conversation. */
  async setOwner(
    key: string,
    owner: 'agent' | 'bot' | 'waiting' | 'closed',
    options: { survey?: boolean; force?: boolean } = {},
  ): Promise<boolean> {
    return this.attempt(async () => {
      try {
        const answer = await call<{ item: QueueItemWire; leaving: boolean }>(
          'POST',
          `${conversationPath(key)}/owner`,
          { owner, ...options },
        );
        this.queue.put([answer.item], false);
        this.putOpenItem(answer.item);
        if (answer.leaving)
          this.say('A message of the bot was already leaving; the customer may still see it.');
      } catch (error) {
        if (error instanceof Refusal && error.problem.holder) void this.open.refresh();
        throw error;
      }
    });
  }

  openConversation(key: string | undefined): void {
    go({ page: 'inbox', conversation: key });
  }

  typing(key: string, on: boolean, mode: 'reply' | 'note'): void {
    void call('POST', `${conversationPath(key)}/typing`, { on, mode }).catch(() => undefined);
  }
}

export const DeskContext = createContext<Desk | undefined>(undefined);

/** The signed-in desk. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('outside the signed-in desk');
  return desk;
}
