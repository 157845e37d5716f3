import { truthy } from '../bson/truth';
import { Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { fault } from '../errors';
import { projectionOf } from '../query/projection';
import { compileUpdate } from '../update/update';
import { ok } from './answer';
import { collectionName, docOption } from './call';
import type { Call } from './call';
import { timeLimit } from './fields';
import { withOnly } from '../expr/names';
import { letOf } from './let';
import { finderOf, withFirst } from './first-match';
import { change, upsert } from './write';

/** `findAndModify`. */
export async function findAndModify(call: Call): Promise<Doc> {
  const { body, parts, db } = call;
  const name = collectionName(call);
  const filter = docOption(call, 'query');
  const names = letOf(body);
  const finder = withOnly(names, () => finderOf(filter, body, timeLimit(body)));
  const project = projectionOf(body.get('fields') ?? undefined);
  const remove = truthy(body.get('remove'));
  const u = body.get('update');
  if (remove && u !== undefined)
    throw fault('FailedToParse', 'Cannot specify both an update and remove=true');
  if (remove && body.has('arrayFilters'))
    throw fault('FailedToParse', 'Cannot specify arrayFilters and remove=true');
  if (remove && truthy(body.get('upsert')))
    throw fault('FailedToParse', 'Cannot specify both upsert=true and remove=true');
  if (remove && truthy(body.get('new')))
    throw fault(
      'FailedToParse',
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  if (!remove && u === undefined)
    throw fault('FailedToParse', 'Either an update or remove=true must be specified');
  const update = remove
    ? undefined
    : withOnly(names, () => compileUpdate(u as Value, body.get('arrayFilters')));
  const shown = (doc: Doc | undefined, position: number): Value =>
    doc === undefined ? null : project ? project(doc, position) : doc;
  return withFirst(parts, db, name, finder, (c, hit) => {
    if (c && hit) {
      if (!update) {
        parts.records.remove(c, hit.record, hit.doc);
        return ok({ lastErrorObject: { n: 1 }, value: shown(hit.doc, hit.position) });
      }
      const done = change(parts.records, c, hit.record, hit.doc, update, hit.position);
      const doc = truthy(body.get('new')) ? done.after : done.before;
      return ok({ lastErrorObject: { n: 1, updatedExisting: true }, value: shown(doc, hit.position) });
    }
    if (!update) return ok({ lastErrorObject: { n: 0 }, value: null });
    if (!truthy(body.get('upsert')))
      return ok({ lastErrorObject: { n: 0, updatedExisting: false }, value: null });
    const made = upsert(parts, db, name, filter, update);
    return ok({
      lastErrorObject: { n: 1, updatedExisting: false, upserted: made.upsertedId },
      value: truthy(body.get('new')) ? shown(made.after, -1) : null,
    });
  });
}
