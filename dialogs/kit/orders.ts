import type { Order } from '../../src/core/order';
import { isOpen, orderState } from '../../src/support/order-state';
import type { Call } from './call';
import { OPTIONS_MAX, plainWords } from './choices';
import { nameWords } from './items';
import { levelOf } from './level';
import { drop, put, type Form, type Outcome, type Question } from './script';

/** Which of a customer's orders a task is about at all. */
export type Suits = (order: Order, call: Call) => boolean;

/**
 * Finds the order a task is about: the one named, the one just spoken of (with `evenUnfit` also one the task cannot be done for, so that its
 * reason is told and no other order taken), the only one that fits, or asks. Nothing is said about an order before the customer is matched to it.
 */
export async function whichOrder(
  call: Call,
  form: Form,
  suits: Suits,
  options: { useLast: boolean; evenUnfit?: boolean } = { useLast: true },
): Promise<Outcome> {
  if (form.orderNumber) return known(call, form.orderNumber);
  const own = await call.own();
  if (own.length === 0) return { call: 'verify-customer', with: { need: 1 } as Form };
  const pool = poolOf(call, own, suits);
  const last = options.useLast ? pool.find((order) => order.orderNumber === call.lastOrder) : undefined;
  const atHand = options.evenUnfit ? own.find((order) => order.orderNumber === call.orderAtHand) : undefined;
  const only = atHand ?? last ?? (pool.length === 1 ? pool[0] : undefined);
  if (!only) return { ask: 'order' };
  put(form, { orderNumber: only.orderNumber }, call.heard.seq, false);
  return known(call, only.orderNumber);
}

async function known(call: Call, orderNumber: string): Promise<Outcome> {
  const order = await call.order(orderNumber);
  if (!order || levelOf(call, order) < 1) {
    return { call: 'verify-customer', with: { need: 1, orderNumber } as Form };
  }
  call.speakingOf(orderNumber);
  return 'next';
}

function poolOf(call: Call, own: Order[], suits: Suits): Order[] {
  const fitting = own.filter((order) => suits(order, call));
  return fitting.length ? fitting : own;
}

/** Orders still on their way, or not settled. */
export const openOrders: Suits = (order) => isOpen(order);

/** "Which order is it?", newest first; answered by tap, number, order number, its last digits or an item's name. */
export function orderQuestion(suits: Suits): Question {
  return {
    expecting: ['order', 'item'],
    async ask(call) {
      const own = await call.own();
      const pool = poolOf(call, own, suits).slice(0, OPTIONS_MAX);
      const { status, words } = call.t;
      const allOpen = pool.every((order) => isOpen(order));
      return {
        text: allOpen ? status.whichOpen(pool.length) : status.whichOf(pool.length),
        options: pool.map((order) =>
          call.option(
            order.orderNumber,
            order.orderNumber,
            status.orderLine(words.state(orderState(order)), itemNames(call, order)),
          ),
        ),
        optionsLabel: call.t.talk.optionsLabel,
      };
    },
    async read(call) {
      const number = call.answer ?? (await heardOrder(call)) ?? (await byItem(call));
      return number ? { set: { orderNumber: number } } : undefined;
    },
  };
}

/** "2 × Black T-shirt, M and Mug". */
export function itemNames(call: Call, order: Order): string {
  return call.t.words.and(order.items.map((item) => call.t.words.item(item.name, item.quantity)));
}

