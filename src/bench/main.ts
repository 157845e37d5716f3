import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readEnvironment } from '../config';
import { Load, phoneOf, type LoadResult } from './load';
import { freePort, startProductProcess, startScript, type Running } from './product-process';
import { seedOrders } from './seed';
import { seedConversations } from './seed-conversations';
import { cpuSeconds, privateMegabytes } from './usage';

const SECRET = 'bench-app-secret';
const ACCOUNT = '106540352242922';
const API_KEY = 'bench-api-key';

/** A server that runs for days is measured warm; V8 takes about this long to make machine code of what a message runs through. */
const WARM_UP_SECONDS = 30;

interface Measure extends LoadResult {
  name: string;
  cpuMsPerReply: number | null;
  privateMb: number | null;
  readyMs: number;
}

async function measure(
  name: string,
  running: Running,
  load: Load,
  customers: number,
  seconds: number,
): Promise<Measure> {
  process.stderr.write(`  ${name}: warming up\r`);
  await load.run(running.url, customers, Math.min(WARM_UP_SECONDS, seconds * 2));
  process.stderr.write('\u001b[K');
  const before = cpuSeconds(running.pid);
  const result = await load.run(running.url, customers, seconds);
  const after = cpuSeconds(running.pid);
  const cpu =
    before !== undefined && after !== undefined
      ? Math.round(((after - before) * 100_000) / result.replies) / 100
      : null;
  return {
    name,
    ...result,
    cpuMsPerReply: cpu,
    privateMb: privateMegabytes(running.pid) ?? null,
    readyMs: running.readyMs,
  };
}

function print(measures: Measure[]): void {
  console.log(
    `\n${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
  );
  const heads = ['', 'replies/s', 'p50 ms', 'p99 ms', 'CPU ms/reply', 'private MB', 'ready ms'];
  const rows = measures.map((m) =>
    [m.name, m.repliesPerSecond, m.p50Ms, m.p99Ms, m.cpuMsPerReply ?? '-', m.privateMb ?? '-', m.readyMs].map(
      String,
    ),
  );
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [heads, ...rows])
    console.log(
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    );
  console.log('');
  for (const m of measures) console.log(JSON.stringify(m));
}

/** What is stored while messages are measured. */
interface Stocks {
  orders: number[];
  /** Conversations in which nobody writes. */
  conversations: number;
  /** A folder that holds it all already; nothing is added then. */
  data?: string;
}

const showing = (what: string, count: number) => (done: number) =>
  process.stderr.write(done < count ? `\r  ${done} of ${count} ${what}` : '\r\u001b[K');

/** Starts the product with its stock in place. */
async function stocked(load: Load, graphUrl: string, stocks: Stocks, orders: number, customers: number) {
  const product = await startProductProcess({
    graphUrl,
    appSecret: SECRET,
    account: ACCOUNT,
    apiKey: API_KEY,
    ...(stocks.data ? { dataDir: stocks.data, keepData: true } : {}),
  });
  if (stocks.data === undefined)
    await seedOrders(product.url, API_KEY, orders, customers, showing('orders', orders));
  const { conversations } = stocks;
  if (conversations > 0) {
    await load.run(product.url, 1, 1);
    const show = showing('conversations', conversations);
    await seedConversations(product.dataDir, phoneOf(0), conversations, show);
  }
  return product;
}

/** The way of a message, beside a server that does the same calls with no store and no bot. */
async function messages(stocks: Stocks, customers: number, seconds: number): Promise<void> {
  const load = new Load({ appSecret: SECRET, account: ACCOUNT });
  const graphUrl = await load.listen();
  const measures: Measure[] = [];
  measures.push(await bareServer(load, graphUrl, customers, seconds));
  for (const count of stocks.data === undefined ? stocks.orders : [0]) {
    const product = await stocked(load, graphUrl, stocks, count, customers);
    const talks = stocks.conversations > 0 ? `, ${stocks.conversations.toLocaleString('en')} talks` : '';
    const name = stocks.data ?? `Doorstep, ${count.toLocaleString('en')} orders${talks}`;
    measures.push(await measure(name, product, load, customers, seconds));
    await product.stop();
  }
  // Once more: what else the machine does falls on both alike only over the whole run.
  measures.push(await bareServer(load, graphUrl, customers, seconds));
  load.close();
  print(measures);
  const bare = ((measures[0]?.repliesPerSecond ?? 0) + (measures.at(-1)?.repliesPerSecond ?? 0)) / 2;
  for (const { name, repliesPerSecond } of measures.slice(1, -1))
    console.log(`${name}: ${((100 * repliesPerSecond) / bare).toFixed(1)} % of the rate of the bare server`);
}

/** A server that does the same calls with no store and no bot. */
async function bareServer(load: Load, graphUrl: string, customers: number, seconds: number) {
  const port = await freePort();
  const script = join(__dirname, 'bare-server.js');
  const bare = await startScript(script, [String(port), graphUrl, SECRET, ACCOUNT], { port, path: '/' });
  const measured = await measure('no store, no bot', bare, load, customers, seconds);
  await bare.stop();
  return measured;
}

async function main(): Promise<void> {
  if (process.argv[2] === 'store') {
    // It has options of its own, such as --compare-with <mongodb uri>.
    const { benchStore } = await import('../embedded-mongodb/bench.js');
    await benchStore(process.argv.slice(3), undefined, readEnvironment().TEST_MONGODB_URI);
    return;
  }
  const { values } = parseArgs({
    options: {
      orders: { type: 'string', default: '1000' },
      conversations: { type: 'string', default: '0' },
      data: { type: 'string' },
      customers: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '15' },
    },
  });
  const stocks = {
    orders: values.orders.split(',').map(Number),
    conversations: Number(values.conversations),
    data: values.data,
  };
  await messages(stocks, Number(values.customers), Number(values.seconds));
}

void main();
