import type { OrderState } from '../../core/order';
import { onDay } from './words';

const is: Record<OrderState, (carrier?: string) => string> = {
  processing: () => 'is being prepared and has not left us yet',
  pending: () => 'is being prepared and has not left us yet',
  packed: () => 'is packed and waiting for the courier',
  shipped: (carrier) => `has been shipped${by(carrier)}`,
  in_transit: (carrier) => `is on the way${by(carrier)}`,
  out_for_delivery: (carrier) => `is out for delivery${by(carrier)}`,
  attempt_failed: (carrier) => `could not be delivered at the last attempt${by(carrier)}`,
  delivered: () => 'has been delivered',
  exception: (carrier) => `is held up on the way${by(carrier)}`,
  rto_initiated: () => 'could not be delivered and is on its way back to us',
  rto_delivered: () => 'could not be delivered and is back with us',
  cancelled: () => 'is cancelled',
  lost: (carrier) => `seems to be lost on the way${by(carrier)}`,
};

function by(carrier?: string): string {
  return carrier ? ` with ${carrier}` : '';
}

/** Where an order is, why it is late, what comes next. */
export const status = {
  order: (order: string, state: OrderState, carrier?: string): string => `${order} ${is[state](carrier)}.`,
  deliveredOn: (order: string, day: string): string => `${order} was delivered ${onDay(day)}.`,
  split: (order: string, n: number): string => `${order} comes in ${n} parcels:`,
  parcel: (n: number, items: string, state: OrderState, carrier?: string): string =>
    `${n}. ${items}: ${is[state](carrier)}.`,
  parcelDelivered: (n: number, items: string, day: string): string =>
    `${n}. ${items}: delivered ${onDay(day)}.`,
  items: (items: string): string => `In it: ${items}.`,
  lastScan: (when: string, place?: string, note?: string): string =>
    `Last scan: ${[note, place, when].filter(Boolean).join(', ')}.`,
  expected: (day: string): string => `Expected ${day}.`,
  promised: (day: string): string => `Promised by ${day}.`,
  expectedAndPromised: (expected: string, promised: string): string =>
    `Expected ${expected}, promised by ${promised}.`,
  noDate: 'The courier has not given a delivery date yet.',
  late: (days: string): string => `It is running ${days} late, sorry.`,
  willBeLate: (days: string): string => `It will be ${days} later than promised, sorry.`,
  lateWhy: {
    attempt_failed: (note?: string): string =>
      note ? `The courier could not hand it over: ${note}.` : 'The courier could not hand it over.',
    exception: (note?: string): string =>
      note ? `The courier says: ${note}.` : 'The courier reports a problem on the way.',
    not_dispatched: (): string => 'It has not left us yet.',
    slow: (_note?: string, place?: string): string =>
      place ? `The courier has not said why; it was last seen in ${place}.` : 'The courier has not said why.',
    lost: (): string => 'The courier cannot find it.',
    returning: (note?: string): string =>
      note ? `It is coming back to us: ${note}.` : 'It is coming back to us.',
  },
  attempts: (n: number): string => (n === 1 ? 'One attempt so far.' : `${n} attempts so far.`),
  track: (url: string): string => `Track it: ${url}`,
  trackingNumber: (number: string): string => `Tracking number: ${number}.`,
  cod: (amount: string): string => `To pay on delivery: ${amount}.`,
  askedDate: (day: string, slot?: string): string =>
    `You asked for ${day}${slot ? `, ${slot}` : ''}; that is requested, the courier has not confirmed it yet.`,
  agreedDate: (day: string, slot?: string): string =>
    `The courier has agreed to ${day}${slot ? `, ${slot}` : ''}.`,
  askedAddress: 'Your address correction is requested; the courier has not confirmed it yet.',
  askedBack: 'You asked for it to be brought back to us; that is requested.',
  askedCancel: 'You asked to cancel it; that is requested.',
  /** `when` the pick-up is asked for; `agreed`: the courier has said yes. */
  returnOpen: (rma: string, when?: string, agreed?: boolean): string =>
    `A return is open for it: ${rma}.` +
    (when
      ? agreed
        ? ` The courier has confirmed the pick-up for ${when}.`
        : ` Pick-up is requested for ${when}; I'll tell you here when the courier confirms.`
      : ''),
  whichOpen: (n: number): string => `You have ${n} open orders. Which one is it?`,
  whichOf: (n: number): string => `I see ${n} orders of yours. Which one is it?`,
  orderLine: (state: string, items: string): string => `${state}, ${items}`,
  noneOpen: 'You have no open order right now.',
  askNumber: "Which order is it? Please send the order number; it's in your confirmation message.",
  cardLate: (days: string): string => `${days} late`,
  cardParcel: (n: number, of: number): string => `Parcel ${n} of ${of}`,
  steps: {
    confirmed: 'Confirmed',
    packed: 'Packed',
    on_the_way: 'On the way',
    out: 'Out for delivery',
    delivered: 'Delivered',
  },
  next: 'What would you like to do?',
};
