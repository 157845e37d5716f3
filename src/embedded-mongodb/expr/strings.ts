import { textOf } from '../bson/compare';
import { asInteger, isNumber, toNumber } from '../bson/numbers';
import { Arr, DateTime, Doc, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault } from '../errors';
import { isRegex, regexOf, regexParts, typeName } from '../query/leaf';
import { argumentsOf, nullish } from './arguments';
import { stringOf } from './convert';
import { parseExpression } from './evaluate';
import type { Expr } from './evaluate';
import type { Build } from './operators';

function text(v: Value | undefined): string {
  if (nullish(v)) return '';
  if (typeof v === 'string') return v;
  if (v instanceof Raw && v.type === T.symbol) return textOf(v);
  if (isNumber(v) || v instanceof DateTime) return stringOf(v);
  throw new MongoFault(16007, `can't convert from BSON type ${typeName(v)} to String`);
}

function strict(v: Value | undefined, name: string, code: number): string {
  if (typeof v !== 'string')
    throw new MongoFault(code, `${name} requires a string argument, found: ${typeName(v)}`);
  return v;
}

function unary(fn: (s: string) => Value): Build {
  return (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => fn(text(a(s)));
  };
}

const concat: Build = (v, name) => {
  const list = argumentsOf(v, name, 0, Infinity);
  return (s) => {
    let out = '';
    for (const e of list) {
      const x = e(s);
      if (nullish(x)) return null;
      if (typeof x !== 'string')
        throw new MongoFault(16702, `$concat only supports strings, not ${typeName(x)}`);
      out += x;
    }
    return out;
  };
};

const split: Build = (v, name) => {
  const [a, b] = argumentsOf(v, name, 2) as [Expr, Expr];
  return (s) => {
    const x = a(s);
    if (nullish(x)) return null;
    const by = strict(b(s), name, 40086);
    if (by === '') throw new MongoFault(40087, '$split requires a non-empty separator');
    return Arr.of(strict(x, name, 40085).split(by));
  };
};

function substring(bytes: boolean): Build {
  return (v, name) => {
    const [a, b, c] = argumentsOf(v, name, 3) as [Expr, Expr, Expr];
    return (s) => {
      const x = text(a(s));
      const from = toNumber((b(s) ?? 0) as number);
      const n = toNumber((c(s) ?? 0) as number);
      if (from < 0) {
        if (bytes) throw new MongoFault(50752, `${name}: starting index must be non-negative (got: ${from})`);
        throw new MongoFault(34453, `${name}: the starting index must be a non-negative integer`);
      }
      if (!bytes) return [...x].slice(from, n < 0 ? undefined : from + n).join('');
      const buf = Buffer.from(x);
      return buf.toString('utf8', from, n < 0 ? undefined : from + n);
    };
  };
}

function indexOf(bytes: boolean): Build {
  return (v, name) => {
    const [a, b, c, d] = argumentsOf(v, name, 2, 4) as [Expr, Expr, Expr?, Expr?];
    return (s) => {
      const x = a(s);
      if (nullish(x)) return null;
      const hay = strict(x, name, 40091);
      const needle = strict(b(s), name, 40092);
      const units = bytes ? [...Buffer.from(hay).toString('latin1')] : [...hay];
      const want = bytes ? Buffer.from(needle).toString('latin1') : needle;
      const from = asInteger(c?.(s)) ?? 0;
      const to = asInteger(d?.(s)) ?? units.length;
      const at = units.slice(from, to).join('').indexOf(want);
      return at < 0 ? -1 : from + [...units.slice(from, to).join('').slice(0, at)].length;
    };
  };
}

