import type { ChildOptions, FromChild, SendOrder, WebEvent } from '../protocol';
import { within, type WebClient } from './client';
import { EventReader } from './events';
import type { Memory } from './memory';
import { missedSince } from './missed';
import { Sends } from './sends';

type Phase = 'opening' | 'linking' | 'authenticated' | 'ready';

/** Two missed looks in a row: the browser or the phone's connection is gone, often without any event. */
const MISSES = 2;

/** What was missed longer ago is nobody's question any more; Meta repeats its webhooks for as long, seconds. */
const LONGEST_S = 7 * 24 * 3600;

/**
 * One linked session: turns what the library emits into deliveries to the parent, in order, and ends the child when the session is dead,
 * which the library itself never notices. Until everything missed is stored, what comes in waits behind it and nothing is sent.
 */
export class Link {
  private phase: Phase = 'opening';
  private deadline: NodeJS.Timeout | undefined;
  private looks: NodeJS.Timeout | undefined;
  private misses = 0;
  private connected = false;
  private number = 0;
  private waiting: WebEvent[] | undefined = [];
  /** Deliveries that are not stored yet, and the newest message in each, seconds. */
  private readonly delivered = new Map<number, number>();
  private onStored: (() => void) | undefined;
  private reading: Promise<unknown> = Promise.resolve();
  private readonly reader: EventReader;
  private readonly sends: Sends;

  constructor(
    private readonly client: WebClient,
    private readonly memory: Memory,
    private readonly times: ChildOptions['times'],
    private readonly tell: (message: FromChild) => void,
    private readonly end: (reason: string) => void,
    private readonly nowSeconds: () => number,
  ) {
    this.reader = new EventReader(client, times.answerMs, nowSeconds);
    this.sends = new Sends(client, memory, times.sendMs, tell, (event) => this.pass(event));
  }

  /** Opens the session. Whatever goes wrong ends the child; the parent starts another. */
  start(): void {
    const { client } = this;
    client.on('qr', (qr: unknown) => this.scan(String(qr)));
    client.on('authenticated', () => this.enter('authenticated', this.times.readyMs));
    client.on('ready', () => void this.catchUp());
    client.on('auth_failure', () => this.end('auth_failure'));
    client.on('disconnected', (reason: unknown) => this.disconnected(reason));
    client.on('change_state', (state: unknown) => (this.connected = state === 'CONNECTED'));
    client.on('message_create', (message) => this.read(() => this.reader.message(message)));
    client.on('message_edit', (message, words, before) =>
      this.read(() => this.reader.edit(message, words, before)),
    );
    client.on('message_revoke_everyone', (message) => this.read(() => this.reader.revoke(message)));
    client.on('message_ack', (message, ack) => this.read(() => this.reader.ack(message, ack)));
    client.on('contact_changed', (message, from, to, isContact) =>
      this.read(() => this.reader.move(message, from, to, isContact)),
    );
    this.enter('opening', this.times.openMs);
    this.looks = setInterval(() => void this.look(), this.times.lookMs);
    client.initialize().catch(() => this.end(client.pupBrowser ? 'page_failed' : 'browser_failed'));
  }

  /** No more looks and deadlines. */
  stop(): void {
    clearTimeout(this.deadline);
    clearInterval(this.looks);
  }

  /** Takes an order; refuses it at once when there is no connection, so that nothing leaves later than anybody expects. */
  send(order: SendOrder): void {
    if (this.phase === 'ready' && this.connected && !this.waiting) this.sends.give(order);
    else this.tell({ type: 'refused', number: order.number, why: 'not_connected' });
  }

  /** Shows that an answer is being written; best effort. */
  async typing(to: string): Promise<void> {
    const chat = await this.client.getChatById(to);
    await chat?.sendStateTyping();
  }

  /** The parent has stored everything up to a delivery. */
  stored(upTo: number): void {
    for (const [number, at] of this.delivered) {
      if (number > upTo) continue;
      this.delivered.delete(number);
      this.memory.takeUntil(at);
    }
    if (this.delivered.size === 0) this.onStored?.();
  }

