import type { AddressField } from '../../core/policy';
import type { OrderState } from '../../core/order';
import type { Resolution, ReturnReason, SlotName } from '../../core/understanding';
import { weekdayOf } from '../../core/zone';
import { dayInWords, hour12, nearDay, shortDay, type CalendarNames } from '../dates';
import { joinWords, type words as en } from '../en/words';

const names: CalendarNames = {
  weekdays: ['रविवार', 'सोमवार', 'मंगलवार', 'बुधवार', 'गुरुवार', 'शुक्रवार', 'शनिवार'],
  months: ['जनवरी', 'फ़रवरी', 'मार्च', 'अप्रैल', 'मई', 'जून', 'जुलाई', 'अगस्त', 'सितंबर', 'अक्टूबर', 'नवंबर', 'दिसंबर'],
  today: 'आज',
  tomorrow: 'कल',
  yesterday: 'बीते कल',
};
const states: Record<OrderState, string> = {
  processing: 'तैयार हो रहा है',
  pending: 'तैयार हो रहा है',
  packed: 'पैक हो गया है',
  shipped: 'भेज दिया गया है',
  in_transit: 'रास्ते में है',
  out_for_delivery: 'डिलीवरी के लिए निकला है',
  attempt_failed: 'डिलीवरी नहीं हो पाई',
  delivered: 'डिलीवर हो गया',
  exception: 'रुका हुआ है',
  rto_initiated: 'हमारे पास वापस आ रहा है',
  rto_delivered: 'हमारे पास वापस आ गया',
  cancelled: 'कैंसिल है',
  lost: 'रास्ते में खो गया',
};
const slots: Record<SlotName, string> = { morning: 'सुबह', afternoon: 'दोपहर', evening: 'शाम' };
const fields: Record<AddressField, string> = {
  phone: 'फ़ोन नंबर',
  landmark: 'लैंडमार्क',
  line1: 'मकान और गली',
  line2: 'इलाका',
  city: 'शहर',
  state: 'राज्य',
  postalCode: 'पिन कोड (PIN code)',
  name: 'नाम',
};
const reasons: Record<ReturnReason, string> = {
  damaged: 'टूटा या खराब है',
  wrong_item: 'गलत सामान आया',
  size: 'साइज़ सही नहीं',
  not_as_described: 'बताए जैसा नहीं',
  changed_mind: 'अब नहीं चाहिए',
  missing_parts: 'पूरा सामान नहीं',
  other: 'कोई और वजह',
};
const resolutions: Record<Resolution, string> = {
  refund: 'पैसे वापस',
  store_credit: 'स्टोर क्रेडिट',
  replacement: 'वही सामान दोबारा',
  exchange: 'दूसरा साइज़',
};

function clock(hour: number): string {
  const part = hour < 12 ? 'सुबह' : hour < 16 ? 'दोपहर' : hour < 20 ? 'शाम' : 'रात';
  return `${part} ${hour12(hour).hour} बजे`;
}

/** Hindi words that sentences are built from. */
export const words: typeof en = {
  day: (day) => dayInWords(names, day),
  shortDay: (day) => shortDay(names, day),
  dayTitle: (day) => `${names.weekdays[weekdayOf(day)]}, ${shortDay(names, day)}`,
  near: (day, today) => nearDay(names, day, today),
  at: (day, hour, minute) => {
    const part = hour < 12 ? 'सुबह' : hour < 16 ? 'दोपहर' : hour < 20 ? 'शाम' : 'रात';
    return `${dayInWords(names, day)}, ${part} ${hour12(hour).hour}:${String(minute).padStart(2, '0')} बजे`;
  },
  clock,
  slot: (slot, from, to) => `${slots[slot]} (${hour12(from).hour} से ${hour12(to).hour} बजे)`,
  slotTitle: (slot, from, to) => `${slots[slot]} ${hour12(from).hour}-${hour12(to).hour} बजे`,
  weekday: (weekday) => names.weekdays[weekday] ?? '',
  span: (from, to) => (from === to ? from : `${from} से ${to}`),
  hours: (from, to) => `${clock(from)} से ${clock(to)} तक`,
  slotName: (slot) => slots[slot],
  state: (state) => states[state],
  field: (field) => fields[field],
  reason: (reason) => reasons[reason],
  resolution: (resolution) => resolutions[resolution],
  and: (items) => joinWords(items, 'और'),
  or: (items) => joinWords(items, 'या'),
  days: (n) => `${n} दिन`,
  minutes: (n) => (n < 60 ? `${n} मिनट` : Math.round(n / 60) === 1 ? 'एक घंटे' : `${Math.round(n / 60)} घंटे`),
  item: (name, quantity) => (quantity > 1 ? `${quantity} × ${name}` : name),
};
