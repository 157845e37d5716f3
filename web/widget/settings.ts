import { askedOf, type Asked } from './asked';
import { isWidgetLocale, type WidgetLocale } from './strings';

/** What a page decides about its widget, read once from the script tag. */
export interface Settings {
  /** Origin of the product's server, where the script came from. */
  api: string;
  locale: WidgetLocale;
  theme: 'auto' | 'light' | 'dark';
  position: 'right' | 'left';
  /** `#rrggbb`. */
  accent?: string;
  title?: string;
  greeting?: string;
  identity?: string;
  /** What a visitor is asked before the first message. */
  ask: Asked[];
}

function pageLocale(language: string): WidgetLocale {
  if (/^hi-latn\b/i.test(language)) return 'hi-Latn';
  return /^hi\b/i.test(language) ? 'hi' : 'en';
}

function oneOf<T extends string>(value: string | undefined, allowed: readonly T[], otherwise: T): T {
  return allowed.find((one) => one === value) ?? otherwise;
}

/** Reads the attributes; what is missing or not understood takes its default. */
export function readSettings(script: HTMLScriptElement, page: Document): Settings {
  const data = script.dataset;
  const accent = data['accent'];
  return {
    api: new URL(script.src, page.baseURI).origin,
    locale: isWidgetLocale(data['locale']) ? data['locale'] : pageLocale(page.documentElement.lang),
    theme: oneOf(data['theme'], ['auto', 'light', 'dark'], 'auto'),
    position: oneOf(data['position'], ['right', 'left'], 'right'),
    accent: accent && /^#[0-9a-f]{6}$/i.test(accent) ? accent : undefined,
    title: data['title'] || undefined,
    greeting: data['greeting'] || undefined,
    identity: data['identity'] || undefined,
    ask: askedOf(data['ask']),
  };
}
