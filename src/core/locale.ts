/** Languages the product speaks: English, Hindi in Devanagari, Hindi in Latin letters mixed with English (Hinglish). */
export const LOCALES = ['en', 'hi', 'hi-Latn'] as const;

/** BCP 47 tag of a language the product speaks. */
export type Locale = (typeof LOCALES)[number];

/** True for a tag the product has sentences for. */
export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}
