import type { Conversation, HandoffBrief, HandoffReason } from '../core/conversation';
import type { Order } from '../core/order';
import { liveGrants, proofLevel } from './proof';

/** What is known when a conversation goes to a person. */
export interface BriefFacts {
  reason: HandoffReason;
  conversation: Pick<Conversation, 'reference' | 'identities' | 'proofs' | 'shopIdentity'>;
  order?: Order;
  /** Intent or task the customer was in. */
  wants?: string;
  /** What was gathered, each with the transcript line it came from. */
  gathered?: HandoffBrief['gathered'];
  /** Request ids made in this conversation. */
  done?: string[];
  /** What the customer was told about when somebody answers. */
  promised?: string;
  now: Date;
}

const URGENT: HandoffReason[] = ['threat', 'self_harm', 'fraud', 'anger', 'complaint_value'];

/** What to try first, by reason. Agents read these, customers never do. */
const SUGGESTIONS: Record<HandoffReason, string> = {
  asked: 'Ask how you can help; the customer wants a person.',
  misses: 'Read the last messages: the bot did not understand them twice in a row.',
  disputed_refusal: 'Check whether the rule fits this case; only you can make an exception.',
  anger: 'Say sorry first, then solve the cause.',
  threat: 'Stay factual, promise nothing legal, and inform whoever handles this in your shop.',
  self_harm: 'Put the order aside. Be kind, and point to a local crisis line or emergency services.',
  fraud: 'Do not ask for card numbers or codes. Check the payment in your own system.',
  bot_failure: 'Start from the last customer message: the bot failed on it.',
  complaint_value: 'High order value: look at it today and agree on a solution.',
  return_photo: 'Look at the photo, or ask for one, then start the return from the order.',
  address_elsewhere:
    'Check with the carrier whether the parcel can go to another place, then change the address.',
  second_address_change: 'Ask why the address changes again and check it before you change it.',
  proof_impossible: 'Make sure that it is the customer by other means before you show or change anything.',
  carrier_rejected:
    'The carrier said no. Agree on something it can do, or settle it with the carrier by phone.',
  carrier_unreached:
    'The carrier has not answered for a while; the request is tried again. Ask them by phone and mark it on the list of requests.',
  failed_delivery:
    'Ask the customer what to do (call them if they do not write), then ask the carrier for another attempt before the time is up.',
  attempt_disputed:
    'The customer says twice that nobody came. Ask the carrier for proof of the attempts and agree on a day with both.',
  delivery_failed_send: 'A message could not be delivered; reach the customer another way.',
  media: 'Open the attachment; the bot cannot read it.',
  payment: 'Check the payment in your payment provider; never ask for card numbers or codes.',
  complaint: 'Look at what is wrong with the goods and offer a return, a replacement or a refund.',
  other: 'Read the last messages and take it from there.',
};

const SECRET = /^(code|otp|upi|bank|account|ifsc|refund.?to|refund.?account|pin)$/i;
const MAX_VALUE = 200;

/** Values that no brief may carry are left out by name; long ones are cut. */
function safe({ name, value, seq }: HandoffBrief['gathered'][number]): HandoffBrief['gathered'][number] {
  const shown = SECRET.test(name) ? '(given, not shown)' : value;
  const cut = shown.length > MAX_VALUE ? `${shown.slice(0, MAX_VALUE - 1)}…` : shown;
  return seq === undefined ? { name, value: cut } : { name, value: cut, seq };
}

function levelNow({ conversation, order, now }: BriefFacts): number {
  if (order) return proofLevel(conversation, order, now);
  if (conversation.shopIdentity && conversation.shopIdentity.until > now) return 3;
  return Math.max(0, ...liveGrants(conversation, now).map((grant) => grant.level));
}

/** The brief an agent reads first, from facts alone. One-time codes, PIN codes and accounts are never in it. */
export function buildBrief(facts: BriefFacts): HandoffBrief {
  const { reason, order, wants, gathered = [], done = [], promised, now } = facts;
  const brief: HandoffBrief = {
    reason,
    priority: URGENT.includes(reason) ? 'high' : 'normal',
    at: now,
    gathered: gathered.map(safe),
    proofLevel: levelNow(facts),
    done: [...new Set(done)],
    suggestion: SUGGESTIONS[reason],
  };
  if (wants) brief.wants = wants;
  if (order) brief.orderNumber = order.orderNumber;
  if (promised) brief.promised = promised;
  return brief;
}
