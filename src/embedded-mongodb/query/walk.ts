import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';

const cache = new Map<string, readonly string[]>();

/** The parts of a dotted path. */
export function partsOf(path: string): readonly string[] {
  let parts = cache.get(path);
  if (parts === undefined) {
    parts = path.split('.');
    if (cache.size > 2000) cache.clear();
    cache.set(path, parts);
  }
  return parts;
}

/** The list index that a path part names, or -1. */
export function indexOfPart(part: string): number {
  if (part.length > 9) return -1;
  for (let i = 0; i < part.length; i++) {
    const c = part.charCodeAt(i);
    if (c < 48 || c > 57) return -1;
  }
  return part.length === 0 || (part.length > 1 && part[0] === '0') ? -1 : Number(part);
}

/** Which list element made the last match: what the positional `$` of an update or projection means. */
export const matched = { index: -1 };

/** Visits every value a path leads to, through arrays on its way; stops, and answers true, when `leaf` does. */
export function walk(
  v: Value | undefined,
  parts: readonly string[],
  i: number,
  leaf: (v: Value | undefined) => boolean,
): boolean {
  if (i === parts.length) return leaf(v);
  const part = parts[i] as string;
  if (v instanceof Doc) return walk(v.get(part), parts, i + 1, leaf);
  if (!(v instanceof Arr)) return leaf(undefined);
  const index = indexOfPart(part);
  if (index >= 0 && index < v.size && walk(v.at(index), parts, i + 1, leaf)) return true;
  for (let n = 0; n < v.size; n++) {
    const x = v.at(n);
    if (x instanceof Doc && walk(x.get(part), parts, i + 1, leaf)) {
      matched.index = n;
      return true;
    }
  }
  return false;
}

/** Tests a value and, when it is a list, each of its elements first. */
export function expanded(test: (v: Value | undefined) => boolean): (v: Value | undefined) => boolean {
  return (v) => {
    if (v instanceof Arr) {
      for (let n = 0; n < v.size; n++) {
        if (test(v.at(n))) {
          matched.index = n;
          return true;
        }
      }
    }
    return test(v);
  };
}

/** The value at a path without going through arrays, except by number. */
export function direct(doc: Value | undefined, parts: readonly string[]): Value | undefined {
  let v = doc;
  for (const part of parts) {
    if (v instanceof Doc) v = v.get(part);
    else if (v instanceof Arr) {
      const i = indexOfPart(part);
      v = i >= 0 && i < v.size ? v.at(i) : undefined;
    } else return undefined;
  }
  return v;
}
