import type { CarrierAnswer, CarrierInstruction, CarrierPort } from '../core/carrier';
import type { Clock } from '../core/clock';
import { ChannelError } from '../core/errors';
import type { Log } from '../core/log';
import type { Order, OrderRequest } from '../core/order';
import type { OrderStore } from '../core/order-store';
import { changeRequest } from './change';

/** Pauses between attempts, milliseconds; the last one repeats until the carrier answers. */
export const PAUSES_MS = [1_000, 5_000, 15_000, 60_000, 300_000, 900_000];
/** While one process hands an instruction over, others leave it alone for this long, milliseconds. Longer than the carrier may take. */
export const CLAIM_MS = 30_000;

/** Records the carrier's answer (`pending` makes it `sent`) and that nothing is due; answers false when there is no such request. Equal answers change nothing more. */
export type Settle = (requestId: string, answer: CarrierAnswer, now: Date) => Promise<boolean>;

/** What handing over needs. */
export interface SubmitOptions {
  orders: OrderStore;
  carrier: CarrierPort;
  settle: Settle;
  /** The carrier was asked in vain as often as `PAUSES_MS` has pauses, or more often: a person should know. Asked again all the same. */
  onUnreached(order: Order, request: OrderRequest): Promise<void>;
  clock: Clock;
  log: Log;
}

/** The instruction a request stands for (contract section 5). */
export function instructionOf(order: Order, request: OrderRequest): CarrierInstruction {
  const { id, action, shipmentId, date, slot, address, phone, comments } = request;
  const parcel = order.shipments.find((shipment) => shipment.id === shipmentId);
  const pickup = request.return?.pickup;
  return {
    id,
    orderNumber: order.orderNumber,
    shipmentId,
    trackingNumber: parcel?.trackingNumber,
    carrier: parcel?.carrier,
    action,
    date: date ?? pickup?.date,
    slot: slot ?? pickup?.slot,
    address: address ?? pickup?.address,
    phone,
    comments,
  };
}

function pauseMs(error: unknown, attempts: number): number {
  const growing = PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? 1_000;
  const retry = error instanceof ChannelError ? error.retry : undefined;
  if (retry?.kind === 'after') return Math.min(Math.max(retry.afterMs, growing), 3_600_000);
  return retry?.kind === 'reauthorise' ? Math.max(growing, 60_000) : growing;
}

function isOpen(request: OrderRequest): boolean {
  return request.state === 'requested' && request.dueAt !== undefined;
}

/**
 * Hands one due instruction to the carrier. It is claimed by a write first; whoever finds it claimed leaves it. What the carrier decides is
 * settled; `pending` becomes `sent` and waits for the later answer; no answer is tried again, however long it takes.
 */
export async function submitInstruction(
  options: SubmitOptions,
  found: { order: Order; request: OrderRequest },
): Promise<void> {
  const { orders, carrier, settle, onUnreached, clock, log } = options;
  const { orderNumber } = found.order;
  const change = (decide: (request: OrderRequest) => OrderRequest | undefined) =>
    changeRequest(orders, orderNumber, found.request.id, decide, clock.now());
  if (!isOpen(found.request)) {
    // Decided meanwhile: there is nothing left to hand over.
    await change((request) =>
      isOpen(request) || !request.dueAt ? undefined : { ...request, dueAt: undefined },
    );
    return;
  }
  if (!carrier.takes(instructionOf(found.order, found.request))) {
    await change((request) => (isOpen(request) ? { ...request, dueAt: undefined } : undefined));
    log.info(
      { orderNumber, request: found.request.id },
      'no carrier takes this instruction: people settle it',
    );
    return;
  }
  const now = clock.now();
  const claimed = await change((request) =>
    isOpen(request) && request.dueAt && request.dueAt <= now
      ? { ...request, attempts: request.attempts + 1, dueAt: new Date(now.getTime() + CLAIM_MS) }
      : undefined,
  );
  if (!claimed) return;
  const line = {
    orderNumber,
    request: found.request.id,
    action: found.request.action,
    attempt: claimed.request.attempts,
  };
  try {
    const answer = await carrier.submit(instructionOf(claimed.order, claimed.request));
    await settle(found.request.id, answer, clock.now());
    log.info({ ...line, outcome: answer.status }, 'the carrier answered');
  } catch (error) {
    const dueInMs = pauseMs(error, claimed.request.attempts);
    await change((request) =>
      isOpen(request) ? { ...request, dueAt: new Date(clock.now().getTime() + dueInMs) } : undefined,
    );
    log.warn({ ...line, dueInMs, err: error }, 'the carrier could not be asked');
    if (claimed.request.attempts >= PAUSES_MS.length) await onUnreached(claimed.order, claimed.request);
  }
}
