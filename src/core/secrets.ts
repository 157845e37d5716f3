import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Compares secrets in a time that tells nothing about where they differ, nor about their length. */
export function sameSecret(given: string | undefined, expected: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given ?? ''), digest(expected)) && given !== undefined;
}

/** True when `signature` is the base64 HMAC-SHA256 of the bytes under the secret; constant time. */
export function signedInBase64(bytes: Buffer, signature: string | undefined, secret: string): boolean {
  return sameSecret(signature, createHmac('sha256', secret).update(bytes).digest('base64'));
}
