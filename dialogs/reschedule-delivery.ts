import type { Order } from '../src/core/order';
import { checkReschedule, rescheduleOptions } from '../src/support/reschedule';
import { doReschedule } from './kit/actions';
import type { Call } from './kit/call';
import { confirmation } from './kit/confirm';
import { bygoneDay, capital, slotAnswer, slotChoices, slotInWords, whenSaid, type When } from './kit/dates';
import { fillOrder, orderQuestion, whichOrder, type Suits } from './kit/orders';
import { prove } from './kit/prove';
import { refuse } from './kit/refuse';
import { drop, put, script, type Outcome } from './kit/script';

interface NewDate extends When {
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
        const order = await call.order(form.orderNumber ?? '');
        const options = order && rescheduleOptions(order, call.deps.rules, call.now);
        const again = options?.allowed && options.action === 'reattempt';
        return (again ? confirmAgain : confirm)(
          form.orderNumber ?? '',
          call.t.words.near(form.date ?? '', call.today),
          slotInWords(call, form.slot),
        );
      },
      yes: (call) => call.t.reschedule.yes,
      others: (call) => ({ 'other-day': call.t.reschedule.otherDay }),
      no: (call) => call.t.reschedule.leave,
      take: (value) => (value === 'other-day' ? { date: undefined, among: undefined } : undefined),
    }),
  },
  steps: {
    whichOrder: (call, form) => whichOrder(call, form, movable),
    mayChange: async (call, form) => {
      const order = await call.order(form.orderNumber ?? '');
      const options = order && rescheduleOptions(order, call.deps.rules, call.now);
      if (!order || options?.allowed) return 'next';
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
      drop(form, 'date', 'among', 'unclear');
      return { ask: 'day' };
    },
    slot: (_call, form) => (form.slot || form.anySlot ? 'next' : { ask: 'slot' }),
    confirm: (_call, form) => (form.confirmed || form.declined ? 'next' : { ask: 'confirm' }),
    request,
  },
  fill: async (call, form) => {
    const order = await fillOrder(call, form, ['date', 'slot', 'anySlot', 'among', 'unclear']);
    const set = whenSaid(call, await possibleDays(call, form));
    put(form, set, call.heard.seq, false);
    if (order || Object.keys(set).length > 0) drop(form, 'confirmed', 'declined');
    return order || Object.keys(set).length > 0;
  },
  brief: (_call, form) => ({ date: form.date, slot: form.slot }),
});

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
  const slot = stored.slot && slotInWords(call, stored.slot);
  call.say(reschedule.requested(orderNumber, words.near(stored.date ?? wish.date, call.today), slot));
  return 'end';
}
