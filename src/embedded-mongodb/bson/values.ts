/**
 * Values as this server holds them. Each JavaScript form stands for exactly one BSON type, so nothing is lost between
 * reading and writing: number = int32, bigint = int64, Double = double, DateTime = date, string, boolean, null,
 * Doc = document, Arr = array, and Raw = every other type, kept as its bytes. `undefined` means that a field is missing.
 */
export type Value = null | string | boolean | number | bigint | Double | DateTime | Raw | Doc | Arr;

export const T = {
  double: 0x01,
  string: 0x02,
  object: 0x03,
  array: 0x04,
  binary: 0x05,
  undefined: 0x06,
  objectId: 0x07,
  bool: 0x08,
  date: 0x09,
  null: 0x0a,
  regex: 0x0b,
  dbPointer: 0x0c,
  code: 0x0d,
  symbol: 0x0e,
  codeWithScope: 0x0f,
  int: 0x10,
  timestamp: 0x11,
  long: 0x12,
  decimal: 0x13,
  minKey: 0xff,
  maxKey: 0x7f,
} as const;

/** A BSON double. */
export class Double {
  constructor(readonly n: number) {}
}

/** A BSON date: milliseconds since 1970, in UTC. */
export class DateTime {
  constructor(readonly ms: number) {}
}

/** A BSON value kept as its bytes: ObjectId, binary, decimal, timestamp, regex and the rare types. */
export class Raw {
  constructor(
    readonly type: number,
    readonly bytes: Buffer,
  ) {}
}

type Expand = (node: Node) => void;
let expand: Expand = () => undefined;
/** Set once by the decoder; here because documents read themselves only when they are looked into. */
export function setExpand(fn: Expand): void {
  expand = fn;
}
type ReadAt = (type: number, buf: Buffer, at: number) => Value;
let readAt: ReadAt = () => null;
/** Set once by the decoder. */
export function setReadAt(fn: ReadAt): void {
  readAt = fn;
}

/**
 * A document or array. Made from bytes it reads nothing until asked; then the names and places of its own fields, and each
 * value when it is first wanted. Treat it as immutable: a change makes a copy that shares what did not change.
 */
export abstract class Node {
  /** The bytes of the whole node (length word included), while it is unchanged. */
  raw: Buffer | undefined;
  private fieldNames: string[] = [];
  protected vals: (Value | undefined)[] = [];
  /** Where each element's value begins in `src`, its type, and where the element begins; empty for new elements. */
  src: Buffer | undefined;
  offs: number[] = [];
  types: number[] = [];
  heads: number[] = [];
  private ready: boolean;
  private index: Map<string, number> | undefined;

  constructor(raw?: Buffer) {
    this.raw = raw;
    this.ready = raw === undefined;
  }

  /** The names of its fields, in order; of an array, the places. */
  get names(): string[] {
    this.open();
    return this.fieldNames;
  }

  protected open(): void {
    if (this.ready) return;
    this.ready = true;
    expand(this);
  }

  get size(): number {
    this.open();
    return this.names.length;
  }

  /** The value of the i-th element. */
  at(i: number): Value {
    this.open();
    let v = this.vals[i];
    if (v === undefined) {
      v = readAt(this.types[i] ?? T.null, this.src as Buffer, this.offs[i] ?? 0);
      this.vals[i] = v;
    }
    return v;
  }

  protected find(name: string): number {
    this.open();
    const names = this.names;
    if (names.length <= 24) return names.indexOf(name);
    if (this.index === undefined) {
      this.index = new Map();
      for (let i = names.length - 1; i >= 0; i--) this.index.set(names[i] as string, i);
    }
    return this.index.get(name) ?? -1;
  }

  /** The BSON type of the i-th element, without reading it. */
  typeAt(i: number): number | undefined {
    this.open();
    return this.vals[i] === undefined ? this.types[i] : undefined;
  }

  /** True while the i-th element is still only bytes of `src` and can be copied as it stands. */
  untouched(i: number): boolean {
    return this.src !== undefined && this.heads[i] !== undefined && (this.heads[i] as number) >= 0;
  }

  protected copyInto(other: Node): void {
    this.open();
    other.fieldNames = this.names.slice();
    other.vals = this.vals.slice();
    other.src = this.src;
    other.offs = this.offs.slice();
    other.types = this.types.slice();
    other.heads = this.heads.slice();
    other.ready = true;
  }

  protected put(i: number, name: string, v: Value): void {
    this.open();
    this.raw = undefined;
    if (i === this.names.length) this.index = undefined;
    this.names[i] = name;
    this.vals[i] = v;
    this.heads[i] = -1;
    this.types[i] = 0;
    this.offs[i] = 0;
  }

  protected cut(i: number): void {
    this.open();
    this.raw = undefined;
    this.index = undefined;
    for (const list of [this.names, this.vals, this.heads, this.types, this.offs]) list.splice(i, 1);
  }
}

/** A BSON document: ordered fields. */
export class Doc extends Node {
  /** A document of the given fields, in order. Missing values are left out. */
  static of(fields: Record<string, Value | undefined>): Doc {
    const d = new Doc();
    for (const k of Object.keys(fields)) {
      const v = fields[k];
      if (v !== undefined) d.set(k, v);
    }
    return d;
  }

  get(name: string): Value | undefined {
    const i = this.find(name);
    return i < 0 ? undefined : this.at(i);
  }

  has(name: string): boolean {
    return this.find(name) >= 0;
  }

  /** Sets in place: only for a document nobody else holds. */
  set(name: string, v: Value): this {
    const i = this.find(name);
    this.put(i < 0 ? this.size : i, name, v);
    return this;
  }

  delete(name: string): this {
    const i = this.find(name);
    if (i >= 0) this.cut(i);
    return this;
  }

  clone(): Doc {
    const d = new Doc();
    this.copyInto(d);
    return d;
  }

  *[Symbol.iterator](): Generator<[string, Value]> {
    const n = this.size;
    for (let i = 0; i < n; i++) yield [this.names[i] as string, this.at(i)];
  }
}

/** A BSON array. */
export class Arr extends Node {
  static of(values: readonly Value[]): Arr {
    const a = new Arr();
    values.forEach((v, i) => a.put(i, String(i), v));
    return a;
  }

  clone(): Arr {
    const a = new Arr();
    this.copyInto(a);
    return a;
  }

  /** Sets in place: only for an array nobody else holds. A place behind the end is reached by filling with null. */
  setAt(i: number, v: Value): this {
    for (let n = this.size; n < i; n++) this.put(n, String(n), null);
    this.put(i, String(i), v);
    return this;
  }

  list(): Value[] {
    const n = this.size;
    const out: Value[] = new Array<Value>(n);
    for (let i = 0; i < n; i++) out[i] = this.at(i);
    return out;
  }
}

/** True for a plain truth in MongoDB's command options: true, or a number that is not zero. */
export function truthy(v: Value | undefined): boolean {
  if (v === undefined || v === null || v === false) return false;
  if (typeof v === 'number') return v !== 0;
  if (typeof v === 'bigint') return v !== 0n;
  if (v instanceof Double) return v.n !== 0;
  return true;
}
