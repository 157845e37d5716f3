import { randomUUID } from 'node:crypto';
import type { ChannelAdapter } from '../core/channel';
import type { Clock } from '../core/clock';
import type { Content } from '../core/content';
import type { Conversation, HandoffReason } from '../core/conversation';
import type { Locale } from '../core/locale';
import type { Log } from '../core/log';
import { noMeter, type Meter } from '../core/meter';
import type { ConversationActions, Conversations, Inbox, LiveFeeds } from '../core/stream';
import type {
  ConversationStore,
  CustomerStore,
  ErasureStore,
  InboxStore,
  MessageStore,
  OutboxStore,
} from '../core/stream-store';
import type { RunTurn } from '../core/turn';
import { createConversationActions } from './actions';
import { finishErasures } from './erase';
import { StoreFeeds } from './feeds';
import { Happenings } from './happenings';
import { Holds } from './holds';
import { Known } from './known';
import { createInbox } from './inbox';
import { Sender } from './outbox';
import { Remembered } from './remembered';
import { Signals } from './signals';
import type { SurveyQuestion } from './survey';
import { Sweep } from './sweep';
import { Transcript } from './transcript';
import { Turns } from './turns';
import { replyWindow } from './window';
import { TurnQueue } from './turn-queue';

/** Everything the stream is made of. */
export interface StreamParts {
  stores: {
    inbox: InboxStore;
    conversations: ConversationStore;
    outbox: OutboxStore;
    messages: MessageStore;
    customers: CustomerStore;
    erasure: ErasureStore;
  };
  channels: ChannelAdapter[];
  runTurn: RunTurn;
  apology(locale: Locale, person: boolean): Content;
  /** Asks how the help was when a person resolves a conversation; absent: nobody is asked. */
  survey?: SurveyQuestion | undefined;
  peopleOnDuty(now: Date): boolean;
  clock: Clock;
  log: Log;
  /** Where to count; nowhere unless given. */
  meter?: Meter;
  defaultLocale: Locale;
  /** No other process works on this store (the embedded one, started here). */
  sole?: boolean;
  /** Conversations handled at once in this process. */
  turnsAtOnce?: number;
  /** Called with the number of each step of the way of a message; crash tests stop the process there. */
  probe?(step: number): void | Promise<void>;
}

/** Events of this process are known to it; the sweep asks again only for those that took longer than this, milliseconds. */
const YOUNG_MS = 3_000;
/** More words than this narrow no search. */
const MOST_WORDS = 8;

/** The running stream. */
export interface Stream {
  inbox: Inbox;
  actions: ConversationActions;
  conversations: Conversations;
  feeds: LiveFeeds;
  /** Messages waiting for a turn or on their way in this process, for metrics. */
  load(): { turns: number; sends: number };
  start(): void;
  /** Finishes turns and sends on their way, at most `ms`; what is left is in the store. */
  stop(ms: number): Promise<void>;
}

