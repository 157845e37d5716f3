import type { Clock } from '../core/clock';
import type { Content, TemplateContent } from '../core/content';
import type { Conversation, HandoffBrief } from '../core/conversation';
import type { Locale } from '../core/locale';
import type { Log } from '../core/log';
import type { FailedQuestion, ParcelNews } from '../core/notices';
import type { Order } from '../core/order';
import type { OrderStore } from '../core/order-store';
import type { ShopRules } from '../core/policy';
import type { ConversationActions, Conversations } from '../core/stream';
import { dayOf } from '../core/zone';
import { noticeText } from '../replies/notices';
import { failedDeliveries } from '../support/failed-delivery';
import { followed, newsSince, quietUntil, watchedOrder } from '../support/notices';
import { failedBrief } from './failed-brief';
import { failedId, placeOf } from './failed-id';
import { createLoop, type Loop } from './loop';

/** How often the store is asked for changes that nobody announced, milliseconds. */
const POLL_MS = 1_000;
/** Next look while a turn is running whose words come first, milliseconds. */
const SOON_MS = 60;
/** A turn that read the order before it changed has said so by then, milliseconds; until then nobody asking yet is no answer. */
const SETTLE_MS = 2_000;
/** Changed orders looked at together; most have nobody who asked. */
const LIMIT = 500;
/** An order whose notice failed rests this long, milliseconds, so that it never crowds out others. */
const REST_MS = 5_000;

/** What the worker needs. */
export interface NoticeOptions {
  orders: Pick<OrderStore, 'news' | 'settleNews' | 'findByNumber'>;
  conversations: Pick<Conversations, 'watching'>;
  notify: ConversationActions['notify'];
  rules: ShopRules;
  /** What is asked after a failed attempt. */
  question: FailedQuestion;
  /** Approved template for notices outside the reply window, two parameters: order number, sentence. Unset: noted for the desk instead. */
  template?: string;
  /** Channels on which nothing rings, so that quiet hours do not matter. */
  silentChannels: ReadonlySet<string>;
  clock: Clock;
  log: Log;
}

/** Templates exist per language; Hinglish readers get the English one with their own sentence in it. */
export function templateFor(
  name: string | undefined,
  locale: Locale,
  values: string[],
): TemplateContent | undefined {
  return name ? { name, language: locale === 'hi' ? 'hi' : 'en', values } : undefined;
}

/** Equal for one state of an order in one conversation; ids leave for providers and logs, so the customer is not in it. */
function noticeId(order: Order, key: string): string {
  return `news:${order.orderNumber}:${order.version}:${placeOf(key)}`;
}

function isAbout(conversation: Conversation, orderNumber: string): boolean {
  return conversation.watching?.some((each) => each.orderNumber === orderNumber) ?? false;
}

/**
 * What a notice asks: something about a failed attempt among the news, in the message's own id. After the last attempt a person is brought by the
 * same message, under the id that whoever watches the time would use, so that it happens once.
 */
function question(
  options: NoticeOptions,
  conversation: Conversation,
  order: Order,
  news: ParcelNews[],
  now: Date,
): { id: string; asked?: Content; about?: ParcelNews; handoff?: HandoffBrief } {
  const { key, locale } = conversation;
  const { rules } = options;
  const plain = noticeId(order, key);
  for (const about of news.filter(({ kind }) => kind === 'attempt_failed')) {
    const failure = failedDeliveries(order, rules).find(({ shipment }) => shipment.id === about.shipment);
    const id = failure?.last ? failedId('person', order, failure, key) : plain;
    const { shipment: shipmentId, day: wished } = about;
    const asked = options.question({ order, shipmentId, locale, id, now, wished });
    if (!asked || !failure) continue;
    const handoff = failure.last ? failedBrief(order, failure, conversation, rules, now) : undefined;
    return { id, asked, about, ...(handoff ? { handoff } : {}) };
  }
  return { id: plain };
}

