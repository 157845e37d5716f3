import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet';
import type { TurnContext } from 'botbuilder';
import type { IntentName } from '../src/core/intents';
import { dialogsOf, type AnyScript } from './kit/script';
import { cancelOrder } from './cancel-order';
import { complaint } from './complaint';
import { correctAddress } from './correct-address';
import { orderStatus } from './order-status';
import { paymentQuery } from './payment-query';
import { refundStatus } from './refund-status';
import { rescheduleDelivery } from './reschedule-delivery';
import { startReturn } from './start-return';
import { verifyCustomer } from './verify-customer';

/** Moves with every change of a script's steps or questions: state of another version is dropped kindly and begun again. */
export const DIALOGS_VERSION = 2;

/** Every conversation the bot can hold. */
export const scripts: AnyScript[] = [
  orderStatus,
  rescheduleDelivery,
  correctAddress,
  startReturn,
  cancelOrder,
  refundStatus,
  paymentQuery,
  complaint,
  verifyCustomer,
];

/** The script that serves an intent; undefined for small talk. */
export function scriptFor(intent: IntentName): AnyScript | undefined {
  return scripts.find((s) => s.intent === intent && !s.calledOnly);
}

/** Where the framework reads and leaves its stack during a turn. */
export interface StackAccessor {
  get(context: TurnContext): Promise<{ dialogStack: unknown[] }>;
  set(context: TurnContext, value: unknown): Promise<void>;
  delete(context: TurnContext): Promise<void>;
}

/** All dialogs in one set, built once. */
export function dialogSet(accessor: StackAccessor): DialogSet {
  const set = new DialogSet(accessor as ConstructorParameters<typeof DialogSet>[0]);
  for (const each of scripts) for (const dialog of dialogsOf(each)) set.add(dialog);
  return set;
}
