import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { startProduct, type Product, type StartOptions } from '../../src/app';
import { freePort } from '../../src/bench/product-process';
import { loadConfig } from '../../src/config';
import { systemClock, type Clock } from '../../src/core/clock';
import { instagramSays } from '../../src/demo/graph-stand-in/instagram-customer';
import { startGraphStandIn, type GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import { whatsappSays } from '../../src/demo/graph-stand-in/whatsapp-customer';
import type { SendRecord } from '../../src/demo/graph-stand-in/wire';
import { WebCustomer } from './web-customer';
import { eventually, NUMBER, quiet } from './stream';

export const API_KEY = 'test-api-key';
export const IDENTITY_SECRET = 'an-identity-secret-of-32-characters!';
const ACCOUNT = { accountId: '17841400000000001', appSecret: 'ig-secret', accessToken: 'ig-token' };

/** What a customer got to read. */
export interface Heard {
  text: string;
  options: { id: string; title: string }[];
}

/** Somebody who writes on a channel and reads what comes back. */
export interface Customer {
  channel: 'whatsapp' | 'instagram' | 'web';
  user: string;
  /** Sends a line and answers everything that came back, joined. */
  says(text: string): Promise<Heard>;
  /** Taps the newest option with this title, or whose title starts with it. */
  taps(title: string): Promise<Heard>;
  /** Sends a line and makes sure that nothing comes back. */
  saysInVain(text: string): Promise<void>;
  /** Everything read so far. */
  read(): Heard[];
  /** The next message that comes without asking. */
  next(): Promise<Heard>;
}

/** The whole product on loopback, with a Graph API, configured as a shop would. */
export interface Shop {
  product: Product;
  provider: GraphStandIn;
  connection: Connection;
  api<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T }>;
  put(order: { orderNumber: string }): Promise<void>;
  whatsapp(phone: string): Customer;
  instagram(user: string): Customer;
  web(identity?: string): Promise<WebCustomer>;
  conversation(channel: string, user: string): Promise<{ id: string; owner: string }>;
  close(): Promise<void>;
}

function merged(sends: Heard[]): Heard {
  return { text: sends.map((send) => send.text).join('\n'), options: sends.flatMap((send) => send.options) };
}

class MetaCustomer implements Customer {
  private seen: number;
  constructor(
    private readonly shop: Pick<Shop, 'provider' | 'api' | 'conversation'> & {
      /** Waits until the turn that runs is over and all it said has left. */
      settled(channel: string, user: string): Promise<void>;
    },
    readonly channel: 'whatsapp' | 'instagram',
    readonly user: string,
  ) {
    this.seen = this.sends().length;
  }

  private sends(): SendRecord[] {
    return this.shop.provider.taken.filter((send) => send.channel === this.channel && send.to === this.user);
  }

  read(): Heard[] {
    return this.sends().map(({ text, options }) => ({ text, options }));
  }

  private async post(text: string): Promise<void> {
    const { provider } = this.shop;
    const { status } =
      this.channel === 'whatsapp'
        ? await provider.fromWhatsApp({ phone: this.user, name: 'Customer' }, whatsappSays.text(text))
        : await provider.fromInstagram(this.user, instagramSays.text(text));
    if (status !== 200) throw new Error(`the webhook was answered ${status}`);
  }

  async next(): Promise<Heard> {
    await eventually('an answer', () => this.sends().length > this.seen);
    await this.shop.settled(this.channel, this.user);
    const fresh = this.read().slice(this.seen);
    this.seen += fresh.length;
    return merged(fresh);
  }

  async says(text: string): Promise<Heard> {
    await this.post(text);
    return this.next();
  }

  async taps(title: string): Promise<Heard> {
    const option = this.sends()
      .flatMap((send) => send.options)
      .findLast((each) => each.title === title || each.title.startsWith(title));
    if (!option)
      throw new Error(
        `no option "${title}" was shown; the last were ${this.sends()
          .at(-1)
          ?.options.map((each) => each.title)
          .join(', ')}`,
      );
    await this.shop.provider.tap(this.channel, this.user, option.title);
    return this.next();
  }

  async saysInVain(text: string): Promise<void> {
    const before = this.sends().length;
    await this.post(text);
    await eventually('the line is in the transcript', async () => {
      const { id } = await this.shop.conversation(this.channel, this.user);
      const { body } = await this.shop.api<{ items: { text: string }[] }>(
        'GET',
        `/api/v1/conversations/${encodeURIComponent(id)}/messages`,
      );
      return body.items.some((line) => line.text === text);
    });
    await this.shop.settled(this.channel, this.user);
    if (this.sends().length !== before) throw new Error(`there was an answer: ${this.sends().at(-1)?.text}`);
  }
}

