import type { CarrierAnswer } from './core/carrier';
import { AppError } from './core/errors';
import type { Order } from './core/order';
import type { OrderStore } from './core/order-store';
import type { ShopRules } from './core/policy';
import type { ActionOffers, OrderActions } from './desk/order-actions';
import type { OrderWire } from './http/rest/orders';
import {
  requestAddressChange,
  requestCancel,
  requestReschedule,
  requestReturn,
  settleRequest,
} from './support/actions';
import { addressFields, addressRefusal } from './support/address';
import { cancelCheck } from './support/cancel';
import { orderToApi, parseShopOrder } from './support/order-input';
import { rescheduleOptions } from './support/reschedule';
import { returnOptions } from './support/returns';

/** Orders as JSON, read by the rules that also validate imports. */
export function orderWire(place: { timeZone: string; country: string }): OrderWire {
  return {
    read: (input) => {
      const read = parseShopOrder(input, place);
      if (read.ok) return read.order;
      throw new AppError('invalid_input', 'some fields are not acceptable', { fields: read.errors });
    },
    write: (order) => orderToApi(order),
  };
}

/** A decision about a request, from the carrier's side or the desk. */
export interface Decision {
  requestId: string;
  answer: Omit<CarrierAnswer, 'status'> & { status: CarrierAnswer['status'] | 'sent'; reason?: string };
  by: string;
  now: Date;
}

/** Records decisions; false when there is no request of this id. A pending answer means that the carrier has it. */
export function requestSettling(orders: OrderStore): (decision: Decision) => Promise<boolean> {
  return async ({ requestId, answer, by, now }) => {
    const status = answer.status === 'pending' ? 'sent' : answer.status;
    const settled = await settleRequest(
      { orders },
      { requestId, status, reference: answer.reference, reason: answer.reason, by, now },
    );
    return settled !== undefined;
  };
}

/** Words an agent reads when the rules say no. */
const WHY: Record<string, string> = {
  delivered: 'It has been delivered.',
  cancelled: 'It is cancelled.',
  rto: 'It is on its way back to the shop.',
  lost: 'It is lost.',
  too_many_changes: 'The date was changed as often as allowed.',
  pending_request: 'A cancellation is waiting.',
  no_days: 'There is no free delivery day.',
  dispatched: 'It has left already.',
  already_requested: 'It has been asked for already.',
  not_delivered: 'It has not been delivered.',
  delivery_unknown: 'Nobody recorded when it arrived.',
  window_over: 'The return window is over.',
  non_returnable: 'It cannot be returned.',
  already_returned: 'A return exists already.',
  second_change: 'The address was corrected once already.',
  another_city: 'That is another city.',
  another_state: 'That is another state.',
  another_country: 'That is another country.',
  not_this_field: 'The carrier does not take this change now.',
  several_parcels: 'It is split into several parcels.',
  not_a_pin: 'That is not a PIN code.',
  not_a_phone: 'That is not a phone number.',
  nothing_changes: 'Nothing would change.',
};

const why = (reason: string): string => WHY[reason] ?? `The rules refuse it (${reason.replace(/_/g, ' ')}).`;

function offers(order: Order, rules: ShopRules, now: Date): ActionOffers {
  const dates = rescheduleOptions(order, rules, now);
  const address = addressFields(order, rules);
  const notAddress = addressRefusal(order);
  const returns = returnOptions(order, rules, now);
  const cancel = cancelCheck(order);
  return {
    reschedule: dates.allowed
      ? {
          allowed: true,
          dates: dates.days.map((day) => ({ day, slots: dates.slots.map(({ name }) => name) })),
        }
      : { allowed: false, why: why(dates.reason), dates: [] },
    address_change: address
      ? { allowed: true, fields: address.fields }
      : { allowed: false, why: why(notAddress ?? 'several_parcels'), fields: [] },
    return: {
      allowed: returns.refused === undefined,
      ...(returns.refused ? { why: why(returns.refused) } : {}),
      items: returns.items
        .filter((item) => item.quantityLeft > 0)
        .map(({ sku, name, quantityLeft }) => ({ sku, name, quantity: quantityLeft })),
      resolutions: returns.resolutions,
    },
    cancel: cancel.ok
      ? { allowed: true, ...(cancel.action === 'return_to_origin' ? { back: true } : {}) }
      : { allowed: false, why: why(cancel.reason) },
  };
}

/** The bot's actions for people at the desk: same rules, same receipts. `onAsked` is told when there is a new instruction. */
export function deskOrderActions(orders: OrderStore, rules: ShopRules, onAsked: () => void): OrderActions {
  const deps = { orders, rules };
  return {
    offers: (order, now) => offers(order, rules, now),
    perform: async ({ order, action, actor, conversation, id, now }) => {
      const input = {
        orderNumber: order.orderNumber,
        turnId: id,
        by: 'agent' as const,
        actor: actor.name,
        conversation,
        now,
      };
      const result = await (action.type === 'reschedule'
        ? requestReschedule(deps, { ...input, ...action })
        : action.type === 'address_change'
          ? requestAddressChange(deps, { ...input, changes: action.changes })
          : action.type === 'return'
            ? requestReturn(deps, { ...input, ...action })
            : requestCancel(deps, { ...input, comments: action.comments }));
      if (!result.ok) throw new AppError('rule_refused', why(result.refused));
      onAsked();
      return result.request;
    },
  };
}
