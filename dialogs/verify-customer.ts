import type { CodeWay } from '../src/core/codes';
import type { Order } from '../src/core/order';
import type { ProofGrant } from '../src/core/proof';
import { CODE_MINUTES } from '../src/support/codes';
import { detailsMatch, grantNow, pinMatches } from '../src/support/proof';
import type { Call } from './kit/call';
import { levelOf, matchesPhone } from './kit/level';
import { heardOrder } from './kit/orders';
import { bringPerson } from './kit/person';
import { doesNotKnow, foreignCode, noCodeCame, numberAlone, sixDigits } from './kit/proof-answers';
import { drop, put, script, type Form, type Outcome } from './kit/script';

/** What is gathered to find out who is writing. */
interface Proof extends Form {
  need: 1 | 2;
  /** Asked in vain, for the count that ends guessing. */
  wrong?: number;
  pin?: string;
  noPin?: boolean;
  phone?: string;
  code?: string;
  sends?: number;
  codeTries?: number;
  /** When the code of this form was sent, or would have been; milliseconds. */
  sentAt?: number;
  /** Turn that sent it. */
  sentIn?: string;
  newCode?: boolean;
  /** Turn whose words were already taken in; a caller sets it when a PIN code in them means something else. */
  listened?: string;
}

const TRIES = 3;

/** "Is it you?" Called by other scripts before anything is shown or changed; answers the order's number once that is proved. */
export const verifyCustomer = script<Proof>({
  name: 'verify-customer',
  intent: 'order_status',
  calledOnly: true,
  questions: {
    number: {
      expecting: ['order'],
      ask: (call, form) => ({
        text: form.wrong ? call.t.verify.noMatch : first(call, form),
        options: [call.go('talk_to_human')],
      }),
      read: async (call) => {
        const orderNumber = (await heardOrder(call)) ?? numberAlone(call);
        return orderNumber ? { set: { orderNumber } } : undefined;
      },
      missed: (call) => (doesNotKnow(call) ? call.t.verify.orderHelp : call.t.verify.orderRetry),
    },
    pin: {
      expecting: ['pin'],
      ask: (call, form) => ({
        text: form.wrong && matchesPhone(call) ? call.t.verify.pinWrong : pinQuestion(call, form),
        ...(matchesPhone(call) ? { options: [call.option('no-pin', call.t.verify.noPinTitle)] } : {}),
      }),
      read: async (call, form) => {
        if (call.answer === 'no-pin' || doesNotKnow(call)) return { set: { noPin: true } };
        const pin = sixDigits(call) ?? (await foreignCode(call, form));
        return pin ? { set: { pin } } : undefined;
      },
      missed: (call) => call.t.verify.pinRetry,
      repeats: true,
      settled: isProved,
    },
    phone: {
      expecting: ['phone'],
      ask: (call) => ({ text: call.t.verify.detailsPhone }),
      read: (call) => {
        const phone = call.heard.understanding.slots.phone?.value ?? call.heard.phones[0];
        return phone ? { set: { phone } } : undefined;
      },
      missed: (call) => call.t.verify.phoneRetry,
      settled: isProved,
    },
    code: {
      expecting: ['code'],
      ask: (call, form) => ({
        text: form.codeTries ? call.t.verify.codeWrong : codeQuestion(call, form),
        options: [call.option('new-code', call.t.verify.codeNewTitle), call.go('talk_to_human')],
      }),
      read: (call) => {
        if (call.answer === 'new-code') return { set: { newCode: true } };
        const code = call.heard.understanding.slots.code?.value ?? sixDigits(call);
        if (!code && noCodeCame(call)) return { retry: call.t.verify.codeHelp };
        return code ? { set: { code } } : undefined;
      },
      missed: (call) => call.t.verify.codeRetry,
      settled: isProved,
    },
  },
  steps: {
    listen: async (call, form): Promise<Outcome> => {
      if (form.listened !== call.turn.id) await listen(call, form);
      return 'next';
    },
    number: (_call, form) => (form.orderNumber ? 'next' : { ask: 'number' }),
    known: async (call, form) => {
      const order = await call.order(form.orderNumber ?? '');
      if (order && (await isProved(call, form))) return { done: { orderNumber: order.orderNumber } };
      if (await mayGuess(call, form, order)) return 'next';
      bringPerson(call, 'proof_impossible', call.t.verify.limited, briefOf(form));
      return 'end';
    },
    pin: async (call, form) => {
      if (form.pin || form.noPin || (matchesPhone(call) && !(await isMatched(call, form)))) return 'next';
      return (await isMatched(call, form)) && !matchesPhone(call) ? 'next' : { ask: 'pin' };
    },
    phone: async (call, form) => {
      if (matchesPhone(call) || form.phone || (await isMatched(call, form))) return 'next';
      return { ask: 'phone' };
    },
    check: checkDetails,
    sendCode,
    code: (_call, form) => (form.code || form.newCode ? 'next' : { ask: 'code' }),
    checkCode,
  },
  fill: listen,
});

