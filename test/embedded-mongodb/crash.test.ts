import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { check } from '../../src/embedded-mongodb/check';
import { builtServer } from './built';
import { Chance } from './random';
import { freshFolder } from './server';

const KILLS = Number(process.env.CRASH_KILLS ?? 3);
const WRITERS = 12;

interface Row {
  _id: string;
  n: number;
  key: string;
  pad: string;
  check: number;
}

function start(script: string, dir: string): Promise<{ child: ChildProcess; uri: string }> {
  const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (d: Buffer) => resolve({ child, uri: String(d).trim() }));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** Writes until the server is gone; notes only what was acknowledged. */
async function write(
  uri: string,
  acknowledged: Map<string, number>,
  round: number,
  onWrite: () => void,
): Promise<void> {
  const client = await MongoClient.connect(uri, {
    maxPoolSize: WRITERS,
    serverSelectionTimeoutMS: 500,
    retryWrites: false,
  });
  const c = client.db('crash').collection<Row>('rows');
  await c.createIndex({ key: 1 }, { unique: true });
  await c.createIndex({ n: 1 });
  const writer = async (w: number): Promise<void> => {
    for (let i = 0; ; i++) {
      const _id = `${w}-${i % 20}`;
      const n = round * 1_000_000 + i;
      try {
        await c.updateOne(
          { _id },
          { $set: { n, key: `${_id}:${n}`, pad: 'x'.repeat(n % 3000), check: n * 7 } },
          { upsert: true },
        );
      } catch {
        return;
      }
      acknowledged.set(_id, n);
      onWrite();
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, w) => writer(w)));
  await client.close();
}

test(`every acknowledged write survives kill -9 under load, ${KILLS} times, and the store stays whole`, async () => {
  const built = await builtServer();
  const dir = freshFolder();
  mkdirSync(built.folder, { recursive: true });
  const script = join(built.folder, 'serve.js');
  writeFileSync(
    script,
    `require(${JSON.stringify(built.index)}).startEmbeddedMongo({ dataDir: process.argv[2] }).then((s) => console.log(s.uri));`,
  );
  const r = new Chance(Number(process.env.CRASH_SEED ?? 1));
  const acknowledged = new Map<string, number>();
  for (let round = 1; round <= KILLS; round++) {
    const { child, uri } = await start(script, dir);
    const gone = new Promise((done) => child.once('exit', done));
    const enough = 20 + r.below(400);
    let writes = 0;
    await write(uri, acknowledged, round, () => {
      if (++writes === enough) child.kill('SIGKILL');
    });
    await gone;
    expect((await check(dir)).problems).toEqual([]);
  }
  const { child, uri } = await start(script, dir);
  const client = await MongoClient.connect(uri);
  const rows = await client.db('crash').collection<Row>('rows').find().toArray();
  const stored = new Map(rows.map((d) => [d._id, d]));
  for (const [id, n] of acknowledged) {
    const d = stored.get(id);
    // A write that was on its way may have landed without its answer: then a later one is there.
    expect(d?.n).toBeGreaterThanOrEqual(n);
    expect([d?.check, d?.pad.length, d?.key]).toEqual([(d?.n ?? 0) * 7, (d?.n ?? 0) % 3000, `${id}:${d?.n}`]);
  }
  await client.close();
  child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
  built.remove();
}, 3_600_000);
