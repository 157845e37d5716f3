import { randomUUID } from 'node:crypto';
import { whatsappSays } from '../../src/demo/graph-stand-in/whatsapp-customer';
import { DeskClient } from '../desk/desk-client';
import { ADMIN, type Fleet } from './fleet';
import { readFrames } from './sse';
import { keyOf } from './stream';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Somebody who keeps writing until told to stop, each line once, and tries again when a door was shut. */
export abstract class Writer {
  readonly said: string[] = [];
  protected stopped = false;
  private writing: Promise<void> | undefined;

  constructor(
    protected readonly fleet: Fleet,
    readonly number: number,
    private readonly pauseMs: number,
  ) {}

  /** Conversation of this person. */
  abstract readonly key: string;
  protected abstract post(text: string, count: number): Promise<void>;

  begin(): void {
    this.writing = this.write();
  }

  private async write(): Promise<void> {
    // People come one after the other, not in step.
    await pause((this.number * 61) % this.pauseMs);
    for (let count = 1; !this.stopped; count += 1) {
      const text = `where is my order number ${count}`;
      await this.post(text, count);
      this.said.push(text);
      // Every third line follows at once, while the one before is still being answered.
      await pause(count % 3 === 0 ? 5 : this.pauseMs * (0.5 + ((count * 37 + this.number * 11) % 100) / 100));
    }
  }

  async end(): Promise<void> {
    this.stopped = true;
    await this.writing;
  }
}

/** A customer on WhatsApp. */
export class WhatsAppWriter extends Writer {
  readonly user = `9194${String(this.number).padStart(8, '0')}`;
  readonly key = keyOf(this.user);

  protected post(text: string, count: number): Promise<void> {
    const message = { ...whatsappSays.text(text), id: `wamid.${this.user}.${count}` };
    return this.fleet.webhook(this.number + count, (provider) =>
      provider.fromWhatsApp({ phone: this.user }, message),
    );
  }
}

/** A visitor of the shop's page, who follows the live feed and takes it up again wherever a process is up. */
export class WebWriter extends Writer {
  key = '';
  readonly seen: { seq: number; from: string; text: string }[] = [];
  private token = '';
  private readonly leave = new AbortController();
  private following: Promise<void> | undefined;

  private call(path: string, init: RequestInit, turn = 0): Promise<Response> {
    return fetch(`${this.fleet.url(this.number + turn)}/webchat${path}`, {
      ...init,
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': `10.0.${this.number >> 8}.${this.number & 255}`,
        origin: 'https://shop.example',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
    });
  }

  async open(): Promise<void> {
    const answer = await this.call('/sessions', { method: 'POST', body: '{}' });
    if (answer.status !== 201) throw new Error(`the session was answered ${answer.status}`);
    const { token, conversation } = (await answer.json()) as { token: string; conversation: string };
    this.token = token;
    this.key = conversation;
    this.following = this.follow();
  }

  private async follow(): Promise<void> {
    for (let turn = 0; !this.leave.signal.aborted; turn += 1) {
      const after = this.seen.at(-1)?.seq ?? 0;
      await readFrames(
        async () => this.call(`/events?after=${after}`, { signal: this.leave.signal }, turn),
        ({ event, data }) => {
          if (event === 'message') this.seen.push(JSON.parse(data) as (typeof this.seen)[number]);
        },
      );
      await pause(200);
    }
  }

  protected async post(text: string): Promise<void> {
    const body = JSON.stringify({ id: randomUUID(), text });
    for (let turn = 0; ; turn += 1) {
      // Not the process that feeds us, so that the answer has to come across.
      const answer = await Promise.resolve()
        .then(() => this.call('/messages', { method: 'POST', body }, turn + 1))
        .catch(() => undefined);
      if (answer?.status === 202) return;
      await pause(answer?.status === 429 ? 1000 : 50);
    }
  }

  /** Closes the feed. */
  async close(): Promise<void> {
    this.leave.abort();
    await this.following;
  }
}

/** An agent with the desk open on one conversation, following it and the queue wherever a process is up. */
export class Watcher {
  readonly seen: { seq: number; id: string; from: string }[] = [];
  readonly queue = new Set<string>();
  readonly states = new Map<string, string>();
  private since: string | undefined;
  private readonly leave = new AbortController();
  private following: Promise<void> | undefined;
  private cookie = '';

  constructor(
    private readonly fleet: Fleet,
    private readonly key: string,
  ) {}

  async open(): Promise<void> {
    const desk = new DeskClient(this.fleet.url());
    const { status } = await desk.signIn(ADMIN.email, ADMIN.password);
    if (status !== 201) throw new Error(`signing in was answered ${status}`);
    this.cookie = desk.cookie;
    this.following = this.follow();
  }

  private async follow(): Promise<void> {
    for (let turn = 0; !this.leave.signal.aborted; turn += 1) {
      const query = new URLSearchParams({ follow: this.key, after: String(this.seen.at(-1)?.seq ?? 0) });
      if (this.since) query.set('since', this.since);
      await readFrames(
        async () =>
          fetch(`${this.fleet.url(turn)}/desk/api/events?${query}`, {
            headers: { cookie: this.cookie },
            signal: this.leave.signal,
          }),
        ({ event, data }) => this.take(event, JSON.parse(data)),
      );
      await pause(200);
    }
  }

  private take(event: string, data: unknown): void {
    if (event === 'message') this.seen.push(data as (typeof this.seen)[number]);
    if (event === 'state') {
      const { id, state } = data as { id: string; state: string };
      this.states.set(id, state);
    }
    if (event !== 'queue') return;
    for (const { key, updatedAt } of data as { key: string; updatedAt: string }[]) {
      this.queue.add(key);
      if (!this.since || updatedAt > this.since) this.since = updatedAt;
    }
  }

  async close(): Promise<void> {
    this.leave.abort();
    await this.following;
  }
}
