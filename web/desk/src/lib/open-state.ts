import type {
  ConversationWire,
  FeedWire,
  MessageWire,
  OrderWire,
  ViewerWire,
} from '../../../../src/desk/wire';
import { call, conversationPath, Refusal } from './api';
import { Signal } from './signal';

/** A message on its way to the server. `error` is set when it did not get there. */
export interface PendingMessage {
  id: string;
  text: string;
  visibility: 'public' | 'note';
  template?: { name: string; language: string; values: string[] };
  at: string;
  error?: string;
  /** A refusal that trying again does not change. */
  final?: boolean;
}

export interface OpenConversation {
  detail: ConversationWire;
  /** By sequence, none twice. */
  messages: MessageWire[];
  pending: PendingMessage[];
  viewers: ViewerWire[];
  botTyping: boolean;
  hasOlder: boolean;
}

const ORDERS_PAUSE_MS = 600;

function merged(before: MessageWire[], more: MessageWire[]): MessageWire[] {
  const byId = new Map(before.map((message) => [message.id, message]));
  for (const message of more) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

/** The conversation on screen. */
export class OpenState {
  readonly key = new Signal<string | undefined>(undefined);
  readonly now = new Signal<OpenConversation | undefined>(undefined);
  readonly fault = new Signal<string | undefined>(undefined);
  /** What has not got to the server, by conversation: leaving one must not lose it. */
  private readonly unsent = new Map<string, PendingMessage[]>();
  private ordersTimer: number | undefined;
  private typingTimer: number | undefined;

  /** `onUnsent` hears of a message that failed while another conversation is on screen. */
  constructor(private readonly onUnsent: (why: string) => void) {}

  /** Shows another conversation; the feed follows once `load` has answered. */
  async open(key: string | undefined): Promise<void> {
    if (this.key.get() === key) return;
    this.key.set(key);
    this.now.set(undefined);
    this.fault.set(undefined);
    await this.load();
  }

  /** Reads the conversation anew, keeping older pages that were loaded and messages still on their way. */
  async load(): Promise<void> {
    const key = this.key.get();
    if (key === undefined) return;
    try {
      const detail = await call<ConversationWire>('GET', conversationPath(key));
      if (this.key.get() !== key) return;
      const before = this.now.get();
      const gone = detail.erasedUpTo ?? 0;
      const messages = merged(before?.messages ?? [], detail.messages).filter(({ seq }) => seq > gone);
      const pending = (this.unsent.get(key) ?? []).filter(
        ({ id }) => !messages.some((message) => message.id === id),
      );
      this.unsent.set(key, pending);
      this.now.set({
        detail,
        messages,
        pending,
        viewers: detail.viewers,
        botTyping: false,
        hasOlder: (messages[0]?.seq ?? 1) > gone + 1,
      });
      this.fault.set(undefined);
    } catch (error) {
      if (this.key.get() === key) this.fault.set(error instanceof Error ? error.message : String(error));
    }
  }

  /** Last sequence number held, for the feed. */
  get sequence(): number {
    const open = this.now.get();
    return open?.messages.at(-1)?.seq ?? open?.detail.sequence ?? 0;
  }

  async loadOlder(): Promise<void> {
    const key = this.key.get();
    const first = this.now.get()?.messages[0];
    if (key === undefined || !first) return;
    const path = `${conversationPath(key)}/messages?before=${first.seq}`;
    const { items } = await call<{ items: MessageWire[] }>('GET', path);
    this.change(key, (open) => ({
      ...open,
      messages: merged(items, open.messages),
      hasOlder: items.length > 0 && (items[0]?.seq ?? 1) > (open.detail.erasedUpTo ?? 0) + 1,
    }));
  }

  /** Writes to the customer or a note. Shown at once; the same message is never sent twice. */
  async send(message: Omit<PendingMessage, 'id' | 'at'>): Promise<void> {
    const key = this.key.get();
    if (key === undefined) return;
    const pending = { ...message, id: crypto.randomUUID(), at: new Date().toISOString() };
    this.changePending(key, (all) => [...all, pending]);
    await this.deliver(key, pending);
  }

  /** Tries a message again that did not get to the server; same id, so it can only arrive once. */
  async resend(id: string): Promise<void> {
    const key = this.key.get();
    const found = this.now.get()?.pending.find((one) => one.id === id);
    if (key === undefined || !found) return;
    this.markPending(key, id, undefined);
    await this.deliver(key, found);
  }

  discard(id: string): void {
    const key = this.key.get();
    if (key === undefined) return;
    this.changePending(key, (all) => all.filter((one) => one.id !== id));
  }

  private async deliver(key: string, { id, text, visibility, template }: PendingMessage): Promise<void> {
    try {
      const body = template ? { id, template } : { id, text, visibility };
      const stored = await call<MessageWire>('POST', `${conversationPath(key)}/messages`, body);
      this.change(key, (open) => ({ ...open, messages: merged(open.messages, [stored]) }));
      this.changePending(key, (all) => all.filter((one) => one.id !== id));
    } catch (error) {
      const final = error instanceof Refusal && error.problem.status < 500 && error.problem.status !== 429;
      const why = error instanceof Error ? error.message : String(error);
      this.markPending(key, id, why, final);
      if (this.key.get() !== key) this.onUnsent(why);
    }
  }

  private markPending(key: string, id: string, error: string | undefined, final = false): void {
    this.changePending(key, (all) => all.map((one) => (one.id === id ? { ...one, error, final } : one)));
  }

  private changePending(key: string, change: (all: PendingMessage[]) => PendingMessage[]): void {
    const pending = change(this.unsent.get(key) ?? []);
    if (pending.length > 0) this.unsent.set(key, pending);
    else this.unsent.delete(key);
    this.change(key, (open) => ({ ...open, pending }));
  }

  /** Takes an event of the feed in. */
  take<K extends keyof FeedWire>(name: K, data: FeedWire[K]): void {
    const key = this.key.get();
    if (key === undefined) return;
    if (name === 'message') this.takeMessage(key, data as MessageWire);
    if (name === 'state') {
      const { id, state, error } = data as FeedWire['state'];
      this.change(key, (open) => ({
        ...open,
        messages: open.messages.map((one) => (one.id === id ? { ...one, state, error } : one)),
      }));
    }
    if (name === 'erased') {
      const { upTo } = data as FeedWire['erased'];
      this.change(key, (open) => ({ ...open, messages: open.messages.filter(({ seq }) => seq > upTo) }));
      void this.load();
    }
    if (name === 'viewers') this.change(key, (open) => ({ ...open, viewers: data as ViewerWire[] }));
    if (name === 'typing') {
      const { from, on } = data as FeedWire['typing'];
      if (from === 'bot') this.showTyping(key, on);
    }
  }

  private takeMessage(key: string, message: MessageWire): void {
    this.change(key, (open) => ({
      ...open,
      messages: merged(open.messages, [message]),
      botTyping: message.from === 'bot' ? false : open.botTyping,
    }));
    this.changePending(key, (all) => all.filter(({ id }) => id !== message.id));
    // What was said may have changed an order or the brief.
    window.clearTimeout(this.ordersTimer);
    this.ordersTimer = window.setTimeout(() => void this.refresh(), ORDERS_PAUSE_MS);
  }

  private showTyping(key: string, on: boolean): void {
    window.clearTimeout(this.typingTimer);
    this.change(key, (open) => ({ ...open, botTyping: on }));
    if (on) this.typingTimer = window.setTimeout(() => this.showTyping(key, false), 15_000);
  }

  /** Orders, brief and window again, without moving the transcript. */
  async refresh(): Promise<void> {
    await this.load();
  }

  putOrder(order: OrderWire): void {
    const key = this.key.get();
    if (key === undefined) return;
    this.change(key, (open) => ({
      ...open,
      detail: {
        ...open.detail,
        orders: open.detail.orders.map((one) => (one.orderNumber === order.orderNumber ? order : one)),
      },
    }));
  }

  private change(key: string, change: (open: OpenConversation) => OpenConversation): void {
    const open = this.now.get();
    if (open && this.key.get() === key) this.now.set(change(open));
  }
}
