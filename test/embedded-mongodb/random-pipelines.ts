import type { Document } from 'mongodb';
import { filter, int } from './random';
import type { Chance, Fields } from './random';

type Make = (r: Chance) => unknown;

/** Expressions of every family, over the fields that keep their types. */
const EXPRESSIONS: readonly Make[] = [
  (r) => ({ $add: ['$n', int(r, 5)] }),
  (r) => ({ $subtract: ['$n', int(r, 5)] }),
  (r) => ({ $multiply: ['$n', int(r, 5)] }),
  () => ({ $divide: ['$n', 4] }),
  () => ({ $mod: ['$n', 3] }),
  () => ({ $abs: { $subtract: ['$n', 5] } }),
  () => ({ $floor: { $divide: ['$n', 3] } }),
  () => ({ $ceil: { $divide: ['$n', 3] } }),
  () => ({ $trunc: { $divide: ['$n', 3] } }),
  () => ({ $sqrt: '$n' }),
  () => ({ $concat: ['$s', '-', '$s'] }),
  () => ({ $toUpper: '$s' }),
  () => ({ $toLower: '$s' }),
  () => ({ $split: ['$s', 'b'] }),
  () => ({ $substrBytes: [{ $ifNull: ['$s', 'abc'] }, 0, 1] }),
  () => ({ $strLenCP: { $ifNull: ['$s', ''] } }),
  () => ({ $indexOfBytes: ['$s', 'b'] }),
  () => ({ $strcasecmp: ['$s', 'abc'] }),
  () => ({ $trim: { input: '$s' } }),
  (r) => ({ $cmp: ['$n', int(r, 8)] }),
  (r) => ({ $cond: [{ $gt: ['$n', int(r, 8)] }, 'more', 'less'] }),
  () => ({ $ifNull: ['$n', 'none'] }),
  () => ({ $switch: { branches: [{ case: { $lt: ['$n', 3] }, then: 'low' }], default: 'high' } }),
  () => ({ $and: ['$n', '$s'] }),
  () => ({ $or: ['$n', '$s'] }),
  () => ({ $not: ['$n'] }),
  () => ({ $size: { $ifNull: ['$l', []] } }),
  () => ({ $arrayElemAt: [{ $ifNull: ['$l', []] }, 0] }),
  () => ({ $slice: [{ $ifNull: ['$l', []] }, 2] }),
  () => ({ $concatArrays: [{ $ifNull: ['$l', []] }, [1]] }),
  () => ({ $reverseArray: { $ifNull: ['$l', []] } }),
  () => ({ $filter: { input: { $ifNull: ['$l', []] }, as: 'e', cond: { $gt: ['$$e', 2] } } }),
  () => ({ $map: { input: { $ifNull: ['$l', []] }, as: 'e', in: { $add: ['$$e', 1] } } }),
  () => ({
    $reduce: { input: { $ifNull: ['$l', []] }, initialValue: 0, in: { $add: ['$$value', '$$this'] } },
  }),
  () => ({ $in: [2, { $ifNull: ['$l', []] }] }),
  () => ({ $indexOfArray: [{ $ifNull: ['$l', []] }, 2] }),
  () => ({ $setUnion: [{ $ifNull: ['$l', []] }, [1, 2]] }),
  () => ({ $setIsSubset: [[1], { $ifNull: ['$l', []] }] }),
  () => ({ $range: [0, { $ifNull: ['$n', 2] }] }),
  () => ({ $sum: '$l' }),
  () => ({ $avg: '$l' }),
  () => ({ $max: '$l' }),
  () => ({ $min: '$l' }),
  () => ({ $type: '$a' }),
  () => ({ $isArray: '$a' }),
  () => ({ $toString: '$n' }),
  () => ({ $toDouble: '$n' }),
  () => ({ $toLong: '$n' }),
  () => ({ $year: '$t' }),
  () => ({ $month: '$t' }),
  () => ({ $dayOfMonth: '$t' }),
  () => ({ $dayOfWeek: '$t' }),
  () => ({ $dayOfYear: '$t' }),
  () => ({ $hour: '$t' }),
  () => ({ $dateToString: { date: '$t', format: '%Y-%m-%d %H:%M:%S' } }),
  () => ({ $dateTrunc: { date: '$t', unit: 'month' } }),
  () => ({ $objectToArray: { k: '$n' } }),
  () => ({ $mergeObjects: [{ p: 1 }, { q: '$n' }] }),
  () => ({ $let: { vars: { v: '$n' }, in: { $add: ['$$v', 1] } } }),
  () => ({ $literal: '$n' }),
  () => '$d.x',
  () => '$a.x',
];

/** A pipeline that begins with the filter and ends in a set of documents whose order is known. */
export function pipeline(r: Chance, from: string): Document[] {
  const start: Document[] = [{ $match: filter(r) }, { $sort: { _id: 1 } }];
  const tail = r.pick<() => Document[]>([
    () => [
      { $group: { _id: r.pick(['$n', '$s', '$_id', null, '$d.y']), ...accumulators(r) } },
      { $sort: { _id: 1 } },
    ],
    () => [{ $addFields: { r: r.pick(EXPRESSIONS)(r), 'e.f': r.pick(EXPRESSIONS)(r) } }],
    () => [{ $set: { r: r.pick(EXPRESSIONS)(r) } }, { $unset: r.pick(['a', 'd.x']) }],
    () => [{ $project: { r: r.pick(EXPRESSIONS)(r), n: 1 } }],
    () => [{ $project: r.pick([{ a: 0 }, { 'a.x': 0, d: 0 }, { _id: 0, n: 1, 'd.x': 1 }]) }],
    () => [
      {
        $unwind: r.pick<unknown>([
          '$l',
          '$d',
          { path: '$l', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' },
        ]),
      },
    ],
    () => [{ $replaceRoot: { newRoot: { k: '$n', r: r.pick(EXPRESSIONS)(r) } } }],
    () => [{ $skip: r.below(5) }, { $limit: 1 + r.below(6) }],
    () => [{ $count: 'all' }],
    () => [{ $sortByCount: '$s' }, { $sort: { count: -1, _id: 1 } }],
    () => [
      { $lookup: { from, localField: r.pick(['n', 'l', 'd.x']), foreignField: 'n', as: 'hit' } },
      { $limit: 3 },
    ],
    () => [{ $facet: { all: [{ $count: 'k' }], few: [{ $limit: 2 }, { $project: { n: 1 } }] } }],
    () => [{ $bucket: { groupBy: { $ifNull: ['$n', 0] }, boundaries: [0, 3, 6], default: 'rest' } }],
    () => [{ $unionWith: { coll: from, pipeline: [{ $match: { n: 1 } }, { $sort: { _id: 1 } }] } }],
  ])();
  return [...start, ...tail];
}

function accumulators(r: Chance): Fields {
  return {
    k: r.pick<Fields>([{ $sum: '$n' }, { $avg: '$n' }, { $min: '$a' }, { $max: '$a' }, { $push: '$n' }]),
    f: r.pick<Fields>([{ $first: '$s' }, { $last: '$s' }, { $sum: 1 }, { $stdDevPop: '$n' }]),
  };
}
