import type { DialogContext } from 'botbuilder-dialogs';
import type { IntentName } from '../core/intents';
import type { Order, OrderRequest } from '../core/order';
import { saysUnreceived } from '../../dialogs/complaint';
import { scriptFor } from '../../dialogs/index';
import type { Call } from '../../dialogs/kit/call';
import { plainWords } from '../../dialogs/kit/choices';
import { disputedOrder } from '../../dialogs/kit/failed-attempt';
import { menu } from '../../dialogs/kit/menu';
import { byItem, heardOrders, meansOther } from '../../dialogs/kit/orders';
import type { Form } from '../../dialogs/kit/script';
import { answeredFailed } from './failed-delivery';
import { mediaAnswer } from './media';
import { leaveWord } from './phrases';
import { isSmallTalk, smallTalk } from './small-talk';
import { beginAnew, beginNav, beginTask } from './tasks';
import { missed } from './unclear';

/** A turn with nothing open: what does the customer want? */
export async function listen(call: Call, dc: DialogContext): Promise<void> {
  const { understanding, form, choice } = call.heard;
  if (form) return beginTask(call, dc, 'correct_address');
  if (!choice && (await answeredFailed(call, dc))) return;
  const disputed = await disputedOrder(call);
  if (disputed) return beginAnew(call, dc, 'reschedule_delivery', { orderNumber: disputed }, true);
  // Asked with options that begin nothing (an answer to a question already closed).
  if (choice?.fresh && call.answer !== undefined) return unclear(call, dc);
  if (RMA.test(call.heard.text)) return beginTask(call, dc, 'refund_status');
  const spoken = await asksOfSpoken(call);
  if (spoken) return beginNav(call, dc, { intent: 'order_status', orderNumber: spoken });
  if (ADDRESS_ASKED.test(call.heard.text) && !understanding.slots.address)
    return beginTask(call, dc, 'correct_address');
  if (meansOther(call) && understanding.score < 0.8) return beginTask(call, dc, 'order_status');
  if (understanding.accepted && scriptFor(understanding.intent)) {
    if (understanding.close && (await askWhich(call))) return;
    return beginTask(call, dc, meant(call));
  }
  const numbers = await heardOrders(call);
  // A number with a PIN code and a phone beside it is somebody proving who they are, not a correction.
  if (numbers.length > 0 && call.loose.length === 0) return beginTask(call, dc, 'order_status');
  const near = nearlySure(call) ?? (await aboutAnItem(call));
  if (near) return beginTask(call, dc, near);
  if (numbers.length > 0 && call.loose.length <= 3) return beginTask(call, dc, 'order_status');
  if (await mediaAnswer(call, dc)) return;
  if (isSmallTalk(call)) return smallTalk(call, false);
  if (leaveWord(call.heard.text)) {
    call.say(call.t.talk.nothingOpen);
    return;
  }
  return unclear(call, dc);
}

/** "When will they pick it up?", "are you sure?": the order these are about, whose state as stored is the answer. */
async function asksOfSpoken(call: Call): Promise<string | undefined> {
  const { text } = call.heard;
  const returning = (order: Order) => order.requests.some((r) => r.return && !OVER.has(r.state));
  // Said with something else, it is not all that is wanted.
  if (text.includes('\n')) return undefined;
  if (PICKUP_WHEN.test(text) && !call.heard.understanding.slots.orderNumbers) {
    const orders = (await call.own()).filter(returning);
    const last = orders.find((order) => order.orderNumber === call.lastOrder);
    return (last ?? (orders.length === 1 ? orders[0] : undefined))?.orderNumber;
  }
  return SURE.test(plainWords(text)) ? call.lastOrder : undefined;
}

const OVER = new Set<OrderRequest['state']>(['rejected', 'cancelled']);
const PICKUP_WHEN =
  /\b(when|what time|kab|kis (din|time))\b.{0,40}\b(pick|pick-?up|collect|len[ae])\b|\b(pick-? ?up|len[ae])\b.{0,20}\b(when|kab|kis (din|time))\b|कब.{0,30}(लेने|पिक)|(पिक-?अप|लेने).{0,20}कब/i;
