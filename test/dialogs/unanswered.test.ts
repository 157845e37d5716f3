import { chatWith } from './kit/chat';
import { delivered, order } from './kit/orders';

const moving = () => chatWith({ orders: [order('DS-1001')] });

describe('a line that leaves the open question unanswered', () => {
  test.each([
    ['yes', 'ok'],
    ['good morning', 'yes'],
    ['thanks', 'thank you'],
    ['help', 'ok'],
  ])('"%s", then "%s": asked once more, then a person', async (first, second) => {
    const chat = await moving();
    await chat.say('change the delivery date');
    expect(await chat.say(first)).toContain('Which day suits you');
    expect(chat.last?.handoff).toBeUndefined();
    await chat.say(second);
    expect(chat.last?.handoff).toMatchObject({ reason: 'misses', wants: 'reschedule_delivery' });
  });

  test.each([
    ['haan', 'theek hai'],
    ['हाँ', 'नमस्ते'],
  ])('"%s", then "%s" too', async (first, second) => {
    const chat = await moving();
    await chat.say('delivery ki date badalni hai');
    await chat.say(first);
    expect(chat.last?.handoff).toBeUndefined();
    await chat.say(second);
    expect(chat.last?.handoff?.reason).toBe('misses');
  });

  test('a greeting is returned, and an answer after it goes on and starts the count again', async () => {
    const chat = await moving();
    await chat.say('change the delivery date');
    expect(await chat.say('hello')).toMatch(/^Hello!\n+Back to the delivery date: Which day/);
    expect(await chat.say('wednesday')).toContain('what time');
    await chat.say('ok');
    expect(chat.last?.handoff).toBeUndefined();
    expect(await chat.say('any time')).toContain('Shall I ask');
  });

  test('who says goodbye is not asked again, and finds the question open on coming back', async () => {
    const chat = await moving();
    await chat.say('change the delivery date');
    await chat.say('thanks');
    expect(await chat.say('bye')).toBe('Take care! Write any time you need something.');
    expect(chat.last?.handoff).toBeUndefined();
    expect(await chat.say('wednesday evening')).toContain('Shall I ask');
  });

  test('two stickers to a question bring a person', async () => {
    const chat = await moving();
    await chat.say('change the delivery date');
    expect(await chat.say('👍')).toContain('Which day');
    await chat.say('👍');
    expect(chat.last?.handoff?.reason).toBe('misses');
  });
});

describe('days that are past', () => {
  test.each(['yesterday', 'yesterday please'])('"%s" is refused with the nearest day', async (said) => {
    const chat = await moving();
    await chat.say('change the delivery date');
    expect(await chat.say(said)).toContain(
      'Yesterday (Saturday, 21 Nov) is already past. The nearest possible day is tomorrow (Monday, 23 Nov).',
    );
  });

  test('"beete kal" is yesterday, "kal" alone is tomorrow', async () => {
    const chat = await moving();
    await chat.say('delivery ki date badalni hai');
    expect(await chat.say('beete kal')).toContain('Saturday, 21 Nov');
    expect(await chat.say('kal')).toContain('Monday, 23 Nov');
    expect(chat.titles.join()).toContain('Subah');
  });

  test('what did not come yesterday is no wish for yesterday', async () => {
    const chat = await moving();
    await chat.say('change the delivery date');
    expect(await chat.say('it should have come yesterday, give it to me on wednesday')).not.toContain('past');
  });
});

describe('the code that proves who is writing', () => {
  test.each([
    [
      'change the delivery date of DS-1001',
      'hello',
      'Back to the delivery date: I still need the 6-digit code',
    ],
    ['DS-1001 ki delivery date badalni hai', 'namaste', 'Mujhe abhi 6-digit code chahiye'],
    ['DS-1001 की डिलीवरी की तारीख बदलनी है', 'नमस्ते', 'मुझे अभी 6 अंकों का कोड चाहिए'],
  ])('is not said to be on its way again after an interruption: "%s"', async (asked, other, still) => {
    const chat = await chatWith({ orders: [order('DS-1001')], phone: '+919811100009' });
    const sent = /code is on its way|bheja ja raha|भेजा जा रहा/;
    expect(await chat.say(asked)).toMatch(sent);
    expect(await chat.say(other)).toContain(still);
    expect(chat.text).not.toMatch(sent);
    expect(await chat.tap(chat.titles[0] ?? '')).toMatch(sent);
  });

  test('what was proved is asked for again after half an hour', async () => {
    const chat = await chatWith({ orders: [order('DS-1001', { shipments: [] })] });
    await chat.say('change the landmark to near city mall');
    await chat.say('560038');
    await chat.say('never mind');
    const proved = chat.now.getTime();
    chat.now = new Date(proved + 30 * 60_000 - 1);
    expect(await chat.say('change the landmark to near the park')).toContain('near the park');
    await chat.say('never mind');
    chat.now = new Date(proved + 30 * 60_000);
    expect(await chat.say('change the landmark to near the lake')).toContain('PIN code');
  });
});

