import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { KINDS, order } from './bench-work';
import type { Done, Kind, Order, Task } from './bench-work';

/** One measure: operations a second, and times in milliseconds. */
export interface StoreMeasure {
  where: string;
  name: Kind;
  perSecond: number;
  p50: number;
  p99: number;
  /** Processor time of the server for one operation, milliseconds; undefined where it cannot be told. */
  serverCpuMs?: number | undefined;
}

/** A server that is measured. */
interface Server {
  where: string;
  uri: string;
  pid: number | undefined;
  stop(): Promise<void>;
}

const CLIENTS = 2;
/** Clock ticks per second of /proc. */
const TICKS = 100;

function procText(pid: number | 'net', file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function cpuMs(pid: number | undefined): number | undefined {
  const fields = pid === undefined ? [] : (procText(pid, 'stat').split(') ')[1]?.split(' ') ?? []);
  return fields.length > 0 ? ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS : undefined;
}

function privateMegabytes(pid: number | undefined): number | undefined {
  const kb = pid === undefined ? undefined : /RssAnon:\s+(\d+)/.exec(procText(pid, 'status'))?.[1];
  return kb === undefined ? undefined : Math.round(Number(kb) / 1024);
}

/** The process on this machine that listens on a port, to read its processor time. */
function listener(port: number): number | undefined {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = ['tcp', 'tcp6'].flatMap((f) => procText('net', f).split('\n'));
  const inode = lines
    .map((l) => l.trim().split(/\s+/))
    .find((p) => p[1]?.endsWith(hex) && p[3] === '0A')?.[9];
  if (inode === undefined) return undefined;
  for (const pid of readdirSync('/proc').filter((n) => /^\d+$/.test(n))) {
    try {
      const fds = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
      if (fds.includes(`socket:[${inode}]`)) return Number(pid);
    } catch {
      // Another user's process, or one that is gone.
    }
  }
  return undefined;
}

function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void =>
      reject(new Error(`a process of the bench ended with ${code}`));
    child.once('exit', gone);
    child.once('message', (m) => {
      child.off('exit', gone);
      resolve(m as T);
    });
  });
}

async function embedded(dataDir: string): Promise<Server> {
  const child = fork(join(__dirname, 'bench-server.js'), [dataDir]);
  const { uri } = await answerOf<{ uri: string }>(child);
  return {
    where: 'embedded',
    uri,
    pid: child.pid,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.send('close');
      }),
  };
}

function named(uri: string): Server {
  const port = Number(/:(\d+)/.exec(uri.replace('mongodb://', ''))?.[1] ?? 27017);
  return { where: 'other', uri, pid: listener(port), stop: async () => undefined };
}

async function fill(uri: string, db: string, orders: number): Promise<void> {
  const client = await MongoClient.connect(uri);
  const c = client.db(db).collection<Order>('orders');
  await c.createIndex({ orderNumber: 1 }, { unique: true });
  await c.createIndex({ 'customer.phone': 1, placedAt: -1 });
  for (let i = 0; i < orders; i += 1000)
    await c.insertMany(Array.from({ length: Math.min(1000, orders - i) }, (_, n) => order(i + n)));
  await client.close();
}

/** Runs operations from all client processes at once. */
async function round(clients: ChildProcess[], t: Task): Promise<{ times: number[]; ms: number }> {
  const started = performance.now();
  const parts = await Promise.all(
    clients.map((child, i) => {
      const answer = answerOf<Done>(child);
      child.send({
        ...t,
        operations: Math.ceil(t.operations / clients.length),
        inFlight: Math.ceil(t.inFlight / clients.length),
        from: t.from + i * t.operations,
      } satisfies Task);
      return answer;
    }),
  );
  return { times: parts.flatMap((p) => p.times), ms: performance.now() - started };
}

interface Sizes {
  orders: number;
  operations: number;
  warmUp: number;
  inFlight: number;
}

