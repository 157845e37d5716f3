import { asInteger } from '../bson/numbers';
import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { compilePipeline } from '../pipeline/stages';
import type { Stream, Surroundings } from '../pipeline/stages';
import { collectionName } from './call';
import type { Call } from './call';
import { queryOf, refuseOptions, results } from './find';
import type { Query } from './find';
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

/** `aggregate`. */
export async function aggregate(call: Call): Promise<Doc> {
  refuseOptions(call.body);
  const cursor = call.body.get('cursor');
  if (!(cursor instanceof Doc))
    throw fault(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  if (typeof call.target !== 'string')
    throw new MongoFault(40415, 'aggregation without a collection is not supported by the embedded server');
  const c = call.parts.catalog.get(call.db, collectionName(call));
  const split = splitPipeline(stagesOf(call));
  const query = leadingQuery(call, c, split);
  const pipeline = compilePipeline(split.rest, surroundings(call));
  const source = c ? results(call.parts.records, c, query) : none();
  const batch = asInteger(cursor.get('batchSize'));
  const stream = pipeline(source)[Symbol.iterator]();
  return call.parts.cursors.first(stream, `${call.db}.${call.target}`, call.parts.rest.begin(), batch);
}
