import { EJSON } from 'bson';
import type { Collection, Document, Filter } from 'mongodb';
import type { Fields } from './random';
import type { Operation } from './random-commands';

/** What a server answered: a result as text, or a failure with its code (0 when it named none) and sentence. */
export interface Outcome {
  text: string;
  code: number | undefined;
}

/** One condition of a filter: a path, an operator, its argument. */
export interface Leaf {
  path: string;
  op: string;
  argument: unknown;
  /** The filter of this condition alone. */
  filter: Fields;
}

/** Conditions of a filter, one by one. */
export function leaves(filter: Fields): Leaf[] {
  return Object.entries(filter).flatMap(([path, v]) => {
    if (path === '$expr') return [{ path: '', op: '$expr', argument: v, filter: { $expr: v } }];
    if (path.startsWith('$')) return (v as Fields[]).flatMap(leaves);
    const entries = Object.entries((v ?? {}) as Fields);
    if (entries.length === 0 || !(entries[0] as [string, unknown])[0].startsWith('$') || isValue(v))
      return [{ path, op: '$eq', argument: v, filter: { [path]: v } }];
    const options = (v as Fields).$options;
    if (entries.length > 1 && options === undefined)
      return [{ path, op: entries.map(([op]) => op).join(' '), argument: v, filter: { [path]: v } }];
    return entries
      .filter(([op]) => op !== '$options')
      .map(([op, argument]) => {
        const alone = op === '$regex' ? { $regex: argument, $options: options ?? '' } : { [op]: argument };
        return { path, op, argument, filter: { [path]: alone } };
      });
  });
}

/** True for what is one BSON value, although JavaScript sees an object. */
function isValue(v: unknown): boolean {
  return typeof v === 'object' && v !== null && ('_bsontype' in v || v instanceof Date || Array.isArray(v));
}

async function holds(c: Collection, id: unknown, f: Fields): Promise<boolean | string> {
  try {
    return (await c.findOne({ $and: [{ _id: id }, f] } as Filter<Document>)) !== null;
  } catch (e) {
    return (e as Error).message;
  }
}

/** The conditions of a filter that the two servers see differently for one document. */
export async function culprits(
  filter: Fields,
  id: unknown,
  a: Collection,
  b: Collection,
): Promise<[Leaf, boolean | string][]> {
  const found: [Leaf, boolean | string][] = [];
  for (const leaf of leaves(filter)) {
    const [x, y] = [await holds(a, id, leaf.filter), await holds(b, id, leaf.filter)];
    if (x !== y) found.push([leaf, x]);
  }
  return found;
}

export function leafText(leaf: Leaf, doc: Document): string {
  const root = leaf.path.split('.')[0] as string;
  if (leaf.op === '$expr')
    return `$expr ${JSON.stringify(leaf.filter)} on ${EJSON.stringify(doc, { relaxed: false })}`;
  return `${leaf.op} ${EJSON.stringify(leaf.filter, { relaxed: false })} on ${EJSON.stringify({ [root]: doc[root] }, { relaxed: false })}`;
}

function isFields(v: unknown): v is Fields {
  return typeof v === 'object' && v !== null && !isValue(v);
}

const MISSING =
  /unknown operator|unknown group operator|Unsupported modifier|Unrecognized (pipeline stage|expression)|^Unknown error|not (yet )?implemented|cannot be cast|connection \S+ to \S+ closed/;

/** Codes of MongoDB that the other server gives by numbers of its own, or by none. */
const OTHER_CODES: Readonly<Record<number, readonly number[]>> = {
  2: [0, 10141, 10142, 10143, 15959, 16837],
  9: [0],
  14: [0, 10141, 10142, 10143, 16554, 16555, 16556, 16609],
  28: [0, 2, 10141, 10143],
  241: [16007],
};

const NOTHING_CHANGED = /"(matchedCount|modifiedCount)":\{"\$numberInt":"0"\}|^null$/;

const NULL_FIELD = 'update: null is taken for a missing field';
const TAKING_AWAY = 'update: taking away where nothing can be changes nothing';

