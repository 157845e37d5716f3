import { elementEnd } from './decode';
import { Arr, DateTime, Doc, Double, Node, Raw, T } from './values';
import type { Value } from './values';

/** A buffer that grows; used for one message or document at a time. */
export class Out {
  buf: Buffer;
  at = 0;
  constructor(size = 512) {
    this.buf = Buffer.allocUnsafe(size);
  }

  need(n: number): void {
    if (this.at + n <= this.buf.length) return;
    const bigger = Buffer.allocUnsafe(Math.max(this.buf.length * 2, this.at + n));
    this.buf.copy(bigger, 0, 0, this.at);
    this.buf = bigger;
  }

  byte(b: number): void {
    this.need(1);
    this.buf[this.at++] = b;
  }

  int32(n: number): void {
    this.need(4);
    this.at = this.buf.writeInt32LE(n, this.at);
  }

  bytes(from: Buffer, start = 0, end = from.length): void {
    this.need(end - start);
    from.copy(this.buf, this.at, start, end);
    this.at += end - start;
  }

  /** Text, without an end mark. */
  text(s: string): void {
    const n = s.length;
    this.need(n * 3 + 1);
    if (n <= 24) {
      const start = this.at;
      for (let i = 0; i < n; i++) {
        const c = s.charCodeAt(i);
        if (c > 127) {
          this.at = start + this.buf.write(s, start, 'utf8');
          return;
        }
        this.buf[this.at++] = c;
      }
      return;
    }
    this.at += this.buf.write(s, this.at, 'utf8');
  }

  done(): Buffer {
    return this.buf.subarray(0, this.at);
  }
}

/** The BSON type of a value. */
export function typeOf(v: Value): number {
  switch (typeof v) {
    case 'number':
      return T.int;
    case 'string':
      return T.string;
    case 'boolean':
      return T.bool;
    case 'bigint':
      return T.long;
    default:
  }
  if (v === null) return T.null;
  if (v instanceof Doc) return T.object;
  if (v instanceof Arr) return T.array;
  if (v instanceof Double) return T.double;
  if (v instanceof DateTime) return T.date;
  return (v as Raw).type;
}

function writeString(out: Out, s: string): void {
  const head = out.at;
  out.int32(0);
  out.text(s);
  out.byte(0);
  out.buf.writeInt32LE(out.at - head - 4, head);
}

function writeValue(out: Out, v: Value): void {
  switch (typeof v) {
    case 'number':
      out.int32(v);
      return;
    case 'string':
      writeString(out, v);
      return;
    case 'boolean':
      out.byte(v ? 1 : 0);
      return;
    case 'bigint':
      out.need(8);
      out.at = out.buf.writeBigInt64LE(BigInt.asIntN(64, v), out.at);
      return;
    default:
  }
  if (v === null) return;
  if (v instanceof Node) writeNode(out, v);
  else if (v instanceof Double) {
    out.need(8);
    out.at = out.buf.writeDoubleLE(v.n, out.at);
  } else if (v instanceof DateTime) {
    out.need(8);
    out.at = out.buf.writeBigInt64LE(BigInt(v.ms), out.at);
  } else out.bytes((v as Raw).bytes);
}

/** Writes one named element. */
export function writeElement(out: Out, name: string, v: Value): void {
  out.byte(typeOf(v));
  out.text(name);
  out.byte(0);
  writeValue(out, v);
}

/** Writes a document or array; what is unchanged is copied as bytes. */
export function writeNode(out: Out, node: Node): void {
  if (node.raw !== undefined) {
    out.bytes(node.raw);
    return;
  }
  const head = out.at;
  out.int32(0);
  const n = node.size;
  const array = node instanceof Arr;
  for (let i = 0; i < n; i++) {
    const from = node.headAt(i);
    if (from < 0) {
      writeElement(out, array ? String(i) : (node.names[i] as string), node.at(i));
      continue;
    }
    // Neighbours that stand side by side in the old bytes go over in one copy.
    let to = elementEnd(node, i);
    while (i + 1 < n && node.headAt(i + 1) === to) to = elementEnd(node, ++i);
    out.bytes(node.src as Buffer, from, to);
  }
  out.byte(0);
  out.buf.writeInt32LE(out.at - head, head);
}

/** The bytes of a document, kept with it. */
export function encode(doc: Node): Buffer {
  if (doc.raw !== undefined) return doc.raw;
  const out = new Out();
  writeNode(out, doc);
  doc.raw = out.done();
  return doc.raw;
}

/** What an answer may be written from: values, plain objects and lists of them; whole numbers become int32 where they fit, else double. */
export type Plain = Value | undefined | Date | readonly Plain[] | { readonly [name: string]: Plain };

/** A value of the server from a plain one. */
export function fromPlain(v: Plain): Value {
  if (v === undefined || v === null) return null;
  if (typeof v === 'number') return (v | 0) === v && !Object.is(v, -0) ? v : new Double(v);
  if (typeof v !== 'object') return v;
  if (v instanceof Node || v instanceof Double || v instanceof DateTime || v instanceof Raw) return v;
  if (v instanceof Date) return new DateTime(v.getTime());
  if (Array.isArray(v)) return Arr.of((v as readonly Plain[]).map(fromPlain));
  const d = new Doc();
  for (const k of Object.keys(v)) {
    const x = (v as Record<string, Plain>)[k];
    if (x !== undefined) d.add(k, fromPlain(x));
  }
  return d;
}

/** A document from a plain object. */
export function docFrom(fields: Record<string, Plain>): Doc {
  return fromPlain(fields) as Doc;
}
