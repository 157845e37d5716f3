import { createHash, timingSafeEqual } from 'node:crypto';
import { identityKey, type Conversation } from '../core/conversation';
import type { Order } from '../core/order';
import type { ProofGrant, ProofLevel } from '../core/proof';
import { sameNumbers, samePhone, toE164 } from './phone';

export { visibleOrder, FIELD_LEVELS, type VisibleOrder } from './visible';

/** How long a proof holds, milliseconds. */
export const PROOF_LASTS_MS = 30 * 60_000;

/** Everything a customer may ask for, by what must be proved. */
export type ProofAction =
  | 'shop_information'
  | 'policy'
  | 'talk_to_person'
  | 'list_orders'
  | 'status'
  | 'refund_status'
  | 'payment'
  | 'complaint'
  | 'reschedule'
  | 'address'
  | 'return'
  | 'cancel'
  | 'invoice'
  | 'refund_account';

/**
 * The one table of levels. `phone` counts when the provider itself proves the sender's number and it is the order's; `other` everywhere
 * else (Instagram, web chat, another phone).
 */
export const ACTION_LEVELS: Record<ProofAction, { phone: ProofLevel; other: ProofLevel }> = {
  shop_information: { phone: 0, other: 0 },
  policy: { phone: 0, other: 0 },
  talk_to_person: { phone: 0, other: 0 },
  list_orders: { phone: 1, other: 1 },
  status: { phone: 1, other: 1 },
  refund_status: { phone: 1, other: 1 },
  payment: { phone: 1, other: 1 },
  complaint: { phone: 1, other: 1 },
  reschedule: { phone: 1, other: 2 },
  address: { phone: 2, other: 2 },
  return: { phone: 2, other: 2 },
  cancel: { phone: 2, other: 2 },
  invoice: { phone: 2, other: 2 },
  refund_account: { phone: 2, other: 2 },
};

/** The parts of a conversation that say who is writing. */
export type Prover = Pick<Conversation, 'reference' | 'identities' | 'proofs' | 'shopIdentity'>;

/** Numbers, in every form of theirs, that the conversation's own channel has authenticated. Linked identities of other channels prove nothing here. */
export function provedPhones(conversation: Pick<Prover, 'reference' | 'identities'>): string[] {
  const { channel, account } = conversation.reference;
  const own = conversation.identities.filter(
    (one) => one.kind === 'wa_phone' && one.channel === channel && one.account === account,
  );
  return [...new Set(own.flatMap((one) => sameNumbers(`+${one.value.replace(/\D/g, '')}`)))];
}

function phoneMatches(order: Order, phone: string): boolean {
  return samePhone(phone, order.customer.phone) || samePhone(phone, order.shippingAddress.phone);
}

/** True when the channel proves a number that is the order's. */
export function matchedByPhone(conversation: Prover, order: Order): boolean {
  return provedPhones(conversation).some((phone) => phoneMatches(order, phone));
}

function signedIn(conversation: Prover, order: Order, now: Date): boolean {
  const shop = conversation.shopIdentity;
  if (!shop || shop.until <= now) return false;
  const email = shop.email?.trim().toLowerCase();
  return (
    (shop.phone !== undefined && phoneMatches(order, shop.phone)) ||
    (!!email && email === order.customer.email?.trim().toLowerCase())
  );
}

/** Proofs that still hold: in time, and given by an identity that is still part of the conversation. */
export function liveGrants(conversation: Pick<Prover, 'identities' | 'proofs'>, now: Date): ProofGrant[] {
  const held = new Set(conversation.identities.map(identityKey));
  return conversation.proofs.filter((grant) => grant.until > now && held.has(grant.identity));
}

/**
 * How much this conversation has proved for an order. A PIN code counts only together with the matching phone, and a proof for all orders
 * (`*`) only for orders that are matched anyway, so that neither opens a stranger's order.
 */
export function proofLevel(conversation: Prover, order: Order, now: Date): ProofLevel {
  if (signedIn(conversation, order, now)) return 3;
  const byPhone = matchedByPhone(conversation, order);
  const counting = liveGrants(conversation, now).filter((grant) => {
    if (grant.orderNumber === '*' || grant.how === 'pin') {
      return byPhone && (grant.orderNumber === '*' || grant.orderNumber === order.orderNumber);
    }
    return grant.orderNumber === order.orderNumber;
  });
  return counting.reduce<ProofLevel>(
    (best, grant) => (grant.level > best ? grant.level : best),
    byPhone ? 1 : 0,
  );
}

/** The level an action needs in this conversation for this order. */
export function neededLevel(action: ProofAction, conversation: Prover, order: Order): ProofLevel {
  const needed = ACTION_LEVELS[action];
  return matchedByPhone(conversation, order) ? needed.phone : needed.other;
}

/** Whether the conversation has proved enough for an action on an order. */
export function mayDo(action: ProofAction, conversation: Prover, order: Order, now: Date): boolean {
  return proofLevel(conversation, order, now) >= neededLevel(action, conversation, order);
}

/** The orders among these that the customer is matched to, in the order given. */
export function ordersVisibleTo(conversation: Prover, orders: Order[], now: Date): Order[] {
  return orders.filter((order) => proofLevel(conversation, order, now) >= 1);
}

/** A proof given now, bound to the identity that gave it. */
export function grantNow(grant: Omit<ProofGrant, 'until'>, now: Date): ProofGrant {
  return { ...grant, until: new Date(now.getTime() + PROOF_LASTS_MS) };
}

function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Whether a PIN code is that of the order's address; takes equally long when there is no such order. */
export function pinMatches(order: Order | undefined, pin: string): boolean {
  const plain = (code: string) => code.replace(/[\s-]/g, '').toUpperCase();
  const right = equal(plain(order?.shippingAddress.postalCode ?? ''), plain(pin));
  return right && order !== undefined;
}

/** Whether PIN code and phone are those of the order; takes equally long when there is no such order. `country` reads phones without a code. */
export function detailsMatch(
  order: Order | undefined,
  details: { pin: string; phone: string },
  country: string,
): boolean {
  const phone = toE164(details.phone, country) ?? '';
  const pin = pinMatches(order, details.pin);
  const customer = equal(order?.customer.phone ?? '-', phone);
  const address = equal(order?.shippingAddress.phone ?? '-', phone);
  return pin && (customer || address);
}
