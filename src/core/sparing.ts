import { monotonicMs } from './clock';

/** Of all time, at most one part in this many goes into reading. */
const SHARE = 20;

/** Reads something that may cost the store much, at most once in `atLeastMs` and rarer when it takes long; in between answers what was read last. */
export function sparing<T>(read: () => Promise<T>, atLeastMs = 1_000): () => Promise<T> {
  let last: { value: Promise<T>; until: number } | undefined;
  return () => {
    if (last && monotonicMs() < last.until) return last.value;
    const started = monotonicMs();
    const value = read();
    const mine = { value, until: Number.POSITIVE_INFINITY };
    last = mine;
    value.then(
      () => (mine.until = monotonicMs() + Math.max(atLeastMs, (monotonicMs() - started) * SHARE)),
      () => (mine.until = 0),
    );
    return value;
  };
}
