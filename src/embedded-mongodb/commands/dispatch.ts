import type { Doc } from '../bson/values';
import { MongoFault, fault, refused } from '../errors';
import type { Request } from '../wire/frame';
import * as admin from './admin';
import { aggregate } from './aggregate';
import { ok } from './answer';
import type { Call, Command, Parts } from './call';
import * as collections from './collections';
import { explain } from './explain';
import { checkGeneral, checkedBody } from './fields';
import { findAndModify } from './find-and-modify';
import { count, distinct, find, getMore, killCursors } from './find';
import { createIndexes, dropIndexes, listIndexes } from './indexes';
import { insert, remove, update } from './write';

const nothing: Command = () => ok();

const COMMANDS: Readonly<Record<string, Command>> = {
  hello: admin.hello,
  isMaster: admin.hello,
  ismaster: admin.hello,
  ping: nothing,
  buildInfo: admin.buildInfo,
  buildinfo: admin.buildInfo,
  endSessions: nothing,
  startSession: admin.startSession,
  refreshSessions: nothing,
  killSessions: nothing,
  logout: nothing,
  whatsmyuri: () => ok({ you: 'embedded' }),
  connectionStatus: () => ok({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
  getParameter: admin.getParameter,
  getCmdLineOpts: () => ok({ argv: [], parsed: {} }),
  getLog: admin.getLog,
  getFreeMonitoringStatus: () => ok({ state: 'disabled' }),
  hostInfo: admin.hostInfo,
  serverStatus: admin.serverStatus,
  dbStats: admin.dbStats,
  dbstats: admin.dbStats,
  collStats: admin.collStats,
  collstats: admin.collStats,
  fsync: admin.fsync,
  insert,
  find,
  getMore,
  killCursors,
  update,
  delete: remove,
  findAndModify,
  findandmodify: findAndModify,
  count,
  distinct,
  aggregate,
  explain,
  createIndexes,
  listIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
  create: collections.create,
  drop: collections.drop,
  dropDatabase: collections.dropDatabase,
  renameCollection: collections.renameCollection,
  listCollections: collections.listCollections,
  listDatabases: collections.listDatabases,
  collMod: collections.collMod,
};

const REFUSED: Readonly<Record<string, string>> = {
  mapReduce: 'mapReduce',
  mapreduce: 'mapReduce',
  bulkWrite: 'the bulkWrite command over several collections',
  commitTransaction: 'a transaction',
  abortTransaction: 'a transaction',
  createUser: 'user management',
  updateUser: 'user management',
  dropUser: 'user management',
  usersInfo: 'user management',
  rolesInfo: 'user management',
  createRole: 'user management',
  saslStart: 'signing in',
  saslContinue: 'signing in',
  authenticate: 'signing in',
  replSetGetStatus: 'replication',
  replSetGetConfig: 'replication',
  replSetInitiate: 'replication',
  validate: 'validate',
  compact: 'compact',
  reIndex: 'reIndex',
  convertToCapped: 'a capped collection',
  cloneCollectionAsCapped: 'a capped collection',
  currentOp: 'currentOp',
  killOp: 'killOp',
  profile: 'the profiler',
  top: 'top',
  setParameter: 'setParameter',
  getDefaultRWConcern: 'replication',
  setFeatureCompatibilityVersion: 'setFeatureCompatibilityVersion',
  geoSearch: 'a geo index',
  shutdown: 'shutdown over the wire',
};

/** Commands that MongoDB takes on the database `admin` only. */
const ADMIN_ONLY = new Set([
  'renameCollection',
  'listDatabases',
  'getParameter',
  'getCmdLineOpts',
  'getLog',
  'fsync',
]);

const COUNTED: Readonly<Record<string, string>> = {
  insert: 'insert',
  find: 'query',
  update: 'update',
  delete: 'delete',
  getMore: 'getmore',
};

/** Finds and runs the command of a request. */
export function dispatch(parts: Parts, request: Request, connection: number): Promise<Doc> | Doc {
  const { body } = request;
  if (body.size === 0) throw fault('CommandNotFound', "no such command: ''");
  const name = body.names[0] as string;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const db = body.get('$db');
  if (typeof db !== 'string') throw new MongoFault(40571, 'OP_MSG requests require a $db argument');
  if (db === '' || db.length > 63 || /[\0/\\. "$]/.test(db))
    throw fault('InvalidNamespace', `Invalid database name: '${db}'`);
  if (!command) {
    const what = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
    throw what ? refused(what) : fault('CommandNotFound', `no such command: '${name}'`);
  }
  if (db !== 'admin' && ADMIN_ONLY.has(name))
    throw fault('Unauthorized', `${name} may only be run against the admin database.`);
  const clean = checkedBody(body);
  checkGeneral(clean);
  const counter = COUNTED[name] ?? 'command';
  parts.counters.set(counter, (parts.counters.get(counter) ?? 0) + 1);
  return command({
    parts,
    db,
    body: clean,
    target: clean.at(0),
    sequences: request.sequences,
    connection,
  } satisfies Call);
}
