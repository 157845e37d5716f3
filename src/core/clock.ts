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
