import type { Resolution, ReturnReason } from '../../core/understanding';
import type { returns as en } from '../en/returns';

const reasons: Record<ReturnReason, string> = {
  damaged: 'toota ya kharab',
  wrong_item: 'galat item',
  size: 'size sahi nahi',
  not_as_described: 'bataye jaisa nahi',
  changed_mind: 'ab nahi chahiye',
  missing_parts: 'poora saamaan nahi',
  other: 'koi aur wajah',
};
const gets: Record<Resolution, string> = {
  refund: 'refund',
  store_credit: 'store credit',
  replacement: 'wahi item dobara',
  exchange: 'doosra size',
};

/** Sending something back, in Hinglish. */
export const returns: typeof en = {
  whichItem: (order) => `${order} mein se kaun sa item return karna hai?`,
  all: 'Sab kuch',
  moreItems: 'Ek aur item bhi',
  howMany: (item, n) => `"${item}" mein se kitne return karne hain? Aapke paas ${n} hain.`,
  tooMany: (n) => `Return karne ke liye ${n} hi hain. Kitne?`,
  why: 'Afsos hai ki baat nahi bani. Wajah kya hai?',
  photo:
    'Iski ek photo bhej dijiye, taaki hum dekh sakein ki kya gadbad hui. Photo na bhej paayein to koi person madad karega.',
  noPhoto: 'Photo nahi hai',
  whichResolution: 'Iske badle aap kya chahenge?',
  whichSize: 'Kaun sa size ya colour chahiye?',
  whichDay: (order) => `Courier ise lene kis din aaye (${order})?`,
  whichSlot: (day) => `Aur ${day} ko kis time?`,
  account:
    'Payment cash mein hua tha, to refund kahan bhejein? UPI id (jaise name@bank) likhiye, ya account number aur IFSC.',
  accountRetry:
    'Ismein mujhe UPI id (jaise name@bank) ya IFSC ke saath account number nahi mila. Phir se likhiye.',
  noAccount: 'Aapke account ki details koi person lega.',
  reason: (reason) => reasons[reason],
  gets: (resolution) => gets[resolution],
  summary: (order) => `${order} ka return ek baar dekh lijiye:`,
  summaryItems: (items) => `Item: ${items}`,
  summaryReason: (reason) => `Wajah: ${reason}`,
  summaryGets: (what) => `Aapko milega: ${what}`,
  summaryPickup: (when, where) => `Pick-up: ${when}, yahan se: ${where}`,
  summaryAccount: (masked) => `Refund yahan aayega: ${masked}`,
  confirm: 'Kya request bhej doon?',
  yes: 'Haan, bhej do',
  change: 'Kuch badalna hai',
  leave: 'Return nahi karna',
  changeWhat: 'Kya badalna hai?',
  changeTitles: {
    items: 'Item',
    reason: 'Wajah',
    resolution: 'Badle mein kya',
    pickup: 'Pick-up',
    account: 'Account',
  },
  requested: (order, rma, when) =>
    `${order} ke return ki request darj ho gayi hai (requested). RMA number ${rma} hai. Pick-up ${when} ke liye kaha hai. Courier ke haan kehte hi main yahin bataunga.`,
  photoToPerson: 'Pehle hamari team ka ek person aapki photo dekhega.',
  cancelReturn: 'Jo return darj ho chuka hai, use rokne ke liye kisi person ko dekhna hoga.',
  otherPickup: 'Kisi aur address se pick-up ke liye kisi person ko dekhna hoga.',
  refused: {
    not_delivered: (order) =>
      `${order} abhi deliver nahi hua hai, isliye abhi return karne ko kuch nahi hai.`,
    delivery_unknown: (order) =>
      `Mujhe nahi dikh raha ki ${order} kab pahuncha, isliye return ka faisla kisi person ko karna hoga.`,
    window_over: (order, days, until) =>
      `${order} ab return nahi ho sakta: return delivery ke baad ${days} tak ho sakta hai, aur woh time ${until} ko poora ho gaya.`,
    non_returnable: (items) =>
      `${items} return nahi ho sakta; yeh un cheezon mein hai jo hum wapas nahi lete.`,
    already_returned: (items, rma) =>
      `${items} ka return pehle se chal raha hai: ${rma}. Ek hi item do baar return nahi ho sakta.`,
  },
  disagree: 'Agar aapko yeh theek nahi lagta, to koi person ise dekh sakta hai.',
};
