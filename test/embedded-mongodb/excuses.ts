import { EJSON } from 'bson';
import type { Collection, Document, Filter } from 'mongodb';
import type { Fields } from './random';

/** What a server answered: a result as text, or a failure with its code (0 when it named none) and sentence. */
export interface Outcome {
  text: string;
  code: number | undefined;
}

/** One condition of a filter: a path, an operator, its argument. */
export interface Leaf {
  path: string;
  op: string;
  argument: unknown;
  /** The filter of this condition alone. */
  filter: Fields;
}

/** Conditions of a filter, one by one. */
export function leaves(filter: Fields): Leaf[] {
  return Object.entries(filter).flatMap(([path, v]) => {
    if (path === '$expr') return [{ path: '', op: '$expr', argument: v, filter: { $expr: v } }];
    if (path.startsWith('$')) return (v as Fields[]).flatMap(leaves);
    const entries = Object.entries((v ?? {}) as Fields);
    if (entries.length === 0 || !(entries[0] as [string, unknown])[0].startsWith('$') || isValue(v))
      return [{ path, op: '$eq', argument: v, filter: { [path]: v } }];
    const options = (v as Fields).$options;
    return entries
      .filter(([op]) => op !== '$options')
      .map(([op, argument]) => {
        const alone = op === '$regex' ? { $regex: argument, $options: options ?? '' } : { [op]: argument };
        return { path, op, argument, filter: { [path]: alone } };
      });
  });
}

/** True for what is one BSON value, although JavaScript sees an object. */
function isValue(v: unknown): boolean {
  return typeof v === 'object' && v !== null && ('_bsontype' in v || v instanceof Date || Array.isArray(v));
}

async function holds(c: Collection, id: unknown, f: Fields): Promise<boolean | string> {
  try {
    return (await c.findOne({ $and: [{ _id: id }, f] } as Filter<Document>)) !== null;
  } catch (e) {
    return (e as Error).message;
  }
}

/** The conditions of a filter that the two servers see differently for one document. */
export async function culprits(filter: Fields, id: unknown, a: Collection, b: Collection): Promise<Leaf[]> {
  const found: Leaf[] = [];
  for (const leaf of leaves(filter)) {
    const [x, y] = [await holds(a, id, leaf.filter), await holds(b, id, leaf.filter)];
    if (x !== y) found.push(leaf);
  }
  return found;
}

export function leafText(leaf: Leaf, doc: Document): string {
  const root = leaf.path.split('.')[0] as string;
  if (leaf.op === '$expr')
    return `$expr ${JSON.stringify(leaf.filter)} on ${EJSON.stringify(doc, { relaxed: false })}`;
  return `${leaf.op} ${EJSON.stringify(leaf.filter, { relaxed: false })} on ${EJSON.stringify({ [root]: doc[root] }, { relaxed: false })}`;
}

const RANGE = new Set(['$gt', '$gte', '$lt', '$lte']);

/** True when the path leads through a list of which some element is no document, so that it ends there. */
function endsInList(doc: unknown, parts: readonly string[]): boolean {
  if (parts.length === 0) return false;
  if (Array.isArray(doc)) {
    if (doc.length === 0 || doc.some((x) => !isFields(x))) return true;
    return /^\d+$/.test(parts[0] as string) || doc.some((x) => endsInList(x, parts));
  }
  return isFields(doc) && endsInList(doc[parts[0] as string], parts.slice(1));
}

function isFields(v: unknown): v is Fields {
  return typeof v === 'object' && v !== null && !isValue(v);
}

/** True for a document that is empty or says null of a field: the other server takes both for no condition. */
function saysNothing(v: unknown): boolean {
  if (Array.isArray(v)) return v.some(saysNothing);
  if (!isFields(v)) return false;
  return Object.keys(v).length === 0 || Object.values(v).some((x) => x === null || saysNothing(x));
}

/** Why a condition that the two see differently is the other server's fault. */
export function leafFault(leaf: Leaf, doc: Document): string | undefined {
  const { op, argument, path } = leaf;
  const parts = path.split('.');
  if (saysNothing(argument)) return 'an empty document or null within a document is no condition';
  if (parts.length > 1 && endsInList(doc, parts)) return 'a path that ends in a list is null';
  if (RANGE.has(op) && (argument === null || Array.isArray(argument))) return 'ranges of null and of lists';
  if (op === '$all') return '$all of what is no list';
  return undefined;
}

const MISSING =
  /unknown operator|Unsupported modifier|Unrecognized (pipeline stage|expression)|^Unknown error|not (yet )?implemented|cannot be cast/;

/** Why a difference in what a command answers is the other server's fault; undefined when it is not known to be. */
export function excuse(_mine: Outcome, theirs: Outcome): string | undefined {
  if (theirs.code !== undefined && MISSING.test(theirs.text)) return 'not there';
  return undefined;
}
