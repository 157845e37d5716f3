import type { DialogContext } from 'botbuilder-dialogs';
import type { Content } from '../core/content';
import type { FailedQuestion } from '../core/notices';
import type { ShopRules } from '../core/policy';
import { dayOf } from '../core/zone';
import { untilInWords } from '../replies/notices';
import { repliesFor, type Replies } from '../replies/replies';
import { failedDeliveries, nextAttempt, type FailureCategory } from '../support/failed-delivery';
import { addressOpen } from '../support/address';
import { cancelCheck } from '../support/cancel';
import { currentShipment } from '../support/order-state';
import type { Call } from '../../dialogs/kit/call';
import { fitTitle, optionId, readOptionId } from '../../dialogs/kit/choices';
import { yesOrNo } from '../../dialogs/kit/confirm';
import { whenInWords } from '../../dialogs/kit/dates';
import {
  currentFailure,
  failedValue,
  readFailed,
  saysNobodyCame,
  saysRefused,
  type FailedAnswer,
  type FailedAnswerKind,
} from '../../dialogs/kit/failed-attempt';
import { levelOf } from '../../dialogs/kit/level';
import { heardOrders } from '../../dialogs/kit/orders';
import { beginAnew, beginNav } from './tasks';

/** What fits each kind of failure, most likely first. */
const ANSWERS: Record<FailureCategory, FailedAnswerKind[]> = {
  nobody: ['again', 'day', 'nobody'],
  unreachable: ['again', 'day', 'nobody'],
  disputed: ['again', 'day', 'nobody'],
  courier: ['again', 'day', 'nobody'],
  unknown: ['again', 'day', 'nobody'],
  payment: ['again', 'day', 'nobody'],
  later: ['again', 'day', 'nobody'],
  address: ['address', 'again', 'nobody'],
  refused: ['again', 'refused', 'nobody'],
  outside: ['address', 'nobody'],
};

function question(t: Replies['failed'], category: FailureCategory, when: string | undefined): string {
  if (category === 'outside') return t.outside;
  if (when === undefined) return t.noDay;
  switch (category) {
    case 'address':
      return t.address(when);
    case 'payment':
      return t.payment(when);
    case 'refused':
      return t.refused(when);
    case 'later':
      return t.later(when);
    default:
      return t.again(when);
  }
}

/** A longer number would leave its options all alike, which channels refuse. */
const NUMBER_MAX = 13;

/** The end of a long number tells orders apart, and leaves room for what the option means. */
function shortNumber(orderNumber: string): string {
  return orderNumber.length > NUMBER_MAX ? `…${orderNumber.slice(1 - NUMBER_MAX)}` : orderNumber;
}

/**
 * Makes the question about a failed attempt: one that fits its reason, with what can be answered now. Nothing is asked about a parcel that has
 * been answered for, nor about one of several that a change would not concern; after the last attempt it says that a person comes.
 */
export function failedQuestion(rules: ShopRules): FailedQuestion {
  return ({ order, shipmentId, locale, id, now, wished }): Content | undefined => {
    if (currentShipment(order)?.id !== shipmentId) return undefined;
    const failure = failedDeliveries(order, rules).find(({ shipment }) => shipment.id === shipmentId);
    if (!failure || failure.answer) return undefined;
    const t = repliesFor(locale);
    if (failure.last) return { text: t.failed.lastAttempt(failure.attempt) };
    const next = nextAttempt(order, rules, now, wished);
    const can: Record<FailedAnswerKind, boolean> = {
      again: next !== undefined,
      day: next !== undefined,
      nobody: true,
      address: addressOpen(order, rules),
      refused: cancelCheck(order).ok,
    };
    const { orderNumber } = order;
    const options = ANSWERS[failure.category]
      .filter((kind) => can[kind])
      .map((kind) => ({
        id: optionId(
          id,
          failedValue({ kind, attempt: failure.attempt, orderNumber, ...(kind === 'again' ? next : {}) }),
        ),
        title: fitTitle(t.failed.titles[kind](shortNumber(orderNumber))),
      }));
    const person = {
      id: optionId(id, `>talk_to_human:${orderNumber}`),
      title: fitTitle(t.talk.title('talk_to_human')),
    };
    return {
      text: question(
        t.failed,
        failure.category,
        next && whenInWords({ t, deps: { rules }, today: dayOf(now, rules.timeZone) }, next),
      ),
      // A choice of one is none.
      options: options.length > 1 && failure.category !== 'outside' ? options : [...options, person],
      optionsLabel: t.talk.optionsLabel,
    };
  };
}

