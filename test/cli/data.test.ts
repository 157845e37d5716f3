import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { systemClock } from '../../src/core/clock';
import type { Order } from '../../src/core/order';
import { startEmbeddedMongo, type EmbeddedMongo } from '../../src/embedded-mongodb';
import { createAgentStore } from '../../src/store/agents';
import { connectStore, ensureIndexes, type Store } from '../../src/store/connect';
import { eventually, keyOf, startStream, storesOf, textActivity } from '../kit/stream';
import { run } from '../../src/cli/main';
import { runCommand } from './run-command';

/** Commands beside a running product: they join its store through the socket. */
describe('commands beside a running product', () => {
  let dataDir: string;
  let embedded: EmbeddedMongo;
  let store: Store;
  let env: Record<string, string>;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'doorstep-cli-'));
    embedded = await startEmbeddedMongo({ dataDir, inProcess: true });
    store = await connectStore({ uri: embedded.uri, dbName: 'doorstep' });
    await ensureIndexes(store.connection);
    env = { DATA_DIR: dataDir, DEMO: 'off' };
  });
  afterAll(async () => {
    await store.close();
    await embedded.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('agents add makes somebody who can sign in, once, with a good enough password', async () => {
    const add = (password: string) =>
      runCommand(
        [
          'agents',
          'add',
          '--email',
          'Meera@shop.example',
          '--name',
          'Meera',
          '--role',
          'supervisor',
          '--password',
          password,
        ],
        env,
      );
    expect(await add('short')).toMatchObject({
      code: 1,
      err: [expect.stringContaining('10 to 200'), expect.anything()],
    });
    expect(await add('long enough 1')).toMatchObject({
      code: 0,
      out: ['Added Meera (meera@shop.example) as supervisor.'],
    });
    expect((await add('long enough 1')).code).toBe(1);
    const agents = createAgentStore(store.connection, systemClock);
    expect(await agents.list()).toMatchObject([{ email: 'meera@shop.example', role: 'supervisor' }]);
  });

  describe('about one customer', () => {
    const user = '919844400001';
    beforeAll(async () => {
      const kit = await startStream(store);
      await kit.says(user, 'my secret words');
      await kit.says('919844400002', 'somebody else');
      for (const each of [user, '919844400002']) {
        await eventually('answered', () => kit.provider.ledger.some((send) => send.to === each));
      }
      await kit.close();
      const order = {
        orderNumber: 'DS-1',
        customer: { name: 'Zebulon Quark', phone: `+${user}`, email: 'zebulon@quark.example' },
        payment: { method: 'cod', status: 'pending', total: '1499.00' },
        shippingAddress: { ...HOME, phone: `+${user}` },
        requests: [
          {
            id: 'RQ-1',
            type: 'return',
            conversation: keyOf(user),
            state: 'requested',
            address: HOME,
            phone: `+${user}`,
            comments: 'ring at Wisteria',
            return: { rma: 'RMA-1', reason: 'size', pickup: { date: '2026-11-24', address: HOME } },
          },
        ],
        history: [{ at: new Date(0), what: 'address', by: 'shop', detail: { before: HOME } }],
        meta: { note: 'Wisteria' },
        emails: ['zebulon@quark.example'],
      };
      await store.connection
        .collection<{ _id: string }>('mails')
        .insertOne({ _id: 'M-1', to: 'zebulon@quark.example', text: 'Wisteria' } as never);
      await store.connection
        .collection<{ _id: string }>('audit')
        .insertOne({ _id: 'A-1', action: 'taken', subject: keyOf(user) } as never);
      await store.connection
        .collection<Partial<Order> & { _id: string; phones: string[] }>('orders')
        .insertOne({ _id: 'DS-1', ...order, phones: [`+${user}`], version: 1 } as never);
    });

    test('export prints everything kept, by phone, conversation or id', async () => {
      const { code, out } = await runCommand(['data', 'export', '--customer', `+${user}`], env);
      expect(code).toBe(0);
      const data = JSON.parse(out.join('\n')) as {
        customer: { _id: string };
        messages: unknown[];
        orders: unknown[];
      };
      expect(data.messages).toHaveLength(2);
      expect(data.orders).toHaveLength(1);
      expect(out.join('')).toContain('my secret words');
      expect(out.join('')).not.toContain('somebody else');
      for (const id of [keyOf(user), data.customer._id]) {
        expect((await runCommand(['data', 'export', '--customer', id], env)).code).toBe(0);
      }
      expect(await runCommand(['data', 'export', '--customer', 'nobody'], env)).toMatchObject({
        code: 1,
        err: ['nobody is known by this'],
      });
    });

    /** The person's values that are found in the bytes of a fresh backup. */
    const inBackup = async (): Promise<string[]> => {
      const to = join(dataDir, '..', `${basename(dataDir)}-scan`);
      expect((await runCommand(['data', 'backup', '--to', to], env)).code).toBe(0);
      const files = (await readdir(to, { recursive: true, withFileTypes: true })).filter((each) =>
        each.isFile(),
      );
      const bytes = Buffer.concat(
        await Promise.all(files.map((each) => readFile(join(each.parentPath, each.name)))),
      );
      await rm(to, { recursive: true, force: true });
      return [user, 'Zebulon', 'zebulon@quark.example', 'Wisteria', 'my secret words'].filter((each) =>
        bytes.includes(each),
      );
    };

    test('erase leaves nothing of them, and everything of others', async () => {
      expect(await inBackup()).toHaveLength(5);
      const { code, out } = await runCommand(['data', 'erase', '--customer', user], env);
      expect(code).toBe(0);
      expect(out).toEqual(['Erased 1 conversations and 2 messages; 1 orders stay without them.']);
      for (const name of ['customers', 'conversations', 'messages', 'inbox']) {
        const left = JSON.stringify(await store.connection.collection(name).find().toArray());
        expect(left).not.toMatch(/919844400001|my secret words/);
        expect(left).toContain('919844400002');
      }
      expect(JSON.stringify(await store.connection.collection('orders').findOne({}))).not.toContain(
        keyOf(user),
      );
      expect(await inBackup()).toEqual([]);
      expect(await store.connection.collection('orders').findOne({ orderNumber: 'DS-1' })).toMatchObject({
        payment: { total: '1499.00' },
        shippingAddress: { state: 'Karnataka', country: 'IN' },
        requests: [
          { id: 'RQ-1', state: 'requested', return: { rma: 'RMA-1', pickup: { date: '2026-11-24' } } },
        ],
      });
      expect((await runCommand(['data', 'erase', '--customer', user], env)).code).toBe(1);
    });

    test('a customer who writes again is a new one', async () => {
      const { inbox, customers } = storesOf(store);
      const activity = textActivity(user, 'hello again');
      if (activity.type !== 'message') throw new Error('not a message');
      const { customerId } = await customers.resolve(
        activity.reference,
        activity.identities,
        'test',
        new Date(),
      );
      expect(customerId).toBeTruthy();
      expect(await inbox.pending(keyOf(user), 10)).toEqual([]);
    });
  });

  test('data backup beside the product makes a folder that a product can start on', async () => {
    await writeFile(join(dataDir, 'secret'), 's'.repeat(40));
    const to = join(dataDir, '..', `${basename(dataDir)}-backup`);
    const made = await runCommand(['data', 'backup', '--to', to], env);
    expect(made).toMatchObject({ code: 0, out: [expect.stringMatching(/^Kept \d+ documents in /)] });
    expect(await readFile(join(to, 'secret'), 'utf8')).toBe('s'.repeat(40));
    const copy = await startEmbeddedMongo({ dataDir: to, inProcess: true });
    const kept = await connectStore({ uri: copy.uri, dbName: 'doorstep' });
    for (const name of ['agents', 'conversations', 'messages']) {
      const all = (from: Store) => from.connection.collection(name).find().sort({ _id: 1 }).toArray();
      expect(await all(kept)).toEqual(await all(store));
    }
    await kept.close();
    await copy.close();
    expect(await runCommand(['data', 'backup', '--to', to], env)).toMatchObject({
      code: 1,
      err: [expect.stringContaining('is not empty')],
    });
    await rm(to, { recursive: true, force: true });
  });

  test('data check finds what does not fit', async () => {
    await store.connection.collection('orders').deleteMany({});
    const right = await runCommand(['data', 'check'], env);
    expect(right).toMatchObject({ code: 0, err: [] });
    expect(right.out).toContain('Everything fits.');
    expect(right.out.find((line) => line.startsWith('conversations: '))).toMatch(
      /^conversations: \d+ documents, \d+ indexes$/,
    );
    const { deletedCount } = await store.connection.collection('messages').deleteOne({ seq: 1 });
    expect(deletedCount).toBe(1);
    const wrong = await runCommand(['data', 'check'], env);
    expect(wrong).toMatchObject({ code: 1, err: ['conversations: 1 transcripts have gaps'] });
  });

  test('data serve is refused on the folder of a running product', async () => {
    const { code, err } = await runCommand(['data', 'serve'], env);
    expect(code).toBe(1);
    expect(err[0]).toMatch(/already served by process \d+/);
  });
});

