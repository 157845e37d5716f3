import type { Order, RefundAccount } from '../../src/core/order';
import type { Resolution, ReturnReason } from '../../src/core/understanding';
import { deliveryDays } from '../../src/support/reschedule';
import { returnOptions } from '../../src/support/returns';
import type { Call } from './call';
import type { When } from './dates';
import type { Suits } from './orders';

/** What is gathered for a return. */
export interface Return extends When {
  skus?: string[];
  /** Named, but not to be sent back (again). */
  gone?: string[];
  quantities?: Record<string, number>;
  reason?: ReturnReason;
  photos?: string[];
  noPhoto?: boolean;
  resolution?: Resolution;
  exchangeFor?: string;
  refundTo?: RefundAccount;
  confirmed?: boolean;
  declined?: boolean;
  changing?: boolean;
}

/** Orders with something that can be sent back. */
export const returnable: Suits = (order, call) => leftToReturn(call, order).length > 0;

/** Items that can be sent back, with how many. */
export function leftToReturn(call: Call, order: Order) {
  return returnOptions(order, call.deps.rules, call.now).items.filter((item) => item.returnable);
}

/** Days a courier can collect on. */
export function pickupDays(call: Call): string[] {
  const { policy, timeZone } = call.deps.rules;
  return deliveryDays(policy, timeZone, call.now).slice(0, 9);
}
