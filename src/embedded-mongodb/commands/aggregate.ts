import { asInteger } from '../bson/numbers';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { fault, refused } from '../errors';
import { withOnly } from '../expr/names';
import { compilePipeline } from '../pipeline/stages';
import type { Stream, Surroundings } from '../pipeline/stages';
import { collStatsDocument } from './admin';
import { collectionName, restOf } from './call';
import type { Call } from './call';
import { missing } from './fields';
import { letOf } from './let';
import { notNegative, queryOf, results, whole } from './find';
import type { Query } from './find';
import type { MongoFault } from '../errors';
import type { Collection } from '../storage/catalog';

/** The stages a query can serve by itself, and what is left for the pipeline. */
export interface Split {
  query: Doc;
  filter: Doc;
  rest: Value[];
}

/** Takes a leading `$match`, and a `$sort`, `$skip`, `$limit` behind it, into a query, so that indexes serve them. */
export function splitPipeline(stages: readonly Value[]): Split {
  const query = new Doc();
  let filter = new Doc();
  let i = 0;
  const next = (name: string): Value | undefined => {
    const s = stages[i];
    return s instanceof Doc && s.size === 1 ? s.get(name) : undefined;
  };
  const match = next('$match');
  if (match instanceof Doc) {
    filter = match;
    i++;
  }
  const sort = next('$sort');
  if (sort instanceof Doc && sort.size > 0) {
    query.set('sort', sort);
    i++;
  }
  const skip = next('$skip');
  if (asInteger(skip) !== undefined && (asInteger(skip) as number) >= 0) {
    query.set('skip', skip as Value);
    i++;
  }
  const limit = next('$limit');
  if (asInteger(limit) !== undefined && (asInteger(limit) as number) > 0) {
    query.set('limit', limit as Value);
    i++;
  }
  return { query, filter, rest: stages.slice(i) };
}

/** The query of a pipeline's first stages, with its plan. */
export function leadingQuery(call: Call, c: Collection | undefined, split: Split): Query {
  const hint = call.body.get('hint');
  return queryOf(c, hint === undefined ? split.query : split.query.clone().set('hint', hint), split.filter);
}

/** The pipeline of a command. */
export function stagesOf(call: Call): Value[] {
  const list = call.body.get('pipeline');
  if (list === undefined) throw missing('aggregate.pipeline');
  if (!(list instanceof Arr))
    throw fault('TypeMismatch', "A 'pipeline' option must be specified as an array");
  return list.list();
}

function* none(): Stream {
  // an empty stream
}

/** Reads other collections for the stages that join. */
export function surroundings(call: Call): Surroundings {
  return {
    read: (name, filter) => {
      const c = call.parts.catalog.get(call.db, name);
      return c ? results(call.parts.records, c, queryOf(c, new Doc(), filter)) : none();
    },
  };
}

const SOURCES = new Set(['$documents', '$currentOp', '$listLocalSessions', '$changeStream', '$queryStats']);

/** Why a pipeline of the database itself, `{ aggregate: 1 }`, is not run. */
function withoutCollection(first: Value | undefined): MongoFault {
  const name = first instanceof Doc ? (first.names[0] ?? '') : '';
  if (SOURCES.has(name)) return refused(`the aggregation stage ${name}`);
  return fault('InvalidNamespace', `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
}

/** `aggregate`. */
export async function aggregate(call: Call): Promise<Doc> {
  const cursor = call.body.get('cursor');
  if (!(cursor instanceof Doc))
    throw fault(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  for (const [name] of cursor)
    if (name !== 'batchSize')
      throw fault('FailedToParse', `cursor object can't contain fields other than batchSize: ${name}`);
  if (typeof call.target !== 'string') throw withoutCollection(stagesOf(call)[0]);
  const c = call.parts.catalog.get(call.db, collectionName(call));
  const [head, ...behind] = stagesOf(call);
  const stats = head instanceof Doc && head.size === 1 ? head.get('$collStats') : undefined;
  if (stats !== undefined) {
    const pipeline = withOnly(letOf(call.body), () => compilePipeline(behind, surroundings(call)));
    const one = pipeline([collStatsDocument(call, stats)])[Symbol.iterator]();
    return call.parts.cursors.first(one, `${call.db}.${call.target}`, restOf(call));
  }
  const split = splitPipeline(stagesOf(call));
  const [query, pipeline] = withOnly(letOf(call.body), () => [
    leadingQuery(call, c, split),
    compilePipeline(split.rest, surroundings(call)),
  ]);
  const source = c ? results(call.parts.records, c, query) : none();
  const size = cursor.get('batchSize');
  const batch = size === undefined ? undefined : notNegative(whole(size, 'batchSize'), 'batchSize');
  const stream = pipeline(source)[Symbol.iterator]();
  return call.parts.cursors.first(stream, `${call.db}.${call.target}`, restOf(call), batch);
}
