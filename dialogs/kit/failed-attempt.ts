import type { Order } from '../../src/core/order';
import { SLOT_NAMES, type SlotName } from '../../src/core/understanding';
import type { Day } from '../../src/core/zone';
import { disputeAttempt, failedDeliveries, type FailedDelivery } from '../../src/support/failed-delivery';
import { currentShipment } from '../../src/support/order-state';
import type { Call } from './call';
import { heardOrders } from './orders';

/** What a customer can answer when asked about a failed attempt. */
export const FAILED_ANSWERS = ['again', 'day', 'nobody', 'address', 'refused'] as const;
export type FailedAnswerKind = (typeof FAILED_ANSWERS)[number];

/** An answer as an option carries it: for which order, and of which attempt it was offered. */
export interface FailedAnswer {
  kind: FailedAnswerKind;
  attempt: number;
  orderNumber: string;
  /** When the courier would come, for `again`. */
  date?: Day;
  slot?: SlotName;
}

const MARK = 'failed';
const WRITTEN = new RegExp(
  `^${MARK}:(${FAILED_ANSWERS.join('|')}):(\\d+):(\\d{4}-\\d{2}-\\d{2})?:(${SLOT_NAMES.join('|')})?:(.+)$`,
  's',
);

/** What an option's id says for an answer. */
export function failedValue({ kind, attempt, orderNumber, date, slot }: FailedAnswer): string {
  return [MARK, kind, attempt, date ?? '', slot ?? '', orderNumber].join(':');
}

/** Reads it back; undefined for every other option. */
export function readFailed(value: string): FailedAnswer | undefined {
  const [, kind, attempt, date, slot, orderNumber] = WRITTEN.exec(value) ?? [];
  if (!kind || !orderNumber) return undefined;
  return {
    kind: kind as FailedAnswerKind,
    attempt: Number(attempt),
    orderNumber,
    ...(date ? { date } : {}),
    ...(slot ? { slot: slot as SlotName } : {}),
  };
}

const CAME =
  'c[ao]mes?|coming|turn(ed)? up|show(ed)? up|arrived?|visit(ed)?|knock(ed)?|r[ai]ng|call(ed)?(?! (me |us )?back)|attempt(ed)?';
const COURIER =
  'courier|rider|driver|he|they|(delivery|courier) (boy|guy|man|person|partner|agent|fellow|wala|waala)|anyone|anybody';
const NEVER =
  "never( even| ever)?|did ?n[o']?t( even| ever)?|has ?n[o']?t( even| ever)?|have ?n[o']?t( even)?|(did|has|have) not( even| ever)?";
const DISPUTED = [
  `\\b(no ?body|no ?one)( has| have| had)?( ever| even| actually| really)? (${CAME})\\b`,
  `\\b(${COURIER}) (${NEVER}) (${CAME})\\b`,
  `\\bnever (c[ao]me|turned up|showed up|arrived|attempted|knocked|visited)\\b`,
  '\\b(fake|false|bogus) (delivery )?(attempt|remark|update|status|reason|scan)\\b',
  '\\bno (delivery )?attempt (was|has been) made\\b',
  "\\b(i|we)( was| were|'ve been| have been)( right| just)? (at )?home\\b",
  '\\bkoi (bhi )?(nahi|nahin|nhi) (aaya|aya|aaye|ayaa|pahuncha)\\b',
  '\\bkoi (aaya|aya|aaye|ayaa)( hi| bhi| to)? (nahi|nahin|nhi)\\b',
  '\\b(courier|delivery|rider)( wala| waala| boy| wale)? .{0,15}(aaya|aya)( hi| bhi| to)? (nahi|nahin|nhi)\\b',
  '\\b(courier|delivery|rider)( wala| waala| boy| wale)? (nahi|nahin|nhi) (aaya|aya)\\b',
  '\\b(main|mai|mein|hum|ham|mummy|papa|wife)\\b.{0,20}\\bghar (pe|par|pr|mein)( hi)? (tha|thi|the)\\b',
  '\\b(poora|pura|saara|sara) din ghar\\b|\\bdin ?bhar ghar\\b',
  '\\b(jhoo?th|jhoot)( bol| hai|i)?\\b',
  '\\bkisi ne (bhi )?(call|phone|ghanti) (nahi|nahin|nhi)\\b|\\b(call|phone) (bhi )?(nahi|nahin|nhi) (kiya|aaya|aya)\\b',
];
const DISPUTED_HI =
  /कोई (भी )?नहीं (आया|आए|आये|पहुँचा|पहुंचा)|कोई (आया|आए)( ही| भी| तो)? नहीं|(कूरियर|डिलीवरी)( वाला| वाले| बॉय)? .{0,12}(आया( ही| भी| तो)? नहीं|नहीं आया)|(मैं|हम|मम्मी|पापा).{0,20}घर (पर|पे|में)( ही)? (था|थी|थे)|(पूरा|सारा) दिन घर|दिन ?भर घर|झूठ|किसी ने (भी )?(फ़ोन|फोन|कॉल|घंटी) नहीं|(फ़ोन|फोन|कॉल) (भी )?नहीं (किया|आया)/u;
