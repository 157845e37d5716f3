import { RETURN_REASONS, type Resolution, type ReturnReason } from '../../src/core/understanding';
import { resolutionsFor } from '../../src/support/returns';
import { readRefundAccount } from '../../src/support/seal';
import { leftToReturn, pickupDays, returnable, type Return } from './return-form';
import type { Call } from './call';
import { fitTitle, TITLE_MAX_UNITS } from './choices';
import { confirmation } from './confirm';
import { capital, slotAnswer, slotChoices, whenSaid } from './dates';
import { itemsSaid } from './items';
import { orderQuestion } from './orders';
import { photoAnswer } from './photos';
import { summaryInWords } from './return-words';
import type { Question } from './script';

async function left(call: Call, form: Return) {
  const order = await call.order(form.orderNumber ?? '');
  return order ? leftToReturn(call, order) : [];
}

/** The item whose number is still to be asked. */
async function uncounted(call: Call, form: Return) {
  const chosen = (await left(call, form)).filter(({ sku }) => form.skus?.includes(sku));
  return chosen.find(({ sku, quantityLeft }) => quantityLeft > 1 && !((form.quantities?.[sku] ?? 0) >= 1));
}

async function resolutions(call: Call, form: Return): Promise<Resolution[]> {
  const order = await call.order(form.orderNumber ?? '');
  return order ? resolutionsFor(order, call.deps.rules) : [];
}

/** Names that begin alike are told apart by their ends ("…-print kurta, L"). */
function titleAmong(items: { name: string }[], name: string): string {
  const alike = items.filter((other) => fitTitle(other.name) === fitTitle(name));
  return alike.length > 1 && name.length > TITLE_MAX_UNITS ? `…${name.slice(1 - TITLE_MAX_UNITS)}` : name;
}

const item: Question<Return> = {
  expecting: ['item'],
  ask: async (call, form) => {
    const items = await left(call, form);
    const all = items.length > 1 ? [call.option('all', call.t.returns.all)] : [];
    return {
      text: call.t.returns.whichItem(form.orderNumber ?? ''),
      options: [
        ...items.slice(0, 9).map((each) => call.option(each.sku, titleAmong(items, each.name), each.name)),
        ...all,
      ],
      optionsLabel: call.t.talk.optionsLabel,
    };
  },
  read: async (call, form) => {
    const skus = itemsSaid(call, await left(call, form));
    return skus.length ? { set: { skus } } : undefined;
  },
};

const quantity: Question<Return> = {
  expecting: ['quantity'],
  ask: async (call, form) => {
    const one = await uncounted(call, form);
    const counts = Array.from({ length: Math.min(one?.quantityLeft ?? 1, 9) }, (_, i) => String(i + 1));
    return {
      text: call.t.returns.howMany(one?.name ?? '', one?.quantityLeft ?? 1),
      options: counts.map((count) => call.option(count, count)),
      optionsLabel: call.t.talk.optionsLabel,
    };
  },
  read: async (call, form) => {
    const one = await uncounted(call, form);
    if (!one) return undefined;
    const all = /\b(all|both|sab|dono|saare)\b|सब|दोनों|सारे/i.test(call.heard.text)
      ? one.quantityLeft
      : undefined;
    const said = Number(
      call.answer ??
        /\d+/.exec(call.heard.text)?.[0] ??
        call.heard.understanding.slots.quantity?.value ??
        all,
    );
    if (!Number.isInteger(said) || said < 1) return undefined;
    if (said > one.quantityLeft) return { retry: call.t.returns.tooMany(one.quantityLeft) };
    return { set: { quantities: { ...form.quantities, [one.sku]: said } } };
  },
};

const reason: Question<Return> = {
  expecting: ['reason'],
  ask: (call) => ({
    text: call.t.returns.why,
    options: RETURN_REASONS.map((each) => call.option(each, call.t.words.reason(each))),
    optionsLabel: call.t.talk.optionsLabel,
  }),
  read: (call) => {
    const said = (call.answer as ReturnReason | undefined) ?? call.heard.understanding.slots.reason?.value;
    return said && { set: { reason: said } };
  },
};