/** True when an operator that takes away meets null in one of the documents. */
function takesFromNull(o: Operation, docs: readonly Document[]): boolean {
  const u = isFields(o.args[1]) ? o.args[1] : {};
  const paths = ['$pull', '$pullAll', '$pop'].flatMap((op) => (isFields(u[op]) ? Object.keys(u[op]) : []));
  return paths.some((path) => docs.some((d) => valueAt(d, path.split('.')) === null));
}

function valueAt(v: unknown, parts: readonly string[]): unknown {
  return parts.reduce<unknown>(
    (x, part) => (typeof x === 'object' && x !== null ? (x as Fields)[part] : undefined),
    v,
  );
}

/**
 * Why a difference in what a command answers is the other server's fault; undefined when it is not known to be. `docs` are the
 * documents that a failed change was about.
 */
export function excuse(
  o: Operation,
  mine: Outcome,
  theirs: Outcome,
  docs: readonly Document[] = [],
): string | undefined {
  if (theirs.code !== undefined && MISSING.test(theirs.text)) return 'command: not there, or broken off';
  if (mine.code === undefined && theirs.code === undefined) return ofResults(o, mine.text, theirs.text);
  if (mine.code === undefined) return onlyTheyFail(o, theirs);
  if (mine.code === 171) return 'index: an index that only we have refuses two lists side by side';
  if (/(non-numeric type|non-array type|of type) '?null\b/.test(mine.text)) return NULL_FIELD;
  return theirs.code === undefined ? onlyWeFail(o, mine, theirs, docs) : ofCodes(o, mine, theirs);
}

function onlyTheyFail(o: Operation, theirs: Outcome): string | undefined {
  if (theirs.code === 16007) return 'aggregate: $toUpper and $toLower take no dates';
  return /\$expr/.test(JSON.stringify(o.args)) && theirs.code === 16554
    ? 'filter: an expression is worked out where another condition has failed'
    : undefined;
}

function ofCodes(o: Operation, mine: Outcome, theirs: Outcome): string | undefined {
  const [a, b] = [mine.code as number, theirs.code as number];
  // Each server meets the documents in its own order: the first that cannot be changed may be another one.
  if (o.name === 'updateMany' && [2, 14, 28].includes(a))
    return 'codes: another document of many is the first that fails';
  if (a === 28 && b === 14 && /in element \{\w+: \[/.test(mine.text))
    return 'codes: a field of a list is its elements';
  if (a === 28 && b === 11000 && /\$(pop|pull|pullAll)"/.test(JSON.stringify(o.args))) return TAKING_AWAY;
  if (OTHER_CODES[a]?.includes(b)) return `codes: ${a} is ${b}`;
  return o.writes && changes(o) > 1 ? 'codes: of two faults in one update another is told' : undefined;
}

function onlyWeFail(
  o: Operation,
  mine: Outcome,
  theirs: Outcome,
  docs: readonly Document[],
): string | undefined {
  if (/Can't have reg/i.test(mine.text))
    return 'filter: takes a regular expression for a value to compare with';
  if (/to a non-array value/.test(mine.text) && takesFromNull(o, docs)) return NULL_FIELD;
  if (mine.code === 28 && /: null\}$/.test(mine.text)) return 'update: null may be replaced by a document';
  if (mine.code === 28 && /\$(pop|pull|pullAll)"/.test(JSON.stringify(o.args))) return TAKING_AWAY;
  return [2, 9, 14, 40].includes(mine.code as number) && NOTHING_CHANGED.test(theirs.text)
    ? 'update: not read before something matches'
    : undefined;
}

/** How many fields an update changes. */
function changes(o: Operation): number {
  const u = o.args[1];
  return isFields(u) ? Object.values(u).flatMap((x) => (isFields(x) ? Object.keys(x) : [])).length : 2;
}

/** Numbers by their worth alone, so that 2, 2.0 and 2.00 are the same. */
function worth(text: string): string {
  return text.replace(/\{"\$number(?:Int|Long|Double|Decimal)":"([^"]*)"\}/g, (_m, n: string) =>
    String(Number(n)),
  );
}

/** Equal once decimals are cut to what a double holds. */
function sameToDoubles(mine: string, theirs: string): boolean {
  const cut = (text: string): string =>
    text.replace(/\{"\$number(?:Int|Long|Double|Decimal)":"([^"]*)"\}/g, (_m, n: string) =>
      Number(n).toPrecision(14),
    );
  return cut(mine) === cut(theirs);
}

/** Days of the week as java.time counts them. */
function mondayFirst(text: string): string {
  return text.replace(/"(r|f)":\{"\$numberInt":"([1-7])"\}/g, (_m, name: string, day: string) => {
    return `"${name}":{"$numberInt":"${day === '1' ? 7 : Number(day) - 1}"}`;
  });
}

/** The values of a list, each worth once, in some order. */
function distinctWorth(text: string, deep = false): string {
  const once = (v: unknown): unknown => {
    if (Array.isArray(v)) return [...new Set(v.map((x) => JSON.stringify(deep ? once(x) : x)))].sort();
    if (typeof v !== 'object' || v === null) return v;
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, once(x)]));
  };
  return JSON.stringify(once(JSON.parse(worth(text).replace(/\b(NaN|-?Infinity)\b/g, '"$1"'))));
}