const DISPUTED_LATIN = new RegExp(DISPUTED.join('|'), 'i');

/** "Nobody came", in any of our languages: the customer says that an attempt was none. */
export function saysNobodyCame(text: string): boolean {
  const plain = text.replace(/[’‘]/g, "'");
  return DISPUTED_LATIN.test(plain) || DISPUTED_HI.test(plain);
}

const REFUSED =
  /\b(i|we) (have )?(refused|rejected|declined)\b|\b(don'?t|do not) want (it|this|the (parcel|order|package))( any ?more)?\b|\b(maine|humne|mene) .{0,12}(mana|reject|refuse) (kiya|kar)|\b(yeh |ye |ab )?(nahi|nahin|nhi) chahiye\b|(मैंने|हमने).{0,12}(मना|रिजेक्ट) (किया|कर)|नहीं चाहिए/iu;

/** "I refused it", "I don't want it any more", said when asked about a failed attempt. */
export function saysRefused(text: string): boolean {
  return REFUSED.test(text.replace(/[’‘]/g, "'"));
}

/** The failed attempt that changes of an order concern; undefined when there is none. */
export function currentFailure(call: Call, order: Order): FailedDelivery | undefined {
  const current = currentShipment(order);
  return failedDeliveries(order, call.deps.rules).find(({ shipment }) => shipment.id === current?.id);
}

/** The order of whose last attempt a line says that nobody came: the one named, the one just spoken of, the only one of which that can be true. */
export async function disputedOrder(call: Call): Promise<string | undefined> {
  if (!call.heard.text || !saysNobodyCame(call.heard.text)) return undefined;
  const [named] = await heardOrders(call);
  const own = await call.own();
  const waiting = own.filter((order) => currentFailure(call, order) !== undefined);
  if (named) return waiting.find((order) => order.orderNumber === named)?.orderNumber;
  const last = waiting.find((order) => order.orderNumber === call.lastOrder);
  return (last ?? (waiting.length === 1 ? waiting[0] : undefined))?.orderNumber;
}

/** Records that nobody came at the last attempt of an order; answers how often they have said so by now, 0 when there is no such attempt. */
export async function noteDispute(call: Call, orderNumber: string): Promise<number> {
  const before = await call.order(orderNumber);
  const failure = before && currentFailure(call, before);
  if (!failure) return 0;
  const { shipment, attempt } = failure;
  const order = await disputeAttempt(call.deps.orders, {
    orderNumber,
    shipmentId: shipment.id,
    attempt,
    now: call.now,
  });
  return (order && currentFailure(call, order)?.disputes) ?? 0;
}
