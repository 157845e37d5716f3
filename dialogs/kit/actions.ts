import type { Address, OrderRequest } from '../../src/core/order';
import type { SlotName } from '../../src/core/understanding';
import type { Day } from '../../src/core/zone';
import {
  requestAddressChange,
  requestCancel,
  requestReschedule,
  requestReturn,
  type ActionInput,
  type ActionResult,
} from '../../src/support/actions';
import type { AddressChange } from './address-form';
import type { Call } from './call';
import type { Return } from './return-form';

/*
 * What the bot can have done, always through the shop's own actions. Each answers the stored request, which is the only ground for a
 * sentence saying that something was asked for; undefined when a rule refused after all (the order moved on while we talked), and
 * then the script looks again.
 */

function input(call: Call, orderNumber: string): ActionInput {
  const { turn } = call;
  return { orderNumber, turnId: turn.id, by: 'customer', conversation: turn.conversation.key, now: turn.now };
}

function stored<Refusal extends string>(call: Call, result: ActionResult<Refusal>): OrderRequest | undefined {
  if (!result.ok) {
    call.reread();
    return undefined;
  }
  call.acted(result.order);
  if (!call.memory.done.includes(result.request.id)) call.memory.done.push(result.request.id);
  return result.request;
}

/** Asks for a new day. */
export async function doReschedule(
  call: Call,
  orderNumber: string,
  wish: { date: Day; slot?: SlotName },
): Promise<OrderRequest | undefined> {
  return stored(call, await requestReschedule(call.deps, { ...input(call, orderNumber), ...wish }));
}

/** Corrects the address, or asks the carrier to. */
export async function doAddressChange(
  call: Call,
  orderNumber: string,
  form: AddressChange,
): Promise<OrderRequest | undefined> {
  const { date, slot } = form;
  const changes = (form.patch ?? {}) as Partial<Address>;
  const when = { ...(date ? { date } : {}), ...(slot ? { slot } : {}) };
  return stored(
    call,
    await requestAddressChange(call.deps, { ...input(call, orderNumber), changes, ...when }),
  );
}

/** Starts a return; the request carries its RMA number. */
export async function doReturn(
  call: Call,
  orderNumber: string,
  form: Return,
): Promise<OrderRequest | undefined> {
  const { reason, resolution, date, slot } = form;
  if (!reason || !resolution) return undefined;
  const items = (form.skus ?? []).map((sku) => ({ sku, quantity: form.quantities?.[sku] ?? 1 }));
  const result = await requestReturn(call.deps, {
    ...input(call, orderNumber),
    items,
    reason,
    resolution,
    ...(form.exchangeFor ? { exchangeFor: form.exchangeFor } : {}),
    pickup: { ...(date ? { date } : {}), ...(slot ? { slot } : {}) },
    ...(form.refundTo ? { refundTo: form.refundTo } : {}),
    ...(form.photos?.length ? { photos: form.photos } : {}),
  });
  return stored(call, result);
}

/** Asks the shop to cancel an order. */
export async function doCancel(call: Call, orderNumber: string): Promise<OrderRequest | undefined> {
  return stored(call, await requestCancel(call.deps, input(call, orderNumber)));
}