function trim(left: boolean, right: boolean): Build {
  return (v, name) => {
    const input = v instanceof Doc ? v.get('input') : undefined;
    if (input === undefined) throw new MongoFault(50695, `${name} requires an 'input' field`);
    const e = parseExpression(input);
    const chars = (v as Doc).get('chars');
    const of = chars === undefined ? undefined : parseExpression(chars);
    return (s) => {
      const x = e(s);
      const set = of?.(s);
      if (nullish(x) || (of && nullish(set))) return null;
      const gone = set === undefined ? undefined : new Set(strict(set, name, 50700));
      const blank = (c: string): boolean => (gone ? gone.has(c) : /[\s\0]/.test(c));
      const list = [...strict(x, name, 50699)];
      let from = 0;
      let to = list.length;
      while (left && from < to && blank(list[from] as string)) from++;
      while (right && to > from && blank(list[to - 1] as string)) to--;
      return list.slice(from, to).join('');
    };
  };
}

function replace(all: boolean): Build {
  return (v, name) => {
    const parts = ['input', 'find', 'replacement'].map((k) => {
      const x = v instanceof Doc ? v.get(k) : undefined;
      if (x === undefined) throw new MongoFault(51749, `${name} requires '${k}' to be specified`);
      return parseExpression(x);
    });
    return (s) => {
      const [input, find, by] = parts.map((e) => e(s)) as [
        Value | undefined,
        Value | undefined,
        Value | undefined,
      ];
      if (nullish(input) || nullish(find) || nullish(by)) return null;
      const [x, y, z] = [strict(input, name, 51746), strict(find, name, 51745), strict(by, name, 51744)];
      return all ? x.split(y).join(z) : x.replace(y, () => z);
    };
  };
}

function regex(kind: 'match' | 'find' | 'all'): Build {
  return (v, name) => {
    const input = v instanceof Doc ? v.get('input') : undefined;
    const pattern = v instanceof Doc ? v.get('regex') : undefined;
    if (!(v instanceof Doc) || input === undefined || pattern === undefined)
      throw new MongoFault(51022, `${name} requires 'input' and 'regex'`);
    const e = parseExpression(input);
    const p = parseExpression(pattern);
    const o = parseExpression(v.get('options') ?? '');
    return (s) => {
      const x = e(s);
      const re = p(s);
      if (nullish(x) || nullish(re)) return kind === 'match' ? false : kind === 'all' ? Arr.of([]) : null;
      const [source, flags] = isRegex(re) ? regexParts(re) : [strict(re, name, 51105), ''];
      const found = [
        ...strict(x, name, 51104).matchAll(
          new RegExp(
            regexOf(source, flags + ((o(s) as string | undefined) ?? '')),
            regexFlags(source, flags + String(o(s) ?? '')),
          ),
        ),
      ];
      if (kind === 'match') return found.length > 0;
      const docs = found.map((m) =>
        Doc.of({
          match: m[0],
          idx: [...(x as string).slice(0, m.index)].length,
          captures: Arr.of(m.slice(1).map((g) => g ?? null)),
        }),
      );
      return kind === 'all' ? Arr.of(docs) : (docs[0] ?? null);
    };
  };
}

function regexFlags(source: string, flags: string): string {
  return `${regexOf(source, flags).flags.replace('g', '')}g`;
}

/** Text. */
export const STRINGS: Readonly<Record<string, Build>> = {
  $concat: concat,
  $toLower: unary((s) => s.toLowerCase()),
  $toUpper: unary((s) => s.toUpperCase()),
  $split: split,
  $substr: substring(true),
  $substrBytes: substring(true),
  $substrCP: substring(false),
  $strLenBytes: (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => Buffer.byteLength(strict(a(s), name, 34473));
  },
  $strLenCP: (v, name) => {
    const [a] = argumentsOf(v, name, 1) as [Expr];
    return (s) => [...strict(a(s), name, 34471)].length;
  },
  $indexOfBytes: indexOf(true),
  $indexOfCP: indexOf(false),
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $replaceOne: replace(false),
  $replaceAll: replace(true),
  $regexMatch: regex('match'),
  $regexFind: regex('find'),
  $regexFindAll: regex('all'),
  $strcasecmp: (v, name) => {
    const [a, b] = argumentsOf(v, name, 2) as [Expr, Expr];
    return (s) => {
      const x = text(a(s)).toUpperCase();
      const y = text(b(s)).toUpperCase();
      return x < y ? -1 : x > y ? 1 : 0;
    };
  },
};
