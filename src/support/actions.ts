import type { Address, Order, OrderRequest, RefundAccount } from '../core/order';
import type { Resolution, ReturnReason, SlotName } from '../core/understanding';
import type { Day } from '../core/zone';
import { addressPlan, type AddressPersonReason, type AddressPlan, type AddressRefusal } from './address';
import { cancelCheck, type CancelRefusal } from './cancel';
import { disputeComment } from './failed-delivery';
import { makeRequest, rmaOf, type ActionDeps, type ActionInput, type ActionResult } from './request';
import { checkDay, checkReschedule, type DayRefusal, type RescheduleRefusal } from './reschedule';
import { checkReturn, type ReturnRefusal } from './returns';

export { beforeTurn, requestId, requestsOfTurn, rmaOf } from './request';
export type { ActionDeps, ActionInput, ActionResult } from './request';
export { settleRequest, type SettleInput, type SettleResult } from './settle';

export interface RescheduleInput extends ActionInput {
  date: Day;
  slot?: SlotName;
  /** Another open parcel than `currentShipment`. */
  shipmentId?: string;
}

export type RescheduleResult = ActionResult<RescheduleRefusal | DayRefusal, { nearest: Day }>;

/** A new date that the carrier has not been handed gives way to the newer one; so nobody has to carry out both. */
function replaceable(order: Order, shipmentId: string | undefined): OrderRequest | undefined {
  const last = order.requests.findLast((r) => r.type === 'reschedule' && r.shipmentId === shipmentId);
  return last?.state === 'requested' && last.attempts === 0 ? last : undefined;
}

/** Asks for a new delivery date, or for another attempt after a failed one. */
export function requestReschedule(deps: ActionDeps, input: RescheduleInput): Promise<RescheduleResult> {
  const key = { type: 'reschedule' as const, subject: input.shipmentId };
  return makeRequest<RescheduleRefusal | DayRefusal, { nearest: Day }>(deps, input, key, (order) => {
    const check = checkReschedule(order, deps.rules, input.now, input);
    if (!check.ok) return { refused: check.reason, nearest: check.nearest };
    const { shipment, action, date, slot } = check;
    const comments = input.comments ?? disputeComment(order, shipment);
    return {
      request: {
        type: 'reschedule',
        action,
        shipmentId: shipment?.id,
        date,
        slot,
        ...(comments ? { comments } : {}),
      },
      replaces: replaceable(order, shipment?.id),
    };
  });
}

export interface AddressChangeInput extends ActionInput {
  changes: Partial<Address>;
  /** Day and slot of the new attempt, after a failed one. */
  date?: Day;
  slot?: SlotName;
  /** Parcel of a split order, for people at the shop. */
  shipmentId?: string;
}

/** `person` besides the plain refusals: the change is possible, but not without somebody looking at it. */
export type AddressChangeResult = ActionResult<
  AddressRefusal | AddressPersonReason | DayRefusal,
  { person: boolean; plan: AddressPlan; nearest: Day }
>;

/**
 * Corrects the address. Before dispatch the order's address is changed in the same write and the shop's system is told; afterwards the
 * carrier is asked, and the address changes when it accepts. What needs a person is done when a person asks.
 */
export function requestAddressChange(
  deps: ActionDeps,
  input: AddressChangeInput,
): Promise<AddressChangeResult> {
  const { now, date, slot } = input;
  const key = { type: 'address_change' as const, subject: input.shipmentId };
  return makeRequest<
    AddressRefusal | AddressPersonReason | DayRefusal,
    { person: boolean; plan: AddressPlan; nearest: Day }
  >(deps, input, key, (order, id) => {
    const byPerson = input.by === 'customer' ? undefined : { shipmentId: input.shipmentId };
    const plan = addressPlan(order, deps.rules, now, input.changes, byPerson);
    if (plan.kind === 'refused' || plan.kind === 'person') {
      return { refused: plan.reason, person: plan.kind === 'person', plan };
    }
    const { before, after, changedFields, shipment } = plan;
    const again = plan.kind === 'with_reattempt';
    if (again && date !== undefined) {
      const check = checkDay(deps.rules, now, { date, slot });
      if (!check.ok) return { refused: check.reason, nearest: check.nearest };
    }
    const comments = input.comments ?? (again ? disputeComment(order, shipment) : undefined);
    const request: Partial<OrderRequest> & Pick<OrderRequest, 'type' | 'action'> = {
      ...(comments ? { comments } : {}),
      type: 'address_change',
      action: again ? 'reattempt' : 'update_address',
      shipmentId: shipment?.id,
      address: after,
      changedFields,
      ...(changedFields.includes('phone') ? { phone: after.phone } : {}),
      ...(again && date !== undefined ? { date, slot } : {}),
    };
    if (plan.kind !== 'now') return { request };
    const detail = { requestId: id, before, after };
    return {
      request,
      set: { shippingAddress: after },
      history: [{ at: now, what: 'address', by: input.actor ?? input.by, detail }],
    };
  });
}

export interface ReturnInput extends ActionInput {
  items: { sku: string; quantity: number }[];
  reason: ReturnReason;
  resolution: Resolution;
  exchangeFor?: string;
  pickup?: { date?: Day; slot?: SlotName; address?: Address };
  /** Sealed and masked already; see `seal.ts`. */
  refundTo?: RefundAccount;
  photos?: string[];
}

export type ReturnResult = ActionResult<ReturnRefusal, { sku: string }>;

/** Starts a return and gives it its number. People at the desk have judged the damage themselves and arrange the pay-out. */
export function requestReturn(deps: ActionDeps, input: ReturnInput): Promise<ReturnResult> {
  const { items, reason, resolution, exchangeFor, pickup, refundTo, photos, now } = input;
  const subject = [...items]
    .map(({ sku, quantity }) => `${sku}×${quantity}`)
    .sort()
    .join();
  return makeRequest<ReturnRefusal, { sku: string }>(
    deps,
    input,
    { type: 'return', subject },
    (order, id) => {
      const byPerson = input.by !== 'customer';
      const wish = { items, reason, resolution, exchangeFor, pickup, refundTo, photos, byPerson };
      const check = checkReturn(order, deps.rules, now, wish);
      if (!check.ok) return { refused: check.reason, sku: check.sku };
      return {
        request: {
          type: 'return',
          action: 'return_pickup',
          shipmentId: check.shipmentId,
          return: {
            rma: rmaOf(id),
            items: check.items,
            reason,
            resolution,
            ...(exchangeFor ? { exchangeFor } : {}),
            pickup: { ...pickup, address: pickup?.address ?? order.shippingAddress },
            ...(refundTo ? { refundTo } : {}),
            ...(photos?.length ? { photos } : {}),
          },
        },
      };
    },
  );
}

export type CancelResult = ActionResult<CancelRefusal>;

/** Asks the shop to cancel an order that has not been dispatched, or the carrier to bring back one that it could not deliver. */
export function requestCancel(deps: ActionDeps, input: ActionInput): Promise<CancelResult> {
  return makeRequest<CancelRefusal, unknown>(deps, input, { type: 'cancel' }, (order) => {
    const check = cancelCheck(order);
    if (!check.ok) return { refused: check.reason };
    if (check.action === 'cancel') return { request: { type: 'cancel', action: 'cancel' } };
    return { request: { type: 'cancel', action: check.action, shipmentId: check.shipment.id } };
  });
}
