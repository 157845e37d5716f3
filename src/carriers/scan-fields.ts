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

/** Ways in which carriers say why a parcel was not handed over, in our words. */
const FAILURES: [RegExp, string][] = [
  [/fake|false attempt|not attempted/i, 'Attempt disputed'],
  [/refus|reject|not accept/i, 'Refused at the door'],
  [/\bcod\b|cash|amount|payment/i, 'Payment was not ready'],
  [/address|landmark|pin ?code|incomplete|wrong add/i, 'Address incomplete or not found'],
  [/resched|defer|later|future|customer (asked|request)/i, 'Customer asked for another day'],
  [/unavailable|not available|absent|door ?lock|premises closed|office closed|shut/i, 'Nobody was there'],
  [
    /not (reachable|contactable|answer|pick)|unreachable|switched off|no response/i,
    'Customer could not be reached',
  ],
  [/out of delivery area|oda|non.?serviceable/i, 'Outside the delivery area'],
  [/weather|strike|vehicle|traffic|restrict|holiday|natural/i, 'The courier could not come'],
];

/** Why an attempt failed, from the carrier's free text: one of our own sentences, never the text itself. */
export function failureReason(text: string | undefined): string | undefined {
  if (!text) return undefined;
  return FAILURES.find(([pattern]) => pattern.test(text))?.[1];
}
