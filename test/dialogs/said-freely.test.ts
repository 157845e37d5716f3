import { chatWith } from './kit/chat';
import { ASHA, delivered, order, parcel } from './kit/orders';

const unsent = () => order('DS-1001', { shipments: [] });

/** Items of an order, one of them not to be sent back. */
function shopping() {
  const item = (sku: string, name: string, quantity = 1, returnable = true) => ({
    sku,
    name,
    quantity,
    unitPrice: '300.00',
    category: 'home',
    returnable,
  });
  const items = [
    item('SAREE', 'Red saree'),
    item('BTL', 'Steel bottle', 3),
    item('CARD', 'Gift card', 1, false),
  ];
  const base = delivered('DS-1001', '2026-11-20', { items });
  base.shipments[0]!.skus = items.map(({ sku }) => sku);
  return base;
}

describe('an address as people write it', () => {
  test('a house that reads like an order number and a name at the head stay what they are', async () => {
    const chat = await chatWith({ orders: [unsent()] });
    await chat.say('I want to change my address');
    expect(await chat.say('560038')).toContain('It goes to:\nAsha Rao\nFlat 204, Lake View');
    const asked = await chat.say(
      'Asha Rao, B-1204 Sunrise Towers, 100 Feet Road, Bengaluru, Karnataka 560038',
    );
    expect(asked).toContain('New:\nAsha Rao\nB-1204 Sunrise Towers, 100 Feet Road');
    await chat.say('yes');
    expect((await chat.order('DS-1001')).requests[0]?.address).toMatchObject({
      name: 'Asha Rao',
      line1: 'B-1204 Sunrise Towers',
      line2: '100 Feet Road',
    });
  });

  test('a number put right at the confirmation changes only the number', async () => {
    const chat = await chatWith({ orders: [unsent()] });
    await chat.say('flat is 402 not 204');
    await chat.say('560038');
    expect(await chat.say('no, 403')).toContain('Flat 403, Lake View');
    expect((await chat.order('DS-1001')).requests).toEqual([]);
  });

  test('a Hindi flat number keeps the building', async () => {
    const chat = await chatWith({ orders: [unsent()] });
    await chat.say('मेरा पता गलत है, फ्लैट 402 होना चाहिए');
    expect(await chat.say('560038')).toContain('Flat 402, Lake View');
  });

  test('the postal code of another country proves its order, and no letter of it changes the language', async () => {
    const abroad = unsent();
    abroad.shippingAddress = {
      ...abroad.shippingAddress,
      city: 'London',
      postalCode: 'SW1A 1AA',
      country: 'GB',
    };
    const chat = await chatWith({ orders: [abroad] });
    await chat.say('change the landmark to opposite the station');
    expect(await chat.say('sw1a1aa')).toContain('opposite the station');
    expect(chat.titles[0]).toBe('Yes, change it');
  });

  test('a day and a correction in one line: both are served, the day first', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    const asked = await chat.say(
      'deliver it on wednesday evening and also change the landmark to near city mall',
    );
    expect(asked).toContain('Wednesday, 25 Nov, evening');
    expect(await chat.say('yes')).toContain('PIN code');
    expect(await chat.say('560038')).toContain('near city mall');
  });
});

describe('a return in one breath', () => {
  test('item, reason, wish and pick-up of the first line are not asked again', async () => {
    const chat = await chatWith({ orders: [shopping()] });
    await chat.say('return the red saree, it is too small, refund please, pick up on tuesday morning');
    const summary = await chat.say('560038');
    expect(summary).toContain('Items: Red saree');
    expect(summary).toContain('Pick-up: Tuesday, 24 Nov, morning');
  });

  test('what is not taken back is refused by its name, before any proof', async () => {
    const chat = await chatWith({ orders: [shopping()] });
    expect(await chat.say('return the gift card')).toContain('Gift card cannot be returned');
  });

  test('two items in one line are both taken', async () => {
    const chat = await chatWith({ orders: [shopping()] });
    await chat.say('return the saree and the steel bottle');
    expect(await chat.say('560038')).toContain('How many of "Steel bottle"');
  });

  test('"changed my mind" is a reason, not a way out, and a reason is put right in passing', async () => {
    const chat = await chatWith({ orders: [shopping()] });
    await chat.say('return the saree');
    expect(await chat.say('560038')).toContain('reason');
    expect(await chat.say('changed my mind')).toContain('What would you like instead');
    expect(await chat.say('no actually it is damaged')).toContain('photo');
  });

  test('a bank account given early is taken, masked, and no branch code is taken for an order', async () => {
    const cod = shopping();
    cod.payment = { method: 'cod', status: 'paid', total: '1200.00' };
    const chat = await chatWith({ orders: [cod] });
    await chat.say('return the saree, size is wrong, refund');
    await chat.say('560038');
    expect(await chat.say('account 123456789012 IFSC HDFC0001234')).toContain('Which day');
    await chat.say('tuesday');
    expect(await chat.say('morning')).toContain('Refund to: ••••9012 (HDFC)');
  });

  test('after the photo of something broken a person has a look, with the RMA number given', async () => {
    const chat = await chatWith({ orders: [shopping()] });
    await chat.say('the saree came torn, I want to return it, refund, pick up on tuesday morning');
    await chat.say('560038');
    await chat.send({ kind: 'media', attachments: [{ kind: 'image', ref: 'm1', mime: 'image/jpeg' }] });
    const done = await chat.say('yes');
    expect(done).toMatch(/RMA-\w+/);
    expect(chat.last?.handoff).toMatchObject({ reason: 'return_photo', orderNumber: 'DS-1001' });
  });

  test('the number of a return is told, and calling it off is brought to a person', async () => {
    const chat = await chatWith({ orders: [shopping()] });
    await chat.say('return the saree, size is wrong, refund, pick up on tuesday morning');
    await chat.say('560038');
    const rma = /RMA-\w+/.exec(await chat.say('yes'))?.[0];
    expect(await chat.say('what is my RMA number')).toContain(rma);
    expect(await chat.say('cancel my return')).toContain('called off by a person');
    expect(chat.last?.handoff).toBeDefined();
  });
});

