import { decimalText, isNumber, toNumber } from './numbers';
import { Arr, DateTime, Doc, Raw, T } from './values';
import type { Value } from './values';

/** A value in the words MongoDB's messages use: `{ a: "x" }`, `ObjectId('…')`. */
export function describe(v: Value | undefined): string {
  if (v === undefined || v === null) return 'null';
  if (typeof v === 'string') return JSON.stringify(v);
  if (typeof v === 'boolean') return String(v);
  if (v instanceof Raw && v.type === T.decimal) return decimalText(v);
  if (isNumber(v))
    return typeof v === 'object' && Number.isInteger(toNumber(v))
      ? toNumber(v).toFixed(1)
      : String(typeof v === 'bigint' ? v : toNumber(v));
  if (v instanceof DateTime) return `new Date(${v.ms})`;
  if (v instanceof Arr) return v.size === 0 ? '[]' : `[ ${v.list().map(describe).join(', ')} ]`;
  if (v instanceof Doc)
    return v.size === 0 ? '{}' : `{ ${[...v].map(([k, x]) => `${k}: ${describe(x)}`).join(', ')} }`;
  const raw = v as Raw;
  if (raw.type === T.objectId) return `ObjectId('${raw.bytes.toString('hex')}')`;
  if (raw.type === T.binary)
    return `BinData(${raw.bytes[4]}, ${raw.bytes.subarray(5).toString('hex').toUpperCase()})`;
  return `<type ${raw.type}>`;
}
