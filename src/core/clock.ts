/** The only source of the present moment, handed to whoever needs it, so that tests can hold time still. */
export interface Clock {
  now(): Date;
}

/** The machine's own time. */
export const systemClock: Clock = { now: () => new Date() };

/** Milliseconds of a monotonic clock, for measuring durations only; unrelated to the time of day. */
export function monotonicMs(): number {
  return performance.now();
}

/** Into how many parts a wait is cut: a process that slept loses one of them at most. */
const PARTS = 8;

/**
 * Calls once `ms` have passed with this process awake, and answers how to call it off. Where the machine was held up, a plain timer fires before
 * what has arrived meanwhile is read: an answer that is there would count as missing.
 */
export function whenAwakeFor(ms: number, call: () => void): () => void {
  let passed = 0;
  const timer = setInterval(() => {
    passed += 1;
    if (passed < PARTS) return;
    clearInterval(timer);
    call();
  }, ms / PARTS);
  return () => clearInterval(timer);
}