/** The same for texts that differ in the order of their parts alone. */
const letters = (text: string): string => [...text].sort().join('');

/** Without the empty lists inside lists. */
const unnested = (text: string): string => text.replace(/,\[\]|(?<=\[)\[\],?/g, '');

/** A document without the fields that an upsert takes from `$all` with one value. */
function withoutSingles(o: Operation, text: string): string | undefined {
  const [filter, , options] = o.args as [Fields, unknown, Fields | undefined];
  if (!options?.upsert) return text;
  const roots = Object.entries(filter)
    .filter(([, v]) => isFields(v) && Array.isArray(v.$all) && v.$all.length === 1)
    .map(([path]) => path.split('.')[0] as string);
  const d = JSON.parse(text) as Fields | null;
  if (roots.length === 0 || d === null) return text;
  return JSON.stringify(Object.fromEntries(Object.entries(d).filter(([k]) => !roots.includes(k))));
}

/** Whatever the second list lacks of the first has a list within it, and it has nothing else. */
function lacksListsAlone(mine: string, theirs: string): boolean {
  const [a, b] = [mine, theirs].map((text) => (JSON.parse(text) as unknown[]).map((v) => JSON.stringify(v)));
  if (!a || !b?.every((v) => a.includes(v))) return false;
  return a.filter((v) => !b.includes(v)).every((v) => /[[]/.test(v));
}

/** A document without one field that holds a list. */
function withoutField(name: string, text: string): string {
  const d = JSON.parse(text) as Fields | null;
  return JSON.stringify(d && Array.isArray(d[name]) ? { ...d, [name]: [] } : d);
}

/** Results without the field `e` where it is an empty document in ours. */
function withoutEmptyE(text: string, mine: string): string {
  const ours = JSON.parse(mine) as Fields[];
  const emptied = (JSON.parse(text) as Fields[]).map((d, i) =>
    JSON.stringify(ours[i]?.e) === '{}' ? { ...d, e: undefined } : d,
  );
  return JSON.stringify(emptied);
}

const withoutD = (text: string): string => text.replace(/"d":\[[^\]]*\]/, '');
const withoutList = (text: string): string => text.replace(/"l":\[[^\]]*\]/, '');

/** Results of `$literal: '$n'`, with the text and what it would be worth made one. */
function literal(text: string): string {
  return JSON.stringify(
    (JSON.parse(text) as Fields[]).map((d) => ({
      ...d,
      r: undefined,
      ...(isFields(d.e) && { e: undefined }),
    })),
  );
}

