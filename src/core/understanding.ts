import type { IntentName } from './intents';
import type { Locale } from './locale';
import type { Day } from './zone';

/** A value found in a customer's line, with the place it came from (`start` inclusive, `end` exclusive, UTF-16 units). */
export interface Slot<T = string> {
  value: T;
  text: string;
  start: number;
  end: number;
}

/** Part of a delivery day. Hours are the shop's policy (default: morning 9-13, afternoon 13-17, evening 17-21). */
export const SLOT_NAMES = ['morning', 'afternoon', 'evening'] as const;
export type SlotName = (typeof SLOT_NAMES)[number];

/** A day or span of days as the customer meant it, inclusive, in the shop's zone. */
export interface DateReading {
  from: Day;
  to: Day;
  /** Days the customer ruled out ("not today"). */
  not?: Day[];
  /** More than one day fits what was said ("next Friday"): ask, never guess. `from`/`to` then span all of them. */
  ambiguous?: Day[];
  /** True when only days were ruled out and none was asked for ("not this week"): offer the first free ones after. */
  negative?: boolean;
}

/** A time of day as asked for: a named slot, or hours ("after 6" → fromHour 18). */
export interface TimeReading {
  slot?: SlotName;
  fromHour?: number;
  toHour?: number;
}

/** Parts of an address as written. Only the parts that were said are set. */
export interface AddressReading {
  /** Who lives there, when a whole address begins with it. */
  name?: string;
  line1?: string;
  line2?: string;
  landmark?: string;
  city?: string;
  state?: string;
  postalCode?: string;
  /** What the part is corrected from, when said ("flat is 402 not 204" → "204"). */
  was?: string;
  /** The whole text reads like a complete address. */
  whole?: boolean;
}

export const RETURN_REASONS = [
  'damaged',
  'wrong_item',
  'size',
  'not_as_described',
  'changed_mind',
  'missing_parts',
  'other',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

export const RESOLUTIONS = ['refund', 'store_credit', 'replacement', 'exchange'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Everything found in a message besides its intent. Absent: not said. */
export interface Slots {
  orderNumbers?: Slot[];
  date?: Slot<DateReading>;
  time?: Slot<TimeReading>;
  address?: Slot<AddressReading>;
  /** Six digits, no space. */
  pin?: Slot;
  /** E.164. */
  phone?: Slot;
  email?: Slot;
  quantity?: Slot<number>;
  /** The customer's own words for an item ("the black shirt"). */
  item?: Slot;
  reason?: Slot<ReturnReason>;
  resolution?: Slot<Resolution>;
  /** A six-digit one-time code, only when one is expected. */
  code?: Slot;
}

/** An intent with its calibrated probability, 0 to 1. */
export interface IntentGuess {
  intent: IntentName;
  score: number;
}

/** What carried a decision, for explanations and evaluation. */
export type DecidedBy = 'rule' | 'ngrams' | 'nlp.js' | 'embeddings' | 'nothing-known';

/** What one customer's line was taken to mean. */
export interface Understanding {
  locale: Locale;
  /** The best in-scope intent when accepted, otherwise `out_of_scope`. */
  intent: IntentName;
  /** Calibrated probability of the best in-scope intent. */
  score: number;
  accepted: boolean;
  /** Best in-scope intents, best first, at most five, accepted or not. */
  ranked: IntentGuess[];
  /** Further requests in the same message, in the order said, each accepted on its own. */
  also: IntentGuess[];
  /** The two best are too close: ask which. */
  close: boolean;
  decidedBy: DecidedBy;
  slots: Slots;
}

/** What the open question wants; steers slots (a bare "25" is a date only when a date is wanted). */
export type Expecting =
  | 'order'
  | 'date'
  | 'time'
  | 'address'
  | 'pin'
  | 'phone'
  | 'code'
  | 'item'
  | 'quantity'
  | 'reason'
  | 'resolution'
  | 'confirm'
  | 'email';

/** Input of one understanding. */
export interface UnderstandInput {
  text: string;
  now: Date;
  /** Language of the conversation so far; script and words of the line itself win. */
  locale?: Locale;
  expecting?: Expecting[];
}

/** Text to meaning. Promises never to throw on any string and never to answer a confident change for hostile input. */
export interface Understand {
  understand(input: UnderstandInput): Promise<Understanding>;
}
