import { fault } from '../errors';
import { Arr, DateTime, Doc, Double, Node, Raw, T, setExpand, setReadAt } from './values';
import type { Value } from './values';

const SHORT = 24;

/** UTF-8 text of a byte range; short ASCII is read here, which is far quicker than the call into the runtime. */
function text(buf: Buffer, from: number, to: number): string {
  if (to - from <= SHORT) {
    let s = '';
    for (let i = from; i < to; i++) {
      const c = buf[i] as number;
      if (c > 127) return buf.toString('utf8', from, to);
      s += String.fromCharCode(c);
    }
    return s;
  }
  return buf.toString('utf8', from, to);
}

function cstringEnd(buf: Buffer, at: number): number {
  let i = at;
  while (buf[i] !== 0) {
    if (i >= buf.length) throw bad('a name without end');
    i++;
  }
  return i;
}

function bad(what: string): Error {
  return fault('InvalidBSON', `invalid BSON: ${what}`);
}

/** How many bytes the value of this type takes at this place. */
function width(type: number, buf: Buffer, at: number): number {
  switch (type) {
    case T.double:
    case T.date:
    case T.timestamp:
    case T.long:
      return 8;
    case T.string:
    case T.code:
    case T.symbol:
      return 4 + buf.readInt32LE(at);
    case T.object:
    case T.array:
    case T.codeWithScope:
      return buf.readInt32LE(at);
    case T.binary:
      return 5 + buf.readInt32LE(at);
    case T.objectId:
      return 12;
    case T.bool:
      return 1;
    case T.undefined:
    case T.null:
    case T.minKey:
    case T.maxKey:
      return 0;
    case T.regex:
      return cstringEnd(buf, cstringEnd(buf, at) + 1) + 1 - at;
    case T.dbPointer:
      return 4 + buf.readInt32LE(at) + 12;
    case T.int:
      return 4;
    case T.decimal:
      return 16;
    default:
      throw bad(`unknown type 0x${type.toString(16)}`);
  }
}

function read(type: number, buf: Buffer, at: number): Value {
  switch (type) {
    case T.double:
      return new Double(buf.readDoubleLE(at));
    case T.string:
      return text(buf, at + 4, at + 3 + buf.readInt32LE(at));
    case T.object:
      return new Doc(buf.subarray(at, at + buf.readInt32LE(at)));
    case T.array:
      return new Arr(buf.subarray(at, at + buf.readInt32LE(at)));
    case T.bool:
      return buf[at] !== 0;
    case T.date:
      return new DateTime(buf.readInt32LE(at + 4) * 0x100000000 + buf.readUInt32LE(at));
    case T.null:
      return null;
    case T.int:
      return buf.readInt32LE(at);
    case T.long:
      return buf.readBigInt64LE(at);
    default:
      return new Raw(type, buf.subarray(at, at + width(type, buf, at)));
  }
}

/** Names that came by lately, so that the same few hundred are not built from bytes again and again. */
const NAMES: string[] = new Array<string>(2048).fill('');

function nameOf(buf: Buffer, from: number, to: number): string {
  const n = to - from;
  if (n > SHORT) return buf.toString('utf8', from, to);
  let hash = n;
  for (let i = from; i < to; i++) hash = (hash * 31 + (buf[i] as number)) | 0;
  const known = NAMES[hash & 2047] as string;
  if (known.length === n) {
    let i = 0;
    // Bytes over 127 are part of a longer character: such names are built anew.
    for (; i < n; i++) {
      const byte = buf[from + i] as number;
      if (byte > 127 || known.charCodeAt(i) !== byte) break;
    }
    if (i === n) return known;
  }
  const name = text(buf, from, to);
  NAMES[hash & 2047] = name;
  return name;
}

function expandNode(node: Node): void {
  const buf = node.raw as Buffer;
  const end = buf.length - 1;
  const array = node instanceof Arr;
  const names: string[] = [];
  const places: number[] = [];
  let i = 4;
  let n = 0;
  while (i < end) {
    const type = buf[i] as number;
    const close = cstringEnd(buf, i + 1);
    if (!array) names.push(nameOf(buf, i + 1, close));
    places.push(i, type, close + 1);
    i = close + 1 + width(type, buf, close + 1);
    n++;
  }
  node.adopt(buf, n, names, places);
}

setExpand(expandNode);
setReadAt(read);

/** Where the i-th element of an unchanged node ends: behind its value. */
export function elementEnd(node: Node, i: number): number {
  const buf = node.src as Buffer;
  const off = node.valueAt(i);
  return off + width(node.typeAt(i) ?? T.null, buf, off);
}

const MAX_DEPTH = 180;

/**
 * Checks that the bytes at `from` hold one well-formed document within `to`, and returns where it ends.
 * Everything that comes from outside passes here once; what is read later trusts it.
 */
export function checkDocument(buf: Buffer, from: number, to: number, depth = 0): number {
  if (depth > MAX_DEPTH) throw bad(`nested deeper than ${MAX_DEPTH} levels`);
  if (from + 5 > to) throw bad('a document cut short');
  const size = buf.readInt32LE(from);
  const end = from + size;
  if (size < 5 || end > to || buf[end - 1] !== 0) throw bad('a document with a wrong length');
  let i = from + 4;
  while (i < end - 1) {
    const type = buf[i] as number;
    i = buf.indexOf(0, i + 1) + 1;
    if (i <= 0 || i > end - 1) throw bad('a name without end');
    i = checkValue(type, buf, i, end - 1, depth);
    if (i > end - 1) throw bad('a value longer than its document');
  }
  return end;
}

function checkValue(type: number, buf: Buffer, at: number, end: number, depth: number): number {
  if (type === T.object || type === T.array) return checkDocument(buf, at, end, depth + 1);
  if (type === T.string || type === T.code || type === T.symbol || type === T.dbPointer)
    return checkString(type, buf, at, end);
  if (type === T.regex) {
    const first = buf.indexOf(0, at);
    const second = first < 0 ? -1 : buf.indexOf(0, first + 1);
    if (second < 0 || second >= end) throw bad('a regular expression without end');
    return second + 1;
  }
  if (type === T.binary) {
    if (at + 5 > end || buf.readInt32LE(at) < 0) throw bad('binary data with a wrong length');
  } else if (type === T.codeWithScope) {
    if (at + 14 > end || buf.readInt32LE(at) < 14) throw bad('code with a wrong length');
    const all = at + buf.readInt32LE(at);
    if (all > end) throw bad('code with a wrong length');
    const scope = checkString(T.string, buf, at + 4, all);
    if (checkDocument(buf, scope, all, depth + 1) !== all) throw bad('code with a wrong length');
    return all;
  }
  const next = at + width(type, buf, at);
  if (next > end) throw bad('a value longer than its document');
  if (type === T.bool && (buf[at] as number) > 1) throw bad('a boolean that is neither true nor false');
  return next;
}

function checkString(type: number, buf: Buffer, at: number, end: number): number {
  if (at + 5 > end) throw bad('a string cut short');
  const size = buf.readInt32LE(at);
  const next = at + 4 + size;
  if (size < 1 || next > end || buf[next - 1] !== 0) throw bad('a string with a wrong length');
  if (type !== T.dbPointer) return next;
  if (next + 12 > end) throw bad('a pointer cut short');
  return next + 12;
}

/** A document over bytes that are already known to be well formed. */
export function docOf(bytes: Buffer): Doc {
  return new Doc(bytes);
}
