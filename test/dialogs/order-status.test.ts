import { chatWith } from './kit/chat';
import { delivered, order, parcel } from './kit/orders';

describe('order status', () => {
  test('one open order is answered directly, with what can be done next', async () => {
    const chat = await chatWith({ orders: [order('DS-1001'), delivered('DS-0900', '2026-11-02')] });
    const said = await chat.say('where is my order?');
    expect(said).toContain("I'm Tulsi Lane's automated assistant");
    expect(said).toContain('DS-1001 is on the way with Delhivery.');
    expect(said).toContain('Last scan: Bag received, Hosur hub, Friday, 20 Nov, 8:00 am.');
    expect(said).toContain('Expected tomorrow (Monday, 23 Nov), promised by Tuesday, 24 Nov.');
    expect(said).toContain('https://track.example/1490811111111');
    expect(chat.titles).toEqual(expect.arrayContaining(['Change the date', 'Talk to a person']));
    expect(chat.content?.card).toMatchObject({ kind: 'order', orderNumber: 'DS-1001' });
  });

  test('several open orders are offered as a list, newest first, and picked by number', async () => {
    const chat = await chatWith({
      orders: [
        order('DS-1001'),
        order('DS-1002', { placedAt: new Date('2026-11-18T10:00:00+05:30'), shipments: [] }),
      ],
    });
    await chat.say('track my order');
    expect(chat.titles).toEqual(['DS-1002', 'DS-1001']);
    expect(await chat.say('option two')).toContain('DS-1001 is on the way');
    expect(chat.text).not.toContain('automated');
  });

  test('says each parcel of a split order and the amount due at the door', async () => {
    const chat = await chatWith({
      orders: [
        order('DS-1003', {
          payment: { method: 'cod', status: 'pending', total: '2148.00' },
          items: [
            { sku: 'A', name: 'Kurta', quantity: 1, unitPrice: '1499.00', returnable: true },
            { sku: 'B', name: 'Mug', quantity: 1, unitPrice: '649.00', returnable: true },
          ],
          shipments: [
            parcel({ id: 'S1', skus: ['A'], status: 'out_for_delivery' }),
            parcel({ id: 'S2', skus: ['B'] }),
          ],
        }),
      ],
    });
    const said = await chat.say('DS-1003');
    expect(said).toContain('1. Kurta: is out for delivery');
    expect(said).toContain('2. Mug: is on the way');
    expect(said).toContain('To pay on delivery: ₹2,148.');
  });

  test('says how late it is and why', async () => {
    const late = parcel({
      promisedBy: '2026-11-19',
      estimatedDelivery: '2026-11-20',
      status: 'exception',
      events: [
        { at: new Date('2026-11-20T08:00:00+05:30'), status: 'exception', note: 'Road closed by rain' },
      ],
    });
    const chat = await chatWith({ orders: [order('DS-1001', { shipments: [late] })] });
    expect(await chat.say('why is my order late')).toContain(
      'It is running 3 days late, sorry. The courier says: Road closed by rain.',
    );
  });

  test('answers in Hindi and in Hinglish, following the customer', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    const hindi = await chat.say('मेरा ऑर्डर कहाँ है?');
    expect(hindi).toContain('ऑटोमेटेड असिस्टेंट');
    expect(hindi).toContain('DS-1001 Delhivery से रास्ते में है।');
    expect(await chat.say('mera order kahan hai')).toContain('DS-1001 Delhivery se raaste mein hai.');
    expect(chat.conversation.locale).toBe('hi-Latn');
  });
});

test.each(['what about my t-shirt', 'mere t-shirt ka kya hua', 'any update on the black t-shirt?'])(
  'an item instead of a number: "%s"',
  async (line) => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    expect(await chat.say(line)).toContain('DS-1001');
  },
);

describe('who may see', () => {
  test('a wrong number, a wrong PIN and a number that does not exist read the same on the web', async () => {
    const tell = async (number: string) => {
      const chat = await chatWith({ orders: [order('DS-1001')], channel: 'web' });
      const lines = [
        await chat.say(`where is ${number}`),
        await chat.say('110001'),
        await chat.say('9811100009'),
      ];
      return lines.map((line) => line.replaceAll(number, 'N'));
    };
    expect(await tell('DS-1001')).toEqual(await tell('DS-9999'));
  });

  test('order number, PIN code and phone open that order on the web', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')], channel: 'web' });
    expect(await chat.say('where is my order DS-1001')).toContain('PIN code');
    expect(await chat.say('560038')).toContain('phone number');
    expect(await chat.say('98111 00001'.replace(' ', ''))).toContain('DS-1001 is on the way');
    expect(await chat.say('track DS-1001')).toContain('DS-1001 is on the way');
  });

  test('another phone on WhatsApp reads the same for a real and an unknown number, and a code opens it', async () => {
    const real = await chatWith({ orders: [order('DS-1001')], phone: '+919999999999' });
    const none = await chatWith({ orders: [order('DS-1001')], phone: '+919999999999' });
    expect(await real.say('where is my order')).toContain('order number');
    await none.say('where is my order');
    const said = await real.say('DS-1001');
    expect(said).toContain('If this order is yours, a code is on its way');
    expect((await none.say('DS-7777')).replaceAll('DS-7777', 'DS-1001')).toBe(said);
    expect(await none.say('111111')).toBe(await real.say('111111'));
    expect(real.codes.sent).toHaveLength(1);
    expect(await real.say('482100')).toContain('DS-1001 is on the way');
  });
});
