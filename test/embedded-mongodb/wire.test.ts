import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'bson';
import { MongoClient } from 'mongodb';
import { builtServer, privateMegabytes, startProcess } from './built';
import { Chance } from './random';
import { freshFolder } from './server';

const CASES = Number(process.env.WIRE_CASES ?? 600);
/** What broken messages may leave behind in private memory at most, whatever their number. */
const MAX_GROWTH_MB = 24;
let t: { client: MongoClient; db: ReturnType<MongoClient['db']> };
let path: string;
let pid: number;
let stop: () => Promise<void>;
beforeAll(async () => {
  // As it is shipped and in a process of its own, so that its memory can be told.
  const built = await builtServer();
  const dir = freshFolder();
  const script = join(built.folder, 'serve.js');
  writeFileSync(
    script,
    `require(${JSON.stringify(built.index)}).startEmbeddedMongo({ dataDir: process.argv[2] })
      .then((s) => { process.on('disconnect', () => s.close().then(() => process.exit(0))); console.log(s.uri); });`,
  );
  const { child, uri } = await startProcess(script, dir);
  pid = child.pid as number;
  path = decodeURIComponent(uri.slice('mongodb://'.length).split('/?')[0] as string);
  const client = await MongoClient.connect(uri);
  t = { client, db: client.db('t') };
  stop = async () => {
    await client.close();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    await ended;
    built.remove();
    rmSync(dir, { recursive: true, force: true });
  };
});
afterAll(() => stop());

function message(body: Uint8Array, flags = 0): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32LE(21 + body.length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(2013, 12);
  head.writeUInt32LE(flags, 16);
  return Buffer.concat([head, Buffer.from([0]), body]);
}

/** Sends bytes on a connection of its own; answers what came back before the connection ended or fell silent. */
function send(bytes: Buffer, wait = 40): Promise<Buffer> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const parts: Buffer[] = [];
    const timer = setTimeout(() => socket.destroy(), wait);
    socket.on('data', (d) => {
      parts.push(d);
      if (parts.length === 1) setTimeout(() => socket.destroy(), 2);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(parts));
    });
    socket.write(bytes);
  });
}

test('a checksum at the end of a message is tolerated', async () => {
  const m = message(serialize({ ping: 1, $db: 'admin' }), 1);
  const whole = Buffer.concat([m, Buffer.from([1, 2, 3, 4])]);
  whole.writeInt32LE(whole.length, 0);
  expect((await send(whole, 2000)).length).toBeGreaterThan(30);
});

test('broken, cut and random messages end their own connection at most, and disturb nobody', async () => {
  const r = new Chance(11);
  const good = message(
    serialize({ insert: 'fuzz', documents: [{ a: 1, b: 'x', c: [1, { d: null }] }], $db: 't' }),
  );
  const broken = (): Buffer => {
    const m = Buffer.from(good);
    switch (r.below(5)) {
      case 0:
        return randomBytes(1 + r.below(200));
      case 1:
        return m.subarray(0, 1 + r.below(m.length - 1));
      case 2:
        m.writeInt32LE(r.pick([-1, 0, 15, 16, 21, 0x7fffffff, 48_000_001]), 0);
        return m;
      case 3:
        m.writeInt32LE(r.pick([-5, 0, 4, 5, 9999, 0x7fffffff]), 21);
        return m;
      default:
        for (let i = 0; i < 1 + r.below(4); i++) m[16 + r.below(m.length - 16)] = r.below(256);
        return m;
    }
  };
  const c = t.db.collection('bystander');
  let before: number | undefined;
  for (let i = 0; i < CASES; i += 30) {
    // The first half warms the server up: its code is compiled, its pools are filled.
    if (before === undefined && i >= CASES / 2) before = privateMegabytes(pid);
    const all = Array.from({ length: Math.min(30, CASES - i) }, () => send(broken()));
    expect((await c.insertOne({ i })).acknowledged).toBe(true);
    await Promise.all(all);
  }
  expect(await c.countDocuments()).toBe(Math.ceil(CASES / 30));
  const after = privateMegabytes(pid);
  if (before === undefined || after === undefined) return;
  if (process.env.WIRE_CASES)
    process.stdout.write(`private memory ${before.toFixed(1)} -> ${after.toFixed(1)} MB\n`);
  expect(after - before).toBeLessThan(MAX_GROWTH_MB);
});

test('a hundred connections that stop in the middle of a message leave nothing behind', async () => {
  const half = message(
    serialize({ insert: 'x', documents: [{ pad: 'x'.repeat(60_000) }], $db: 't' }),
  ).subarray(0, 50_000);
  const round = async (): Promise<void> => {
    const all = Array.from({ length: 100 }, () => connect(path));
    for (const s of all) s.on('error', () => undefined).write(half);
    await t.db.command({ ping: 1 });
    for (const s of all) s.destroy();
  };
  for (let i = 0; i < 5; i++) await round();
  const before = privateMegabytes(pid);
  for (let i = 0; i < 20; i++) await round();
  const after = privateMegabytes(pid);
  // 2,000 halves are 100 MB.
  if (before !== undefined && after !== undefined) expect(after - before).toBeLessThan(MAX_GROWTH_MB);
  const open = async (): Promise<number> => Number((await t.db.admin().serverStatus()).connections.current);
  for (let i = 0; i < 100 && (await open()) >= 40; i++) await new Promise((done) => setTimeout(done, 50));
  expect(await open()).toBeLessThan(40);
});

test('documents nested without end are refused, not followed', async () => {
  let deep: Record<string, unknown> = {};
  for (let i = 0; i < 400; i++) deep = { a: deep };
  await expect(t.db.collection('deep').insertOne(deep)).rejects.toThrow();
  expect(await t.db.command({ ping: 1 })).toEqual({ ok: 1 });
});

test('a client that sends slowly is served, and one that never finishes holds nobody up', async () => {
  const half = connect(path);
  half.on('error', () => undefined);
  half.write(message(serialize({ ping: 1, $db: 'admin' })).subarray(0, 20));
  const m = message(serialize({ ping: 1, $db: 'admin' }));
  const slow = new Promise<number>((resolve) => {
    const socket = connect(path);
    socket.once('data', (d) => {
      socket.destroy();
      resolve(d.length);
    });
    void (async () => {
      for (const byte of m) {
        socket.write(Buffer.from([byte]));
        await new Promise((done) => setTimeout(done, 1));
      }
    })();
  });
  expect(await t.db.command({ ping: 1 })).toEqual({ ok: 1 });
  expect(await slow).toBeGreaterThan(30);
  half.destroy();
});
