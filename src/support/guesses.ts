import { createHash } from 'node:crypto';
import type { GuessLimits, GuessStore } from '../core/codes';

/** Wrong guesses allowed in a span of time. */
interface Limit {
  wrong: number;
  minutes: number;
}

/** Limits by the word a key begins with (`identity:…`, `order:…`, `address:…`, `pin:…`); another word counts like an identity. */
const LIMITS: Record<string, Limit> = {
  identity: { wrong: 5, minutes: 60 },
  pin: { wrong: 6, minutes: 60 },
  order: { wrong: 10, minutes: 24 * 60 },
  address: { wrong: 20, minutes: 60 },
};
const OTHERWISE: Limit = { wrong: 5, minutes: 60 };

/** Other limits than the built-in ones, by the same words. */
export interface GuessLimitsOptions {
  limits?: Record<string, Limit>;
}

/**
 * Makes the counter of wrong guesses. Whoever is matched by the channel itself must be counted under a key of their own (`pin:…`), so that a
 * stranger's guesses at an order never lock its owner out.
 */
export function createGuessLimits(store: GuessStore, options: GuessLimitsOptions = {}): GuessLimits {
  const limitOf = (key: string) => {
    const word = key.slice(0, Math.max(0, key.indexOf(':')));
    return options.limits?.[word] ?? LIMITS[word] ?? OTHERWISE;
  };
  const hashed = (key: string) => createHash('sha256').update(key).digest('base64url');
  const since = (key: string, now: Date) => new Date(now.getTime() - limitOf(key).minutes * 60_000);
  return {
    async countWrong(keys, turnId, now) {
      await Promise.all(
        [...new Set(keys)].map(async (key) => {
          await store.addGuess(hashed(key), turnId, now);
          await store.forgetGuesses(hashed(key), since(key, now));
        }),
      );
    },
    async allowed(keys, now) {
      const counts = await Promise.all(
        [...new Set(keys)].map(async (key) => {
          const { wrong } = limitOf(key);
          return (await store.countGuesses(hashed(key), since(key, now), wrong)) < wrong;
        }),
      );
      return counts.every(Boolean);
    },
  };
}