const HOME = {
  name: 'Zebulon Quark',
  phone: '',
  line1: '7 Wisteria Lane',
  city: 'Bengaluru',
  state: 'Karnataka',
  postalCode: '560038',
  country: 'IN',
};

describe('the store alone', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doorstep-cli-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Starts `data serve` and answers its address and the way to end it. */
  const served = async (dataDir: string) => {
    const stop = new AbortController();
    const out: string[] = [];
    const err: string[] = [];
    const io = {
      out: (line: string) => void out.push(line),
      err: (line: string) => void err.push(line),
      stdin: process.stdin,
      interrupted: stop.signal,
    };
    const ended = run(['data', 'serve', '--data', dataDir], io, {});
    const uri = await eventually('its address', () => out[0]);
    return { uri, err, end: () => (stop.abort(), ended) };
  };

  test('data serve prints one mongodb:// address that clients can use, says who can read it, and ends cleanly', async () => {
    const { uri, err, end } = await served(folder);
    expect(uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\//);
    expect(err[0]).toMatch(/every user of this machine/);
    const client = await connectStore({ uri, dbName: 'doorstep' });
    await client.connection.collection('notes').insertOne({ a: 1 });
    await client.close();
    expect(await end()).toBe(0);
    const again = await served(folder);
    const second = await connectStore({ uri: again.uri, dbName: 'doorstep' });
    expect(await second.connection.collection('notes').countDocuments()).toBe(1);
    await second.close();
    await again.end();
  });

  test('data copy takes everything into an empty database and refuses one that is not', async () => {
    const from = join(folder, 'from');
    const to = join(folder, 'to');
    const source = await startEmbeddedMongo({ dataDir: from, inProcess: true });
    const target = await startEmbeddedMongo({ dataDir: to, inProcess: true, tcpPort: 0 });
    const here = await connectStore({ uri: source.uri, dbName: 'doorstep' });
    const documents = Array.from({ length: 1200 }, (_, n) => ({
      _id: `DS-${n}` as never,
      at: new Date(n),
      text: 'ü'.repeat(50),
    }));
    await here.connection.collection('orders').insertMany(documents);
    const uri = (target.tcpUri ?? '').replace('/?', '/live?');
    const env = { DATA_DIR: from, DEMO: 'off' };
    expect(await runCommand(['data', 'copy', '--to', uri], env)).toMatchObject({
      code: 0,
      out: ['Copied 1200 documents of 1 collections; both sides were compared and are equal.'],
    });
    const there = await connectStore({ uri: target.uri, dbName: 'live' });
    expect(await there.connection.collection('orders').find().sort({ _id: 1 }).toArray()).toEqual(
      await here.connection.collection('orders').find().sort({ _id: 1 }).toArray(),
    );
    const nowhere = 'mongodb://127.0.0.1:1/live?serverSelectionTimeoutMS=300';
    expect(await runCommand(['data', 'copy', '--to', nowhere], env)).toMatchObject({
      code: 1,
      err: [expect.stringMatching(/^The database does not answer as it should: [^\n]*$/)],
    });
    expect(await runCommand(['data', 'copy', '--to', uri], env)).toMatchObject({
      code: 1,
      err: [expect.stringContaining('nothing was copied')],
    });
    await there.close();
    await here.close();
    await source.close();
    await target.close();
  });
});
