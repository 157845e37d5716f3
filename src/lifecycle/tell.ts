import type { Clock } from '../core/clock';
import type { Conversation, HandoffBrief } from '../core/conversation';
import type { Locale } from '../core/locale';
import type { Order, OrderRequest, RequestType } from '../core/order';
import type { OrderStore } from '../core/order-store';
import type { ConversationActions, Conversations } from '../core/stream';
import { changeRequest } from './change';

/** The sentence for a settled request: names the order, says what the carrier decided and, when it refused, that a person takes over. */
export type SettledText = (order: Order, request: OrderRequest, locale: Locale) => string;

/** What telling needs. */
export interface TellOptions {
  orders: OrderStore;
  conversations: Pick<Conversations, 'get'>;
  notify: ConversationActions['notify'];
  settledText: SettledText;
  clock: Clock;
}

const WANTS: Record<RequestType, string> = {
  reschedule: 'reschedule_delivery',
  address_change: 'correct_address',
  return: 'initiate_return',
  cancel: 'cancel_order',
};

function proofLevel(conversation: Conversation, now: Date): number {
  if (conversation.shopIdentity && conversation.shopIdentity.until > now) return 3;
  return Math.max(0, ...conversation.proofs.filter((proof) => proof.until > now).map((proof) => proof.level));
}

const CALLED: Record<RequestType, string> = {
  reschedule: 'another delivery day',
  address_change: 'a corrected address',
  return: 'a return',
  cancel: 'a cancellation',
};

/** What the customer was told before the carrier said no; never more than that it is requested. */
function promisedOf({ type, date, slot }: OrderRequest): string {
  const when = [date, slot].filter(Boolean).join(', ');
  return `The customer was told that ${CALLED[type]}${when ? ` (${when})` : ''} is requested, and now that it was not accepted and that a colleague will write.`;
}

/** What an agent reads first after a carrier said no, or nothing for too long. */
export function rejectionBrief(
  order: Order,
  request: OrderRequest,
  conversation: Conversation,
  now: Date,
): HandoffBrief {
  const facts = { request: request.type, date: request.date, slot: request.slot, reason: request.reason };
  const rejected = request.state === 'rejected';
  return {
    reason: rejected ? 'carrier_rejected' : 'carrier_unreached',
    priority: 'normal',
    at: now,
    wants: WANTS[request.type],
    orderNumber: order.orderNumber,
    gathered: Object.entries(facts).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
    proofLevel: proofLevel(conversation, now),
    done: [request.id],
    promised: promisedOf(request),
    suggestion: rejected
      ? 'The carrier said no. Agree on something it can do, or settle it with the carrier by phone.'
      : 'The carrier does not answer. Ask them by phone, then mark the request on the list of requests.',
  };
}

/**
 * Tells the customer of one settled request, once, and notes that it was told. Answers `later` while a turn of this conversation is running:
 * its own "requested" has to be said before.
 */
export async function tellSettled(
  options: TellOptions,
  { order, request }: { order: Order; request: OrderRequest },
): Promise<'told' | 'later'> {
  const { orders, conversations, notify, settledText, clock } = options;
  const now = clock.now();
  const conversation = request.conversation ? await conversations.get(request.conversation) : undefined;
  if (conversation?.lease && conversation.lease.until > now) return 'later';
  if (conversation) {
    const handoff =
      request.state === 'rejected' ? rejectionBrief(order, request, conversation, now) : undefined;
    const text = settledText(order, request, conversation.locale);
    await notify(conversation.key, `settled:${request.id}:${request.state}`, { text }, { handoff });
  }
  await changeRequest(
    orders,
    order.orderNumber,
    request.id,
    (stored) => (stored.state === request.state && !stored.told ? { ...stored, told: true } : undefined),
    now,
  );
  return 'told';
}

/** Says once that the carrier has not answered, and brings a person; the request stays open and is tried again. */
export async function tellUnreached(
  { conversations, notify, settledText, clock }: TellOptions,
  { order, request }: { order: Order; request: OrderRequest },
): Promise<void> {
  const conversation = request.conversation ? await conversations.get(request.conversation) : undefined;
  if (!conversation) return;
  const handoff = rejectionBrief(order, request, conversation, clock.now());
  const text = settledText(order, request, conversation.locale);
  await notify(conversation.key, `unreached:${request.id}`, { text }, { handoff });
}