function ofResults(o: Operation, mine: string, theirs: string): string | undefined {
  const args = JSON.stringify(o.args);
  const withoutCount = (x: string): string => x.replace(/"modifiedCount":\{[^}]*\}/g, '');
  if (o.writes && (withoutCount(mine) === withoutCount(theirs) || worth(mine) === worth(theirs)))
    return 'update: a value of equal worth and another type is no change';
  if (o.writes && withoutSingles(o, mine) === withoutSingles(o, theirs))
    return 'update: an upsert leaves out what $all binds to one value';
  if (o.writes && /"d\.\$\.x"/.test(args) && /"\$or"/.test(args) && withoutD(mine) === withoutD(theirs))
    return 'update: $ stands for the first place where a filter has $or';
  if (
    o.writes &&
    /"l\.\$"/.test(args) &&
    /"d\.\w+(\.\w+)?":/.test(args) &&
    withoutList(mine) === withoutList(theirs)
  )
    return 'update: $ stands for the place found in another list of the filter';
  if (/\$literal"/.test(args) && literal(mine) === literal(theirs))
    return 'aggregate: $literal is worked out';
  if (/\$addToSet"/.test(args) && distinctWorth(`[${mine}]`, true) === distinctWorth(`[${theirs}]`, true))
    return 'update: $addToSet adds numbers of equal worth';
  if (/\$mod"/.test(args) && worth(mine) === worth(theirs))
    return 'aggregate: $mod of whole numbers makes a double';
  if (/\$dayOfWeek"/.test(args) && mondayFirst(mine) === theirs)
    return 'aggregate: $dayOfWeek counts from Monday';
  if (o.name === 'distinct' && distinctWorth(mine) === distinctWorth(theirs))
    return 'distinct: numbers of equal worth are one value';
  if (o.name === 'distinct' && lacksListsAlone(mine, theirs))
    return 'distinct: a list within a document is compared by its elements';
  const [, unset] = /"\$unset":\{"(\w)\.\w"/.exec(args) ?? [];
  if (o.writes && unset && withoutField(unset, mine) === withoutField(unset, theirs))
    return 'update: $unset reaches into every element of a list';
  if (o.writes && /"\$pullAll"/.test(args) && mine.replace(/(?<=\[)\{\},?|,\{\}/g, '') === theirs)
    return 'update: $pullAll takes empty documents away too';
  if (o.name === 'find' && /"projection":\{"(d\.x|a\.x)"/.test(args) && unnested(mine) === unnested(theirs))
    return 'find: a projection drops a list within a list';
  if (o.name === 'aggregate') {
    const bare = (text: string): string => text.replace(/"d":\{\},?/g, '');
    if (/\$project":\{[^}]*"d\.x"|"d\.x":\{"\$numberInt":"1"\}/.test(args) && bare(mine) === bare(theirs))
      return 'aggregate: $project drops an empty document';
    if (worth(mine) === worth(theirs) && /\$(trunc|floor|ceil)"/.test(args))
      return 'aggregate: $trunc, $floor and $ceil make a fraction an integer';
    if (/\$sqrt"/.test(args) && sameToDoubles(mine, theirs))
      return 'aggregate: $sqrt of a decimal is a double';
    if (/"e\.f":"\$/.test(args) && withoutEmptyE(mine, mine) === withoutEmptyE(theirs, mine))
      return 'aggregate: a computed field below a field that is not there, of a value that is not there, leaves no document';
    if (/\$addFields"/.test(args) && /"e\.f":/.test(theirs))
      return 'aggregate: $addFields takes a dotted path for a name';
    if (/\$project"/.test(args) && /"d":\{"x":\[/.test(theirs))
      return 'aggregate: $project of a field inside a list';
    if (/\$to(Upper|Lower)"/.test(args))
      return 'aggregate: $toUpper and $toLower take no dates and leave null';
    if (/\$(group|sortByCount|bucket)"/.test(args))
      return 'aggregate: different groups become one, or a list is compared by its elements';
    if (/\$set(Union|Intersection)"/.test(args) && letters(worth(mine)) === letters(worth(theirs)))
      return 'aggregate: which of equal numbers a set keeps is not laid down';
    if (/"localField":"(l|d\.x)"/.test(args)) return 'aggregate: $lookup by the elements of a list';
  }
  if (o.name === 'find' && /"projection":\{("k":"\$n"|"l":\{"\$slice"|"d":\{"\$elemMatch")/.test(args))
    return 'find: computed fields, $slice and $elemMatch of a projection';
  return undefined;
}