/** One kind of operation on all servers, in turns (A B B A), so that what else the machine does falls on all alike. */
async function compare(
  servers: readonly Server[],
  clients: ChildProcess[],
  kind: Kind,
  db: string,
  s: Sizes,
): Promise<StoreMeasure[]> {
  let from = s.orders + KINDS.indexOf(kind) * 100_000_000;
  const task = (server: Server, operations: number): Task => {
    from += operations * CLIENTS;
    return { uri: server.uri, db, kind, operations, inFlight: s.inFlight, orders: s.orders, from };
  };
  for (const server of servers) await round(clients, task(server, s.warmUp));
  const sums = servers.map(() => ({ times: [] as number[], ms: 0, cpu: 0 }));
  for (const turn of [servers, [...servers].reverse()]) {
    for (const server of turn) {
      const sum = sums[servers.indexOf(server)] as (typeof sums)[number];
      const before = cpuMs(server.pid) ?? NaN;
      const { times, ms } = await round(clients, task(server, s.operations / 2));
      sum.cpu += (cpuMs(server.pid) ?? NaN) - before;
      sum.times.push(...times);
      sum.ms += ms;
    }
  }
  return sums.map(({ times, ms, cpu }, i): StoreMeasure => {
    times.sort((a, b) => a - b);
    const at = (share: number): number => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(2));
    return {
      where: (servers[i] as Server).where,
      name: kind,
      perSecond: Math.round((times.length * 1000) / ms),
      p50: at(0.5),
      p99: at(0.99),
      serverCpuMs: Number.isNaN(cpu) ? undefined : Number((cpu / times.length).toFixed(3)),
    };
  });
}

function option(args: readonly string[], name: string, otherwise: number): number {
  const at = args.indexOf(`--${name}`);
  return at >= 0 ? Number(args[at + 1]) : otherwise;
}

/**
 * Measures the embedded server through the driver, from several client processes; beside it in the same run the server that
 * `compareWith` (the setting `TEST_MONGODB_URI`) names. `--orders`, `--operations`, `--warm-up`, `--in-flight`. Prints lines for
 * people and one JSON line for each measure. Both get the same driver settings, the same number of operations to warm up, and turns.
 */
export async function benchStore(
  args: readonly string[],
  print: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
  compareWith?: string | undefined,
): Promise<StoreMeasure[]> {
  const sizes: Sizes = {
    orders: option(args, 'orders', 100_000),
    operations: option(args, 'operations', 20_000),
    warmUp: option(args, 'warm-up', 10_000),
    inFlight: option(args, 'in-flight', 50),
  };
  const db = `bench_${process.pid}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'ds-bench-'));
  const clients = Array.from({ length: CLIENTS }, () => fork(join(__dirname, 'bench-work.js')));
  let mine = await embedded(dataDir);
  const servers = compareWith ? [mine, named(compareWith)] : [mine];
  const all: StoreMeasure[] = [];
  try {
    for (const server of servers) await fill(server.uri, db, sizes.orders);
    for (const kind of sizes.operations > 0 ? KINDS : []) {
      const measures = await compare(servers, clients, kind, db, sizes);
      for (const m of measures) show(m, print);
      const [a, b] = measures;
      if (a && b) print(`${''.padEnd(10)} ${(a.perSecond / b.perSecond).toFixed(2)} times the other's rate`);
      all.push(...measures);
    }
    for (const m of all) print(JSON.stringify({ bench: 'store', ...sizes, clients: CLIENTS, ...m }));
    await mine.stop();
    const started = performance.now();
    mine = await embedded(dataDir);
    const client = await MongoClient.connect(mine.uri);
    const found = await client.db(db).collection('orders').findOne({ orderNumber: 'DS-1' });
    const open = { documents: await client.db(db).collection('orders').estimatedDocumentCount() };
    print(
      `open with ${open.documents} documents: first answer ${found ? '' : '(none) '}after ${Math.round(performance.now() - started)} ms (start of the process included), private memory ${privateMegabytes(mine.pid) ?? '?'} MB`,
    );
    await client.close();
    return all;
  } finally {
    for (const child of clients) child.disconnect();
    await mine.stop();
    if (compareWith) await dropThere(compareWith, db);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function show(m: StoreMeasure, print: (line: string) => void): void {
  const cpu = m.serverCpuMs === undefined ? '' : `   server ${m.serverCpuMs} ms CPU`;
  print(
    `${m.where.padEnd(10)} ${m.name.padEnd(16)} ${String(m.perSecond).padStart(7)}/s   p50 ${m.p50} ms   p99 ${m.p99} ms${cpu}`,
  );
}

async function dropThere(uri: string, db: string): Promise<void> {
  const client = await MongoClient.connect(uri);
  await client.db(db).dropDatabase();
  await client.close();
}
