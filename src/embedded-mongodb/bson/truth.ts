import { Double, Raw, T } from './values';
import type { Value } from './values';

/** True for a plain truth in MongoDB's command options: true, or a number that is not zero. */
export function truthy(v: Value | undefined): boolean {
  if (v === undefined || v === null || v === false) return false;
  if (typeof v === 'number') return v !== 0;
  if (typeof v === 'bigint') return v !== 0n;
  if (v instanceof Double) return v.n !== 0;
  if (!(v instanceof Raw)) return true;
  return v.type === T.decimal ? !isZeroDecimal(v.bytes) : v.type !== T.undefined;
}

/** True for 0 with any exponent: no digit, and neither infinite nor NaN. */
function isZeroDecimal(b: Buffer): boolean {
  if (((b[15] as number) & 0x78) === 0x78 || ((b[14] as number) & 1) !== 0) return false;
  for (let i = 0; i < 14; i++) if (b[i] !== 0) return false;
  return true;
}
