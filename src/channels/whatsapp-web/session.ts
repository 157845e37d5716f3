import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { ChannelSession, SessionHands, SessionState } from '../../core/channel';
import { monotonicMs, type Clock } from '../../core/clock';
import type { Log } from '../../core/log';
import * as limit from './limits';
import { parse } from './parse';
import { CHANNEL } from './people';
import type { ChildOptions, FromChild, SendFault, SendOrder, ToChild, WebEvent } from './protocol';

/** What became of an order. */
export type SendOutcome = { messageId: string } | { fault: SendFault };

/** Where the child is, and what it is started with. */
export interface SessionSettings {
  childFile: string;
  child: ChildOptions;
  restartMs: readonly number[];
  silenceMs: number;
  clock: Clock;
  log: Log;
}

/** WhatsApp's words for an account or client that it refuses: trying again would make it worse. */
const BLOCKED: Record<string, string> = {
  TOS_BLOCK: 'WhatsApp has blocked this number for breaking its terms',
  SMB_TOS_BLOCK: 'WhatsApp has blocked this business number for breaking its terms',
  DEPRECATED_VERSION: 'WhatsApp refuses this version of the client: install a newer whatsapp-web.js',
  PROXYBLOCK: 'WhatsApp refuses connections from this network',
};

const LINK_NOTE =
  'scan the code with the phone of the shop (WhatsApp, Linked devices): on the desk, Settings, or on the terminal';
const OPENING: SessionState = { name: 'starting', note: 'the session is being opened' };

/** Keeps one child with a linked session running: starts it again after pauses that grow, hands in what it reports, and passes orders on. */
export class Session implements ChannelSession {
  private current: SessionState = { name: 'starting', note: 'not started yet' };
  private child: ChildProcess | undefined;
  private browser: number | undefined;
  private hands: SessionHands | undefined;
  private stopped = false;
  private starts = 0;
  private readySince: number | undefined;
  private restart: NodeJS.Timeout | undefined;
  private silence: NodeJS.Timeout | undefined;
  private storing: Promise<unknown> = Promise.resolve();
  private number = 0;
  private readonly orders = new Map<number, (outcome: SendOutcome) => void>();

  constructor(private readonly settings: SessionSettings) {}

  /** Starts the child and keeps one running until `stop`. */
  start(hands: SessionHands): void {
    this.hands = hands;
    mkdirSync(this.settings.child.folder, { recursive: true, mode: 0o700 });
    this.spawn();
  }

  state(): SessionState {
    return this.current;
  }

  /** True while an order is on its way. */
  get isBusy(): boolean {
    return this.orders.size > 0;
  }

  /** Passes one order on; resolves with what became of it. The child answers within its own limit, or ends. */
  send(order: Omit<SendOrder, 'number'>): Promise<SendOutcome> {
    const { child } = this;
    if (!child?.connected || this.current.name !== 'ready')
      return Promise.resolve({ fault: 'not_connected' });
    this.number += 1;
    const { number } = this;
    return new Promise((resolve) => {
      this.orders.set(number, resolve);
      this.tell(child, { type: 'send', number, ...order });
    });
  }