describe('which order is meant', () => {
  const bottle = () =>
    order('#2002', {
      placedAt: new Date('2026-11-16T10:00:00+05:30'),
      items: [
        {
          sku: 'B',
          name: 'Copper bottle',
          quantity: 1,
          unitPrice: '300.00',
          category: 'home',
          returnable: true,
        },
      ],
    });

  test('by what is in it, and "the other one" of two', async () => {
    const chat = await chatWith({ orders: [order('#2001'), bottle()] });
    expect(await chat.say('where is the copper bottle')).toContain('#2002 is on the way');
    expect(await chat.say('and the other one?')).toContain('#2001 is on the way');
  });

  test('"which order?" of a status question is not asked again once something else was asked for', async () => {
    const chat = await chatWith({ orders: [order('#2001'), bottle()] });
    expect(await chat.say('where is my order')).toContain('Which one');
    const asked = await chat.say('move the copper bottle to wednesday evening');
    expect(asked).toContain('#2002');
    expect(await chat.say('yes')).not.toContain('Which one');
  });
});

describe('proving', () => {
  test('number, PIN code and phone in one line are asked for no more', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')], channel: 'web' });
    expect(await chat.say(`DS-1001 560038 ${ASHA}`)).toContain('DS-1001 is on the way');
  });

  test('an order number of another shape is taken as an answer, the same whether it exists or not', async () => {
    const chat = await chatWith({ orders: [order('#2001')], channel: 'web' });
    const other = await chatWith({ orders: [], channel: 'web' });
    await chat.say('where is my order');
    await other.say('where is my order');
    expect(await other.say('#2001')).toBe(await chat.say('#2001'));
    expect(chat.text).toContain('PIN code');
  });

  test('numbers that answer nothing bring a person in the end', async () => {
    const chat = await chatWith({ orders: [], channel: 'web' });
    await chat.say('where is my order');
    await chat.say('12');
    await chat.say('45');
    expect(chat.last?.handoff?.reason).toBe('misses');
  });
});

test('"nobody came" beside a new day is no complaint', async () => {
  const failed = order('DS-1001', { shipments: [parcel({ status: 'attempt_failed', attempts: 1 })] });
  const chat = await chatWith({ orders: [failed] });
  expect(await chat.say('nobody came, please try again tomorrow evening')).toContain('come again');
  expect(await chat.say('yes')).not.toContain('What is wrong');
});

test('a button we never offered is taken by its words', async () => {
  const chat = await chatWith({ orders: [order('DS-1001')] });
  const told = await chat.send({ kind: 'choice', choiceId: 'ICE_BREAKER_1', title: 'Track my order' });
  expect(told).toContain('DS-1001 is on the way');
});

test('a part of the day said first is kept in the question for the day, and "as soon as possible" is a day', async () => {
  const chat = await chatWith({ orders: [order('DS-1001')] });
  await chat.say('change the delivery date');
  expect(await chat.say('after 6')).toContain('in the evening');
  expect(await chat.say('as soon as possible')).toContain('tomorrow (Monday, 23 Nov), evening');
});

test('the pictures of one album get one answer, whose options stay open', async () => {
  const chat = await chatWith({ orders: [delivered('DS-1001', '2026-11-20')] });
  const picture = (ref: string) =>
    chat.send({ kind: 'media', attachments: [{ kind: 'image', ref, mime: 'image/jpeg' }] });
  expect(await picture('m1')).toContain('photo');
  expect(await picture('m2')).toBe('');
  expect(chat.last?.silence).toContain('album');
  expect(await chat.say('1')).toContain('What is wrong');
});
