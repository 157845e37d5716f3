import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { evaluate, parseExpression } from '../expr/evaluate';
import type { Expr } from '../expr/evaluate';
import { compileProjection } from '../query/projection';
import { partsOf } from '../query/walk';

/** A stage that turns each document into one document. */
export type Transform = (doc: Doc) => Doc;

interface Tree {
  children: Map<string, Tree>;
  e?: Expr;
}

/** `$addFields` and `$set`. */
export function addFields(spec: Value): Transform {
  if (!(spec instanceof Doc)) throw new MongoFault(40272, '$addFields specification stage must be an object');
  if (spec.size === 0) throw new MongoFault(40177, '$addFields specification must have at least one field');
  const tree: Tree = { children: new Map() };
  for (const [path, v] of spec) plant(tree, partsOf(path), v);
  return (doc) => grow(doc, tree, doc);
}

function plant(tree: Tree, parts: readonly string[], v: Value): void {
  let node = tree;
  for (const part of parts) {
    if (part === '') throw new MongoFault(15998, 'FieldPath field names may not be empty strings.');
    if (node.e)
      throw new MongoFault(
        40176,
        `Invalid $addFields :: caused by :: specification contains two conflicting paths`,
      );
    if (part.startsWith('$'))
      throw new MongoFault(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    let next = node.children.get(part);
    if (!next) node.children.set(part, (next = { children: new Map() }));
    node = next;
  }
  if (node.e || node.children.size > 0)
    throw new MongoFault(
      40176,
      `Invalid $addFields :: caused by :: specification contains two conflicting paths`,
    );
  const nested = v instanceof Doc && v.size > 0 && !(v.names[0] as string).startsWith('$');
  if (nested) for (const [k, x] of v) plant(node, partsOf(k), x);
  else node.e = parseExpression(v);
}

function grow(doc: Doc, tree: Tree, root: Doc): Doc {
  const out = doc.clone();
  for (const [name, child] of tree.children) {
    const v = child.e ? evaluate(child.e, root) : inside(doc.get(name), child, root);
    if (v === undefined) out.delete(name);
    else out.set(name, v);
  }
  return out;
}

function inside(v: Value | undefined, tree: Tree, root: Doc): Value {
  if (v instanceof Doc) return grow(v, tree, root);
  if (v instanceof Arr) return Arr.of(v.list().map((x) => inside(x, tree, root)));
  return grow(new Doc(), tree, root);
}

function unset(v: Value): Transform {
  const paths = v instanceof Arr ? v.list() : [v];
  if (paths.length === 0)
    throw new MongoFault(31119, '$unset specification must be a string or an array with at least one field');
  const spec = new Doc();
  for (const p of paths) {
    if (typeof p !== 'string' || p === '')
      throw new MongoFault(
        v instanceof Arr ? 31120 : 31002,
        '$unset specification must be a string or an array containing only string values',
      );
    spec.set(p, 0);
  }
  const project = compileProjection(spec, true);
  return (doc) => project(doc, -1);
}

function replaceRoot(v: Value, name: string): Transform {
  if (name === '$replaceRoot' && !(v instanceof Doc))
    throw new MongoFault(40229, `expected an object as specification for $replaceRoot stage`);
  const odd = name === '$replaceRoot' && v instanceof Doc ? v.names.find((k) => k !== 'newRoot') : undefined;
  if (odd !== undefined) throw new MongoFault(40415, `BSON field '$replaceRoot.${odd}' is an unknown field.`);
  const arg = name === '$replaceWith' ? v : v instanceof Doc ? v.get('newRoot') : undefined;
  if (arg === undefined) throw new MongoFault(40231, 'no newRoot specified for the $replaceRoot stage');
  const e = parseExpression(arg);
  return (doc) => {
    const x = evaluate(e, doc);
    if (!(x instanceof Doc)) throw new MongoFault(40228, "'newRoot' expression must evaluate to an object");
    return x;
  };
}

/** The stage as a transform, or undefined when it is another kind of stage. */
export function transformStage(name: string, v: Value): Transform | undefined {
  switch (name) {
    case '$addFields':
    case '$set':
      return addFields(v);
    case '$unset':
      return unset(v);
    case '$project': {
      if (!(v instanceof Doc)) throw new MongoFault(15969, '$project specification must be an object');
      if (v.size === 0) throw new MongoFault(51272, 'projection specification must have at least one field');
      const project = compileProjection(v, true);
      return (doc) => project(doc, -1);
    }
    case '$replaceRoot':
    case '$replaceWith':
      return replaceRoot(v, name);
    default:
      return undefined;
  }
}

/** Stages of MongoDB that no update may have. */
const OTHER_STAGES = new Set(
  '$match $group $sort $skip $limit $count $unwind $sample $lookup $facet $unionWith $bucket $bucketAuto $sortByCount $out $merge $graphLookup $geoNear $setWindowFields $densify $fill $redact $documents $changeStream $indexStats $collStats $currentOp $planCacheStats'.split(
    ' ',
  ),
);

/** An update written as a pipeline. */
export function docTransform(stages: readonly Value[]): Transform {
  const list = stages.map((s) => {
    if (!(s instanceof Doc) || s.size !== 1)
      throw new MongoFault(40323, 'A pipeline stage specification object must contain exactly one field.');
    const t = transformStage(s.names[0] as string, s.at(0));
    if (!t && !OTHER_STAGES.has(s.names[0] as string))
      throw new MongoFault(40324, `Unrecognized pipeline stage name: '${s.names[0]}'`);
    if (!t) throw fault('InvalidOptions', `${s.names[0]} is not allowed to be used within an update`);
    return t;
  });
  return (doc) => list.reduce((d, t) => t(d), doc);
}