function squeezed(text: string): string {
  return text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * The order number in what was said: one of the customer's own in any shape, or the shop's usual shape. Answers the first; see `heardOrders`.
 */
export async function heardOrder(call: Call): Promise<string | undefined> {
  return (await heardOrders(call))[0];
}

/** Every order number said, in order. A number is read with or without its hyphen. */
export async function heardOrders(call: Call): Promise<string[]> {
  const { text, understanding } = call.heard;
  if (!text) return [];
  const own = await call.own();
  const found = new Map<string, number>();
  for (const slot of understanding.slots.orderNumbers ?? []) {
    found.set(await asStored(call, slot.value, own), slot.start);
  }
  const upper = text.toUpperCase();
  for (const { orderNumber } of own) {
    const at = wordAt(upper, orderNumber.toUpperCase());
    if (at >= 0 && !found.has(orderNumber)) found.set(orderNumber, at);
  }
  if (found.size === 0) for (const number of byDigits(text, own)) found.set(number, 0);
  return [...found].sort((a, b) => a[1] - b[1]).map(([number]) => number);
}

function wordAt(text: string, word: string): number {
  const at = text.indexOf(word);
  const around = `${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`;
  return at >= 0 && !/[\p{L}\p{N}]/u.test(around) ? at : -1;
}

async function asStored(call: Call, raw: string, own: Order[]): Promise<string> {
  const mine = own.find((order) => squeezed(order.orderNumber) === squeezed(raw));
  if (mine) return mine.orderNumber;
  const upper = raw.toUpperCase();
  if (await call.order(upper)) return upper;
  const other = upper.includes('-') ? upper.replace('-', '') : upper.replace(/(?<=[A-Z])(?=\d)/, '-');
  return (await call.order(other)) ? other : upper;
}

/** "1001" alone, or "order 1001", for one of the customer's own orders. */
function byDigits(text: string, own: Order[]): string[] {
  const digits = plainWords(text).match(/(?<![\p{L}\p{N}])\d{3,8}(?![\p{L}\p{N}])/gu) ?? [];
  return digits.flatMap((d) => {
    const hits = own.filter((order) => order.orderNumber.replace(/\D/g, '') === d);
    return hits.length === 1 && hits[0] ? [hits[0].orderNumber] : [];
  });
}

/** The one order with an item named in the line ("the black t-shirt one"). */
export async function byItem(call: Call): Promise<string | undefined> {
  const words = new Set(nameWords(call.heard.understanding.slots.item?.value ?? call.heard.text));
  if (words.size === 0) return undefined;
  const hits = (await call.own()).filter((order) =>
    order.items.some((item) => nameWords(item.name).some((word) => words.has(word))),
  );
  return hits.length === 1 ? hits[0]?.orderNumber : undefined;
}

const OTHER =
  /\b(the )?other( one| order)?\b|\b(doosr[aie]|dusr[aie]) (wal[aie]|order)\b|(दूसर[ाी]|दूसरे) (वाल[ाीे]|ऑर्डर)/iu;

/** "And the other one?", said after one order was spoken of. */
export function meansOther(call: Call): boolean {
  return call.lastOrder !== undefined && call.loose.length <= 6 && OTHER.test(call.heard.text);
}

/** An order meant without its number: by an item in it, or "the other one" of two. */
async function meantOrder(call: Call): Promise<string | undefined> {
  const own = await call.own();
  if (own.length < 2) return undefined;
  if (OTHER.test(call.heard.text) && call.lastOrder) {
    const open = own.filter((order) => isOpen(order));
    const rest = (open.length > 1 ? open : own).filter((order) => order.orderNumber !== call.lastOrder);
    return rest.length === 1 ? rest[0]?.orderNumber : undefined;
  }
  return call.answer === undefined ? byItem(call) : undefined;
}

/** The order a line is about, as far as that is clear without asking: the one taken, the one just spoken of, the only one that fits. */
export async function likelyOrder(call: Call, form: Form, suits: Suits): Promise<Order | undefined> {
  if (form.orderNumber) return call.order(form.orderNumber);
  const pool = poolOf(call, await call.own(), suits);
  return (
    pool.find((order) => order.orderNumber === call.lastOrder) ?? (pool.length === 1 ? pool[0] : undefined)
  );
}

/** Takes a newly named order into a form; everything gathered for another order is forgotten. */
export async function fillOrder<F extends Form>(
  call: Call,
  form: F,
  dependents: (keyof F)[],
): Promise<boolean> {
  const number = (await heardOrder(call)) ?? (form.orderNumber ? undefined : await meantOrder(call));
  if (!number || number === form.orderNumber) return false;
  if (form.orderNumber) drop(form, ...dependents);
  put(form, { orderNumber: number } as Partial<F>, call.heard.seq, false);
  return true;
}
