import { Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { checkName, evaluate, parseExpression } from '../expr/evaluate';
import { withOnly } from '../expr/names';
import type { Known } from '../expr/names';

const NONE: Known = new Map();

/** The variables of a command's `let`, worked out once. */
export function letOf(body: Doc): Known {
  const given = body.get('let');
  if (!(given instanceof Doc) || given.size === 0) return NONE;
  const names = new Map<string, { value: Value | undefined }>();
  const none = new Doc();
  for (const [name, v] of given) {
    checkName(name);
    names.set(name, { value: withOnly(names, () => evaluate(parseExpression(v), none)) });
  }
  return names;
}

/** The variables of a command with the constants `c` of one of its update statements. */
export function withConstants(names: Known, constants: Value | undefined): Known {
  if (!(constants instanceof Doc)) return names;
  const all = new Map(names);
  for (const [name, value] of constants) all.set(name, { value });
  return all;
}
