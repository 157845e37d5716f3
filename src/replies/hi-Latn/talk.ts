import type { IntentName } from '../../core/intents';
import type { talk as en } from '../en/talk';

const doing: Partial<Record<IntentName, string>> = {
  order_status: 'order kahan hai',
  reschedule_delivery: 'delivery ki date',
  correct_address: 'address badalna',
  initiate_return: 'return',
  cancel_order: 'order cancel karna',
  refund_status: 'refund',
  payment_query: 'payment ka sawaal',
  complaint: 'order mein dikkat',
  talk_to_human: 'kisi insaan se baat',
};
const titles: Partial<Record<IntentName, string>> = {
  order_status: 'Order kahan hai',
  reschedule_delivery: 'Date badlein',
  correct_address: 'Address badlein',
  initiate_return: 'Item return karein',
  cancel_order: 'Order cancel karein',
  refund_status: 'Refund ka status',
  payment_query: 'Payment ka sawaal',
  complaint: 'Dikkat batayein',
  talk_to_human: 'Insaan se baat',
};

/** A shop that has given no name of its own is "this shop". */
function ours(shop: string): string {
  return shop === 'the shop' ? 'is shop' : shop;
}

/** Greeting, small talk, and what is said when a line was not understood, in Hinglish. */
export const talk: typeof en = {
  disclosure: (shop) => `Namaste, main ${ours(shop)} ka automated assistant hoon.`,
  disclosureAgain: (shop) => `Ab phir se ${ours(shop)} ka automated assistant aapke saath hai.`,
  whoWeAre: (shop) =>
    `Main ${ours(shop)} ka automated assistant hoon, insaan nahi. Hamari team mein kisi se baat karni ho to bas likh dijiye.`,
  greet: 'Aapke order mein kya madad karoon?',
  hello: 'Namaste!',
  greetAgain: 'Namaste! Bataiye, kya karna hai?',
  help: 'Main bata sakta hoon order kahan hai, delivery ki date ya address badalwa sakta hoon, return shuru kar sakta hoon, bhejne se pehle order cancel kar sakta hoon, aur refund ya payment dekh sakta hoon. Kisi insaan se baat karni ho to bas likh dijiye.',
  choose: 'Aap kya karna chahenge?',
  thanks: 'Khushi hui! Jab bhi zaroorat ho, likhiye.',
  goodbye: 'Dhyaan rakhiye! Zaroorat ho to kabhi bhi likhiye.',
  okay: 'Theek hai.',
  anythingElse: 'Aur kuch madad chahiye?',
  outOfScope:
    'Maaf kijiye, ismein main madad nahi kar sakta. Main order ho jaane ke baad ke kaam dekhta hoon: tracking, date, address, return aur refund.',
  unclear: 'Maaf kijiye, main samajh nahi paaya. Baat kis baare mein hai?',
  unclearAnswer: 'Maaf kijiye, main samajh nahi paaya.',
  which: (a, b) => `Baat ${a} ki hai, ya ${b} ki?`,
  doing: (intent) => doing[intent] ?? 'kuch aur',
  title: (intent) => titles[intent] ?? 'Madad',
  orderTitle: (intent, order) =>
    ({
      order_status: `${order} kahan hai`,
      reschedule_delivery: `Date ${order}`,
      correct_address: `Address ${order}`,
      initiate_return: `Return ${order}`,
      cancel_order: `Cancel ${order}`,
      refund_status: `Refund ${order}`,
      payment_query: `Payment ${order}`,
      complaint: `Dikkat ${order}`,
    })[intent as string] ?? order,
  optionsLabel: 'Chuniye',
  backTo: (intent) => `Ab wapas, ${doing[intent] ?? 'pehle wali baat'}:`,
  left: () => 'Theek hai, ise jaisa tha waisa hi rehne diya.',
  nothingOpen: 'Abhi cancel karne ko kuch chal nahi raha. Order cancel karna ho to uska number likhiye.',
  nothingBefore: 'Yeh pehla sawaal hai, isse peeche kuch nahi hai.',
  oldTap: 'Woh button purane message ka tha, isliye usse kuch nahi badla.',
  oldTapChecked: 'Woh button purane message ka tha, isliye maine phir se dekha.',
  restarted: 'Maaf kijiye, pichhli baat mujhse chhoot gayi. Chaliye phir se shuru karte hain.',
  stopped:
    'Theek hai. Ab hum apni taraf se message nahi bhejenge. Order ki khabar phir chahiye to START likh dijiye.',
  started: 'Ab aapke order ki khabar phir yahan milegi. Band karna ho to STOP likh dijiye.',
  failed: 'Maaf kijiye, meri taraf se kuch gadbad hui. Ek baar phir se bhej dijiye.',
  voice:
    'Main voice note sun nahi sakta. Thode shabdon mein likh dijiye, ya kahiye to kisi insaan se baat karwa doon.',
  sticker: 'Badhiya! Aapke order ke liye kya karoon?',
  post: 'Share karne ke liye shukriya! Main khud post nahi khol sakta. Kya yeh aapke kisi order ke baare mein hai?',
  mention: 'Hamein mention karne ke liye shukriya! Aapke order ke liye kya karoon?',
  photo: 'Photo ke liye shukriya. Main khud tasveer nahi dekh sakta. Kya aaye hue item mein koi dikkat hai?',
  file: 'Main file ya link nahi khol sakta. Jo chahiye likh dijiye, ya kahiye to kisi insaan se baat karwa doon.',
  location: 'Shukriya, par map ki pin se address nahi badal sakta. Kya address theek karna hai?',
  contact: 'Number ke liye shukriya. Kya delivery ke liye doosra phone number dena hai?',
  unsupported:
    'Yeh message main padh nahi paaya. Thode shabdon mein likh dijiye, ya kahiye to kisi insaan se baat karwa doon.',
  yes: 'Haan',
  no: 'Nahi',
};
