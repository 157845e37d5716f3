import { createChannels } from '../../src/channels';
import { createStream, type Stream } from '../../src/conversation/stream';
import { systemClock } from '../../src/core/clock';
import { instagramSays } from '../../src/demo/graph-stand-in/instagram-customer';
import type { GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import { whatsappSays, whatsappEcho } from '../../src/demo/graph-stand-in/whatsapp-customer';
import { createHttp, type HttpDoors } from '../../src/http/server';
import type { Store } from '../../src/store/connect';
import {
  ACCOUNT,
  instagramSettings,
  NUMBER,
  startTestGraph,
  whatsappSettings,
} from '../doubles/graph-stand-in';
import { openTestStore } from '../kit/store';
import { eventually, quiet, repeatTurn, storesOf } from '../kit/stream';

/** From a signed webhook through the real doors, store and stream to the provider's door, and back by statuses and echoes. */
let store: Store;
let graph: GraphStandIn;
let stream: Stream;
let doors: HttpDoors;
let phones = 919811200000;

beforeAll(async () => {
  store = await openTestStore();
  graph = await startTestGraph({ clock: systemClock });
  const channels = createChannels({
    whatsapp: whatsappSettings(graph.url),
    instagram: instagramSettings(graph.url),
  });
  const apology = () => ({ text: 'sorry' });
  stream = createStream({
    stores: storesOf(store),
    channels,
    runTurn: repeatTurn,
    apology,
    peopleOnDuty: () => true,
    clock: systemClock,
    log: quiet,
    defaultLocale: 'en',
  });
  stream.start();
  const { inbox } = stream;
  doors = createHttp({
    log: quiet,
    clock: systemClock,
    https: false,
    channels,
    inbox,
    checks: [],
    mounts: [],
  });
  graph.webhookBase = `http://127.0.0.1:${await doors.listen({ host: '127.0.0.1', port: 0 })}`;
});
afterAll(async () => {
  await stream.stop(2000);
  await doors.stop(1000);
  await graph.close();
  await store.close();
});
beforeEach(() => {
  graph.behaviour.fault = undefined;
  graph.behaviour.statuses = [];
  graph.behaviour.statusesFirst = false;
});

const newPhone = () => String((phones += 1));
const key = (channel: string, user: string) =>
  `${channel}:${channel === 'whatsapp' ? NUMBER.phoneNumberId : ACCOUNT.accountId}:${user}`;
const lines = async (channel: string, user: string) =>
  (await stream.conversations.messages(key(channel, user))).map(({ from, text, state, error }) => ({
    from,
    text,
    state,
    error,
  }));
const sent = (user: string) => graph.taken.filter((send) => send.to === user);
const stateOf = async (channel: string, user: string) =>
  (await lines(channel, user)).findLast((line) => line.from === 'bot')?.state;
const owner = async (channel: string, user: string) =>
  (await stream.conversations.get(key(channel, user)))?.owner;

describe('WhatsApp through the whole stream', () => {
  test('a status that comes before the answer of the send is kept', async () => {
    const phone = newPhone();
    graph.behaviour.statuses = ['sent', 'delivered'];
    graph.behaviour.statusesFirst = true;
    await graph.fromWhatsApp({ phone }, whatsappSays.text('hi'));
    await eventually('delivered', async () => (await stateOf('whatsapp', phone)) === 'delivered');
    expect(sent(phone)).toHaveLength(1);
  });

  test('somebody without a phone is answered by id, and stays one customer when the phone shows', async () => {
    const [userId, phone] = [`IN.${newPhone()}`, newPhone()];
    await graph.fromWhatsApp({ userId }, whatsappSays.text('one'));
    await eventually('an answer', () => sent(userId).length === 1);
    expect(sent(userId)[0]?.body).toMatchObject({ recipient: userId });
    await graph.fromWhatsApp({ userId, phone }, whatsappSays.text('two'));
    await eventually(
      'both lines',
      async () => (await lines('whatsapp', userId)).filter((l) => l.from === 'customer').length === 2,
    );
    expect(await stream.conversations.get(key('whatsapp', phone))).toBeUndefined();
  });

  test('what was accepted and failed later says why', async () => {
    const phone = newPhone();
    await graph.fromWhatsApp({ phone }, whatsappSays.text('hi'));
    await eventually('sent', async () => (await stateOf('whatsapp', phone)) === 'sent');
    await graph.postStatus(sent(phone)[0]!, 'failed', [{ code: 131047, title: 'Re-engagement message' }]);
    await eventually('failed', async () => (await stateOf('whatsapp', phone)) === 'failed');
    expect((await lines('whatsapp', phone)).find((line) => line.from === 'bot')?.error).toBe('window_closed');
  });

  test('a connection dropped after the message was taken does not send it twice', async () => {
    const phone = newPhone();
    graph.behaviour.statuses = ['sent'];
    graph.behaviour.fault = (send) => (send.to === phone ? { kind: 'drop', accept: true } : undefined);
    await graph.fromWhatsApp({ phone }, whatsappSays.text('hi'));
    await eventually('settled', async () => (await stateOf('whatsapp', phone)) === 'sent');
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect(sent(phone)).toHaveLength(1);
  });

  test('one person being written to too fast does not hold up another', async () => {
    const [slow, quick] = [newPhone(), newPhone()];
    let refusals = 0;
    graph.behaviour.fault = (send) =>
      send.to === slow && (refusals += 1) <= 1 ? { kind: 'refuse', error: { code: 131056 } } : undefined;
    await graph.fromWhatsApp({ phone: slow }, whatsappSays.text('hi'));
    await graph.fromWhatsApp({ phone: quick }, whatsappSays.text('hi'));
    await eventually('the other', () => sent(quick).length === 1);
    expect(sent(slow)).toHaveLength(0);
    await eventually('the first', () => sent(slow).length === 1);
  });

  test('a colleague on the phone makes the bot fall silent, and may correct what they wrote', async () => {
    const phone = newPhone();
    await graph.fromWhatsApp({ phone }, whatsappSays.text('hi'));
    await eventually('an answer', () => sent(phone).length === 1);
    const echo = { ...whatsappSays.text('it comes today'), id: `wamid.echo.${phone}` };
    await graph.post('whatsapp', whatsappEcho(NUMBER, { phone }, echo, new Date()));
    await eventually('the owner', async () => (await owner('whatsapp', phone)) === 'agent');
    const edit = whatsappSays.edit(`wamid.echo.${phone}`, 'it comes tomorrow');
    await graph.post('whatsapp', whatsappEcho(NUMBER, { phone }, edit, new Date()));
    await graph.fromWhatsApp({ phone }, whatsappSays.text('thanks'));
    await eventually('the edit', async () =>
      (await lines('whatsapp', phone)).some((line) => line.text === 'it comes tomorrow'),
    );
    expect(sent(phone)).toHaveLength(1);
  });

  test('STOP from somebody known by both ids reaches the conversation named by the first', async () => {
    const [userId, phone] = [`IN.${newPhone()}`, newPhone()];
    await graph.fromWhatsApp({ userId }, whatsappSays.text('one'));
    await graph.fromWhatsApp({ userId, phone }, whatsappSays.text('two'));
    await eventually('an answer', () => sent(userId).length + sent(phone).length > 0);
    const metadata = { phone_number_id: NUMBER.phoneNumberId, display_phone_number: NUMBER.displayPhone };
    const value = { metadata, user_preferences: [{ wa_id: phone, value: 'stop', timestamp: 1 }] };
    await graph.post('whatsapp', { entry: [{ id: '1', changes: [{ field: 'user_preferences', value }] }] });
    await eventually(
      'stopped',
      async () => (await stream.conversations.get(key('whatsapp', userId)))?.stopped,
    );
  });

  test('a changed number takes the conversation along and drops what the old one had proved', async () => {
    const [old, now] = [newPhone(), newPhone()];
    await graph.fromWhatsApp({ phone: old }, whatsappSays.text('one'));
    await eventually('an answer', () => sent(old).length === 1);
    const system = { type: 'system', system: { type: 'user_changed_number', wa_id: now } };
    await graph.fromWhatsApp({ phone: old }, system);
    await graph.fromWhatsApp({ phone: now }, whatsappSays.text('two'));
    await eventually('an answer to the new number', () => sent(now).length === 1);
    expect(sent(old)).toHaveLength(1);
    expect((await lines('whatsapp', old)).filter((line) => line.from === 'customer')).toHaveLength(2);
  });
});

describe('Instagram through the whole stream', () => {
  test('an echo that comes before the answer is our own send and silences nobody', async () => {
    const user = newPhone();
    graph.behaviour.statusesFirst = true;
    await graph.fromInstagram(user, instagramSays.text('hi'));
    await eventually('sent', async () => (await stateOf('instagram', user)) === 'sent');
    await graph.fromInstagram(user, instagramSays.text('again'));
    await eventually('two answers', () => sent(user).length === 2);
    expect(await owner('instagram', user)).toBe('bot');
    expect((await lines('instagram', user)).map((line) => line.from)).toEqual([
      'customer',
      'bot',
      'customer',
      'bot',
    ]);
  });

  test('a send whose answer was lost is settled by its echo and leaves once', async () => {
    const user = newPhone();
    graph.behaviour.fault = (send) => (send.to === user ? { kind: 'drop', accept: true } : undefined);
    await graph.fromInstagram(user, instagramSays.text('hi'));
    await eventually('sent', async () => (await stateOf('instagram', user)) === 'sent');
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect(sent(user)).toHaveLength(1);
    expect(await owner('instagram', user)).toBe('bot');
  });

  test('a colleague in the app makes the bot fall silent', async () => {
    const user = newPhone();
    await graph.fromInstagram(user, instagramSays.text('hi'));
    await eventually('sent', async () => (await stateOf('instagram', user)) === 'sent');
    await graph.colleagueWrites('instagram', user, 'I am on it');
    await eventually('the owner', async () => (await owner('instagram', user)) === 'agent');
    await graph.fromInstagram(user, instagramSays.text('thanks'));
    await eventually('the line', async () =>
      (await lines('instagram', user)).some((line) => line.text === 'thanks'),
    );
    expect(sent(user)).toHaveLength(1);
  });

  test('a thread held by another app is left alone', async () => {
    const user = newPhone();
    const event = {
      sender: { id: user },
      recipient: { id: ACCOUNT.accountId },
      message: { mid: `m_${user}`, text: 'hi' },
    };
    expect(
      await graph.post('instagram', {
        object: 'instagram',
        entry: [{ id: ACCOUNT.accountId, standby: [event] }],
      }),
    ).toBe(200);
    expect(await stream.conversations.get(key('instagram', user))).toBeUndefined();
  });
});

describe('a refused token', () => {
  test('is tried once and not by everybody, while customers are still heard', async () => {
    const people = [newPhone(), newPhone(), newPhone()];
    let calls = 0;
    graph.behaviour.fault = () => {
      calls += 1;
      return { kind: 'refuse', error: { code: 190, status: 401 } };
    };
    for (const phone of people) {
      expect((await graph.fromWhatsApp({ phone }, whatsappSays.text('hi'))).status).toBe(200);
      await eventually('a line', async () =>
        (await lines('whatsapp', phone)).some((line) => line.from === 'bot'),
      );
      await eventually('a first call', () => calls > 0);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(calls).toBe(1);
    expect(await Promise.all(people.map((phone) => stateOf('whatsapp', phone)))).toEqual(
      Array(3).fill('queued'),
    );
  });
});
