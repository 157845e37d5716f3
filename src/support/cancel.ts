import type { Order, Shipment } from '../core/order';
import {
  cancelPending,
  currentShipment,
  failedAttempt,
  isDispatched,
  orderState,
  returnAgreed,
} from './parcels';

/** Why an order cannot be cancelled. `already_requested`: the shop has yet to decide on an earlier one. */
export type CancelRefusal = 'dispatched' | 'delivered' | 'cancelled' | 'rto' | 'lost' | 'already_requested';

/** `return_to_origin`: the parcel has left, but waits after a failed attempt, so that the carrier can bring it back. */
export type CancelCheck =
  | { ok: true; action: 'cancel' }
  | { ok: true; action: 'return_to_origin'; shipment: Shipment }
  | { ok: false; reason: CancelRefusal };

/** Orders can be cancelled until the first parcel is dispatched, and sent back once an attempt to deliver has failed. */
export function cancelCheck(order: Order): CancelCheck {
  const state = orderState(order);
  if (state === 'delivered' || state === 'cancelled' || state === 'lost') return { ok: false, reason: state };
  if (state === 'rto_initiated' || state === 'rto_delivered' || returnAgreed(order))
    return { ok: false, reason: 'rto' };
  const shipment = currentShipment(order);
  const left = order.shipments.some(isDispatched);
  if (left && !(shipment && failedAttempt(shipment))) return { ok: false, reason: 'dispatched' };
  if (cancelPending(order)) return { ok: false, reason: 'already_requested' };
  return left && shipment
    ? { ok: true, action: 'return_to_origin', shipment }
    : { ok: true, action: 'cancel' };
}
