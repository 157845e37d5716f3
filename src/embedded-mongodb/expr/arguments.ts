import { Arr } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault } from '../errors';
import { parseExpression } from './evaluate';
import type { Expr } from './evaluate';

/** The arguments of an operator: a list, or one value standing for a list of one. */
export function argumentsOf(v: Value, name: string, min: number, max = min): Expr[] {
  const list = v instanceof Arr ? v.list() : [v];
  if (list.length < min || list.length > max) {
    const want =
      min === max
        ? `exactly ${min}`
        : max === Infinity
          ? `at least ${min}`
          : `at least ${min}, and at most ${max}`;
    throw new MongoFault(16020, `Expression ${name} takes ${want} arguments. ${list.length} were passed in.`);
  }
  return list.map(parseExpression);
}

/** Missing, null or undefined. */
export function nullish(v: Value | undefined): v is null | undefined {
  return v === undefined || v === null;
}
