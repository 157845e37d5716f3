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

const NO_NAMES: string[] = [];
const NO_VALUES: (Value | undefined)[] = [];
const NO_PLACES: number[] = [];

/**
 * A document or array. Made from bytes it reads nothing until asked; then the names and places of its own fields, and each
 * value when it is first wanted. Treat it as immutable: a change makes a copy that shares what did not change.
 */
export abstract class Node {
  /** The bytes of the whole node (length word included), while it is unchanged. */
  raw: Buffer | undefined;
  private count = 0;
  private fieldNames: string[];
  protected vals: (Value | undefined)[];
  /** The bytes it was read from. */
  src: Buffer | undefined;
  /** Three numbers for each element of `src`: where it begins (-1 once changed), its type, and where its value begins. */
  private places: number[] = NO_PLACES;
  private ready: boolean;
  private index: Map<string, number> | undefined;

  constructor(raw?: Buffer) {
    this.raw = raw;
    this.ready = raw === undefined;
    // What is only passed on as bytes is never opened and needs no lists of its own.
    this.fieldNames = this.ready ? [] : NO_NAMES;
    this.vals = this.ready ? [] : NO_VALUES;
    this.src = undefined;
    this.index = undefined;
  }

  /** The names of its fields, in order; an array has none. */
  get names(): readonly string[] {
    if (!this.ready) this.open();
    return this.fieldNames;
  }

  protected open(): void {
    if (this.ready) return;
    this.ready = true;
    expand(this);
  }

  /** Lets go of what was read, where the bytes are at hand to read again: for lists of many documents that wait. */
  fold(): void {
    if (this.raw === undefined || !this.ready) return;
    this.ready = false;
    this.fieldNames = NO_NAMES;
    this.vals = NO_VALUES;
    this.places = NO_PLACES;
    this.src = undefined;
    this.index = undefined;
  }

  /** For the decoder: what it read of the node's own elements. */
  adopt(src: Buffer, count: number, names: string[], places: number[]): void {
    this.src = src;
    this.count = count;
    this.fieldNames = names;
    this.places = places;
    this.vals = [];
  }

  get size(): number {
    if (!this.ready) this.open();
    return this.count;
  }

  /** The value of the i-th element. */
  at(i: number): Value {
    if (!this.ready) this.open();
    let v = this.vals[i];
    if (v === undefined) {
      v = readAt(this.places[3 * i + 1] ?? T.null, this.src as Buffer, this.places[3 * i + 2] ?? 0);
      this.vals[i] = v;
    }
    return v;
  }

  protected find(name: string): number {
    if (!this.ready) this.open();
    const names = this.fieldNames;
    if (names.length <= 24) return names.indexOf(name);
    if (this.index === undefined) {
      this.index = new Map();
      for (let i = names.length - 1; i >= 0; i--) this.index.set(names[i] as string, i);
    }
    return this.index.get(name) ?? -1;
  }

  /** The BSON type of the i-th element, without reading it; undefined for one that was changed. */
  typeAt(i: number): number | undefined {
    return this.headAt(i) >= 0 ? this.places[3 * i + 1] : undefined;
  }

  /** Where the i-th element begins in `src`, or -1 when it was changed and is to be written anew. */
  headAt(i: number): number {
    if (!this.ready) this.open();
    return this.src === undefined ? -1 : (this.places[3 * i] ?? -1);
  }

  /** Where the value of the i-th element begins in `src`. */
  valueAt(i: number): number {
    return this.places[3 * i + 2] ?? 0;
  }

  protected copyInto(other: Node): void {
    this.open();
    other.count = this.count;
    other.fieldNames = this.fieldNames.slice();
    other.vals = this.vals.slice();
    other.src = this.src;
    other.places = this.places.slice();
    other.ready = true;
  }

  protected put(i: number, name: string | undefined, v: Value): void {
    this.open();
    this.raw = undefined;
    if (i === this.count) {
      this.index = undefined;
      this.count++;
      if (name !== undefined) this.fieldNames.push(name);
    }
    this.vals[i] = v;
    if (this.src !== undefined) {
      this.places[3 * i] = -1;
      this.places[3 * i + 1] = 0;
      this.places[3 * i + 2] = 0;
    }
  }

  protected cut(i: number): void {
    this.open();
    this.raw = undefined;
    this.index = undefined;
    this.count--;
    this.fieldNames.splice(i, 1);
    this.vals.splice(i, 1);
    if (this.src !== undefined) this.places.splice(3 * i, 3);
  }

  protected fillWith(values: readonly Value[]): void {
    this.vals = values.slice();
    this.count = values.length;
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

  /** Adds a field that is known not to be there yet: only for a document nobody else holds. */
  add(name: string, v: Value): this {
    this.put(this.size, name, v);
    return this;
  }

  delete(name: string): this {
    const i = this.find(name);
    if (i >= 0) this.cut(i);
    return this;
  }

  /** True when this field is still the very element that `from` has, as in a changed copy of it. */
  keeps(from: Doc, name: string): boolean {
    const i = this.find(name);
    const j = from.find(name);
    if (i < 0 || j < 0) return i < 0 && j < 0;
    const head = this.headAt(i);
    return head >= 0 && this.src === from.src && head === from.headAt(j);
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
    a.fillWith(values);
    return a;
  }

  clone(): Arr {
    const a = new Arr();
    this.copyInto(a);
    return a;
  }

  /** Sets in place: only for an array nobody else holds. A place behind the end is reached by filling with null. */
  setAt(i: number, v: Value): this {
    for (let n = this.size; n < i; n++) this.put(n, undefined, null);
    this.put(i, undefined, v);
    return this;
  }

  list(): Value[] {
    const n = this.size;
    const out: Value[] = new Array<Value>(n);
    for (let i = 0; i < n; i++) out[i] = this.at(i);
    return out;
  }
}