/**
 * Tells one conversation what has changed of an order since its customer was last told, in one message. What they know is written together
 * with the message, so nothing is told twice. Answers when to look again, when it cannot be told now.
 */
async function tell(
  options: NoticeOptions,
  conversation: Conversation,
  order: Order,
): Promise<Date | undefined> {
  const { rules, clock, notify } = options;
  const now = clock.now();
  const { timeZone } = rules;
  const newsFor = (current: Conversation) => {
    const watched = watchedOrder(current, order.orderNumber, now);
    return watched ? newsSince(order, watched.told, now, timeZone) : [];
  };
  const news = newsFor(conversation);
  if (news.length === 0) return undefined;
  if (conversation.lease && conversation.lease.until > now) return new Date(now.getTime() + SOON_MS);
  const quiet = options.silentChannels.has(conversation.reference.channel)
    ? undefined
    : quietUntil(rules, now);
  if (quiet) return quiet;
  const { locale, key } = conversation;
  const { id, asked, about, handoff } = question(options, conversation, order, news, now);
  const today = dayOf(now, timeZone);
  const text = news
    .map((each) =>
      noticeText(order.orderNumber, each, today, locale, each === about ? asked?.text : undefined),
    )
    .join(' ');
  await notify(
    key,
    id,
    { ...asked, text },
    {
      ...(handoff ? { handoff } : {}),
      template: templateFor(options.template, locale, [order.orderNumber, text]),
      noteWhileWaiting: true,
      follow: (current) =>
        JSON.stringify(newsFor(current)) === JSON.stringify(news)
          ? followed(current.watching, [order], now, timeZone)
          : undefined,
    },
  );
  return undefined;
}

/** Everybody who asked about one changed order; answers when to look again, if somebody could not be told now. */
async function tellAll(
  options: NoticeOptions,
  orderNumber: string,
  conversations: Conversation[],
): Promise<Date | undefined> {
  const order = await options.orders.findByNumber(orderNumber);
  if (!order) return undefined;
  let again: Date | undefined;
  for (const conversation of conversations) {
    try {
      const later = await tell(options, conversation, order);
      if (later && (!again || later < again)) again = later;
    } catch (error) {
      options.log.warn(
        { err: error, orderNumber, conversation: conversation.key },
        'a customer could not be told of a change',
      );
      const rest = new Date(options.clock.now().getTime() + REST_MS);
      if (!again || rest < again) again = rest;
    }
  }
  return again;
}

/**
 * The worker behind notices: looks at orders whose parcels changed, finds the conversations that asked about them, tells what changed of what
 * they were told. A change of which nobody asked costs one look and one write, many at a time.
 */
export function createNoticeWorker(options: NoticeOptions): Loop {
  const { orders, conversations, clock, log } = options;
  return createLoop(async () => {
    try {
      const changed = await orders.news(clock.now(), LIMIT);
      if (changed.length === 0) return POLL_MS;
      const asked = await conversations.watching(changed.map(({ orderNumber }) => orderNumber));
      const settled: Parameters<OrderStore['settleNews']>[0] = [];
      let soon = changed.length === LIMIT;
      for (const { orderNumber, newsAt } of changed) {
        if (
          clock.now().getTime() - newsAt.getTime() < SETTLE_MS &&
          !asked.some((each) => isAbout(each, orderNumber))
        )
          continue;
        const theirs = asked.filter((each) => watchedOrder(each, orderNumber, clock.now()));
        const again = theirs.length > 0 ? await tellAll(options, orderNumber, theirs) : undefined;
        settled.push({ orderNumber, newsAt, ...(again ? { again } : {}) });
        if (again && again.getTime() - clock.now().getTime() <= SOON_MS) soon = true;
      }
      await orders.settleNews(settled);
      return soon ? SOON_MS : POLL_MS;
    } catch (error) {
      log.error({ err: error }, 'changed orders could not be looked at');
      return POLL_MS;
    }
  });
}
