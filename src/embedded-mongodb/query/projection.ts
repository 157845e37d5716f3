import { asInteger, isNumber } from '../bson/numbers';
import { truthy } from '../bson/truth';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault, refused } from '../errors';
import { evaluate, parseExpression } from '../expr/evaluate';
import type { Expr } from '../expr/evaluate';
import { elementCondition } from './match';
import type { Test } from './match';
import { partsOf } from './walk';

/** Turns a stored document into the one the client sees; `position` is the matched list element, for the positional `$`. */
export type Project = (doc: Doc, position: number) => Doc;

type Leaf =
  | { kind: 'in' }
  | { kind: 'out' }
  | { kind: 'expr'; e: Expr }
  | { kind: 'slice'; skip: number; limit: number }
  | { kind: 'elem'; test: Test }
  | { kind: 'pos' };

interface Tree {
  children: Map<string, Tree>;
  leaf?: Leaf;
}

interface Context {
  root: Doc;
  including: boolean;
  position: number;
}

/** Compiles a projection; `stage` is true for `$project`, which knows no `$slice` or `$elemMatch` of its own. */
export function compileProjection(spec: Doc, stage = false): Project {
  const tree: Tree = { children: new Map() };
  const modes = { in: 0, out: 0, other: 0 };
  let id: boolean | undefined;
  for (const [path, v] of spec) {
    if (path === '_id' && (isNumber(v) || typeof v === 'boolean')) id = truthy(v);
    else collect(tree, partsOf(path), v, modes, stage, path);
  }
  if (modes.in > 0 && modes.out > 0) {
    const first = [...spec].find(([k, v]) => k !== '_id' && (isNumber(v) || typeof v === 'boolean'));
    const including = truthy(first?.[1]);
    throw new MongoFault(
      including ? 31254 : 31253,
      `Cannot do ${including ? 'exclusion' : 'inclusion'} on field in ${including ? 'inclusion' : 'exclusion'} projection`,
    );
  }
  const including =
    modes.in > 0 || (modes.out === 0 && (modes.other > 0 ? true : id === true && spec.size === 1));
  if (stage && !including && modes.other > 0)
    throw new MongoFault(31252, 'Cannot use an expression in an exclusion projection');
  if (id !== undefined || including)
    tree.children.set(
      '_id',
      tree.children.get('_id') ?? { children: new Map(), leaf: { kind: (id ?? true) ? 'in' : 'out' } },
    );
  if (!including) {
    if (id === true) tree.children.delete('_id');
  } else if (id === false) tree.children.delete('_id');
  return (doc, position) => projectDoc(doc, tree, { root: doc, including, position });
}

