import type { OrderState } from '../../core/order';
import type { status as en } from '../en/status';

const is: Record<OrderState, (carrier?: string) => string> = {
  processing: () => 'taiyaar ho raha hai, abhi hamare yahan se nikla nahi hai',
  pending: () => 'taiyaar ho raha hai, abhi hamare yahan se nikla nahi hai',
  packed: () => 'pack hai aur courier ka intezaar kar raha hai',
  shipped: (carrier) => `${from(carrier)}bhej diya gaya hai`,
  in_transit: (carrier) => `${from(carrier)}raaste mein hai`,
  out_for_delivery: (carrier) => `${from(carrier)}delivery ke liye nikal chuka hai`,
  attempt_failed: (carrier) => `${from(carrier)}pichhli baar deliver nahi ho paaya`,
  delivered: () => 'deliver ho chuka hai',
  exception: (carrier) => `${from(carrier)}raaste mein ruka hua hai`,
  rto_initiated: () => 'deliver nahi ho paaya aur hamare paas wapas aa raha hai',
  rto_delivered: () => 'deliver nahi ho paaya aur hamare paas wapas aa gaya hai',
  cancelled: () => 'cancel hai',
  lost: (carrier) => `${from(carrier)}lagta hai raaste mein kho gaya hai`,
};

function from(carrier?: string): string {
  return carrier ? `${carrier} se ` : '';
}

/** Where an order is, in Hinglish. */
export const status: typeof en = {
  order: (order, state, carrier) => `${order} ${is[state](carrier)}.`,
  deliveredOn: (order, day) => `${order} ${day} ko deliver ho gaya tha.`,
  split: (order, n) => `${order} ${n} parcel mein aa raha hai:`,
  parcel: (n, items, state, carrier) => `${n}. ${items}: ${is[state](carrier)}.`,
  parcelDelivered: (n, items, day) => `${n}. ${items}: ${day} ko deliver ho gaya.`,
  items: (items) => `Ismein hai: ${items}.`,
  lastScan: (when, place, note) => `Last scan: ${[note, place, when].filter(Boolean).join(', ')}.`,
  expected: (day) => `${day} tak aane ki ummeed hai.`,
  promised: (day) => `Promise ${day} tak ka hai.`,
  expectedAndPromised: (expected, promised) =>
    `${expected} tak aane ki ummeed hai, promise ${promised} tak ka hai.`,
  noDate: 'Courier ne abhi delivery ki date nahi batayi hai.',
  late: (days) => `Yeh ${days} late chal raha hai, sorry.`,
  willBeLate: (days) => `Yeh promise se ${days} baad aayega, sorry.`,
  lateWhy: {
    attempt_failed: (note) => (note ? `Courier ise de nahi paaya: ${note}.` : 'Courier ise de nahi paaya.'),
    exception: (note) =>
      note ? `Courier ke mutabik: ${note}.` : 'Courier ke mutabik raaste mein koi dikkat hai.',
    not_dispatched: () => 'Yeh abhi hamare yahan se nikla nahi hai.',
    slow: (_note, place) =>
      place
        ? `Courier ne wajah nahi batayi hai; aakhri baar yeh ${place} mein dikha tha.`
        : 'Courier ne wajah nahi batayi hai.',
    lost: () => 'Courier ko yeh mil nahi raha.',
    returning: (note) =>
      note ? `Yeh hamare paas wapas aa raha hai: ${note}.` : 'Yeh hamare paas wapas aa raha hai.',
  },
  attempts: (n) => (n === 1 ? 'Ab tak ek baar koshish hui hai.' : `Ab tak ${n} baar koshish hui hai.`),
  track: (url) => `Yahan track karein: ${url}`,
  trackingNumber: (number) => `Tracking number: ${number}.`,
  cod: (amount) => `Delivery par dene hain: ${amount}.`,
  askedDate: (day, slot) =>
    `Aapne ${day}${slot ? `, ${slot}` : ''} ke liye kaha hai; request bheji gayi hai, courier ne abhi haan nahi kaha.`,
  agreedDate: (day, slot) => `Courier ${day}${slot ? `, ${slot}` : ''} ke liye maan gaya hai.`,
  askedAddress: 'Address theek karne ki request bheji gayi hai; courier ne abhi haan nahi kaha.',
  askedBack: 'Aapne ise hamare paas wapas laane ko kaha hai; request bheji ja chuki hai.',
  askedCancel: 'Aapne ise cancel karne ko kaha hai; request darj hai.',
  returnOpen: (rma, when, agreed) =>
    `Iska ek return chal raha hai: ${rma}.` +
    (when
      ? agreed
        ? ` Courier ne ${when} ke pick-up ke liye haan kar di hai.`
        : ` Pick-up ${when} ke liye maanga hai; courier ke haan kehte hi yahin bataunga.`
      : ''),
  whichOpen: (n) => `Aapke ${n} order chal rahe hain. Kiski baat hai?`,
  whichOf: (n) => `Mujhe aapke ${n} order dikh rahe hain. Kiski baat hai?`,
  orderLine: (state, items) => `${state}, ${items}`,
  noneOpen: 'Abhi aapka koi order raaste mein nahi hai.',
  askNumber: 'Kis order ki baat hai? Order number likh dijiye; woh aapke confirmation message mein hai.',
  cardLate: (days) => `${days} late`,
  cardParcel: (n, of) => `Parcel ${n} / ${of}`,
  steps: {
    confirmed: 'Confirmed',
    packed: 'Packed',
    on_the_way: 'Raaste mein',
    out: 'Delivery par',
    delivered: 'Delivered',
  },
  next: 'Aap kya karna chahenge?',
};