/** Starts the product in this process with WhatsApp, Instagram, web chat and the API configured. */
export async function startShop(
  options: {
    clock?: Clock;
    env?: Record<string, string>;
    monitorCommands?: boolean;
    onStore?(connection: Connection): void;
    onDoors?: StartOptions['onDoors'];
  } = {},
): Promise<Shop> {
  const clock = options.clock ?? systemClock;
  const provider = await startGraphStandIn({
    clock,
    whatsapp: NUMBER,
    instagram: ACCOUNT,
    templates: [
      { name: 'delivery_code', language: 'en', parameters: 1, codeButton: true },
      { name: 'delivery_code', language: 'hi', parameters: 1, codeButton: true },
      { name: 'follow_up', language: 'en', parameters: 2, body: 'Hello {{1}}, news about {{2}}.' },
      { name: 'parcel_news', language: 'en', parameters: 2 },
    ],
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'doorstep-shop-'));
  const port = await freePort();
  const named: Record<string, string> = process.env.TEST_MONGODB_URI
    ? { MONGODB_URI: process.env.TEST_MONGODB_URI, SECRET_KEY: 'a-secret-key-of-32-characters-or-more' }
    : {};
  const config = loadConfig({
    PORT: String(port),
    DATA_DIR: dataDir,
    API_KEY,
    LOG_LEVEL: 'silent',
    NLU_EMBEDDINGS: 'off',
    GRAPH_API_URL: provider.url,
    WHATSAPP_SENDS_PER_SECOND: '0',
    WHATSAPP_PHONE_NUMBER_ID: NUMBER.phoneNumberId,
    WHATSAPP_BUSINESS_ACCOUNT_ID: NUMBER.businessAccountId,
    WHATSAPP_ACCESS_TOKEN: NUMBER.accessToken,
    WHATSAPP_APP_SECRET: NUMBER.appSecret,
    WHATSAPP_VERIFY_TOKEN: 'verify',
    WHATSAPP_CODE_TEMPLATE: 'delivery_code',
    INSTAGRAM_ACCOUNT_ID: ACCOUNT.accountId,
    INSTAGRAM_ACCESS_TOKEN: ACCOUNT.accessToken,
    INSTAGRAM_APP_SECRET: ACCOUNT.appSecret,
    INSTAGRAM_VERIFY_TOKEN: 'verify',
    WEBCHAT_IDENTITY_SECRET: IDENTITY_SECRET,
    CARRIER_API_TOKEN: 'carrier-token',
    ...named,
    ...options.env,
  });
  let connection: Connection | undefined;
  const product = await startProduct(config, {
    clock,
    log: quiet,
    inProcessStore: true,
    monitorCommands: options.monitorCommands,
    onDoors: options.onDoors,
    dbName: process.env.TEST_MONGODB_URI ? `doorstep_test_${randomUUID().slice(0, 8)}` : undefined,
    onStore: (opened) => {
      connection = opened;
      options.onStore?.(opened);
    },
  });
  provider.webhookBase = product.url;
  const api: Shop['api'] = async (method, path, body) => {
    const answer = await fetch(`${product.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : {}) as never };
  };
  const conversation: Shop['conversation'] = async (channel, user) => {
    const { body } = await api<{ items: { id: string; owner: string }[] }>(
      'GET',
      `/api/v1/conversations?channel=${channel}&user=${encodeURIComponent(user)}`,
    );
    const found = body.items[0];
    if (!found) throw new Error(`no conversation of ${channel} yet`);
    return found;
  };
  const settled = async (channel: string, user: string) => {
    const { id } = await conversation(channel, user);
    await eventually('the turn is over and all of it has left', async () => {
      const found = await connection
        ?.collection<{ _id: string; outbox: unknown[]; lease?: unknown }>('conversations')
        .findOne({ _id: id }, { projection: { outbox: 1, lease: 1 } });
      return found?.outbox.length === 0 && !found.lease;
    });
  };
  /** The number of the newest line that a visitor may read. */
  const newest = async (id: string) => {
    await settled('web', id);
    const path = `/api/v1/conversations/${encodeURIComponent((await conversation('web', id)).id)}/messages?limit=200`;
    const { body } = await api<{ items: { seq: number; visibility: string; from: string }[] }>('GET', path);
    return Math.max(
      0,
      ...body.items
        .filter((line) => line.visibility === 'public' && line.from !== 'system')
        .map((line) => line.seq),
    );
  };
  const parts = { provider, api, conversation, settled };
  const webCustomers: WebCustomer[] = [];
  return {
    product,
    provider,
    connection: connection as unknown as Connection,
    api,
    put: async (order) => {
      const { status, body } = await api(
        'PUT',
        `/api/v1/orders/${encodeURIComponent(order.orderNumber)}`,
        order,
      );
      if (status >= 300) throw new Error(`the order was answered ${status}: ${JSON.stringify(body)}`);
    },
    whatsapp: (phone) => new MetaCustomer(parts, 'whatsapp', phone),
    instagram: (user) => new MetaCustomer(parts, 'instagram', user),
    web: async (identity) => {
      const customer = await WebCustomer.open(product.url, identity, newest);
      webCustomers.push(customer);
      return customer;
    },
    conversation,
    close: async () => {
      for (const customer of webCustomers) customer.close();
      await product.stop();
      await provider.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
