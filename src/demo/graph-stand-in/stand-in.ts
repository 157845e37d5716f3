import type { Clock } from '../../core/clock';
import { AppError } from '../../core/errors';
import { CallDoor } from './call-door';
import { instagramEcho, instagramEvents, instagramSays } from './instagram-customer';
import { list, object, text, type Json } from './json';
import { CustomerClocks } from './limits';
import { WebhookPoster } from './webhook-poster';
import {
  whatsappEcho,
  whatsappMessages,
  whatsappSays,
  whatsappStatus,
  type WhatsAppCustomer,
} from './whatsapp-customer';
import type {
  Behaviour,
  GraphStandInOptions,
  SendRecord,
  StandInAccount,
  StandInChannel,
  StandInNumber,
  WireEvent,
} from './wire';

const USUAL: Behaviour = {
  delayMs: 0,
  statuses: [],
  statusesFirst: false,
  echoes: true,
  windows: false,
  pairLimit: false,
};

/** A Graph API on loopback. Start it with `startGraphStandIn`. */
export class GraphStandIn {
  /** The product's address; webhooks go to `/webhooks/whatsapp` and `/webhooks/instagram` under it. */
  webhookBase: string | undefined;
  readonly behaviour: Behaviour;
  /** Every message call, oldest first, refused ones as well. */
  readonly ledger: SendRecord[] = [];
  /** Files that customers sent, by the id or the last part of the address in their message. Others count as expired. */
  readonly files = new Map<string, Buffer>();
  private readonly listeners = new Set<(event: WireEvent) => void>();
  private readonly clock: Clock;
  private readonly poster: WebhookPoster;
  private readonly door: CallDoor;
  private readonly clocks: CustomerClocks;
  private readonly waiting = new Set<() => void>();
  private readonly keep: number;

  constructor(private readonly options: GraphStandInOptions) {
    this.clock = options.clock;
    this.webhookBase = options.webhookBase;
    this.behaviour = { ...USUAL, ...options.behaviour };
    this.keep = options.keep ?? 10_000;
    this.clocks = new CustomerClocks(options.clock);
    const secrets = { whatsapp: options.whatsapp?.appSecret, instagram: options.instagram?.appSecret };
    const tell = (event: WireEvent) => this.listeners.forEach((listener) => listener(event));
    this.poster = new WebhookPoster(() => this.webhookBase, secrets, options.clock, tell);
    this.door = new CallDoor({
      ...options,
      behaviour: this.behaviour,
      clocks: this.clocks,
      files: this.files,
      tell,
      record: (send) => this.record(send),
      taken: (send) => this.reportTaken(send),
    });
  }

  /** Base address for `GRAPH_API_URL`. */
  get url(): string {
    return this.door.url;
  }

  /** Messages that were taken. */
  get taken(): SendRecord[] {
    return this.ledger.filter((send) => send.providerId !== undefined);
  }

