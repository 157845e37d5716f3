import { describe } from '../bson/describe';
import { Arr, Doc } from '../bson/values';
import type { Node, Value } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { indexOfPart } from '../query/walk';

const MAX_PADDING = 1_500_000;

/** A document being changed: nodes on the way of a change are copied once, the rest is shared with the old document. */
export class Draft {
  doc: Doc;
  private readonly mine = new Set<Node>();

  constructor(from: Doc) {
    this.doc = from.clone();
    this.mine.add(this.doc);
  }

  get(parts: readonly string[]): Value | undefined {
    let v: Value | undefined = this.doc;
    for (const part of parts) {
      if (v instanceof Doc) v = v.get(part);
      else if (v instanceof Arr) {
        const i = indexOfPart(part);
        v = i >= 0 && i < v.size ? v.at(i) : undefined;
      } else return undefined;
    }
    return v;
  }

  /** Sets a path, making documents on the way where there is nothing. */
  set(parts: readonly string[], value: Value): void {
    let node: Node = this.doc;
    for (let i = 0; i < parts.length - 1; i++) node = this.into(node, parts, i);
    put(node, parts[parts.length - 1] as string, value, parts);
  }

  /** Takes a field away; an element of a list becomes null, so that the others keep their places. */
  unset(parts: readonly string[]): void {
    if (this.get(parts) === undefined) return;
    let node: Node = this.doc;
    for (let i = 0; i < parts.length - 1; i++) node = this.into(node, parts, i);
    const last = parts[parts.length - 1] as string;
    if (node instanceof Doc) node.delete(last);
    else (node as Arr).setAt(indexOfPart(last), null);
  }

  /** The error of a path that runs through a value which holds no fields; undefined when the path can be made. */
  blocked(parts: readonly string[]): MongoFault | undefined {
    let v: Value | undefined = this.doc;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as string;
      if (v === undefined) return undefined;
      if (v instanceof Doc) v = v.get(part);
      else if (v instanceof Arr && indexOfPart(part) >= 0)
        v = indexOfPart(part) < v.size ? v.at(indexOfPart(part)) : undefined;
      else return notViable(part, parts[i - 1] ?? '', v);
    }
    return undefined;
  }

  private into(node: Node, parts: readonly string[], i: number): Node {
    const part = parts[i] as string;
    const index = node instanceof Arr ? indexOfPart(part) : -1;
    const v =
      node instanceof Doc ? node.get(part) : index >= 0 && index < node.size ? node.at(index) : undefined;
    if (v instanceof Doc || v instanceof Arr) {
      if (this.mine.has(v)) return v;
      const copy = v.clone();
      this.mine.add(copy);
      put(node, part, copy, parts);
      return copy;
    }
    if (v !== undefined) throw notViable(parts[i + 1] as string, part, v);
    const made = new Doc();
    this.mine.add(made);
    put(node, part, made, parts);
    return made;
  }
}

function notViable(part: string, parent: string, v: Value): MongoFault {
  return fault('PathNotViable', `Cannot create field '${part}' in element {${parent}: ${describe(v)}}`);
}

function put(node: Node, part: string, value: Value, parts: readonly string[]): void {
  if (node instanceof Doc) {
    node.set(part, value);
    return;
  }
  const i = indexOfPart(part);
  if (i < 0) throw notViable(part, parts[parts.indexOf(part) - 1] ?? '', node as Arr);
  if (i - node.size > MAX_PADDING)
    throw fault('BadValue', `can't backfill more than ${MAX_PADDING} elements`);
  (node as Arr).setAt(i, value);
}
