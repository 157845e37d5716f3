import type { Order } from '../src/core/order';
import type { AddressField } from '../src/core/policy';
import {
  addressChangesMade,
  addressFields,
  addressOpen,
  addressRefusal,
  type AddressPlan,
} from '../src/support/address';
import { checkPin } from '../src/support/pins';
import { checkDay, deliveryDays } from '../src/support/reschedule';
import { doAddressChange } from './kit/actions';
import { addressQuestions } from './kit/address-questions';
import {
  addressLines,
  fieldNamed,
  fieldsSaid,
  inPlace,
  leftBehind,
  planOf,
  type AddressChange,
} from './kit/address-form';
import type { Call } from './kit/call';
import { whenSaid } from './kit/dates';
import { fillOrder, whichOrder, type Suits } from './kit/orders';
import { bringPerson } from './kit/person';
import { prove } from './kit/prove';
import { refuse } from './kit/refuse';
import { drop, put, script, type Outcome } from './kit/script';

/** Orders whose address can still be corrected. */
export const correctable: Suits = (order, call) => addressOpen(order, call.deps.rules);

/** "The flat is 402, not 204." */
export const correctAddress = script<AddressChange>({
  name: 'correct-address',
  intent: 'correct_address',
  questions: addressQuestions(correctable),
  steps: {
    whichOrder: (call, form) => whichOrder(call, form, correctable),
    mayChange: async (call, form): Promise<Outcome> => {
      const order = await call.order(form.orderNumber ?? '');
      if (!order) return 'next';
      const refusal = addressRefusal(order);
      if (refusal) {
        const { refused } = call.t.address;
        const why = refused[refusal as keyof typeof refused] ?? refused.delivered;
        return refuse(call, 'correct_address', order.orderNumber, `${order.orderNumber} ${why}`);
      }
      const used = addressChangesMade(order) >= call.deps.rules.policy.address.maxChanges;
      if (used) return toPerson(call, form, 'second_address_change', call.t.address.second);
      return beyondCourier(call, form, order) ?? 'next';
    },
    // A PIN code in the same line is the new one, not a proof.
    prove: (call, form) => prove(call, form, 'address', form.patch?.postalCode !== undefined),
    what: (_call, form) => (form.field ? { ask: 'field' } : hasPatch(form) ? 'next' : { ask: 'what' }),
    check,
    day: async (call, form): Promise<Outcome> => {
      const order = await call.order(form.orderNumber ?? '');
      if (!order || addressFields(order, call.deps.rules)?.kind !== 'with_reattempt') return 'next';
      if (!form.date) put(form, dayAsked(order), call.heard.seq, false);
      const ok = form.date && checkDay(call.deps.rules, call.now, { date: form.date }).ok;
      if (ok) return 'next';
      drop(form, 'date');
      const { policy, timeZone } = call.deps.rules;
      return deliveryDays(policy, timeZone, call.now).length === 0 ? 'next' : { ask: 'day' };
    },
    slot: (_call, form) => (form.date && !form.slot && !form.anySlot ? { ask: 'slot' } : 'next'),
    confirm: (_call, form) => (form.confirmed || form.declined || form.more ? 'next' : { ask: 'confirm' }),
    more: (_call, form) => (form.more ? { ask: 'what' } : 'next'),
    change,
  },
  fill: async (call, form) => {
    const fresh = await fillOrder(call, form, ['patch', 'field', 'confirmed', 'declined']);
    const said = { ...(await renumbered(call, form)), ...fieldsSaid(call) };
    const patch = { ...form.patch, ...said };
    const changed = JSON.stringify(patch) !== JSON.stringify(form.patch ?? {});
    if (changed) put(form, { patch, field: undefined, more: undefined }, call.heard.seq, false);
    else if (!hasPatch(form) && !form.field) {
      // "The landmark is wrong" names the part and not its value.
      const field = call.heard.text.length < 60 ? fieldNamed(call.heard.text) : undefined;
      if (field) put(form, { field }, call.heard.seq, false);
    }
    const when = form.confirmed === undefined && hasPatch(form) ? whenOf(call) : {};
    put(form, when, call.heard.seq, false);
    if (fresh || changed || Object.keys(when).length) drop(form, 'confirmed', 'declined');
    return fresh || changed || Object.keys(when).length > 0;
  },
  brief: (_call, form) => ({ ...form.patch, date: form.date, slot: form.slot }),
});

/** What the courier does not take at this point goes to a person, before anybody has to prove anything for it. */
function beyondCourier(call: Call, form: AddressChange, order: Order): Outcome | undefined {
  const can = addressFields(order, call.deps.rules);
  if (!can) return toPerson(call, form, 'other', call.t.person.needsPerson);
  if (can.kind !== 'carrier') return undefined;
  const asked = [...Object.keys(form.patch ?? {}), form.field].filter((each) => each !== undefined);
  const beyond = asked.filter((each) => !can.fields.includes(each as AddressField));
  // A PIN code beside a part that can be taken is most likely said as the proof.
  if (beyond.length === 0 || (beyond.join() === 'postalCode' && asked.length > 1)) return undefined;
  const fields = call.t.words.or(can.fields.map((each) => call.t.words.field(each)));
  return toPerson(call, form, 'other', call.t.address.onlyThese(fields));
}

