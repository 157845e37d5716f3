import { createHash } from 'node:crypto';
import { AppError } from '../core/errors';
import type { Address, HistoryEntry, Order, OrderRequest, RequestType } from '../core/order';
import type { OrderChange, OrderStore } from '../core/order-store';
import type { ShopRules } from '../core/policy';

/** What every action needs. */
export interface ActionDeps {
  orders: Pick<OrderStore, 'findByNumber' | 'change'>;
  rules: ShopRules;
}

/** What every action is told. `turnId` is the turn, or an idempotency key of the desk or the API. */
export interface ActionInput {
  orderNumber: string;
  turnId: string;
  by: OrderRequest['by'];
  /** Name or id of the person, for the order's history. */
  actor?: string;
  /** Conversation to tell when it is settled. */
  conversation?: string;
  now: Date;
  comments?: string;
}

/** Done (`repeated`: it was done before under this turn), or why not. `order` is the order as it stands now. */
export type ActionResult<Refusal extends string, Extra = unknown> =
  | { ok: true; request: OrderRequest; order: Order; repeated: boolean }
  | ({ ok: false; refused: Refusal | 'no_order'; order?: Order } & Partial<Extra>);

/** Writers that lose a race read and decide again this often before giving up. */
const ATTEMPTS = 8;
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

function code(text: string, length: number): string {
  const bytes = createHash('sha256').update(text).digest();
  return Array.from({ length }, (_, i) => ALPHABET[(bytes[i] ?? 0) % ALPHABET.length]).join('');
}

function turnPart(turnId: string): string {
  return `rq_${code(`turn:${turnId}`, 12).toLowerCase()}`;
}

/** Id of what one turn asks of one order: equal when the turn runs again. `subject` tells apart several of a type (parcel, items). */
export function requestId(turnId: string, orderNumber: string, type: RequestType, subject = ''): string {
  const rest = code(JSON.stringify([turnId, orderNumber, type, subject]), 14).toLowerCase();
  return `${turnPart(turnId)}${rest}`;
}

/** Return number that belongs to a request: eight characters that cannot be taken for one another. */
export function rmaOf(id: string): string {
  return `RMA-${code(`rma:${id}`, 8)}`;
}

/** Requests this turn has made on this order already. */
export function requestsOfTurn(order: Order, turnId: string): OrderRequest[] {
  return order.requests.filter((request) => request.id.startsWith(turnPart(turnId)));
}

/**
 * The order as this turn found it: without what the turn itself asked for before a crash. A dialog that runs again decides on this, so
 * that it is not refused because of its own first run.
 */
export function beforeTurn(order: Order, turnId: string): Order {
  const own = new Set(requestsOfTurn(order, turnId).map((request) => request.id));
  if (own.size === 0) return order;
  const changed = order.history.find((h) => h.what === 'address' && own.has(String(h.detail?.requestId)));
  return {
    ...order,
    requests: order.requests.filter((request) => !own.has(request.id)),
    shippingAddress: (changed?.detail?.before as Address | undefined) ?? order.shippingAddress,
  };
}

/** A decision to be written: the new request, and what else changes with it. */
export interface Decision {
  request: Pick<OrderRequest, 'type' | 'action'> & Partial<OrderRequest>;
  set?: OrderChange['set'];
  history?: HistoryEntry[];
  /** An older request that this one replaces. */
  replaces?: OrderRequest;
}

/**
 * Reads the order, lets `decide` look at it, and makes one write; reads and decides again when somebody was faster. A request of this id
 * that is there already is answered as done, whatever the rules say by now.
 */
export async function makeRequest<Refusal extends string, Extra>(
  deps: ActionDeps,
  input: ActionInput,
  key: { type: RequestType; subject?: string },
  decide: (order: Order, id: string) => Decision | ({ refused: Refusal } & Partial<Extra>),
): Promise<ActionResult<Refusal, Extra>> {
  const id = requestId(input.turnId, input.orderNumber, key.type, key.subject);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const order = await deps.orders.findByNumber(input.orderNumber);
    if (!order) return { ok: false, refused: 'no_order' } as ActionResult<Refusal, Extra>;
    const made = order.requests.find((request) => request.id === id);
    if (made) return { ok: true, request: made, order, repeated: true };
    const decision = decide(order, id);
    if ('refused' in decision) return { ok: false, order, ...decision };
    const change = changeOf(decision, id, input);
    if ((await deps.orders.change(input.orderNumber, order.version, change, input.now)) !== 'stored')
      continue;
    const stored = await deps.orders.findByNumber(input.orderNumber);
    const request = stored?.requests.find((one) => one.id === id);
    if (stored && request) return { ok: true, request, order: stored, repeated: false };
  }
  throw new AppError('conflict', 'the order kept changing while a request was written');
}

function changeOf(decision: Decision, id: string, input: ActionInput): OrderChange {
  const { now, by, actor, conversation, comments } = input;
  const request: OrderRequest = {
    ...(comments ? { comments } : {}),
    ...(conversation ? { conversation } : {}),
    ...decision.request,
    id,
    state: 'requested',
    at: now,
    by,
    attempts: 0,
    dueAt: now,
  };
  const { type, action, shipmentId, date, slot } = request;
  const line: HistoryEntry = {
    at: now,
    what: 'request',
    by: actor ?? by,
    detail: { requestId: id, type, action, shipmentId, date, slot, rma: request.return?.rma },
  };
  return {
    set: decision.set,
    addRequest: request,
    putRequest: decision.replaces && withdrawn(decision.replaces, now),
    history: [line, ...(decision.history ?? [])],
  };
}

/** A request nobody has been handed yet, taken back in favour of a newer one. */
function withdrawn(request: OrderRequest, now: Date): OrderRequest {
  return {
    ...request,
    dueAt: undefined,
    state: 'cancelled',
    settledAt: now,
    reason: 'replaced by a newer request',
    told: true,
  };
}
