import type { Customer, Language } from './model';

/** Lines a visitor may try, fitting the orders of each customer. */
const LINES: Record<string, Record<Language, string[]>> = {
  asha: {
    en: [
      'Where is my order?',
      'Move DS-1001 to tomorrow evening',
      'My flat is 402 not 204 for DS-1003',
      'I want to return the juttis from DS-1002',
      'Let me talk to a person',
    ],
    'hi-Latn': [
      'Mera order kahan hai?',
      'DS-1001 kal shaam ko bhej do',
      'DS-1003 ka address galat hai, flat 402 hai',
      'DS-1002 wali jutti return karni hai',
      'Kisi insaan se baat karni hai',
    ],
    hi: [
      'मेरा ऑर्डर कहाँ है?',
      'DS-1001 कल शाम को भेज दीजिए',
      'DS-1003 का पता गलत है, फ्लैट 402 है',
      'DS-1002 की जूती वापस करनी है',
      'मुझे किसी व्यक्ति से बात करनी है',
    ],
  },
  vikram: {
    en: [
      'Why was my parcel not delivered?',
      'Please try again tomorrow after 6',
      'How much do I have to pay?',
      'Cancel my order',
      'I want a human',
    ],
    'hi-Latn': [
      'Courier aaya hi nahi, parcel kahan hai?',
      'Parso shaam ko dobara bhejo',
      'Kitne paise dene hain?',
      'Order cancel kar do',
      'Agent se baat karao',
    ],
    hi: [
      'मेरा पार्सल क्यों नहीं आया?',
      'परसों शाम को दोबारा भेजिए',
      'कितने पैसे देने हैं?',
      'ऑर्डर रद्द कर दीजिए',
      'एजेंट से बात कराइए',
    ],
  },
  neha: {
    en: [
      'Where is DS-1008?',
      'Why is it so late?',
      'My T-shirt is damaged, I want to return it',
      'Change the delivery date',
      'I need a person',
    ],
    'hi-Latn': [
      'DS-1008 kab aayega?',
      'Itna late kyun ho raha hai?',
      'T-shirt ka size chhota hai, badalna hai',
      'Delivery date change karni hai',
      'Mujhe kisi se baat karni hai',
    ],
    hi: [
      'DS-1008 कब आएगा?',
      'इतनी देर क्यों हो रही है?',
      'टी-शर्ट छोटी है, बदलनी है',
      'डिलीवरी की तारीख बदलनी है',
      'मुझे किसी से बात करनी है',
    ],
  },
};

/** Lines for one customer in one language. */
export function linesFor(customer: Customer, language: Language): string[] {
  return LINES[customer.id]?.[language] ?? [];
}
