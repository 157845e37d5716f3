import type { Locale } from '../../src/core/locale';
import type { Order, OrderRequest } from '../../src/core/order';
import { defaultPolicy } from '../../src/support/policy';
import { chatWith, type Setting } from './kit/chat';

import { NOW, order, parcel } from './kit/orders';

const FAILED_AT = new Date('2026-11-22T10:00:00+05:30');

/** An order whose last attempt failed for a reason this morning. */
function failed(reason: string, over: Partial<Order> = {}, attempts = 1): Order {
  const event = { at: FAILED_AT, status: 'attempt_failed' as const, note: reason, source: 'delhivery' };
  const shipment = parcel({ status: 'attempt_failed', statusAt: FAILED_AT, attempts, events: [event] });
  return order('DS-1001', { shipments: [shipment], ...over });
}

const asks = async (reason: string, setting: Partial<Setting> = {}, over: Partial<Order> = {}) => {
  const chat = await chatWith({ orders: [failed(reason, over)], ...setting });
  const question = await chat.askedAbout('DS-1001');
  return { chat, question, titles: question.options!.map(({ title }) => title) };
};
const requests = async (chat: Awaited<ReturnType<typeof chatWith>>): Promise<Partial<OrderRequest>[]> =>
  (await chat.order('DS-1001')).requests;

