import type { HandoffBrief, HandoffReason } from '../../src/core/conversation';
import { buildBrief } from '../../src/support/brief';
import { promiseText } from '../../src/support/hours';
import type { Call } from './call';
import { proverOf } from './level';

/**
 * Brings a person: says why (when there is something kind to say), what happens next and roughly when, and leaves the brief.
 * The turn's commit moves the owner to `waiting`.
 */
export function bringPerson(
  call: Call,
  reason: HandoffReason,
  lead: string | undefined,
  facts: Partial<Pick<HandoffBrief, 'orderNumber' | 'wants' | 'gathered' | 'priority'>> = {},
): void {
  const promised = promise(call);
  call.say([lead, promised].filter(Boolean).join(' '));
  const { orderNumber, wants, gathered, priority } = facts;
  const order = orderNumber ? call.seen(orderNumber) : undefined;
  const { done } = call.memory;
  const conversation = proverOf(call);
  const brief = buildBrief({ reason, conversation, order, wants, gathered, done, promised, now: call.now });
  call.handoff ??= {
    ...brief,
    ...(orderNumber ? { orderNumber } : {}),
    priority: priority ?? brief.priority,
  };
}

/** What happens next and when, in the customer's words. */
export function promise(call: Call): string {
  const { policy, timeZone } = call.deps.rules;
  const { person, words } = call.t;
  const facts = promiseText(policy, timeZone, call.now);
  if (call.turn.peopleOnDuty) return person.onDuty(words.minutes(facts.withinMinutes));
  if (facts.onDuty || facts.day === undefined || facts.hour === undefined) return person.offDutyUnknown;
  return person.offDuty(words.at(facts.day, facts.hour, 0));
}
