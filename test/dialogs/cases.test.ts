import { chatWith } from './kit/chat';
import { delivered, order, parcel } from './kit/orders';

const unsent = (number = 'DS-1001') => order(number, { shipments: [] });

describe('cancel an order', () => {
  test('before dispatch: proof, confirmation, requested', async () => {
    const chat = await chatWith({ orders: [unsent()] });
    expect(await chat.say('cancel my order DS-1001')).toContain('PIN code');
    expect(await chat.say('560038')).toContain('Shall I cancel DS-1001 (2 × Black T-shirt, M, ₹1,499)?');
    expect(chat.titles).toEqual(['Yes, cancel it', 'No, keep it']);
    expect(await chat.say('cancel it')).toContain("I've requested the cancellation of DS-1001");
    expect((await chat.order('DS-1001')).requests).toMatchObject([{ type: 'cancel', state: 'requested' }]);
    expect(await chat.say('cancel DS-1001')).toContain('already waiting');
  });

  test('keeping it changes nothing; after dispatch it is refused before any proof', async () => {
    const chat = await chatWith({ orders: [unsent()] });
    await chat.say('cancel my order');
    await chat.say('560038');
    expect(await chat.tap('No, keep it')).toContain('DS-1001 stays as it is');
    const sent = await chatWith({ orders: [order('DS-1001')] });
    const said = await sent.say('please cancel my order');
    expect(said).toContain('already with the courier');
    expect(said).not.toContain('PIN');
  });

  test('"cancel" means the order just spoken of, and never another one instead', async () => {
    const chat = await chatWith({ orders: [order('DS-1001'), unsent('DS-1002')] });
    await chat.say('where is DS-1001');
    const refused = await chat.say('cancel it');
    expect(refused).toContain('DS-1001 is already with the courier');
    expect(refused).not.toContain('DS-1002');
  });

  test('the PIN code of one order holds for the others that go to it, and for no other', async () => {
    const home = unsent().shippingAddress;
    const gift = order('DS-1003', { shipments: [], shippingAddress: { ...home, postalCode: '560001' } });
    const chat = await chatWith({ orders: [unsent(), unsent('DS-1002'), gift] });
    await chat.say('cancel DS-1001');
    await chat.say('560038');
    await chat.say('yes');
    expect(await chat.say('cancel DS-1002 too')).toContain('Shall I cancel DS-1002');
    await chat.say('yes');
    expect(await chat.say('and cancel DS-1003')).toContain('PIN code');
    expect(await chat.say('560038')).toContain("doesn't match");
    expect(await chat.say('560001')).toContain('Shall I cancel DS-1003');
  });
});

describe('refunds and payments', () => {
  test('says where a refund is from what is stored', async () => {
    const done = await chatWith({
      orders: [order('DS-1001', { payment: { method: 'prepaid', status: 'refunded', total: '1499.00' } })],
    });
    expect(await done.say('where is my refund?')).toContain('DS-1001 has been refunded.');
    const none = await chatWith({ orders: [order('DS-1001')] });
    expect(await none.say('mera refund kab aayega')).toContain('DS-1001 ka koi refund nahi chal raha');
  });

  test('says the amount due at the door, and hands a double charge over', async () => {
    const cod = order('DS-1001', { payment: { method: 'cod', status: 'pending', total: '1499.00' } });
    const chat = await chatWith({ orders: [cod] });
    expect(await chat.say('how much do I have to pay for DS-1001 on delivery?')).toContain('₹1,499');
    await chat.say('I was charged twice');
    expect(chat.last?.handoff).toMatchObject({ reason: 'payment', orderNumber: 'DS-1001' });
  });

  test('an invoice needs the proof', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    expect(await chat.say('send me the invoice for DS-1001')).toContain('PIN code');
    await chat.say('560038');
    expect(chat.last?.handoff).toMatchObject({ reason: 'payment', proofLevel: 2 });
  });
});

describe('complaints', () => {
  test('damage: photo, then a return that knows it all, or a person', async () => {
    const chat = await chatWith({ orders: [delivered('DS-1001', '2026-11-20')] });
    expect(await chat.say('my order came damaged')).toContain('photo');
    expect(await chat.send({ kind: 'media', attachments: [{ kind: 'image', ref: 'p1' }] })).toContain(
      'return it',
    );
    await chat.tap('Return an item');
    await chat.say('560038');
    await chat.say('2');
    expect(chat.text).toContain('What would you like instead?');
  });

  test('delivered by the record but never received goes to a person', async () => {
    const chat = await chatWith({ orders: [delivered('DS-1001', '2026-11-20')] });
    expect(await chat.say('it says delivered but I never received my parcel')).toContain('Friday, 20 Nov');
    expect(chat.last?.handoff).toMatchObject({ reason: 'complaint', priority: 'high' });
  });

  test('what was said at once is asked no more: what is wrong, with which item, in any of the languages', async () => {
    const shirt = delivered('DS-1001', '2026-11-20').items[0]!;
    const mug = { ...shirt, sku: 'MUG', name: 'Blue pottery mug', quantity: 1 };
    const both = delivered('DS-1001', '2026-11-20', { items: [shirt, mug] });
    both.shipments[0]!.skus = [shirt.sku, mug.sku];
    const chat = await chatWith({ orders: [both] });
    expect(await chat.say('DS-1001 ka mug tuta hua aaya hai')).toContain('photo');
    await chat.send({ kind: 'media', attachments: [{ kind: 'image', ref: 'p1' }] });
    expect(await chat.say('return kar do')).toContain('PIN code');
    await chat.say('560038');
    expect(chat.titles).toContain('Refund');
    for (const line of ['DS-1001 mein ek tee fati hui aayi', 'DS-1001 की टी-शर्ट फटी हुई आई है']) {
      const other = await chatWith({ orders: [delivered('DS-1001', '2026-11-20')] });
      expect(await other.say(line)).toMatch(/photo|फ़ोटो|फोटो/);
    }
  });

  test('over the value limit a person comes at once', async () => {
    const dear = delivered('DS-1001', '2026-11-20', {
      payment: { method: 'prepaid', status: 'paid', total: '9000.00' },
    });
    const chat = await chatWith({ orders: [dear] });
    await chat.say('I got the wrong item in DS-1001');
    expect(chat.last?.handoff?.reason).toBe('complaint_value');
  });
});