const resolution: Question<Return> = {
  expecting: ['resolution'],
  ask: async (call, form) => ({
    text: call.t.returns.whichResolution,
    options: (await resolutions(call, form)).map((each) => call.option(each, call.t.words.resolution(each))),
    optionsLabel: call.t.talk.optionsLabel,
  }),
  read: (call) => {
    const said = (call.answer as Resolution | undefined) ?? call.heard.understanding.slots.resolution?.value;
    return said && { set: { resolution: said } };
  },
};

const CHANGES = {
  items: { skus: undefined, quantities: undefined },
  reason: { reason: undefined, photos: undefined, noPhoto: undefined },
  resolution: { resolution: undefined, exchangeFor: undefined, refundTo: undefined },
  pickup: { date: undefined, slot: undefined, anySlot: undefined },
  account: { refundTo: undefined },
};

/** Everything that may be asked for a return. */
export const returnQuestions: Record<string, Question<Return>> = {
  order: orderQuestion(returnable) as Question<Return>,
  item,
  quantity,
  reason,
  photo: {
    ask: (call) => ({
      text: call.t.returns.photo,
      options: [call.option('no-photo', call.t.returns.noPhoto), call.go('talk_to_human')],
    }),
    read: (call) => photoAnswer(call),
  },
  resolution,
  size: {
    free: true,
    ask: (call) => ({ text: call.t.returns.whichSize }),
    read: (call) => (call.heard.text ? { set: { exchangeFor: call.heard.text.slice(0, 100) } } : undefined),
  },
  day: {
    expecting: ['date', 'time'],
    ask: (call, form) => ({
      text: call.t.returns.whichDay(form.orderNumber ?? ''),
      options: pickupDays(call).map((day) => call.option(day, call.t.words.dayTitle(day))),
      optionsLabel: call.t.talk.optionsLabel,
    }),
    read: (call) => {
      const days = pickupDays(call);
      const set = call.answer ? { date: call.answer } : whenSaid(call, days);
      if (!set.date) return undefined;
      return days.includes(set.date) ? { set } : { retry: noPickup(call, set.date, days) };
    },
    missed: (call) => call.t.reschedule.dayMissed,
    repeats: true,
  },
  slot: {
    expecting: ['time'],
    ask: (call, form) => ({
      text: call.t.returns.whichSlot(call.t.words.near(form.date ?? '', call.today)),
      options: slotChoices(call),
      optionsLabel: call.t.talk.optionsLabel,
    }),
    read: (call) => {
      const set = slotAnswer(call);
      return set && { set };
    },
  },
  account: {
    ask: (call) => ({ text: call.t.returns.account, options: [call.go('talk_to_human')] }),
    read: (call) => {
      const { seal } = call.deps;
      const refundTo = seal && readRefundAccount(call.heard.text, seal);
      return refundTo && { set: { refundTo }, sure: true };
    },
    missed: (call) => call.t.returns.accountRetry,
  },
  change: {
    ask: (call, form) => ({
      text: call.t.returns.changeWhat,
      options: Object.entries(call.t.returns.changeTitles)
        .filter(([what]) => what !== 'account' || form.refundTo)
        .map(([what, title]) => call.option(what, title)),
      optionsLabel: call.t.talk.optionsLabel,
    }),
    read: (call) => {
      const what = call.answer as keyof typeof CHANGES | undefined;
      return what && what in CHANGES ? { set: { ...CHANGES[what], changing: undefined } } : undefined;
    },
  },
  confirm: confirmation<Return>({
    ask: (call, form) => summaryInWords(call, form),
    yes: (call) => call.t.returns.yes,
    others: (call) => ({ change: call.t.returns.change }),
    no: (call) => call.t.returns.leave,
    take: (value) => (value === 'change' ? { changing: true } : undefined),
  }),
};

function noPickup(call: Call, day: string, days: string[]): string {
  const { words, reschedule } = call.t;
  const late = days.length > 0 && day > (days.at(-1) ?? '');
  const why =
    day <= call.today
      ? reschedule.dayRefused.too_soon
      : late
        ? reschedule.dayRefused.too_far
        : reschedule.dayRefused.weekday;
  const nearest = (late ? days.at(-1) : days.find((each) => each > day)) ?? days[0];
  return [
    capital(why(words.near(day, call.today))),
    nearest && reschedule.nearest(words.near(nearest, call.today)),
  ]
    .filter(Boolean)
    .join(' ');
}
