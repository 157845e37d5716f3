import type { Resolution, ReturnReason } from '../../core/understanding';
import { onDay } from './words';

const reasons: Record<ReturnReason, string> = {
  damaged: 'damaged',
  wrong_item: 'wrong item',
  size: 'size does not fit',
  not_as_described: 'not as described',
  changed_mind: 'changed your mind',
  missing_parts: 'parts missing',
  other: 'other reason',
};
const gets: Record<Resolution, string> = {
  refund: 'refund',
  store_credit: 'store credit',
  replacement: 'the same item again',
  exchange: 'another size',
};

/** Sending something back. */
export const returns = {
  whichItem: (order: string): string => `Which item of ${order} would you like to return?`,
  all: 'All of them',
  moreItems: 'Another item too',
  howMany: (item: string, n: number): string =>
    `How many of "${item}" would you like to return? You have ${n}.`,
  tooMany: (n: number): string => `There are only ${n} to return. How many?`,
  why: "I'm sorry it didn't work out. What is the reason?",
  photo:
    'Please send a photo of it, so that we can see what went wrong. If you cannot send one, a person will help.',
  noPhoto: "I can't send one",
  whichResolution: 'What would you like instead?',
  whichSize: 'Which size or variant would you like?',
  whichDay: (order: string): string => `Which day may the courier collect it (${order})?`,
  whichSlot: (day: string): string => `And what time ${onDay(day)}?`,
  account:
    'It was paid in cash, so where should the refund go? Send a UPI id (like name@bank), or the account number and IFSC.',
  accountRetry:
    "I couldn't read a UPI id (like name@bank) or an account number with IFSC in that. Please send it again.",
  noAccount: 'A person will take your account details.',
  reason: (reason: ReturnReason): string => reasons[reason],
  gets: (resolution: Resolution): string => gets[resolution],
  summary: (order: string): string => `Please check your return for ${order}:`,
  summaryItems: (items: string): string => `Items: ${items}`,
  summaryReason: (reason: string): string => `Reason: ${reason}`,
  summaryGets: (what: string): string => `You get: ${what}`,
  summaryPickup: (when: string, where: string): string => `Pick-up: ${when}, from ${where}`,
  summaryAccount: (masked: string): string => `Refund to: ${masked}`,
  confirm: 'Shall I request it?',
  yes: 'Yes, request it',
  change: 'Change something',
  leave: "No, don't return",
  changeWhat: 'What should be different?',
  changeTitles: {
    items: 'Items',
    reason: 'Reason',
    resolution: 'What I get',
    pickup: 'Pick-up',
    account: 'Account',
  },
  requested: (order: string, rma: string, when: string): string =>
    `Your return for ${order} is requested. Its RMA number is ${rma}. Pick-up asked for: ${when}. I'll tell you here when the courier confirms.`,
  photoToPerson: 'A person on our team looks at your photo first.',
  cancelReturn: 'A return that is already asked for has to be called off by a person.',
  otherPickup: 'Picking it up from another address has to be arranged by a person.',
  refused: {
    not_delivered: (order: string): string =>
      `${order} has not been delivered yet, so there is nothing to send back so far.`,
    delivery_unknown: (order: string): string =>
      `I can't see when ${order} arrived, so a person has to decide about a return.`,
    window_over: (order: string, days: string, until: string): string =>
      `${order} can no longer be returned: returns are possible for ${days} after delivery, and that ended on ${until}.`,
    non_returnable: (items: string): string =>
      `${items} cannot be returned; it is one of the things we do not take back.`,
    already_returned: (items: string, rma: string): string =>
      `A return is already open for ${items}: ${rma}. The same item cannot be returned twice.`,
  },
  disagree: 'If you see it differently, a person can look at it.',
};
