import type { Order } from './order';
import type { Locale } from './locale';

/** How a one-time code reaches the order's own phone or e-mail. Never into the chat that asks. */
export type CodeWay = 'whatsapp' | 'email';

/** One-time codes: 6 digits, 10 minutes, 3 tries, 3 sends for an order and day over all identities. Answers are equal when a turn runs again. */
export interface OneTimeCodes {
  /** Ways that are configured and that the order has an address for. */
  ways(order: Order): CodeWay[];
  send(input: {
    order: Order;
    way: CodeWay;
    identity: string;
    turnId: string;
    locale: Locale;
    now: Date;
  }): Promise<'sent' | 'limit' | 'unavailable'>;
  check(input: {
    orderNumber: string;
    identity: string;
    code: string;
    turnId: string;
    now: Date;
  }): Promise<'right' | 'wrong' | 'expired' | 'used_up'>;
}

/** Limits on guessing (order numbers, PIN codes): per identity, per order, per address. Idempotent by turn. */
export interface GuessLimits {
  /** Counts one wrong guess against every key; idempotent by `turnId`. */
  countWrong(keys: string[], turnId: string, now: Date): Promise<void>;
  /** False when any of the keys has used up its guesses. */
  allowed(keys: string[], now: Date): Promise<boolean>;
}

/** One code that was sent, as stored. The code itself is only there as a keyed hash, and sealed until it has been queued. */
export interface CodeRecord {
  /** `order|day|n`, so that no more than the allowed number fits into a day. */
  id: string;
  orderNumber: string;
  identity: string;
  turnId: string;
  way: CodeWay;
  hash: string;
  sealed?: string;
  sentAt: Date;
  until: Date;
  /** Tries made, each with the turn that made it. */
  checks: { turnId: string; right: boolean }[];
  usedAt?: Date;
}

/** One-time codes in the store. */
export interface CodeStore {
  /** False when a record of this id is there already. */
  add(record: CodeRecord): Promise<boolean>;
  /** Records of these ids. */
  list(ids: string[]): Promise<CodeRecord[]>;
  /** The newest record sent for an order to an identity. */
  newest(orderNumber: string, identity: string): Promise<CodeRecord | undefined>;
  /** Forgets the sealed code once it has been queued. */
  queued(id: string): Promise<void>;
  /** Adds a try if the record still has `tries` of them; false when somebody was faster. */
  addCheck(
    id: string,
    tries: number,
    check: CodeRecord['checks'][number],
    usedAt: Date | undefined,
  ): Promise<boolean>;
}

/** Wrong guesses in the store; keys are hashes. */
export interface GuessStore {
  /** Adds one guess; the same turn and key again changes nothing. */
  addGuess(key: string, turnId: string, at: Date): Promise<void>;
  /** Guesses of a key after a moment, counted up to `limit`. */
  countGuesses(key: string, after: Date, limit: number): Promise<number>;
  /** Forgets guesses of a key before a moment. */
  forgetGuesses(key: string, before: Date): Promise<void>;
}