/** Takes details said without being asked. */
async function listen(call: Call, form: Proof): Promise<boolean> {
  form.listened = call.turn.id;
  const number = form.orderNumber ? undefined : await heardOrder(call);
  // Where PIN code and phone are asked for, whoever gives all three at once is asked nothing.
  const said = matchesPhone(call) ? call.heard.understanding.slots.pin?.value : sixDigits(call);
  const pin = form.pin ? undefined : said;
  const phone = form.phone ? undefined : call.heard.understanding.slots.phone?.value;
  const set = { ...(number && { orderNumber: number }), ...(pin && { pin }), ...(phone && { phone }) };
  put(form, set, call.heard.seq, false);
  return Object.keys(set).length > 0;
}

async function isProved(call: Call, form: Proof): Promise<boolean> {
  const order = await call.order(form.orderNumber ?? '');
  return order !== undefined && levelOf(call, order) >= form.need;
}

async function isMatched(call: Call, form: Proof): Promise<boolean> {
  const order = await call.order(form.orderNumber ?? '');
  return order !== undefined && levelOf(call, order) >= 1;
}

function first(call: Call, form: Proof): string {
  return matchesPhone(call) && form.need === 1 ? call.t.verify.strangerNumberless : call.t.verify.askOrder;
}

function pinQuestion(call: Call, form: Proof): string {
  const order = form.orderNumber ?? '';
  return matchesPhone(call) ? call.t.verify.pin(order) : call.t.verify.detailsPinFirst(order);
}

/** That a code is on its way is said in the turn that sent it, and in no later one. */
function codeQuestion(call: Call, form: Proof): string {
  if (form.sentIn !== call.turn.id) return call.t.verify.codeStill;
  return matchesPhone(call) && form.need === 1
    ? call.t.verify.stranger(form.orderNumber ?? '')
    : call.t.verify.codeSent;
}

function briefOf(form: Proof): { orderNumber?: string } {
  return form.orderNumber ? { orderNumber: form.orderNumber } : {};
}

/** A matched customer is counted apart, so that a stranger's guesses never lock anybody out. */
function guessKeys(call: Call, form: Proof, matched: boolean): string[] {
  const number = form.orderNumber ?? '';
  return matched ? [`pin:${call.identity}:${number}`] : [`identity:${call.identity}`, `order:${number}`];
}

async function mayGuess(call: Call, form: Proof, order: Order | undefined): Promise<boolean> {
  const matched = order !== undefined && levelOf(call, order) >= 1;
  return call.deps.guesses.allowed(guessKeys(call, form, matched), call.now);
}

async function checkDetails(call: Call, form: Proof) {
  const order = await call.order(form.orderNumber ?? '');
  const level = order ? levelOf(call, order) : 0;
  if (form.noPin) return 'next' as const;
  if (matchesPhone(call)) return level >= 1 && order ? checkPin(call, form, order) : ('next' as const);
  if (level >= 1) return 'next' as const;
  const details = { pin: form.pin ?? '', phone: form.phone ?? '' };
  const right = detailsMatch(order, details, call.deps.rules.country);
  if (order && right) {
    grant(call, { level: 1, orderNumber: order.orderNumber, how: 'details' });
    return 'again' as const;
  }
  await call.deps.guesses.countWrong(guessKeys(call, form, false), call.turn.id, call.now);
  form.wrong = (form.wrong ?? 0) + 1;
  drop(form, 'orderNumber', 'pin', 'phone');
  return 'again' as const;
}

