import { onDay } from './words';

/** Moving the delivery to another day or part of the day. */
export const reschedule = {
  whichDay: (order: string, slot?: string): string =>
    slot ? `Which day suits you for ${order}, in the ${slot}?` : `Which day suits you for ${order}?`,
  whichOfTwo: (order: string): string => `Which of these days do you mean for ${order}?`,
  dayMissed: "I couldn't read a day in that.",
  whichSlot: (day: string): string => `And what time ${onDay(day)}?`,
  anyTime: 'Any time',
  confirm: (order: string, day: string, slot?: string): string =>
    `Shall I ask for ${order} to be delivered ${onDay(day)}${slot ? `, ${slot}` : ''}?`,
  confirmAgain: (order: string, day: string, slot?: string): string =>
    `Shall I ask the courier to come again for ${order} ${onDay(day)}${slot ? `, ${slot}` : ''}?`,
  yes: 'Yes, change it',
  otherDay: 'Another day',
  otherTime: 'Another time',
  leave: 'Leave it as it is',
  requested: (order: string, day: string, slot?: string): string =>
    `I've requested ${day}${slot ? `, ${slot}` : ''} for ${order}. I'll tell you here what the courier says.`,
  refused: {
    delivered: 'has already been delivered, so there is no date to change any more.',
    cancelled: 'is cancelled, so there is nothing to deliver.',
    rto: 'is on its way back to us, so the date cannot be changed.',
    lost: 'seems to be lost on the way, so the date cannot be changed.',
    too_many_changes: 'has had its date changed as often as is possible.',
    pending_request: 'is waiting for its cancellation to be decided, so the date cannot be changed now.',
    no_days: 'has no free delivery day in the coming days.',
    unknown_shipment: 'has no such parcel any more.',
  },
  orderRefused: (order: string, why: string): string => `${order} ${why}`,
  dayRefused: {
    past: (day: string): string => `${day} is already past.`,
    too_soon: (day: string): string => `${day} is too soon for the courier.`,
    cut_off: (day: string): string => `It's too late in the day to still change to ${day}.`,
    too_far: (day: string): string => `${day} is too far ahead; the courier cannot keep it that long.`,
    weekday: (day: string): string => `The courier does not deliver on that weekday (${day}).`,
    holiday: (day: string): string => `${day} is a holiday for the courier.`,
    slot: (day: string): string => `That time is not possible ${onDay(day)}.`,
    already_asked: (day: string): string => `${day} is what you have asked for already.`,
  },
  nearest: (day: string): string => `The nearest possible day is ${day}.`,
};