/** The new attempt a customer has asked for already: nobody is asked for the day twice. */
function dayAsked(order: Order): Pick<AddressChange, 'date' | 'slot'> {
  const asked = order.requests.findLast(
    ({ type, state, date }) => type === 'reschedule' && date && state !== 'rejected' && state !== 'cancelled',
  );
  return asked?.date ? { date: asked.date, ...(asked.slot ? { slot: asked.slot } : {}) } : {};
}

const OTHER_NUMBER =
  /^(?:no|nope|nahi|nahin|nhi|sorry|नहीं|नही)?[,. ]*(?:it'?s |it is |make it )?#?([\p{L}]?-?\d[\p{L}\d/-]{0,5})(?: (?:hai|है|please|pls))?[.!]*$/iu;

/** "No, 403", said of the number that was just put right. */
async function renumbered(call: Call, form: AddressChange): Promise<{ line1?: string }> {
  const line = form.patch?.line1;
  const number = line && call.answer === undefined && OTHER_NUMBER.exec(call.heard.text.trim())?.[1];
  if (!number || form.confirmed !== undefined) return {};
  const order = await call.order(form.orderNumber ?? '');
  const before = new Set(order?.shippingAddress.line1.match(NUMBER));
  const fresh = (line.match(NUMBER) ?? []).filter((each) => !before.has(each));
  const [was] = fresh;
  return was && fresh.length === 1 ? { line1: line.replace(was, number) } : {};
}

const NUMBER = /[\p{L}]?-?\d[\p{L}\d/-]*/gu;

function whenOf(call: Call): Partial<AddressChange> {
  const { policy, timeZone } = call.deps.rules;
  return whenSaid(call, deliveryDays(policy, timeZone, call.now));
}

function hasPatch(form: AddressChange): boolean {
  return Object.keys(form.patch ?? {}).length > 0;
}

/** Looks at what the change would do: puts right what cannot be, and brings a person for what the shop decides itself. */
async function check(call: Call, form: AddressChange): Promise<Outcome> {
  const order = await call.order(form.orderNumber ?? '');
  if (!order) return 'end';
  form.patch = { ...leftBehind(order.shippingAddress, form.patch), ...form.patch };
  if (form.patch.line1) form.patch.line1 = inPlace(order.shippingAddress.line1, form.patch.line1);
  const plan = planOf(call, form, order);
  const { address } = call.t;
  if (plan.kind === 'refused') return putRight(call, form, plan);
  if (plan.kind !== 'person') return 'next';
  const pin = form.patch?.postalCode;
  const pinCheck = pin ? checkPin(pin, plan.after) : undefined;
  if (pin && pinCheck?.result === 'other_state' && !form.patch?.state && !form.warned) {
    // Most often one wrong digit: asked once before a person is brought.
    call.say(address.pinState(pin, call.t.words.or(pinCheck.states)));
    form.patch = { ...form.patch };
    delete form.patch.postalCode;
    form.warned = true;
    form.field = 'postalCode';
    return { ask: 'field' };
  }
  if (plan.reason === 'second_change') return toPerson(call, form, 'second_address_change', address.second);
  if (plan.reason === 'not_this_field') {
    const fields = call.t.words.or(plan.possible.map((field) => call.t.words.field(field)));
    return toPerson(call, form, 'other', address.onlyThese(fields));
  }
  const lead = plan.reason === 'several_parcels' ? call.t.person.needsPerson : address.elsewhere;
  return toPerson(call, form, 'address_elsewhere', lead);
}

function putRight(call: Call, form: AddressChange, plan: Extract<AddressPlan, { kind: 'refused' }>): Outcome {
  const { address } = call.t;
  const { reason } = plan;
  const field = plan.field as AddressField | undefined;
  if (reason === 'nothing_changes') call.say(address.same);
  else if (reason === 'not_a_pin') call.say(address.pinUnknown(form.patch?.postalCode ?? ''));
  else if (reason === 'not_a_phone') call.say(address.phoneBad);
  const patch = { ...form.patch };
  if (field) Reflect.deleteProperty(patch, field);
  form.patch = field ? patch : {};
  if (!field) return reason === 'nothing_changes' ? 'end' : { ask: 'what' };
  form.field = field;
  return { ask: 'field' };
}

async function change(call: Call, form: AddressChange): Promise<Outcome> {
  if (form.declined) {
    call.say(call.t.talk.left('correct_address'));
    return 'end';
  }
  const orderNumber = form.orderNumber ?? '';
  const stored = await doAddressChange(call, orderNumber, form);
  if (!stored) {
    drop(form, 'confirmed');
    return 'again';
  }
  const after = await call.order(orderNumber);
  const { address } = call.t;
  if (!stored.shipmentId && after) {
    call.say(`${address.changed(orderNumber)}\n${addressLines(after.shippingAddress)}`);
  } else call.say(address.requested(orderNumber));
  return 'end';
}

function toPerson(
  call: Call,
  form: AddressChange,
  reason: 'second_address_change' | 'address_elsewhere' | 'other',
  lead: string,
): Outcome {
  const { seq } = call.heard;
  const gathered = Object.entries(form.patch ?? {}).map(([name, value]) => ({ name, value, seq }));
  bringPerson(call, reason, lead, {
    wants: 'correct_address',
    orderNumber: form.orderNumber ?? '',
    gathered,
  });
  return 'end';
}
