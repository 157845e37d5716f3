import { docFrom } from '../bson/encode';
import type { Plain } from '../bson/encode';
import { Arr, Doc } from '../bson/values';
import { MongoFault, fault } from '../errors';
import type { Plan } from '../query/plan';
import type { Examined } from '../query/scan';
import type { Collection } from '../storage/catalog';
import { leadingQuery, splitPipeline, stagesOf } from './aggregate';
import { ok } from './answer';
import { docOption, existing, restOf } from './call';
import type { Call } from './call';
import { queryOf, results } from './find';
import type { Query } from './find';

type Fields = Record<string, Plain>;

/** A plan in the shape of MongoDB's `winningPlan`. */
function stageOf(plan: Plan, q: Query): Fields {
  let stage: Fields;
  const direction = plan.reverse ? 'backward' : 'forward';
  if (plan.kind === 'COLLSCAN') stage = { stage: 'COLLSCAN', filter: q.filter, direction };
  else if (plan.kind === 'OR') {
    stage = {
      stage: 'FETCH',
      filter: q.filter,
      inputStage: { stage: 'OR', inputStages: plan.branches.map((b) => scanOf(b)) },
    };
  } else if (plan.kind === 'IDHACK') stage = { stage: 'IDHACK' };
  else if (plan.kind === 'EOF') stage = { stage: 'EOF' };
  else stage = { stage: 'FETCH', filter: q.filter, inputStage: scanOf(plan) };
  if (q.sort.length > 0 && !plan.sorted) {
    stage = {
      stage: 'SORT',
      sortPattern: Object.fromEntries(q.sort.map((s) => [s.path, s.direction])),
      inputStage: stage,
    };
  }
  if (q.skip > 0) stage = { stage: 'SKIP', skipAmount: q.skip, inputStage: stage };
  if (q.limit > 0) stage = { stage: 'LIMIT', limitAmount: q.limit, inputStage: stage };
  if (q.project) stage = { stage: 'PROJECTION_SIMPLE', inputStage: stage };
  return stage;
}

function scanOf(plan: Plan): Fields {
  const x = plan.index;
  if (!x) return { stage: plan.kind };
  return {
    stage: 'IXSCAN',
    keyPattern: x.spec.doc.get('key'),
    indexName: x.spec.name,
    isMultiKey: x.multikey.includes(true),
    isUnique: x.spec.unique,
    isSparse: x.spec.sparse,
    isPartial: x.partial !== undefined,
    indexVersion: 2,
    direction: plan.reverse ? 'backward' : 'forward',
    intervals: plan.intervals.length,
  };
}

async function executed(call: Call, c: Collection, q: Query): Promise<Fields> {
  const seen: Examined = { keys: 0, docs: 0 };
  const rest = restOf(call);
  const started = performance.now();
  let n = 0;
  for (const d of results(call.parts.records, c, q, seen)) {
    if (d) n++;
    else if (rest.due()) await rest.take();
  }
  const took = Math.round(performance.now() - started);
  const stages = { ...stageOf(q.plan as Plan, q), nReturned: n };
  return {
    executionSuccess: true,
    nReturned: n,
    executionTimeMillis: took,
    totalKeysExamined: seen.keys,
    totalDocsExamined: seen.docs,
    executionStages: stages,
  };
}

function subject(call: Call): { inner: Call; query: (c: Collection | undefined) => Query } {
  const body = call.target;
  if (!(body instanceof Doc) || body.size === 0) throw fault('FailedToParse', 'explain takes a command');
  const name = body.names[0] as string;
  const inner: Call = { ...call, body, target: body.at(0) };
  const statement = (list: string, q: string): Doc => {
    const all = body.get(list);
    const first = all instanceof Arr ? all.at(0) : undefined;
    const filter = first instanceof Doc ? first.get(q) : undefined;
    return filter instanceof Doc ? filter : new Doc();
  };
  switch (name) {
    case 'find':
      return { inner, query: (c) => queryOf(c, body, docOption(inner, 'filter')) };
    case 'count':
    case 'distinct':
      return { inner, query: (c) => queryOf(c, new Doc(), docOption(inner, 'query')) };
    case 'findAndModify':
    case 'findandmodify':
      return {
        inner,
        query: (c) => queryOf(c, Doc.of({ sort: body.get('sort') }), docOption(inner, 'query')),
      };
    case 'aggregate':
      return { inner, query: (c) => leadingQuery(inner, c, splitPipeline(stagesOf(inner))) };
    case 'update':
      return { inner, query: (c) => queryOf(c, new Doc(), statement('updates', 'q')) };
    case 'delete':
      return { inner, query: (c) => queryOf(c, new Doc(), statement('deletes', 'q')) };
    default:
      throw new MongoFault(59, `Explain failed due to unknown command: ${name}`);
  }
}

/** `explain`: how a command would find its documents, and what that costs. Writes nothing. */
export async function explain(call: Call): Promise<Doc> {
  const { inner, query } = subject(call);
  const c = existing(inner);
  const q = query(c);
  q.plan ??= { kind: 'EOF', intervals: [], sorted: true, reverse: false, branches: [] };
  const verbosity = call.body.get('verbosity') ?? 'allPlansExecution';
  const planner = docFrom({
    namespace: `${call.db}.${String(inner.target)}`,
    parsedQuery: q.filter,
    winningPlan: stageOf(q.plan, q),
    rejectedPlans: [],
  });
  const stats = verbosity === 'queryPlanner' || !c ? undefined : await executed(call, c, q);
  return ok({
    explainVersion: '1',
    queryPlanner: planner,
    ...(stats && { executionStats: stats }),
    command: inner.body,
    serverInfo: { version: '7.0.0' },
  });
}
