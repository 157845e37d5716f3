import { Double, Long } from 'mongodb';
import { int, scalar, value } from './random';
import type { Chance, Fields } from './random';

/** An update with what goes beside it. */
export interface RandomUpdate {
  update: Fields | Fields[];
  arrayFilters?: Fields[];
  /** What the filter has to say besides, so that a positional `$` finds its element. */
  filter?: Fields;
}

const ROOTS = ['a', 'b', 'c', 'n', 'l', 'd', 's', 'e.f', 'g', 'h', 'a.x', 'b.y', 'd.0.x', 'l.1'];

/** An update of any form: operators, places in lists, a pipeline, or (seldom) a conflict. */
export function update(r: Chance): RandomUpdate {
  switch (r.below(12)) {
    case 0:
      return positional(r);
    case 1:
      return { update: [pipelineStage(r)] };
    case 2:
      return {
        update: { $rename: { [r.pick(['a', 'n', 's', 'zz', 'a.x'])]: r.pick(['g', 'h', 'e.f', 'b']) } },
      };
    case 3:
      return { update: { $set: { g: scalar(r) }, $setOnInsert: { h: value(r) } } };
    default:
      return { update: byOperators(r) };
  }
}

function byOperators(r: Chance): Fields {
  const out: Record<string, Fields> = {};
  const n = 1 + r.below(2);
  for (let i = 0; i < n; i++) {
    const [op, argument] = change(r);
    (out[op] ??= {})[r.pick(ROOTS)] = argument;
  }
  return out;
}

function change(r: Chance): [string, unknown] {
  switch (r.below(15)) {
    case 0:
    case 1:
    case 2:
      return ['$set', value(r)];
    case 3:
      return ['$unset', ''];
    case 4:
    case 5:
      return ['$inc', r.pick([int(r, 3), Long.fromNumber(3), new Double(0.5), 'x'])];
    case 6:
      return ['$mul', r.pick([int(r, 4), new Double(0.5)])];
    case 7:
      return [r.pick(['$min', '$max']), scalar(r)];
    case 8:
      return ['$push', value(r, 1)];
    case 9: {
      const push: Fields = { $each: [int(r, 9), int(r, 9)] };
      if (r.flip()) push.$slice = r.pick([-3, 0, 2, 3]);
      if (r.flip()) push.$sort = r.pick([1, -1]);
      if (r.flip()) push.$position = r.pick([0, 1, -1]);
      return ['$push', push];
    }
    case 10:
      return ['$addToSet', r.flip() ? value(r, 1) : { $each: [scalar(r), scalar(r)] }];
    case 11:
      return [
        '$pull',
        r.pick<() => unknown>([() => scalar(r), () => ({ $gte: int(r, 5) }), () => ({ x: int(r, 4) })])(),
      ];
    case 12:
      return ['$pullAll', [scalar(r), scalar(r)]];
    case 13:
      return ['$bit', { [r.pick(['and', 'or', 'xor'])]: int(r, 8) }];
    default:
      return ['$pop', r.pick([1, -1])];
  }
}

function positional(r: Chance): RandomUpdate {
  const k = int(r, 5);
  switch (r.below(5)) {
    case 0:
      return { update: { $set: { 'l.$': scalar(r) } }, filter: { l: k } };
    case 1:
      return { update: { $inc: { 'd.$.x': k } }, filter: { 'd.x': int(r, 4) } };
    case 2:
      return { update: { $inc: { 'l.$[]': k } } };
    case 3:
      return { update: { $set: { 'd.$[e].y': 'z' } }, arrayFilters: [{ 'e.x': { $gte: k } }] };
    default:
      return { update: { $mul: { 'l.$[e]': k } }, arrayFilters: [{ e: { $lt: k } }] };
  }
}

function pipelineStage(r: Chance): Fields {
  return r.pick<() => Fields>([
    () => ({ $set: { g: { $add: ['$n', 1] }, h: { $ifNull: ['$a', 'none'] } } }),
    () => ({ $unset: r.pick(['a', 'd.x', 's']) }),
    () => ({ $set: { 'e.f': scalar(r) ?? 0 } }),
    () => ({ $replaceWith: { $mergeObjects: ['$$ROOT', { g: int(r, 5) }] } }),
  ])();
}
