import { randomUUID } from 'node:crypto';
import { createChannels } from '../../src/channels';
import { createStream, type Stream } from '../../src/conversation/stream';
import { systemClock } from '../../src/core/clock';
import { createHttp, type HttpDoors } from '../../src/http/server';
import { createWebchatRouter } from '../../src/http/webchat';
import type { Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';
import { eventually, quiet, repeatTurn, storesOf } from '../kit/stream';
import { identity, post, SECRET, SHOP_SECRET } from './webchat-ports';

/** The web chat from the browser's side, over the real doors, store and stream. */
let store: Store;
let stream: Stream;
let doors: HttpDoors;
let url: string;
beforeAll(async () => {
  store = await openTestStore();
  const channels = createChannels({});
  stream = createStream({
    stores: storesOf(store),
    channels,
    runTurn: repeatTurn,
    apology: () => ({ text: 'sorry' }),
    peopleOnDuty: () => true,
    clock: systemClock,
    log: quiet,
    defaultLocale: 'en',
  });
  stream.start();
  const router = createWebchatRouter({
    ...stream,
    clock: systemClock,
    secretKey: SECRET,
    identitySecret: SHOP_SECRET,
    allowedOrigins: [],
    publicUrl: 'http://127.0.0.1',
  });
  const { inbox } = stream;
  const mounts = [{ path: '/webchat', router }];
  doors = createHttp({ log: quiet, clock: systemClock, https: false, channels, inbox, checks: [], mounts });
  url = `http://127.0.0.1:${await doors.listen({ host: '127.0.0.1', port: 0 })}`;
});
afterAll(async () => {
  await stream.stop(2000);
  await doors.stop(1000);
  await store.close();
});

interface Seen {
  seq?: number;
  from?: string;
  text?: string;
  event: string;
  owner?: string;
}

/** A browser: its session, what it says, and what it sees on its feed. */
async function browser(body: object = {}, resume?: string) {
  const headers: Record<string, string> = resume ? { authorization: `Bearer ${resume}` } : {};
  const { token, conversation } = (await post(`${url}/webchat/sessions`, body, headers)).body as unknown as {
    token: string;
    conversation: string;
  };
  const bearer = { authorization: `Bearer ${token}` };
  const say = (text: string, id: string = randomUUID()) =>
    post(`${url}/webchat/messages`, { id, text }, bearer);
  const seen: Seen[] = [];
  const abort = new AbortController();
  const follow = async (after = 0) => {
    const answer = await fetch(`${url}/webchat/events?after=${after}`, {
      headers: bearer,
      signal: abort.signal,
    });
    let rest = '';
    void (async () => {
      for await (const text of answer.body!.pipeThrough(new TextDecoderStream())) {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1];
          const event = /^event: (.*)$/m.exec(block)?.[1] ?? 'message';
          if (data) seen.push({ event, ...(JSON.parse(data) as object) });
        }
      }
    })().catch(() => undefined);
  };
  const messages = () =>
    seen.filter((one) => one.event === 'message').map(({ seq, from, text }) => ({ seq, from, text }));
  return { token, conversation, say, seen, messages, follow, leave: () => abort.abort() };
}
const AGENT = { id: 'a1', name: 'Meera' };

test('a visitor is answered on the feed, once, in order, however often the browser repeats itself', async () => {
  const visitor = await browser();
  await visitor.follow();
  const id = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => visitor.say('where is it', id)));
  expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(202));
  await eventually('the answer', () => visitor.messages().length >= 2);
  await visitor.say('thanks');
  await eventually('both answers', () => visitor.messages().length >= 4);
  expect(visitor.messages()).toEqual([
    { seq: 1, from: 'customer', text: 'where is it' },
    { seq: 2, from: 'bot', text: 'heard: where is it' },
    { seq: 3, from: 'customer', text: 'thanks' },
    { seq: 4, from: 'bot', text: 'heard: thanks' },
  ]);
  visitor.leave();
});

test('a browser that comes back sees what it missed and nothing twice', async () => {
  const before = await browser();
  await before.say('one');
  await eventually(
    'an answer',
    async () => (await stream.conversations.messages(before.conversation)).length === 2,
  );
  const after = await browser({}, before.token);
  expect(after.conversation).toBe(before.conversation);
  await after.follow(1);
  await after.say('two');
  await eventually('the rest', () => after.messages().length === 3);
  expect(after.messages().map((line) => line.seq)).toEqual([2, 3, 4]);
  after.leave();
});

test("a person's answer and the change of owner are seen, their notes are not", async () => {
  const visitor = await browser();
  await visitor.follow();
  await visitor.say('a person please');
  await eventually('an answer', () => visitor.messages().length === 2);
  await stream.actions.setOwner(visitor.conversation, 'agent', AGENT);
  await stream.actions.note(visitor.conversation, AGENT, 'looks upset');
  await stream.actions.reply(visitor.conversation, AGENT, { text: 'Meera here' });
  await eventually('her message', () => visitor.messages().some((line) => line.text === 'Meera here'));
  await eventually('the owner', () =>
    visitor.seen.some((one) => one.event === 'owner' && one.owner === 'agent'),
  );
  expect(JSON.stringify(visitor.seen)).not.toContain('upset');
  visitor.leave();
});

test('visitors never see each other, a signed-in customer sees theirs on two browsers', async () => {
  const exp = Math.floor(Date.now() / 1000) + 600;
  const token = (sub: string) => ({ identity: identity({ sub, exp, name: 'Asha' }) });
  const [phone, laptop, other, stranger] = await Promise.all([
    browser(token('7')),
    browser(token('7')),
    browser(token('8')),
    browser(),
  ]);
  for (const one of [phone, laptop, other, stranger]) await one.follow();
  await phone.say('from my phone');
  await eventually('the other screen', () => laptop.messages().length === 2);
  await eventually('the first screen', () => phone.messages().length === 2);
  expect([...other.messages(), ...stranger.messages()]).toEqual([]);
  for (const one of [phone, laptop, other, stranger]) one.leave();
});
