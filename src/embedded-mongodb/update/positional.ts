import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { fault } from '../errors';
import { compileFilter } from '../query/match';
import type { Test } from '../query/match';

/** The tests of an update's `arrayFilters`, by identifier. */
export function arrayFilters(
  v: Value | undefined,
  paths: readonly (readonly string[])[],
): ReadonlyMap<string, Test> {
  const tests = new Map<string, Test>();
  const used = new Set(
    paths
      .flat()
      .filter((p) => p.startsWith('$[') && p !== '$[]')
      .map((p) => p.slice(2, -1)),
  );
  for (const x of v instanceof Arr ? v.list() : []) {
    if (!(x instanceof Doc)) throw fault('TypeMismatch', 'arrayFilters entries must be objects');
    const names = new Set(identifiers(x));
    const [name, second] = [...names];
    if (name === undefined)
      throw fault('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
    if (second !== undefined)
      throw fault(
        'FailedToParse',
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${second}'`,
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw fault(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (tests.has(name))
      throw fault('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`);
    if (!used.has(name))
      throw fault('FailedToParse', `The array filter for identifier '${name}' was not used in the update`);
    const test = compileFilter(x);
    tests.set(name, (e) => test(new Doc().set(name, e ?? null)));
  }
  for (const name of used) {
    if (!tests.has(name))
      throw fault(
        'BadValue',
        `No array filter found for identifier '${name}' in path '${paths.find((p) => p.includes(`$[${name}]`))?.join('.')}'`,
      );
  }
  return tests;
}

function identifiers(filter: Doc): string[] {
  return [...filter].flatMap(([name, v]) => {
    if (!name.startsWith('$')) return [name.split('.')[0] as string];
    return v instanceof Arr ? v.list().flatMap((x) => (x instanceof Doc ? identifiers(x) : [])) : [];
  });
}

/** The plain paths that a path with `$`, `$[]` and `$[name]` means in this document. */
export function expandPaths(
  doc: Doc,
  parts: readonly string[],
  position: number,
  tests: ReadonlyMap<string, Test>,
): (readonly string[])[] {
  if (!parts.some((p) => p.startsWith('$'))) return [parts];
  const out: string[][] = [];
  expand(doc, parts, 0, [], position, tests, out);
  return out;
}

function expand(
  v: Value | undefined,
  parts: readonly string[],
  i: number,
  done: readonly string[],
  position: number,
  tests: ReadonlyMap<string, Test>,
  out: string[][],
): void {
  if (i === parts.length) {
    out.push([...done]);
    return;
  }
  const part = parts[i] as string;
  const step = (child: Value | undefined, name: string): void =>
    expand(child, parts, i + 1, [...done, name], position, tests, out);
  if (part === '$') {
    if (position < 0)
      throw fault('BadValue', 'The positional operator did not find the match needed from the query.');
    step(v instanceof Arr && position < v.size ? v.at(position) : undefined, String(position));
  } else if (part.startsWith('$[')) {
    if (!(v instanceof Arr)) {
      const path = done.join('.');
      throw fault(
        'BadValue',
        v === undefined
          ? `The path '${path}' must exist in the document in order to apply array updates.`
          : `Cannot apply array updates to non-array element ${path}`,
      );
    }
    const test = part === '$[]' ? undefined : tests.get(part.slice(2, -1));
    for (let n = 0; n < v.size; n++) if (!test || test(v.at(n))) step(v.at(n), String(n));
  } else if (v instanceof Doc) step(v.get(part), part);
  else if (v instanceof Arr)
    step(/^\d+$/.test(part) && Number(part) < v.size ? v.at(Number(part)) : undefined, part);
  else step(undefined, part);
}
