import type { Order } from '../../src/core/order';
import { chatWith } from './kit/chat';
import { delivered, order } from './kit/orders';

const ITEMS: Order['items'] = [
  {
    sku: 'TS-BLK-M',
    name: 'Black T-shirt, M',
    quantity: 2,
    unitPrice: '749.50',
    category: 'apparel',
    returnable: true,
  },
  {
    sku: 'MUG',
    name: 'Blue pottery mug',
    quantity: 1,
    unitPrice: '300.00',
    category: 'home',
    returnable: true,
  },
  { sku: 'SOAP', name: 'Neem soap', quantity: 1, unitPrice: '100.00', category: 'beauty', returnable: false },
];
const cod: Order['payment'] = { method: 'cod', status: 'paid', total: '1899.00' };

function arrived(over: Partial<Order> = {}) {
  const base = delivered('DS-1001', '2026-11-20', { items: ITEMS, ...over });
  base.shipments[0]!.skus = ITEMS.map((item) => item.sku);
  return base;
}

describe('start a return', () => {
  test('from item to RMA number, every step asked', async () => {
    const chat = await chatWith({ orders: [arrived()] });
    expect(await chat.say('I want to return something from DS-1001')).toContain('PIN code');
    expect(await chat.say('560038')).toContain('Which item');
    expect(chat.titles).toEqual(['Black T-shirt, M', 'Blue pottery mug', 'All of them']);
    expect(await chat.say('the black t-shirt')).toContain('How many');
    expect(await chat.say('5')).toContain('only 2');
    expect(await chat.say('one')).toContain('reason');
    expect(await chat.say('it does not fit')).toContain('What would you like instead');
    expect(await chat.say('refund')).toContain('Which day may the courier collect');
    expect(await chat.say('tuesday')).toContain('what time');
    const summary = await chat.say('morning');
    expect(summary).toContain('Items: Black T-shirt, M');
    expect(summary).toContain('Reason: size does not fit');
    expect(summary).toContain('Pick-up: Tuesday, 24 Nov, morning (9 am to 1 pm), from Flat 204, Lake View');
    expect(chat.titles[0]).toMatch(/^Yes/);
    const done = await chat.say('yes');
    const [request] = (await chat.order('DS-1001')).requests;
    expect(request).toMatchObject({
      type: 'return',
      state: 'requested',
      return: {
        items: [{ sku: 'TS-BLK-M', quantity: 1 }],
        reason: 'size',
        resolution: 'refund',
        pickup: { date: '2026-11-24', slot: 'morning' },
      },
    });
    expect(done).toContain(request!.return!.rma);
    expect(done).toMatch(/RMA-[A-Z0-9]{8}/);
  });

  test('"when will they pick it up" and "are you sure" are answered from what is stored', async () => {
    const chat = await chatWith({ orders: [arrived()] });
    await chat.say('return the mug of DS-1001, changed my mind, I want a refund');
    await chat.say('560038');
    await chat.say('tomorrow');
    await chat.say('morning');
    await chat.say('yes');
    const rma = (await chat.order('DS-1001')).requests[0]!.return!.rma;
    const open = `A return is open for it: ${rma}. Pick-up is requested for tomorrow (Monday, 23 Nov), morning (9 am to 1 pm)`;
    expect(await chat.say('are you sure?')).toContain(open);
    expect(await chat.say('when will they pick it up')).toContain(open);
    expect(await chat.say('pickup kab hoga')).toContain(`${rma}. Pick-up kal (Monday, 23 Nov)`);
    expect(await chat.say('वे कब लेने आएँगे')).toContain(`${rma}। पिक-अप कल`);
  });

  test('a refund of cash asks where to, and shows the account masked only', async () => {
    const chat = await chatWith({ orders: [arrived({ payment: cod })] });
    await chat.say('return the blue pottery mug of DS-1001, I changed my mind');
    await chat.say('560038');
    expect(await chat.say('refund please')).toContain('Which day');
    await chat.say('tomorrow');
    expect(await chat.say('any time')).toContain('UPI');
    expect(await chat.say('my account')).toContain("couldn't read");
    const summary = await chat.say('asha.rao@okaxis');
    expect(summary).toContain('Refund to: as••••@okaxis');
    await chat.say('yes');
    const stored = (await chat.order('DS-1001')).requests[0]!.return!;
    expect(stored.refundTo).toMatchObject({ kind: 'upi', masked: 'as••••@okaxis' });
    expect(JSON.stringify([chat.conversation.dialogs, stored])).not.toContain('asha.rao@okaxis');
  });

  test('damage needs a photo; without one a person helps', async () => {
    const start = async () => {
      const chat = await chatWith({ orders: [arrived()] });
      await chat.say('return the blue pottery mug of DS-1001, it came broken');
      await chat.say('560038');
      return chat;
    };
    const chat = await start();
    expect(chat.text).toContain('photo');
    expect(await chat.send({ kind: 'media', attachments: [{ kind: 'image', ref: 'photo-1' }] })).toContain(
      'instead',
    );
    await chat.say('same item again');
    await chat.say('tomorrow morning');
    await chat.say('yes');
    expect((await chat.order('DS-1001')).requests[0]!.return).toMatchObject({
      photos: ['photo-1'],
      resolution: 'replacement',
    });
    const without = await start();
    await without.tap("can't send");
    expect(without.last?.handoff).toMatchObject({ reason: 'return_photo', wants: 'initiate_return' });
  });

  test('outside the window it is refused with the reason, before any proof, with a way to a person', async () => {
    const chat = await chatWith({ orders: [delivered('DS-1001', '2026-11-10')] });
    const said = await chat.say('return DS-1001');
    expect(said).toContain('7 days after delivery');
    expect(said).toContain('Tuesday, 17 Nov');
    expect(said).not.toContain('PIN');
    expect(chat.titles).toContain('Talk to a person');
  });

  test('the same item cannot be returned twice, and what was never delivered or cannot go back is refused', async () => {
    const chat = await chatWith({ orders: [delivered('DS-1001', '2026-11-20')] });
    for (const line of [
      'return both t-shirts of DS-1001, too small',
      '560038',
      'refund',
      'tomorrow',
      'morning',
      'yes',
    ]) {
      await chat.say(line);
    }
    expect((await chat.order('DS-1001')).requests).toHaveLength(1);
    expect(await chat.say('return DS-1001')).toContain('cannot be returned twice');
    const soon = await chatWith({ orders: [order('DS-1001')] });
    expect(await soon.say('return DS-1001')).toContain('has not been delivered yet');
    const soap = await chatWith({
      orders: [delivered('DS-1001', '2026-11-20', { items: [{ ...ITEMS[2]!, sku: 'TS-BLK-M' }] })],
    });
    expect(await soap.say('return DS-1001')).toContain('Neem soap cannot be returned');
  });

  test('anything can be changed at the summary', async () => {
    const chat = await chatWith({ orders: [arrived()] });
    for (const line of [
      'return the mug of DS-1001, changed my mind',
      '560038',
      'store credit',
      'tomorrow',
      'morning',
    ]) {
      await chat.say(line);
    }
    expect(chat.text).toContain('You get: store credit');
    await chat.tap('Change something');
    await chat.tap('What I get');
    expect(await chat.say('refund')).toContain('You get: refund');
    expect(await chat.say("no, don't return it")).toContain("I've left the return");
  });

  test('in Hindi and Hinglish', async () => {
    const chat = await chatWith({ orders: [delivered('DS-1001', '2026-11-20')] });
    await chat.say('mujhe DS-1001 return karna hai, size chhota hai');
    await chat.say('560038');
    await chat.say('dono');
    await chat.tap('Refund');
    await chat.tap('Tuesday');
    expect(await chat.tap('Subah')).toContain('Kya request bhej doon?');
    expect(await chat.say('haan')).toMatch(/RMA-[A-Z0-9]{8}/);
    const hindi = await chatWith({ orders: [delivered('DS-1001', '2026-11-20')] });
    await hindi.say('मुझे सामान वापस करना है');
    expect(hindi.text).toContain('PIN code');
  });
});
