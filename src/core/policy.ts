import type { Locale } from './locale';
import type { Resolution, ReturnReason, SlotName } from './understanding';
import type { Day } from './zone';

/** Which parts of an address may be corrected. */
export type AddressField =
  'phone' | 'landmark' | 'line1' | 'line2' | 'city' | 'state' | 'postalCode' | 'name';

/** The shop's rules, from the policy file; every value has a built-in default (see `support/policy.ts`). */
export interface Policy {
  shopName: string;
  /** Shape of order numbers in customers' messages, source of a regular expression. */
  orderNumberPattern: string;
  reschedule: {
    /** Days ahead, counted from today in the shop's zone. */
    minDaysAhead: number;
    maxDaysAhead: number;
    /** After this local hour tomorrow is too soon; undefined: no cut-off. */
    cutOffHour?: number;
    maxChanges: number;
    /** 0 = Sunday. */
    weekdays: number[];
    holidays: Day[];
    slots: Record<SlotName, { fromHour: number; toHour: number }>;
  };
  address: {
    maxChanges: number;
    beforeDispatch: AddressField[];
    afterDispatch: AddressField[];
    afterFailedAttempt: AddressField[];
  };
  failedDelivery: {
    /** Attempts a carrier makes before it sends a parcel back; after the last one a person is brought at once. */
    attempts: number;
    /** Hours after a failed attempt within which the carrier has to hear what to do; then the parcel may go back. */
    answerWithinHours: number;
    /** Hours before that at which a customer who has not answered is reminded, once. */
    remindBeforeHours: number;
    /** Hours before it at which a person is brought. */
    personBeforeHours: number;
  };
  returns: {
    windowDays: number;
    resolutions: Resolution[];
    /** Reasons that need a photo. */
    photoReasons: ReturnReason[];
    nonReturnableCategories: string[];
  };
  support: {
    /** Local hours people are on duty by weekday (0 = Sunday); absent weekday: nobody. */
    hours: Partial<Record<number, { fromHour: number; toHour: number }>>;
    /** What is promised at hand-over, minutes. */
    answerWithinMinutes: number;
    /** A complaint over this order value goes to a person at once; decimal string. */
    complaintValueLimit?: string;
    /** Customers are asked how the help was when a person resolves their conversation. */
    askSatisfaction: boolean;
  };
  quietHours?: { fromHour: number; toHour: number };
  /** The shop's own answers to what customers ask besides their orders. */
  answers: ShopAnswer[];
}

/** One answer of the shop's own. */
export interface ShopAnswer {
  /** A line that has all the words of one of these asks for it. */
  words: string[];
  /** In each language the shop has it in; where the customer's is missing, the first one is read. */
  answer: Partial<Record<Locale, string>>;
}

/** Policy and place: what every rule needs to know besides the order. */
export interface ShopRules {
  policy: Policy;
  timeZone: string;
  /** ISO 3166 alpha-2. */
  country: string;
}
