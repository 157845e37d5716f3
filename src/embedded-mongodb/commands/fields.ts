import { asInteger, isNumber, toNumber } from '../bson/numbers';
import { truthy } from '../bson/truth';
import { Arr, Doc, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault, fault, refused } from '../errors';
import { typeName } from '../query/leaf';

/**
 * What a field may hold: an object, a string, a bool (or number), a whole number, an array, anything; `ignored` is
 * honoured by doing nothing, as it promises nothing that differs here; `refused` only when it asks for something.
 */
type Kind = 'object' | 'string' | 'bool' | 'number' | 'array' | 'any' | 'ignored' | 'collation' | 'refused';
type Fields = Readonly<Record<string, Kind>>;

function fields(text: string): Fields {
  return Object.fromEntries(
    text.split(' ').map((x) => {
      const [name, kind] = x.split(':') as [string, Kind | undefined];
      return [name, kind ?? 'any'];
    }),
  );
}

/** What every command may carry besides its own fields. */
const GENERAL = fields(
  '$db:string lsid:object $clusterTime:object $readPreference:object readConcern:object writeConcern:object maxTimeMS:number ' +
    'comment txnNumber startTransaction autocommit apiVersion:string apiStrict:bool apiDeprecationErrors:bool ' +
    '$audit:ignored $client:ignored $configServerState:ignored mayBypassWriteBlocking:ignored maxTimeMSOpOnly:ignored',
);

const WRITE = 'ordered:bool bypassDocumentValidation:bool let:object';

/** The fields of each command, by its name in small letters. Commands that are not here take what they are given. */
const COMMANDS: Readonly<Record<string, Fields>> = {
  find: fields(
    'find filter:object projection:object sort:object hint skip:number limit:number batchSize:number singleBatch:bool ' +
      'let:object collation:collation allowDiskUse:ignored noCursorTimeout:ignored allowPartialResults:ignored oplogReplay:ignored ' +
      'readOnce:ignored min:refused max:refused returnKey:refused showRecordId:refused tailable:refused awaitData:refused',
  ),
  getmore: fields('getMore collection:string batchSize:number term:ignored'),
  killcursors: fields('killCursors cursors:array'),
  insert: fields(`insert documents:array ${WRITE}`),
  update: fields(`update updates:array ${WRITE}`),
  delete: fields(`delete deletes:array ${WRITE}`),
  findandmodify: fields(
    'findAndModify findandmodify query:object sort:object remove:bool update new:bool fields:object upsert:bool hint ' +
      'collation:collation arrayFilters:array bypassDocumentValidation:bool let:object',
  ),
  count: fields('count query:object limit:number skip:number hint collation:collation fields:ignored'),
  distinct: fields('distinct key:string query:object collation:collation hint'),
  aggregate: fields(
    'aggregate pipeline:array cursor:object explain:refused allowDiskUse:ignored bypassDocumentValidation:bool hint ' +
      'let:object collation:collation needsMerge:refused fromMongos:refused',
  ),
  createindexes: fields('createIndexes indexes:array commitQuorum:ignored ignoreUnknownIndexOptions:refused'),
  listindexes: fields('listIndexes cursor:object includeBuildUUIDs:ignored includeIndexBuildInfo:refused'),
  dropindexes: fields('dropIndexes deleteIndexes index'),
  create: fields(
    'create capped:refused timeseries:refused viewOn:refused pipeline:refused validator:refused validationLevel:ignored ' +
      'validationAction:ignored clusteredIndex:refused encryptedFields:refused expireAfterSeconds:refused size:refused max:refused ' +
      'changeStreamPreAndPostImages:refused collation:collation autoIndexId:ignored idIndex:ignored storageEngine:ignored ' +
      'indexOptionDefaults:ignored',
  ),
  drop: fields('drop'),
  dropdatabase: fields('dropDatabase'),
  renamecollection: fields('renameCollection to:string dropTarget:bool stayTemp:refused'),
  listcollections: fields(
    'listCollections filter:object nameOnly:bool authorizedCollections:ignored cursor:object',
  ),
  listdatabases: fields('listDatabases filter:object nameOnly:bool authorizedDatabases:ignored'),
  collmod: fields(
    'collMod index:object validator:refused validationLevel:refused validationAction:refused viewOn:refused pipeline:refused ' +
      'cappedSize:refused cappedMax:refused expireAfterSeconds:refused timeseries:refused changeStreamPreAndPostImages:refused dryRun:refused',
  ),
  explain: fields('explain verbosity:string'),
};

/** The fields of one statement of `update`, and of `delete`. */
export const UPDATE_STATEMENT = fields(
  'q:object u multi:bool upsert:bool hint collation:collation arrayFilters:array c:object upsertSupplied:refused',
);
/** What `collMod` takes of an index. */
export const COLL_MOD_INDEX = fields(
  'name:string keyPattern:object expireAfterSeconds:number hidden:bool unique:refused prepareUnique:refused',
);
export const DELETE_STATEMENT = fields('q:object limit hint collation:collation');

/** Refuses fields that a command does not have, fields of a wrong type, and what is not supported. Gives the body without its nulls. */
export function checkedBody(body: Doc): Doc {
  const name = body.names[0] as string;
  const own = COMMANDS[name.toLowerCase()];
  return own ? checked(body, name, own, GENERAL) : body;
}

