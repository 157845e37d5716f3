import type { Order } from '../src/core/order';
import { checkReschedule, rescheduleOptions } from '../src/support/reschedule';
import { neededLevel } from '../src/support/proof';
import { nextAttempt } from '../src/support/failed-delivery';
import { doReschedule } from './kit/actions';
import type { Call } from './kit/call';
import { confirmation } from './kit/confirm';
import {
  bygoneDay,
  capital,
  slotAnswer,
  slotChoices,
  slotInWords,
  whenInWords,
  whenSaid,
  type When,
} from './kit/dates';
import { currentFailure, noteDispute, saysNobodyCame } from './kit/failed-attempt';
import { fillOrder, orderQuestion, whichOrder, type Suits } from './kit/orders';
import { levelOf, proverOf } from './kit/level';
import { bringPerson } from './kit/person';
import { prove } from './kit/prove';
import { refuse } from './kit/refuse';
import { statusContent } from './order-status';
import { drop, put, script, type Outcome } from './kit/script';

interface NewDate extends When {
  /** The customer says that nobody came at the last attempt. */
  disputed?: boolean;
  /** The turn in which they were told that it is noted. */
  noted?: string;
  /** The nearest day was put to them; another one is theirs to say. */
  proposed?: boolean;
  confirmed?: boolean;
  declined?: boolean;
}

const movable: Suits = (order, call) => rescheduleOptions(order, call.deps.rules, call.now).allowed;

/** "Can you bring it on another day?" */
export const rescheduleDelivery = script<NewDate>({
  name: 'reschedule-delivery',
  intent: 'reschedule_delivery',
  questions: {
    order: orderQuestion(movable),
    day: {
      expecting: ['date', 'time'],
      ask: async (call, form) => {
        const days = await daysToOffer(call, form);
        const { whichDay, whichOfTwo } = call.t.reschedule;
        return {
          text: form.unclear
            ? whichOfTwo(form.orderNumber ?? '')
            : whichDay(form.orderNumber ?? '', form.slot && call.t.words.slotName(form.slot)),
          options: days.map((day) => call.option(day, call.t.words.dayTitle(day))),
          optionsLabel: call.t.talk.optionsLabel,
        };
      },
      read: async (call, form) => {
        if (call.answer) return { set: { date: call.answer, among: undefined, unclear: undefined } };
        const past = bygoneDay(call);
        if (past) return { set: { date: past, among: undefined, unclear: undefined } };
        const said = whenSaid(call, await possibleDays(call, form));
        return 'date' in said ? { set: said } : undefined;
      },
      missed: (call) => call.t.reschedule.dayMissed,
      repeats: true,
    },
    slot: {
      expecting: ['time', 'date'],
      ask: (call, form) => ({
        text: call.t.reschedule.whichSlot(call.t.words.near(form.date ?? '', call.today)),
        options: slotChoices(call),
        optionsLabel: call.t.talk.optionsLabel,
      }),
      read: (call) => {
        const set = slotAnswer(call);
        return set && { set };
      },
    },
    confirm: confirmation<NewDate>({
      ask: async (call, form) => {
        const { confirm, confirmAgain } = call.t.reschedule;
        if (form.disputed && (form.noted ??= call.turn.id) === call.turn.id)
          return call.t.failed.disputedConfirm(form.orderNumber ?? '', whenInWords(call, form));
        const order = await call.order(form.orderNumber ?? '');
        const options = order && rescheduleOptions(order, call.deps.rules, call.now);
        const again = options?.allowed && options.action === 'reattempt';
        return (again ? confirmAgain : confirm)(
          form.orderNumber ?? '',
          call.t.words.near(form.date ?? '', call.today),
          slotInWords(call, form.slot),
        );
      },
      yes: (call, form) => (form.disputed ? call.t.failed.yes : call.t.reschedule.yes),
      others: (call) => ({ 'other-day': call.t.reschedule.otherDay }),
      no: (call) => call.t.reschedule.leave,
      take: (value) => (value === 'other-day' ? { date: undefined, among: undefined } : undefined),
    }),
  },
  steps: {
    whichOrder: (call, form) => whichOrder(call, form, movable),
    dispute: (call, form) => (form.disputed ? dispute(call, form) : 'next'),
    mayChange: async (call, form) => {
      const order = await call.order(form.orderNumber ?? '');
      const options = order && rescheduleOptions(order, call.deps.rules, call.now);
      if (!order || options?.allowed) return 'next';
      if (form.disputed) return toPerson(call, form, 'disputed_refusal', call.t.failed.disputedNoDay);
      const { refused, orderRefused } = call.t.reschedule;
      const why = orderRefused(order.orderNumber, refused[options?.reason ?? 'unknown_shipment']);
      return refuse(call, 'reschedule_delivery', order.orderNumber, why);
    },
    prove: (call, form) => prove(call, form, 'reschedule'),
    day: async (call, form): Promise<Outcome> => {
      if (!form.date) return { ask: 'day' };
      const order = await call.order(form.orderNumber ?? '');
      const objection = order && dayObjection(call, form, order);
      if (!objection) return 'next';
      call.say(objection);
      drop(form, 'date', 'among', 'unclear', 'confirmed');
      return { ask: 'day' };
    },
    slot: (_call, form) => (form.slot || form.anySlot ? 'next' : { ask: 'slot' }),
    confirm: (_call, form) => (form.confirmed || form.declined ? 'next' : { ask: 'confirm' }),
    request,
  },
  fill: async (call, form) => {
    const order = await fillOrder(call, form, ['date', 'slot', 'anySlot', 'among', 'unclear', 'disputed']);
    const set: Partial<NewDate> = whenSaid(call, await possibleDays(call, form));
    if (saysNobodyCame(call.heard.text)) {
      if (!form.disputed) set.disputed = true;
      // "Nobody came today": the day of the attempt, and not one that is wished for.
      if (set.date && set.date <= call.today) drop(set, 'date', 'slot', 'anySlot', 'among', 'unclear');
    }
    put(form, set, call.heard.seq, false);
    if (order || Object.keys(set).length > 0) drop(form, 'confirmed', 'declined');
    return order || Object.keys(set).length > 0;
  },
  brief: (_call, form) => ({
    date: form.date,
    slot: form.slot,
    disputed: form.disputed ? 'nobody came' : undefined,
  }),
});

