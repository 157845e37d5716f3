import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChannels } from '../../src/channels';
import type { WhatsAppWebSettings } from '../../src/channels/whatsapp-web/adapter';
import { createStream, type Stream } from '../../src/conversation/stream';
import type { ChannelAdapter, SessionState } from '../../src/core/channel';
import { systemClock } from '../../src/core/clock';
import { createLog } from '../../src/log';
import type { Store } from '../../src/store/connect';
import { WhatsAppWorld } from '../doubles/whatsapp-web/world';
import { openTestStore } from '../kit/store';
import { eventually, repeatTurn, storesOf } from '../kit/stream';

/**
 * From the client library's events in the real child process, over the real channel between processes, through store and stream and back.
 * The library and WhatsApp itself are stood in for; what real WhatsApp Web does cannot be tried here.
 */
let store: Store;
let world: WhatsAppWorld;
let dataDir: string;
let logged = '';
let people = 100000000000;
const running: (() => Promise<void>)[] = [];

interface Product {
  stream: Stream;
  channel: ChannelAdapter;
  states: SessionState[];
  stop(): Promise<void>;
}

async function startProduct(more: Partial<WhatsAppWebSettings> = {}): Promise<Product> {
  const log = createLog({ level: 'debug', stream: { write: (line) => (logged += line) } });
  const { library, childFile, chromePath } = world;
  const channels = createChannels({
    whatsappWeb: {
      ...{ library, childFile, chromePath, dataDir, clock: systemClock, log },
      times: { openMs: 5_000, readyMs: 5_000, lookMs: 200, answerMs: 400, sendMs: 700 },
      restartMs: [50, 100],
      sendsPerSecond: 0,
      ...more,
    },
  });
  const channel = channels.find(({ id }) => id === 'whatsapp-web')!;
  const stream = createStream({
    stores: storesOf(store),
    channels,
    runTurn: repeatTurn,
    apology: () => ({ text: 'sorry' }),
    peopleOnDuty: () => true,
    clock: systemClock,
    log,
    defaultLocale: 'en',
  });
  stream.start();
  const states: SessionState[] = [];
  channel.session!.start({
    accept: (activities) => stream.inbox.accept(activities),
    onState: (state) => states.push(state),
  });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await stream.stop(2_000);
    await channel.session!.stop();
  };
  running.push(stop);
  return { stream, channel, states, stop };
}

/** A product whose phone is linked. */
async function linked(more: Partial<WhatsAppWebSettings> = {}): Promise<Product> {
  const product = await startProduct(more);
  await eventually('a code', () => product.channel.session!.state().name === 'linking');
  world.scan();
  await ready(product);
  return product;
}

const ready = ({ channel }: Product) =>
  eventually('ready', () => channel.session!.state().name === 'ready', 15_000);
const newPerson = () => String((people += 1));
const key = (user: string) => `whatsapp-web:linked-phone:${user}`;
const lines = async ({ stream }: Product, user: string) =>
  (await stream.conversations.messages(key(user))).map(({ from, text, state }) => ({ from, text, state }));
