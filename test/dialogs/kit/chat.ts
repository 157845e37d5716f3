import { failedQuestion } from '../../../src/bot/failed-delivery';
import { createRunTurn } from '../../../src/bot/run-turn';
import type { MessageBody } from '../../../src/core/activity';
import type { ChannelCapabilities } from '../../../src/core/channel';
import type { GuessLimits, OneTimeCodes } from '../../../src/core/codes';
import type { Content } from '../../../src/core/content';
import type { Conversation } from '../../../src/core/conversation';
import type { Locale } from '../../../src/core/locale';
import type { Order, ShipmentEvent } from '../../../src/core/order';
import type { Policy, ShopRules } from '../../../src/core/policy';
import type { RunTurn, TurnResult } from '../../../src/core/turn';
import { defaultPolicy } from '../../../src/support/policy';
import { createSeal } from '../../../src/support/seal';
import { advanceShipment, mergeShopOrder } from '../../../src/support/scans';
import { createUnderstand, type ClosableUnderstand } from '../../../src/nlu/understand';
import { MongoOrderStore } from '../../../src/store/orders';
import { toDocument } from '../../../src/store/order-document';
import { openTestStore } from '../../kit/store';
import { ASHA, NOW } from './orders';

const capabilities: ChannelCapabilities = {
  text: { max: 4096, unit: 'characters' },
  options: 'controls',
  maxOptions: 10,
  templates: true,
  provesPhone: true,
  delivery: 'push',
  cards: false,
};

/** What a transcript starts from. */
export interface Setting {
  orders: Order[];
  channel?: 'whatsapp' | 'web';
  phone?: string;
  locale?: Locale;
  policy?: Partial<Policy>;
  peopleOnDuty?: boolean;
  ways?: ('whatsapp' | 'email')[];
}

interface Stage {
  store: Awaited<ReturnType<typeof openTestStore>>;
  orders: MongoOrderStore;
  understand: ClosableUnderstand;
}

let stage: Stage;

beforeAll(async () => {
  const store = await openTestStore();
  stage = {
    store,
    orders: new MongoOrderStore(store.connection, { advanceShipment, mergeShopOrder }),
    understand: await createUnderstand({
      timeZone: 'Asia/Kolkata',
      orderNumberPattern: defaultPolicy.orderNumberPattern,
      embeddings: 'off',
    }),
  };
});

afterAll(async () => {
  await stage.understand.close();
  await stage.store.close();
});

/** A shop with just these orders, and a customer who begins to write. */
export async function chatWith(setting: Setting): Promise<Chat> {
  const orders = stage.store.connection.collection<{ _id: string }>('orders');
  await orders.deleteMany({});
  if (setting.orders.length) await orders.insertMany(setting.orders.map(toDocument));
  return new Chat(setting);
}

/**
 * A customer's side of a conversation: every line goes through `runTurn`, and between turns everything is stored and read back as JSON, so
 * that each transcript is also a restart between turns.
 */
export class Chat {
  conversation: Conversation;
  now = NOW;
  last: TurnResult | undefined;
  readonly codes = new CodesByHand();
  readonly wrong = new Map<string, Set<string>>();
  private turns = 0;
  private bodies: MessageBody[] = [];
  private readonly run: RunTurn;
  private readonly rules: ShopRules;
  private asked = 0;
  private question: Content | undefined;

  constructor(private readonly setting: Setting) {
    this.codes.offered = setting.ways ?? ['email'];
    this.conversation = begun(setting);
    const guesses: GuessLimits = {
      countWrong: async (keys, turnId) =>
        keys.forEach((key) => this.wrong.set(key, (this.wrong.get(key) ?? new Set()).add(turnId))),
      allowed: async (keys) => keys.every((key) => (this.wrong.get(key)?.size ?? 0) < 5),
    };
    this.rules = {
      policy: { ...defaultPolicy, shopName: 'Tulsi Lane', ...setting.policy },
      timeZone: 'Asia/Kolkata',
      country: 'IN',
    };
    this.run = createRunTurn({
      orders: stage.orders,
      rules: this.rules,
      understand: stage.understand,
      codes: this.codes,
      guesses,
      seal: createSeal('a secret of thirty-two characters'),
    });
  }

  /** Sends texts as one turn; answers what the bot says. */
  async say(...texts: string[]): Promise<string> {
    return this.send(...texts.map((text): MessageBody => ({ kind: 'text', text })));
  }

  /** What the customer is asked, outside of any turn, after the last attempt to deliver an order has failed. */
  async askedAbout(orderNumber: string): Promise<Content> {
    const order = await this.order(orderNumber);
    const { locale } = this.conversation;
    const id = `notice-${(this.asked += 1)}`;
    const shipmentId = order.shipments[0]!.id;
    const content = failedQuestion(this.rules)({ order, shipmentId, locale, id, now: this.now });
    if (!content) throw new Error('nothing is asked about this order');
    this.question = content;
    if (content.options)
      this.conversation = { ...this.conversation, openChoices: { version: id, options: content.options } };
    return content;
  }

