import type { Policy } from '../core/policy';
import { defaultPolicy } from '../support/policy';
import { DEMO_SHOP_NAME } from './people';

/** The rules of the demo's shop: the built-in ones, and answers of its own to three things people ask. */
export const demoPolicy: Policy = {
  ...defaultPolicy,
  shopName: DEMO_SHOP_NAME,
  answers: [
    {
      words: ['ship abroad', 'international', 'nepal', 'outside india', 'india bahar', 'विदेश'],
      answer: {
        en: 'We deliver within India only, to every PIN code our couriers reach.',
        hi: 'हम सिर्फ़ भारत में भेजते हैं, हर उस पिन कोड पर जहाँ हमारे कूरियर जाते हैं।',
        'hi-Latn': 'Hum sirf India mein bhejte hain, har us PIN code par jahan hamare courier jaate hain.',
      },
    },
    {
      words: [
        'delivery charge',
        'delivery charges',
        'shipping charge',
        'shipping charges',
        'free shipping',
        'free delivery',
        'डिलीवरी चार्ज',
      ],
      answer: {
        en: 'Delivery is free from ₹999; below that it is ₹49.',
        hi: '₹999 से डिलीवरी मुफ़्त है; उससे कम पर ₹49 लगते हैं।',
        'hi-Latn': '₹999 se delivery free hai; usse kam par ₹49 lagte hain.',
      },
    },
    {
      words: ['gift wrap', 'gift wrapping', 'gift pack', 'gift packing', 'गिफ़्ट पैक', 'गिफ्ट पैक'],
      answer: {
        en: 'You can choose gift wrapping at checkout; we cannot add it to an order that is placed.',
        hi: 'गिफ़्ट पैकिंग चेकआउट पर चुन सकते हैं; दिए जा चुके ऑर्डर में हम नहीं जोड़ पाते।',
        'hi-Latn': 'Gift packing checkout par chun sakte hain; diye ja chuke order mein hum nahi jod paate.',
      },
    },
  ],
};