describe('cash on delivery', () => {
  const cash = () => {
    const base = order('DS-1001');
    base.payment = { method: 'cod', status: 'pending', total: '900.00' };
    return chatWith({ orders: [base] });
  };

  test.each([
    'Can I pay online instead?',
    'can I pay by UPI?',
    'online payment kar sakta hu kya?',
    'क्या मैं ऑनलाइन पेमेंट कर सकता हूँ?',
  ])('"%s" gets the amount, the truth and a person first', async (said) => {
    const chat = await cash();
    expect(await chat.say(said)).toMatch(/900.*(can't take a payment|payment nahi le sakta|पेमेंट नहीं ले सकता)/s);
    expect(chat.titles[0]).toMatch(/person|Insaan|इंसान/);
    await chat.tap(chat.titles[0] ?? '');
    expect(chat.last?.handoff?.orderNumber).toBe('DS-1001');
  });

  test('"how much do I pay" stays short', async () => {
    const chat = await cash();
    expect(await chat.say('how much do I have to pay')).not.toContain("can't take");
  });
});

test('who misses an item is offered a person first, the return second', async () => {
  const chat = await chatWith({ orders: [delivered('DS-1001', '2026-11-20')] });
  expect(await chat.say('one item is missing from my order')).toContain("I'm sorry something is missing");
  expect(chat.titles).toEqual(['Talk to a person', 'Return an item']);
});

test('a heart, a shared post and a mention each get a word of their own, and no title is taken for the customer’s words', async () => {
  const chat = await chatWith({ orders: [order('DS-1001')] });
  const sends = (kind: 'sticker' | 'post' | 'mention') =>
    chat.send({ kind: 'media', attachments: [{ kind, ref: 'https://cdn.example/1' }] });
  expect(await sends('sticker')).toContain('Nice one!');
  expect(await sends('post')).toContain('Thanks for sharing!');
  expect(await sends('mention')).toContain('Thanks for mentioning us!');
  expect(chat.last?.handoff).toBeUndefined();
});

describe('who asks whether it is a person', () => {
  test.each([
    ['are you a bot?', /automated assistant, not a person/],
    ['Is this a real person', /automated assistant, not a person/],
    ['hi, am I talking to a human or a bot', /automated assistant, not a person/],
    ['who are you', /automated assistant, not a person/],
    ['kya tum robot ho', /automated assistant hoon, insaan nahi/],
    ['aap kaun ho bhai', /automated assistant hoon, insaan nahi/],
    ['क्या आप इंसान हैं?', /ऑटोमेटेड असिस्टेंट हूँ, इंसान नहीं/],
  ])('%s', async (line, answer) => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('where is my order');
    expect(await chat.say(line)).toMatch(answer);
    expect(chat.last?.handoff).toBeUndefined();
    expect(chat.last?.misses).toBe(0);
    await chat.say('1');
    expect(chat.last?.handoff?.reason).toBe('asked');
  });

  test('in the middle of a task it is told and the question stands; in the first line it is the greeting', async () => {
    const chat = await chatWith({ orders: [order('DS-1001', { shipments: [] })] });
    const first = await chat.say('are you a robot');
    expect(first.match(/automated/g)).toHaveLength(1);
    await chat.say('cancel DS-1001');
    expect(await chat.say('wait, are you a real person?')).toMatch(/not a person[^]*PIN code/);
    expect(await chat.say('560038')).toContain('Shall I cancel DS-1001');
  });

  test('who asks for one in the same breath gets one', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('are you a bot? I want to talk to a person');
    expect(chat.last?.handoff?.reason).toBe('asked');
  });
});
