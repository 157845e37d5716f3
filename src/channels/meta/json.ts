import { createHash } from 'node:crypto';

/** An object of unknown JSON. */
export type Json = Record<string, unknown>;

/** The value when it is an object, otherwise an empty one, so that reading on never throws. */
export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** True for an object that is not an array. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value when it is an array, otherwise an empty one. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string that says something; Meta also sends numbers where strings are documented, and "" where nothing is meant. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A stable name for something that has no id: the same content gives the same name at every delivery. */
export function fingerprint(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}

const MILLISECONDS_FROM = 100_000_000_000;

/**
 * Reads a provider's time: seconds or milliseconds, number or string, or ISO. Anything unreadable, and anything later than
 * `receivedAt`, becomes `receivedAt`: a time in the future would hold a reply window open.
 */
export function time(value: unknown, receivedAt: Date): Date {
  const number = typeof value === 'number' ? value : Number(text(value) ?? NaN);
  const ms = Number.isFinite(number)
    ? number * (number < MILLISECONDS_FROM ? 1000 : 1)
    : Date.parse(text(value) ?? '');
  return ms > 0 && ms < receivedAt.getTime() ? new Date(ms) : receivedAt;
}
