import type { Order } from '../../src/core/order';
import type { AddressField } from '../../src/core/policy';
import { addressFields } from '../../src/support/address';
import { deliveryDays } from '../../src/support/reschedule';
import { addressLines, fieldNamed, fieldsSaid, planOf, valueNamed, type AddressChange } from './address-form';
import type { Call } from './call';
import { confirmation, yesOrNo } from './confirm';
import { capital, slotAnswer, slotChoices, slotInWords, whenSaid } from './dates';
import { levelOf } from './level';
import { orderQuestion, type Suits } from './orders';
import type { Question, Reading } from './script';

const what: Question<AddressChange> = {
  expecting: ['address', 'phone', 'pin'],
  free: true,
  ask: async (call, form) => {
    const order = await call.order(form.orderNumber ?? '');
    const can = order && addressFields(order, call.deps.rules);
    const fields = can?.fields ?? ['phone', 'landmark'];
    const shown = fields.filter((field) => field !== 'name' && field !== 'state');
    return {
      text: whatText(call, form, order, can?.kind === 'carrier' ? fields : undefined),
      options: shown.map((field) => call.option(field, call.t.address.titles[field])),
      optionsLabel: call.t.talk.optionsLabel,
    };
  },
  read: (call, form): Reading<AddressChange> => {
    if (call.answer) return { set: { field: call.answer as AddressField, more: undefined } };
    const said = fieldsSaid(call);
    if (Object.keys(said).length > 0) {
      return {
        set: { patch: { ...form.patch, ...said }, more: undefined, confirmed: undefined },
        sure: true,
      };
    }
    const field = fieldNamed(call.heard.text);
    const value = field && valueNamed(call.heard.text, field);
    if (field && value) return { set: { patch: { ...form.patch, [field]: value }, more: undefined } };
    return field && call.heard.text.length < 60 ? { set: { field, more: undefined } } : undefined;
  },
  missed: (call) => call.t.address.whatMissed,
  repeats: true,
};

/** Where it goes now, and what can be put right of it; `only`: the parts that the courier takes. */
function whatText(call: Call, form: AddressChange, order: Order | undefined, only?: AddressField[]): string {
  const { address, words } = call.t;
  const number = form.orderNumber ?? '';
  const question = only
    ? address.whatOnWay(number, words.or(only.map((each) => words.field(each))))
    : address.what(number);
  const known = order && levelOf(call, order) >= 2 && !Object.keys(form.patch ?? {}).length;
  return known ? `${address.current}\n${addressLines(order.shippingAddress)}\n\n${question}` : question;
}

const EXPECTED: Partial<Record<AddressField, 'pin' | 'phone'>> = { postalCode: 'pin', phone: 'phone' };

const field: Question<AddressChange> = {
  expecting: ['address', 'phone', 'pin'],
  free: true,
  ask: (call, form) => ({ text: call.t.address.askField(form.field ?? 'line1') }),
  read: (call, form): Reading<AddressChange> => {
    const asked = form.field ?? 'line1';
    const said = fieldsSaid(call);
    const others = Object.keys(said).filter((each) => each !== asked);
    // "near City Mall" for a landmark, "560038" for a PIN code; for a plain part of an address any words will do.
    const value = said[asked] ?? (EXPECTED[asked] ? undefined : plainValue(call, asked));
    if (asked === 'postalCode' && !value && /\d/.test(call.heard.text)) {
      return { retry: `${call.t.verify.pinRetry} ${call.t.address.askField('postalCode')}` };
    }
    if (asked === 'phone' && !value && /\d/.test(call.heard.text)) return { retry: call.t.address.phoneBad };
    if (!value && others.length === 0) return undefined;
    const patch = { ...form.patch, ...said, ...(value ? { [asked]: value } : {}) };
    return { set: { patch, field: value ? undefined : asked }, sure: Boolean(said[asked]) };
  },
};

/** Thanks and greetings are no part of an address. */
function isChat(call: Call): boolean {
  const { accepted, intent } = call.heard.understanding;
  return accepted && ['greet', 'thanks', 'goodbye', 'help'].includes(intent);
}

function plainValue(call: Call, asked: AddressField): string | undefined {
  const said = call.heard.understanding.slots.address?.value;
  const text = call.heard.text.trim();
  if (!text || text.length > 200 || yesOrNo(call) || isChat(call)) return undefined;
  if (asked === 'line1' && said?.line2) return [said.line1, said.line2].filter(Boolean).join(', ');
  return text;
}

/** Everything that may be asked to correct an address. */
export function addressQuestions(correctable: Suits): Record<string, Question<AddressChange>> {
  return {
    order: orderQuestion(correctable) as Question<AddressChange>,
    what,
    field,
    day: {
      expecting: ['date', 'time'],
      ask: (call, form) => ({
        text: call.t.reschedule.whichDay(form.orderNumber ?? ''),
        options: days(call).map((day) => call.option(day, call.t.words.dayTitle(day))),
        optionsLabel: call.t.talk.optionsLabel,
      }),
      read: (call) => {
        const set = call.answer ? { date: call.answer } : whenSaid(call, days(call));
        if (!set.date) return undefined;
        if (days(call).includes(set.date)) return { set };
        const { reschedule, words } = call.t;
        const soon = set.date <= call.today;
        const why = soon ? reschedule.dayRefused.too_soon : reschedule.dayRefused.too_far;
        return { retry: capital(why(words.near(set.date, call.today))) };
      },
      missed: (call) => call.t.reschedule.dayMissed,
      repeats: true,
    },
    slot: {
      expecting: ['time'],
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
    confirm: confirmation<AddressChange>({
      ask: beforeAndAfter,
      yes: (call) => call.t.address.yes,
      others: (call) => ({ more: call.t.address.more }),
      no: (call) => call.t.address.leave,
      take: (value) => (value === 'more' ? { more: true } : undefined),
    }),
  };
}

function days(call: Call): string[] {
  const { policy, timeZone } = call.deps.rules;
  return deliveryDays(policy, timeZone, call.now).slice(0, 9);
}

async function beforeAndAfter(call: Call, form: AddressChange): Promise<string> {
  const { address, words } = call.t;
  const order = await call.order(form.orderNumber ?? '');
  const plan = order && planOf(call, form, order);
  if (!order || !plan || plan.kind === 'refused') return address.confirmChange(form.orderNumber ?? '');
  const when = [form.date && words.near(form.date, call.today), slotInWords(call, form.slot)]
    .filter(Boolean)
    .join(', ');
  const question =
    plan.kind === 'with_reattempt' && form.date
      ? address.confirmAgain(order.orderNumber, when)
      : plan.kind === 'now'
        ? address.confirmChange(order.orderNumber)
        : address.confirmAsk(order.orderNumber);
  return [
    `${address.before}\n${addressLines(plan.before)}`,
    `${address.after}\n${addressLines(plan.after)}`,
    question,
  ].join('\n\n');
}
