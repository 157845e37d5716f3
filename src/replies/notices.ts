import type { Locale } from '../core/locale';
import type { ParcelNews } from '../core/notices';
import { type Day } from '../core/zone';
import { notices as en } from './en/notices';
import { notices as hi } from './hi/notices';
import { notices as hiLatn } from './hi-Latn/notices';
import { repliesFor } from './replies';

const all: Record<Locale, typeof en> = { en, hi, 'hi-Latn': hiLatn };

/** The sentence for what has changed of a parcel the customer asked about. Names the order and nothing above proof level 1. */
export function noticeText(orderNumber: string, news: ParcelNews, today: Day, locale: Locale): string {
  const t = all[locale];
  const { words } = repliesFor(locale);
  const what = news.parcel ? t.parcel(news.parcel, orderNumber) : t.order(orderNumber);
  const day = news.day && words.near(news.day, today);
  const reason = news.reason && t.reasons[news.reason];
  switch (news.kind) {
    case 'attempt_failed':
      return t.attemptFailed(what, reason, day);
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