/** An answer to the question about a failed attempt, by tap, number or its words. */
export function failedAnswerOf({ heard }: Call): FailedAnswer | undefined {
  return heard.choice && readFailed(heard.choice.value);
}

/**
 * Does what an answer asks for. One that was offered of an attempt that is over, or after something was asked of the carrier, changes nothing: the
 * customer hears how the order stands.
 */
export async function takeFailedAnswer(call: Call, dc: DialogContext, answer: FailedAnswer): Promise<void> {
  const { kind, orderNumber } = answer;
  const order = await call.order(orderNumber);
  const failure = order && currentFailure(call, order);
  // What stands in an id is no proof: a stranger to the order hears nothing of it before the task has asked who they are.
  const known = order !== undefined && levelOf(call, order) >= 1;
  const over =
    known && (failure?.attempt !== answer.attempt || (kind === 'again' && failure.answer !== undefined));
  if (over || call.heard.choice?.fresh === false) call.say(call.t.talk.oldTapChecked);
  if (over) return beginNav(call, dc, { intent: 'order_status', orderNumber });
  if (kind === 'address') return beginNav(call, dc, { intent: 'correct_address', orderNumber });
  if (kind === 'refused') return beginNav(call, dc, { intent: 'cancel_order', orderNumber });
  const { date, slot } = answer;
  const form = {
    day: {},
    nobody: { disputed: true },
    // The question has named day and time, so that saying yes to it confirms them.
    again: { date, slot, confirmed: true },
  }[kind];
  return beginAnew(call, dc, 'reschedule_delivery', { orderNumber, ...form }, false);
}

/** The question about a failed attempt, while it is what was asked last. */
function openFailed({ turn }: Call): FailedAnswer[] {
  const options = turn.conversation.openChoices?.options ?? [];
  return options.flatMap(({ id }) => readFailed(readOptionId(id)?.value ?? '') ?? []);
}

/**
 * An answer to that question in the customer's own words ("kal shaam bhej do", "I refused it", "haan"). False when the line is about something
 * else, which is understood like any other.
 */
export async function answeredFailed(call: Call, dc: DialogContext): Promise<boolean> {
  const offered = openFailed(call);
  const { text, understanding } = call.heard;
  const { orderNumber, attempt } = offered[0] ?? {};
  if (!text || orderNumber === undefined || attempt === undefined) return false;
  if ((await heardOrders(call)).some((number) => number !== orderNumber)) return false;
  const { intent, accepted, slots } = understanding;
  const take = (kind: FailedAnswerKind) =>
    takeFailedAnswer(call, dc, offered.find((each) => each.kind === kind) ?? { kind, attempt, orderNumber });
  const other = accepted && !['affirm', 'deny', 'reschedule_delivery', 'complaint'].includes(intent);
  const wishesDay = !other && Boolean(slots.date ?? slots.time);
  if (saysNobodyCame(text) || wishesDay || (accepted && intent === 'reschedule_delivery')) {
    await beginAnew(call, dc, 'reschedule_delivery', { orderNumber }, true);
    return true;
  }
  if (accepted && intent === 'correct_address') {
    await beginAnew(call, dc, 'correct_address', { orderNumber }, true);
    return true;
  }
  if (saysRefused(text)) await take('refused');
  else if (yesOrNo(call) === 'yes' && offered.some(({ kind }) => kind === 'again')) await take('again');
  else if (yesOrNo(call) === 'no') await notNow(call, orderNumber);
  else return false;
  return true;
}

async function notNow(call: Call, orderNumber: string): Promise<void> {
  const order = await call.order(orderNumber);
  const failure = order && currentFailure(call, order);
  if (!failure) return;
  call.say(call.t.failed.notNow(orderNumber, untilInWords(failure, call.deps.rules, call.locale)));
}