/** Puts the steps of the way of a message together. */
export function createStream(parts: StreamParts): Stream {
  const { stores, clock, log } = parts;
  const holder = randomUUID();
  const channels = new Map(parts.channels.map((channel) => [channel.id, channel]));
  const signals = new Signals();
  const transcript = new Transcript(stores.messages, stores.conversations);
  const shared = {
    ...stores,
    channels,
    clock,
    log,
    meter: parts.meter ?? noMeter,
    signals,
    holder,
    transcript,
    defaultLocale: parts.defaultLocale,
    survey: parts.survey,
    ...(parts.probe ? { probe: parts.probe } : {}),
  };

  const known = new Known(parts.sole ?? false);
  const remembered = new Remembered();
  const person = (key: string, reason: HandoffReason) =>
    bringPerson(actions, stores.conversations, clock, key, reason);
  const sender = new Sender({
    ...shared,
    onSettled: (key, id) => (id ? remembered.settled(key, id) : remembered.forget(key)),
    onFailed: (key, _messageId, author) =>
      author === 'bot' ? person(key, 'delivery_failed_send') : Promise.resolve(),
  });
  const turns = new Turns({
    ...shared,
    happenings: new Happenings(stores.messages, stores.conversations),
    runTurn: parts.runTurn,
    apology: parts.apology,
    peopleOnDuty: parts.peopleOnDuty,
    known,
    remembered,
    holds: new Holds({ ...shared, remembered, sole: parts.sole ?? false }),
    onCommitted: (conversation, claimed) =>
      sender.kick(conversation.key, claimed ? conversation : undefined, claimed),
  });
  const queue = new TurnQueue((key) => turns.runOne(key), { atOnce: parts.turnsAtOnce ?? 64, clock, log });
  const actions = createConversationActions({
    ...shared,
    onOwner: (conversation) => {
      queue.kick(conversation.key);
      sender.kick(conversation.key);
    },
    onErased: (key) => {
      known.drop(key);
      remembered.forget(key);
      signals.emit('changed', key);
    },
    onQueued: (conversation, hurry) =>
      hurry ? sender.hurry(conversation.key) : sender.kick(conversation.key),
  });
  const inbox = createInbox({
    ...shared,
    onPending: (key, item) => {
      known.add(key, item);
      queue.kick(key);
    },
    onFailedSend: (key) => person(key, 'delivery_failed_send'),
    onState: (key, id, seq, state, error) => signals.emit('state', key, id, seq, state, error),
  });
  const feeds = new StoreFeeds(stores.conversations, stores.messages, signals, clock, log);
  const sweep = new Sweep({
    inbox: stores.inbox,
    outbox: stores.outbox,
    clock,
    log,
    onPending: (key) => {
      known.doubt(key);
      queue.kick(key);
    },
    onAllFound: () => known.prime(),
    youngest: () => (known.complete ? new Date(clock.now().getTime() - YOUNG_MS) : undefined),
    onDue: (key) => sender.kick(key),
  });
  return {
    inbox,
    actions,
    feeds,
    conversations: reading(parts, channels),
    load: () => ({ turns: queue.size, sends: sender.size }),
    start: () => {
      sweep.start();
      void finishErasures(actions, stores.erasure, log);
    },
    stop: async (ms) => {
      feeds.stop();
      await sweep.stop();
      await queue.stop(ms);
      await sender.stop(ms);
    },
  };
}

function reading(parts: StreamParts, channels: Map<string, ChannelAdapter>): Conversations {
  const { conversations, messages } = parts.stores;
  return {
    get: (key) => conversations.get(key),
    list: (filter) => conversations.list(filter),
    counts: () => conversations.counts(),
    watching: (orderNumbers) => conversations.watching(orderNumbers),
    mentioning: async (text, limit) => {
      const words = text.split(/\s+/u).filter(Boolean).slice(0, MOST_WORDS);
      const keys = words.length > 0 ? await messages.mentioning(words, limit) : [];
      const found = await Promise.all(keys.map((key) => conversations.get(key)));
      return found.filter((one) => one !== undefined);
    },
    messages: (key, options) => messages.list(key, options),
    window: (conversation) => {
      const channel = channels.get(conversation.reference.channel);
      return channel
        ? replyWindow(conversation, channel.capabilities, parts.clock.now())
        : { state: 'closed', templates: false };
    },
  };
}

/** A message of the bot will never arrive: a person looks, unless one already does. */
async function bringPerson(
  actions: ConversationActions,
  conversations: ConversationStore,
  clock: Clock,
  key: string,
  reason: HandoffReason,
): Promise<void> {
  const conversation: Conversation | undefined = await conversations.get(key);
  if (conversation?.owner !== 'bot') return;
  const handoff = {
    reason,
    priority: 'normal' as const,
    at: clock.now(),
    gathered: [],
    proofLevel: 0,
    done: [],
  };
  await actions.setOwner(key, 'waiting', { id: 'system', name: 'The assistant' }, { handoff });
}