/**
 * Nobody came at the last attempt: recorded at once, whatever becomes of the day, and the nearest day is proposed. The second time a person
 * looks at it. Where there is no such attempt, or something was asked of the courier for it, that stays as it is.
 */
async function dispute(call: Call, form: NewDate): Promise<Outcome> {
  const orderNumber = form.orderNumber ?? '';
  const before = await call.order(orderNumber);
  const failure = before && currentFailure(call, before);
  if (!failure) {
    drop(form, 'disputed');
    if (before && !form.date && !form.slot && !form.among) {
      call.say(statusContent(call, before));
      return 'end';
    }
    return 'next';
  }
  const times = await noteDispute(call, orderNumber);
  if (times > 1) return toPerson(call, form, 'attempt_disputed', call.t.failed.disputedAgain);
  if (failure.answer && !form.date && !form.among) {
    call.say(call.t.failed.disputedNoted(orderNumber));
    return 'end';
  }
  // Whoever is asked for a proof now shall not have to wonder whether they were heard.
  if (!form.noted && levelOf(call, before) < neededLevel('reschedule', proverOf(call), before)) {
    call.say(call.t.failed.noted);
    form.noted = call.turn.id;
  }
  const next = form.proposed ? undefined : nextAttempt(before, call.deps.rules, call.now);
  form.proposed = true;
  if (!form.date && !form.among && next) {
    form.date = next.date;
    if (next.slot && !form.anySlot) form.slot ??= next.slot;
  }
  return 'next';
}

function toPerson(
  call: Call,
  form: NewDate,
  reason: 'attempt_disputed' | 'disputed_refusal',
  lead: string,
): Outcome {
  const { seq } = call.heard;
  bringPerson(call, reason, lead, {
    wants: 'reschedule_delivery',
    orderNumber: form.orderNumber ?? '',
    gathered: [
      { name: 'says', value: 'nobody came', seq },
      ...(form.date ? [{ name: 'date', value: form.date }] : []),
    ],
    priority: 'high',
  });
  return 'end';
}

async function possibleDays(call: Call, form: NewDate): Promise<string[]> {
  const order = form.orderNumber ? await call.order(form.orderNumber) : undefined;
  const options = order && rescheduleOptions(order, call.deps.rules, call.now);
  return options?.allowed ? options.days : [];
}

async function daysToOffer(call: Call, form: NewDate): Promise<string[]> {
  const days = await possibleDays(call, form);
  const among = days.filter((day) => form.among?.includes(day));
  return (form.unclear && form.among?.length ? form.among : among.length ? among : days).slice(0, 9);
}

function dayObjection(call: Call, form: NewDate, order: Order): string | undefined {
  const wish = { date: form.date ?? '', ...(form.slot ? { slot: form.slot } : {}) };
  const check = checkReschedule(order, call.deps.rules, call.now, wish);
  if (check.ok) return undefined;
  const { dayRefused, nearest, orderRefused, refused } = call.t.reschedule;
  const { reason } = check;
  if (!(reason in dayRefused))
    return orderRefused(order.orderNumber, refused[reason as keyof typeof refused]);
  const why = capital(
    dayRefused[reason as keyof typeof dayRefused](call.t.words.near(wish.date, call.today)),
  );
  const other = check.nearest && check.nearest !== wish.date;
  return other ? `${why} ${nearest(call.t.words.near(check.nearest ?? '', call.today))}` : why;
}

async function request(call: Call, form: NewDate): Promise<Outcome> {
  const orderNumber = form.orderNumber ?? '';
  if (form.declined) {
    call.say(call.t.talk.left('reschedule_delivery'));
    return 'end';
  }
  const wish = { date: form.date ?? '', ...(form.slot ? { slot: form.slot } : {}) };
  const stored = await doReschedule(call, orderNumber, wish);
  if (!stored) return 'again';
  const { words, reschedule } = call.t;
  // That the courier is told so is said of what was stored, and not of what was meant.
  if (stored.comments) {
    call.say(call.t.failed.disputedRequested(orderNumber, whenInWords(call, { ...wish, ...stored })));
    return 'end';
  }
  const slot = stored.slot && slotInWords(call, stored.slot);
  call.say(reschedule.requested(orderNumber, words.near(stored.date ?? wish.date, call.today), slot));
  return 'end';
}
