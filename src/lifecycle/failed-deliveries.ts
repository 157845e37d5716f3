import type { Conversation } from '../core/conversation';
import type { FailedQuestion } from '../core/notices';
import type { Order } from '../core/order';
import type { OrderStore } from '../core/order-store';
import type { NotifyOptions } from '../core/stream';
import { failedToPerson, failedReminder } from '../replies/notices';
import { failedDeliveries, type FailedDelivery } from '../support/failed-delivery';
import { lastWatching, quietUntil, watchedOrder } from '../support/notices';
import { failedBrief } from './failed-brief';
import { failedId } from './failed-id';
import { createLoop, type Loop } from './loop';
import { templateFor, type NoticeOptions } from './notices';

/** How often the store is asked for due work that nobody announced, milliseconds. */
const POLL_MS = 2_000;
/** Next look at one that a running turn, or a notice on its way, may settle, milliseconds. */
const SOON_MS = 500;
/** While one process looks after an order, others leave it alone for this long, milliseconds. */
const CLAIM_MS = 30_000;
/** An order whose customer could not be told rests this long, milliseconds. */
const REST_MS = 10_000;
/** Orders looked at together. */
const LIMIT = 50;

/** What the worker needs. */
export type FailedDeliveryOptions = Omit<NoticeOptions, 'orders' | 'question'> & {
  orders: Pick<OrderStore, 'dueFailed' | 'setFailedDue' | 'findByNumber'>;
  question: FailedQuestion;
};

/** The customer knows of this attempt, from a notice or because they asked. */
function knows(conversation: Conversation, order: Order, failure: FailedDelivery, now: Date): boolean {
  const told = watchedOrder(conversation, order.orderNumber, now)?.told;
  const parcel = told?.find(({ shipment }) => shipment === failure.shipment.id);
  return parcel !== undefined && parcel.attempts >= failure.shipment.attempts;
}

/**
 * Says one thing in a conversation, once, if nobody has written in it since it was read: a turn that ran meanwhile may have asked the carrier.
 * Answers false when it has to be looked at again.
 */
async function say(
  { notify, template }: FailedDeliveryOptions,
  conversation: Conversation,
  id: string,
  content: Parameters<NoticeOptions['notify']>[2],
  orderNumber: string,
  options: Pick<NotifyOptions, 'handoff' | 'hold'>,
): Promise<boolean> {
  let moved = false;
  await notify(conversation.key, id, content, {
    ...options,
    template: templateFor(template, conversation.locale, [orderNumber, content.text]),
    noteWhileWaiting: true,
    follow: (current) => {
      moved = current.version !== conversation.version;
      return moved ? undefined : current.watching;
    },
  });
  return !moved;
}

/** What is to be done now about one parcel, and when to look again; undefined when there is nothing left to do. */
async function lookAt(
  options: FailedDeliveryOptions,
  order: Order,
  failure: FailedDelivery,
  conversation: Conversation | undefined,
): Promise<Date | undefined> {
  const { rules, clock, silentChannels, question } = options;
  const now = clock.now();
  const soon = new Date(now.getTime() + SOON_MS);
  if (failure.answer) return undefined;
  if (now < failure.remindAt && !failure.last) return failure.remindAt;
  const short = now >= failure.personAt;
  if (!conversation) return short ? undefined : failure.personAt;
  if (conversation.lease && conversation.lease.until > now) return soon;
  const told = knows(conversation, order, failure, now);
  // The notice of the attempt is on its way and goes first; after the last attempt it brings the person itself.
  if (!told && order.newsAt && (failure.last || !short)) {
    const after = order.newsAt > soon ? order.newsAt : soon;
    return !failure.last && failure.personAt < after ? failure.personAt : after;
  }
  const silent = silentChannels.has(conversation.reference.channel);
  const quiet = silent ? undefined : quietUntil(rules, now);
  const { key, locale } = conversation;
  const { orderNumber } = order;
  if (short) {
    const text = failedToPerson(orderNumber, locale);
    const handoff = failedBrief(order, failure, conversation, rules, now);
    const id = failedId('person', order, failure, key);
    const hold = quiet ? { hold: 'Not sent (quiet hours): ' } : {};
    return (await say(options, conversation, id, { text }, orderNumber, { handoff, ...hold }))
      ? undefined
      : soon;
  }
  if (!told) return failure.personAt;
  if (quiet) return quiet < failure.personAt ? quiet : failure.personAt;
  const id = failedId('remind', order, failure, key);
  const asked = question({ order, shipmentId: failure.shipment.id, locale, id, now });
  if (!asked) return failure.personAt;
  const text = failedReminder(order, failure, rules, locale, asked.text);
  return (await say(options, conversation, id, { ...asked, text }, orderNumber, {}))
    ? failure.personAt
    : soon;
}

/** One order: claimed first, its conversation read before the order itself, so that an answer given meanwhile is seen in one of the two. */
async function lookAfter(options: FailedDeliveryOptions, due: Order): Promise<void> {
  const { orders, rules, clock, log } = options;
  const { orderNumber, failedDueAt } = due;
  const claim = new Date(clock.now().getTime() + CLAIM_MS);
  if (!failedDueAt || !(await orders.setFailedDue(orderNumber, failedDueAt, claim))) return;
  let next: Date | undefined;
  try {
    const all = await options.conversations.watching([orderNumber]);
    // One of them: nobody is reminded twice.
    const conversation = lastWatching(all, orderNumber, clock.now());
    const order = await orders.findByNumber(orderNumber);
    for (const failure of order ? failedDeliveries(order, rules) : []) {
      const again = order && (await lookAt(options, order, failure, conversation));
      if (again && (!next || again < next)) next = again;
    }
  } catch (error) {
    log.warn({ err: error, orderNumber }, 'a failed delivery could not be looked after');
    next = new Date(clock.now().getTime() + REST_MS);
  }
  await orders.setFailedDue(orderNumber, claim, next);
}

/**
 * The worker behind failed deliveries: whoever has not answered is reminded once and, when time runs short, a person is brought. When something is
 * due stands in the order, and looking again is harmless: what was told is known by its id.
 */
export function createFailedDeliveryWorker(options: FailedDeliveryOptions): Loop {
  const { orders, clock, log } = options;
  return createLoop(async () => {
    try {
      const due = await orders.dueFailed(clock.now(), LIMIT);
      for (const order of due) await lookAfter(options, order);
      return due.length === LIMIT ? SOON_MS : POLL_MS;
    } catch (error) {
      log.error({ err: error }, 'failed deliveries could not be looked for');
      return POLL_MS;
    }
  });
}
