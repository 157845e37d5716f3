import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';

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

const IDS = Array.from({ length: 6 }, (_, i) => new ObjectId(Buffer.alloc(12, i + 1)));

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
      return r.flip(6)
        ? r.pick([new MinKey(), new MaxKey(), new Timestamp({ t: 1, i: r.below(3) })])
        : new Int32(r.below(4));
    default:
      return new Int32(r.below(6) - 1);
  }
}

/** A value: mostly scalar, at times a document or a list. */
export function value(r: Chance, depth = 2): unknown {
  if (depth > 0 && r.flip(6)) return list(r, depth - 1);
  if (depth > 0 && r.flip(6)) return fields(r, ['x', 'y', 'z'], depth - 1);
  return scalar(r);
}

function list(r: Chance, depth: number): unknown[] {
  return Array.from({ length: 1 + r.below(3) }, () =>
    depth > 0 && r.flip(3) ? fields(r, ['x', 'y'], 0) : scalar(r),
  );
}

function fields(r: Chance, names: readonly string[], depth: number): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const n of names) if (r.flip()) out[n] = value(r, depth);
  // The reference takes an empty document in a filter for no condition at all.
  return Object.keys(out).length > 0 ? out : { w: scalar(r) };
}

/** A document with every kind of field, some of them missing. */
export function document(r: Chance, id: number): Record<string, unknown> {
  const out: Record<string, unknown> = { _id: id };
  for (const name of ['a', 'b', 'c']) if (!r.flip(4)) out[name] = value(r);
  if (r.flip()) out.n = new Int32(r.below(10));
  if (r.flip()) out.l = Array.from({ length: 1 + r.below(4) }, () => new Int32(r.below(6)));
  if (r.flip())
    out.d = Array.from({ length: 1 + r.below(3) }, () => ({
      x: new Int32(r.below(4)),
      y: r.pick(['p', 'q']),
    }));
  return out;
}

const PATHS = ['a', 'b', 'c', 'n', 'l', 'a.x', 'd.x', 'd.y', 'l.0', 'd.0.x', 'b.y.x', 'd'];

function condition(r: Chance, depth: number): unknown {
  switch (r.below(13)) {
    case 0:
      return { $gt: scalar(r) };
    case 1:
      return { $gte: scalar(r) ?? new Int32(1) };
    case 2:
      return { $lt: scalar(r) };
    case 3:
      return { $lte: scalar(r) ?? new Int32(1) };
    case 4:
      return { $ne: value(r) };
    case 5:
      return { $in: [scalar(r), scalar(r), value(r)] };
    case 6:
      return { $nin: [scalar(r), scalar(r)] };
    case 7:
      return { $exists: r.flip() };
    case 8:
      return {
        $type: r.pick([
          'int',
          'double',
          'string',
          'array',
          'object',
          'null',
          'number',
          'date',
          'objectId',
          'bool',
          'decimal',
          'long',
        ]),
      };
    case 9:
      return { $size: r.below(4) };
    case 10:
      return { $all: [scalar(r) ?? 'a', scalar(r) ?? 'b'].slice(r.below(2)) };
    case 11:
      return depth > 0 ? { $not: condition(r, depth - 1) } : { $mod: [2, r.below(2)] };
    default:
      return {
        $elemMatch: r.flip()
          ? { x: new Int32(r.below(4)) }
          : { $gt: new Int32(r.below(4)), $lt: new Int32(r.below(8)) },
      };
  }
}

/** A filter. */
export function filter(r: Chance, depth = 2): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  if (depth > 0 && r.flip(5)) {
    out[r.pick(['$and', '$or', '$nor'])] = [filter(r, depth - 1), filter(r, depth - 1)];
    return out;
  }
  const n = 1 + r.below(2);
  for (let i = 0; i < n; i++) {
    if (r.flip(6)) out._id = r.flip() ? r.below(40) : { $in: [r.below(40), r.below(40), r.below(40)] };
    else {
      const path = r.pick(PATHS);
      const c = r.flip(3) ? value(r) : condition(r, 1);
      // The reference does not do `$all` on numbered places.
      const all = JSON.stringify(c)?.includes('$all') && path.includes('0');
      out[path] = all ? { $exists: true } : c;
    }
  }
  return out;
}

/** An update by operators, each on a field of its own. */
export function update(r: Chance): Record<string, unknown> {
  const paths = ['a', 'b', 'c', 'n', 'e.f', 'g', 'h'].sort(() => r.below(3) - 1);
  const out: Record<string, Record<string, unknown>> = {};
  const n = 1 + r.below(2);
  for (let i = 0; i < n; i++) {
    const [op, argument] = change(r);
    (out[op] ??= {})[paths[i] as string] = argument;
  }
  return out;
}

function change(r: Chance): [string, unknown] {
  switch (r.below(14)) {
    case 0:
    case 1:
    case 2:
      return ['$set', value(r)];
    case 3:
      return ['$unset', ''];
    case 4:
    case 5:
      return ['$inc', r.pick([new Int32(1), new Int32(-2), Long.fromNumber(3), new Double(0.5)])];
    case 6:
      return ['$mul', new Int32(r.below(4))];
    case 7:
      return [r.pick(['$min', '$max']), scalar(r)];
    case 8:
      return ['$push', scalar(r)];
    case 9:
      return [
        '$push',
        {
          $each: [new Int32(r.below(9)), new Int32(r.below(9))],
          $slice: r.pick([-3, 2, 3]),
          $sort: r.pick([1, -1]),
        },
      ];
    case 10:
      return ['$addToSet', r.flip() ? scalar(r) : { $each: [scalar(r), scalar(r)] }];
    case 11:
      return ['$pull', r.flip() ? scalar(r) : { $gte: new Int32(r.below(5)) }];
    case 12:
      return ['$pullAll', [scalar(r), scalar(r)]];
    default:
      return ['$pop', r.pick([1, -1])];
  }
}
