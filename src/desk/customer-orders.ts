import type { Conversation } from '../core/conversation';
import type { Order } from '../core/order';
import type { OrderStore } from '../core/order-store';
import type { Conversations } from '../core/stream';
import { phoneOf } from './conversation-view';

const MOST_ORDERS = 20;

/**
 * The orders an agent needs beside a conversation: those of its phones and e-mails, and those it spoke of. The one the brief names
 * comes first, then the newest.
 */
export async function ordersOf(conversation: Conversation, store: OrderStore): Promise<Order[]> {
  const { identities, shopIdentity, handoff, proofs, watching = [] } = conversation;
  const phones = identities
    .filter(({ kind }) => kind === 'wa_phone' || kind === 'e164')
    .map(({ value }) => phoneOf(value));
  const emails = identities.filter(({ kind }) => kind === 'email').map(({ value }) => value);
  if (shopIdentity?.phone) phones.push(shopIdentity.phone);
  if (shopIdentity?.email) emails.push(shopIdentity.email);
  const spoken = [...proofs, ...watching].map(({ orderNumber }) => orderNumber);
  const named = [handoff?.orderNumber, ...spoken].filter(
    (number): number is string => number !== undefined && number !== '*',
  );
  const found = await Promise.all([
    ...[...new Set(named)].map(async (number) => [await store.findByNumber(number)]),
    ...(handoff?.done ?? []).slice(0, MOST_ORDERS).map(async (id) => [await store.findByRequest(id)]),
    ...[...new Set(phones)].map((phone) => store.findByPhone(phone, MOST_ORDERS)),
    ...[...new Set(emails)].map((email) => store.findByEmail(email, MOST_ORDERS)),
  ]);
  const byNumber = new Map<string, Order>();
  for (const order of found.flat()) if (order) byNumber.set(order.orderNumber, order);
  const first = (order: Order) => Number(order.orderNumber === handoff?.orderNumber);
  return [...byNumber.values()]
    .sort((a, b) => first(b) - first(a) || b.placedAt.getTime() - a.placedAt.getTime())
    .slice(0, MOST_ORDERS);
}

const ORDER_NUMBER = /^[\p{L}\p{N}#/_-]{3,40}$/u;
const MOST_CONVERSATIONS = 20;

/** Conversations that write from the phone of the order with this number, or asked something about it. Text that is no number finds none. */
export async function conversationsOfOrder(
  text: string,
  { orders, conversations }: { orders: OrderStore; conversations: Conversations },
): Promise<Conversation[]> {
  if (!ORDER_NUMBER.test(text) || !/\d/.test(text)) return [];
  const order = (await orders.findByNumber(text)) ?? (await orders.findByNumber(text.toUpperCase()));
  if (!order) return [];
  const phones = new Set([order.customer.phone, order.shippingAddress.phone]);
  const asked = new Set(order.requests.flatMap(({ conversation }) => conversation ?? []));
  const found = await Promise.all([
    ...[...phones].map(
      async (search) => (await conversations.list({ search, limit: MOST_CONVERSATIONS })).items,
    ),
    ...[...asked].slice(-MOST_CONVERSATIONS).map(async (key) => [await conversations.get(key)]),
  ]);
  return found.flat().filter((one): one is Conversation => one !== undefined);
}