const textsTo = (chat: string) => world.sent.filter((one) => one.chat === chat).map(({ text }) => text);
const answered = (chat: string, count = 1) =>
  eventually('an answer', () => textsTo(chat).length === count, 15_000);

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  world = await WhatsAppWorld.start();
  dataDir = mkdtempSync(join(tmpdir(), 'doorstep-web-'));
  logged = '';
});
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
  world.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a linked phone', () => {
  test('is linked by a code, answers a customer, and keeps its session for the next start', async () => {
    const first = await startProduct();
    await eventually('a code', () => first.states.some(({ qr }) => qr === '2@first-code'));
    world.scan();
    await ready(first);
    const user = newPerson();
    world.says(`${user}@c.us`, 'where is my order');
    await answered(`${user}@c.us`);
    expect(textsTo(`${user}@c.us`)).toEqual(['heard: where is my order']);
    await first.stop();
    const second = await startProduct();
    await ready(second);
    expect(second.states.map(({ name }) => name)).not.toContain('linking');
  });

  test('statuses climb, and those that come before the answer of the send are kept', async () => {
    const product = await linked();
    const user = newPerson();
    world.acksFirst = [1, 2];
    world.says(`${user}@c.us`, 'hi');
    const state = async () => (await lines(product, user)).find(({ from }) => from === 'bot')?.state;
    await eventually('delivered', async () => (await state()) === 'delivered');
    const { id } = world.sent.at(-1)!;
    world.ack(id, 3);
    await eventually('read', async () => (await state()) === 'read');
    world.ack(id, 2);
    world.ack(id, 1);
    world.says(`${user}@c.us`, 'again');
    await answered(`${user}@c.us`, 2);
    expect(await state()).toBe('read');
  });

  test('what a colleague types on the phone silences the bot; our own sends come back and do not', async () => {
    const product = await linked();
    const user = newPerson();
    world.says(`${user}@c.us`, 'hi');
    await answered(`${user}@c.us`);
    world.says(`${user}@c.us`, 'still there?');
    await answered(`${user}@c.us`, 2);
    const owner = async () => (await product.stream.conversations.get(key(user)))?.owner;
    expect(await owner()).toBe('bot');
    world.says(`${user}@c.us`, 'Meera here, one moment', true);
    await eventually('the person', async () => (await owner()) === 'agent');
    world.says(`${user}@c.us`, 'thanks');
    await eventually('the line', async () =>
      (await lines(product, user)).some(({ from, text }) => from === 'customer' && text === 'thanks'),
    );
    expect(textsTo(`${user}@c.us`)).toHaveLength(2);
    expect((await lines(product, user)).map(({ from }) => from)).toEqual([
      ...['customer', 'bot', 'customer', 'bot', 'agent', 'customer'],
    ]);
  });

  test('a hidden id is no phone number, is answered as it came, and stays one customer with its number', async () => {
    const product = await linked();
    const [hidden, phone] = [newPerson(), newPerson()];
    world.says(`${phone}@c.us`, 'one');
    await answered(`${phone}@c.us`);
    world.phones.set(`${hidden}@lid`, `${phone}@c.us`);
    world.says(`${hidden}@lid`, 'two');
    await answered(`${hidden}@lid`);
    expect((await lines(product, phone)).filter(({ from }) => from === 'customer')).toHaveLength(2);
    const stranger = newPerson();
    world.says(`${stranger}@lid`, 'no number');
    await answered(`${stranger}@lid`);
    const conversation = await product.stream.conversations.get(key(`${stranger}@lid`));
    expect(conversation?.identities.map(({ kind, value }) => [kind, value])).toEqual([
      ['wa_lid', `${stranger}@lid`],
    ]);
    const newOwner = newPerson();
    world.phones.set(`${newOwner}@lid`, `${phone}@c.us`);
    world.says(`${newOwner}@lid`, 'this number is mine now');
    await answered(`${newOwner}@lid`);
    expect((await lines(product, phone)).some(({ text }) => text === 'this number is mine now')).toBe(false);
    expect(world.sent.some(({ chat }) => chat === `${stranger}@c.us` || chat === `${hidden}@c.us`)).toBe(
      false,
    );
  });

  test('groups, channels and status are nobody; edits and unsent messages change our copy', async () => {
    const product = await linked();
    const user = newPerson();
    for (const chat of ['120363000000000001@g.us', '120363000000000002@newsletter', 'status@broadcast'])
      world.says(chat, 'hello all');
    const message = world.says(`${user}@c.us`, 'teh order');
    await answered(`${user}@c.us`);
    world.tell({ news: 'edited', message: { ...message, body: 'the order' }, before: 'teh order' });
    await eventually('the edit', async () => (await lines(product, user))[0]?.text === 'the order');
    world.tell({ news: 'revoked', message: { ...message, type: 'revoked', body: '' } });
    await eventually('the end of it', async () => (await lines(product, user))[0]?.text === '');
    expect(world.sent.map(({ chat }) => chat)).toEqual([`${user}@c.us`]);
  });
});

