import type { Value } from '../bson/values';
import { ARITHMETIC } from './arithmetic';
import { TYPES } from './convert';
import { DATES } from './dates';
import type { Expr } from './evaluate';
import { LISTS } from './lists';
import { LOGIC } from './logic';
import { OBJECTS } from './objects';
import { STRINGS } from './strings';

/** Builds an expression from the operator's argument as it stands in the pipeline. */
export type Build = (argument: Value, name: string) => Expr;

let table: ReadonlyMap<string, Build> | undefined;

/** The operator of this name, or undefined. Its table is made at first use: operators and expressions need each other. */
export function operatorNamed(name: string): Build | undefined {
  table ??= new Map(
    Object.entries({ ...LOGIC, ...ARITHMETIC, ...STRINGS, ...TYPES, ...LISTS, ...OBJECTS, ...DATES }),
  );
  return table.get(name);
}
