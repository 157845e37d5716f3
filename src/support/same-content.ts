type Parts = Record<string, unknown>;

function isParts(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null;
}

/** A date by what it can do: one made elsewhere (another realm, a copy) is a date, too. */
function isTime(value: object): value is Date {
  return 'getTime' in value && typeof value.getTime === 'function';
}

/**
 * True when two JSON-like values hold the same, whatever the order of their fields; a field that is undefined counts as absent. Compared in
 * place: an import asks this of every order it has seen before.
 */
export function sameContent(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isParts(a) || !isParts(b)) return false;
  if (isTime(a) || isTime(b)) return isTime(a) && isTime(b) && a.getTime() === b.getTime();
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  let fields = 0;
  for (const name in a) {
    const one = a[name];
    if (one === undefined) continue;
    fields += 1;
    if (!sameContent(one, b[name])) return false;
  }
  for (const name in b) if (b[name] !== undefined) fields -= 1;
  return fields === 0;
}
