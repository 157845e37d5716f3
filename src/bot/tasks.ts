import type { DialogContext } from 'botbuilder-dialogs';
import { INTENTS, type IntentName } from '../core/intents';
import { scriptFor, scripts } from '../../dialogs/index';
import type { Call } from '../../dialogs/kit/call';
import { heardOrders, likelyOrder } from '../../dialogs/kit/orders';
import { orderState } from '../support/order-state';
import type { AnyScript, Answer, Form } from '../../dialogs/kit/script';
import type { StackEntry } from './state';

/** A tap that begins a task: what, and for which order. */
export interface Nav {
  intent: IntentName;
  orderNumber?: string | undefined;
}

/** More tasks than this waiting inside one another is a knot nobody follows. */
const DEPTH_MAX = 3;
const QUEUE_MAX = 3;

/** Reads an option that begins a task; undefined for every other option. */
export function readNav(value: string): Nav | undefined {
  const [, intent, orderNumber] = /^>([a-z_]+)(?::(.+))?$/s.exec(value) ?? [];
  if (!INTENTS.includes(intent as IntentName)) return undefined;
  return { intent: intent as IntentName, ...(orderNumber ? { orderNumber } : {}) };
}

/** Begins what a tap asked for, with what its line had already said. */
export async function beginNav(call: Call, dc: DialogContext, nav: Nav): Promise<void> {
  const seed = call.seeds[nav.intent] ?? {};
  const orderNumber = nav.orderNumber ?? seed.orderNumber;
  await begin(call, dc, nav.intent, { ...seed, ...(orderNumber ? { orderNumber } : {}) }, false);
}

/** Begins what was asked for in words, and keeps further requests of the same line for afterwards. */
export async function beginTask(call: Call, dc: DialogContext, main: IntentName): Promise<void> {
  const intent = await firstOf(call, main);
  const orderNumber = await queueFurther(call, intent, main);
  const seed = call.seeds[intent];
  const known = seed && (!orderNumber || orderNumber === seed.orderNumber) ? seed : {};
  const form: Form = { ...known, ...(orderNumber ? { orderNumber } : {}) };
  const told = INFORMING.has(intent) ? undefined : takeInforming(call);
  if (!told) return begin(call, dc, intent, form, true);
  // What only needs telling goes first, so that it does not wait behind questions.
  await scriptFor(intent)?.fill(call, form);
  if (orderNumber) form.orderNumber = orderNumber;
  call.memory.queue.unshift({ intent, form });
  await begin(call, dc, told.intent, told.form, false);
}

/** Of a new day and a correction in one line the day goes first, which needs no proof; after a failed attempt one request carries both. */
async function firstOf(call: Call, main: IntentName): Promise<IntentName> {
  const moves = call.heard.understanding.also.some((guess) => guess.intent === 'reschedule_delivery');
  if (main !== 'correct_address' || !moves || call.queued) return main;
  const order = await likelyOrder(call, {}, () => true);
  return order && orderState(order) === 'attempt_failed' ? main : 'reschedule_delivery';
}

