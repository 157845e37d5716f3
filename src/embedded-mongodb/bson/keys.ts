import { createHash } from 'node:crypto';
import { rankOf, textOf } from './compare';
import { Out } from './encode';
import { compareExact, exact, isNumber, toNumber } from './numbers';
import type { Exact, Num } from './numbers';
import { Arr, DateTime, Doc, Double, Raw, T } from './values';
import type { Value } from './values';

/** Bytes of one key that LMDB still takes, less what stands before and behind the values. */
const MAX_KEY_BYTES = 1900;
const HASH_BYTES = 32;

function double(out: Out, n: number): void {
  out.need(8);
  const at = out.at;
  if (Number.isNaN(n)) {
    out.buf.fill(0, at, at + 8);
  } else {
    out.buf.writeDoubleBE(n === 0 ? 0 : n, at);
    if ((out.buf[at] as number) & 0x80)
      for (let i = at; i < at + 8; i++) out.buf[i] = ~(out.buf[i] as number) & 0xff;
    else out.buf[at] = (out.buf[at] as number) | 0x80;
  }
  out.at += 8;
}

function minus(a: Exact, n: number): Exact {
  const b = exactOf(n);
  return { num: a.num * b.den - b.num * a.den, den: a.den * b.den };
}

function exactOf(n: number): Exact {
  return exact(new Double(n));
}

/** The double next to an exact fraction. */
function nearest(x: Exact): number {
  const direct = Number(x.num) / Number(x.den);
  if (Number.isFinite(direct) && direct !== 0) return direct;
  // Too long for plain division: keep 1,000 bits of each.
  const shift = BigInt(Math.max(0, Math.min(x.num.toString(2).length, x.den.toString(2).length) - 1000));
  return Number(x.num >> shift) / Number(x.den >> shift || 1n);
}

/** A number: its nearest double, then what that leaves over, until nothing is left. Equal worth gives equal bytes. */
function number(out: Out, v: Num): void {
  const plain = typeof v === 'number' ? v : toNumber(v);
  if (typeof v === 'number' || v instanceof Double || !Number.isFinite(plain)) {
    double(out, plain);
    out.byte(0x80);
    return;
  }
  let rest = exact(v);
  if (rest.special !== undefined) {
    double(out, plain);
    out.byte(0x80);
    return;
  }
  for (let round = 0; round < 4; round++) {
    const near = round === 0 ? plain : nearest(rest);
    double(out, near);
    rest = minus(rest, near);
    const sign = compareExact(rest, { num: 0n, den: 1n });
    if (sign === 0 || round === 3) {
      out.byte(0x80);
      return;
    }
    out.byte(sign < 0 ? 0x40 : 0xc0);
  }
}

function text(out: Out, s: string): void {
  if (s.includes('\0')) {
    escaped(out, Buffer.from(s, 'utf8'));
    return;
  }
  out.text(s);
  out.byte(0);
  out.byte(0);
}

function escaped(out: Out, bytes: Buffer): void {
  for (const b of bytes) {
    out.byte(b);
    if (b === 0) out.byte(0xff);
  }
  out.byte(0);
  out.byte(0);
}

function raw(out: Out, v: Raw): void {
  switch (v.type) {
    case T.binary: {
      out.need(4);
      out.at = out.buf.writeUInt32BE(v.bytes.readInt32LE(0), out.at);
      out.bytes(v.bytes, 4);
      return;
    }
    case T.timestamp:
      out.need(8);
      out.at = out.buf.writeBigUInt64BE(v.bytes.readBigUInt64LE(0), out.at);
      return;
    case T.objectId:
      out.bytes(v.bytes);
      return;
    case T.code:
      escaped(out, v.bytes.subarray(4, v.bytes.length - 1));
      return;
    default:
      escaped(out, v.bytes);
  }
}

/** Appends a value to a key: bytes whose order is the order of the values. */
export function writeKey(out: Out, v: Value): void {
  out.byte(rankOf(v));
  if (v === null) return;
  if (typeof v === 'string') text(out, v);
  else if (typeof v === 'boolean') out.byte(v ? 1 : 0);
  else if (isNumber(v)) number(out, v);
  else if (v instanceof DateTime) {
    out.need(8);
    out.at = out.buf.writeBigUInt64BE(BigInt.asUintN(64, BigInt(v.ms) + (1n << 63n)), out.at);
  } else if (v instanceof Doc || v instanceof Arr) {
    for (let i = 0; i < v.size; i++) {
      const x = v.at(i);
      out.byte(rankOf(x));
      if (v instanceof Doc) text(out, v.names[i] as string);
      writeKey(out, x);
    }
    out.byte(0);
  } else if (v instanceof Raw && v.type === T.symbol) text(out, textOf(v));
  else raw(out, v as Raw);
}

/** A value as text that is equal for values MongoDB holds equal: for sets, groups and look-ups. */
export function identity(v: Value): string {
  if (typeof v === 'string') return `s${v}`;
  const out = new Out(32);
  writeKey(out, v);
  return out.buf.toString('latin1', 0, out.at);
}

/** The sort key of a value, turned round for a descending order. */
export function orderedKey(values: readonly Value[], descending: readonly boolean[]): Buffer {
  const out = new Out(64);
  values.forEach((v, i) => appendKey(out, v, descending[i] === true));
  return out.done();
}

/** Appends one value of a compound key. */
export function appendKey(out: Out, v: Value, descending: boolean): void {
  const start = out.at;
  writeKey(out, v);
  if (descending) for (let i = start; i < out.at; i++) out.buf[i] = ~(out.buf[i] as number) & 0xff;
}

/** Shortens a key that LMDB would refuse: its beginning, then a hash of the whole. */
export function fitted(key: Buffer): Buffer {
  if (key.length <= MAX_KEY_BYTES) return key;
  const hash = createHash('sha256').update(key).digest();
  return Buffer.concat([key.subarray(0, MAX_KEY_BYTES - HASH_BYTES), hash]);
}

/** True when `fitted` had to shorten: such keys no longer order exactly. */
export function isShortened(key: Buffer): boolean {
  return key.length > MAX_KEY_BYTES;
}

/** Bounds over shortened keys must be cut before the hash. */
export const EXACT_KEY_BYTES = MAX_KEY_BYTES - HASH_BYTES;
