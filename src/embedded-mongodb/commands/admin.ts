import { hostname, totalmem } from 'node:os';
import { DateTime, Doc, Double } from '../bson/values';
import { newSessionId } from './object-id';
import { Store } from '../storage/store';
import { MAX_DOCUMENT_BYTES } from '../storage/records';
import { MAX_MESSAGE_BYTES } from '../wire/frame';
import { fault } from '../errors';
import type { Plain } from '../bson/encode';
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

/** `dbStats`. */
export function dbStats(call: Call): Doc {
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
    dataSize,
    storageSize: dataSize,
    indexes: sum((c) => c.indexes.length),
    indexSize: 0,
    totalSize: dataSize,
    scaleFactor: 1,
  });
}

/** `collStats`. */
export function collStats(call: Call): Doc {
  const c = existing(call);
  const n = c?.count ?? 0;
  return ok({
    ns: `${call.db}.${String(call.target)}`,
    count: n,
    size: c?.bytes ?? 0,
    avgObjSize: c && n > 0 ? Math.round(c.bytes / n) : 0,
    storageSize: c?.bytes ?? 0,
    nindexes: c?.indexes.length ?? 0,
    totalIndexSize: 0,
    indexSizes: Object.fromEntries((c?.indexes ?? []).map((x) => [x.spec.name, 0])),
    scaleFactor: 1,
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
