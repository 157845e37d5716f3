import type { IntentName } from '../../src/core/intents';
import { nextOptions } from './next-options';
import type { Call } from './call';
import type { Outcome } from './script';

/**
 * A rule of the shop says no: the reason, what can be done instead, and a way to a person. Remembered for one turn, so that a
 * customer who disputes it gets one.
 */
export async function refuse(
  call: Call,
  intent: IntentName,
  orderNumber: string,
  why: string,
): Promise<Outcome> {
  const order = await call.order(orderNumber);
  const options = order ? nextOptions(call, order).filter((o) => !o.id.includes(`>${intent}`)) : [];
  call.say({ text: why, options, optionsLabel: call.t.talk.optionsLabel });
  call.memory.refused = { intent, orderNumber };
  return 'end';
}
