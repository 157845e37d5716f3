import type { Order } from '../src/core/order';
import type { ReturnReason } from '../src/core/understanding';
import { dayOf } from '../src/core/zone';
import { deliveredAt, isOpen, orderState } from '../src/support/order-state';
import { returnOptions } from '../src/support/returns';
import type { Call } from './kit/call';
import { fillOrder, orderQuestion, whichOrder, type Suits } from './kit/orders';
import { bringPerson } from './kit/person';
import { photoAnswer, photosOf } from './kit/photos';
import { drop, put, script, type Form, type Outcome } from './kit/script';
import { statusContent } from './order-status';
import { startReturn } from './start-return';

const KINDS = ['damaged', 'wrong_item', 'missing', 'not_received', 'other'] as const;
type Kind = (typeof KINDS)[number];

interface Complaint extends Form {
  kind?: Kind;
  photos?: string[];
  noPhoto?: boolean;
  /** What was said that a return would need: which item, how many, what for. */
  back?: Form;
}

const WORDS: [Kind, RegExp][] = [
  [
    'not_received',
    /\b(not received|never received|(didn'?t|did not|haven'?t|have not) (receive|received|get|got)|nahi mila|nahi mili|mila nahi|mila hi nahi|not delivered|fake delivery|(says|shows|marked) delivered)\b|नहीं मिल|मिला नहीं|मिला ही नहीं/i,
  ],
  [
    'missing',
    /\b(missing|incomplete|only (one|1|got)|kam (hai|aaya|nikla)|adhoora|parts? (not|missing))\b|कम (है|आया|निकला)|अधूरा|गायब/i,
  ],
  [
    'wrong_item',
    /\b(wrong|different) (item|product|size|colou?r|order|thing|one)|galat (item|product|saaman|saman|cheez|order|aaya)|(someone|somebody) else'?s|गलत|ग़लत/i,
  ],
  [
    'damaged',
    /\b(damaged|broken|cracked|torn|defective|leak\w*|dented|shattered|stained|faulty|not working|scratch\w*|toot[ai]|phat[ai]|kharab|daag)\b|टूट|फट|खराब|ख़राब|दाग/i,
  ],
];
/** "It says delivered, but I have nothing": sounds like a question for the status and is not one. */
export function saysUnreceived(text: string): boolean {
  const claimed = /\b(deliver(ed)?|dilivar|delivery (ho|complete))\b|डिलीवर/i.test(text);
  return (
    claimed &&
    /\b(says|shows?|showing|marked|dikha|likha|bata|status)\b|दिखा|लिखा|बता/i.test(text) &&
    kindOf(text) === 'not_received'
  );
}

const arrived: Suits = (order) => !isOpen(order) || order.shipments.some((s) => s.status === 'delivered');

