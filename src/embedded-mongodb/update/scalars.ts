import { compare } from '../bson/compare';
import { describe } from '../bson/describe';
import { arithmetic, isNumber } from '../bson/numbers';
import type { Num } from '../bson/numbers';
import { DateTime, Doc, Double, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { fault } from '../errors';
import { typeName } from '../query/leaf';
import type { Change } from './arrays';

/** `$inc` and `$mul`. */
export function calculate(op: '$inc' | '$mul', v: Value, path: string): Change {
  const verb = op === '$inc' ? 'increment' : 'multiply';
  if (!isNumber(v))
    throw fault('TypeMismatch', `Cannot ${verb} with non-numeric argument: {${path}: ${describe(v)}}`);
  return (old, id, at) => {
    if (old === undefined) return op === '$inc' ? v : zeroLike(v);
    if (!isNumber(old)) {
      const name = at.split('.').pop() ?? at;
      throw fault(
        'TypeMismatch',
        `Cannot apply ${op} to a value of non-numeric type. {_id: ${describe(id)}} has the field '${name}' of non-numeric type ${typeName(old)}`,
      );
    }
    const r = arithmetic(op === '$inc' ? '+' : '*', old, v);
    if (r === undefined)
      throw fault(
        'BadValue',
        `Failed to apply ${op} operations to current value (${describe(old)}) for document {_id: ${describe(id)}}`,
      );
    return r;
  };
}

function zeroLike(v: Num): Num {
  if (v instanceof Double) return new Double(0);
  if (typeof v === 'bigint') return 0n;
  return v instanceof Raw ? (arithmetic('*', v, 0) as Num) : 0;
}

/** `$min` and `$max`. */
export function extreme(op: '$min' | '$max', v: Value): Change {
  const sign = op === '$min' ? -1 : 1;
  return (old) => (old === undefined || compare(v, old) * sign > 0 ? v : old);
}

let ordinal = 0;

/** A timestamp of this moment, different from every one before it. */
export function timestampNow(): Raw {
  const b = Buffer.alloc(8);
  b.writeUInt32LE(++ordinal, 0);
  b.writeUInt32LE(Math.floor(Date.now() / 1000), 4);
  return new Raw(T.timestamp, b);
}

/** `$currentDate`. */
export function currentDate(v: Value): Change {
  const type = v instanceof Doc ? v.get('$type') : undefined;
  const odd = v instanceof Doc ? v.names.find((name) => name !== '$type') : undefined;
  if (odd !== undefined) throw fault('BadValue', `Unrecognized $currentDate option: ${odd}`);
  if (v instanceof Doc && type !== 'date' && type !== 'timestamp') {
    throw fault('BadValue', "The '$type' string field is required to be 'date' or 'timestamp'");
  }
  if (!(v instanceof Doc) && typeof v !== 'boolean') {
    throw fault(
      'BadValue',
      `${typeName(v)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  return () => (type === 'timestamp' ? timestampNow() : new DateTime(Date.now()));
}

/** `$bit`. */
export function bit(v: Value): Change {
  if (!(v instanceof Doc) || v.size === 0)
    throw fault(
      'BadValue',
      'The $bit modifier is not compatible with this value; it takes { and|or|xor: <integer> }',
    );
  for (const [op, x] of v) {
    if (!['and', 'or', 'xor'].includes(op))
      throw fault('BadValue', `The $bit modifier only supports 'and', 'or', and 'xor', not '${op}'`);
    if (typeof x !== 'number' && typeof x !== 'bigint')
      throw fault(
        'BadValue',
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(x)}' is not supported here`,
      );
  }
  return (old, id, path) => {
    let now: Value = old ?? 0;
    if (typeof now !== 'number' && typeof now !== 'bigint') {
      throw fault(
        'BadValue',
        `Cannot apply $bit to a value of non-integral type.{_id: ${describe(id)}} has the field ${path} of non-integer type ${typeName(now)}`,
      );
    }
    for (const [op, x] of v) now = bitwise(op, now, x as number | bigint);
    return now;
  };
}

function bitwise(op: string, a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === 'number' && typeof b === 'number')
    return op === 'and' ? a & b : op === 'or' ? a | b : a ^ b;
  const x = BigInt(a);
  const y = BigInt(b);
  return op === 'and' ? x & y : op === 'or' ? x | y : x ^ y;
}
