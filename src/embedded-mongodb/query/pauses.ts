/** What comes from memory gives a place to pause after so many elements. */
const BREATH = 64;

/** The same elements, with `undefined` among them now and then as a place to pause. */
export function* paced<T>(source: Iterable<T>): Generator<T | undefined> {
  let n = 0;
  for (const x of source) {
    yield x;
    if (++n % BREATH === 0) yield undefined;
  }
}

/** So many are sorted at one go: a millisecond or two. */
const PIECE = 1000;
/** A merge pauses after so many steps. */
const STEPS = 2000;

type Order<T> = (a: T, b: T) => number;

/**
 * Sorts a list in pieces and merges them; gives `undefined` now and then as a place to pause, and returns the sorted list.
 * Equal elements keep their order. The list given is used up.
 */
export function* inPieces<T>(list: T[], order: Order<T>): Generator<undefined, T[]> {
  if (list.length <= PIECE) return list.sort(order);
  let runs: T[][] = [];
  for (let i = 0; i < list.length; i += PIECE) {
    runs.push(list.slice(i, i + PIECE).sort(order));
    yield undefined;
  }
  while (runs.length > 1) {
    const longer: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) {
      const [a, b] = [runs[i] as T[], runs[i + 1]];
      longer.push(b ? yield* merged(a, b, order) : a);
    }
    runs = longer;
  }
  return runs[0] as T[];
}

function* merged<T>(a: readonly T[], b: readonly T[], order: Order<T>): Generator<undefined, T[]> {
  const out: T[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const fromA = j >= b.length || (i < a.length && order(a[i] as T, b[j] as T) <= 0);
    out.push((fromA ? a[i++] : b[j++]) as T);
    if (out.length % STEPS === 0) yield undefined;
  }
  return out;
}
