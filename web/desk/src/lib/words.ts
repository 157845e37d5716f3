import type { HandoffReason, Owner } from '../../../../src/core/conversation';
import type { RequestState, RequestType, ShipmentStatus } from '../../../../src/core/order';
import type { OrderWire, RequestWire } from '../../../../src/desk/wire';
import { dayWords } from './time';

/** Answers to the question how the help was. */
export const SCORE_WORDS = { 1: 'Very poor', 2: 'Poor', 3: 'Average', 4: 'Good', 5: 'Very good' } as const;

export const REASONS: Record<HandoffReason, string> = {
  asked: 'Asked for a person',
  misses: 'The bot did not understand twice',
  disputed_refusal: 'Disputes a refusal',
  anger: 'Angry',
  threat: 'Threatens legal action',
  self_harm: 'May be in danger',
  fraud: 'Fraud or payment account',
  bot_failure: 'The bot failed',
  complaint_value: 'Complaint of high value',
  return_photo: 'Return with photo',
  address_elsewhere: 'Address in another place',
  second_address_change: 'Second change of address',
  proof_impossible: 'Cannot prove who they are',
  carrier_rejected: 'The carrier said no',
  carrier_unreached: 'The carrier does not answer',
  failed_delivery: 'Not delivered, time runs short',
  attempt_disputed: 'Says twice that nobody came',
  delivery_failed_send: 'A message did not arrive',
  media: 'Sent a file or voice note',
  payment: 'Payment question',
  complaint: 'Complaint',
  other: 'Needs a person',
};

/** Why a person had a conversation: brought by the bot, or by their own hand. */
export function handoffWords(reason: string): string {
  return reason === 'taken' ? 'Taken over by a person' : (REASONS[reason as HandoffReason] ?? plain(reason));
}

export const OWNERS: Record<Owner, string> = {
  bot: 'Bot',
  waiting: 'Waiting',
  agent: 'Agent',
  closed: 'Closed',
};

export const STATUSES: Record<ShipmentStatus, string> = {
  pending: 'Being prepared',
  packed: 'Packed',
  shipped: 'Shipped',
  in_transit: 'On the way',
  out_for_delivery: 'Out for delivery',
  attempt_failed: 'Delivery attempt failed',
  delivered: 'Delivered',
  exception: 'Held up',
  rto_initiated: 'Going back to the shop',
  rto_delivered: 'Back at the shop',
  cancelled: 'Cancelled',
  lost: 'Lost',
};

export const REQUEST_TYPES: Record<RequestType, string> = {
  reschedule: 'Another delivery date',
  address_change: 'Corrected address',
  return: 'Return',
  cancel: 'Cancellation',
};

export const REQUEST_STATES: Record<RequestState, string> = {
  requested: 'To send',
  sent: 'With the carrier',
  accepted: 'Accepted',
  rejected: 'Rejected',
  cancelled: 'Cancelled',
};

const CHANNELS: Record<string, string> = {
  whatsapp: 'WhatsApp',
  'whatsapp-web': 'WhatsApp Web',
  instagram: 'Instagram',
  web: 'Web chat',
};

export function channelName(channel: string): string {
  return CHANNELS[channel] ?? channel;
}

const LANGUAGES: Record<string, string> = { en: 'English', hi: 'Hindi', 'hi-Latn': 'Hinglish' };

export function languageName(locale: string): string {
  return LANGUAGES[locale] ?? locale;
}

export const PROOF_LEVELS = ['Unknown', 'Matched', 'Proved', 'Signed in'] as const;

const INTENTS: Record<string, string> = {
  order_status: 'Know where the order is',
  reschedule_delivery: 'Another delivery date',
  correct_address: 'Correct the address',
  initiate_return: 'Return something',
  cancel_order: 'Cancel the order',
  refund_status: 'Know about the refund',
  payment_query: 'A payment question',
  complaint: 'Complain',
  talk_to_human: 'Talk to a person',
};

export function wish(intent: string): string {
  return INTENTS[intent] ?? plain(intent);
}

/** `not_as_described` as people read it. */
export function plain(word: string): string {
  const spaced = word.replaceAll('_', ' ').replaceAll('-', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const GATHERED: Record<string, string> = { skus: 'Items' };

/** A gathered value as people read it: items by what they are called, not by their stock numbers. */
export function saidWords(name: string, value: string, orders: OrderWire[]): string {
  const items = orders.flatMap((order) => order.items);
  const called = (sku: string) => items.find((one) => one.sku === sku)?.name ?? sku;
  const words =
    name === 'skus'
      ? value
          .split(/\s*,\s*/)
          .map(called)
          .join(', ')
      : value;
  return `${GATHERED[name] ?? plain(name)}: ${words}`;
}

/** What a request asks of the carrier, in one line. */
export function requestWords(request: RequestWire): string {
  const when = request.date ? ` on ${dayWords(request.date)}${request.slot ? `, ${request.slot}` : ''}` : '';
  switch (request.action) {
    case 'reschedule':
      return `Deliver${when}`;
    case 'reattempt':
      return `Try again${when}`;
    case 'update_address':
      return addressChange(request.changedFields ?? []);
    case 'return_pickup':
      return `Pick up a return${request.return?.pickup?.date ? ` on ${dayWords(request.return.pickup.date)}` : when}`;
    case 'return_to_origin':
      return 'Send back to the shop';
    case 'cancel':
      return 'Cancel';
  }
}

const ADDRESS_FIELDS: Record<string, string> = {
  name: 'name',
  phone: 'phone',
  line1: 'flat or house',
  line2: 'street',
  landmark: 'landmark',
  city: 'city',
  state: 'state',
  postalCode: 'PIN code',
};

function addressChange(fields: string[]): string {
  const named = fields.map((field) => ADDRESS_FIELDS[field] ?? plain(field).toLowerCase()).join(', ');
  return named ? `Correct the address: ${named}` : 'Correct the address';
}

const FAILURES: Record<string, string> = {
  window_closed: 'the reply window had closed',
  undeliverable: 'this person cannot be reached on this channel',
  opted_out: 'the customer has asked for no more messages',
  rate_limited: 'too many messages at once; try again in a while',
  token: 'the channel refuses our sign-in; tell whoever set it up',
  permission: 'the channel does not allow us this; tell whoever set it up',
  account_stopped: 'the channel has stopped our account; tell whoever set it up',
  account_restricted: 'the channel has restricted our account for now',
  template: 'the channel refuses this template; tell whoever set it up',
  not_thread_owner: 'another app holds this conversation on Instagram',
  provider_down: 'the channel is not answering',
  no_answer: 'the channel did not answer in time',
  rejected: 'the channel refused it',
  too_old: 'it waited too long and was not sent',
  taken_over: 'a person took over before it left',
  channel_off: 'this channel is switched off',
};

/** Why a message did not arrive, in words. */
export function failureWords(error: string | undefined): string {
  if (!error) return 'the channel gave no reason';
  const known = FAILURES[error];
  if (known) return known;
  return /^\d+$/.test(error) ? `the channel refused it (code ${error})` : plain(error).toLowerCase();
}

/** `₹1,499.00` */
export function money(amount: string, currency: string): string {
  return new Intl.NumberFormat('en-IN', { style: 'currency', currency }).format(Number(amount));
}

export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => /\p{L}/u.test(word));
  return (
    words.length > 0
      ? words
          .slice(0, 2)
          .map((word) => [...word][0] ?? '')
          .join('')
      : '#'
  ).toUpperCase();
}
