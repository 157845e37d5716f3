import { AppError } from '../core/errors';
import type { Address, HistoryEntry, Order, OrderRequest } from '../core/order';
import type { OrderStore } from '../core/order-store';

export interface SettleInput {
  requestId: string;
  /** `sent`: the carrier has it and has not decided. */
  status: 'sent' | 'accepted' | 'rejected' | 'cancelled';
  /** What the carrier calls it. */
  reference?: string;
  /** Why it was rejected, in the carrier's or agent's words. */
  reason?: string;
  /** Who says so: `carrier`, an agent's id, `api`. */
  by: string;
  now: Date;
}

/** `changed` is false when the request was in this state already, or settled otherwise before. */
export interface SettleResult {
  order: Order;
  request: OrderRequest;
  changed: boolean;
}

const ATTEMPTS = 8;
const RANK = { requested: 0, sent: 1, accepted: 2, rejected: 2, cancelled: 2 } as const;

/**
 * Records what became of a request; undefined when there is none of this id. Idempotent, never backwards: the first decision stands. An
 * accepted correction becomes the order's address; a rejected one that was shown at once is taken back, since the parcel goes to the old place.
 */
export async function settleRequest(
  deps: { orders: Pick<OrderStore, 'findByRequest' | 'change'> },
  input: SettleInput,
): Promise<SettleResult | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const order = await deps.orders.findByRequest(input.requestId);
    const request = order?.requests.find((one) => one.id === input.requestId);
    if (!order || !request) return undefined;
    if (RANK[input.status] <= RANK[request.state]) return { order, request, changed: false };
    const next = settled(request, input);
    const address = addressAfter(order, request, input.status);
    const history: HistoryEntry[] = [
      {
        at: input.now,
        what: 'request_settled',
        by: input.by,
        detail: { requestId: request.id, type: request.type, state: input.status, reason: input.reason },
      },
    ];
    if (address) {
      const detail = { requestId: request.id, before: order.shippingAddress, after: address };
      history.push({ at: input.now, what: 'address', by: input.by, detail });
    }
    const change = { putRequest: next, history, ...(address ? { set: { shippingAddress: address } } : {}) };
    if ((await deps.orders.change(order.orderNumber, order.version, change, input.now)) !== 'stored')
      continue;
    const stored = await deps.orders.findByRequest(input.requestId);
    return { order: stored ?? order, request: next, changed: true };
  }
  throw new AppError('conflict', 'the order kept changing while a request was settled');
}

function settled(request: OrderRequest, input: SettleInput): OrderRequest {
  const final = input.status !== 'sent';
  return {
    ...request,
    dueAt: undefined,
    state: input.status,
    ...(input.reference === undefined ? {} : { reference: input.reference }),
    ...(input.reason === undefined ? {} : { reason: input.reason }),
    ...(final ? { settledAt: input.now } : {}),
  };
}

/** The effective address after the decision; undefined when it stays as it is. */
function addressAfter(
  order: Order,
  request: OrderRequest,
  status: SettleInput['status'],
): Address | undefined {
  const { address, changedFields = [] } = request;
  if (request.type !== 'address_change' || !address) return undefined;
  const atOnce = request.shipmentId === undefined;
  if (status === 'accepted' && !atOnce) return copied(order.shippingAddress, address, changedFields);
  if ((status !== 'rejected' && status !== 'cancelled') || !atOnce) return undefined;
  const shown = order.history.find((h) => h.what === 'address' && h.detail?.requestId === request.id);
  const before = shown?.detail?.before as Address | undefined;
  const still = changedFields.filter((field) => order.shippingAddress[field] === address[field]);
  return before && still.length > 0 ? copied(order.shippingAddress, before, still) : undefined;
}

/** One address with some fields of another; a field the other lacks is taken away. */
export function copied(base: Address, from: Address, fields: (keyof Address)[]): Address {
  const left = Object.entries(base).filter(([field]) => !fields.includes(field as keyof Address));
  const taken = fields.flatMap((field) => (from[field] === undefined ? [] : [[field, from[field]]]));
  return Object.fromEntries([...left, ...taken]) as unknown as Address;
}