function collect(
  tree: Tree,
  parts: readonly string[],
  v: Value,
  modes: { in: number; out: number; other: number },
  stage: boolean,
  path: string,
): void {
  let node = tree;
  parts.forEach((part, i) => {
    if (part === '') throw new MongoFault(40353, "FieldPath must not end with a '.'.");
    if (part === '$' && i === parts.length - 1 && !stage) {
      node.leaf = { kind: 'pos' };
      modes.in++;
      return;
    }
    if (part.startsWith('$'))
      throw new MongoFault(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    if (node.leaf)
      throw new MongoFault(31249, `Path collision at ${path} remaining portion ${parts.slice(i).join('.')}`);
    let next = node.children.get(part);
    if (!next) node.children.set(part, (next = { children: new Map() }));
    node = next;
  });
  if (node.leaf?.kind === 'pos') return;
  if (node.leaf || (node.children.size > 0 && !(v instanceof Doc)))
    throw new MongoFault(31250, `Path collision at ${path}`);
  if (isNumber(v) || typeof v === 'boolean') {
    node.leaf = { kind: truthy(v) ? 'in' : 'out' };
    modes[truthy(v) ? 'in' : 'out']++;
  } else if (v instanceof Doc && v.size > 0 && !(v.names[0] as string).startsWith('$')) {
    for (const [k, x] of v) collect(node, partsOf(k), x, modes, stage, `${path}.${k}`);
  } else node.leaf = special(v, modes, stage);
}

function special(v: Value, modes: { in: number; out: number; other: number }, stage: boolean): Leaf {
  const op = v instanceof Doc && v.size > 0 ? (v.names[0] as string) : '';
  if (v instanceof Doc && v.size === 0)
    throw new MongoFault(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
  if (op === '$meta') throw refused('$meta');
  if (!stage && op === '$elemMatch') {
    const arg = (v as Doc).at(0);
    if (!(arg instanceof Doc)) throw new MongoFault(31274, 'elemMatch: Invalid argument, object required');
    modes.in++;
    return { kind: 'elem', test: elementCondition(arg) };
  }
  if (!stage && op === '$slice') {
    const arg = (v as Doc).at(0);
    const n = asInteger(arg);
    // A slice alone leaves the other fields as they are.
    if (n !== undefined)
      return n < 0 ? { kind: 'slice', skip: n, limit: -n } : { kind: 'slice', skip: 0, limit: n };
    const list = arg instanceof Arr ? arg.list().map(asInteger) : [];
    if (list.length === 2 && list[0] !== undefined && (list[1] ?? 0) > 0)
      return { kind: 'slice', skip: list[0], limit: list[1] as number };
    throw new MongoFault(28667, 'Invalid $slice syntax. The given syntax did not match the find() syntax');
  }
  modes.other++;
  return { kind: 'expr', e: parseExpression(v) };
}

function projectDoc(doc: Doc, tree: Tree, c: Context): Doc {
  const out = new Doc();
  const n = doc.size;
  for (let i = 0; i < n; i++) {
    const name = doc.names[i] as string;
    const child = tree.children.get(name);
    if (child === undefined) {
      if (!c.including) out.set(name, doc.at(i));
      continue;
    }
    const v = child.leaf ? leafValue(doc.at(i), child.leaf, c) : inside(doc.at(i), child, c);
    if (v !== undefined) out.set(name, v);
  }
  for (const [name, child] of tree.children) {
    if (child.leaf?.kind === 'expr') {
      const v = evaluate(child.leaf.e, c.root);
      if (v !== undefined) out.set(name, v);
    } else if (!doc.has(name) && hasExpression(child)) {
      const made = projectDoc(new Doc(), child, c);
      if (made.size > 0) out.set(name, made);
    }
  }
  return out;
}

function hasExpression(tree: Tree): boolean {
  return tree.leaf?.kind === 'expr' || [...tree.children.values()].some(hasExpression);
}

function leafValue(v: Value, leaf: Leaf, c: Context): Value | undefined {
  switch (leaf.kind) {
    case 'in':
      return v;
    case 'slice':
      return v instanceof Arr ? sliced(v, leaf.skip, leaf.limit) : v;
    case 'elem': {
      const hit = v instanceof Arr ? v.list().find((x) => leaf.test(x)) : undefined;
      return hit === undefined ? undefined : Arr.of([hit]);
    }
    case 'pos': {
      if (!(v instanceof Arr)) return v;
      if (c.position < 0 || c.position >= v.size) {
        throw new MongoFault(
          51246,
          "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
        );
      }
      return Arr.of([v.at(c.position)]);
    }
    default:
      return undefined;
  }
}

function sliced(v: Arr, skip: number, limit: number): Arr {
  const list = v.list();
  const from = skip < 0 ? Math.max(0, list.length + skip) : skip;
  return Arr.of(list.slice(from, from + limit));
}

function inside(v: Value, tree: Tree, c: Context): Value | undefined {
  if (v instanceof Doc) return projectDoc(v, tree, c);
  if (v instanceof Arr) {
    const out: Value[] = [];
    for (const x of v.list()) {
      const y = inside(x, tree, c);
      if (y !== undefined) out.push(y);
    }
    return Arr.of(out);
  }
  if (hasExpression(tree)) return projectDoc(new Doc(), tree, c);
  return c.including ? undefined : v;
}

/** Reads the projection of a command; undefined when there is none. */
export function projectionOf(v: Value | undefined): Project | undefined {
  if (v === undefined || (v instanceof Doc && v.size === 0)) return undefined;
  if (!(v instanceof Doc)) throw fault('TypeMismatch', "Expected field 'projection' to be of type object");
  return compileProjection(v);
}
