import { RESOLUTIONS, RETURN_REASONS } from '../src/core/understanding';
import { needsPhoto, needsRefundAccount, resolutionsFor } from '../src/support/returns';
import { readRefundAccount } from '../src/support/seal';
import { doReturn } from './kit/actions';
import type { Call } from './kit/call';
import { whenInWords, whenSaid } from './kit/dates';
import { itemsSaid } from './kit/items';
import { fillOrder, likelyOrder, whichOrder } from './kit/orders';
import { bringPerson } from './kit/person';
import { photosOf } from './kit/photos';
import { prove } from './kit/prove';
import { refuse } from './kit/refuse';
import { leftToReturn, pickupDays, returnable, type Return } from './kit/return-form';
import { returnQuestions } from './kit/return-questions';
import { whyNoReturn } from './kit/return-words';
import { drop, put, script, type Outcome } from './kit/script';

/** "I want to send this back." */
export const startReturn = script<Return>({
  name: 'start-return',
  intent: 'initiate_return',
  questions: returnQuestions,
  steps: {
    whichOrder: (call, form) => whichOrder(call, form, returnable),
    mayReturn: async (call, form) => {
      const order = await call.order(form.orderNumber ?? '');
      if (order && form.gone?.length) {
        return refuse(call, 'initiate_return', order.orderNumber, whyNoReturn(call, order, form.gone));
      }
      if (!order || leftToReturn(call, order).length > 0) return 'next';
      return refuse(call, 'initiate_return', order.orderNumber, whyNoReturn(call, order));
    },
    prove: (call, form) => prove(call, form, 'return'),
    items: async (call, form): Promise<Outcome> => {
      const order = await call.order(form.orderNumber ?? '');
      const left = order ? leftToReturn(call, order) : [];
      if (form.skus?.some((sku) => !left.some((item) => item.sku === sku))) drop(form, 'skus', 'quantities');
      if (!form.skus?.length && left.length === 1 && left[0]) {
        put(form, { skus: [left[0].sku] }, call.heard.seq, false);
      }
      return form.skus?.length ? 'next' : { ask: 'item' };
    },
    quantity: async (call, form): Promise<Outcome> => {
      const order = await call.order(form.orderNumber ?? '');
      const left = order ? leftToReturn(call, order) : [];
      for (const item of left.filter(({ sku }) => form.skus?.includes(sku))) {
        const wanted = form.quantities?.[item.sku];
        if (wanted !== undefined && wanted <= item.quantityLeft) continue;
        if (item.quantityLeft > 1) return { ask: 'quantity' };
        form.quantities = { ...form.quantities, [item.sku]: 1 };
      }
      return 'next';
    },
    reason: (_call, form) => (form.reason ? 'next' : { ask: 'reason' }),
    photo: (call, form): Outcome => {
      const needed = form.reason && needsPhoto(call.deps.rules, form.reason);
      if (!needed || form.photos?.length) return 'next';
      if (!form.noPhoto) return { ask: 'photo' };
      return toPerson(call, form, 'return_photo', call.t.person.needsPerson);
    },
    resolution: async (call, form): Promise<Outcome> => {
      const order = await call.order(form.orderNumber ?? '');
      const resolutions = order ? resolutionsFor(order, call.deps.rules) : [];
      if (form.resolution && !resolutions.includes(form.resolution)) drop(form, 'resolution');
      if (!form.resolution && resolutions.length === 1) form.resolution = resolutions[0];
      return form.resolution ? 'next' : { ask: 'resolution' };
    },
    size: (_call, form) => (form.resolution !== 'exchange' || form.exchangeFor ? 'next' : { ask: 'size' }),
    pickupDay: (call, form): Outcome => {
      const days = pickupDays(call);
      if (form.date && !days.includes(form.date)) drop(form, 'date');
      return form.date || days.length === 0 ? 'next' : { ask: 'day' };
    },
    pickupSlot: (_call, form) => (form.slot || form.anySlot || !form.date ? 'next' : { ask: 'slot' }),
    account: async (call, form): Promise<Outcome> => {
      const order = await call.order(form.orderNumber ?? '');
      const needed = order && form.resolution && needsRefundAccount(order, form.resolution);
      if (!needed || form.refundTo) return 'next';
      if (call.deps.seal) return { ask: 'account' };
      return toPerson(call, form, 'payment', call.t.returns.noAccount);
    },
    change: (_call, form) => (form.changing ? { ask: 'change' } : 'next'),
    confirm: (_call, form) => (form.confirmed || form.declined ? 'next' : { ask: 'confirm' }),
    request: async (call, form) => {
      if (form.declined) {
        call.say(call.t.talk.left('initiate_return'));
        return 'end';
      }
      const stored = await doReturn(call, form.orderNumber ?? '', form);
      if (!stored?.return) {
        drop(form, 'confirmed');
        return 'again';
      }
      const when = whenInWords(call, form);
      call.say(call.t.returns.requested(form.orderNumber ?? '', stored.return.rma, when));
      // Whether it is really broken only a person can see.
      const seen = form.reason && needsPhoto(call.deps.rules, form.reason);
      return seen ? toPerson(call, form, 'return_photo', call.t.returns.photoToPerson) : 'end';
    },
  },
  fill,
  brief: (call, form) => ({
    skus: form.skus?.join(', '),
    reason: form.reason && call.t.returns.reason(form.reason),
    resolution: form.resolution && call.t.returns.gets(form.resolution),
    date: form.date,
  }),
});

