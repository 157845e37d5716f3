import { surveyQuestion } from '../../src/bot/survey';
import { chatWith } from './kit/chat';
import { order } from './kit/orders';

describe('a person', () => {
  test.each([
    ['I want to talk to a human', 'usually answer within 15 minutes'],
    ['kisi insaan se baat karni hai', '15 minute'],
    ['किसी इंसान से बात कराइए', '15 मिनट'],
  ])('"%s" is honoured the first time in the middle of a task', async (line, promise) => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('change the delivery date of DS-1001');
    expect(await chat.say(line)).toContain(promise);
    expect(chat.last?.handoff).toMatchObject({
      reason: 'asked',
      wants: 'reschedule_delivery',
      orderNumber: 'DS-1001',
      proofLevel: 1,
    });
    expect(chat.conversation.owner).toBe('waiting');
  });

  test('two misses in a row bring one, one miss gets a short choice', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('asdf qwer');
    expect(chat.last?.handoff).toBeUndefined();
    expect(chat.titles.length).toBeGreaterThan(1);
    await chat.say('zzz blorp');
    expect(chat.last?.handoff?.reason).toBe('misses');
  });

  test('something understood in between starts the count again', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('asdf qwer');
    await chat.say('where is my order');
    await chat.say('zzz blorp');
    expect(chat.last?.handoff).toBeUndefined();
  });

  test('two misses in the middle of a task bring one too, with what was gathered', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('move DS-1001 to Friday');
    expect(await chat.say('asdf')).toContain("didn't get that");
    await chat.say('blorp zork');
    expect(chat.last?.handoff).toMatchObject({
      reason: 'misses',
      gathered: [{ name: 'date', value: '2026-11-27', seq: 1 }],
    });
  });

  test('an answer how the help was, with a question in the same breath: both are heard', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    const asked = surveyQuestion('en', 'Tulsi Lane', 'survey-1');
    const survey = { id: 'survey-1', askedAt: chat.now, agent: 'a1', agentName: 'Meera' };
    chat.conversation = {
      ...chat.conversation,
      survey,
      openChoices: { version: 'survey-1', options: asked.options! },
    };
    const [, , , good] = asked.options!;
    const tap = { kind: 'choice' as const, choiceId: good!.id, title: good!.title };
    const answer = await chat.send(tap, { kind: 'text', text: 'where is DS-1001' });
    expect(answer).toMatch(/good to hear[\s\S]*DS-1001/);
    expect(chat.last).toMatchObject({ score: 4, staysResolved: false });
    await chat.send(tap);
    expect(chat.last).toMatchObject({ score: 4, staysResolved: true });
  });

  test('out of hours says when they are back', async () => {
    const hours = { 1: { fromHour: 9, toHour: 18 } };
    const chat = await chatWith({
      orders: [],
      peopleOnDuty: false,
      policy: { support: { hours, answerWithinMinutes: 15, askSatisfaction: true } },
    });
    expect(await chat.say('agent please')).toContain('back on Monday, 23 Nov, 9:00 am');
  });

  test('while waiting the bot is silent, offers the way back once when it takes too long, and comes back when asked', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('talk to a person');
    expect(await chat.say('hello? where is my order')).toBe('');
    expect(chat.last?.silence).toBe('waiting for a person');
    chat.now = new Date(chat.now.getTime() + 20 * 60_000);
    await chat.say('anybody there?');
    expect(chat.titles).toEqual(['Leave it with them', 'Carry on with bot']);
    expect(await chat.say('hello')).toBe('');
    expect(await chat.say('back to the bot')).toContain('back with me');
    expect(chat.conversation.owner).toBe('bot');
    expect(await chat.say('where is my order')).toContain('DS-1001 is on the way');
  });

  test('threats, fraud, despair and anger go to a person with high priority', async () => {
    const reasons: [string, string][] = [
      ['I will take you to consumer court', 'threat'],
      ['someone called asking for my otp', 'fraud'],
      ['I want to end my life', 'self_harm'],
      ['this is pathetic service', 'anger'],
    ];
    for (const [line, reason] of reasons) {
      const chat = await chatWith({ orders: [order('DS-1001')] });
      const said = await chat.say(line);
      expect(chat.last?.handoff).toMatchObject({ reason, priority: 'high' });
      if (reason === 'self_harm') expect(said).toContain('14416');
    }
  });

  test('says that it is automated at the start, and again after a person had the conversation', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    expect(await chat.say('hi')).toContain("I'm Tulsi Lane's automated assistant");
    expect(await chat.say('hi')).not.toContain('automated');
    chat.conversation = {
      ...chat.conversation,
      disclosed: false,
      epoch: 2,
      dialogs: { version: 0, state: null },
    };
    expect(await chat.say('where is my order')).toContain('automated assistant again');
  });
});

describe('STOP and START', () => {
  test.each(['STOP', 'band karo messages', 'मैसेज बंद करो'])(
    '"%s" is honoured at once, even while waiting',
    async (line) => {
      const chat = await chatWith({ orders: [order('DS-1001')] });
      await chat.say('change the date');
      await chat.say(line);
      expect(chat.last?.stopped).toBe(true);
      expect(chat.text).toContain('START');
      await chat.say('START');
      expect(chat.last?.stopped).toBe(false);
      await chat.say('agent');
      await chat.say(line);
      expect(chat.conversation.stopped).toBe(true);
    },
  );
});

describe('never silence', () => {
  test('a voice note, a sticker, a file and a map pin get an answer in words', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    const media = (kind: 'voice' | 'sticker' | 'document' | 'image') =>
      chat.send({ kind: 'media', attachments: [{ kind, ref: 'r' }] });
    expect(await media('voice')).toContain("can't listen to voice notes");
    expect(await media('sticker')).not.toBe('');
    expect(await media('image')).toContain('photo');
    expect(chat.titles).toContain('Report a problem');
    expect(await chat.send({ kind: 'location', latitude: 1, longitude: 2 })).toContain('map pin');
    expect(await media('document')).toContain("can't open files");
    await media('voice');
    expect(chat.last?.handoff?.reason).toBe('misses');
  });

  test('a dialog state of another version is dropped with a word and begun again', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('change the date of DS-1001');
    const { dialogs } = chat.conversation;
    chat.conversation = { ...chat.conversation, dialogs: { ...dialogs, version: dialogs.version - 1 } };
    const said = await chat.say('friday');
    expect(said).toContain('lost my place');
    expect(said.length).toBeGreaterThan(90);
  });
});