const SURE =
  /^(are|r) (you|u) (really |very |100 )?sure( about (it|this|that))?$|^(is (it|that) )?(really|confirmed?)( na)?$|^(pakka|sach|sach mein|confirm) ?(hai|na|hai na|ho gaya|ho gaya na)?$|^(पक्का|सच|सच में|कन्फर्म) ?(है|ना|है ना|हो गया|हो गया ना)?$/;

/** The intent understood; "it says delivered, but nothing came" reads like a question for the status and is none. */
export function meant({ heard }: Call): IntentName {
  const { intent } = heard.understanding;
  return intent === 'order_status' && saysUnreceived(heard.text) ? 'complaint' : intent;
}

/** Not sure enough by the words alone, but a day, an address or an order in the line makes it so; everything is confirmed anyway. */
function nearlySure(call: Call): IntentName | undefined {
  const { ranked, slots } = call.heard.understanding;
  const best = ranked.find((guess) => scriptFor(guess.intent));
  if (!best || best !== ranked[0] || best.score < 0.4) return undefined;
  const fits =
    (best.intent === 'reschedule_delivery' && (slots.date ?? slots.time)) ||
    (best.intent === 'correct_address' && (slots.address ?? slots.phone)) ||
    slots.orderNumbers;
  return fits ? best.intent : undefined;
}

/** The line names something the customer has bought: what it most likely wants of it, or where it is. */
async function aboutAnItem(call: Call): Promise<IntentName | undefined> {
  const { ranked } = call.heard.understanding;
  if (!call.heard.text || call.loose.length > 10 || !(await byItem(call))) return undefined;
  const best = ranked.find((guess) => scriptFor(guess.intent));
  return best && best === ranked[0] && best.score >= 0.3
    ? best.intent
    : ASKS.test(call.heard.text)
      ? 'order_status'
      : undefined;
}

const RMA = /\brma\b|\breturn (number|id|status)\b|आरएमए|रिटर्न (नंबर|स्टेटस)/i;
const ADDRESS_ASKED =
  /\b(what|which|what'?s|show|check|kya|kaun ?sa|konsa|kis)\b.{0,25}\b(address|pat[ae])\b.{0,40}\b(have|is|on|for|order|hai|aapke|saved|recorded)\b|\b(mera|delivery) (address|pata) kya\b|पता क्या/i;
const ASKS =
  /\b(where|when|track|status|kahan?|kidhar|kab|reach(ed)?|coming|arriv\w+|what about|what'?s (up|happening)|happened|news|update|kya hua|k[ae] kya)\b|कहाँ|कहां|कब|क्या हुआ|का क्या/i;

async function unclear(call: Call, dc: DialogContext): Promise<void> {
  if (missed(call, dc)) return;
  const { ranked, decidedBy } = call.heard.understanding;
  const likely = ranked.filter((guess) => guess.score >= 0.15 && scriptFor(guess.intent));
  if (likely.length >= 2 && (ranked[0]?.score ?? 0) >= 0.25 && (await askWhich(call))) return;
  const { talk } = call.t;
  const words = decidedBy === 'nothing-known' || likely.length > 0 ? talk.unclear : talk.outOfScope;
  call.say({ text: words, ...menu(call) });
}

/** Two readings are likely: asks which, keeping what each would already know. */
async function askWhich(call: Call): Promise<boolean> {
  const [a, b] = call.heard.understanding.ranked.filter((guess) => scriptFor(guess.intent));
  if (!a || !b) return false;
  const seeds: Record<string, Form> = {};
  for (const { intent } of [a, b]) {
    const form: Form = {};
    await scriptFor(intent)?.fill(call, form);
    seeds[intent] = form;
  }
  call.memory.seeds = seeds;
  call.say({
    text: call.t.talk.which(call.t.talk.doing(a.intent), call.t.talk.doing(b.intent)),
    options: [call.go(a.intent), call.go(b.intent), call.go('talk_to_human')],
    optionsLabel: call.t.talk.optionsLabel,
  });
  return true;
}
