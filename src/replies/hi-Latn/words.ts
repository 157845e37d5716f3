import type { AddressField } from '../../core/policy';
import type { OrderState } from '../../core/order';
import type { Resolution, ReturnReason, SlotName } from '../../core/understanding';
import { weekdayOf } from '../../core/zone';
import { dayInWords, hour12, nearDay, shortDay, type CalendarNames } from '../dates';
import { joinWords, type words as en } from '../en/words';

const names: CalendarNames = {
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  today: 'aaj',
  tomorrow: 'kal',
  yesterday: 'beete kal',
};
const states: Record<OrderState, string> = {
  processing: 'taiyaar ho raha hai',
  pending: 'taiyaar ho raha hai',
  packed: 'pack ho gaya hai',
  shipped: 'bhej diya gaya hai',
  in_transit: 'raaste mein hai',
  out_for_delivery: 'delivery ke liye nikla hai',
  attempt_failed: 'delivery nahi ho paayi',
  delivered: 'deliver ho gaya',
  exception: 'ruka hua hai',
  rto_initiated: 'hamare paas wapas aa raha hai',
  rto_delivered: 'hamare paas wapas aa gaya',
  cancelled: 'cancel hai',
  lost: 'raaste mein kho gaya',
};
const slots: Record<SlotName, string> = { morning: 'subah', afternoon: 'dopahar', evening: 'shaam' };
const fields: Record<AddressField, string> = {
  phone: 'phone number',
  landmark: 'landmark',
  line1: 'ghar aur gali',
  line2: 'area',
  city: 'city',
  state: 'state',
  postalCode: 'PIN code',
  name: 'naam',
};
const reasons: Record<ReturnReason, string> = {
  damaged: 'Toota ya kharab hai',
  wrong_item: 'Galat item aaya',
  size: 'Size sahi nahi',
  not_as_described: 'Bataye jaisa nahi',
  changed_mind: 'Ab nahi chahiye',
  missing_parts: 'Poora saamaan nahi',
  other: 'Koi aur wajah',
};
const resolutions: Record<Resolution, string> = {
  refund: 'Refund',
  store_credit: 'Store credit',
  replacement: 'Wahi item dobara',
  exchange: 'Doosra size',
};

function partOfDay(hour: number): string {
  return hour < 12 ? 'subah' : hour < 16 ? 'dopahar' : hour < 20 ? 'shaam' : 'raat';
}

function clock(hour: number): string {
  return `${partOfDay(hour)} ${hour12(hour).hour} baje`;
}

/** Hinglish words that sentences are built from. */
export const words: typeof en = {
  day: (day) => dayInWords(names, day),
  shortDay: (day) => shortDay(names, day),
  dayTitle: (day) => `${names.weekdays[weekdayOf(day)]}, ${shortDay(names, day)}`,
  near: (day, today) => nearDay(names, day, today),
  at: (day, hour, minute) =>
    `${dayInWords(names, day)}, ${partOfDay(hour)} ${hour12(hour).hour}:${String(minute).padStart(2, '0')} baje`,
  clock,
  slot: (slot, from, to) => `${slots[slot]} (${hour12(from).hour} se ${hour12(to).hour} baje)`,
  slotTitle: (slot, from, to) => {
    const name = slots[slot];
    return `${name[0]?.toUpperCase()}${name.slice(1)} ${hour12(from).hour}-${hour12(to).hour} baje`;
  },
  weekday: (weekday) => names.weekdays[weekday] ?? '',
  span: (from, to) => (from === to ? from : `${from} se ${to}`),
  hours: (from, to) => `${clock(from)} se ${clock(to)} tak`,
  slotName: (slot) => slots[slot],
  state: (state) => states[state],
  field: (field) => fields[field],
  reason: (reason) => reasons[reason],
  resolution: (resolution) => resolutions[resolution],
  and: (items) => joinWords(items, 'aur'),
  or: (items) => joinWords(items, 'ya'),
  days: (n) => `${n} din`,
  minutes: (n) =>
    n < 60 ? `${n} minute` : Math.round(n / 60) === 1 ? 'ek ghante' : `${Math.round(n / 60)} ghante`,
  item: (name, quantity) => (quantity > 1 ? `${quantity} × ${name}` : name),
};