/** The same for a part of a command, such as one update statement. */
export function checked(
  d: Doc,
  where: string,
  own: Fields,
  general: Fields = {},
  required: readonly string[] = [],
): Doc {
  let clean = d;
  const seen = new Set<string>();
  for (let i = 0; i < d.size; i++) {
    const field = d.names[i] as string;
    const kind = own[field] ?? general[field];
    if (kind === undefined)
      throw new MongoFault(40415, `BSON field '${where}.${field}' is an unknown field.`);
    if (seen.has(field)) throw new MongoFault(40413, `BSON field '${where}.${field}' is a duplicate field`);
    seen.add(field);
    if (kind === 'any' || kind === 'ignored') continue;
    const v = d.at(i);
    if (isNothing(v)) {
      if (clean === d) clean = d.clone();
      clean.delete(field);
    } else checkKind(v, kind, where, field);
  }
  for (const field of required) if (!clean.has(field)) throw missing(`${where}.${field}`);
  return clean;
}

/** The fault of a field that must be there. */
export function missing(path: string): MongoFault {
  return new MongoFault(40414, `BSON field '${path}' is missing but a required field`);
}

/** Optional fields may be null: the same as missing. */
function isNothing(v: Value): boolean {
  return v === null || (v instanceof Raw && v.type === T.undefined);
}

function checkKind(v: Value, kind: Kind, where: string, field: string): void {
  const path = `${where}.${field}`;
  const wrong = (want: string): MongoFault =>
    fault('TypeMismatch', `BSON field '${path}' is the wrong type '${typeName(v)}', expected type ${want}`);
  if ((kind === 'object' || kind === 'collation') && !(v instanceof Doc)) throw wrong("'object'");
  if (kind === 'collation') refuseCollation(v as Doc);
  if (kind === 'array' && !(v instanceof Arr)) throw wrong("'array'");
  if (kind === 'string' && typeof v !== 'string') throw wrong("'string'");
  if (kind === 'bool' && typeof v !== 'boolean' && !isNumber(v))
    throw wrong("'[bool, long, int, decimal, double]'");
  if (kind === 'number' && !isNumber(v)) throw wrong("'[long, int, decimal, double]'");
  if (kind === 'refused' && (truthy(v) || isNumber(v))) throw refused(`the option '${path}'`);
}

/** Strings compare by their bytes here: the locale `simple`. */
function refuseCollation(v: Doc): void {
  if (v.size > 0 && v.get('locale') !== 'simple') throw refused('collation');
}

/** The most milliseconds that a command may take, or undefined. */
export function timeLimit(body: Doc): number | undefined {
  const v = body.get('maxTimeMS');
  if (v === undefined) return undefined;
  const n = asInteger(v);
  if (n === undefined) throw fault('BadValue', 'maxTimeMS has non-integral value');
  if (n < 0 || n > 0x7fffffff)
    throw fault('BadValue', `${n} value for maxTimeMS is out of range [0, 2147483647]`);
  return n > 0 ? n : undefined;
}

/** What any command may carry: sessions are accepted, transactions are not, concerns only as far as one server can keep them. */
export function checkGeneral(body: Doc): void {
  if (body.has('txnNumber') || body.has('startTransaction') || body.has('autocommit'))
    throw fault('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  timeLimit(body);
  const version = body.get('apiVersion');
  if (version !== undefined && version !== '1')
    throw new MongoFault(322, `API version must be "1": ${String(version)}`);
  if (truthy(body.get('apiStrict'))) throw refused('apiStrict');
  const read = body.get('readConcern');
  if (read instanceof Doc) checkReadConcern(read);
  const write = body.get('writeConcern');
  if (write instanceof Doc) checkWriteConcern(write);
}

function checkReadConcern(concern: Doc): void {
  checked(concern, 'readConcern', fields('level afterClusterTime atClusterTime provenance:ignored'));
  const level = concern.get('level') ?? 'local';
  const alone = concern.has('afterClusterTime') || concern.has('atClusterTime');
  if (alone || level === 'linearizable' || level === 'snapshot')
    throw new MongoFault(123, 'node needs to be a replica set member to use this read concern');
  if (level !== 'local' && level !== 'available' && level !== 'majority')
    throw fault(
      'BadValue',
      `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`,
    );
}

function checkWriteConcern(concern: Doc): void {
  checked(
    concern,
    'writeConcern',
    fields('w j:bool wtimeout:number fsync:bool wtimeoutMS:ignored provenance:ignored'),
  );
  const w = concern.get('w');
  if (w === undefined || w === 'majority') return;
  if (typeof w === 'string')
    throw fault('BadValue', "cannot use non-majority 'w' mode when a host is not a member of a replica set");
  if (!isNumber(w)) throw fault('FailedToParse', 'w has to be a number, string, or object');
  const n = toNumber(w);
  if (n < 0 || n > 50)
    throw fault('FailedToParse', 'w has to be a non-negative number and not greater than 50');
  if (n > 1) throw fault('BadValue', "cannot use 'w' > 1 when a host is not replicated");
}
