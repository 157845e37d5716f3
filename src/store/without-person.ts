import type { Address, HistoryEntry, OrderRequest } from '../core/order';
import type { OrderDocument } from './order-document';

/** A person as the collection holds them. */
export interface Customer {
  _id: string;
  identities: { key: string; kind: string; value: string; conversation: string }[];
}

/** An order as it is found; older or partial ones may lack fields. */
export type StoredOrder = Partial<OrderDocument> & { _id: string; version: number };

/** Phones a person proved by writing from them. */
export function phonesOf({ identities }: Customer): string[] {
  return identities
    .filter(({ kind }) => kind === 'wa_phone' || kind === 'e164')
    .map(({ value }) => `+${value.replace(/^\+/, '')}`);
}

/** E-mail addresses a person is known by. */
export function emailsOf({ identities }: Customer): string[] {
  return identities.filter(({ kind }) => kind === 'email').map(({ value }) => value.toLowerCase());
}

/** Whether an order is the person's own, by phone or e-mail, and not only one they asked something of. */
export function ownOrders(customer: Customer): (order: StoredOrder) => boolean {
  const [phones, emails] = [phonesOf(customer), emailsOf(customer)];
  return (order) =>
    (order.phones ?? []).some((phone) => phones.includes(phone)) ||
    (order.emails ?? []).some((email) => emails.includes(email));
}

/** What taxes and returns need of an address: the state and country it went to. */
function anywhere(address: Address | undefined): Address {
  const { state = '', country = '' } = address ?? {};
  return { name: '', phone: '', line1: '', city: '', state, postalCode: '', country };
}

/** A request without anything a person wrote or where they live; what it was about and how it ended stays. */
function plainRequest(request: OrderRequest): OrderRequest {
  const { conversation: _c, address: _a, phone: _p, comments: _w, dueAt: _d, ...rest } = request;
  if (!rest.return) return rest;
  const { exchangeFor: _e, refundTo: _r, photos: _f, pickup, ...back } = rest.return;
  const { address: _home, ...when } = pickup ?? {};
  return { ...rest, return: { ...back, ...(pickup ? { pickup: when } : {}) } };
}

function unlinked(request: OrderRequest, keys: ReadonlySet<string>): OrderRequest {
  if (!request.conversation || !keys.has(request.conversation)) return request;
  const { conversation: _c, comments: _w, ...rest } = request;
  return rest;
}

/** A request without what leads to a conversation that is gone; what was asked and how it ends stay. */
export function withoutConversation(request: OrderRequest): OrderRequest {
  const { conversation: _c, ...rest } = request;
  if (!rest.return) return rest;
  const { photos: _gone, ...back } = rest.return;
  return { ...rest, return: back };
}

/**
 * What to write so that an order no longer names its person: goods, amounts, dates and what became of them stay, as the law wants. An order of
 * somebody else only loses what leads to these conversations.
 */
export function withoutPerson(
  order: StoredOrder,
  keys: ReadonlySet<string>,
  isOwn: boolean,
): { set: Record<string, unknown>; unset: Record<string, ''> } {
  const requests = order.requests ?? [];
  if (!isOwn)
    return { set: { requests: requests.map((each) => unlinked(each, keys)) }, unset: { untold: '' } };
  const history = (order.history ?? []).map(({ at, what, by }): HistoryEntry => ({ at, what, by }));
  return {
    set: {
      customer: { name: '', phone: '' },
      shippingAddress: anywhere(order.shippingAddress),
      requests: requests.map(plainRequest),
      history,
      phones: [],
      emails: [],
    },
    unset: { untold: '', dueAt: '', newsAt: '', failedAt: '', failedDueAt: '', meta: '' },
  };
}