const EXCHANGE_SIZE = /\b(?:xx?s|x{1,3}l|\d?xl|(?:size|uk|us) ?(?:\d{1,2}|[sml]))\b/i;
const PICKUP = /\bpick(ing)? ?(it )?up\b|\bcollect|\ble ja(o|na|ye|iye)?\b|पिक-?अप|ले जा/i;

async function fill(call: Call, form: Return): Promise<boolean> {
  const fresh = await fillOrder(call, form, ['skus', 'quantities', 'confirmed', 'declined']);
  const { slots } = call.heard.understanding;
  const order = await likelyOrder(call, form, returnable);
  const left = order ? leftToReturn(call, order) : [];
  const set: Partial<Return> = {};
  // Looked for among all items: one that is named and gone must not turn into the one that is left.
  const named = order && order.items.length > 1 ? itemsSaid(call, order.items) : [];
  const skus = left.length > 1 ? named.filter((sku) => left.some((item) => item.sku === sku)) : [];
  const gone = named.some((sku) => left.some((item) => item.sku === sku)) ? [] : named;
  if (gone.length > 0 && left.length > 0) set.gone = gone;
  if (skus.length && skus.join() !== form.skus?.join()) set.skus = skus;
  const reason = slots.reason?.value;
  if (reason && RETURN_REASONS.includes(reason) && reason !== form.reason) set.reason = reason;
  const resolution = slots.resolution?.value;
  if (resolution && RESOLUTIONS.includes(resolution) && resolution !== form.resolution)
    set.resolution = resolution;
  const photos = photosOf(call);
  if (photos.length) set.photos = photos;
  // A day said at the outset is when it came or was bought; only later does it mean the pick-up.
  if (form.resolution || PICKUP.test(call.heard.text)) Object.assign(set, whenSaid(call, pickupDays(call)));
  const size = EXCHANGE_SIZE.exec(call.heard.text)?.[0];
  if (size && resolution === 'exchange' && !form.exchangeFor) set.exchangeFor = size;
  const refundTo = call.deps.seal && readRefundAccount(call.heard.text, call.deps.seal);
  if (refundTo && refundTo.masked !== form.refundTo?.masked) set.refundTo = refundTo;
  const only =
    left.length === 1 ? left[0] : left.find((item) => (set.skus ?? form.skus)?.join() === item.sku);
  const quantity = slots.quantity?.value;
  if (only && quantity && quantity <= only.quantityLeft && form.quantities?.[only.sku] !== quantity) {
    set.quantities = { ...form.quantities, [only.sku]: quantity };
  }
  put(form, set, call.heard.seq, false);
  const changed = fresh || Object.keys(set).length > 0;
  if (changed) drop(form, 'confirmed', 'declined');
  return changed;
}

function toPerson(call: Call, form: Return, reason: 'return_photo' | 'payment', lead: string): Outcome {
  const { seq } = call.heard;
  const gathered = [
    { name: 'items', value: (form.skus ?? []).join(', '), seq },
    ...(form.reason ? [{ name: 'reason', value: form.reason, seq }] : []),
    ...(form.resolution ? [{ name: 'resolution', value: form.resolution, seq }] : []),
  ];
  const orderNumber = form.orderNumber ?? '';
  bringPerson(call, reason, lead, { wants: 'initiate_return', orderNumber, gathered });
  return 'end';
}
