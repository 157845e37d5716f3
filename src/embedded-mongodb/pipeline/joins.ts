import { compare } from '../bson/compare';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { evaluate, fieldPath, parseExpression } from '../expr/evaluate';
import type { Expr } from '../expr/evaluate';
import { partsOf } from '../query/walk';
import { compilePipeline } from './stages';
import type { Stage, Stream, Surroundings } from './stages';
import { addFields } from './transform';
import { withLet } from './let';

function text(d: Doc, name: string, stage: string): string {
  const v = d.get(name);
  if (typeof v !== 'string') throw fault('FailedToParse', `${stage} argument '${name}' must be a string`);
  return v;
}

function pipelineList(v: Value | undefined): Value[] {
  if (v === undefined) return [];
  if (!(v instanceof Arr)) throw fault('TypeMismatch', 'pipeline must be an array');
  return v.list();
}

function* gather(source: Stream, into: Value[]): Generator<undefined> {
  for (const d of source) {
    if (d === undefined) yield undefined;
    else into.push(d);
  }
}

/** `$lookup`: by equal fields, by a pipeline with variables, or both. */
export function lookup(v: Value, around: Surroundings): Stage {
  if (!(v instanceof Doc)) throw fault('FailedToParse', 'the $lookup specification must be an object');
  const from = text(v, 'from', '$lookup');
  const as = text(v, 'as', '$lookup');
  const local = v.get('localField');
  const foreign = v.get('foreignField');
  if ((typeof local === 'string') !== (typeof foreign === 'string'))
    throw fault('FailedToParse', '$lookup requires both or neither of localField and foreignField');
  if (local === undefined && !v.has('pipeline'))
    throw fault(
      'FailedToParse',
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  const lets = v.get('let');
  const vars = lets instanceof Doc ? [...lets].map(([k, x]): [string, Expr] => [k, parseExpression(x)]) : [];
  const stages = pipelineList(v.get('pipeline'));
  if (vars.length === 0) compilePipeline(stages, around);
  return function* (source) {
    for (const d of source) {
      if (d === undefined) {
        yield undefined;
        continue;
      }
      const filter =
        typeof local === 'string' ? equalTo(foreign as string, fieldPath(d, partsOf(local))) : new Doc();
      const bound = vars.map(([k, e]): [string, Value | undefined] => [k, evaluate(e, d)]);
      const pipeline = compilePipeline(
        stages.map((s) => withLet(s, bound)),
        around,
      );
      const found: Value[] = [];
      yield* gather(pipeline(around.read(from, filter)), found);
      yield addFields(new Doc().set(as, new Doc().set('$literal', Arr.of(found))))(d);
    }
  };
}

function equalTo(path: string, v: Value | undefined): Doc {
  const condition = v instanceof Arr ? new Doc().set('$in', v) : new Doc().set('$eq', v ?? null);
  return new Doc().set(path, condition);
}

/** `$facet`: several pipelines over the same documents. */
export function facet(v: Value, around: Surroundings): Stage {
  if (!(v instanceof Doc) || v.size === 0)
    throw new MongoFault(40169, 'the $facet specification must be a non-empty object');
  const parts = [...v].map(([name, p]) => [name, compilePipeline(pipelineList(p), around)] as const);
  return function* (source) {
    const all: Value[] = [];
    yield* gather(source, all);
    const out = new Doc();
    for (const [name, stage] of parts) {
      const found: Value[] = [];
      yield* gather(stage(all as Doc[]), found);
      out.set(name, Arr.of(found));
    }
    yield out;
  };
}

/** `$unionWith`. */
export function unionWith(v: Value, around: Surroundings): Stage {
  const from = typeof v === 'string' ? v : v instanceof Doc ? text(v, 'coll', '$unionWith') : '';
  const stage = compilePipeline(v instanceof Doc ? pipelineList(v.get('pipeline')) : [], around);
  return function* (source) {
    yield* source;
    yield* stage(around.read(from, new Doc()));
  };
}

/** `$bucket`, written out as a `$group` over a `$switch`. */
export function bucket(v: Value, around: Surroundings): Stage {
  const by = v instanceof Doc ? v.get('groupBy') : undefined;
  const bounds = v instanceof Doc ? v.get('boundaries') : undefined;
  if (!(v instanceof Doc) || by === undefined || !(bounds instanceof Arr) || bounds.size < 2) {
    throw new MongoFault(40198, "$bucket requires 'groupBy' and at least two 'boundaries'");
  }
  const list = bounds.list();
  const branches = list.slice(0, -1).map((low, i): Value => {
    const high = list[i + 1] as Value;
    if (compare(low, high) >= 0)
      throw new MongoFault(40194, "The 'boundaries' option to $bucket must be sorted");
    const inside = Doc.of({
      $and: Arr.of([Doc.of({ $gte: Arr.of([by, low]) }), Doc.of({ $lt: Arr.of([by, high]) })]),
    });
    return Doc.of({ case: inside, then: Doc.of({ $literal: low }) });
  });
  const other = v.get('default');
  const id = Doc.of({ $switch: Doc.of({ branches: Arr.of(branches), default: other }) });
  const group = Doc.of({ _id: id });
  for (const [k, x] of (v.get('output') as Doc | undefined) ?? Doc.of({ count: Doc.of({ $sum: 1 }) }))
    group.set(k, x);
  return compilePipeline([Doc.of({ $group: group }), Doc.of({ $sort: Doc.of({ _id: 1 }) })], around);
}
