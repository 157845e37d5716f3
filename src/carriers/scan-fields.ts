import type { Headers } from '../core/channel';

/** The fields of a JSON object; empty for anything else. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** The items of a JSON list; empty for anything else. */
export function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text that says something: trimmed, at most 200 characters, not "NA". Numbers count as text. */
export function said(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return text === '' || /^(na|n\/a|null|none|-)$/i.test(text) ? undefined : text.slice(0, 200);
}

/** A place, without anything that looks like a phone number. */
export function place(value: unknown): string | undefined {
  return said(said(value)?.replace(/\+?\d[\d -]{6,}\d/g, ''));
}

/** The first value of a header. */
export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
