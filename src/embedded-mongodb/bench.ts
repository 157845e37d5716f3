import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Collection } from 'mongodb';
import { startEmbeddedMongo } from './index';

/** One measure: operations a second, and times in milliseconds. */
export interface StoreMeasure {
  name: string;
  perSecond: number;
  p50: number;
  p99: number;
  /** Processor time of client and server together, in milliseconds per operation; only for the embedded server. */
  cpuMs?: number | undefined;
}

interface Order {
  _id: number;
  orderNumber: string;
  status: string;
  version: number;
  placedAt: Date;
  customer: Record<string, string>;
  items: Record<string, unknown>[];
}

function order(i: number): Order {
  return {
    _id: i,
    orderNumber: `DS-${i}`,
    placedAt: new Date(1_700_000_000_000 + i * 1000),
    customer: {
      name: 'Asha Rao',
      phone: `+9198${String(i % 5000).padStart(8, '0')}`,
      email: `a${i}@example.com`,
    },
    items: [{ sku: 'TS-BLK-M', name: 'Black T-shirt, M', quantity: 2, unitPrice: '749.50' }],
    status: 'in_transit',
    version: 0,
  };
}

async function measure(
  name: string,
  total: number,
  inFlight: number,
  call: (i: number) => Promise<unknown>,
): Promise<StoreMeasure> {
  const times: number[] = [];
  const cpu = process.cpuUsage();
  const started = performance.now();
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < total) {
      const i = next++;
      const at = performance.now();
      await call(i);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, client));
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    Number((times[Math.min(total - 1, Math.floor(total * share))] ?? 0).toFixed(2));
  return {
    name,
    perSecond: Math.round(total / seconds),
    p50: at(0.5),
    p99: at(0.99),
    cpuMs: Number(((used.user + used.system) / 1000 / total).toFixed(3)),
  };
}

async function run(
  uri: string,
  orders: number,
  operations: number,
  inFlight: number,
): Promise<StoreMeasure[]> {
  const client = await MongoClient.connect(uri, { maxPoolSize: inFlight });
  const c: Collection<Order> = client.db(`bench_${process.pid}`).collection<Order>('orders');
  try {
    await c.createIndex({ orderNumber: 1 }, { unique: true });
    await c.createIndex({ 'customer.phone': 1, placedAt: -1 });
    for (let i = 0; i < orders; i += 1000)
      await c.insertMany(Array.from({ length: Math.min(1000, orders - i) }, (_, n) => order(i + n)));
    const any = (): number => Math.floor(Math.random() * orders);
    const out = [await measure('warm-up', operations / 4, inFlight, () => c.findOne({ _id: any() }))];
    out.push(await measure('read by _id', operations, inFlight, () => c.findOne({ _id: any() })));
    out.push(
      await measure('read by index', operations, inFlight, () => c.findOne({ orderNumber: `DS-${any()}` })),
    );
    out.push(
      await measure('durable update', operations, inFlight, () =>
        c.updateOne({ _id: any() }, { $set: { status: 'delivered' }, $inc: { version: 1 } }),
      ),
    );
    out.push(await measure('durable insert', operations, inFlight, (i) => c.insertOne(order(orders + i))));
    return out.slice(1);
  } finally {
    await c.drop().catch(() => undefined);
    await client.close();
  }
}

function privateMegabytes(): number | undefined {
  if (!existsSync('/proc/self/status')) return undefined;
  const kb = /RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return kb === undefined ? undefined : Math.round(Number(kb) / 1024);
}

function option(args: readonly string[], name: string, otherwise: number): number {
  const at = args.indexOf(`--${name}`);
  return at >= 0 ? Number(args[at + 1]) : otherwise;
}

/**
 * Measures the embedded server through the driver: `--orders`, `--operations`, `--in-flight`; with `TEST_MONGODB_URI` in
 * `compareWith` the named server as well. Prints a table and one JSON line per measure. `print` takes each line.
 */
export async function benchStore(
  args: readonly string[],
  print: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
  compareWith?: string | undefined,
): Promise<StoreMeasure[]> {
  const orders = option(args, 'orders', 100_000);
  const operations = option(args, 'operations', 20_000);
  const inFlight = option(args, 'in-flight', 50);
  const uriAt = args.indexOf('--compare-with');
  const other = compareWith ?? (uriAt >= 0 ? args[uriAt + 1] : undefined);
  const dataDir = mkdtempSync(join(tmpdir(), 'ds-bench-'));
  const server = await startEmbeddedMongo({ dataDir });
  const show = (where: string, list: readonly StoreMeasure[]): void => {
    for (const m of list)
      print(
        `${where.padEnd(10)} ${m.name.padEnd(16)} ${String(m.perSecond).padStart(7)}/s   p50 ${m.p50} ms   p99 ${m.p99} ms`,
      );
    for (const m of list)
      print(
        JSON.stringify({
          bench: 'store',
          where,
          orders,
          inFlight,
          ...m,
          privateMegabytes: privateMegabytes(),
        }),
      );
  };
  try {
    const mine = await run(server.uri, orders, operations, inFlight);
    show('embedded', mine);
    if (other)
      show(
        'other',
        (await run(other, orders, operations, inFlight)).map((m): StoreMeasure => ({
          ...m,
          cpuMs: undefined,
        })),
      );
    return mine;
  } finally {
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
