import { identity } from '../bson/keys';
import { asInteger, isNumber, toNumber } from '../bson/numbers';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault, refused } from '../errors';
import { evaluate, parseExpression } from '../expr/evaluate';
import { compileFilter } from '../query/match';
import { paced } from '../query/pauses';
import { parseSort, sorted } from '../query/sort';
import { partsOf, direct } from '../query/walk';
import { accumulator } from './accumulators';
import type { Accumulator } from './accumulators';
import { bucket, facet, lookup, unionWith } from './joins';
import { transformStage } from './transform';

/** Documents on their way; `undefined` is a place to pause. */
export type Stream = Iterable<Doc | undefined>;

/** One stage: takes a stream, gives a stream. */
export type Stage = (source: Stream) => Stream;

/** What a stage may ask for besides its own stream: other collections of the database. */
export interface Surroundings {
  read(collection: string, filter: Doc): Stream;
}

function filterStage(v: Value): Stage {
  if (!(v instanceof Doc)) throw new MongoFault(15959, 'the match filter must be an expression in an object');
  const test = compileFilter(v);
  return function* (source) {
    for (const d of source) if (d === undefined || test(d)) yield d;
  };
}

function groupStage(v: Value): Stage {
  if (!(v instanceof Doc)) throw new MongoFault(15947, "a group's fields must be specified in an object");
  const id = v.get('_id');
  if (id === undefined) throw new MongoFault(15955, 'a group specification must include an _id');
  const key = parseExpression(id);
  const fields = [...v]
    .filter(([k]) => k !== '_id')
    .map(([k, x]) => {
      if (k.startsWith('$')) throw new MongoFault(40236, `The field name '${k}' cannot be an operator name`);
      if (k.includes('.')) throw new MongoFault(40235, `The field name '${k}' cannot contain '.'`);
      return [k, accumulator(x, k)] as const;
    });
  return function* (source) {
    const groups = new Map<string, { id: Value; list: Accumulator[] }>();
    for (const d of source) {
      if (d === undefined) {
        yield undefined;
        continue;
      }
      const k = evaluate(key, d) ?? null;
      const name = identity(k);
      let g = groups.get(name);
      if (!g) groups.set(name, (g = { id: k, list: fields.map(([, f]) => f.make()) }));
      fields.forEach(([, f], i) => (g as { list: Accumulator[] }).list[i]?.add(evaluate(f.e, d)));
    }
    for (const g of paced(groups.values())) {
      if (g === undefined) {
        yield undefined;
        continue;
      }
      const out = new Doc().set('_id', g.id);
      fields.forEach(([name], i) => out.set(name, g.list[i]?.result() ?? null));
      yield out;
    }
  };
}

function positive(v: Value, name: string, least: number, code: number): number {
  const n = asInteger(v);
  if (n === undefined || n < least)
    throw new MongoFault(
      code,
      `invalid argument to ${name} stage: Expected a ${least === 0 ? 'non-negative' : 'positive'} number`,
    );
  return n;
}

function skipStage(v: Value): Stage {
  const n = positive(v, '$skip', 0, 5107200);
  return function* (source) {
    let left = n;
    for (const d of source) {
      if (d !== undefined && left > 0) left--;
      else yield d;
    }
  };
}

function limitStage(v: Value): Stage {
  const n = positive(v, '$limit', 1, asInteger(v) === 0 ? 15958 : 5107201);
  return function* (source) {
    let left = n;
    for (const d of source) {
      yield d;
      if (d !== undefined && --left === 0) return;
    }
  };
}

function countStage(v: Value): Stage {
  if (typeof v !== 'string') throw new MongoFault(40156, 'the count field must be a non-empty string');
  if (v === '') throw new MongoFault(40157, 'the count field must be a non-empty string');
  if (v.startsWith('$')) throw new MongoFault(40158, 'the count field cannot be a $-prefixed path');
  if (v.includes('.')) throw new MongoFault(40160, "the count field cannot contain '.'");
  return function* (source) {
    let n = 0;
    for (const d of source) {
      if (d === undefined) yield undefined;
      else n++;
    }
    if (n > 0) yield new Doc().set(v, n);
  };
}

