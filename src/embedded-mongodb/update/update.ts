import { compare } from '../bson/compare';
import { describe } from '../bson/describe';
import { Arr, Doc, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { fault } from '../errors';
import { typeName } from '../query/leaf';
import { indexOfPart, partsOf } from '../query/walk';
import { docTransform } from '../pipeline/transform';
import { addToSet, pop, pull, pullAll, push } from './arrays';
import type { Change } from './arrays';
import { Draft } from './draft';
import { arrayFilters, expandPaths } from './positional';
import { bit, calculate, currentDate, extreme, timestampNow } from './scalars';

/** A compiled update. */
export interface Update {
  /** The changed document; `position` is what the positional `$` stands for, `inserting` an upsert that inserts. */
  apply(doc: Doc, position: number, inserting: boolean): Doc;
  /** True when the update is a whole document to put in place of the old one. */
  replacement: boolean;
}

interface Step {
  op: string;
  parts: readonly string[];
  path: string;
  change: Change;
  /** For `$rename`: where the value goes. */
  to?: readonly string[];
}

/** Compiles an update: operators, a replacement, or a pipeline. */
export function compileUpdate(u: Value, filters?: Value, multi = false): Update {
  if (filters !== undefined && !(u instanceof Doc && (u.names[0] ?? '').startsWith('$')))
    throw fault(
      'FailedToParse',
      `arrayFilters may not be specified for ${u instanceof Arr ? 'pipeline-style' : 'replacement-style'} updates`,
    );
  if (u instanceof Arr) {
    const transform = docTransform(u.list());
    return { replacement: false, apply: (doc) => keepId(doc, transform(doc)) };
  }
  if (!(u instanceof Doc))
    throw fault('FailedToParse', 'Update argument must be either an object or an array');
  if (u.size > 0 && (u.names[0] as string).startsWith('$')) return operators(u, filters);
  if (multi) throw fault('FailedToParse', 'multi update is not supported for replacement-style update');
  return { replacement: true, apply: (doc, _position, inserting) => replaced(doc, u, inserting) };
}

const REFERENCE = new Set(['$ref', '$id', '$db']);

/** A name at the top of a document may begin with `$` only when the document is inserted. */
function refuseDollar(name: string, inserting: boolean): void {
  if (inserting || !name.startsWith('$') || REFERENCE.has(name)) return;
  throw fault(
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );
}

function replaced(old: Doc, by: Doc, inserting: boolean): Doc {
  for (const name of by.names) refuseDollar(name, inserting);
  const id = by.has('_id') ? by.get('_id') : old.get('_id');
  const d = new Doc();
  if (id !== undefined) d.set('_id', id);
  for (const [k, v] of by) if (k !== '_id') d.set(k, stamped(v));
  return keepId(old, d);
}

/** An empty timestamp at the top of a document means: now. */
export function stamped(v: Value): Value {
  return v instanceof Raw && v.type === T.timestamp && v.bytes.readBigUInt64LE(0) === 0n ? timestampNow() : v;
}

function keepId(old: Doc, now: Doc): Doc {
  const was = old.get('_id');
  if (was === undefined) return now;
  const is = now.get('_id');
  if (is === undefined) {
    const d = new Doc().set('_id', was);
    for (const [k, v] of now) d.set(k, v);
    return d;
  }
  if (compare(was, is) !== 0) {
    throw fault(
      'ImmutableField',
      `Performing an update on the path '_id' would modify the immutable field '_id'`,
    );
  }
  return now;
}

function operators(u: Doc, filters: Value | undefined): Update {
  const steps: Step[] = [];
  const onInsert: Step[] = [];
  for (const [op, fields] of u) {
    if (!op.startsWith('$'))
      throw fault(
        'FailedToParse',
        `Unknown modifier: ${op}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    if (!KNOWN.has(op))
      throw fault(
        'FailedToParse',
        `Unknown modifier: ${op}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    if (!(fields instanceof Doc)) {
      throw fault(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${op}: ${describe(fields)}}`,
      );
    }
    for (const [path, v] of fields) (op === '$setOnInsert' ? onInsert : steps).push(step(op, path, v));
  }
  const all = [...steps, ...onInsert];
  refuseConflicts(all);
  steps.sort(byPath);
  all.sort(byPath);
  const tests = arrayFilters(
    filters,
    all.map((s) => s.parts),
  );
  return {
    replacement: false,
    apply: (doc, position, inserting) => {
      const now = inserting ? all : steps;
      for (const s of now) refuseDollar((s.to ?? s.parts)[0] as string, inserting);
      return run(now, doc, (d, parts) => expandPaths(d, parts, position, tests));
    },
  };
}

const KNOWN = new Set(
  '$set $unset $inc $mul $min $max $rename $setOnInsert $currentDate $push $pull $pullAll $addToSet $pop $bit'.split(
    ' ',
  ),
);

function step(op: string, path: string, v: Value): Step {
  const parts = partsOf(path);
  if (path === '') throw fault('EmptyFieldName', 'An empty update path is not valid.');
  if (parts.some((p) => p === ''))
    throw fault(
      'EmptyFieldName',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  const first = parts[0] as string;
  if (first.startsWith('$') && (first === '$' || first.startsWith('$['))) {
    throw fault(
      'BadValue',
      `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
    );
  }
  if (parts.filter((p) => p === '$').length > 1)
    throw fault('BadValue', `Too many positional (i.e. '$') elements found in path '${path}'`);
  if (op !== '$rename') return { op, parts, path, change: changeOf(op, v, path) };
  if (typeof v !== 'string')
    throw fault('BadValue', `The 'to' field for $rename must be a string: ${path}: ${describe(v)}`);
  if (parts.some((p) => p.startsWith('$')))
    throw fault('BadValue', `The source field for $rename may not be dynamic: ${path}`);
  if (partsOf(v).some((p) => p === '$' || p.startsWith('$[')))
    throw fault('BadValue', `The destination field for $rename may not be dynamic: ${v}`);
  if (partsOf(v).some((p) => p === ''))
    throw fault(
      'EmptyFieldName',
      `The update path '${v}' contains an empty field name, which is not allowed.`,
    );
  if (v === path)
    throw fault('BadValue', `The source and target field for $rename must differ: ${path}: "${v}"`);
  return { op, parts, path, change: (old) => old, to: partsOf(v) };
}

function changeOf(op: string, v: Value, path: string): Change {
  switch (op) {
    case '$set':
    case '$setOnInsert':
      return () => stamped(v);
    case '$unset':
      return () => undefined;
    case '$inc':
    case '$mul':
      return calculate(op, v, path);
    case '$min':
    case '$max':
      return extreme(op, v);
    case '$currentDate':
      return currentDate(v);
    case '$push':
      return push(v);
    case '$addToSet':
      return addToSet(v);
    case '$pop':
      return pop(v);
    case '$pull':
      return pull(v);
    case '$pullAll':
      return pullAll(v);
    default:
      return bit(v);
  }
}

function refuseConflicts(steps: readonly Step[]): void {
  const paths = steps.flatMap((s) => (s.to ? [s.path, s.to.join('.')] : [s.path]));
  const seen = new Set<string>();
  for (const path of [...paths].sort((a, b) => a.length - b.length)) {
    const parts = partsOf(path);
    for (let n = 1; n <= parts.length; n++) {
      const head = parts.slice(0, n).join('.');
      if (seen.has(head))
        throw fault(
          'ConflictingUpdateOperators',
          `Updating the path '${path}' would create a conflict at '${head}'`,
        );
    }
    seen.add(path);
  }
}

/** MongoDB's order of work: names by their letters, numbers by their worth. */
function byPath(a: Step, b: Step): number {
  for (let i = 0; i < Math.min(a.parts.length, b.parts.length); i++) {
    const x = a.parts[i] as string;
    const y = b.parts[i] as string;
    if (x === y) continue;
    const m = indexOfPart(x);
    const n = indexOfPart(y);
    if (m >= 0 && n >= 0) return m - n;
    return x < y ? -1 : 1;
  }
  return a.parts.length - b.parts.length;
}

function run(
  steps: readonly Step[],
  doc: Doc,
  expand: (d: Doc, parts: readonly string[]) => (readonly string[])[],
): Doc {
  const draft = new Draft(doc);
  const id = doc.get('_id');
  for (const s of steps) for (const parts of expand(draft.doc, s.parts)) applyStep(draft, s, parts, id);
  return keepId(doc, draft.doc);
}

/** What only takes away makes no field; yet a path that could not be there is a fault, save to `$unset`. */
const NEVER_MAKES = new Set(['$pull', '$pullAll', '$pop']);

function applyStep(draft: Draft, s: Step, parts: readonly string[], id: Value | undefined): void {
  const old = draft.get(parts);
  if (s.op === '$rename') {
    rename(draft, s, old);
    return;
  }
  if (s.op === '$unset') {
    draft.unset(parts);
    return;
  }
  if (old === undefined) {
    const fault = draft.blocked(parts);
    if (fault) throw fault;
    if (NEVER_MAKES.has(s.op)) return;
  }
  const now = s.change(old, id, parts.join('.'));
  if (now !== undefined && now !== old) draft.set(parts, now);
}

function rename(draft: Draft, s: Step, old: Value | undefined): void {
  const to = s.to as readonly string[];
  // A source that could not be there is a fault; one that merely is not there changes nothing.
  const unreachable = old === undefined ? draft.blocked(s.parts) : undefined;
  if (unreachable) throw unreachable;
  if (old === undefined) return;
  for (const parts of [s.parts, to]) {
    for (let n = 1; n < parts.length; n++) {
      if (draft.get(parts.slice(0, n)) instanceof Arr) {
        throw fault(
          'BadValue',
          `The ${parts === to ? 'destination' : 'source'} field cannot be an array element, '${parts.join('.')}'`,
        );
      }
    }
  }
  const blocked = draft.blocked(to);
  if (blocked) throw blocked;
  draft.unset(s.parts);
  draft.set(to, old);
}
