import type { Retry } from '../core/errors';

/** Pauses before the next attempts, milliseconds; the first two come within ten seconds. */
const BACKOFF_MS = [1_500, 5_000, 15_000, 45_000, 120_000, 300_000];

/** How long a send without an answer waits for a receipt before it leaves again under the same id. */
export const UNKNOWN_WAIT_MS = 4_000;

/** A claim older than this was made by a process that is gone (sends time out before). */
export const CLAIM_STALE_MS = 10_000;

/** How long a refused token keeps the sends of its account waiting between looks. */
export const REAUTHORISE_WAIT_MS = 60_000;

/** An answer of the bot older than this is not sent: a fresh one is better. */
export const BOT_EXPIRES_MS = 15 * 60_000;

/** A person's message keeps trying this long. */
export const AGENT_EXPIRES_MS = 6 * 3_600_000;

/** The pause after attempt number `attempts` (1 = the first failed one), with a little jitter so that many do not return at once. */
export function backoffMs(attempts: number, random = Math.random()): number {
  const base = BACKOFF_MS[Math.min(attempts, BACKOFF_MS.length) - 1] ?? 1_500;
  return Math.round(base * (0.8 + 0.4 * random));
}

/** When a failed send may leave again; undefined: never. */
export function nextAttempt(
  retry: Retry,
  attempts: number,
  now: Date,
): { at: Date; state: 'queued' | 'unknown' } | undefined {
  const after = (ms: number) => new Date(now.getTime() + ms);
  if (retry.kind === 'never') return undefined;
  if (retry.kind === 'after') return { at: after(retry.afterMs), state: 'queued' };
  if (retry.kind === 'unknown') return { at: after(UNKNOWN_WAIT_MS), state: 'unknown' };
  if (retry.kind === 'reauthorise') return { at: after(REAUTHORISE_WAIT_MS), state: 'queued' };
  return { at: after(backoffMs(attempts)), state: 'queued' };
}