describe('the question after a failed attempt', () => {
  test.each([
    [
      'Nobody was there',
      'Shall the courier come again tomorrow (Monday, 23 Nov), morning (9 am to 1 pm)?',
      ['Yes, DS-1001 again', 'DS-1001: another day', 'DS-1001: nobody came'],
    ],
    [
      'Customer could not be reached',
      'Shall the courier come again tomorrow',
      ['Yes, DS-1001 again', 'DS-1001: another day', 'DS-1001: nobody came'],
    ],
    [
      'Address incomplete or not found',
      'Does the address need a correction',
      ['DS-1001: address', 'Yes, DS-1001 again', 'DS-1001: nobody came'],
    ],
    [
      'Payment was not ready',
      'Please have the payment ready then.',
      ['Yes, DS-1001 again', 'DS-1001: another day', 'DS-1001: nobody came'],
    ],
    [
      'Refused at the door',
      'Did you refuse it',
      ['Yes, DS-1001 again', 'DS-1001: I refused', 'DS-1001: nobody came'],
    ],
    [
      'Customer asked for another day',
      'Which day suits you?',
      ['Yes, DS-1001 again', 'DS-1001: another day', 'DS-1001: nobody came'],
    ],
    [
      'Outside the delivery area',
      'Is the address right?',
      ['DS-1001: address', 'DS-1001: nobody came', 'Talk to a person'],
    ],
    [
      'whatever the courier wrote',
      'Shall the courier come again',
      ['Yes, DS-1001 again', 'DS-1001: another day', 'DS-1001: nobody came'],
    ],
  ])('%s: fits the reason, with options that name the order', async (reason, words, options) => {
    const { question, titles } = await asks(reason);
    expect(question.text).toContain(words);
    expect(titles).toEqual(options);
    for (const title of titles) expect(title.length).toBeLessThanOrEqual(20);
  });

  test('offers no day where none can be asked for, and nothing once the carrier was asked', async () => {
    const used = (id: string): OrderRequest => ({
      id,
      type: 'reschedule',
      action: 'reschedule',
      state: 'accepted',
      at: new Date('2026-11-20T10:00:00+05:30'),
      by: 'customer',
      shipmentId: 'S1',
      date: '2026-11-22',
      attempts: 1,
      told: true,
    });
    const often = await asks('Nobody was there', {}, { requests: [used('a'), used('b')] });
    expect(often.question.text).toContain('Did the courier really come?');
    expect(often.titles).toEqual(['DS-1001: nobody came', 'Talk to a person']);
    const answered = { ...used('c'), action: 'reattempt' as const, at: NOW, date: '2026-11-24' };
    await expect(asks('Nobody was there', {}, { requests: [answered] })).rejects.toThrow('nothing is asked');
  });

  test('options of a very long order number still differ', async () => {
    const long = { ...failed('Nobody was there'), orderNumber: 'SHOP-2026-0000012345' };
    const chat = await chatWith({ orders: [long], locale: 'hi-Latn' });
    const titles = (await chat.askedAbout(long.orderNumber)).options!.map(({ title }) => title);
    expect(new Set(titles).size).toBe(3);
    for (const title of titles) {
      expect(title).toContain('0000012345');
      expect(title.length).toBeLessThanOrEqual(20);
    }
    await chat.say('1');
    expect((await chat.order(long.orderNumber)).requests).toHaveLength(1);
  });

  test('yes asks the courier for just what the question said, without asking once more', async () => {
    const { chat } = await asks('Nobody was there');
    const said = await chat.tap('Yes');
    expect(said).toContain("I've requested tomorrow (Monday, 23 Nov), morning (9 am to 1 pm) for DS-1001.");
    expect(await requests(chat)).toMatchObject([
      { type: 'reschedule', action: 'reattempt', state: 'requested', date: '2026-11-23', slot: 'morning' },
    ]);
    expect((await requests(chat))[0]?.comments).toBeUndefined();
  });

  test.each<[string, Locale, string[]]>([
    ['English', 'en', ['yes', 'yes please', '1', 'Yes, DS-1001 again', 'ok']],
    ['Hinglish', 'hi-Latn', ['haan', 'haan ji', '1', 'theek hai']],
    ['Hindi', 'hi', ['हाँ', 'हाँ जी', '१', 'ठीक है']],
  ])('%s: the words, or the number, do as well as the tap', async (_name, locale, lines) => {
    for (const line of lines) {
      const { chat } = await asks('Nobody was there', { locale });
      await chat.say(line);
      expect([line, await requests(chat)]).toMatchObject([
        line,
        [{ action: 'reattempt', date: '2026-11-23' }],
      ]);
    }
  });

  test.each<[string, Locale, string, string]>([
    ['English', 'en', 'tomorrow evening please', 'tomorrow (Monday, 23 Nov), evening (5 pm to 9 pm)'],
    ['English', 'en', 'friday works better', 'Friday, 27 Nov'],
    ['Hinglish', 'hi-Latn', 'kal shaam bhej do', 'kal (Monday, 23 Nov), shaam (5 se 9 baje)'],
    ['Hindi', 'hi', 'कल शाम भेज दो', 'कल (सोमवार, 23 नवंबर), शाम (5 से 9 बजे)'],
  ])('%s, %s: another day is said freely ("%s")', async (_name, locale, line, day) => {
    const { chat } = await asks('Nobody was there', { locale });
    expect(await chat.say(line)).toContain(day);
  });

  test('another day by tap asks which', async () => {
    const { chat } = await asks('Nobody was there');
    expect(await chat.tap('another day')).toContain('Which day suits you for DS-1001?');
  });

  test('a wrong address is put right together with the new attempt', async () => {
    const { chat } = await asks('Address incomplete or not found');
    expect(await chat.tap('address')).toContain('PIN code');
    expect(await chat.say('560038')).toContain('What is wrong with the address');
    await chat.say('flat is 402 not 204');
    await chat.say('tomorrow morning');
    await chat.tap('Yes');
    expect(await requests(chat)).toMatchObject([
      { type: 'address_change', action: 'reattempt', date: '2026-11-23', slot: 'morning' },
    ]);
  });

  test('no asks for nothing and says until when there is time', async () => {
    const { chat } = await asks('Nobody was there');
    const said = await chat.say('no');
    expect(said).toContain('After Monday, 23 Nov, 10:00 am DS-1001 may go back to us');
    expect(await requests(chat)).toEqual([]);
  });

  test('who refused it has it sent back, once that is confirmed and proved', async () => {
    const { chat } = await asks('Refused at the door');
    expect(await chat.tap('refused')).toContain('PIN code');
    expect(await chat.say('560038')).toContain('Shall I ask the courier to bring DS-1001');
    expect(chat.titles).toEqual(['Yes, bring it back', 'No, leave it']);
    const said = await chat.tap('Yes');
    expect(said).toContain("I've requested that DS-1001 comes back to us");
    expect(said).toContain('refund');
    expect(await requests(chat)).toMatchObject([
      { type: 'cancel', action: 'return_to_origin', shipmentId: 'S1', state: 'requested' },
    ]);
    expect(await chat.say('bring it tomorrow after all')).toContain('cancellation');
  });

  test.each<[Locale, string]>([
    ['en', 'I refused it, I do not want it any more'],
    ['hi-Latn', 'maine mana kiya tha, nahi chahiye'],
    ['hi', 'मैंने लेने से मना किया था, नहीं चाहिए'],
  ])('%s: refusing is understood in words', async (locale, line) => {
    const { chat } = await asks('Refused at the door', { locale });
    expect(await chat.say(line)).toMatch(/PIN/);
    expect(await requests(chat)).toEqual([]);
  });

  test('an old button changes nothing: the customer hears how the order stands', async () => {
    const { chat, question } = await asks('Nobody was there');
    await chat.say('yes');
    expect(await chat.tap('Yes', question)).toMatch(/earlier message[\s\S]*DS-1001/);
    expect(await requests(chat)).toHaveLength(1);
    const second = await asks('Nobody was there');
    await second.chat.scanned('DS-1001', { at: NOW, status: 'out_for_delivery', source: 'delhivery' });
    const late = await second.chat.tap('Yes', second.question);
    expect(late).toContain('out for delivery');
    expect(await requests(second.chat)).toEqual([]);
  });

  test('on the web a code is needed first, and what was answered is not asked again', async () => {
    const { chat } = await asks('Nobody was there', { channel: 'web' });
    expect(await chat.tap('Yes')).toContain('PIN code');
    await chat.say('560038');
    expect(await chat.say('9811100001')).toContain('a code is on its way');
    expect(await chat.say('482100')).toContain("I've requested tomorrow");
    expect(await requests(chat)).toMatchObject([{ action: 'reattempt' }]);
  });

  test('an id made up by a stranger tells nothing of whether there is such an order', async () => {
    const { chat, question } = await asks('Nobody was there', { phone: '+919899999999' });
    const [option] = question.options!;
    const said = await chat.send({ kind: 'choice', choiceId: option!.id, title: option!.title });
    const other = await asks('Nobody was there', { phone: '+919899999999' });
    const made = option!.id.replace('DS-1001', 'DS-9999');
    expect(await other.chat.send({ kind: 'choice', choiceId: made, title: option!.title })).toBe(
      said.replaceAll('DS-1001', 'DS-9999'),
    );
  });
});

