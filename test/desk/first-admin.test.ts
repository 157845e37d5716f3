import type { AgentStore, CannedReplyStore } from '../../src/core/agents';
import { ensureFirstAdmin } from '../../src/desk/first-admin';
import { addStarterReplies } from '../../src/desk/starter-replies';
import { createAgentStore } from '../../src/store/agents';
import { createCannedReplyStore } from '../../src/store/canned-replies';
import { ensureIndexes, type Store } from '../../src/store/connect';
import { systemClock } from '../../src/core/clock';
import { openTestStore } from '../kit/store';

describe('the first start of a desk', () => {
  let store: Store;
  let agents: AgentStore;
  let replies: CannedReplyStore;
  beforeEach(async () => {
    store = await openTestStore();
    agents = createAgentStore(store.connection, systemClock);
    replies = createCannedReplyStore(store.connection);
    await ensureIndexes(store.connection);
  });
  afterEach(() => store.close());

  it('makes an admin with a password of its own, says it once, and never again', async () => {
    const made = await ensureFirstAdmin(agents, {});
    expect(made?.password).toMatch(/^[\w-]{16}$/);
    expect(await agents.verify(made!.email, made!.password!)).toMatchObject({ role: 'admin', active: true });
    expect(await ensureFirstAdmin(agents, {})).toBeUndefined();
    expect(await agents.count()).toBe(1);
  });

  it('agrees on one admin when several processes start on an empty store at once', async () => {
    const made = await Promise.all([1, 2, 3].map(() => ensureFirstAdmin(agents, {})));
    const [told] = made.filter((each) => each !== undefined);
    expect(made.filter((each) => each !== undefined)).toHaveLength(1);
    expect(await agents.verify(told!.email, told!.password!)).toBeDefined();
    expect(await agents.count()).toBe(1);
  });

  it('takes the e-mail and password of the settings and does not repeat the password', async () => {
    const made = await ensureFirstAdmin(agents, { email: 'Boss@shop.example', password: 'ten-characters' });
    expect(made).toEqual({ email: 'Boss@shop.example' });
    expect(await agents.verify('boss@shop.example', 'ten-characters')).toBeDefined();
  });

  it('refuses a short password of the settings and makes nobody', async () => {
    await expect(ensureFirstAdmin(agents, { password: 'short' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await agents.count()).toBe(0);
  });

  it('refuses the same e-mail twice even when both come at once', async () => {
    const person = { email: 'a@b.example', name: 'A', role: 'agent' as const, password: 'ten-characters' };
    const outcomes = await Promise.allSettled([agents.add(person), agents.add(person)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    });
  });

  it('starts with a few prepared replies that can be changed and removed', async () => {
    await addStarterReplies(replies);
    const before = await replies.list();
    expect(before.map(({ shortcut }) => shortcut)).toEqual(['hello', 'late', 'namaste', 'thanks']);
    await replies.put({ shortcut: 'late', text: 'Changed' });
    await replies.remove('hello');
    expect((await replies.list()).map(({ text }) => text)).toContain('Changed');
    expect(await replies.list()).toHaveLength(3);
  });
});
