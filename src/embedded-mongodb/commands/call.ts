import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { fault } from '../errors';
import { typeName } from '../query/leaf';
import type { Catalog, Collection } from '../storage/catalog';
import type { Records } from '../storage/records';
import type { Store } from '../storage/store';
import type { Cursors } from './cursors';
import { missing, timeLimit } from './fields';
import { Rest } from './rest';

/** The parts of a running server that commands work with. */
export interface Parts {
  store: Store;
  catalog: Catalog;
  records: Records;
  cursors: Cursors;
  startedAt: number;
  connections: () => number;
  counters: Map<string, number>;
}

/** One command with everything it needs. */
export interface Call {
  parts: Parts;
  db: string;
  body: Doc;
  /** The command's own argument: a collection's name for most. */
  target: Value;
  sequences: ReadonlyMap<string, Doc[]>;
  connection: number;
}

/** The account of time of a command, which keeps its `maxTimeMS`. */
export function restOf(call: Call): Rest {
  return Rest.begin(timeLimit(call.body));
}

/** Carries out one command. */
export type Command = (call: Call) => Promise<Doc> | Doc;

/** The collection a command names, checked for its form. */
export function collectionName(call: Call): string {
  const name = call.target;
  if (typeof name !== 'string')
    throw fault('InvalidNamespace', `collection name has invalid type ${typeName(name)}`);
  checkName(call.db, name);
  return name;
}

export function checkName(db: string, name: string): void {
  const ns = `${db}.${name}`;
  if (
    name === '' ||
    name.includes('\0') ||
    name.startsWith('.') ||
    name.endsWith('.') ||
    name.includes('$')
  ) {
    throw fault('InvalidNamespace', `Invalid namespace specified '${ns}'`);
  }
  if (Buffer.byteLength(ns) > 255)
    throw fault('InvalidNamespace', `Fully qualified namespace is too long. Namespace: ${ns} Max: 255`);
}

/** A name for a new collection: those that begin with `system.` belong to the server. */
export function checkNewName(db: string, name: string): void {
  checkName(db, name);
  if (name.startsWith('system.')) throw fault('InvalidNamespace', `Invalid system namespace: ${db}.${name}`);
}

/** The collection, or undefined when there is none. */
export function existing(call: Call): Collection | undefined {
  return call.parts.catalog.get(call.db, collectionName(call));
}

/** A document option; missing means empty. */
export function docOption(call: Call, name: string): Doc {
  const v = call.body.get(name);
  if (v === undefined || v === null) return new Doc();
  if (!(v instanceof Doc))
    throw fault(
      'TypeMismatch',
      `BSON field '${name}' is the wrong type '${typeName(v)}', expected type 'object'`,
    );
  return v;
}

/** A list that came in the body or beside it. */
export function listOption(call: Call, name: string): Doc[] {
  const beside = call.sequences.get(name);
  if (beside) return beside;
  const v = call.body.get(name);
  if (v === undefined) throw missing(`${call.body.names[0]}.${name}`);
  if (!(v instanceof Arr))
    throw fault(
      'TypeMismatch',
      `BSON field '${name}' is the wrong type '${typeName(v)}', expected type 'array'`,
    );
  return v.list().map((x) => {
    if (!(x instanceof Doc)) throw fault('TypeMismatch', `BSON field '${name}' must hold objects`);
    return x;
  });
}
