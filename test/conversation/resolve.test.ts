import type { Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';
import { startStream, type StreamKit } from '../kit/stream';

const MEERA = { id: 'a1', name: 'Meera' };

describe('resolving a conversation', () => {
  let store: Store;
  let kit: StreamKit;
  beforeAll(async () => {
    store = await openTestStore();
    kit = await startStream(store, { survey: () => ({ text: 'How was the help?' }) });
  }, 30_000);
  afterAll(async () => {
    await kit.close();
    await store.close();
  });

  it.each([
    ['asks how the help was where the channel is on', 'whatsapp', ['How was the help?']],
    ['works, and asks nothing, where the channel is off by now', 'instagram', []],
  ])('%s', async (_what, channel, asked) => {
    const { actions, conversations } = kit.stream;
    const user = '919670000001';
    const { key } = await actions.open({ channel, account: '1', user }, { identities: [] });
    const { conversation } = await actions.setOwner(key, 'agent', MEERA);
    const now = new Date();
    await kit.stores.conversations.write(key, conversation.version, {
      set: { people: { since: now, answeredAt: now }, lastCustomerMessageAt: now },
    });
    expect((await actions.setOwner(key, 'closed', MEERA)).conversation.owner).toBe('closed');
    const said = (await conversations.messages(key)).filter(({ from }) => from === 'bot');
    expect(said.map(({ text }) => text)).toEqual(asked);
  });
});
