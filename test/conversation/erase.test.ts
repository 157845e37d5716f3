import type { Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';
import { eventually, keyOf, startStream, type StreamKit } from '../kit/stream';

describe.each([
  ['the only process on its store', true],
  ['one of several processes', false],
])('a customer deletes the conversation, in %s', (_what, sole) => {
  let store: Store;
  let kit: StreamKit;
  /** Called when a turn has decided and not yet committed. */
  let decided: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    store = await openTestStore();
    kit = await startStream(store, { sole, probe: (step) => (step === 6 ? decided?.() : undefined) });
  }, 30_000);
  afterAll(async () => {
    await kit.close();
    await store.close();
  });

  const linesOf = async (user: string) =>
    (await kit.stream.conversations.messages(keyOf(user))).map(({ text }) => text);
  const answered = (user: string, text: string) =>
    eventually(`${text} is answered`, async () => (await linesOf(user)).includes(`heard: ${text}`));
  const DELETED = expect.stringContaining('The customer deleted this chat');

  it.each([
    ['the first of a conversation', '919651000001', false],
    ['one of a conversation this process remembers', '919651000002', true],
  ])('a turn on its way, %s, is thrown away with what it heard', async (_which, user, known) => {
    if (known) {
      await kit.says(user, 'hello');
      await answered(user, 'hello');
    }
    let erased: Promise<void> | undefined;
    decided = async () => {
      decided = undefined;
      erased = kit.stream.actions.erase(keyOf(user));
      await eventually('it is empty', async () => (await kit.stores.conversations.get(keyOf(user)))?.erased);
    };
    await kit.says(user, 'my secret');
    await eventually('the turn ran into it', () => erased !== undefined);
    await erased;
    expect(await linesOf(user)).toEqual([DELETED]);
    expect(kit.provider.ledger.filter(({ to, text }) => to === user && text.includes('secret'))).toEqual([]);
    await kit.says(user, 'hello again');
    await answered(user, 'hello again');
    expect(await linesOf(user)).toEqual([DELETED, 'hello again', 'heard: hello again']);
  });

  it('a message that came before is not heard twice, whoever repeats it', async () => {
    const user = '919651000003';
    await kit.says(user, 'my secret', 'wamid.secret');
    await answered(user, 'my secret');
    await kit.stream.actions.erase(keyOf(user));
    await kit.says(user, 'my secret', 'wamid.secret');
    await kit.says(user, 'hello');
    await answered(user, 'hello');
    expect(await linesOf(user)).toEqual([DELETED, 'hello', 'heard: hello']);
  });

  it('STOP stays, and so does what is the shop’s: that a person was needed', async () => {
    const user = '919651000004';
    await kit.says(user, 'hello');
    await answered(user, 'hello');
    await kit.stream.actions.setOwner(keyOf(user), 'agent', { id: 'm', name: 'Meera' });
    const { version } = (await kit.stores.conversations.get(keyOf(user)))!;
    await kit.stores.conversations.write(keyOf(user), version, { set: { stopped: true } });
    await kit.stream.actions.erase(keyOf(user));
    const after = await kit.stores.conversations.get(keyOf(user));
    expect(after).toMatchObject({ owner: 'closed', stopped: true, everHanded: true, identities: [] });
    expect(after?.assignee).toBeUndefined();
    expect(after?.people?.endedAt).toBeInstanceOf(Date);
  });

  it('viewers hear of it once: those who read along, and those who come back later', async () => {
    const user = '919651000005';
    await kit.says(user, 'hello');
    await answered(user, 'hello');
    const heard = (after: number, publicOnly: boolean) => {
      const events: string[] = [];
      const stop = kit.stream.feeds.follow(keyOf(user), after, { publicOnly }, (event) =>
        events.push(event.type === 'message' ? event.entry.text : event.type),
      );
      return { events, stop };
    };
    const along = heard(0, true);
    await eventually('they read along', () => along.events.includes('heard: hello'));
    await kit.stream.actions.erase(keyOf(user));
    await kit.says(user, 'anew');
    await answered(user, 'anew');
    const back = heard(2, true);
    const atDesk = heard(1, false);
    await eventually('all have read it', () =>
      [along, back, atDesk].every(({ events }) => events.includes('heard: anew')),
    );
    for (const { stop } of [along, back, atDesk]) stop();
    expect(along.events.filter((event) => event === 'erased')).toHaveLength(1);
    expect(back.events.filter((event) => event !== 'owner')).toEqual(['erased', 'anew', 'heard: anew']);
    expect(atDesk.events.filter((event) => event !== 'owner')).toEqual([
      'erased',
      DELETED,
      'anew',
      'heard: anew',
    ]);
  });
});

it('what a crash left of it is taken away at the next start', async () => {
  const store = await openTestStore();
  const user = '919651000009';
  const first = await startStream(store);
  await first.says(user, 'my secret');
  await eventually(
    'answered',
    async () => (await first.stream.conversations.messages(keyOf(user))).length === 2,
  );
  const lines = await store.connection.collection('messages').find().toArray();
  await first.stream.actions.erase(keyOf(user));
  await first.close();
  // As after a crash between the one write and the clearing.
  await store.connection.collection('messages').insertMany(lines);
  await store.connection
    .collection('conversations')
    .updateOne({ _id: keyOf(user) } as never, { $set: { 'erased.done': false } });
  const next = await startStream(store);
  await eventually('only the line for the desk is left', async () => {
    const left = await next.stream.conversations.messages(keyOf(user));
    return left.length === 1 && (await next.stores.conversations.get(keyOf(user)))?.erased?.done;
  });
  await next.close();
  await store.close();
}, 30_000);
