import { defaultPolicy, parsePolicy } from '../../src/support/policy';
import { chatWith } from './kit/chat';
import { delivered, order } from './kit/orders';

const shop = (yaml: string) => parsePolicy(yaml);
const chat = (yaml = '') => chatWith({ orders: [order('DS-1001')], policy: shop(yaml) });

describe('a question about the shop is answered from its rules', () => {
  test.each([
    ['what is your return policy?', 'You can return an item within 7 days of its delivery'],
    [
      'how many days do i have to return',
      'Your choice: refund, store credit, the same item again or another size.',
    ],
    ['exchange policy pls', 'within 7 days'],
    ['return policy kya hai', 'Delivery ke 7 din ke andar item return kar sakte hain'],
    ['kitne din tak wapas kar sakte hai', 'Delivery ke 7 din ke andar'],
    ['रिटर्न पॉलिसी क्या है', 'डिलीवरी के 7 दिन के अंदर सामान लौटा सकते हैं'],
    ['do you deliver on Sundays', 'The courier delivers every day: morning (9 am to 1 pm)'],
    ['sunday ko delivery hoti hai kya', 'Courier har din delivery karta hai'],
    ['क्या रविवार को डिलीवरी होती है', 'कूरियर हर दिन डिलीवरी करता है'],
    ['what are your timings', 'Our team answers day and night'],
    ['kitne baje tak khula rehta hai', 'Hamari team din-raat jawab deti hai'],
    ['आप कितने बजे तक काम करते हैं', 'हमारी टीम दिन-रात जवाब देती है'],
  ])('"%s"', async (line, answer) => {
    const asked = await chat();
    expect(await asked.say(line)).toContain(answer);
    expect(asked.last?.misses).toBe(0);
    expect(asked.titles.length).toBeGreaterThan(0);
  });

  test('as the shop has set them', async () => {
    const strict = `
returns: { windowDays: 3, resolutions: [store_credit], nonReturnableCategories: [innerwear, jewellery] }
reschedule: { weekdays: [1, 2, 3, 4, 5, 6], maxDaysAhead: 4 }
support: { hours: { 1: &day { fromHour: 10, toHour: 19 }, 2: *day, 3: *day, 4: *day, 5: *day, 6: { fromHour: 10, toHour: 14 } } }`;
    const asked = await chat(strict);
    expect(await asked.say('return policy?')).toContain(
      "within 3 days of its delivery. Your choice: store credit. Tell me the order and I'll start it. These can't come back: innerwear and jewellery.",
    );
    expect(await asked.say('do you deliver on sundays?')).toMatch(
      /on Monday, .*Saturday: .*up to 4 days ahead/,
    );
    expect(await asked.say('working hours?')).toContain(
      "Our team answers Monday to Friday, 10 am to 7 pm and Saturday, 10 am to 2 pm. I'm here all the time.",
    );
    const none = await chat('returns: { windowDays: 0 }\nsupport: { hours: {} }');
    expect(await none.say('return policy?')).toContain("doesn't take items back");
    expect(await none.say('working hours?')).toContain("can't say when our team answers");
  });

  test('in the middle of a task it is answered, and the task goes on', async () => {
    const asked = await chatWith({ orders: [delivered('DS-1001', '2026-11-20')] });
    await asked.say('return DS-1001');
    expect(await asked.say('wait, how many days do I have to return it?')).toMatch(
      /within 7 days[^]*PIN code/,
    );
    expect(await asked.say('560038')).toContain('How many');
  });

  test('said with something else, both are answered', async () => {
    const both = await chat();
    const said = await both.say('where is my order', 'what are your delivery hours');
    expect(said).toContain('The courier delivers every day');
    expect(said).toContain('DS-1001 is on the way');
    const inOne = await chat();
    const moved = await inOne.say(
      "what's your return policy? and please move the delivery to tuesday evening",
    );
    expect(moved).toMatch(/within 7 days[^]*Tuesday, 24 Nov, evening/);
    const numbered = await chat();
    expect(await numbered.say('working hours?', 'status of DS-1001')).toMatch(
      /day and night[^]*DS-1001 is on the way/,
    );
    const thanks = await chat();
    expect(await thanks.say('what are your timings', 'thanks')).toContain('Our team answers day and night');
    const two = await chat();
    expect(await two.say('return policy? and working hours?')).toMatch(/within 7 days[^]*day and night/);
  });

  test.each([
    ['can you deliver it on tuesday', 'Tuesday, 24 Nov'],
    ['I want to return my order', 'has not been delivered'],
    ['kitne baje tak aayega mera order', 'DS-1001'],
    ['what is the return policy for DS-1001', 'has not been delivered'],
  ])('"%s" is about the order', async (line, answer) => {
    expect(await (await chat()).say(line)).toContain(answer);
  });
});

describe('the shop’s own answers', () => {
  const answers = `
answers:
  - words: [ship abroad, nepal, international shipping]
    answer: { en: 'We deliver within India only.', hi-Latn: 'Hum sirf India mein bhejte hain.' }
  - words: [gift wrap, gift wrapping, gift nepal]
    answer: Choose gift wrap at checkout.`;

  test('are told in the customer’s language, or in the first there is', async () => {
    const asked = await chat(answers);
    expect(await asked.say('Do you ship to Nepal?')).toContain('We deliver within India only.');
    expect(await asked.say('kya aap nepal bhejte ho')).toContain('Hum sirf India mein bhejte hain.');
    expect(await asked.say('क्या nepal भेजते हैं?')).toContain('We deliver within India only.');
    expect(await asked.say('is gift wrapping possible')).toContain('Choose gift wrap at checkout.');
    expect(await asked.say('can you send a gift to nepal')).toContain('Choose gift wrap');
  });

  test('never stand in for an order, and a file with mistakes is refused with the place named', async () => {
    const asked = await chat(answers);
    expect(await asked.say('gift wrap of DS-1001, where is it?')).toContain('DS-1001 is on the way');
    expect(defaultPolicy.answers).toEqual([]);
    const faults = (yaml: string) => {
      try {
        return String(shop(yaml));
      } catch (error) {
        return JSON.stringify((error as { fields?: unknown }).fields);
      }
    };
    expect(faults('answers: [{ words: [], answer: yes please }]')).toContain('answers[0].words');
    expect(faults('answers: [{ words: [nepal], answer: { fr: Non } }]')).toContain('answers[0].answer');
    expect(faults('answers: [{ words: [nepal], answer: {} }]')).toContain('answers[0].answer');
  });
});