  /** Something of the library failed with nobody waiting for it: harmless as long as the page answers. */
  async doubt(): Promise<void> {
    if (this.phase !== 'ready' || !(await this.answers())) this.end('fault');
  }

  private enter(phase: Phase, limitMs?: number): void {
    this.phase = phase;
    clearTimeout(this.deadline);
    if (limitMs !== undefined) this.deadline = setTimeout(() => this.end(`stuck_${phase}`), limitMs);
  }

  private scan(qr: string): void {
    this.enter('linking');
    this.tell({ type: 'qr', qr });
  }

  /** After a log-out on the phone the library deletes its session and shows a new code; every other end is final for this browser. */
  private disconnected(reason: unknown): void {
    const word = /^\w{1,40}$/.test(String(reason)) ? String(reason) : 'unknown';
    if (word !== 'LOGOUT') return this.end(word);
    this.connected = false;
    this.waiting ??= [];
    this.enter('opening', this.times.openMs);
    this.tell({ type: 'opening' });
  }

  private read(work: () => WebEvent | undefined | Promise<WebEvent | undefined>): void {
    this.reading = this.reading
      .then(work)
      .then((event) => {
        if (event && !this.sends.keeps(event)) this.pass(event);
      })
      .catch(() => undefined);
  }

  private pass(event: WebEvent): void {
    if (this.waiting) this.waiting.push(event);
    else this.deliver([event]);
  }

  private deliver(events: WebEvent[]): void {
    this.number += 1;
    const times = events.flatMap((event) => (event.kind === 'message' ? [event.message.at] : []));
    this.delivered.set(this.number, Math.max(0, ...times));
    this.tell({ type: 'events', number: this.number, events });
  }

  /** "Ready" comes again after each synchronisation; what was missed is asked for each time. */
  private async catchUp(): Promise<void> {
    const isRunning = this.phase === 'ready' && this.waiting !== undefined;
    if (isRunning) return;
    this.enter('ready');
    this.connected = true;
    this.waiting ??= [];
    try {
      const missed = await this.missed();
      const events = [...missed, ...this.waiting];
      this.waiting = undefined;
      const stored = new Promise<void>((resolve) => (this.onStored = resolve));
      if (events.length > 0) this.deliver(events);
      else if (this.delivered.size === 0) this.onStored?.();
      await stored;
      this.tell({ type: 'ready' });
    } catch {
      this.end('not_caught_up');
    }
  }

  /**
   * Nothing is missed before the first time: what lies in an account from before it was linked is not ours to answer. What colleagues wrote
   * meanwhile goes first, so that the bot is silent before it sees what they have answered already.
   */
  private async missed(): Promise<WebEvent[]> {
    const since = this.memory.takenUntil;
    if (since === undefined) {
      this.memory.takeUntil(this.nowSeconds());
      return [];
    }
    const events: WebEvent[] = [];
    const from = Math.max(since, this.nowSeconds() - LONGEST_S);
    for (const message of await missedSince(this.client, from, this.times.answerMs)) {
      const event = await this.reader.message(message);
      if (event?.kind === 'message' && !this.memory.ownOrder(event.message.id)) events.push(event);
    }
    const isOwn = (event: WebEvent) => event.kind === 'message' && event.message.fromMe;
    return [...events.filter(isOwn), ...events.filter((event) => !isOwn(event))];
  }

  private async look(): Promise<void> {
    this.tell({ type: 'alive' });
    if (this.phase !== 'ready') return;
    this.misses = (await this.answers()) ? 0 : this.misses + 1;
    if (this.misses >= MISSES) this.end('silent');
  }

  private async answers(): Promise<boolean> {
    const state = await within(this.times.answerMs, this.client.getState()).catch(() => undefined);
    if (this.phase === 'ready') this.connected = state === 'CONNECTED';
    return this.connected;
  }
}
