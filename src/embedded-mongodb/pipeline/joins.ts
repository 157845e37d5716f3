import { compare } from '../bson/compare';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { checkName, evaluate, fieldPath, parseExpression } from '../expr/evaluate';
import type { Expr } from '../expr/evaluate';
import { knownNames, withNames, withOnly } from '../expr/names';
import { paced } from '../query/pauses';
import { partsOf } from '../query/walk';
import { compilePipeline } from './stages';
import type { Stage, Stream, Surroundings } from './stages';
import { addFields } from './transform';

function text(d: Doc, name: string, stage: string): string {
  const v = d.get(name);
  if (typeof v !== 'string') throw fault('FailedToParse', `${stage} argument '${name}' must be a string`);
  return v;
}

function refuseOthers(d: Doc, known: readonly string[], stage: string): void {
  const odd = d.names.find((name) => !known.includes(name));
  if (odd !== undefined) throw fault('FailedToParse', `unknown argument to ${stage}: ${odd}`);
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
  refuseOthers(v, ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'], '$lookup');
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
  if (lets !== undefined && !(lets instanceof Doc))
    throw fault('FailedToParse', "$lookup argument 'let' must be an object");
  if (lets !== undefined && !v.has('pipeline'))
    throw fault('FailedToParse', "$lookup with a 'let' argument must also specify 'pipeline'");
  const vars = lets instanceof Doc ? [...lets].map(([k, x]): [string, Expr] => [k, parseExpression(x)]) : [];
  for (const [name] of vars) checkName(name);
  const stages = pipelineList(v.get('pipeline'));
  const names = knownNames();
  const fixed = withNames(
    vars.map(([k]) => [k, undefined] as const),
    () => compilePipeline(stages, around),
  );
  /** The inner pipeline for one outer document, whose variables are constants in it. */
  const inner = (d: Doc): Stage => {
    if (vars.length === 0) return fixed;
    const bound = vars.map(([k, e]) => [k, { value: evaluate(e, d) }] as const);
    return withOnly(new Map([...names, ...bound]), () => compilePipeline(stages, around));
  };
  return function* (source) {
    for (const d of source) {
      if (d === undefined) {
        yield undefined;
        continue;
      }
      const filter =
        typeof local === 'string' ? equalTo(foreign as string, fieldPath(d, partsOf(local))) : new Doc();
      const found: Value[] = [];
      yield* gather(inner(d)(around.read(from, filter)), found);
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
  const parts = [...v].map(([name, p]) => [name, facetPipeline(name, p, around)] as const);
  return function* (source) {
    const all: Value[] = [];
    yield* gather(source, all);
    const out = new Doc();
    for (const [name, stage] of parts) {
      const found: Value[] = [];
      yield* gather(stage(paced(all as Doc[])), found);
      out.set(name, Arr.of(found));
    }
    yield out;
  };
}

function facetPipeline(name: string, v: Value, around: Surroundings): Stage {
  if (name === '' || name.startsWith('$') || name.includes('.'))
    throw new MongoFault(
      16410,
      `the name '${name}' of a facet may not be empty, begin with '$' or hold a '.'`,
    );
  if (!(v instanceof Arr)) throw new MongoFault(40170, `arguments to $facet must be arrays, ${name} is not`);
  const inner = v
    .list()
    .find((s) => s instanceof Doc && (s.has('$facet') || s.has('$out') || s.has('$merge')));
  if (inner instanceof Doc)
    throw new MongoFault(40600, `${inner.names[0]} is not allowed to be used within a $facet stage`);
  return compilePipeline(v.list(), around);
}

/** `$unionWith`. */
export function unionWith(v: Value, around: Surroundings): Stage {
  if (v instanceof Doc) refuseOthers(v, ['coll', 'pipeline'], '$unionWith');
  else if (typeof v !== 'string')
    throw fault('FailedToParse', 'the $unionWith stage specification must be an object or string');
  const from = typeof v === 'string' ? v : v instanceof Doc ? text(v, 'coll', '$unionWith') : '';
  const stage = compilePipeline(v instanceof Doc ? pipelineList(v.get('pipeline')) : [], around);
  return function* (source) {
    yield* source;
    yield* stage(around.read(from, new Doc()));
  };
}

/** `$bucket`, written out as a `$group` over a `$switch`. */
export function bucket(v: Value, around: Surroundings): Stage {
  const odd =
    v instanceof Doc && v.names.find((k) => !['groupBy', 'boundaries', 'default', 'output'].includes(k));
  if (odd) throw new MongoFault(40197, `Unrecognized option to $bucket: ${odd}`);
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
