import { typeOf } from './encode';
import { compareNumbers } from './numbers';
import type { Num } from './numbers';
import { Arr, DateTime, Doc, Node, Raw, T } from './values';
import type { Value } from './values';

const RANK: Readonly<Record<number, number>> = {
  [T.minKey]: 1,
  [T.undefined]: 2,
  [T.null]: 5,
  [T.double]: 10,
  [T.int]: 10,
  [T.long]: 10,
  [T.decimal]: 10,
  [T.string]: 15,
  [T.symbol]: 15,
  [T.object]: 20,
  [T.array]: 25,
  [T.binary]: 30,
  [T.objectId]: 35,
  [T.bool]: 40,
  [T.date]: 45,
  [T.timestamp]: 47,
  [T.regex]: 50,
  [T.dbPointer]: 55,
  [T.code]: 60,
  [T.codeWithScope]: 65,
  [T.maxKey]: 127,
};

/** The place of a value's type in BSON's order of types; numbers share one place, strings and symbols another. */
export function rankOf(v: Value): number {
  return RANK[typeOf(v)] ?? 0;
}

/** Order of two strings by their UTF-8 bytes, which differs from JavaScript's order beyond the first 65,536 characters. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

function compareNodes(a: Node, b: Node, named: boolean): number {
  const n = Math.min(a.size, b.size);
  for (let i = 0; i < n; i++) {
    const x = a.at(i);
    const y = b.at(i);
    const byRank = rankOf(x) - rankOf(y);
    if (byRank !== 0) return byRank;
    if (named) {
      const byName = compareText(a.names[i] as string, b.names[i] as string);
      if (byName !== 0) return byName;
    }
    const byValue = compareSameRank(x, y);
    if (byValue !== 0) return byValue;
  }
  return a.size - b.size;
}

/** Text of a string or symbol. */
export function textOf(v: Value): string {
  return typeof v === 'string' ? v : (v as Raw).bytes.toString('utf8', 4, (v as Raw).bytes.length - 1);
}

function compareRaw(a: Raw, b: Raw): number {
  if (a.type === T.timestamp) {
    const x = a.bytes.readBigUInt64LE(0);
    const y = b.bytes.readBigUInt64LE(0);
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (a.type === T.binary) {
    const byLength = a.bytes.readInt32LE(0) - b.bytes.readInt32LE(0);
    if (byLength !== 0) return byLength;
    return Buffer.compare(a.bytes.subarray(4), b.bytes.subarray(4));
  }
  if (a.type === T.code) return Buffer.compare(a.bytes.subarray(4), b.bytes.subarray(4));
  return Buffer.compare(a.bytes, b.bytes);
}

function compareSameRank(a: Value, b: Value): number {
  switch (typeof a) {
    case 'string':
      return compareText(a, textOf(b));
    case 'number':
    case 'bigint':
      return compareNumbers(a, b as Num);
    case 'boolean':
      return a === b ? 0 : a ? 1 : -1;
    default:
  }
  if (a === null) return 0;
  if (a instanceof DateTime) return a.ms - (b as DateTime).ms;
  if (a instanceof Doc) return compareNodes(a, b as Doc, true);
  if (a instanceof Arr) return compareNodes(a, b as Arr, false);
  const rank = rankOf(a);
  if (rank === 10) return compareNumbers(a as Num, b as Num);
  if (rank === 15) return compareText(textOf(a), textOf(b));
  return compareRaw(a as Raw, b as Raw);
}

/** Order of any two values, as MongoDB compares them: by type, then by worth. Numbers of all kinds compare exactly. */
export function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  const byRank = rankOf(a) - rankOf(b);
  return byRank !== 0 ? byRank : compareSameRank(a, b);
}
