import { chatWith } from './kit/chat';
import { delivered, order, parcel } from './kit/orders';

describe('reschedule delivery', () => {
  test('uses what was said and asks only for the confirmation; the receipt comes from the stored request', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    const asked = await chat.say('move DS-1001 to Friday evening');
    expect(asked).toContain(
      'Shall I ask for DS-1001 to be delivered on Friday, 27 Nov, evening (5 pm to 9 pm)?',
    );
    expect(chat.titles[0]).toMatch(/^Yes/);
    expect((await chat.order('DS-1001')).requests).toEqual([]);
    const done = await chat.say('yes');
    expect(done).toContain("I've requested Friday, 27 Nov, evening (5 pm to 9 pm) for DS-1001.");
    expect((await chat.order('DS-1001')).requests).toMatchObject([
      { type: 'reschedule', action: 'reschedule', state: 'requested', date: '2026-11-27', slot: 'evening' },
    ]);
    expect(chat.last?.dialogs.state).toMatchObject({ dialogStack: [] });
  });

  test('asks day, then time, by tap and by number', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    expect(await chat.say('change the delivery date')).toContain('Which day suits you for DS-1001?');
    expect(chat.titles).toEqual([
      'Monday, 23 Nov',
      'Tuesday, 24 Nov',
      'Wednesday, 25 Nov',
      'Thursday, 26 Nov',
      'Friday, 27 Nov',
      'Saturday, 28 Nov',
    ]);
    expect(await chat.tap('Wednesday')).toContain('what time on Wednesday, 25 Nov');
    expect(await chat.say('2')).toContain('Wednesday, 25 Nov, afternoon (1 pm to 5 pm)');
    expect(await chat.tap('Yes')).toContain('requested');
  });

  test('refuses a day with the reason and the nearest one, then goes on', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    const said = await chat.say('deliver DS-1001 on 10th December in the morning');
    expect(said).toContain('Thursday, 10 Dec is too far ahead');
    expect(said).toContain('The nearest possible day is Saturday, 28 Nov.');
    expect(await chat.say('saturday then')).toContain('Saturday, 28 Nov, morning');
  });

  test('an earlier answer is corrected at the confirmation, and a plain no leaves all as it was', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('move DS-1001 to Friday evening');
    expect(await chat.say('no, Thursday morning')).toContain('Thursday, 26 Nov, morning');
    expect(await chat.say('no')).toContain("I've left the delivery date as it was");
    expect((await chat.order('DS-1001')).requests).toEqual([]);
  });

  test('a question in between is answered, and the task goes on where it was', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('change the delivery date');
    const aside = await chat.say('where is my order right now?');
    expect(aside).toContain('DS-1001 is on the way');
    expect(aside).toContain('Back to the delivery date: Which day suits you for DS-1001?');
    expect(chat.last?.say).toHaveLength(1);
    expect(await chat.say('friday')).toContain('what time on Friday');
  });

  test('going back takes the last answer back; never mind leaves only this task', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('change the delivery date');
    await chat.tap('Friday');
    expect(await chat.say('go back')).toContain('Which day suits you');
    expect(await chat.say('never mind')).toContain("I've left the delivery date as it was");
    expect(await chat.say('thanks')).toContain("You're welcome");
  });

  test('a delivered order is refused before any proof, with what can be done instead', async () => {
    const chat = await chatWith({ orders: [delivered('DS-1001', '2026-11-20')] });
    const said = await chat.say('reschedule DS-1001 to tomorrow');
    expect(said).toContain('has already been delivered');
    expect(chat.titles).toContain('Talk to a person');
    expect(chat.titles.length).toBeGreaterThanOrEqual(2);
    expect(await chat.say('but I never got it, that is not true')).toContain('person');
    expect(chat.last?.handoff).toMatchObject({ reason: 'disputed_refusal', orderNumber: 'DS-1001' });
  });

  test('after a failed attempt the courier is asked to come again', async () => {
    const failed = parcel({ status: 'attempt_failed', attempts: 1 });
    const chat = await chatWith({ orders: [order('DS-1001', { shipments: [failed] })] });
    expect(await chat.say('please deliver again tomorrow morning')).toContain('come again for DS-1001');
    await chat.say('yes please');
    expect((await chat.order('DS-1001')).requests).toMatchObject([
      { action: 'reattempt', date: '2026-11-23' },
    ]);
  });

  test('an old button says how things are now and changes nothing', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('move DS-1001 to Friday evening');
    const old = chat.content;
    await chat.say('no, Thursday evening');
    const said = await chat.tap('Yes', old);
    expect(said).toContain('earlier message');
    expect(said).toContain('Thursday, 26 Nov');
    expect((await chat.order('DS-1001')).requests).toEqual([]);
    await chat.say('yes');
    expect(await chat.tap('Yes', old)).toContain('earlier message');
    expect((await chat.order('DS-1001')).requests).toHaveLength(1);
  });

  test('a turn that runs again after a crash asks for nothing twice', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('move DS-1001 to Friday evening');
    const before = structuredClone(chat.conversation);
    const first = await chat.say('yes');
    chat.conversation = before;
    expect(await chat.again()).toBe(first);
    expect((await chat.order('DS-1001')).requests).toHaveLength(1);
  });

  test('in Hinglish and in Hindi', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    expect(await chat.say('DS-1001 kal shaam ko bhej dena')).toContain(
      'kal (Monday, 23 Nov), shaam (5 se 9 baje)',
    );
    expect(chat.titles[0]).toMatch(/^Haan/);
    expect(await chat.say('haan kar do')).toContain('requested');
    const hindi = await chatWith({ orders: [order('DS-1001')] });
    expect(await hindi.say('डिलीवरी की तारीख बदलनी है')).toContain('DS-1001 के लिए कौन सा दिन ठीक रहेगा?');
    expect(await hindi.say('शुक्रवार')).toContain('शुक्रवार, 27 नवंबर');
    expect(await hindi.say('शाम को')).toContain('शाम (5 से 9 बजे)');
    expect(hindi.titles[0]).toMatch(/^हाँ/);
    expect(await hindi.say('हाँ')).toContain('अनुरोध भेज दिया है');
  });

  test('on the web the date needs a code by e-mail besides the details', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')], channel: 'web' });
    expect(await chat.say('move DS-1001 to Friday evening')).toContain('PIN code');
    await chat.say('560038');
    expect(await chat.say('9811100001')).toContain('a code is on its way');
    expect(chat.codes.sent).toMatchObject([{ order: 'DS-1001', way: 'email' }]);
    expect(await chat.say('111111')).toContain("That code isn't right");
    expect(await chat.say('482100')).toContain('Friday, 27 Nov, evening');
    expect(await chat.say('yes')).toContain('requested');
  });
});
