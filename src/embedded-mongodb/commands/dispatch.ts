import { Doc, truthy } from '../bson/values';
import { asInteger } from '../bson/numbers';
import { MongoFault, fault, refused } from '../errors';
import type { Request } from '../wire/frame';
import * as admin from './admin';
import { aggregate } from './aggregate';
import { ok } from './answer';
import type { Call, Command, Parts } from './call';
import * as collections from './collections';
import { explain } from './explain';
import { findAndModify } from './find-and-modify';
import { count, distinct, find, getMore, killCursors } from './find';
import { createIndexes, dropIndexes, listIndexes } from './indexes';
import { insert, remove, update } from './write';

const nothing: Command = () => ok();

const COMMANDS: Readonly<Record<string, Command>> = {
  hello: admin.hello,
  ismaster: admin.hello,
  ping: nothing,
  buildinfo: admin.buildInfo,
  endsessions: nothing,
  startsession: (call) => ok({ id: Doc.of({ id: call.body.get('lsid') ?? null }), timeoutMinutes: 30 }),
  refreshsessions: nothing,
  killsessions: nothing,
  logout: nothing,
  whatsmyuri: () => ok({ you: 'embedded' }),
  connectionstatus: () => ok({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
  getparameter: (call) =>
    ok(
      truthy(call.body.get('featureCompatibilityVersion'))
        ? { featureCompatibilityVersion: { version: '7.0' } }
        : {},
    ),
  getcmdlineopts: () => ok({ argv: [], parsed: {} }),
  getlog: () => ok({ totalLinesWritten: 0, log: [] }),
  getfreemonitoringstatus: () => ok({ state: 'disabled' }),
  atlasversion: () => {
    throw fault('CommandNotFound', "no such command: 'atlasVersion'");
  },
  hostinfo: admin.hostInfo,
  serverstatus: admin.serverStatus,
  dbstats: admin.dbStats,
  collstats: admin.collStats,
  fsync: admin.fsync,
  insert,
  find,
  getmore: getMore,
  killcursors: killCursors,
  update,
  delete: remove,
  findandmodify: findAndModify,
  count,
  distinct,
  aggregate,
  explain,
  createindexes: createIndexes,
  listindexes: listIndexes,
  dropindexes: dropIndexes,
  deleteindexes: dropIndexes,
  create: collections.create,
  drop: collections.drop,
  dropdatabase: collections.dropDatabase,
  renamecollection: collections.renameCollection,
  listcollections: collections.listCollections,
  listdatabases: collections.listDatabases,
  collmod: collections.collMod,
};

const REFUSED: Readonly<Record<string, string>> = {
  mapreduce: 'mapReduce',
  bulkwrite: 'the bulkWrite command over several collections',
  committransaction: 'a transaction',
  aborttransaction: 'a transaction',
  createuser: 'user management',
  saslstart: 'signing in',
  authenticate: 'signing in',
  replsetgetstatus: 'replication',
  replsetinitiate: 'replication',
  validate: 'validate',
  compact: 'compact',
};

const COUNTED: Readonly<Record<string, string>> = {
  insert: 'insert',
  find: 'query',
  update: 'update',
  delete: 'delete',
  getmore: 'getmore',
};

/** Finds and runs the command of a request. */
export function dispatch(parts: Parts, request: Request, connection: number): Promise<Doc> | Doc {
  const { body } = request;
  if (body.size === 0) throw fault('CommandNotFound', "no such command: ''");
  const name = body.names[0] as string;
  const key = name.toLowerCase();
  const command = COMMANDS[key];
  const db = body.get('$db');
  if (typeof db !== 'string') throw new MongoFault(40571, 'OP_MSG requests require a $db argument');
  if (db === '' || db.length > 63 || /[\0/\\. "$]/.test(db))
    throw fault('InvalidNamespace', `Invalid database name: '${db}'`);
  if (!command) {
    const what = REFUSED[key];
    throw what ? refused(what) : fault('CommandNotFound', `no such command: '${name}'`);
  }
  checkGeneral(body);
  const counter = COUNTED[key] ?? 'command';
  parts.counters.set(counter, (parts.counters.get(counter) ?? 0) + 1);
  return command({
    parts,
    db,
    body,
    target: body.at(0),
    sequences: request.sequences,
    connection,
  } satisfies Call);
}

/** What any command may carry: sessions are accepted, transactions are not, write concerns only as far as one server can keep them. */
function checkGeneral(body: Doc): void {
  if (body.has('startTransaction') || body.get('autocommit') === false) {
    throw fault('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  }
  const concern = body.get('writeConcern');
  if (!(concern instanceof Doc)) return;
  const w = concern.get('w');
  if ((asInteger(w) ?? 1) > 1) throw fault('BadValue', "cannot use 'w' > 1 when a host is not replicated");
  if (typeof w === 'string' && w !== 'majority')
    throw fault('BadValue', "cannot use non-majority 'w' mode when a host is not a member of a replica set");
}
