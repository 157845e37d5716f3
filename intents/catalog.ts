import type { IntentName } from '../src/core/intents';

/** What an intent is about, for the people who extend the corpus, and how the classifier treats it. */
export interface IntentEntry {
  name: IntentName;
  /** One sentence: which lines belong here. */
  about: string;
  /** A wish that changes something for the customer; hostile or weird lines must never come out as one. */
  change: boolean;
  /** Small talk: any of these answers an expected `smalltalk` in evaluation. */
  smallTalk: boolean;
}

function entry(name: IntentName, about: string, kind: 'question' | 'change' | 'talk'): IntentEntry {
  return { name, about, change: kind === 'change', smallTalk: kind === 'talk' };
}

/** Every intent the classifier can answer, in the order of the contract. */
export const CATALOG: readonly IntentEntry[] = [
  entry('order_status', 'Where is it, when does it come, why is it late.', 'question'),
  entry(
    'reschedule_delivery',
    'Another day or time for the delivery, a second attempt, nobody at home.',
    'change',
  ),
  entry(
    'correct_address',
    'The place, name, phone or landmark of the delivery is wrong or changes.',
    'change',
  ),
  entry('initiate_return', 'Send back what came: return, exchange, replacement, money for it.', 'change'),
  entry('cancel_order', 'Stop an order before it is delivered.', 'change'),
  entry('refund_status', 'Money coming back for something already returned or cancelled.', 'question'),
  entry(
    'payment_query',
    'Ways to pay, cash on delivery, charged twice, failed payment, invoice.',
    'question',
  ),
  entry(
    'complaint',
    'Something damaged, wrong or missing, or bad treatment, told as a complaint.',
    'question',
  ),
  entry('talk_to_human', 'A person, a call back, a number to call.', 'question'),
  entry('greet', 'Hello.', 'talk'),
  entry('thanks', 'Thank you, praise.', 'talk'),
  entry('goodbye', 'Bye, nothing else.', 'talk'),
  entry('affirm', 'Yes.', 'talk'),
  entry('deny', 'No.', 'talk'),
  entry('help', 'What can you do, help without saying for what.', 'talk'),
  entry('out_of_scope', 'Everything else; files are named out_of_scope.<topic>.txt.', 'question'),
];

/** Intents that change something. */
export const CHANGES: ReadonlySet<IntentName> = new Set(CATALOG.filter((e) => e.change).map((e) => e.name));

/** Intents that count as small talk. */
export const SMALL_TALK: ReadonlySet<IntentName> = new Set(
  CATALOG.filter((e) => e.smallTalk).map((e) => e.name),
);