  /** The carrier says something of the order's first parcel. */
  async scanned(orderNumber: string, event: ShipmentEvent): Promise<void> {
    const order = await this.order(orderNumber);
    await stage.orders.recordScan(order.shipments[0]!.trackingNumber!, event, event.at);
  }

  /** Taps the option whose title has these words, or one of an earlier message when it is given. */
  async tap(words: string, among: Content | undefined = this.content): Promise<string> {
    const option = among?.options?.find((each) => each.title.includes(words));
    if (!option) throw new Error(`no option "${words}" among ${this.titles.join(' | ')}`);
    return this.send({ kind: 'choice', choiceId: option.id, title: option.title });
  }

  /** Runs the last turn once more under its id, as after a crash before its commit. */
  async again(): Promise<string> {
    this.turns -= 1;
    return this.send(...this.bodies);
  }

  async send(...bodies: MessageBody[]): Promise<string> {
    this.turns += 1;
    this.bodies = bodies;
    const messages = bodies.map((body, i) => {
      const seq = this.conversation.sequence + i + 1;
      return { id: `m${seq}`, seq, at: this.now, body };
    });
    const result = await this.run({
      id: `turn-${this.turns}`,
      conversation: this.conversation,
      messages,
      capabilities: { ...capabilities, provesPhone: this.setting.channel !== 'web' },
      now: this.now,
      peopleOnDuty: this.setting.peopleOnDuty ?? true,
    });
    this.last = result;
    this.question = undefined;
    this.conversation = revived(applied(this.conversation, result, messages.length, this.now));
    return this.text;
  }

  get content(): Content | undefined {
    return this.question ?? this.last?.say[0];
  }

  get text(): string {
    return this.last?.say.map((content) => content.text).join('\n---\n') ?? '';
  }

  get titles(): string[] {
    return this.content?.options?.map((option) => option.title) ?? [];
  }

  order(orderNumber: string): Promise<Order> {
    return stage.orders.findByNumber(orderNumber) as Promise<Order>;
  }
}

function begun({ channel = 'whatsapp', phone = ASHA, locale = 'en' }: Setting): Conversation {
  const web = channel === 'web';
  const user = web ? 'visitor-1' : phone.slice(1);
  return {
    key: `${channel}:account:${user}`,
    reference: { channel, account: 'account', user },
    customerId: 'c1',
    identities: [{ channel, account: 'account', kind: web ? 'web_visitor' : 'wa_phone', value: user }],
    owner: 'bot',
    epoch: 0,
    takenEpoch: 0,
    locale,
    localeKnown: false,
    dialogs: { version: 0, state: null },
    proofs: [],
    misses: 0,
    disclosed: false,
    stopped: false,
    outbox: [],
    sequence: 0,
    tail: [],
    lastBatch: [],
    failedTurns: 0,
    createdAt: NOW,
    updatedAt: NOW,
    version: 1,
  };
}

function applied(before: Conversation, result: TurnResult, heard: number, now: Date): Conversation {
  const { say, backToBot, handoff, wayBackOffered, stopped, ...rest } = result;
  const owner = handoff ? 'waiting' : backToBot ? 'bot' : before.owner;
  const kept = { ...before };
  delete kept.openChoices;
  return {
    ...kept,
    ...rest,
    owner,
    epoch: before.epoch + (owner === before.owner ? 0 : 1),
    stopped: stopped ?? before.stopped,
    sequence: before.sequence + heard + say.length,
    ...(handoff ? { handoff, waitingSince: now } : {}),
    ...(wayBackOffered ? { wayBackOffered } : {}),
  };
}

/** Through JSON and back, with times as times again, as the store does. */
function revived(conversation: Conversation): Conversation {
  const isTime = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
  const dialogs = JSON.parse(JSON.stringify(conversation.dialogs)) as Conversation['dialogs'];
  const rest = JSON.parse(JSON.stringify(conversation), (_key, value: unknown) =>
    typeof value === 'string' && isTime.test(value) ? new Date(value) : value,
  ) as Conversation;
  return { ...rest, dialogs };
}

/** One-time codes a test can read, as a customer reads them on the order's phone or in the mailbox. */
export class CodesByHand implements OneTimeCodes {
  offered: ('whatsapp' | 'email')[] = [];
  sent: { order: string; way: string; code: string }[] = [];
  private tries = 0;
  ways(order: Order) {
    return this.offered.filter((way) => way === 'whatsapp' || order.customer.email);
  }
  async send({ order, way }: Parameters<OneTimeCodes['send']>[0]) {
    if (this.sent.length >= 3) return 'limit' as const;
    this.sent.push({ order: order.orderNumber, way, code: `48210${this.sent.length}` });
    return 'sent' as const;
  }
  async check({ orderNumber, code }: Parameters<OneTimeCodes['check']>[0]) {
    const last = this.sent.findLast((each) => each.order === orderNumber);
    if (last?.code === code) return 'right' as const;
    this.tries += 1;
    return this.tries >= 3 ? ('used_up' as const) : ('wrong' as const);
  }
}