async function checkPin(call: Call, form: Proof, order: Order) {
  if (pinMatches(order, form.pin ?? '')) {
    // Nobody types the same PIN code again for the next order that goes to the same address.
    const alike = (await call.own()).filter((each) => pinMatches(each, form.pin ?? ''));
    const numbers = new Set([order, ...alike].map(({ orderNumber }) => orderNumber));
    for (const orderNumber of numbers) grant(call, { level: 2, orderNumber, how: 'pin' });
    return { done: { orderNumber: order.orderNumber } };
  }
  await call.deps.guesses.countWrong(guessKeys(call, form, true), call.turn.id, call.now);
  form.wrong = (form.wrong ?? 0) + 1;
  drop(form, 'pin');
  if (form.wrong < TRIES) return 'again' as const;
  call.say(call.t.verify.pinUsedUp);
  form.noPin = true;
  return 'next' as const;
}

function grant(call: Call, proof: Pick<ProofGrant, 'level' | 'orderNumber' | 'how'>): void {
  call.proofs.push(grantNow({ ...proof, identity: call.identity }, call.now));
  call.reread();
}

/** The way a code may go: never into the chat that asks. */
function wayFor(call: Call, order: Order): CodeWay | undefined {
  const ways = call.deps.codes.ways(order);
  const sameChat = matchesPhone(call) && levelOf(call, order) >= 1;
  return ways.find((way) => way === 'email' || !sameChat);
}

/** A made-up order that has both addresses: tells whether the shop can send codes at all, the same for every number. */
function anyWay(call: Call): boolean {
  const anybody = { customer: { name: '', phone: '+910000000000', email: 'anybody@example.com' } };
  return (
    call.deps.codes.ways({ ...anybody, shippingAddress: { phone: '+910000000000' } } as Order).length > 0
  );
}

async function sendCode(call: Call, form: Proof) {
  if (form.sends && !form.newCode) return 'next' as const;
  const order = await call.order(form.orderNumber ?? '');
  const matched = order !== undefined && levelOf(call, order) >= 1;
  const way = order && wayFor(call, order);
  if (matched ? !way : !anyWay(call)) return giveUp(call, form, call.t.verify.noWay);
  if ((form.sends ?? 0) >= TRIES) return giveUp(call, form, call.t.verify.codeLimit);
  const { id: turnId, now } = call.turn;
  const sent =
    order && way
      ? await call.deps.codes.send({ order, way, identity: call.identity, turnId, locale: call.locale, now })
      : 'sent';
  // A stranger hears the same whatever happened; only a matched customer is told of limits.
  if (matched && sent !== 'sent') {
    return giveUp(call, form, sent === 'limit' ? call.t.verify.codeLimit : call.t.verify.noWay);
  }
  form.sends = (form.sends ?? 0) + 1;
  form.sentAt = now.getTime();
  form.sentIn = turnId;
  drop(form, 'newCode', 'code', 'codeTries');
  return 'next' as const;
}

function giveUp(call: Call, form: Proof, why: string) {
  bringPerson(call, 'proof_impossible', why, briefOf(form));
  return 'end' as const;
}

async function checkCode(call: Call, form: Proof) {
  if (form.newCode) return 'again' as const;
  const orderNumber = form.orderNumber ?? '';
  const { id: turnId, now } = call.turn;
  const answer = await call.deps.codes.check({
    orderNumber,
    identity: call.identity,
    code: form.code ?? '',
    turnId,
    now,
  });
  const order = await call.order(orderNumber);
  if (answer === 'right' && order) {
    grant(call, {
      level: 2,
      orderNumber,
      how: wayFor(call, order) === 'email' ? 'code_email' : 'code_whatsapp',
    });
    return { done: { orderNumber } };
  }
  drop(form, 'code');
  form.codeTries = (form.codeTries ?? 0) + 1;
  // Nothing a stranger reads may depend on whether the order exists: tries and minutes are counted here, not asked of the store.
  const matched = order !== undefined && levelOf(call, order) >= 1;
  const usedUp = form.codeTries >= TRIES || (matched && answer === 'used_up');
  if (usedUp) return giveUp(call, form, call.t.verify.codeUsedUp);
  const late = now.getTime() - (form.sentAt ?? 0) >= CODE_MINUTES * 60_000;
  if (matched ? answer === 'expired' : late) {
    call.say(call.t.verify.codeExpired);
    form.newCode = true;
  }
  return 'again' as const;
}
