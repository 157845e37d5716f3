import type { TurnContext } from 'botbuilder';
import type { ChoiceOption, Content } from '../../src/core/content';
import { identityKey, type HandoffBrief } from '../../src/core/conversation';
import type { IntentName } from '../../src/core/intents';
import type { Locale } from '../../src/core/locale';
import type { Order } from '../../src/core/order';
import type { ProofGrant } from '../../src/core/proof';
import type { Turn } from '../../src/core/turn';
import { dayOf, type Day } from '../../src/core/zone';
import { repliesFor, type Replies } from '../../src/replies/replies';
import { beforeTurn } from '../../src/support/actions';
import { liveGrants } from '../../src/support/proof';
import { fitTitle, optionId } from './choices';
import type { BotDeps } from './deps';
import { looseWords, type Heard } from './heard';
import { matchedPhones } from './identity';
import type { Form, Reading } from './script';

/** What the bot remembers of a conversation between turns, besides the dialog in progress. JSON only. */
export interface Memory {
  /** Order last spoken of, so that "change its date" needs no number. */
  order?: { number: string; at: string };
  /** Requests made in this conversation. */
  done: string[];
  /** What a rule refused in the last turn: who disputes that gets a person. */
  refused?: { intent: IntentName; orderNumber: string };
  /** Tasks asked for in the same message, still to be done. */
  queue: { intent: IntentName; form: Form }[];
  /** When pictures nobody had asked for were last answered: those of one album come in several turns. */
  pictured?: string;
  /** What each of two readings already knew when we asked which was meant. */
  seeds?: Partial<Record<IntentName, Form>>;
}

/** A conversation that has just begun. */
export function emptyMemory(): Memory {
  return { done: [], queue: [] };
}

const KEY = Symbol('doorstep.call');
/** "It" means the order last spoken of for this long. */
const ORDER_REMEMBERED_MS = 60 * 60_000;
const ORDER_AT_HAND_MS = 10 * 60_000;

/** Hands a call to the dialogs through the framework's turn. */
export function attach(context: TurnContext, call: Call): void {
  context.turnState.set(KEY, call);
}

/** The call a dialog step belongs to. */
export function callOf(context: TurnContext): Call {
  return context.turnState.get(KEY) as Call;
}

/**
 * One turn as the dialogs see it: what was heard, what may be looked up, and what they say, prove and hand over.
 * Nothing here is sent; the turn's result carries it all.
 */
export class Call {
  readonly said: Content[] = [];
  /** Orders this turn spoke of, to a customer who may know of them. */
  readonly spoken = new Set<string>();
  /** Tasks this turn began: what the customer asked about. */
  readonly topics = new Set<IntentName>();
  readonly proofs: ProofGrant[];
  handoff?: HandoffBrief;
  backToBot = false;
  stopped?: boolean;
  wayBackOffered = false;
  /** The line was not understood. Two in a row bring a person. */
  missed = false;
  /** Why nothing is said on purpose; what was offered before stays open. */
  silent?: string;
  /** An action changed an order in this turn: open tasks look at it afresh. */
  changed = false;
  /** A task ended with a choice of its own: nothing else is asked beside it. */
  choosing = false;
  /** Further requests of this line are already kept. */
  queued = false;
  /** What the last turn's two readings already knew; good for one answer. */
  readonly seeds: Partial<Record<IntentName, Form>>;
  /** Refused in the last turn. */
  readonly justRefused: Memory['refused'];
  readonly t: Replies;
  readonly today: Day;
  /** What open questions made of the line, by prompt. */
  readonly readings = new Map<string, Promise<Reading<Form>>>();
  private readonly orders = new Map<string, Order | undefined>();
  private ownOrders?: Order[] | undefined;
  private changedOrders: Order[] = [];

  constructor(
    readonly turn: Turn,
    readonly deps: BotDeps,
    readonly heard: Heard,
    readonly locale: Locale,
    readonly memory: Memory,
  ) {
    this.seeds = memory.seeds ?? {};
    delete memory.seeds;
    this.justRefused = memory.refused;
    delete memory.refused;
    this.t = repliesFor(locale);
    this.today = dayOf(turn.now, deps.rules.timeZone);
    this.proofs = liveGrants(turn.conversation, turn.now);
  }

  get now(): Date {
    return this.turn.now;
  }

  get shop(): string {
    return this.deps.rules.policy.shopName;
  }

