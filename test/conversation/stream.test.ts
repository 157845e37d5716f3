import { systemClock } from '../../src/core/clock';
import { startGraphStandIn, type GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import type { Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';
import { eventually, keyOf, NUMBER, startStream, textActivity, type StreamKit } from '../kit/stream';

const META = { id: 'a1', name: 'Meera' };

describe('the way of a message', () => {
  let store: Store;
  let kit: StreamKit;
  let provider: GraphStandIn;
  beforeAll(async () => {
    store = await openTestStore();
    provider = await startGraphStandIn({ clock: systemClock, whatsapp: NUMBER });
    kit = await startStream(store, { provider });
  });
  afterAll(async () => {
    await kit.close();
    await provider.close();
    await store.close();
  });

  const sentTo = (user: string) =>
    kit.provider.ledger.filter((send) => send.to === user).map((send) => send.text);
  const transcript = async (user: string) =>
    (await kit.stream.conversations.messages(keyOf(user))).map(({ seq, from, text, state }) => ({
      seq,
      from,
      text,
      ...(state ? { state } : {}),
    }));

  it('answers a customer once and keeps both lines in order', async () => {
    await kit.says('919800000001', 'where is my order');
    const document = () => kit.stores.conversations.get(keyOf('919800000001'));
    await eventually('the answer is settled', async () => {
      const conversation = await document();
      return conversation?.sequence === 2 && conversation.outbox.length === 0;
    });
    expect(sentTo('919800000001')).toEqual(['heard: where is my order']);
    expect(await transcript('919800000001')).toEqual([
      { seq: 1, from: 'customer', text: 'where is my order' },
      { seq: 2, from: 'bot', text: 'heard: where is my order', state: 'sent' },
    ]);
    expect((await document())?.lease).toBeUndefined();
  });

  it('does one thing for a hundred copies of one webhook', async () => {
    await Promise.all(Array.from({ length: 100 }, () => kit.says('919800000002', 'hello', 'wamid.same')));
    await eventually('an answer', () => sentTo('919800000002').length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(sentTo('919800000002')).toEqual(['heard: hello']);
    expect(await transcript('919800000002')).toHaveLength(2);
  });

  it('keeps the order of one conversation and never crosses answers between conversations', async () => {
    const users = Array.from({ length: 60 }, (_, n) => `9197000000${String(n).padStart(2, '0')}`);
    for (const round of [1, 2, 3])
      await Promise.all(users.map((user) => kit.says(user, `${round} of ${user}`)));
    for (const user of users) {
      const heard = await eventually(`all of ${user}`, async () => {
        const lines = await transcript(user);
        return (
          lines.filter((line) => line.from === 'customer').length === 3 &&
          lines.at(-1)?.from === 'bot' &&
          lines.at(-1)?.state === 'sent' &&
          lines
        );
      });
      expect(heard.filter((line) => line.from === 'customer').map((line) => line.text)).toEqual(
        [1, 2, 3].map((round) => `${round} of ${user}`),
      );
      expect(heard.map((line) => line.seq)).toEqual(heard.map((_, index) => index + 1));
      expect(
        sentTo(user)
          .join(' | ')
          .replace(/heard: /g, ''),
      ).toBe([1, 2, 3].map((round) => `${round} of ${user}`).join(' | '));
    }
  });

  it('is silent while a person owns the conversation, and answers again after the hand-back', async () => {
    const user = '919800000003';
    await kit.says(user, 'one');
    await eventually('an answer', () => sentTo(user).length === 1);
    await kit.stream.actions.setOwner(keyOf(user), 'agent', META);
    await kit.says(user, 'two');
    await eventually('the line', async () => (await transcript(user)).some((line) => line.text === 'two'));
    await kit.stream.actions.reply(keyOf(user), META, { text: 'Meera here' }, 'reply-1');
    await kit.stream.actions.reply(keyOf(user), META, { text: 'Meera here' }, 'reply-1');
    await eventually('her message', () => sentTo(user).includes('Meera here'));
    await kit.stream.actions.note(keyOf(user), META, 'a private thought');
    await kit.stream.actions.setOwner(keyOf(user), 'bot', META);
    await kit.says(user, 'three');
    await eventually('an answer', () => sentTo(user).includes('heard: three'));
    expect(sentTo(user)).toEqual(['heard: one', 'Meera here', 'heard: three']);
  });

  it('lets only one of two people take a conversation', async () => {
    const user = '919800000004';
    await kit.says(user, 'one');
    await eventually('an answer', () => sentTo(user).length === 1);
    const taken = await Promise.allSettled([
      kit.stream.actions.setOwner(keyOf(user), 'agent', META),
      kit.stream.actions.setOwner(keyOf(user), 'agent', { id: 'a2', name: 'Ravi' }),
    ]);
    expect(taken.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(
      String((taken.find((outcome) => outcome.status === 'rejected') as PromiseRejectedResult).reason),
    ).toMatch(/has this conversation/);
  });

  it('tries again when the provider is down, and says it once when it is back', async () => {
    const user = '919800000005';
    let refusals = 2;
    kit.provider.behaviour.fault = (send) =>
      send.to === user && (refusals -= 1) >= 0
        ? ({ kind: 'error', error: { code: 131000, status: 500 } } as never)
        : undefined;
    await kit.says(user, 'are you there');
    await eventually('it was taken', () => kit.provider.taken.some((send) => send.to === user));
    kit.provider.behaviour.fault = undefined;
    const tries = kit.provider.ledger.filter((send) => send.to === user);
    expect(tries).toHaveLength(3);
    expect(new Set(tries.map((send) => send.callbackId)).size).toBe(1);
  });

  it('brings a person when the bot fails twice in a row', async () => {
    const broken = await startStream(store, {
      provider: kit.provider,
      runTurn: () => Promise.reject(new Error('a fault')),
    });
    await kit.stream.stop(1000);
    const user = '919800000006';
    await broken.says(user, 'one');
    await eventually('sorry', () => sentTo(user).length === 1);
    await broken.says(user, 'two');
    await eventually('a person', () => sentTo(user).length === 2);
    expect(sentTo(user)).toEqual(['sorry, please say that again', 'sorry, a person comes']);
    expect((await kit.stores.conversations.get(keyOf(user)))?.owner).toBe('waiting');
    await broken.close();
    kit = await startStream(store, { provider: kit.provider });
  });

  it('tells a live feed every line once, in order, from the number it asks for', async () => {
    const user = '919800000007';
    const seen: number[] = [];
    await kit.says(user, 'one');
    await eventually('an answer', () => sentTo(user).length === 1);
    const stop = kit.stream.feeds.follow(keyOf(user), 1, { publicOnly: true }, (event) => {
      if (event.type === 'message') seen.push(event.entry.seq);
    });
    for (const word of ['two', 'three', 'four']) await kit.says(user, word);
    await eventually(
      'all lines',
      async () =>
        seen.length > 0 &&
        seen.at(-1) === (await kit.stores.conversations.get(keyOf(user)))?.sequence &&
        sentTo(user).at(-1)?.includes('four'),
    );
    stop();
    expect(seen).toEqual(seen.map((_, index) => index + 2));
  });

  it('shows as taken over what the bot had waiting when a colleague answered from the phone', async () => {
    const user = '919800000009';
    kit.provider.behaviour.delayMs = (send) => (send.to === user ? 4_000 : 0);
    await kit.says(user, 'one');
    await eventually('the first answer is leaving', async () => {
      const conversation = await kit.stores.conversations.get(keyOf(user));
      return conversation?.outbox[0]?.state === 'claimed';
    });
    await kit.says(user, 'two');
    await eventually('the second waits', async () => {
      const conversation = await kit.stores.conversations.get(keyOf(user));
      return conversation?.outbox.length === 2;
    });
    await kit.stream.inbox.accept([
      {
        type: 'echo',
        id: 'wamid.from-the-phone',
        reference: { channel: 'whatsapp', account: NUMBER.phoneNumberId, user },
        identities: [],
        text: 'I am looking into it',
        at: new Date(),
      },
    ]);
    await eventually('nothing waits', async () =>
      (await transcript(user)).every((line) => line.state !== 'queued'),
    );
    kit.provider.behaviour.delayMs = 0;
    expect((await transcript(user)).map(({ from, text, state }) => [from, text, state])).toEqual([
      ['customer', 'one', undefined],
      ['bot', 'heard: one', 'sent'],
      ['customer', 'two', undefined],
      ['bot', 'heard: two', 'failed'],
      ['agent', 'I am looking into it', 'sent'],
    ]);
    expect(sentTo(user)).toEqual(['heard: one']);
  });

  it('stores what it does not know without answering', async () => {
    await kit.stream.inbox.accept([
      {
        type: 'ignored',
        id: 'x1',
        channel: 'whatsapp',
        account: '106540352242922',
        what: 'reaction',
        at: new Date(),
      },
    ]);
    await kit.stream.inbox.accept([textActivity('919800000008', 'still works')]);
    await eventually('an answer', () => sentTo('919800000008').length === 1);
    const kept = await store.connection.collection('inbox').findOne({ 'activity.id': 'x1' });
    expect(kept).toMatchObject({ state: 'done', activity: { type: 'ignored', what: 'reaction' } });
  });
});
