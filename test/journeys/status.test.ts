import { identity } from '../http/webchat-ports';
import { order } from '../kit/orders';
import { IDENTITY_SECRET, startShop, type Customer, type Shop } from '../kit/product';

/** Where is my order: one, several, split, unknown; on every channel. */
describe('order status', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
    await shop.put(order('DS-1001', '+919811100001', { status: 'in_transit', cod: true }));
    for (const [number, status] of [
      ['DS-2001', 'in_transit'],
      ['DS-2002', 'packed'],
      ['DS-2003', 'out_for_delivery'],
    ] as const) {
      await shop.put(order(number, '+919811100002', { status }));
    }
    await shop.put(
      order('DS-3001', '+919811100003', {
        statuses: ['delivered', 'in_transit'],
        items: [
          { sku: 'KURTA', name: 'Blue kurta' },
          { sku: 'DUPATTA', name: 'Red dupatta' },
        ],
      }),
    );
  });
  afterAll(() => shop.close());

  it('WhatsApp: one open order is answered at once, in words, with what can be done next', async () => {
    const heard = await shop.whatsapp('919811100001').says('where is my order');
    expect(heard.text).toMatch(/automated/);
    expect(heard.text).toMatch(/DS-1001/);
    expect(heard.text).toMatch(/on the way/);
    expect(heard.text).toMatch(/Hosur hub/);
    expect(heard.text).toMatch(/1,?499/);
    expect(heard.text).toMatch(/https:\/\/track\.example\/DS-1001-1/);
    expect(heard.text).not.toMatch(/Lake View|560038/);
    expect(heard.options.length).toBeGreaterThanOrEqual(2);
  });

  it('WhatsApp: several orders are offered as a list, and a number picks one', async () => {
    const asha = shop.whatsapp('919811100002');
    const list = await asha.says('Where is my order?');
    expect(list.options.map((option) => option.title).join()).toMatch(
      /DS-2001.*DS-2002.*DS-2003|DS-2003.*DS-2002.*DS-2001/s,
    );
    const chosen = await asha.says('2');
    expect(chosen.text).toMatch(/DS-200\d/);
    const tapped = await asha.taps('DS-2003');
    expect(tapped.text).toMatch(/DS-2003/);
    expect(tapped.text).toMatch(/out for delivery/);
  });

  it('WhatsApp: another request is heard while it asks which order', async () => {
    await shop.put(order('DS-2101', '+919811100021', { status: null }));
    await shop.put(order('DS-2102', '+919811100021', { status: 'shipped' }));
    const asha = shop.whatsapp('919811100021');
    await asha.says('where is my order');
    expect((await asha.says('my flat is 402 not 204 for DS-2101')).text).toMatch(/PIN code/);
    expect((await asha.says('560038')).text).toMatch(/402/);
    await asha.taps('Yes');
    const { body } = await shop.api<{ shippingAddress: { line1: string } }>('GET', '/api/v1/orders/DS-2101');
    expect(body.shippingAddress.line1).toBe('Flat 402, Lake View');
  });

  it('WhatsApp: each parcel of a split order is told', async () => {
    const heard = await shop.whatsapp('919811100003').says('track my order');
    expect(heard.text).toMatch(/Blue kurta/);
    expect(heard.text).toMatch(/Red dupatta/);
    expect(heard.text).toMatch(/delivered/i);
    expect(heard.text).toMatch(/on the way/);
  });

  it.each(['instagram', 'web'] as const)('%s: each parcel of a split order, after proof', async (channel) => {
    const asha = channel === 'web' ? await shop.web() : shop.instagram('8000000000000031');
    await asha.says('where is my order DS-3001');
    await asha.says('560038');
    const heard = await asha.says('9811100003');
    expect(heard.text).toMatch(/Blue kurta/);
    expect(heard.text).toMatch(/Red dupatta/);
    expect(heard.text).toMatch(/delivered/i);
    expect(heard.text).toMatch(/on the way/);
  });

  it('web, signed in by the shop: several orders are offered as a list', async () => {
    const exp = Math.floor(Date.now() / 1000) + 600;
    const claims = { sub: 'cust-2', exp, phone: '+919811100002', name: 'Asha Rao' };
    const asha = await shop.web(identity(claims, IDENTITY_SECRET));
    const list = await asha.says('where is my order');
    expect(list.options.map((option) => option.title).join()).toMatch(/DS-200\d.*DS-200\d.*DS-200\d/s);
    expect((await asha.taps('DS-2003')).text).toMatch(/out for delivery/);
  });

  it('WhatsApp: in Hinglish and in Hindi', async () => {
    const hinglish = await shop.whatsapp('919811100001').says('mera order kahan hai bhai');
    expect(hinglish.text).toMatch(/DS-1001/);
    expect(hinglish.text).toMatch(/\b(hai|raaste|mein)\b/);
    const hindi = await shop.whatsapp('919811100001').says('मेरा ऑर्डर कहाँ है');
    expect(hindi.text).toMatch(/DS-1001/);
    expect(hindi.text).toMatch(/[\u0900-\u097f]{3}/);
  });

  let people = 0;
  const STRANGERS: [string, () => Promise<Customer>][] = [
    ['WhatsApp', async () => shop.whatsapp(`9198999000${10 + (people += 1)}`)],
    ['Instagram', async () => shop.instagram(`80000000000001${10 + (people += 1)}`)],
    ['web', () => shop.web()],
  ];
  it.each(STRANGERS)(
    '%s: a stranger reads the same for a number that exists and one that does not, and learns nothing',
    async (_name, meet) => {
      const answers: string[][] = [];
      for (const number of ['DS-1001', 'DS-9999']) {
        const stranger = await meet();
        const heard = [
          await stranger.says('where is my order'),
          await stranger.says(number),
          await stranger.says('110001'),
          await stranger.says('9811100099'),
        ];
        answers.push(
          heard.map((each) =>
            each.text.replaceAll(number, 'NUMBER').replace(/^.*?automated assistant\.? ?/s, ''),
          ),
        );
        for (const each of heard) expect(each.text).not.toMatch(/Hosur|T-shirt|Lake View|Asha|1,?499/);
      }
      expect(answers[0]!.slice(1, 3)).toEqual(answers[1]!.slice(1, 3));
    },
  );

  it.each([STRANGERS[1]!, STRANGERS[2]!])(
    '%s: order number, PIN code and phone together open that order',
    async (name) => {
      const asha = name === 'web' ? await shop.web() : shop.instagram('8000000000000002');
      await asha.says('where is my order DS-1001');
      await asha.says('560038');
      const heard = await asha.says('9811100001');
      expect(heard.text).toMatch(/DS-1001/);
      expect(heard.text).toMatch(/Hosur hub/);
      expect(heard.text).not.toMatch(/Lake View/);
    },
  );
});
