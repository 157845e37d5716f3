import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { serialize } from 'bson';
import { Chance } from './random';
import { startTestServer } from './server';
import type { TestServer } from './server';

const CASES = Number(process.env.WIRE_CASES ?? 600);
let t: TestServer;
let path: string;
beforeAll(async () => {
  t = await startTestServer();
  path = decodeURIComponent(t.server.uri.slice('mongodb://'.length).split('/?')[0] as string);
});
afterAll(() => t.stop());

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
  for (let i = 0; i < CASES; i += 30) {
    const all = Array.from({ length: Math.min(30, CASES - i) }, () => send(broken()));
    expect((await c.insertOne({ i })).acknowledged).toBe(true);
    await Promise.all(all);
  }
  expect(await c.countDocuments()).toBe(Math.ceil(CASES / 30));
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
