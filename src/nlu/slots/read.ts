import type { CountryCode } from 'libphonenumber-js/mobile';
import type { IntentName } from '../../core/intents';
import type { Expecting, Slot, Slots } from '../../core/understanding';
import { tokensOf, type Token } from '../text/tokens';
import { findAddress, holdsAddress } from './address/read';
import { findReason, findResolution } from './choices';
import { findDate } from './dates/read';
import { findCode, findEmail, findPhone, findPin } from './numbers';
import type { OrderNumberFinder } from './order-number';
import { countBefore, findItem, findQuantity } from './things';
import { findTime } from './times';

/** What steers the reading of slots. */
export interface SlotSetting {
  now: Date;
  timeZone: string;
  country: CountryCode;
  expecting: readonly Expecting[];
  /** The intents the line carries, accepted or likely. */
  intents: readonly IntentName[];
  orderNumbers: OrderNumberFinder;
}

const GOODS: readonly IntentName[] = ['initiate_return', 'cancel_order', 'complaint'];

/** A run of letters, digits and joining marks longer than any word, number or part of an address; none of it is a slot. */
const NO_WORD = /[\p{L}\p{M}\p{N}/'’._-]{81,}/gu;

/** Every slot of a line. Dates only where the intent or the open question wants one, and never in a line that holds an address. */
export function readSlots(written: string, setting: SlotSetting): Slots {
  const text = written.replace(NO_WORD, (run) => ' '.repeat(run.length));
  const { expecting, intents, country } = setting;
  const has = (...names: IntentName[]): boolean => names.some((name) => intents.includes(name));
  const slots: Slots = {};
  const orderNumbers = withoutHouses(
    text,
    setting.orderNumbers(text, expecting.includes('order')),
    expecting,
  );
  if (orderNumbers.length > 0) slots.orderNumbers = orderNumbers;
  const rest = blank(text, orderNumbers);
  slots.email = findEmail(rest);
  slots.phone =
    expecting.includes('code') && !expecting.includes('phone') ? undefined : findPhone(rest, country);
  const left = blank(rest, [slots.phone, slots.email]);
  slots.code = findCode(left, expecting);
  slots.pin =
    expecting.includes('code') && !expecting.includes('pin')
      ? undefined
      : findPin(left, expecting.includes('pin') || expecting.includes('address') || has('correct_address'));
  const aboutPlace = has('correct_address') || expecting.includes('address');
  slots.address = findAddress(left, expecting, aboutPlace);
  const tokens = tokensOf(left);
  const around = blank(left, [slots.address]);
  readWhen(around, slots.address ? tokensOf(around) : tokens, setting, slots);
  if (has(...GOODS) || wants(expecting, 'item', 'quantity', 'reason', 'resolution')) {
    slots.quantity = findQuantity(left, tokens, expecting);
    slots.reason =
      has('initiate_return', 'complaint') || expecting.includes('reason')
        ? findReason(left, tokens, expecting.includes('reason'))
        : undefined;
    slots.resolution =
      has('initiate_return', 'complaint') || expecting.includes('resolution')
        ? findResolution(left, tokens)
        : undefined;
    const item = findItem(left, has(...GOODS) && !wants(expecting, 'item') ? [] : expecting);
    slots.item = item;
    slots.quantity ??= item && countBefore(left, tokens, item.start);
  }
  return tidy(slots, written);
}

function wants(expecting: readonly Expecting[], ...names: Expecting[]): boolean {
  return names.some((name) => expecting.includes(name));
}

function readWhen(text: string, tokens: Token[], setting: SlotSetting, slots: Slots): void {
  const { expecting, intents } = setting;
  const awaited = wants(expecting, 'date', 'time');
  const wanted = awaited || intents.includes('reschedule_delivery') || intents.includes('initiate_return');
  if (!wanted || slots.address?.value.whole) return;
  const moves =
    intents.includes('reschedule_delivery') && /(?<!\p{L})(?:and|also|aur|plus|और)(?!\p{L})/iu.test(text);
  if (!moves && holdsAddress(text)) return;
  if (intents.includes('correct_address') && !awaited && !moves && slots.address) return;
  const date = findDate(text, tokens, setting.now, setting.timeZone, expecting.includes('date'));
  if (date) slots.date = date.slot;
  slots.time = findTime(text, tokens, expecting.includes('time'), (i) => date?.taken.has(i) ?? false);
}

/** "B-1204" in an address is a house, though orders may be numbered alike. */
function withoutHouses(text: string, found: Slot[], expecting: readonly Expecting[]): Slot[] {
  if (!found.some((slot) => HOUSE_LIKE.test(slot.text))) return found;
  const whole = findAddress(text, expecting, false)?.value.whole;
  return whole ? found.filter((slot) => !HOUSE_LIKE.test(slot.text)) : found;
}

const HOUSE_LIKE = /^[A-Z]-?\d{1,4}$/i;

/** The same text with found stretches as spaces, so that no digit is read twice and places stay true. */
function blank(text: string, found: ({ start: number; end: number } | undefined)[]): string {
  let line = text;
  for (const slot of found) {
    if (slot) line = line.slice(0, slot.start) + ' '.repeat(slot.end - slot.start) + line.slice(slot.end);
  }
  return line;
}

/** Leaves out what was not found; the words of a slot are the customer's own, with their digits as written. */
function tidy(slots: Slots, written: string): Slots {
  const own = <T extends { start: number; end: number }>(slot: T): T => ({
    ...slot,
    text: written.slice(slot.start, slot.end),
  });
  return Object.fromEntries(
    Object.entries(slots).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.map(own) : own(value)]],
    ),
  );
}
