import type { Locale } from '../core/locale';
import type { ParcelNews } from '../core/notices';
import type { Order } from '../core/order';
import { dayOf, hourOf, type Day } from '../core/zone';
import { notices as en } from './en/notices';
import { notices as hi } from './hi/notices';
import { notices as hiLatn } from './hi-Latn/notices';
import { repliesFor } from './replies';

const all: Record<Locale, typeof en> = { en, hi, 'hi-Latn': hiLatn };

/**
 * The sentence for what has changed of a parcel the customer asked about. Names the order and nothing above proof level 1. `question` is what
 * they are asked after a failed attempt; without one they hear that another day is possible.
 */
export function noticeText(
  orderNumber: string,
  news: ParcelNews,
  today: Day,
  locale: Locale,
  question?: string,
): string {
  const t = all[locale];
  const { words } = repliesFor(locale);
  const what = news.parcel ? t.parcel(news.parcel, orderNumber) : t.order(orderNumber);
  const day = news.day && words.near(news.day, today);
  const reason = news.reason && t.reasons[news.reason];
  switch (news.kind) {
    case 'attempt_failed':
      return `${t.attemptFailed(what, reason, day)}${` ${question ?? t.anotherDay}`}`;
    case 'new_date':
      return t.newDate(what, day ?? '');
    case 'delivered':
      return t.delivered(what, day);
    case 'returning':
      return t.returning(what);
    case 'lost':
      return t.lost(what);
  }
}

/** The moment from which a parcel may go back. The minutes are left off, so that what is said is never later than it is. */
export function untilInWords(
  { answerBy }: { answerBy: Date },
  { timeZone }: { timeZone: string },
  locale: Locale,
): string {
  return repliesFor(locale).words.at(dayOf(answerBy, timeZone), hourOf(answerBy, timeZone), 0);
}

/** Reminds of a failed attempt that nobody has answered for: until when, and the question once more. */
export function failedReminder(
  order: Pick<Order, 'orderNumber'>,
  { answerBy }: { answerBy: Date },
  { timeZone }: { timeZone: string },
  locale: Locale,
  question: string,
): string {
  const until = untilInWords({ answerBy }, { timeZone }, locale);
  return `${repliesFor(locale).failed.reminder(order.orderNumber, until)} ${question}`;
}

/** Says that a person takes over an order that may go back soon. */
export function failedToPerson(orderNumber: string, locale: Locale): string {
  return repliesFor(locale).failed.toPerson(orderNumber);
}