describe('several things at once', () => {
  test('two requests in one message are both handled', async () => {
    const chat = await chatWith({ orders: [order('DS-1001'), delivered('DS-1002', '2026-11-20')] });
    const said = await chat.say('track DS-1001 and I want to return DS-1002');
    expect(said).toContain('DS-1001 is on the way');
    expect(said).toContain('delivery address of DS-1002');
    const both = await chatWith({ orders: [order('DS-1001')] });
    const asked = await both.say('where is DS-1001 and please move it to Friday evening');
    expect(asked).toContain('DS-1001 is on the way');
    expect(asked).toContain('Friday, 27 Nov, evening');
  });

  test('several short messages that wait together are one turn with one answer', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    const said = await chat.say('hi', 'I want to change the delivery', 'of DS-1001', 'to friday evening');
    expect(said).toContain('Friday, 27 Nov, evening');
    expect(chat.last?.say).toHaveLength(1);
  });

  test('two orders are told one after the other', async () => {
    const other = order('DS-1002', { shipments: [parcel({ status: 'out_for_delivery' })] });
    const chat = await chatWith({ orders: [order('DS-1001'), other] });
    const said = await chat.say('where are DS-1001 and DS-1002?');
    expect(said).toContain('DS-1001 is on the way');
    expect(said).toContain('DS-1002 is out for delivery');
  });

  test('another task in the middle is done, and the first goes on', async () => {
    const chat = await chatWith({ orders: [order('DS-1001'), delivered('DS-1002', '2026-11-20')] });
    await chat.say('return DS-1002');
    await chat.say('560038');
    await chat.say('both of them');
    const aside = await chat.say('oh and please move DS-1001 to Friday evening');
    expect(aside).toContain('DS-1001 to be delivered on Friday');
    expect(await chat.say('yes')).toMatch(/requested[^]*reason/);
  });
});

describe('one thing is asked at a time', () => {
  const shop = () => [unsent(), delivered('DS-1002', '2026-11-20')];
  const interrupted = async (words: string) => {
    const chat = await chatWith({ orders: shop() });
    await chat.say('cancel DS-1001');
    await chat.say(words);
    return chat;
  };

  test('a choice that another task ends with stands alone; what was open goes on once it is made', async () => {
    const chat = await interrupted('the shirt of DS-1002 came torn');
    expect(chat.text).toContain('photo');
    const choice = await chat.send({ kind: 'media', attachments: [{ kind: 'image', ref: 'p1' }] });
    expect(choice).not.toContain('PIN');
    expect(chat.titles).toEqual(['Return an item', 'Talk to a person']);
    expect(await chat.say('1')).toContain('delivery address of DS-1002');
    await chat.say('560038');
    expect(await chat.say('never mind')).toContain('Shall I cancel DS-1001');
  });

  test('nothing is asked while a person is coming', async () => {
    const chat = await interrupted('it says delivered but I never received DS-1002');
    expect(chat.last?.handoff).toMatchObject({ reason: 'complaint', orderNumber: 'DS-1002' });
    expect(chat.text).not.toContain('PIN');
    expect(chat.titles).toEqual([]);
  });
});

describe('choosing an order', () => {
  const three = () => [
    order('DS-1001', { placedAt: new Date('2026-11-10T10:00:00+05:30') }),
    order('DS-1002', {
      placedAt: new Date('2026-11-12T10:00:00+05:30'),
      items: [{ sku: 'MUG', name: 'Blue mug', quantity: 1, unitPrice: '300', returnable: true }],
    }),
    order('DS-1003', { placedAt: new Date('2026-11-14T10:00:00+05:30') }),
  ];

  test.each([
    ['DS-1002', 'DS-1002'],
    ['1002', 'DS-1002'],
    ['ds1002', 'DS-1002'],
    ['2', 'DS-1002'],
    ['the second one', 'DS-1002'],
    ['दूसरा वाला', 'DS-1002'],
    ['३', 'DS-1001'],
    ['the one with the mug', 'DS-1002'],
    ['last', 'DS-1001'],
  ])('"%s" is %s', async (line, number) => {
    const chat = await chatWith({ orders: three() });
    await chat.say('where is my order?');
    expect(chat.titles).toEqual(['DS-1003', 'DS-1002', 'DS-1001']);
    expect(await chat.say(line)).toContain(number);
    expect(chat.content?.card?.orderNumber).toBe(number);
  });

  test('"it" is the order just spoken of', async () => {
    const chat = await chatWith({ orders: three() });
    await chat.say('where is DS-1002');
    expect(await chat.say('change the delivery date')).toContain('DS-1002');
  });
});
