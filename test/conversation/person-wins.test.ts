import type { Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';
import {
  ACCOUNT_IDENTITY,
  eventually,
  keyOf,
  startStream,
  textActivity,
  type StreamKit,
} from '../kit/stream';
import { random } from '../kit/random';

const MEERA = { id: 'a1', name: 'Meera' };

/** Bot sends that left although a person had taken over before they were claimed. */
async function sentOverAPerson(
  kit: StreamKit,
  user: string,
  taken: { from: number; to: number }[],
): Promise<string[]> {
  const lines = await kit.stream.conversations.messages(keyOf(user));
  const bots = new Map(lines.filter((line) => line.from === 'bot').map((line) => [line.id, line]));
  return kit.provider.ledger
    .filter((send) => send.to === user && bots.has(send.callbackId ?? ''))
    .filter((send) => taken.some(({ from, to }) => send.receivedAt > from && send.receivedAt < to))
    .map((send) => send.text);
}

describe('a person always wins', () => {
  let store: Store;
  let kit: StreamKit;
  beforeAll(async () => {
    store = await openTestStore();
    kit = await startStream(store);
  });
  afterAll(async () => {
    await kit.close();
    await store.close();
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'in random order of customer, bot, take-over, hand-back, echo and notice (seed %i)',
    async (seed) => {
      const next = random(seed);
      const user = `9195000000${String(seed).padStart(2, '0')}`;
      kit.provider.behaviour.delayMs = () => Math.floor(next() * 500);
      await kit.says(user, 'hello');
      await eventually('it exists', async () => kit.stores.conversations.get(keyOf(user)));
      const taken: { from: number; to: number }[] = [];
      let open: { from: number; to: number } | undefined;
      const release = () => {
        if (open) open.to = performance.now();
        open = undefined;
      };
      for (let step = 0; step < 25; step += 1) {
        const dice = next();
        if (dice < 0.4) await kit.says(user, `line ${step}`);
        else if (dice < 0.55) {
          await kit.stream.actions.setOwner(keyOf(user), 'agent', MEERA, { force: true });
          // From here on, until it is handed back, no bot message may be claimed.
          open ??= { from: performance.now(), to: Infinity };
          if (!taken.includes(open)) taken.push(open);
        } else if (dice < 0.7) {
          release();
          await kit.stream.actions.setOwner(keyOf(user), 'bot', MEERA);
        } else if (dice < 0.8)
          await kit.stream.actions.notify(keyOf(user), `n${step}`, { text: `notice ${step}` });
        else if (dice < 0.9) {
          await kit.stream.inbox.accept([
            {
              type: 'echo',
              id: `echo.${user}.${step}`,
              reference: { channel: 'whatsapp', account: ACCOUNT_IDENTITY(user).account, user },
              identities: [ACCOUNT_IDENTITY(user)],
              at: new Date(),
              text: `colleague ${step}`,
            },
          ]);
        } else await new Promise((resolve) => setTimeout(resolve, Math.floor(next() * 200)));
      }
      release();
      await kit.stream.actions.setOwner(keyOf(user), 'agent', MEERA, { force: true });
      await eventually(
        'all is quiet',
        async () => (await kit.stores.conversations.get(keyOf(user)))?.outbox.length === 0,
      );
      expect(await sentOverAPerson(kit, user, taken)).toEqual([]);
      const lines = await kit.stream.conversations.messages(keyOf(user), { limit: 1000 });
      expect(lines.map((line) => line.seq)).toEqual(lines.map((_, index) => index + 1));
    },
  );

  it('lets a message of a person leave within two seconds of a bot send that hangs', async () => {
    const user = '919500000099';
    kit.provider.behaviour.delayMs = (send) => (send.text.startsWith('heard') ? 7_500 : 0);
    await kit.says(user, 'hello');
    await eventually(
      'the bot is sending',
      async () => (await kit.stores.conversations.get(keyOf(user)))?.outbox[0]?.state === 'claimed',
    );
    const taken = await kit.stream.actions.setOwner(keyOf(user), 'agent', MEERA);
    expect(taken.leaving).toBe(true);
    await kit.stream.actions.reply(keyOf(user), MEERA, { text: 'Meera here' });
    const hers = await eventually('her message left', () =>
      kit.provider.ledger.find((send) => send.to === user && send.text === 'Meera here'),
    );
    const his = kit.provider.ledger.find((send) => send.to === user && send.text.startsWith('heard'));
    // Well before the answer to the bot's message, however slow the machine is: both wait in this process.
    expect(hers.receivedAt - his!.receivedAt).toBeLessThan(7_000);
    kit.provider.behaviour.delayMs = 0;
  });

  it('keeps what arrived under its own conversation when a colleague answers from the phone', async () => {
    const user = '919500000098';
    await kit.stream.inbox.accept([textActivity(user, 'hi')]);
    await eventually('an answer', () => kit.provider.ledger.some((send) => send.to === user));
    await kit.stream.inbox.accept([
      {
        type: 'echo',
        id: 'echo.x',
        reference: { channel: 'whatsapp', account: ACCOUNT_IDENTITY(user).account, user },
        identities: [ACCOUNT_IDENTITY(user)],
        at: new Date(),
        text: 'I am on it',
      },
    ]);
    await eventually(
      'the person owns it',
      async () => (await kit.stores.conversations.get(keyOf(user)))?.owner === 'agent',
    );
    const before = kit.provider.ledger.length;
    await kit.says(user, 'thanks');
    await eventually('the line', async () =>
      (await kit.stream.conversations.messages(keyOf(user))).some((line) => line.text === 'thanks'),
    );
    expect(kit.provider.ledger.length).toBe(before);
  });
});