  /** Calls back with everything that goes over the wire; answers the function that stops it. */
  subscribe(listener: (event: WireEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Opens the port. */
  start(): Promise<void> {
    return this.door.listen(this.options.port ?? 0);
  }

  /** Closes the port and every connection. */
  async close(): Promise<void> {
    this.poster.close();
    await this.door.close();
  }

  /** Resolves when the ledger satisfies `isEnough`, rejects after `timeoutMs`. */
  until(isEnough: (ledger: SendRecord[]) => boolean, timeoutMs = 30_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.waiting.delete(look);
      };
      const look = () => {
        if (!isEnough(this.ledger)) return;
        end();
        resolve();
      };
      const timer = setTimeout(() => {
        end();
        reject(new AppError('internal', `the ledger still has only ${this.ledger.length} records`));
      }, timeoutMs);
      this.waiting.add(look);
      look();
    });
  }

  /** Signs and posts any body; answers the product's HTTP status. */
  post(channel: StandInChannel, body: unknown): Promise<number> {
    return this.poster.post(channel, body);
  }

  /** A WhatsApp customer writes; compose with `whatsappSays`. Answers the ids of the messages and the product's HTTP status. */
  async fromWhatsApp(
    customer: WhatsAppCustomer,
    ...messages: Json[]
  ): Promise<{ ids: string[]; status: number }> {
    this.clocks.heard(customer.phone ?? customer.userId ?? '');
    const body = whatsappMessages(this.number, customer, messages, this.clock.now());
    const value = object(object(list(object(list(body.entry)[0]).changes)[0]).value);
    const ids = list(value.messages).map((message) => text(object(message).id));
    return { ids, status: await this.post('whatsapp', body) };
  }

  /** An Instagram customer does something; compose with `instagramSays`. */
  async fromInstagram(customer: string, ...events: Json[]): Promise<{ ids: string[]; status: number }> {
    this.clocks.heard(customer);
    const body = instagramEvents(this.account, customer, events, this.clock.now());
    const posted = list(object(list(body.entry)[0]).messaging).map(object);
    const ids = posted.map((event) => text(object(event.message ?? event.postback).mid));
    return { ids, status: await this.post('instagram', body) };
  }

  /** A customer taps an option of the newest message that shows it, by its words. Refuses when there is none. */
  tap(channel: StandInChannel, customer: string, title: string): Promise<{ ids: string[]; status: number }> {
    const shown = this.taken.filter((send) => send.channel === channel && send.to === customer);
    const send = shown.findLast((one) => one.options.some((option) => option.title === title));
    const option = send?.options.find((one) => one.title === title);
    if (!send || !option) throw new AppError('not_found', 'no message shows this option');
    if (channel === 'instagram') {
      return this.fromInstagram(customer, instagramSays.quickReply(option.id, option.title));
    }
    const isList = object(send.body.interactive).type === 'list';
    const said = isList ? whatsappSays.row(option.id, title) : whatsappSays.button(option.id, title);
    const who = /^\d+$/.test(customer) ? { phone: customer } : { userId: customer };
    return this.fromWhatsApp(who, {
      ...said,
      context: { from: this.number.displayPhone, id: send.providerId },
    });
  }

  /** A colleague answers outside the product: in the WhatsApp Business app or the Instagram app. */
  colleagueWrites(channel: StandInChannel, customer: string, said: string): Promise<number> {
    const now = this.clock.now();
    return channel === 'instagram'
      ? this.post(channel, instagramEcho(this.account, customer, { text: said }, now))
      : this.post(channel, whatsappEcho(this.number, { phone: customer }, whatsappSays.text(said), now));
  }

  /** Posts one WhatsApp status of a message that was taken. */
  postStatus(
    send: SendRecord,
    status: string,
    errors: { code: number; title: string }[] = [],
  ): Promise<number> {
    const { providerId, to, callbackId } = send;
    if (!providerId) throw new AppError('conflict', 'a refused message has no status');
    const message = { providerId, to, callbackId };
    return this.post('whatsapp', whatsappStatus(this.number, message, status, this.clock.now(), errors));
  }

  private get number(): StandInNumber {
    if (this.options.whatsapp) return this.options.whatsapp;
    throw new AppError('settings', 'the stand-in was started without a WhatsApp number');
  }

  private get account(): StandInAccount {
    if (this.options.instagram) return this.options.instagram;
    throw new AppError('settings', 'the stand-in was started without an Instagram account');
  }

  private record(send: SendRecord): void {
    this.ledger.push(send);
    if (this.ledger.length > this.keep) this.ledger.splice(0, this.ledger.length - this.keep);
    for (const look of [...this.waiting]) look();
  }

  /** Statuses in their order, or the echo. A product that does not listen loses them, as it would with Meta. */
  private async reportTaken(send: SendRecord): Promise<void> {
    if (!this.webhookBase) return;
    if (send.channel === 'instagram') {
      if (!this.behaviour.echoes) return;
      const message = { mid: send.providerId, text: send.text };
      await this.post('instagram', instagramEcho(this.account, send.to, message, this.clock.now())).catch(
        () => 0,
      );
      return;
    }
    for (const status of this.behaviour.statuses) await this.postStatus(send, status).catch(() => 0);
  }
}

/** Starts a Graph API on loopback that takes and refuses what Meta would, keeps a ledger, and plays customers and colleagues. */
export async function startGraphStandIn(options: GraphStandInOptions): Promise<GraphStandIn> {
  const standIn = new GraphStandIn(options);
  await standIn.start();
  return standIn;
}
