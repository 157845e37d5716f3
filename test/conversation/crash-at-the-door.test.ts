import { createChannels } from '../../src/channels';
import { systemClock, type Clock } from '../../src/core/clock';
import { startGraphStandIn, type GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import { whatsappSays } from '../../src/demo/graph-stand-in/whatsapp-customer';
import { createHttp } from '../../src/http/server';
import type { Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';
import { eventually, keyOf, NUMBER, quiet, startStream, type StreamKit } from '../kit/stream';

/** What a crash leaves is taken up when its lease or claim has run out; a clock ahead stands for the waiting. */
const later: Clock = { now: () => new Date(Date.now() + 20_000) };

const STEPS: [number, string][] = [
  [1, 'the signature was checked'],
  [2, 'the body was read'],
  [3, 'it was stored'],
];

let store: Store;
let provider: GraphStandIn;
let count = 0;
const nextUser = () => `9196100000${String((count += 1)).padStart(2, '0')}`;

beforeAll(async () => {
  store = await openTestStore();
  provider = await startGraphStandIn({ clock: systemClock, whatsapp: NUMBER });
});
afterAll(async () => {
  await provider.close();
  await store.close();
});

interface Process extends StreamKit {
  /** Gone without a word: connections break, nothing more is written. */
  die(): Promise<void>;
}

/** Doors and stream as one process has them; the provider posts to the one started last. */
async function startProcess(probe?: (step: number) => void | Promise<void>, clock?: Clock): Promise<Process> {
  const kit = await startStream(store, { provider, clock, probe });
  const doors = createHttp({
    log: quiet,
    clock: clock ?? systemClock,
    https: false,
    channels: createChannels({
      whatsapp: { ...NUMBER, graphUrl: provider.url, version: 'v24.0', verifyToken: 'v', sendsPerSecond: 0 },
    }),
    inbox: kit.stream.inbox,
    checks: [],
    mounts: [],
    probe,
  });
  provider.webhookBase = `http://127.0.0.1:${await doors.listen({ host: '127.0.0.1', port: 0 })}`;
  return {
    ...kit,
    die: async () => {
      await doors.stop(0);
      await kit.stream.stop(0);
    },
  };
}

const transcript = async (kit: StreamKit, user: string) =>
  (await kit.stream.conversations.messages(keyOf(user))).map(({ from, text, state }) => [from, text, state]);
const sends = (user: string) => provider.ledger.filter((send) => send.to === user);
const settled = (kit: StreamKit, user: string) =>
  eventually('the answer is settled', async () => {
    const conversation = await kit.stores.conversations.get(keyOf(user));
    return conversation?.outbox.length === 0 && !conversation.lease && conversation.sequence > 0;
  });

/** A probe that stops the process at one step, and the wait until it is there. */
function deathAt(step: number): { probe: (at: number) => Promise<void> | undefined; reached(): boolean } {
  let there = false;
  return {
    probe: (at) => {
      if (at !== step) return undefined;
      there = true;
      return new Promise<void>(() => undefined);
    },
    reached: () => there,
  };
}

describe('a crash before a webhook was answered 200', () => {
  it.each(STEPS)('after step %i, %s: what is sent again is answered once', async (step) => {
    const user = nextUser();
    const message = { ...whatsappSays.text('where is my order'), id: `wamid.door.${step}` };
    const death = deathAt(step);
    const dying = await startProcess(death.probe);
    const unanswered = provider.fromWhatsApp({ phone: user }, message).catch(() => ({ status: 0 }));
    await eventually(`step ${step}`, death.reached);
    await dying.die();
    expect((await unanswered).status).not.toBe(200);

    const next = await startProcess(undefined, later);
    for (let copy = 0; copy < 3; copy += 1) {
      expect((await provider.fromWhatsApp({ phone: user }, message)).status).toBe(200);
    }
    await settled(next, user);
    expect(await transcript(next, user)).toEqual([
      ['customer', 'where is my order', undefined],
      ['bot', 'heard: where is my order', 'sent'],
    ]);
    expect(new Set(sends(user).map((send) => send.callbackId)).size).toBe(1);
    await next.die();
  });

  it.each(STEPS)('after step %i of a receipt, %s: it counts, and a state never moves back', async (step) => {
    const user = nextUser();
    const before = await startProcess();
    await provider.fromWhatsApp({ phone: user }, whatsappSays.text('hi'));
    await settled(before, user);
    await before.die();
    const send = sends(user)[0]!;

    const death = deathAt(step);
    const dying = await startProcess(death.probe);
    const unanswered = provider.postStatus(send, 'read').catch(() => 0);
    await eventually(`step ${step}`, death.reached);
    await dying.die();
    expect(await unanswered).not.toBe(200);

    const next = await startProcess(undefined, later);
    for (const status of ['read', 'delivered', 'sent', 'read'])
      expect(await provider.postStatus(send, status)).toBe(200);
    expect(await transcript(next, user)).toEqual([
      ['customer', 'hi', undefined],
      ['bot', 'heard: hi', 'read'],
    ]);
    expect(sends(user)).toHaveLength(1);
    await next.die();
  });

  it('with half of its messages stored: the other half comes with the repeat, none twice', async () => {
    const user = nextUser();
    const dying = await startProcess();
    const insert = dying.stores.inbox.insert.bind(dying.stores.inbox);
    dying.stores.inbox.insert = (item) =>
      item._id.endsWith('half.2') ? Promise.reject(new Error('the store is gone')) : insert(item);
    const messages = [1, 2, 3].map((n) => ({ ...whatsappSays.text(`line ${n}`), id: `wamid.half.${n}` }));
    expect((await provider.fromWhatsApp({ phone: user }, ...messages)).status).toBe(503);
    await dying.die();

    const next = await startProcess(undefined, later);
    expect((await provider.fromWhatsApp({ phone: user }, ...messages)).status).toBe(200);
    await eventually('every line', async () => {
      const lines = (await transcript(next, user)).filter(([from]) => from === 'customer');
      return lines.length >= 3;
    });
    await settled(next, user);
    const said = (await transcript(next, user)).filter(([from]) => from === 'customer');
    expect(said.map(([, text]) => text).sort()).toEqual(['line 1', 'line 2', 'line 3']);
    await next.die();
  });
});

it('what was answered 200 is answered by the next process, though this one dies at once', async () => {
  const users = Array.from({ length: 20 }, nextUser);
  const dying = await startProcess((step) => (step === 4 ? new Promise<void>(() => undefined) : undefined));
  for (const user of users)
    expect((await provider.fromWhatsApp({ phone: user }, whatsappSays.text(`I am ${user}`))).status).toBe(
      200,
    );
  await dying.die();
  const next = await startProcess(undefined, later);
  for (const user of users) {
    await settled(next, user);
    expect(sends(user).map((send) => send.text)).toEqual([`heard: I am ${user}`]);
  }
  await next.die();
});
