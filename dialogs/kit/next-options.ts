import type { ChoiceOption } from '../../src/core/content';
import type { IntentName } from '../../src/core/intents';
import type { Order } from '../../src/core/order';
import { nextSteps, type NextStep } from '../../src/support/order-state';
import type { Call } from './call';

const STEP_INTENTS: Record<NextStep, IntentName> = {
  reschedule: 'reschedule_delivery',
  address: 'correct_address',
  return: 'initiate_return',
  cancel: 'cancel_order',
  refund_status: 'refund_status',
  complaint: 'complaint',
  person: 'talk_to_human',
};

/** What can be done next with an order in its state; at least two. */
export function nextOptions(call: Call, order: Order): ChoiceOption[] {
  return nextSteps(order, call.deps.rules, call.now).map((step) =>
    call.go(STEP_INTENTS[step], order.orderNumber),
  );
}
