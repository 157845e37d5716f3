/** What customers ask for. Evaluation files and the API use these names; they never change. */
export const INTENTS = [
  'order_status',
  'reschedule_delivery',
  'correct_address',
  'initiate_return',
  'cancel_order',
  'refund_status',
  'payment_query',
  'complaint',
  'talk_to_human',
  'greet',
  'thanks',
  'goodbye',
  'affirm',
  'deny',
  'help',
  'out_of_scope',
] as const;

/** One of the fixed intent names. */
export type IntentName = (typeof INTENTS)[number];
