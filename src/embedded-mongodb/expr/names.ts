import type { Value } from '../bson/values';

/** A variable that the command itself gives, with its value; `undefined` stands for one that is worked out for each document. */
export type Known = ReadonlyMap<string, { value: Value | undefined } | undefined>;

let known: Known = new Map();

/** The variables that an expression read now may name. */
export function knownNames(): Known {
  return known;
}

/** Reads expressions inside `run` with further variables: names alone, or names with their values. */
export function withNames<R>(
  more: Iterable<readonly [string, { value: Value | undefined } | undefined]>,
  run: () => R,
): R {
  const before = known;
  known = new Map([...before, ...more]);
  try {
    return run();
  } finally {
    known = before;
  }
}

/** Reads expressions inside `run` with no variables but these. */
export function withOnly<R>(names: Known, run: () => R): R {
  const before = known;
  known = names;
  try {
    return run();
  } finally {
    known = before;
  }
}
