import { systemClock } from '../../src/core/clock';
import type { Store } from '../../src/store/connect';
import { MongoInboxStore } from '../../src/store/inbox';
import { openTestStore } from '../kit/store';
import { eventually, keyOf, startStream, textActivity, type StreamKit } from '../kit/stream';

const BUSY = '919660000001';
const ASHA = '919660000002';

/** What an earlier life accepted and did not get to, more than one look at the store brings. */
describe('a start with a long backlog', () => {
  let store: Store;
  let kit: StreamKit;
  beforeAll(async () => {
    store = await openTestStore();
    const inbox = new MongoInboxStore(store.connection, systemClock);
    const left = async (user: string, text: string) => {
      const activity = textActivity(user, text);
      const now = systemClock.now();
      await inbox.insert({
        _id: `whatsapp:left:${activity.id}`,
        conversation: keyOf(user),
        customerId: '',
        state: 'new',
        arrival: inbox.nextArrival(now),
        activity,
        receivedAt: now,
      });
    };
    await Promise.all(Array.from({ length: 520 }, (_, n) => left(BUSY, `line ${n}`)));
    await left(ASHA, 'first');
    await left(ASHA, 'second');
    kit = await startStream(store, { sole: true });
  }, 60_000);
  afterAll(async () => {
    await kit.close();
    await store.close();
  });

  it('hears nobody’s new line before what they had said', async () => {
    const heard = async (user: string) =>
      (await kit.stream.conversations.messages(keyOf(user), { limit: 200 }))
        .filter(({ from }) => from === 'customer')
        .map(({ text }) => text);
    await eventually('the first look is over', async () => (await heard(BUSY)).length > 0);
    await kit.says(ASHA, 'third');
    await eventually('all three are heard', async () => (await heard(ASHA)).length === 3);
    expect(await heard(ASHA)).toEqual(['first', 'second', 'third']);
  });
});