const NOBODY_CAME =
  /\b(nobody|no ?one|no body|not|n'?t|never)\b.{0,20}\b(c[ao]me|turn(ed)? up|show(ed)? up|reach(ed)?|home|available|there)\b|\b(koi (nahi|nhi)|nahi (aaya|aya)|ghar pe? (nahi|nhi))\b|कोई नहीं|नहीं आया|घर पर नहीं/i;

/** Tasks that only tell something and change nothing. */
export const INFORMING: ReadonlySet<IntentName> = new Set<IntentName>([
  'order_status',
  'refund_status',
  'payment_query',
]);

function takeInforming(call: Call): { intent: IntentName; form: Form } | undefined {
  const { queue } = call.memory;
  const at = queue.findIndex(({ intent }) => INFORMING.has(intent));
  return at < 0 ? undefined : queue.splice(at, 1)[0];
}

/** Begins a task with what is known of it; one of the same kind that is open is left for it. */
export async function beginAnew(
  call: Call,
  dc: DialogContext,
  intent: IntentName,
  form: Form,
  fromWords: boolean,
): Promise<void> {
  const stack = dc.stack as StackEntry[];
  const at = stack.findIndex((entry) => entry.id === scriptFor(intent)?.name);
  if (at >= 0) stack.length = at;
  await begin(call, dc, intent, form, fromWords);
}

async function begin(
  call: Call,
  dc: DialogContext,
  intent: IntentName,
  form: Form,
  fromWords: boolean,
): Promise<void> {
  const script = scriptFor(intent);
  if (!script) return;
  call.topics.add(intent);
  const { orderNumber } = form;
  if (fromWords) await script.fill(call, form);
  if (orderNumber) form.orderNumber = orderNumber;
  if (await resumed(call, dc, script, form, fromWords)) return;
  const tasks = (dc.stack as StackEntry[]).filter((entry) => scripts.some((s) => s.name === entry.id));
  if (tasks.length >= DEPTH_MAX) dc.stack.length = 0;
  await dc.beginDialog(script.name, form);
}

/** The same task is already open further down: what lies above it is left and it goes on with what was said. */
async function resumed(
  call: Call,
  dc: DialogContext,
  script: AnyScript,
  form: Form,
  fromWords: boolean,
): Promise<boolean> {
  const stack = dc.stack as StackEntry[];
  const at = stack.findLastIndex((entry) => entry.id === script.name);
  if (at < 0 || stack.length < at + 2) return false;
  const other = stack.slice(at + 1).some((entry) => entry.id === 'verify-customer');
  // A proof in progress belongs to the order it was begun for; starting over is the safe way.
  if (other) {
    stack.length = at;
    return false;
  }
  stack.length = at + 2;
  const kept = (stack[at]?.state.values as { form?: Form } | undefined)?.form ?? {};
  if (fromWords) await script.fill(call, kept);
  else if (form.orderNumber && form.orderNumber !== kept.orderNumber) {
    stack.length = at;
    return false;
  }
  await dc.endDialog({ again: true } satisfies Answer);
  return true;
}

/**
 * Keeps further requests of the same line: other intents, and the same one for other orders. Their slots are read now, while we have the
 * line. Answers the order meant by the first request, when the line names several.
 */
export async function queueFurther(call: Call, first: IntentName, main = first): Promise<string | undefined> {
  if (call.queued) return undefined;
  call.queued = true;
  const others = call.heard.understanding.also.map((guess) => guess.intent);
  // "Nobody came, try again tomorrow" is one wish and no complaint.
  const told = first === 'reschedule_delivery' && NOBODY_CAME.test(call.heard.text);
  const also = [...new Set([main, ...others])].filter(
    (intent) => intent !== first && !(told && intent === 'complaint'),
  );
  const numbers = await heardOrders(call);
  const owners = numbers.length > 1 ? await ordersByRequest(call) : new Map<IntentName, string>();
  const further: Nav[] = also.map((intent) => ({ intent, orderNumber: owners.get(intent) }));
  if (also.length === 0 && first === 'order_status') {
    for (const orderNumber of numbers.slice(1)) further.push({ intent: first, orderNumber });
  }
  for (const { intent, orderNumber } of further.slice(0, QUEUE_MAX)) {
    const script = scriptFor(intent);
    if (!script) continue;
    const form: Form = {};
    await script.fill(call, form);
    if (orderNumber) form.orderNumber = orderNumber;
    call.memory.queue.push({ intent, form });
  }
  return also.length > 0 ? owners.get(first) : undefined;
}

const CLAUSE = /\s*(?:[,;.\n]|\b(?:and|also|then|aur|phir|plus)\b|और|फिर)\s*/i;

/** Which order each request of a line is about: "track DS-1001 and change the address of DS-1002", read clause by clause. */
async function ordersByRequest(call: Call): Promise<Map<IntentName, string>> {
  const found = new Map<IntentName, string>();
  for (const text of call.heard.text.split(CLAUSE).filter((clause) => clause.trim().length > 3)) {
    const { intent, accepted, slots } = await call.deps.understand.understand({
      text,
      now: call.now,
      locale: call.locale,
    });
    const number = slots.orderNumbers?.[0]?.value;
    if (accepted && number && !found.has(intent)) found.set(intent, number);
  }
  return found;
}

/** Begins what was kept for afterwards, as soon as nothing else is open. */
export async function beginQueued(call: Call, dc: DialogContext): Promise<void> {
  while (dc.stack.length === 0 && !call.handoff && !call.choosing) {
    const next = call.memory.queue.shift();
    const script = next && scriptFor(next.intent);
    if (!script) return;
    call.topics.add(next.intent);
    await dc.beginDialog(script.name, next.form);
  }
}
