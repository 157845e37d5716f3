import { createHash, timingSafeEqual } from 'node:crypto';

function isSame(a: string, b: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Answer to Meta's subscription handshake: the challenge when the token is ours, otherwise undefined. */
export function answerHandshake(verifyToken: string, query: Record<string, unknown>): string | undefined {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
  if (mode !== 'subscribe' || typeof token !== 'string' || typeof challenge !== 'string') return undefined;
  return isSame(token, verifyToken) ? challenge : undefined;
}