describe('nobody came', () => {
  test('is recorded at once; the carrier reads it with the new attempt, and the customer hears just that', async () => {
    const { chat } = await asks('Nobody was there');
    const said = await chat.tap('nobody came');
    expect(said).toContain("I've noted that nobody came");
    expect(said).toContain('come again for DS-1001 tomorrow (Monday, 23 Nov), morning');
    expect((await chat.order('DS-1001')).history).toMatchObject([
      { what: 'attempt_disputed', by: 'customer', detail: { shipmentId: 'S1', attempt: 1 } },
    ]);
    expect(await requests(chat)).toEqual([]);
    const done = await chat.say('yes');
    expect(done).toContain('with the note that nobody came');
    expect(await requests(chat)).toMatchObject([
      {
        action: 'reattempt',
        date: '2026-11-23',
        comments: 'The customer says that nobody came at attempt 1.',
      },
    ]);
  });

  test.each<[Locale, string[]]>([
    [
      'en',
      [
        'nobody came',
        'I was home all day',
        'no one even showed up',
        'the delivery guy never came',
        "that's a fake attempt",
        'he did not come',
        'nobody called me',
      ],
    ],
    [
      'hi-Latn',
      [
        'koi aaya hi nahi',
        'koi nahi aaya',
        'delivery wala aaya hi nahi',
        'main ghar pe hi tha',
        'pura din ghar pe the hum',
        'jhooth bol raha hai',
      ],
    ],
    ['hi', ['कोई आया ही नहीं', 'कोई नहीं आया', 'मैं घर पर ही था', 'कूरियर वाला नहीं आया', 'झूठ बोल रहे हैं']],
  ])('%s: is understood in many words, also long after the question', async (locale, lines) => {
    for (const line of lines) {
      const chat = await chatWith({ orders: [failed('Nobody was there'), order('DS-1002')], locale });
      await chat.say('hello');
      await chat.say(line);
      const { history } = await chat.order('DS-1001');
      expect([line, history.map(({ what }) => what)]).toEqual([line, ['attempt_disputed']]);
    }
  });

  test.each<[Locale, string]>([
    ['en', 'I was not home'],
    ['en', 'nobody was home, sorry'],
    ['hi-Latn', 'main ghar pe nahi tha'],
    ['hi', 'मैं घर पर नहीं था'],
    ['en', 'I am home after 6 tomorrow'],
    ['en', 'nobody called me back about my refund'],
    ['en', 'they did not deliver it'],
    ['hi-Latn', 'main kal ghar pe hoon'],
    ['en', 'where is it now'],
  ])('%s: is not heard in "%s"', async (locale, line) => {
    const { chat } = await asks('Nobody was there', { locale });
    await chat.say(line);
    expect((await chat.order('DS-1001')).history).toEqual([]);
  });

  test('another day than the one proposed is asked for', async () => {
    const { chat } = await asks('Nobody was there');
    await chat.tap('nobody came');
    expect(await chat.tap('Another day')).toContain('Which day suits you for DS-1001');
    // They have been told once that it is noted.
    expect(await chat.say('friday')).not.toContain('noted');
    expect(await chat.say('yes')).toContain('nobody came');
    expect(await requests(chat)).toMatchObject([
      { date: '2026-11-27', comments: expect.stringMatching(/nobody came/) },
    ]);
  });

  test('is noted before a proof is asked for, and said just once', async () => {
    const { chat } = await asks('Nobody was there', { channel: 'web' });
    await chat.say('where is DS-1001');
    await chat.say('560038');
    await chat.say('9811100001');
    const said = await chat.say('nobody came');
    expect(said).toMatch(/I've noted that nobody came.*code is on its way/s);
    const after = await chat.say('482100');
    expect(after).toContain('Shall I ask the courier to come again for DS-1001');
    expect(after).not.toContain('noted');
    expect(await chat.say('yes')).toContain('with the note that nobody came');
  });

  test('a day in the same line is taken', async () => {
    const { chat } = await asks('Nobody was there', { locale: 'hi-Latn' });
    const said = await chat.say('koi aaya hi nahi, kal shaam ko bhejo');
    expect(said).toContain('koi nahi aaya');
    expect(said).toContain('shaam (5 se 9 baje)');
    await chat.say('haan');
    expect(await requests(chat)).toMatchObject([
      { slot: 'evening', comments: expect.stringMatching(/nobody came/) },
    ]);
  });

  test('a new address carries it as well', async () => {
    const { chat } = await asks('Address incomplete or not found');
    await chat.tap('nobody came');
    await chat.say('never mind');
    await chat.say('flat is 402 not 204 for DS-1001');
    await chat.say('560038');
    await chat.say('tomorrow morning');
    await chat.tap('Yes');
    expect(await requests(chat)).toMatchObject([
      { type: 'address_change', comments: 'The customer says that nobody came at attempt 1.' },
    ]);
  });

  test('said while another question is open, it is noted and that question comes back', async () => {
    const { chat } = await asks('Nobody was there');
    await chat.tap('another day');
    expect(await chat.say('but nobody came today')).toContain("I've noted that nobody came");
    expect((await chat.order('DS-1001')).history).toHaveLength(1);
  });

  test('said again of the same attempt it counts once; of the next one it brings a person', async () => {
    const { chat } = await asks('Nobody was there');
    await chat.tap('nobody came');
    await chat.say('yes');
    expect(await chat.say('nobody came!')).toContain('stays as it is');
    expect((await chat.order('DS-1001')).history.filter((h) => h.what === 'attempt_disputed')).toHaveLength(
      1,
    );
    const next = new Date('2026-11-23T12:00:00+05:30');
    await chat.scanned('DS-1001', {
      at: next,
      status: 'attempt_failed',
      note: 'Nobody was there',
      source: 'delhivery',
    });
    chat.now = new Date(next.getTime() + 600_000);
    await chat.askedAbout('DS-1001');
    expect(await chat.tap('nobody came')).toContain('second time');
    expect(chat.last?.handoff).toMatchObject({
      reason: 'attempt_disputed',
      priority: 'high',
      orderNumber: 'DS-1001',
    });
  });

  test('a turn that runs again after a crash notes and asks for it once', async () => {
    const { chat } = await asks('Nobody was there');
    const before = structuredClone(chat.conversation);
    const first = await chat.tap('nobody came');
    chat.conversation = before;
    expect(await chat.again()).toBe(first);
    expect((await chat.order('DS-1001')).history).toHaveLength(1);
  });

  test('where no further attempt can be asked for, a person is brought', async () => {
    const reschedule = { ...defaultPolicy.reschedule, maxChanges: 0 };
    const chat = await chatWith({ orders: [failed('Nobody was there')], policy: { reschedule } });
    expect(await chat.say('nobody came')).toContain("can't ask for another attempt");
    expect(chat.last?.handoff).toMatchObject({ reason: 'disputed_refusal' });
  });

  test('of an order that is on its way it says where it is', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('where is DS-1001');
    await chat.say('nobody came for DS-1001');
    expect((await chat.order('DS-1001')).history).toEqual([]);
  });
});
