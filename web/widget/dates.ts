import type { WidgetLocale } from './strings';

const TAGS: Record<WidgetLocale, string> = { en: 'en-IN', hi: 'hi-IN', 'hi-Latn': 'en-IN' };

/** A bare day is that day everywhere; a time is shown in the reader's zone. Unreadable text stays as it is. */
export function shortDay(text: string, locale: WidgetLocale): string {
  const bare = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const at = bare ? new Date(Number(bare[1]), Number(bare[2]) - 1, Number(bare[3])) : new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(at.getTime())) return text;
  return at.toLocaleDateString(TAGS[locale], { weekday: 'short', day: 'numeric', month: 'short' });
}

/** Hour and minute of a message. */
export function clockTime(text: string, locale: WidgetLocale): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return '';
  return at.toLocaleTimeString(TAGS[locale], { hour: 'numeric', minute: '2-digit' });
}

/** Heading of the day a message belongs to; `today` replaces the present day. */
export function dayHeading(text: string, locale: WidgetLocale, today: string): string {
  const at = new Date(text);
  if (at.toDateString() === new Date().toDateString()) return today;
  return at.toLocaleDateString(TAGS[locale], { weekday: 'long', day: 'numeric', month: 'long' });
}
