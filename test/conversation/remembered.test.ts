import type { RunTurn } from '../../src/core/turn';
import type { Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';
import { eventually, keyOf, repeatTurn, startStream, type StreamKit } from '../kit/stream';

/** A turn that changes something outside the conversation before it answers. */
function changing(changes: string[]): RunTurn {
  return async (turn) => {
    const [message] = turn.messages;
    const text = message?.body.kind === 'text' ? message.body.text : '';
    if (text.startsWith('change') && turn.conversation.owner === 'bot') {
      await turn.beforeChange?.();
      changes.push(`${text} by ${turn.id}`);
    }
    return repeatTurn(turn);
  };
}

describe('a conversation this process remembers', () => {
  let store: Store;
  let kit: StreamKit;
  const changes: string[] = [];
  beforeAll(async () => {
    store = await openTestStore();
    kit = await startStream(store, { sole: true, runTurn: changing(changes) });
  }, 30_000);
  afterAll(async () => {
    await kit.close();
    await store.close();
  });

  const sentTo = (user: string) => kit.provider.ledger.filter((send) => send.to === user);
  const settled = (user: string, answers: number) =>
    eventually(`${answers} answers`, async () => {
      const conversation = await kit.stores.conversations.get(keyOf(user));
      return sentTo(user).length === answers && conversation?.outbox.length === 0;
    });

  it('is leased before an order is changed, and only then', async () => {
    const user = '919650000001';
    const leases: boolean[] = [];
    const { hold } = kit.stores.conversations;
    kit.stores.conversations.hold = async (...input) => {
      leases.push(await hold.apply(kit.stores.conversations, input));
      return leases.at(-1) ?? false;
    };
    for (const text of ['hello', 'where is it', 'change it', 'thanks']) {
      await kit.says(user, text);
      await settled(user, ['hello', 'where is it', 'change it', 'thanks'].indexOf(text) + 1);
    }
    kit.stores.conversations.hold = hold;
    expect(leases).toEqual([true]);
    expect(changes.filter((change) => change.startsWith('change it'))).toHaveLength(1);
    expect((await kit.stores.conversations.get(keyOf(user)))?.lease).toBeUndefined();
  });

  it('is read again when a person took it elsewhere: nothing is changed, nothing is said', async () => {
    const user = '919650000002';
    await kit.says(user, 'hello');
    await settled(user, 1);
    const key = keyOf(user);
    const now = await kit.stores.conversations.get(key);
    await kit.stores.conversations.write(key, now!.version, {
      set: { owner: 'agent', takenEpoch: now!.epoch + 1, assignee: 'm', assigneeName: 'Meera' },
      bumpEpoch: true,
    });
    await kit.says(user, 'change the date');
    await eventually('the line is there', async () => {
      const lines = await kit.stream.conversations.messages(key);
      return lines.at(-1)?.text === 'change the date';
    });
    expect(changes.filter((change) => change.startsWith('change the date'))).toEqual([]);
    expect(sentTo(user)).toHaveLength(1);
  });

  it('begins anew when it was erased', async () => {
    const user = '919650000003';
    await kit.says(user, 'hello');
    await settled(user, 1);
    await store.connection.collection('conversations').deleteOne({ _id: keyOf(user) } as never);
    await kit.says(user, 'hello again');
    await settled(user, 2);
    expect((await kit.stores.conversations.get(keyOf(user)))?.sequence).toBe(2);
  });

  /** The next note that a message was sent waits for `before`. */
  const holdingNotes = (before: () => Promise<void>) => {
    const { messages } = kit.stores;
    const { setState } = messages;
    messages.setState = async (change) => {
      messages.setState = setState;
      await before();
      return setState.call(messages, change);
    };
  };

  it('answers a customer who writes again before the last answer is noted, in order and without asking the store', async () => {
    const user = '919650000004';
    await kit.says(user, 'hello');
    await settled(user, 1);
    let note: () => void = () => undefined;
    holdingNotes(() => new Promise((resolve) => (note = resolve)));
    const { claim } = kit.stores.outbox;
    const claims: string[] = [];
    kit.stores.outbox.claim = async (...input) => {
      claims.push(input[0]);
      return claim.apply(kit.stores.outbox, input);
    };
    await kit.says(user, 'one');
    await eventually('the first answer', async () => sentTo(user).length === 2);
    await kit.says(user, 'two');
    await eventually('both are in the outbox', async () => {
      const outbox = (await kit.stores.conversations.get(keyOf(user)))?.outbox;
      return outbox?.length === 2;
    });
    expect(sentTo(user)).toHaveLength(2);
    note();
    await settled(user, 3);
    kit.stores.outbox.claim = claim;
    expect(claims).toEqual([]);
    expect(sentTo(user).map(({ text }) => text)).toEqual(['heard: hello', 'heard: one', 'heard: two']);
  });

  it('loses nothing when an answer could not be noted', async () => {
    const user = '919650000005';
    await kit.says(user, 'hello');
    await settled(user, 1);
    let refuse: (error: Error) => void = () => undefined;
    holdingNotes(() => new Promise((_, reject) => (refuse = reject)));
    await kit.says(user, 'one');
    await eventually('the first answer', async () => sentTo(user).length === 2);
    await kit.says(user, 'two');
    await eventually('both are in the outbox', async () => {
      const outbox = (await kit.stores.conversations.get(keyOf(user)))?.outbox;
      return outbox?.length === 2;
    });
    refuse(new Error('the store is away'));
    await eventually(
      'all is settled',
      async () => {
        const outbox = (await kit.stores.conversations.get(keyOf(user)))?.outbox;
        return outbox?.length === 0;
      },
      30_000,
    );
    const said = sentTo(user).map(({ text }) => text);
    // The answer that could not be noted may leave a second time; it keeps its id and its place.
    expect([...new Set(said)]).toEqual(['heard: hello', 'heard: one', 'heard: two']);
    expect(said.at(-1)).toBe('heard: two');
  }, 40_000);
});