/** "It came broken", "this is the wrong one", "I never got it." */
export const complaint = script<Complaint>({
  name: 'complaint',
  intent: 'complaint',
  questions: {
    order: orderQuestion(arrived),
    kind: {
      expecting: ['reason'],
      ask: (call, form) => ({
        text: call.t.cases.complaint.what(form.orderNumber ?? ''),
        options: KINDS.map((kind) => call.option(kind, call.t.cases.complaint.kinds[kind])),
        optionsLabel: call.t.talk.optionsLabel,
      }),
      read: (call) => {
        const kind = (call.answer as Kind | undefined) ?? kindSaid(call);
        const seen = photosOf(call);
        return kind ? { set: { kind, ...(seen.length ? { photos: seen } : {}) } } : undefined;
      },
    },
    photo: {
      ask: (call) => ({
        text: call.t.cases.complaint.photo,
        options: [call.option('no-photo', call.t.cases.complaint.noPhoto), call.go('talk_to_human')],
      }),
      read: (call) => photoAnswer(call),
    },
  },
  steps: {
    whichOrder: (call, form) => whichOrder(call, form, arrived),
    kind: (_call, form) => (form.kind ? 'next' : { ask: 'kind' }),
    overLimit: async (call, form): Promise<Outcome> => {
      const order = await call.order(form.orderNumber ?? '');
      const limit = call.deps.rules.policy.support.complaintValueLimit;
      if (!order || limit === undefined || Number(order.payment.total) <= Number(limit)) return 'next';
      return toPerson(call, form, 'complaint_value');
    },
    photo: (_call, form) => {
      const shows = form.kind === 'damaged' || form.kind === 'wrong_item';
      return !shows || form.photos?.length || form.noPhoto ? 'next' : { ask: 'photo' };
    },
    settle: async (call, form): Promise<Outcome> => {
      const order = await call.order(form.orderNumber ?? '');
      if (!order) return 'end';
      if (form.kind === 'not_received') return notReceived(call, form, order);
      const reason = REASONS[form.kind ?? 'other'];
      const back = returnOptions(order, call.deps.rules, call.now).items.some((item) => item.returnable);
      if (!reason || !back || form.noPhoto) return toPerson(call, form, 'complaint');
      call.memory.seeds = { initiate_return: seedOf(form, reason) };
      const toReturn = call.go('initiate_return', order.orderNumber);
      const toHuman = call.go('talk_to_human', order.orderNumber);
      // Who got too little wants the rest of it first of all, which only a person can see to.
      call.leaveOpen(
        form.kind === 'missing'
          ? { text: call.t.cases.complaint.chooseMissing, options: [toHuman, toReturn] }
          : { text: call.t.cases.complaint.choose, options: [toReturn, toHuman] },
      );
      return 'end';
    },
  },
  fill: async (call, form) => {
    const changed = await fillOrder(call, form, ['kind', 'photos', 'noPhoto', 'back']);
    const kind = kindSaid(call);
    if (kind && kind !== form.kind) {
      drop(form, 'noPhoto');
      put(form, { kind }, call.heard.seq, false);
    }
    const photos = photosOf(call);
    if (photos.length > 0) put(form, { photos }, call.heard.seq, false);
    const back = { ...form.back, ...(form.orderNumber ? { orderNumber: form.orderNumber } : {}) };
    if (await startReturn.fill(call, back)) form.back = back;
    return changed || kind !== undefined || photos.length > 0;
  },
  brief: (_call, form) => ({
    kind: form.kind,
    photos: form.photos?.length ? `${form.photos.length}` : undefined,
  }),
});

const REASONS: Partial<Record<Kind, ReturnReason>> = {
  damaged: 'damaged',
  wrong_item: 'wrong_item',
  missing: 'missing_parts',
};

function seedOf(form: Complaint, reason: ReturnReason): Form {
  return { ...form.back, orderNumber: form.orderNumber, reason, photos: form.photos } as Form;
}

function kindSaid(call: Call): Kind | undefined {
  const reason = call.heard.understanding.slots.reason?.value;
  return kindOf(call.heard.text) ?? KINDS.find((kind) => reason && REASONS[kind] === reason);
}

function kindOf(text: string): Kind | undefined {
  return WORDS.find(([, words]) => words.test(text))?.[0];
}

function notReceived(call: Call, form: Complaint, order: Order): Outcome {
  if (orderState(order) !== 'delivered') {
    const content = statusContent(call, order);
    call.say({ ...content, text: `${call.t.cases.complaint.notReceivedOpen}\n${content.text}` });
    return 'end';
  }
  const at = deliveredAt(order);
  const day = at && call.t.words.near(dayOf(at, call.deps.rules.timeZone), call.today);
  return toPerson(call, form, 'complaint', day && call.t.cases.complaint.notReceived(order.orderNumber, day));
}

function toPerson(
  call: Call,
  form: Complaint,
  reason: 'complaint' | 'complaint_value',
  lead = call.t.cases.complaint.toPerson,
): Outcome {
  const seq = call.heard.seq;
  const gathered = [
    ...(form.kind ? [{ name: 'kind', value: form.kind, seq }] : []),
    ...(form.photos?.length ? [{ name: 'photos', value: String(form.photos.length), seq }] : []),
  ];
  bringPerson(call, reason, lead, {
    wants: 'complaint',
    ...(form.orderNumber ? { orderNumber: form.orderNumber } : {}),
    gathered,
    priority: 'high',
  });
  return 'end';
}
