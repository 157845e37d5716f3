import type { verify as en } from '../en/verify';

/** Proving who is writing, in Hinglish. */
export const verify: typeof en = {
  pin: (order) => `Pakka karne ke liye ki aap hi hain: ${order} ke delivery address ka PIN code kya hai?`,
  pinRetry: 'PIN code mein chhah ank hote hain.',
  pinWrong: 'Yeh PIN code delivery address se match nahi karta. Dekh kar PIN code phir se likhiye.',
  pinUsedUp: 'Yeh PIN code bhi match nahi hua, isliye main ise yahan aage nahi badha sakta.',
  askOrder: 'Order number likh dijiye; woh aapke confirmation message mein hai.',
  orderRetry: 'Ismein mujhe order number nahi mila. Woh aapke confirmation message mein hai, jaise DS-1001.',
  orderHelp:
    'Woh order ke confirmation message ya email mein hota hai. Na mile to koi person aapki madad kar sakta hai.',
  detailsPin: 'Aur delivery address ka PIN code?',
  detailsPinFirst: (order) =>
    `${order} dekhne se pehle pakka karna hai ki aap hi hain. Delivery address ka PIN code kya hai?`,
  detailsPhone: 'Aur order mein diya hua phone number?',
  phoneRetry: 'Yeh poora phone number nahi lagta. Order mein diya hua phone number likhiye.',
  noMatch:
    'Yeh details aapas mein match nahi karti, isliye main kuch dikha nahi sakta. Order number, PIN code aur phone number dekh kar phir se likhiye.',
  limited:
    'Abhi ke liye bahut baar koshish ho gayi, isliye main yahan aur check nahi kar sakta. Koi person aapki madad kar sakta hai.',
  stranger: (order) =>
    `Yeh number ${order} se match nahi karta. Agar yeh order aapka hai, to ek code us phone ya email par bheja ja raha hai jisse order hua tha. Woh 6-digit code yahan likhiye.`,
  codeSent:
    'Agar yeh order aapka hai, to ek code us phone ya email par bheja ja raha hai jisse order hua tha. Woh 6-digit code yahan likhiye.',
  codeStill: 'Mujhe abhi 6-digit code chahiye. Jaisa aaya hai waisa hi likhiye, ya naya code manga lijiye.',
  codeRetry: 'Code mein chhah ank hote hain. Jaisa aaya hai waisa hi likhiye.',
  codeHelp:
    'Code aane mein ek minute lag sakta hai. Main naya code bhej sakta hoon, ya koi person madad kar sakta hai.',
  codeWrong: 'Yeh code sahi nahi hai. Dekh kar phir se likhiye.',
  codeExpired: 'Is code ka time nikal gaya.',
  codeUsedUp: 'Is code par bahut baar koshish ho gayi.',
  codeNewTitle: 'Naya code bhejein',
  codeLimit: 'Aaj is order ke liye aur code nahi bhej sakta.',
  noWay: 'Is order ke liye code bhejne ka koi raasta nahi hai, isliye kisi person ko dekhna hoga.',
  strangerNumberless:
    'Is number par mujhe koi order nahi mila. Order number likh dijiye; woh aapke confirmation message mein hai.',
  noPinTitle: 'Mujhe nahi pata',
  proved: 'Shukriya, match ho gaya.',
};
