import { randomUUID } from 'node:crypto';
import type {
  ConversationWire,
  MessageWire,
  ProblemWire,
  QueueItemWire,
  QueueWire,
} from '../../src/desk/wire';
import { eventually } from '../kit/stream';
import type { DeskClient } from './desk-client';
import { shopOrder, startDesk, type DeskKit } from './desk-kit';

describe('conversations at the desk', () => {
  let desk: DeskKit;
  let meera: DeskClient;
  let arjun: DeskClient;
  let boss: DeskClient;
  let last = 919811100100;
  const nextUser = () => String((last += 1));
  beforeAll(async () => {
    desk = await startDesk({
      deps: {
        templates: async (channel) =>
          channel === 'whatsapp'
            ? [
                {
                  name: 'follow_up',
                  language: 'en',
                  body: 'Hello {{1}}, about {{2}}.',
                  values: ['Name', 'Order'],
                },
              ]
            : [],
      },
    });
    [meera, arjun, boss] = await Promise.all([
      desk.agent('agent', 'Meera Nair'),
      desk.agent('agent', 'Arjun Das'),
      desk.agent('supervisor', 'Boss'),
    ]);
  });
  afterAll(() => desk.close());

  const open = (client: DeskClient, key: string) =>
    client.done<ConversationWire>('GET', client.conversation(key));
  const write = (client: DeskClient, key: string, text: string, more: object = {}) =>
    client.call<MessageWire & ProblemWire>('POST', client.conversation(key, '/messages'), {
      id: randomUUID(),
      text,
      ...more,
    });
  const move = (client: DeskClient, key: string, body: object) =>
    client.call<{ item: QueueItemWire } & ProblemWire>('POST', client.conversation(key, '/owner'), body);
  const sendsTo = (user: string) => desk.stream.provider.ledger.filter(({ to }) => to.includes(user));

  it('lists who waits with why, since when and until when an answer is due', async () => {
    const user = nextUser();
    const key = await desk.waiting(user, 'person please', {
      reason: 'anger',
      priority: 'high',
      orderNumber: 'DS-7',
    });
    const { items } = await meera.done<QueueWire>('GET', '/queue?owner=waiting');
    const item = items.find((one) => one.key === key)!;
    expect(item).toMatchObject({
      owner: 'waiting',
      reason: 'anger',
      priority: 'high',
      orderNumber: 'DS-7',
      user,
    });
    expect(Date.parse(item.dueAt!) - Date.parse(item.waitingSince!)).toBe(15 * 60_000);
  });

  it('shows brief, proof, orders and transcript of a conversation at once', async () => {
    await desk.orders.put(shopOrder('DS-1001'), new Date());
    const key = await desk.waiting('919811100001', 'where is DS-1001', {
      orderNumber: 'DS-1001',
      wants: 'order_status',
      gathered: [{ name: 'order', value: 'DS-1001', seq: 1 }],
      promised: 'within 15 minutes',
    });
    const shown = await open(meera, key);
    expect(shown.proof).toEqual({ level: 1, how: 'writes from the order’s phone' });
    expect(shown.brief).toMatchObject({
      reason: 'asked',
      promised: 'within 15 minutes',
      wants: 'order_status',
    });
    expect(shown.orders.map(({ orderNumber }) => orderNumber)).toEqual(['DS-1001']);
    expect(shown.orders[0]!.shippingAddress.line1).toBe('Flat 204, Lake View');
    // How many days depends on the day of the test; `progress.test.ts` counts them.
    expect(shown.orders[0]!.parcels[0]!.late).toMatch(/\d+ days after the promised Tue 24 Nov/);
    expect(shown.messages[0]).toMatchObject({ seq: 1, from: 'customer', text: 'where is DS-1001' });
    expect(shown.window.state).toBe('open');
  });

  it('sends a reply to the customer, once for one id, and takes the conversation over', async () => {
    const user = nextUser();
    const key = await desk.waiting(user, 'hello');
    const id = randomUUID();
    const first = await write(meera, key, 'Meera here.', { id });
    const again = await write(meera, key, 'Meera here.', { id });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.seq).toBe(first.body.seq);
    await eventually('sent', () =>
      sendsTo(user).some((sent) => JSON.stringify(sent).includes('Meera here.')),
    );
    expect(sendsTo(user).filter((sent) => JSON.stringify(sent).includes('Meera here.'))).toHaveLength(1);
    const { item } = await open(meera, key);
    expect(item).toMatchObject({ owner: 'agent', assigneeName: 'Meera Nair' });
  });

  it('never sends a private note', async () => {
    const user = nextUser();
    const key = await desk.waiting(user, 'hello');
    expect((await write(meera, key, 'careful, angry', { visibility: 'note' })).status).toBe(201);
    await write(meera, key, 'Good morning.');
    await eventually('the reply is out', () =>
      sendsTo(user).some((sent) => JSON.stringify(sent).includes('Good morning.')),
    );
    expect(JSON.stringify(sendsTo(user))).not.toContain('careful');
    const note = (await open(meera, key)).messages.find(({ text }) => text.includes('careful'));
    expect(note).toMatchObject({ visibility: 'note', from: 'agent', agent: 'Meera Nair' });
  });

  it('gives a conversation to one of two who claim it, and tells the other who has it', async () => {
    const key = await desk.waiting(nextUser(), 'hello');
    const answers = await Promise.all([
      move(meera, key, { owner: 'agent' }),
      move(arjun, key, { owner: 'agent' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = answers.find(({ status }) => status === 200)!.body.item.assigneeName;
    expect(answers.find(({ status }) => status === 409)!.body.holder).toBe(winner);
    const loser = winner === 'Meera Nair' ? arjun : meera;
    for (const body of [{ owner: 'bot' }, { owner: 'closed' }, { owner: 'agent', force: true }]) {
      const refused = await move(loser, key, body);
      expect([refused.status, refused.body.holder]).toEqual([409, winner]);
    }
    const reply = await write(loser, key, 'me too');
    expect([reply.status, reply.body.holder]).toEqual([409, winner]);
    expect((await move(boss, key, { owner: 'agent', force: true })).body.item.assigneeName).toBe('Boss');
  });

  it('returns to the bot, which answers again', async () => {
    const user = nextUser();
    const key = await desk.waiting(user, 'hello');
    await move(meera, key, { owner: 'agent' });
    await desk.stream.says(user, 'while a person has it');
    await eventually('it is in the transcript', async () =>
      (await open(meera, key)).messages.some(({ text }) => text === 'while a person has it'),
    );
    await move(meera, key, { owner: 'bot' });
    await desk.stream.says(user, 'after the return');
    await eventually('the bot answers', () =>
      sendsTo(user).some((sent) => JSON.stringify(sent).includes('heard: after the return')),
    );
    expect(JSON.stringify(sendsTo(user))).not.toContain('heard: while a person has it');
  });

  it('hands over to a colleague or the team with a note they see', async () => {
    const key = await desk.waiting(nextUser(), 'hello');
    await move(meera, key, { owner: 'agent' });
    const transfer = (client: DeskClient, to: string) =>
      client.call<{ item: QueueItemWire } & ProblemWire>('POST', client.conversation(key, '/transfer'), {
        to,
        note: 'Needs the warehouse',
      });
    expect((await transfer(arjun, arjun.session.agent.id)).status).toBe(409);
    expect((await transfer(meera, 'nobody')).status).toBe(422);
    expect((await transfer(meera, arjun.session.agent.id)).body.item.assigneeName).toBe('Arjun Das');
    const notes = (await open(arjun, key)).messages.filter(({ visibility }) => visibility === 'note');
    expect(notes.map(({ text }) => text)).toContain('For Arjun Das: Needs the warehouse');
    expect((await transfer(arjun, 'team')).body.item.owner).toBe('waiting');
  });

  it('finds conversations by phone and by order number', async () => {
    const zoya = { name: 'Zoya', phone: '+919811155555' };
    await desk.orders.put(
      shopOrder('ZX-4321', {
        customer: zoya,
        shippingAddress: { ...shopOrder('').shippingAddress, ...zoya },
      }),
      new Date(),
    );
    const key = await desk.waiting('919811155555', 'hi');
    for (const search of ['9198111555', '+919811155555', '98111 55555', 'ZX-4321', 'zx-4321']) {
      const { items } = await meera.done<QueueWire>('GET', `/queue?search=${encodeURIComponent(search)}`);
      expect([search, items.map((item) => item.key)]).toEqual([search, [key]]);
    }
    expect((await meera.done<QueueWire>('GET', '/queue?search=ZX-9999')).items).toEqual([]);
  });

  it('finds conversations by words that were said, on either side, and by the whole name', async () => {
    const found = async (search: string) => {
      const path = `/queue?search=${encodeURIComponent(search)}`;
      return (await meera.done<QueueWire>('GET', path)).items.map((item) => item.key);
    };
    const [one, two] = [nextUser(), nextUser()];
    const key = await desk.waiting(one, 'The brass lamp (large) came broken');
    const other = await desk.waiting(two, 'My lamp is lovely');
    await meera.done('POST', `/conversations/${encodeURIComponent(key)}/messages`, {
      id: randomUUID(),
      text: 'Sorry! A replacement leaves on Monday.',
    });
    expect(await found('broken lamp')).toEqual([key]);
    expect(await found('REPLACEMENT leaves')).toEqual([key]);
    expect(await found('(large)')).toEqual([key]);
    expect((await found('lamp')).sort()).toEqual([key, other].sort());
    expect(await found('.*')).toEqual([]);
    expect(await found('xylophone')).toEqual([]);
  });

  it('sends only approved templates with all their values', async () => {
    const user = nextUser();
    const key = await desk.waiting(user, 'hello');
    const send = (template: object) =>
      meera.call('POST', meera.conversation(key, '/messages'), { id: randomUUID(), template });
    expect((await send({ name: 'other', language: 'en', values: ['a', 'b'] })).status).toBe(422);
    expect((await send({ name: 'follow_up', language: 'en', values: ['a'] })).status).toBe(422);
    expect((await send({ name: 'follow_up', language: 'en', values: ['Asha', 'DS-1'] })).status).toBe(201);
    const out = await eventually('the template is out', () =>
      sendsTo(user).find((sent) => JSON.stringify(sent).includes('follow_up')),
    );
    expect(JSON.stringify(out)).toContain('Asha');
  });

  it('refuses empty and endless messages, and unknown conversations', async () => {
    const key = await desk.waiting(nextUser(), 'hello');
    expect((await write(meera, key, '   ')).status).toBe(422);
    expect((await write(meera, key, 'x'.repeat(4097))).status).toBe(422);
    expect((await write(meera, 'whatsapp:1:2', 'hello')).status).toBe(404);
    expect((await meera.call('GET', '/conversations/nonsense')).status).toBe(404);
  });

  it('pages back through a long transcript without gaps', async () => {
    const key = await desk.waiting(nextUser(), 'hello');
    for (let n = 0; n < 70; n += 1) await write(meera, key, `note ${n}`, { visibility: 'note' });
    const shown = await open(meera, key);
    expect(shown.messages).toHaveLength(60);
    const first = shown.messages[0]!.seq;
    const path = meera.conversation(key, `/messages?before=${first}`);
    const { items } = await meera.done<{ items: MessageWire[] }>('GET', path);
    expect([...items, ...shown.messages].map(({ seq }) => seq)).toEqual(
      Array.from({ length: shown.sequence }, (_, n) => n + 1),
    );
  });
});