  /** Identity that speaks, for proofs and limits. */
  get identity(): string {
    const first = this.turn.conversation.identities[0];
    return first ? identityKey(first) : this.turn.conversation.key;
  }

  say(content: Content | string): void {
    this.said.push(typeof content === 'string' ? { text: content } : content);
  }

  /** The last words of a task that leave the customer a choice; what else was open waits until that is made. */
  leaveOpen(content: Content): void {
    this.say(content);
    this.choosing = true;
  }

  /** An option that answers the open question. */
  option(value: string, title: string, description?: string): ChoiceOption {
    return this.offer(`=${value}`, title, description);
  }

  /** An option that begins a task, for an order when one is given. */
  go(intent: IntentName, orderNumber?: string, title?: string): ChoiceOption {
    return this.offer(
      `>${intent}${orderNumber ? `:${orderNumber}` : ''}`,
      title ?? this.t.talk.title(intent),
    );
  }

  /** An option the router itself understands: `person`, `bot`, `stay`. */
  offer(value: string, title: string, description?: string): ChoiceOption {
    return {
      id: optionId(this.turn.id, value),
      title: fitTitle(title),
      ...(description ? { description: description.slice(0, 72) } : {}),
    };
  }

  /** A fresh answer by option, without its mark. */
  get answer(): string | undefined {
    const { choice } = this.heard;
    return choice?.fresh && choice.value.startsWith('=') ? choice.value.slice(1) : undefined;
  }

  /** Words of the line that no slot accounts for. */
  get loose(): string[] {
    return looseWords(this.heard);
  }

  /** An order by its number, read once a turn. Says nothing about whether the customer may see it. */
  async order(orderNumber: string): Promise<Order | undefined> {
    if (!orderNumber) return undefined;
    if (!this.orders.has(orderNumber))
      this.keep(orderNumber, await this.deps.orders.findByNumber(orderNumber));
    return this.orders.get(orderNumber);
  }

  /** An order already read in this turn. */
  seen(orderNumber: string): Order | undefined {
    return this.orders.get(orderNumber);
  }

  /** Forgets what was read, but for orders this turn has changed. */
  reread(): void {
    this.orders.clear();
    for (const order of this.changedOrders) this.orders.set(order.orderNumber, order);
    this.ownOrders = undefined;
  }

  /** An action changed this order. */
  acted(order: Order): void {
    this.changed = true;
    this.changedOrders = [...this.changedOrders.filter((o) => o.orderNumber !== order.orderNumber), order];
    this.reread();
  }

  /** A turn that runs again after a crash decides on the order as it first found it. */
  private keep(orderNumber: string, order: Order | undefined): void {
    if (!this.orders.has(orderNumber)) this.orders.set(orderNumber, order && beforeTurn(order, this.turn.id));
  }

  /** Orders of the phone or e-mail this customer is matched to, and those proved one by one; newest first. */
  async own(): Promise<Order[]> {
    if (this.ownOrders) return this.ownOrders;
    const { phones, emails, numbers } = matchedPhones(this);
    const lists = await Promise.all([
      ...phones.map((phone) => this.deps.orders.findByPhone(phone)),
      ...emails.map((email) => this.deps.orders.findByEmail(email)),
    ]);
    await Promise.all(numbers.map((number) => this.order(number)));
    for (const order of lists.flat()) this.keep(order.orderNumber, order);
    const mine = new Set([...lists.flat().map((order) => order.orderNumber), ...numbers]);
    const orders = [...mine].flatMap((number) => this.orders.get(number) ?? []);
    this.ownOrders = orders.sort((a, b) => b.placedAt.getTime() - a.placedAt.getTime());
    return this.ownOrders;
  }

  /** Remembers the order that is being spoken of. */
  speakingOf(orderNumber: string): void {
    this.memory.order = { number: orderNumber, at: this.now.toISOString() };
    this.spoken.add(orderNumber);
  }

  /** The order last spoken of, while that is recent. */
  get lastOrder(): string | undefined {
    return this.spokenWithin(ORDER_REMEMBERED_MS);
  }

  /** The order spoken of a moment ago: a request without a number means this one, even if it cannot be done there. */
  get orderAtHand(): string | undefined {
    return this.spokenWithin(ORDER_AT_HAND_MS);
  }

  private spokenWithin(ms: number): string | undefined {
    const { order } = this.memory;
    return order && this.now.getTime() - Date.parse(order.at) <= ms ? order.number : undefined;
  }
}
