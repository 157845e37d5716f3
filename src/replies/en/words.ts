import type { AddressField } from '../../core/policy';
import type { OrderState } from '../../core/order';
import type { Resolution, ReturnReason, SlotName } from '../../core/understanding';
import { weekdayOf, type Day } from '../../core/zone';
import { dayInWords, hour12, nearDay, shortDay, type CalendarNames } from '../dates';

const names: CalendarNames = {
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  today: 'today',
  tomorrow: 'tomorrow',
  yesterday: 'yesterday',
};
const states: Record<OrderState, string> = {
  processing: 'being prepared',
  pending: 'being prepared',
  packed: 'packed',
  shipped: 'shipped',
  in_transit: 'on the way',
  out_for_delivery: 'out for delivery',
  attempt_failed: 'delivery attempt failed',
  delivered: 'delivered',
  exception: 'held up',
  rto_initiated: 'going back to us',
  rto_delivered: 'back with us',
  cancelled: 'cancelled',
  lost: 'lost on the way',
};
const slots: Record<SlotName, string> = { morning: 'morning', afternoon: 'afternoon', evening: 'evening' };
const fields: Record<AddressField, string> = {
  phone: 'phone',
  landmark: 'landmark',
  line1: 'house and street',
  line2: 'area',
  city: 'city',
  state: 'state',
  postalCode: 'PIN code',
  name: 'name',
};
const reasons: Record<ReturnReason, string> = {
  damaged: 'It is damaged',
  wrong_item: 'Wrong item came',
  size: 'Size does not fit',
  not_as_described: 'Not as described',
  changed_mind: 'Changed my mind',
  missing_parts: 'Parts are missing',
  other: 'Something else',
};
const resolutions: Record<Resolution, string> = {
  refund: 'Refund',
  store_credit: 'Store credit',
  replacement: 'Same item again',
  exchange: 'Another size',
};

function clock(hour: number): string {
  const { hour: h, half } = hour12(hour);
  return `${h} ${half}`;
}

/** Words that sentences are built from: days, hours, states, names of fields and reasons. */
export const words = {
  day: (day: Day): string => dayInWords(names, day),
  shortDay: (day: Day): string => shortDay(names, day),
  dayTitle: (day: Day): string => `${names.weekdays[weekdayOf(day)]}, ${shortDay(names, day)}`,
  near: (day: Day, today: Day): string => nearDay(names, day, today),
  at: (day: Day, hour: number, minute: number): string => {
    const { hour: h, half } = hour12(hour);
    return `${dayInWords(names, day)}, ${h}:${String(minute).padStart(2, '0')} ${half}`;
  },
  clock,
  slot: (slot: SlotName, from: number, to: number): string =>
    `${slots[slot]} (${clock(from)} to ${clock(to)})`,
  slotTitle: (slot: SlotName, from: number, to: number): string => {
    const a = hour12(from);
    const b = hour12(to);
    const name = slots[slot];
    return `${name[0]?.toUpperCase()}${name.slice(1)} ${a.hour}-${b.hour} ${b.half}`;
  },
  weekday: (weekday: number): string => names.weekdays[weekday] ?? '',
  /** "Monday to Saturday", "10 am to 7 pm". */
  span: (from: string, to: string): string => (from === to ? from : `${from} to ${to}`),
  hours: (from: number, to: number): string => `${clock(from)} to ${clock(to)}`,
  slotName: (slot: SlotName): string => slots[slot],
  state: (state: OrderState): string => states[state],
  field: (field: AddressField): string => fields[field],
  reason: (reason: ReturnReason): string => reasons[reason],
  resolution: (resolution: Resolution): string => resolutions[resolution],
  and: (items: string[]): string => joinWords(items, 'and'),
  or: (items: string[]): string => joinWords(items, 'or'),
  days: (n: number): string => (n === 1 ? '1 day' : `${n} days`),
  minutes: (n: number): string => {
    if (n < 60) return n === 1 ? 'a minute' : `${n} minutes`;
    const hours = Math.round(n / 60);
    return hours === 1 ? 'an hour' : `${hours} hours`;
  },
  item: (name: string, quantity: number): string => (quantity > 1 ? `${quantity} × ${name}` : name),
};

/** "a, b and c". */
export function joinWords(items: string[], word: string): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items[items.length - 1]}`;
}

/** "on Friday, 27 Nov", but "tomorrow (Monday, 23 Nov)". */
export function onDay(day: string): string {
  return /^(today|tomorrow|yesterday)\b/.test(day) ? day : `on ${day}`;
}