  /** Shows that an answer is being written; best effort. */
  typing(to: string): void {
    if (this.child && this.current.name === 'ready') this.tell(this.child, { type: 'typing', to });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.restart);
    const { child } = this;
    if (child) {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      this.tell(child, { type: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), limit.STOP_MS);
      await ended;
      clearTimeout(timer);
    }
    await this.storing;
  }

  private spawn(): void {
    const { childFile, child: options } = this.settings;
    this.starts += 1;
    this.enter(OPENING);
    // No environment of ours: it holds secrets, and the browser needs no more than a home for its own files.
    const child = fork(childFile, [], {
      env: { HOME: options.folder },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child = child;
    child.on('message', (message) => this.hear(child, message as FromChild));
    child.on('error', () => undefined);
    child.once('exit', () => this.ended(child));
    this.tell(child, { type: 'start', options });
    this.listen(child);
  }

  /** A frozen child says nothing at all. */
  private listen(child: ChildProcess): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => child.kill('SIGKILL'), this.settings.silenceMs);
    this.silence.unref();
  }

  private tell(child: ChildProcess, message: ToChild): void {
    // A child that is just ending cannot be told; its end settles everything.
    if (child.connected) child.send(message, () => undefined);
  }

  private hear(child: ChildProcess, message: FromChild): void {
    this.listen(child);
    switch (message.type) {
      case 'alive':
        return;
      case 'browser':
        this.browser = message.pid;
        return;
      case 'qr':
        return this.enter({ name: 'linking', note: LINK_NOTE, qr: message.qr });
      case 'opening':
        return this.enter(OPENING);
      case 'ready':
        this.readySince = monotonicMs();
        return this.enter({ name: 'ready' });
      case 'events':
        this.storing = this.storing.then(() => this.store(child, message.number, message.events));
        return;
      case 'sent':
        return this.settle(message.number, { messageId: message.messageId });
      case 'refused':
        return this.settle(message.number, { fault: message.why });
      case 'lost':
        return this.enter({
          name: BLOCKED[message.reason] ? 'blocked' : 'down',
          note: BLOCKED[message.reason] ?? `the session was lost (${message.reason})`,
        });
    }
  }

  private settle(number: number, outcome: SendOutcome): void {
    this.orders.get(number)?.(outcome);
    this.orders.delete(number);
  }

  /** In order, and again until the store takes it; only then does the child count it as taken. */
  private async store(child: ChildProcess, number: number, events: WebEvent[]): Promise<void> {
    const { clock, log } = this.settings;
    const activities = parse(events, clock.now());
    for (;;) {
      try {
        // One after the other: their order is the order of the talk.
        for (const activity of activities) await this.hands?.accept([activity]);
        this.tell(child, { type: 'stored', number });
        return;
      } catch (error) {
        log.error({ channel: CHANNEL, count: activities.length, err: error }, 'events could not be stored');
        // Not stored when the product stops: the next start finds them, since the session remembers what was taken.
        if (this.stopped) return;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }

  private ended(child: ChildProcess): void {
    clearTimeout(this.silence);
    if (this.child === child) this.child = undefined;
    for (const number of [...this.orders.keys()]) this.settle(number, { fault: 'unknown' });
    this.closeBrowser();
    if (this.stopped) return;
    if (this.current.name === 'blocked') return;
    if (this.readySince !== undefined && monotonicMs() - this.readySince > limit.STEADY_MS) this.starts = 1;
    this.readySince = undefined;
    const { restartMs } = this.settings;
    const wait = restartMs[Math.min(this.starts, restartMs.length) - 1] ?? 1_000;
    if (this.current.name !== 'down') this.enter({ name: 'down', note: 'the session ended without a word' });
    this.settings.log.warn(
      { channel: CHANNEL, attempt: this.starts, dueInMs: wait },
      'the session is opened again',
    );
    this.restart = setTimeout(() => this.spawn(), wait);
    this.restart.unref();
  }

  /** A child that was killed cannot close its browser, and the next one could not use the same session. */
  private closeBrowser(): void {
    const pid = this.browser;
    this.browser = undefined;
    if (pid === undefined) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Closed by the child, as it should be.
    }
  }

  private enter(state: SessionState): void {
    const isNew = state.name !== this.current.name || state.note !== this.current.note;
    this.current = state;
    if (isNew) {
      const { log } = this.settings;
      const fields = { channel: CHANNEL, state: state.name, ...(state.note ? { reason: state.note } : {}) };
      if (state.name === 'blocked') log.error(fields, 'the session has ended for good');
      else log.info(fields, 'the session moved');
    }
    if (isNew || state.qr) this.hands?.onState(state);
  }
}
