import {
  BSONRegExp,
  Binary,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'mongodb';

/** A seeded source of chance: the same seed gives the same documents and commands. */
export class Chance {
  constructor(private state: number) {}

  below(n: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n) | 0;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  flip(oneIn = 2): boolean {
    return this.below(oneIn) === 0;
  }
}

export type Fields = Record<string, unknown>;

const IDS = Array.from({ length: 6 }, (_, i) => new ObjectId(Buffer.alloc(12, i + 1)));
const RARE = [
  new MinKey(),
  new MaxKey(),
  new Timestamp({ t: 1, i: 1 }),
  new Timestamp({ t: 1, i: 2 }),
  new Code('f()'),
  new BSONRegExp('^a', 'i'),
  new Double(NaN),
  new Double(Infinity),
  new Double(-0),
  Long.fromString('9007199254740993'),
  new Binary(Buffer.alloc(16, 7), Binary.SUBTYPE_UUID),
];

/** A scalar of any BSON type, from a small stock so that values meet. */
export function scalar(r: Chance): unknown {
  switch (r.below(14)) {
    case 0:
      return null;
    case 1:
      return new Double(r.pick([0, 1, 1.5, -2.25, 3]));
    case 2:
      return Long.fromNumber(r.below(5) - 1);
    case 3:
      return Decimal128.fromString(r.pick(['0', '1', '1.5', '2.00', '-3']));
    case 4:
      return r.flip();
    case 5:
      return new Date(r.below(5) * 1000);
    case 6:
      return r.pick(IDS);
    case 7:
      return new Binary(Buffer.from(r.pick(['a', 'b', 'abc'])));
    case 8:
    case 9:
      return r.pick(['', 'a', 'b', 'ab', 'B', 'é', 'z']);
    case 10:
      return r.flip(4) ? r.pick(RARE) : int(r, 4);
    default:
      return new Int32(r.below(6) - 1);
  }
}

/** A small whole number. */
export const int = (r: Chance, n: number): Int32 => new Int32(r.below(n));

/** A value: mostly scalar, at times a document or a list. */
export function value(r: Chance, depth = 2): unknown {
  if (depth > 0 && r.flip(6)) return list(r, depth - 1);
  if (depth > 0 && r.flip(6)) return fields(r, ['x', 'y', 'z'], depth - 1);
  return scalar(r);
}

function list(r: Chance, depth: number): unknown[] {
  return Array.from({ length: r.below(4) }, () =>
    depth > 0 && r.flip(3) ? fields(r, ['x', 'y'], 0) : scalar(r),
  );
}

function fields(r: Chance, names: readonly string[], depth: number): Fields {
  const out: Fields = {};
  for (const n of names) if (r.flip()) out[n] = value(r, depth);
  return out;
}

/** A document with every kind of field, some of them missing. `s` is text, `n` a number, `l` numbers, `d` documents. */
export function document(r: Chance, id: number): Fields {
  const out: Fields = { _id: id };
  for (const name of ['a', 'b', 'c']) if (!r.flip(4)) out[name] = value(r);
  if (r.flip()) out.n = int(r, 10);
  if (r.flip()) out.s = r.pick(['', 'a', 'ab', 'abc', 'Abc', 'x y', 'é']);
  if (r.flip()) out.t = new Date(Date.UTC(2024, r.below(12), 1 + r.below(28), r.below(24)));
  if (r.flip()) out.l = Array.from({ length: r.below(5) }, () => int(r, 6));
  if (r.flip()) out.d = Array.from({ length: r.below(4) }, () => ({ x: int(r, 4), y: r.pick(['p', 'q']) }));
  return out;
}

const PATHS = ['a', 'b', 'c', 'n', 's', 'l', 'a.x', 'd.x', 'd.y', 'l.0', 'd.0.x', 'b.y.x', 'd'];
const TYPES =
  'int double string array object null number date objectId bool decimal long binData regex timestamp minKey'.split(
    ' ',
  );

function comparison(r: Chance): Fields {
  return { [r.pick(['$gt', '$gte', '$lt', '$lte', '$eq', '$ne'])]: value(r, 1) };
}

/** Conditions on one field, of every operator. */
function condition(r: Chance, depth: number): unknown {
  switch (r.below(14)) {
    case 0:
    case 1:
      return comparison(r);
    case 2:
      return { $gte: int(r, 5), $lt: int(r, 9) };
    case 3:
      return { $ne: value(r) };
    case 4:
      return { $in: [scalar(r), scalar(r), value(r)] };
    case 5:
      return { $nin: [scalar(r), scalar(r)] };
    case 6:
      return { $exists: r.flip() };
    case 7:
      return { $type: r.flip(4) ? [r.pick(TYPES), r.pick(TYPES)] : r.pick(TYPES) };
    case 8:
      return { $size: r.below(4) };
    case 9:
      return { $all: [scalar(r), scalar(r)].slice(r.below(2)) };
    case 10:
      return depth > 0 ? { $not: condition(r, 0) } : { $mod: [2, r.below(2)] };
    case 11:
      return { $regex: r.pick(['^a', 'b', 'A', 'c$', '^ab?c']), $options: r.pick(['', 'i']) };
    case 12:
      return { [r.pick(['$bitsAllSet', '$bitsAnySet', '$bitsAllClear', '$bitsAnyClear'])]: 1 + r.below(6) };
    default:
      return {
        $elemMatch: r.pick<() => Fields>([
          () => ({ x: int(r, 4) }),
          () => ({ x: comparison(r), y: r.pick(['p', 'q']) }),
          () => ({ $gt: int(r, 4), $lt: int(r, 8) }),
          () => ({ $in: [scalar(r), scalar(r)] }),
        ])(),
      };
  }
}

/** A condition over a computed value. */
function computed(r: Chance): Fields {
  const op = r.pick(['$gt', '$gte', '$lt', '$lte', '$eq', '$ne']);
  return {
    [op]: r.pick<() => unknown[]>([
      () => ['$n', int(r, 8)],
      () => [{ $size: { $ifNull: [{ $cond: [{ $isArray: '$l' }, '$l', []] }, []] } }, int(r, 4)],
      () => ['$a', '$b'],
      () => [{ $add: ['$n', 1] }, int(r, 8)],
    ])(),
  };
}

/** A filter. */
export function filter(r: Chance, depth = 2): Fields {
  const out: Fields = {};
  if (depth > 0 && r.flip(5)) {
    out[r.pick(['$and', '$or', '$nor'])] = [filter(r, depth - 1), filter(r, depth - 1)];
    return out;
  }
  if (r.flip(16)) return { $expr: computed(r) };
  const n = 1 + r.below(2);
  for (let i = 0; i < n; i++) {
    if (r.flip(6)) out._id = r.flip() ? r.below(40) : { $in: [r.below(40), r.below(40), r.below(40)] };
    else out[r.pick(PATHS)] = r.flip(3) ? value(r) : condition(r, 1);
  }
  return out;
}
