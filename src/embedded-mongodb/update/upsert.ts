import { Arr, Doc } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault } from '../errors';
import { isRegex } from '../query/leaf';
import { isOperators } from '../query/match';
import { partsOf } from '../query/walk';
import { Draft } from './draft';

/** The document an upsert begins with: the fields that the filter binds to one value. A replacement takes only `_id`. */
export function seedFrom(filter: Doc, replacement: boolean): Doc {
  const fields = new Map<string, Value>();
  equalities(filter, fields, replacement);
  refuseNested(fields);
  const draft = new Draft(new Doc());
  for (const [path, v] of fields) {
    if (path.startsWith('$')) continue;
    draft.set(partsOf(path), v);
  }
  return draft.doc;
}

/** Two values of which one would lie within the other. */
function refuseNested(fields: ReadonlyMap<string, Value>): void {
  for (const path of fields.keys()) {
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      const outer = path.slice(0, dot);
      if (fields.has(outer))
        throw new MongoFault(
          54,
          `cannot infer query fields to set, both paths '${path}' and '${outer}' are matched`,
        );
    }
  }
}

function equalities(filter: Doc, into: Map<string, Value>, idOnly: boolean): void {
  for (const [name, v] of filter) {
    if (name === '$and' && v instanceof Arr) {
      for (const x of v.list()) if (x instanceof Doc) equalities(x, into, idOnly);
    } else if (name === '$or' && v instanceof Arr && v.size === 1) {
      equalities(v.at(0) as Doc, into, idOnly);
    } else if (!name.startsWith('$') && (!idOnly || name === '_id')) {
      const bound = boundValue(v);
      if (bound === undefined) continue;
      if (into.has(name))
        throw new MongoFault(54, `cannot infer query fields to set, path '${name}' is matched twice`);
      into.set(name, bound);
    }
  }
}

function boundValue(v: Value): Value | undefined {
  if (isRegex(v)) return undefined;
  if (!isOperators(v)) return v;
  const eq = v.get('$eq');
  if (eq !== undefined) return eq;
  const list = v.get('$in') ?? v.get('$all');
  return list instanceof Arr && list.size === 1 && !isRegex(list.at(0)) && !isOperators(list.at(0))
    ? list.at(0)
    : undefined;
}
