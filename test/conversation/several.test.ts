import type { FeedEvent } from '../../src/core/stream';
import type { Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';
import { eventually, keyOf, NUMBER, repeatTurn, startStream, type StreamKit } from '../kit/stream';

const MEERA = { id: 'a1', name: 'Meera' };

/** Two processes on one store, as far as the stream can tell: they share nothing but the store and the provider. */
describe('two processes on one store', () => {
  let store: Store;
  let one: StreamKit;
  let other: StreamKit;
  beforeAll(async () => {
    store = await openTestStore();
    one = await startStream(store);
    other = await startStream(store, { provider: one.provider });
  });
  afterAll(async () => {
    await other.close();
    await one.close();
    await store.close();
  });

  it('show lines and delivery states to whoever follows at the other one', async () => {
    const user = '919700000001';
    await one.says(user, 'hello');
    await eventually('the answer', () => one.provider.taken.some((send) => send.to === user));
    const seen: FeedEvent[] = [];
    const stop = other.stream.feeds.follow(keyOf(user), 0, { publicOnly: false }, (event) =>
      seen.push(event),
    );
    await one.says(user, 'and again');
    await eventually('both answers are seen at the other process', () => {
      const lines = seen.flatMap((event) => (event.type === 'message' ? [event.entry.text] : []));
      return lines.join('|') === 'hello|heard: hello|and again|heard: and again';
    });
    const send = one.provider.taken.findLast((each) => each.to === user);
    await one.stream.inbox.accept([
      {
        type: 'receipt',
        id: 'r1',
        channel: 'whatsapp',
        account: NUMBER.phoneNumberId,
        messageId: send!.providerId!,
        callbackId: send!.callbackId!,
        status: 'read',
        at: new Date(),
      },
    ]);
    await eventually('the receipt is seen at the other process', () =>
      seen.some((event) => event.type === 'state' && event.id === send!.callbackId && event.state === 'read'),
    );
    stop();
  });

  it('do not answer again what the other one handled between our look and our lease', async () => {
    const user = '919700000009';
    const slow = await startStream(store, { provider: one.provider });
    const { inbox } = slow.stores;
    const pending = inbox.pending.bind(inbox);
    let looked = false;
    let goOn = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (goOn = resolve));
    inbox.pending = async (key, limit) => {
      const found = await pending(key, limit);
      if (key === keyOf(user) && found.length > 0 && !looked) {
        looked = true;
        await waiting;
      }
      return found;
    };
    await slow.says(user, 'one');
    await eventually('the slow one has looked', () => looked);
    const answers = () => one.provider.taken.filter((send) => send.to === user).map(({ text }) => text);
    for (const [index, word] of ['one', 'two', 'three'].entries()) {
      if (index > 0) await one.says(user, word);
      await eventually(`${word} is answered and marked`, async () => {
        const open = await store.connection
          .collection('inbox')
          .countDocuments({ conversation: keyOf(user), state: 'new' });
        return answers().length === index + 1 && open === 0;
      });
    }
    goOn();
    await slow.close();
    await one.says(user, 'four');
    await eventually('the last answer', () => answers().includes('heard: four'));
    expect(answers()).toEqual(['heard: one', 'heard: two', 'heard: three', 'heard: four']);
    const lines = await one.stream.conversations.messages(keyOf(user));
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('answer in order when both hear from one customer at the same time', async () => {
    const user = '919700000003';
    const slow = await startStream(store, {
      provider: one.provider,
      runTurn: async (turn) => {
        await new Promise((resolve) => setTimeout(resolve, 700));
        return repeatTurn(turn);
      },
    });
    await slow.says(user, 'first');
    await eventually('the slow process has begun', async () => {
      return (await one.stores.conversations.get(keyOf(user)))?.lease !== undefined;
    });
    await one.says(user, 'second');
    await eventually('both are answered, in order', () => {
      const texts = one.provider.taken.filter((send) => send.to === user).map((send) => send.text);
      return texts.join('|') === 'heard: first|heard: second';
    });
    await slow.close();
  }, 30_000);

  it('let a person at one pass a bot message that hangs at the other', async () => {
    const user = '919700000002';
    // Time stands still: nothing becomes due by waiting, so that only passing it by lets the person's message out.
    const now = new Date();
    const still = { clock: { now: () => now }, provider: one.provider };
    await one.stream.stop(0);
    await other.stream.stop(0);
    const stuck = await startStream(store, still);
    const beside = await startStream(store, still);
    one.provider.behaviour.fault = (send) =>
      send.to === user && send.text.includes('hangs') ? { kind: 'hang', accept: false } : undefined;
    await stuck.says(user, 'this one hangs');
    await eventually('it is on its way', async () => {
      const head = (await stuck.stores.conversations.get(keyOf(user)))?.outbox[0];
      return head?.state === 'claimed';
    });
    await beside.stream.actions.reply(keyOf(user), MEERA, { text: 'Meera here' });
    await eventually(
      'the person is heard',
      () => one.provider.taken.some((send) => send.to === user && send.text === 'Meera here'),
      30_000,
    );
    await eventually(
      'what became of the other one is noted',
      async () => {
        const lines = await beside.stream.conversations.messages(keyOf(user));
        return lines.find((line) => line.from === 'bot')?.state === 'failed';
      },
      30_000,
    );
    await stuck.close();
    await beside.close();
  }, 90_000);
});
