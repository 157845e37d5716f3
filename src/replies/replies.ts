import type { Locale } from '../core/locale';
import { sentences as en, type Replies } from './en';
import { sentences as hi } from './hi';
import { sentences as hiLatn } from './hi-Latn';

export type { Replies } from './en';

const all: Record<Locale, Replies> = { en, hi, 'hi-Latn': hiLatn };

/** The sentences of a language. */
export function repliesFor(locale: Locale): Replies {
  return all[locale];
}
