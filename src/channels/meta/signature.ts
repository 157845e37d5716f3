import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Headers } from '../../core/channel';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;

/** Header value Meta would send for these bytes. */
export function signatureOf(appSecret: string, rawBody: Buffer): string {
  return `sha256=${createHmac('sha256', appSecret).update(rawBody).digest('hex')}`;
}

/**
 * True when `x-hub-signature-256` belongs to exactly these bytes. Compares in constant time; refuses a missing, empty, repeated,
 * shortened or SHA-1 header.
 */
export function isSigned(appSecret: string, rawBody: Buffer, headers: Headers): boolean {
  const header = headers['x-hub-signature-256'];
  const claimed = typeof header === 'string' ? SIGNATURE.exec(header)?.[1] : undefined;
  if (!claimed) return false;
  const expected = createHmac('sha256', appSecret).update(rawBody).digest();
  return timingSafeEqual(expected, Buffer.from(claimed, 'hex'));
}
