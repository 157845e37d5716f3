import { consentWord, isBack, isBackToBot, leaveWord } from '../../src/bot/phrases';
import { redFlag } from '../../src/bot/red-flags';

describe('words that bring a person at once', () => {
  test.each([
    ['I want to kill myself', 'self_harm'],
    ['main mar jaunga', 'self_harm'],
    ['मैं आत्महत्या कर लूँगा', 'self_harm'],
    ['I will see you in consumer court', 'threat'],
    ['my lawyer will send a legal notice', 'threat'],
    ['main consumer court jaunga', 'threat'],
    ['mai police me complaint karunga', 'threat'],
    ['मैं उपभोक्ता फोरम में शिकायत करूँगा', 'threat'],
    ['someone called me asking for my otp', 'fraud'],
    ['there is an unauthorised transaction', 'fraud'],
    ['my account was hacked', 'fraud'],
    ['mere saath fraud ho gaya', 'fraud'],
    ['मेरे साथ धोखाधड़ी हुई', 'fraud'],
    ['this is ridiculous', 'anger'],
    ['worst service ever', 'anger'],
    ['bakwas service hai', 'anger'],
    ['घटिया सर्विस', 'anger'],
    ['talk to a person', 'asked'],
    ['I want to speak to a human', 'asked'],
    ['connect me to an agent please', 'asked'],
    ['agent', 'asked'],
    ['Human please!', 'asked'],
    ['real person', 'asked'],
    ['customer care number', 'asked'],
    ['I need a human', 'asked'],
    ['my lawyer will contact you', 'threat'],
    ['can I talk to someone?', 'asked'],
    ['please transfer me to customer support', 'asked'],
    ['give me a real person', 'asked'],
    ['kisi insaan se baat karni hai', 'asked'],
    ['agent se baat karao', 'asked'],
    ['mujhe kisi se baat karni hai', 'asked'],
    ['customer care se baat karwao', 'asked'],
    ['insaan chahiye', 'asked'],
    ['किसी इंसान से बात करनी है', 'asked'],
    ['मुझे एजेंट से बात करनी है', 'asked'],
    ['एजेंट चाहिए', 'asked'],
  ])('"%s" is %s', (line, reason) => {
    expect(redFlag(line)).toBe(reason);
  });

  test.each([
    'where is my order',
    'the delivery agent did not come',
    'delivery executive called me',
    'I bought a phone case',
    'my address is 4 Court Road, near the police lines',
    'please do not leave it with the guard',
    'move it to friday evening',
    'the courier person said tomorrow',
    'mera order kahan hai',
    'agent aaya tha par main ghar par nahi tha',
    'मेरा ऑर्डर कहाँ है',
    'no need of an agent, the bot is fine',
    'my landmark is City Court gate',
    'return the damaged kurta',
    'I got the wrong item',
    'refund kab aayega',
    'deliver to another person at home',
    'team lunch is on friday so not then',
    'landmark is opposite Indiranagar police station',
    'Flat 4, Lawyers Colony, Agra 282005',
    'c/o Advocate Sharma, 12 Civil Lines',
    'hand it to the person at reception',
    'give it to the manager at the gate',
    'I ordered the human hair wig, where is it',
    'Estate agent office, Ground floor',
    'customer care ne bola tha kal aayega',
    'please pass it to my brother, he is a nice person',
  ])('"%s" is nothing of the kind', (line) => {
    expect(redFlag(line)).toBeUndefined();
  });
});

describe('whole-message words', () => {
  test.each([
    ['STOP', 'stop'],
    ['Stop.', 'stop'],
    ['unsubscribe', 'stop'],
    ['band karo messages', 'stop'],
    ['मैसेज बंद करो', 'stop'],
    ['START', 'start'],
    ['फिर से चालू करो', 'start'],
  ])('"%s" means %s', (line, word) => expect(consentWord(line)).toBe(word));

  test.each([
    'please stop at the gate',
    'stop the delivery on friday',
    'non-stop problems',
    'start a return',
    'bus stop',
  ])('"%s" is neither stop nor start', (line) => expect(consentWord(line)).toBeUndefined());

  test('leaving, going back and returning to the bot are known in three languages', () => {
    expect(['never mind', 'rehne do', 'रहने दो', 'Forget it!'].map(leaveWord)).toEqual(Array(4).fill('leave'));
    expect(['cancel', 'cancel karo', 'कैंसिल'].map(leaveWord)).toEqual(Array(3).fill('bare'));
    expect(['back', 'go back', 'peeche jao', 'वापस जाओ'].every(isBack)).toBe(true);
    expect(['back to the bot', 'bot se baat karo', 'बॉट से बात करनी है'].every(isBackToBot)).toBe(true);
    expect(leaveWord('cancel my order')).toBeUndefined();
  });
});
