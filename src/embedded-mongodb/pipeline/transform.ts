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
  const tree: Tree = { children: new Map() };
  for (const [path, v] of spec) plant(tree, partsOf(path), v);
  return (doc) => grow(doc, tree, doc);
}

function plant(tree: Tree, parts: readonly string[], v: Value): void {
  let node = tree;
  for (const part of parts) {
    if (part.startsWith('$'))
      throw new MongoFault(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    let next = node.children.get(part);
    if (!next) node.children.set(part, (next = { children: new Map() }));
    node = next;
  }
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
  const spec = new Doc();
  for (const p of paths) {
    if (typeof p !== 'string' || p === '')
      throw new MongoFault(
        31002,
        '$unset specification must be a string or an array containing only string values',
      );
    spec.set(p, 0);
  }
  const project = compileProjection(spec, true);
  return (doc) => project(doc, -1);
}

function replaceRoot(v: Value, name: string): Transform {
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

/** An update written as a pipeline. */
export function docTransform(stages: readonly Value[]): Transform {
  const list = stages.map((s) => {
    if (!(s instanceof Doc) || s.size !== 1)
      throw new MongoFault(40323, 'A pipeline stage specification object must contain exactly one field.');
    const t = transformStage(s.names[0] as string, s.at(0));
    if (!t) throw fault('InvalidOptions', `${s.names[0]} is not allowed to be used within an update`);
    return t;
  });
  return (doc) => list.reduce((d, t) => t(d), doc);
}
