import type { Order } from '../core/order';
import { cancelPending, isDispatched, orderState } from './parcels';

/** Why an order cannot be cancelled. `already_requested`: the shop has yet to decide on an earlier one. */
export type CancelRefusal = 'dispatched' | 'delivered' | 'cancelled' | 'rto' | 'lost' | 'already_requested';

export type CancelCheck = { ok: true } | { ok: false; reason: CancelRefusal };

/** Orders can be cancelled until the first parcel is dispatched. */
export function cancelCheck(order: Order): CancelCheck {
  const state = orderState(order);
  if (state === 'delivered' || state === 'cancelled' || state === 'lost') return { ok: false, reason: state };
  if (state === 'rto_initiated' || state === 'rto_delivered') return { ok: false, reason: 'rto' };
  if (order.shipments.some(isDispatched)) return { ok: false, reason: 'dispatched' };
  return cancelPending(order) ? { ok: false, reason: 'already_requested' } : { ok: true };
}
