import { isErased, type Conversation, type TranscriptEntry } from '../core/conversation';
import type { Order } from '../core/order';
import type { ConversationWire, MessageWire, QueueItemWire } from './wire';
import { requestWire } from './order-view';
import type { BriefWire } from './wire';

const HOW: Record<Conversation['proofs'][number]['how'], string> = {
  pin: 'gave the PIN code of the order',
  details: 'gave order number, PIN code and phone',
  code_whatsapp: 'gave the code sent to the phone of the order',
  code_email: 'gave the code sent by e-mail',
};

function iso(at: Date | undefined): string | undefined {
  return at?.toISOString();
}

/** When a person's answer is due: after the hand-over, or after the customer's last word to the person who holds it. */
export function dueAt(conversation: Conversation, answerWithinMinutes: number): Date | undefined {
  const { owner, waitingSince, lastFrom, lastCustomerMessageAt } = conversation;
  const since =
    owner === 'waiting'
      ? waitingSince
      : owner === 'agent' && lastFrom === 'customer'
        ? lastCustomerMessageAt
        : undefined;
  return since && new Date(since.getTime() + answerWithinMinutes * 60_000);
}

/** A line of the queue. */
export function queueItemWire(conversation: Conversation, answerWithinMinutes: number): QueueItemWire {
  const person = conversation.owner === 'waiting' || conversation.owner === 'agent';
  const { survey } = conversation;
  return {
    key: conversation.key,
    channel: conversation.reference.channel,
    user: conversation.reference.user,
    name: conversation.name ?? conversation.shopIdentity?.name,
    owner: conversation.owner,
    assignee: conversation.assignee,
    assigneeName: conversation.assigneeName,
    locale: conversation.locale,
    lastText: conversation.lastText,
    lastFrom: conversation.lastFrom,
    updatedAt: conversation.updatedAt.toISOString(),
    waitingSince: iso(conversation.waitingSince),
    dueAt: iso(dueAt(conversation, answerWithinMinutes)),
    reason: person ? conversation.handoff?.reason : undefined,
    priority: person ? conversation.handoff?.priority : undefined,
    orderNumber: conversation.handoff?.orderNumber,
    ...(isErased(conversation) ? { erased: true } : {}),
    ...(survey ? { survey: { askedAt: survey.askedAt.toISOString(), score: survey.score } } : {}),
  };
}

/** A line of the transcript. */
export function messageWire(entry: TranscriptEntry): MessageWire {
  const card = entry.content?.card;
  return {
    id: entry.id,
    seq: entry.seq,
    from: entry.from,
    agent: entry.agent,
    text: entry.text,
    visibility: entry.visibility,
    options: entry.content?.options?.map((option) => option.title),
    ...(card ? { card: { orderNumber: card.orderNumber, title: card.title, status: card.status } } : {}),
    attachments: entry.attachments,
    state: entry.state,
    error: entry.error,
    at: entry.at.toISOString(),
  };
}

/** What the customer has proved, with how, for the agent's eyes. */
export function proofWire(conversation: Conversation, orders: Order[], now: Date): ConversationWire['proof'] {
  const { shopIdentity, identities } = conversation;
  if (shopIdentity && shopIdentity.until > now) {
    return { level: 3, how: 'signed in at the shop', until: shopIdentity.until.toISOString() };
  }
  const grants = conversation.proofs.filter((grant) => grant.until > now).sort((a, b) => b.level - a.level);
  const best = grants[0];
  if (best?.level === 2) return { level: 2, how: HOW[best.how], until: best.until.toISOString() };
  const phones = identities.filter(({ kind }) => kind === 'wa_phone').map(({ value }) => phoneOf(value));
  const matched = orders.some(
    (order) => phones.includes(order.customer.phone) || phones.includes(order.shippingAddress.phone),
  );
  if (matched) return { level: 1, how: 'writes from the order’s phone' };
  if (best) return { level: 1, how: HOW[best.how], until: best.until.toISOString() };
  return { level: 0, how: 'has shown nothing yet' };
}

/** E.164 of a WhatsApp number, which comes without its plus. */
export function phoneOf(value: string): string {
  return value.startsWith('+') ? value : `+${value}`;
}

/** The brief, with the requests it names as they stand now. */
export function briefWire(conversation: Conversation, orders: Order[]): BriefWire | undefined {
  const brief = conversation.handoff;
  if (!brief) return undefined;
  return {
    reason: brief.reason,
    priority: brief.priority,
    at: brief.at.toISOString(),
    wants: brief.wants,
    orderNumber: brief.orderNumber,
    gathered: brief.gathered,
    done: brief.done.map((id) => {
      const order = orders.find(({ requests }) => requests.some((request) => request.id === id));
      const request = order?.requests.find((one) => one.id === id);
      return order && request
        ? { id, orderNumber: order.orderNumber, request: requestWire(request, order) }
        : { id };
    }),
    promised: brief.promised,
    suggestion: brief.suggestion,
  };
}
