import { hostname, totalmem } from 'node:os';
import { DateTime, Doc, Double } from '../bson/values';
import { newSessionId } from './object-id';
import { Store } from '../storage/store';
import { MAX_DOCUMENT_BYTES } from '../storage/records';
import { MAX_MESSAGE_BYTES } from '../wire/frame';
import { MongoFault, fault, refused } from '../errors';
import { docFrom } from '../bson/encode';
import type { Plain } from '../bson/encode';
import { isNumber, toNumber } from '../bson/numbers';
import type { Value } from '../bson/values';
import type { Collection } from '../storage/catalog';
import { ok } from './answer';
import { existing } from './call';
import type { Call } from './call';

/** The MongoDB version whose behaviour is followed, and the number of its wire protocol. */
const VERSION = '7.0.0';
const WIRE_VERSION = 21;

/** `hello` and its old names. */
export function hello(call: Call): Doc {
  const old = call.body.names[0] !== 'hello';
  return ok({
    helloOk: true,
    [old ? 'ismaster' : 'isWritablePrimary']: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: new DateTime(Date.now()),
    logicalSessionTimeoutMinutes: 30,
    connectionId: call.connection,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
  });
}

/** `buildInfo`. */
export function buildInfo(): Doc {
  return ok({
    version: VERSION,
    gitVersion: 'embedded',
    modules: ['doorstep-embedded'],
    versionArray: [7, 0, 0, 0],
    bits: 64,
    debug: false,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    storageEngines: ['lmdb'],
  });
}

/** `serverStatus`. */
export function serverStatus(call: Call): Doc {
  const { parts } = call;
  const seconds = (Date.now() - parts.startedAt) / 1000;
  const memory = process.memoryUsage();
  return ok({
    host: hostname(),
    version: VERSION,
    process: 'doorstep-embedded',
    pid: BigInt(process.pid),
    uptime: new Double(seconds),
    uptimeMillis: BigInt(Math.round(seconds * 1000)),
    localTime: new DateTime(Date.now()),
    connections: { current: parts.connections(), available: 10_000, totalCreated: call.connection },
    opcounters: Object.fromEntries(
      ['insert', 'query', 'update', 'delete', 'getmore', 'command'].map((n) => [
        n,
        parts.counters.get(n) ?? 0,
      ]),
    ),
    metrics: { cursor: { open: { total: parts.cursors.size } } },
    mem: { bits: 64, resident: Math.round(memory.rss / 2 ** 20), virtual: 0, supported: true },
    storageEngine: { name: 'lmdb', persistent: true },
  });
}

/** What sizes are divided by, as a command or stage asks. */
function scaleOf(v: Value | undefined): number {
  if (v === undefined || v === null) return 1;
  const n = isNumber(v) ? Math.trunc(toNumber(v)) : 0;
  if (n < 1) throw fault('BadValue', 'scale has to be a number >= 1');
  return n;
}

/** `dbStats`. */
export function dbStats(call: Call): Doc {
  const scale = scaleOf(call.body.get('scale'));
  const all = call.parts.catalog.all(call.db);
  const sum = (f: (c: (typeof all)[number]) => number): number => all.reduce((n, c) => n + f(c), 0);
  const objects = sum((c) => c.count);
  const dataSize = sum((c) => c.bytes);
  return ok({
    db: call.db,
    collections: all.length,
    views: 0,
    objects,
    avgObjSize: new Double(objects > 0 ? dataSize / objects : 0),
    dataSize: new Double(dataSize / scale),
    storageSize: new Double(dataSize / scale),
    indexes: sum((c) => c.indexes.length),
    indexSize: new Double(0),
    totalSize: new Double(dataSize / scale),
    scaleFactor: scale,
  });
}

/** `collStats`. */
export function collStats(call: Call): Doc {
  const c = existing(call);
  return ok({ ns: `${call.db}.${String(call.target)}`, ...storageStats(c, scaleOf(call.body.get('scale'))) });
}

function storageStats(c: Collection | undefined, scale: number): Record<string, Plain> {
  const n = c?.count ?? 0;
  const size = Math.floor((c?.bytes ?? 0) / scale);
  return {
    count: n,
    size,
    ...(c && n > 0 && { avgObjSize: Math.round(c.bytes / n) }),
    storageSize: size,
    totalSize: size,
    nindexes: c?.indexes.length ?? 0,
    totalIndexSize: 0,
    indexSizes: Object.fromEntries((c?.indexes ?? []).map((x) => [x.spec.name, 0])),
    scaleFactor: scale,
    capped: false,
  };
}

/** The one document of the stage `$collStats`, which shells and Compass begin a pipeline with. */
export function collStatsDocument(call: Call, stage: Value): Doc {
  if (!(stage instanceof Doc)) throw new MongoFault(5447000, '$collStats must take a nested object');
  const odd = stage.names.find((name) => name !== 'storageStats' && name !== 'count');
  if (odd !== undefined) throw refused(`'${odd}' of $collStats`);
  const c = existing(call);
  const ns = `${call.db}.${String(call.target)}`;
  if (!c) throw fault('NamespaceNotFound', `Collection [${ns}] not found.`);
  const storage = stage.get('storageStats');
  return docFrom({
    ns,
    host: hostname(),
    localTime: new DateTime(Date.now()),
    ...(storage instanceof Doc && { storageStats: storageStats(c, scaleOf(storage.get('scale'))) }),
    ...(stage.has('count') && { count: c.count }),
  });
}

/** `hostInfo`, which shells ask for. */
export function hostInfo(): Doc {
  return ok({
    system: { hostname: hostname(), memSizeMB: Math.round(totalmem() / 2 ** 20) },
    os: { type: process.platform },
    extra: {},
  });
}

/** Waits until everything written so far is on the disk. */
export async function fsync(call: Call): Promise<Doc> {
  await call.parts.store.write(() =>
    Store.range(call.parts.store.meta, Buffer.from('next'), Buffer.from('nexu'), 1),
  );
  return ok({ numFiles: 1 });
}

/** `startSession`: a number of its own for the client to name. Nothing is kept for a session. */
export function startSession(): Doc {
  return ok({ id: Doc.of({ id: newSessionId() }), timeoutMinutes: 30 });
}

/** `getParameter`: the few that tools ask for. */
export function getParameter(call: Call): Doc {
  const known: Readonly<Record<string, Plain>> = {
    featureCompatibilityVersion: { version: '7.0' },
    authenticationMechanisms: [],
    quiet: false,
  };
  const all = call.target === '*';
  const shown = Object.entries(known).filter(([name]) => all || call.body.has(name));
  if (shown.length === 0) throw fault('InvalidOptions', 'no option found to get');
  return ok(Object.fromEntries(shown));
}

/** `getLog`: this server keeps none. */
export function getLog(call: Call): Doc {
  if (call.target === '*') return ok({ names: ['global', 'startupWarnings'] });
  if (call.target !== 'global' && call.target !== 'startupWarnings')
    throw fault('OperationFailed', `no RamLog named: ${String(call.target)}`);
  return ok({ totalLinesWritten: 0, log: [] });
}