function unwindStage(v: Value): Stage {
  const path = v instanceof Doc ? v.get('path') : v;
  for (const [name, x] of v instanceof Doc ? v : []) checkUnwindOption(name, x);
  if (v instanceof Doc && path === undefined)
    throw new MongoFault(28812, 'no path specified to $unwind stage');
  const keep = v instanceof Doc && v.get('preserveNullAndEmptyArrays') === true;
  const indexName = v instanceof Doc ? v.get('includeArrayIndex') : undefined;
  if (typeof path !== 'string')
    throw new MongoFault(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw new MongoFault(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const parts = partsOf(path.slice(1));
  const put = (d: Doc, x: Value | undefined, i: Value): Doc => {
    const out = x === undefined ? without(d, parts) : replacedAt(d, parts, x);
    return typeof indexName === 'string' ? out.clone().set(indexName, i) : out;
  };
  return function* (source) {
    for (const d of source) {
      const x = d === undefined ? undefined : direct(d, parts);
      if (d === undefined) yield undefined;
      else if (x instanceof Arr) {
        if (x.size === 0 && keep) yield put(d, undefined, null);
        for (let i = 0; i < x.size; i++) {
          yield put(d, x.at(i), BigInt(i));
          if (i % 64 === 63) yield undefined;
        }
      } else if (x !== undefined && x !== null) yield put(d, x, null);
      else if (keep) yield typeof indexName === 'string' ? d.clone().set(indexName, null) : d;
    }
  };
}

function checkUnwindOption(name: string, v: Value): void {
  if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(name))
    throw new MongoFault(28811, `unrecognized option to $unwind stage: ${name}`);
  if (name === 'preserveNullAndEmptyArrays' && typeof v !== 'boolean')
    throw new MongoFault(
      28809,
      'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage',
    );
  if (name !== 'includeArrayIndex') return;
  if (typeof v !== 'string' || v === '')
    throw new MongoFault(
      28810,
      'expected a non-empty string for the includeArrayIndex option to $unwind stage',
    );
  if (v.startsWith('$'))
    throw new MongoFault(
      28822,
      "includeArrayIndex option to $unwind stage should not be prefixed with a '$': " + v,
    );
}

function replacedAt(d: Doc, parts: readonly string[], x: Value): Doc {
  const [head, ...rest] = parts as [string, ...string[]];
  const inner = d.get(head);
  return d.clone().set(head, rest.length > 0 && inner instanceof Doc ? replacedAt(inner, rest, x) : x);
}

function without(d: Doc, parts: readonly string[]): Doc {
  const [head, ...rest] = parts as [string, ...string[]];
  if (rest.length === 0) return d.clone().delete(head);
  const inner = d.get(head);
  return inner instanceof Doc ? d.clone().set(head, without(inner, rest)) : d;
}

function sampleStage(v: Value): Stage {
  if (!(v instanceof Doc)) throw new MongoFault(28745, 'the $sample stage specification must be an object');
  const odd = v.names.find((name) => name !== 'size');
  if (odd !== undefined) throw new MongoFault(28748, `unrecognized option to $sample: ${odd}`);
  const size = v.get('size');
  if (size === undefined) throw new MongoFault(28749, '$sample stage must specify a size');
  if (!isNumber(size)) throw new MongoFault(28746, 'size argument to $sample must be a number');
  if (toNumber(size) < 0) throw new MongoFault(28747, 'size argument to $sample must not be negative');
  const n = toNumber(size);
  return function* (source) {
    const kept: Doc[] = [];
    let seen = 0;
    for (const d of source) {
      if (d === undefined) {
        yield undefined;
        continue;
      }
      const at = Math.floor(Math.random() * ++seen);
      if (kept.length < n) kept.push(d);
      else if (at < n) kept[at] = d;
    }
    yield* kept;
  };
}

function stage(name: string, v: Value, around: Surroundings): Stage {
  switch (name) {
    case '$match':
      return filterStage(v);
    case '$group':
      return groupStage(v);
    case '$sort': {
      const sort = parseSort(v);
      if (sort.length === 0) throw new MongoFault(15976, '$sort stage must have at least one sort key');
      return (source) => sorted(source, sort);
    }
    case '$skip':
      return skipStage(v);
    case '$limit':
      return limitStage(v);
    case '$count':
      return countStage(v);
    case '$unwind':
      return unwindStage(v);
    case '$sample':
      return sampleStage(v);
    case '$lookup':
      return lookup(v, around);
    case '$facet':
      return facet(v, around);
    case '$unionWith':
      return unionWith(v, around);
    case '$bucket':
      return bucket(v, around);
    case '$sortByCount':
      return pipelineOf([
        groupStage(Doc.of({ _id: v, count: Doc.of({ $sum: 1 }) })),
        stage('$sort', Doc.of({ count: -1 }), around),
      ]);
    default:
  }
  const transform = transformStage(name, v);
  if (transform) {
    return function* (source) {
      for (const d of source) yield d === undefined ? undefined : transform(d);
    };
  }
  if (name === '$collStats')
    throw new MongoFault(40602, '$collStats is only valid as the first stage in a pipeline.');
  if (REFUSED.has(name)) throw refused(`the aggregation stage ${name}`);
  throw new MongoFault(40324, `Unrecognized pipeline stage name: '${name}'`);
}

const REFUSED = new Set(
  '$listSearchIndexes $out $merge $changeStream $geoNear $graphLookup $search $setWindowFields $densify $fill $indexStats $currentOp $listSessions $redact $bucketAuto $documents $planCacheStats'.split(
    ' ',
  ),
);

function pipelineOf(stages: readonly Stage[]): Stage {
  return (source) => stages.reduce((s, next) => next(s), source);
}

/** Compiles a whole pipeline. */
export function compilePipeline(list: readonly Value[], around: Surroundings): Stage {
  return pipelineOf(
    list.map((s) => {
      if (!(s instanceof Doc))
        throw fault('TypeMismatch', "Each element of the 'pipeline' array must be an object");
      if (s.size !== 1)
        throw new MongoFault(40323, 'A pipeline stage specification object must contain exactly one field.');
      return stage(s.names[0] as string, s.at(0), around);
    }),
  );
}
