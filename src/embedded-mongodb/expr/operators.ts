import type { Value } from '../bson/values';
import type { Expr } from './evaluate';
import { ARITHMETIC } from './arithmetic';
import { LOGIC } from './logic';

/** Builds an expression from the operator's argument as it stands in the pipeline. */
export type Build = (argument: Value, name: string) => Expr;

/** Every expression operator this server knows. */
export const OPERATORS: ReadonlyMap<string, Build> = new Map([
  ...Object.entries(LOGIC),
  ...Object.entries(ARITHMETIC),
]);
