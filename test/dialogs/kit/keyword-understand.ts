import type { IntentName } from '../../../src/core/intents';
import type { Slots, Understand, Understanding, UnderstandInput } from '../../../src/core/understanding';
import { addDays, dayOf, weekdayOf } from '../../../src/core/zone';

const WORDS: [IntentName, RegExp][] = [
  [
    'reschedule_delivery',
    /\b(move|resched|deliver (it )?on|change the date|date badal|date change|tareekh)|तारीख|kal shaam ko bhej/i,
  ],
  ['correct_address', /\b(address|landmark|flat is|pincode galat|pin code is|phone number (is|galat))|पता/i],
  ['initiate_return', /\b(return|wapas karna|lautana|exchange)|लौटा|वापस करना/i],
  ['refund_status', /\brefund/i],
  ['cancel_order', /\bcancel (my |the )?order|order cancel|ऑर्डर कैंसिल/i],
  ['payment_query', /\b(charged|invoice|cod amount|payment)/i],
  ['complaint', /\b(damaged|broken|missing|wrong item|toota)/i],
  ['order_status', /\b(where|track|status|kahan|kaha hai|kab aayega)|कहाँ/i],
  ['talk_to_human', /\b(human|agent)\b/i],
  ['thanks', /^(thanks|thank you|shukriya)\b|^शुक्रिया/i],
  ['goodbye', /^bye\b/i],
  ['help', /^help\b/i],
  ['greet', /^(hi|hello|namaste)\b|^नमस्ते/i],
  ['affirm', /^(yes|haan|ok|theek hai)\b|^हाँ/i],
  ['deny', /^(no|nahi)\b|^नहीं/i],
];
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Understanding by a handful of keywords, until the real one is there. */
export const keywordUnderstand: Understand = {
  async understand({ text, now, locale, expecting }: UnderstandInput): Promise<Understanding> {
    const hits = WORDS.filter(([, words]) => words.test(text)).map(([intent]) => intent);
    const intent = hits[0] ?? 'out_of_scope';
    const small: IntentName[] = ['greet', 'affirm', 'deny', 'thanks'];
    return {
      locale: /\b(mera|kahan|hai|karo|kal|badal|nahi|haan|kya|chahiye)\b/i.test(text)
        ? 'hi-Latn'
        : locale === 'hi'
          ? 'hi'
          : 'en',
      intent,
      score: hits.length ? 0.9 : 0.1,
      accepted: hits.length > 0,
      ranked: hits.map((each) => ({ intent: each, score: 0.9 })),
      also: hits
        .slice(1)
        .filter((each) => !small.includes(each))
        .map((each) => ({ intent: each, score: 0.9 })),
      close: false,
      decidedBy: hits.length ? 'rule' : 'nothing-known',
      slots: slotsOf(text, now, expecting ?? []),
    };
  },
};

function slotsOf(text: string, now: Date, expecting: string[]): Slots {
  const slots: Slots = {};
  const orders = [...text.matchAll(/\b[A-Z]{1,4}-?\d{3,8}\b/gi)];
  if (orders.length) slots.orderNumbers = orders.map((m) => at(m[0].toUpperCase(), m));
  const day = new RegExp(`(next )?(${DAYS.join('|')})`, 'i').exec(text);
  const today = dayOf(now, 'Asia/Kolkata');
  if (day) {
    const ahead = (DAYS.indexOf(day[2]!.toLowerCase()) - weekdayOf(today) + 7) % 7 || 7;
    const first = addDays(today, ahead);
    slots.date = at(
      day[1]
        ? { from: first, to: addDays(first, 7), ambiguous: [first, addDays(first, 7)] }
        : { from: first, to: first },
      day,
    );
  }
  const near = /\b(today|tomorrow|kal|parso)\b/i.exec(text);
  if (near) {
    const d = addDays(today, { today: 0, tomorrow: 1, kal: 1, parso: 2 }[near[0].toLowerCase()] ?? 1);
    slots.date = at({ from: d, to: d }, near);
  }
  const slot = /morning|afternoon|evening|subah|dopahar|shaam/i.exec(text);
  const names = { subah: 'morning', dopahar: 'afternoon', shaam: 'evening' } as Record<string, 'morning'>;
  if (slot)
    slots.time = at({ slot: names[slot[0].toLowerCase()] ?? (slot[0].toLowerCase() as 'morning') }, slot);
  const pin = /(?<!\d)[1-9]\d{5}(?!\d)/.exec(text);
  if (pin) slots[expecting.includes('code') ? 'code' : 'pin'] = at(pin[0], pin);
  const phone = /(?<!\d)(?:\+91)?[6-9]\d{9}(?!\d)/.exec(text);
  if (phone) slots.phone = at(`+91${phone[0].slice(-10)}`, phone);
  return slots;
}

function at<T>(value: T, match: RegExpExecArray | RegExpMatchArray) {
  const start = match.index ?? 0;
  return { value, text: match[0], start, end: start + match[0].length };
}
