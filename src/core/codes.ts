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
