import { systemClock } from '../../src/core/clock';
import type { MetricsSummary } from '../../src/core/summary';
import { order } from '../kit/orders';
import { startShop, type Customer, type Shop } from '../kit/product';
import { eventually } from '../kit/stream';

/** Real time, moved on by hand. */
let ahead = 0;
const clock = { now: () => new Date(systemClock.now().getTime() + ahead) };
const HOUR = 3_600_000;

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ clock });
  await shop.put(order('DS-1001', '+919811177001', { status: 'in_transit' }));
});
afterAll(() => shop.close());

async function act({ channel, user }: Customer, what: 'messages' | 'owner', body: unknown): Promise<void> {
  const { id } = await shop.conversation(channel, user);
  const { status } = await shop.api('POST', `/api/v1/conversations/${encodeURIComponent(id)}/${what}`, body);
  expect(status).toBeLessThan(300);
}

const ownerOf = async ({ channel, user }: Customer) => (await shop.conversation(channel, user)).owner;
const satisfaction = async () =>
  (await shop.api<MetricsSummary>('GET', '/api/v1/metrics/summary')).body.satisfaction;

/** A person was asked for, wrote, and the customer read it. */
async function helped(customer: Customer, words = 'talk to a person'): Promise<void> {
  await customer.says(words);
  await act(customer, 'messages', { text: 'Meera here, that is done' });
  expect((await customer.next()).text).toContain('Meera here');
}

describe('how people’s help was', () => {
  it('is asked when they resolve it; a tap answers, and it stays resolved', async () => {
    const asha = shop.whatsapp('919811177001');
    await helped(asha);
    await act(asha, 'owner', { owner: 'closed' });
    const asked = await asha.next();
    expect(asked.text).toMatch(/automated assistant again.*How was the help/);
    expect(asked.options.map(({ title }) => title)).toEqual([
      'Very poor',
      'Poor',
      'Average',
      'Good',
      'Very good',
    ]);
    expect((await asha.taps('Good')).text).toBe("Thank you, that's good to hear!");
    expect(await ownerOf(asha)).toBe('closed');
    expect(await satisfaction()).toEqual({ csat: 1, nps: null, answers: 1, byScore: { 4: 1 } });
    expect((await asha.says('where is my order')).text).toContain('DS-1001');
    expect(await ownerOf(asha)).toBe('bot');
  });

  it('is answered by a number that means what stars mean; who was not helped may have a person again', async () => {
    const ravi = shop.instagram('9000000000000077');
    await helped(ravi);
    await act(ravi, 'owner', { owner: 'closed' });
    await ravi.next();
    const sorry = await ravi.says('1');
    expect(sorry.text).toContain("sorry it wasn't better");
    expect(await satisfaction()).toEqual({ csat: 0.5, nps: null, answers: 2, byScore: { 1: 1, 4: 1 } });
    await ravi.taps('Talk to a person');
    expect(await ownerOf(ravi)).toBe('waiting');
  });

  it.each([
    ['Hindi', '919811177002', 'मुझे किसी इंसान से बात करनी है', /कैसी मदद/, 'बहुत अच्छी', /अच्छा लगा/],
    [
      'Hinglish',
      '919811177003',
      'mujhe kisi insaan se baat karni hai',
      /kaisi help/,
      'Kharab',
      /Maaf kijiye/,
    ],
  ])('is asked in %s', async (_name, phone, words, question, answer, thanks) => {
    const customer = shop.whatsapp(phone);
    await helped(customer, words);
    await act(customer, 'owner', { owner: 'closed' });
    expect((await customer.next()).text).toMatch(question);
    expect((await customer.says(answer)).text).toMatch(thanks);
    expect(await ownerOf(customer)).toBe('closed');
  });

  it('is asked in the web chat too', async () => {
    const visitor = await shop.web();
    await helped(visitor);
    await act(visitor, 'owner', { owner: 'closed' });
    expect((await visitor.next()).options).toHaveLength(5);
    expect((await visitor.taps('Average')).text).toBe('Thank you for telling us.');
  });

  it('may be answered after another question, and while a person has it again, who is not talked over', async () => {
    const meena = shop.whatsapp('919811177004');
    const before = await satisfaction();
    await helped(meena);
    await act(meena, 'owner', { owner: 'closed' });
    await meena.next();
    // Whether the question was read is not known: what speaks is said again.
    expect((await meena.says('thanks')).text).toMatch(/automated assistant again/);
    expect((await meena.taps('Very good')).text).toMatch(/good to hear/);
    expect((await satisfaction()).answers).toBe(before.answers + 1);
    await act(meena, 'owner', { owner: 'agent' });
    await meena.saysInVain('are you there?');
    const read = meena.read().length;
    await shop.provider.tap('whatsapp', meena.user, 'Poor');
    const { id } = await shop.conversation('whatsapp', meena.user);
    await eventually('the answer is noted', async () => {
      const found = await shop.connection
        .collection<{ _id: string; survey?: { score: number } }>('conversations')
        .findOne({ _id: id });
      return found?.survey?.score === 2;
    });
    expect(meena.read()).toHaveLength(read);
  });

  it('is not asked where nobody wrote, where the agent says so, after STOP, out of the window, nor twice within a day', async () => {
    const asked = async (customer: Customer, close: object = { owner: 'closed' }) => {
      await act(customer, 'owner', close);
      const { id } = await shop.conversation(customer.channel, customer.user);
      const path = `/api/v1/conversations/${encodeURIComponent(id)}/messages?limit=200`;
      const { items } = (await shop.api<{ items: { text: string }[] }>('GET', path)).body;
      return items.filter(({ text }) => text.includes('How was the help')).length;
    };
    const silent = shop.whatsapp('919811177005');
    await silent.says('talk to a person');
    await act(silent, 'owner', { owner: 'agent' });
    expect(await asked(silent)).toBe(0);

    const spared = shop.whatsapp('919811177006');
    await helped(spared);
    expect(await asked(spared, { owner: 'closed', survey: false })).toBe(0);

    const stopped = shop.whatsapp('919811177007');
    await helped(stopped);
    await stopped.saysInVain('stop');
    expect(await asked(stopped)).toBe(0);

    const twice = shop.whatsapp('919811177008');
    for (const hours of [0, 1, 25]) {
      ahead += hours * HOUR;
      await helped(twice);
      await act(twice, 'owner', { owner: 'closed' });
    }
    expect(await asked(twice)).toBe(2);

    const late = shop.whatsapp('919811177009');
    await helped(late);
    ahead += 24 * HOUR;
    expect(await asked(late)).toBe(0);
  });
});