describe('when something breaks', () => {
  test('what was said while the child was gone is taken once, on both sides, and nothing is said twice', async () => {
    const product = await linked();
    const [asks, served] = [newPerson(), newPerson()];
    world.says(`${asks}@c.us`, 'before');
    await answered(`${asks}@c.us`);
    world.tell({ news: 'die' });
    await eventually('the end', () => !world.isConnected);
    world.says(`${asks}@c.us`, 'while you were away');
    world.says(`${served}@c.us`, 'where is it');
    world.says(`${served}@c.us`, 'it comes at five', true);
    await answered(`${asks}@c.us`, 2);
    await ready(product);
    await eventually(
      'the other talk',
      async () => (await lines(product, served)).filter(({ from }) => from === 'customer').length === 1,
    );
    expect(textsTo(`${asks}@c.us`)).toEqual(['heard: before', 'heard: while you were away']);
    expect(textsTo(`${served}@c.us`)).toEqual([]);
    expect((await product.stream.conversations.get(key(served)))?.owner).toBe('agent');
    expect((await product.stream.conversations.get(key(asks)))?.owner).toBe('bot');
    expect(world.browsers).toBe(2);
  });

  test('both pieces of a long answer stay ours, now and after the next start of the child', async () => {
    const product = await linked();
    const user = newPerson();
    world.says(`${user}@c.us`, 'word '.repeat(900));
    await answered(`${user}@c.us`, 2);
    world.says(`${user}@c.us`, 'thanks');
    await answered(`${user}@c.us`, 3);
    await eventually('all is noted', async () => {
      const ours = (await lines(product, user)).filter(({ from }) => from === 'bot');
      return ours.length === 2 && ours.every(({ state }) => state !== 'queued');
    });
    world.tell({ news: 'die' });
    await eventually('another browser', () => world.browsers === 2);
    await ready(product);
    world.says(`${user}@c.us`, 'bye');
    await answered(`${user}@c.us`, 4);
    expect((await product.stream.conversations.get(key(user)))?.owner).toBe('bot');
    const echoes = { conversation: key(user), 'activity.type': 'echo' };
    expect(await store.connection.collection('inbox').countDocuments(echoes)).toBe(0);
  });

  test('nothing that lay in the phone before it was linked is answered', async () => {
    const old = newPerson();
    world.says(`${old}@c.us`, 'a question of last year');
    await linked();
    const user = newPerson();
    world.says(`${user}@c.us`, 'hi');
    await answered(`${user}@c.us`);
    expect(textsTo(`${old}@c.us`)).toEqual([]);
  });

  test('a send that WhatsApp took without an answer leaves once', async () => {
    const product = await linked();
    const user = newPerson();
    world.sends = 'silence';
    world.says(`${user}@c.us`, 'hi');
    await eventually('sent', async () =>
      (await lines(product, user)).some(({ from, state }) => from === 'bot' && state === 'sent'),
    );
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect(textsTo(`${user}@c.us`)).toHaveLength(1);
    expect(logged).not.toContain('no_answer');
  });

  test.each([
    ['comes back at once', 50],
    ['is away for longer than the next attempt', 6_000],
  ])('a child that dies in the middle of a send and %s does not make it leave twice', async (_, away) => {
    const product = await linked({ restartMs: [away] });
    const user = newPerson();
    world.sends = 'silence';
    world.says(`${user}@c.us`, 'hi');
    await answered(`${user}@c.us`);
    world.tell({ news: 'die' });
    world.sends = 'answer';
    await eventually(
      'sent',
      async () => (await lines(product, user)).some(({ from, state }) => from === 'bot' && state === 'sent'),
      15_000,
    );
    await ready(product);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(textsTo(`${user}@c.us`)).toHaveLength(1);
    expect((await product.stream.conversations.get(key(user)))?.owner).toBe('bot');
  });

  test('a send that never left is tried again; one to nobody is not', async () => {
    const product = await linked();
    const [user, nobody] = [newPerson(), newPerson()];
    world.sends = 'lost';
    world.says(`${user}@c.us`, 'hi');
    await eventually('no answer', () => logged.includes('no_answer'));
    world.sends = 'answer';
    await answered(`${user}@c.us`);
    world.sends = 'no_lid';
    world.says(`${nobody}@c.us`, 'hi');
    await eventually('failed', async () =>
      (await lines(product, nobody)).some(({ from, state }) => from === 'bot' && state === 'failed'),
    );
  });

  test.each([
    ['a browser that freezes', () => world.tell({ news: 'freeze' }), { silenceMs: 1_000 }],
    ['a browser that says nothing is wrong but has no connection', () => (world.state = 'OPENING'), {}],
    ['a session that WhatsApp ends', () => world.tell({ news: 'disconnected', reason: 'UNPAIRED' }), {}],
  ])('%s is replaced, and the session is kept', async (_, hurt, more) => {
    const product = await linked(more);
    hurt();
    await eventually('another browser', () => world.browsers === 2, 15_000);
    world.state = 'CONNECTED';
    await ready(product);
    expect(product.states.filter(({ name }) => name === 'linking')).toHaveLength(1);
    const user = newPerson();
    world.says(`${user}@c.us`, 'hi');
    await answered(`${user}@c.us`);
  });

  test('authenticated and then nothing, which happens, is not waited for for ever', async () => {
    world.becomesReady = false;
    const product = await startProduct({
      times: { openMs: 5_000, readyMs: 500, lookMs: 200, answerMs: 400 },
    });
    await eventually('a code', () => product.channel.session!.state().name === 'linking');
    world.scan();
    await eventually('another browser', () => world.browsers === 2, 15_000);
    world.becomesReady = true;
    await ready(product);
  });

  test('a fault of the library that hurts nothing ends nothing', async () => {
    const product = await linked();
    world.tell({ news: 'fault' });
    const user = newPerson();
    world.says(`${user}@c.us`, 'hi');
    await answered(`${user}@c.us`);
    expect([world.browsers, product.channel.session!.state().name]).toEqual([1, 'ready']);
  });

  test('logged out on the phone: a new code, and it goes on with the same conversation', async () => {
    const product = await linked();
    const user = newPerson();
    world.says(`${user}@c.us`, 'hi');
    await answered(`${user}@c.us`);
    world.logOut();
    await eventually('a new code', () => product.channel.session!.state().qr === '2@second-code');
    world.says(`${user}@c.us`, 'hello?');
    world.scan();
    await ready(product);
    await answered(`${user}@c.us`, 2);
  });

  test('a number that WhatsApp has blocked is left alone, and says so', async () => {
    const product = await linked();
    world.tell({ news: 'disconnected', reason: 'TOS_BLOCK' });
    await eventually('blocked', () => product.channel.session!.state().name === 'blocked');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(world.browsers).toBe(1);
    expect(product.channel.session!.state().note).toContain('blocked this number');
  });
});

test('neither the log nor the notes beside the session hold a number or a text', async () => {
  const product = await linked();
  const user = newPerson();
  world.says(`${user}@c.us`, 'a secret of mine');
  await answered(`${user}@c.us`);
  world.tell({ news: 'die' });
  await eventually('another browser', () => world.browsers === 2);
  await ready(product);
  const folder = join(dataDir, 'whatsapp-web');
  const notes = readdirSync(folder)
    .filter((name) => name !== 'session')
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(notes.join('')).not.toBe('');
  for (const text of [logged, ...notes]) expect(text).not.toMatch(new RegExp(`${user}|secret of mine|2@`));
});
