import { order } from '../kit/orders';
import { startShop, type Customer, type Shop } from '../kit/product';

/** To a person and back, the bot silent in between; STOP; what is not text. */
describe('a person takes over', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
    await shop.put(order('DS-1001', '+919811100001', { status: 'in_transit' }));
  });
  afterAll(() => shop.close());

  const CUSTOMERS: [string, string, () => Promise<Customer>][] = [
    ['WhatsApp', 'I want to talk to a human', async () => shop.whatsapp('919811100001')],
    [
      'WhatsApp in Hinglish',
      'mujhe kisi insaan se baat karni hai',
      async () => shop.whatsapp('919811100021'),
    ],
    ['WhatsApp in Hindi', 'मुझे किसी इंसान से बात करनी है', async () => shop.whatsapp('919811100022')],
    ['Instagram', 'connect me to an agent', async () => shop.instagram('9000000000000001')],
    ['web', 'let me speak to a real person', () => shop.web()],
  ];

  it.each(CUSTOMERS)('%s: asked for, given, silent meanwhile, and back', async (_name, words, meet) => {
    const customer = await meet();
    await customer.says(words);
    const { id, owner } = await shop.conversation(customer.channel, customer.user);
    expect(owner).toBe('waiting');
    await customer.saysInVain('hello? it is urgent');
    const path = `/api/v1/conversations/${encodeURIComponent(id)}`;
    expect((await shop.api('POST', `${path}/owner`, { owner: 'agent' })).status).toBe(200);
    await customer.saysInVain('where is my order');
    expect(
      (await shop.api('POST', `${path}/messages`, { text: 'Meera here, I am looking into it' })).status,
    ).toBeLessThan(300);
    expect((await customer.next()).text).toBe('Meera here, I am looking into it');
    await shop.api('POST', `${path}/messages`, { text: 'a private thought', visibility: 'note' });
    await customer.saysInVain('thank you');
    expect((await shop.api('POST', `${path}/owner`, { owner: 'bot' })).status).toBe(200);
    const back = await customer.says('where is my order');
    expect(back.text).toMatch(/automated|assistant|सहायक|असिस्टेंट|ऑटोमे/i);
    expect(
      customer
        .read()
        .map((heard) => heard.text)
        .join('\n'),
    ).not.toMatch(/private thought/);
  });

  it('two misses in a row bring a person', async () => {
    const customer = shop.whatsapp('919811100031');
    await customer.says('flurble wug zzx');
    await customer.says('wug flurble qqp zzx');
    expect((await shop.conversation('whatsapp', customer.user)).owner).toBe('waiting');
  });

  it('STOP is honoured: nothing is started by us any more, until START', async () => {
    const customer = shop.whatsapp('919811100032');
    const stopped = async () => {
      const { id } = await shop.conversation('whatsapp', customer.user);
      return (
        await shop.connection
          .collection<{ _id: string; stopped: boolean }>('conversations')
          .findOne({ _id: id })
      )?.stopped;
    };
    await customer.says('STOP');
    expect(await stopped()).toBe(true);
    await customer.says('START');
    expect(await stopped()).toBe(false);
    const { id } = await shop.conversation('whatsapp', customer.user);
    await shop.api('POST', `/api/v1/conversations/${encodeURIComponent(id)}/owner`, { owner: 'agent' });
    await customer.saysInVain('stop');
    expect(await stopped()).toBe(true);
  });
});
