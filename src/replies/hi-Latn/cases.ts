import type { cases as en } from '../en/cases';

/** Cancelling, refunds, payments and complaints, in Hinglish. */
export const cases: typeof en = {
  cancel: {
    confirm: (order, items, total) =>
      `Kya ${order} (${items}, ${total}) cancel kar doon? Yeh wapas nahi ho sakega.`,
    yes: 'Haan, cancel karo',
    no: 'Nahi, rehne do',
    kept: (order) => `Theek hai, ${order} jaisa tha waisa hi rahega.`,
    requested: (order) =>
      `${order} cancel karne ki request bhej di hai (requested). Pakka hote hi main yahin bataunga.`,
    refund: 'Pakka hone par aapke diye paise usi tareeke se wapas aayenge jaise aapne diye the.',
    refused: {
      dispatched:
        'courier ke paas ja chuka hai, isliye ab cancel nahi ho sakta. Aap ise darwaze par mana kar sakte hain, ya delivery ke baad return kar sakte hain.',
      delivered:
        'deliver ho chuka hai, isliye ab cancel nahi ho sakta. Shayad aap ise return kar sakte hain.',
      cancelled: 'pehle se cancel hai.',
      rto: 'pehle se hamare paas wapas aa raha hai.',
      lost: 'lagta hai raaste mein kho gaya hai; ise koi person dekh sakta hai.',
      already_requested: 'ko cancel karne ki request pehle se hai, bas pakka hona baaki hai.',
    },
  },
  refund: {
    done: (order, total) =>
      `${order} ka refund${total ? ` (${total})` : ''} ho gaya hai. Bank mein dikhne mein kuch din lag sakte hain.`,
    partly: (order) =>
      `${order} ka kuch hissa refund ho gaya hai. Bank mein dikhne mein kuch din lag sakte hain.`,
    afterReturn: (order, rma) =>
      `${order} ka return ${rma} chal raha hai. Item milne aur check hone ke baad refund hoga.`,
    returnAgreed: (order, rma) =>
      `${order} ke return ${rma} ka pick-up pakka hai. Item milne aur check hone ke baad refund hoga.`,
    afterCancel: (order) => `${order} ka cancel hona abhi pakka nahi hua. Pakka hone par refund hoga.`,
    cancelledPaid: (order) =>
      `${order} cancel hai aur iska refund abhi darj nahi hua. Koi person dekh sakta hai ki woh kahan hai.`,
    nothingPaid: (order) => `${order} ke liye kuch bhi nahi diya gaya hai, isliye refund ka sawaal nahi.`,
    backPaid: (order) =>
      `${order} hamare paas wapas aa gaya aur iska refund abhi darj nahi hua. Koi person dekh sakta hai ki woh kahan hai.`,
    none: (order) => `${order} ka koi refund nahi chal raha.`,
  },
  payment: {
    cod: (order, amount) => `${order} cash on delivery hai: darwaze par ${amount} dene hain.`,
    paid: (order, total) => `${order} ka payment ho chuka hai${total ? `: ${total}` : ''}.`,
    codPaid: (order, total) => `${order} ka payment delivery par ho chuka hai${total ? `: ${total}` : ''}.`,
    refunded: (order) => `${order} ka refund ho chuka hai.`,
    pending: (order) =>
      `${order} ka online payment abhi pakka nahi hua. Account se paise kat gaye hon to koi person dekh sakta hai.`,
    codOver: (order) => `${order} ke liye kuch nahi dena hai.`,
    otherWay:
      'Main is chat mein payment nahi le sakta aur payment ka tareeka bhi nahi badal sakta. Koi doosra tareeka ho sakta hai ya nahi, yeh hamari team ka koi person bata sakta hai.',
    twice: (order) =>
      `${order} mein humein ek hi payment dikh raha hai. Ise aapke bank se kisi person ko milana hoga.`,
    invoice: 'Koi person aapko yahin invoice bhejega.',
    what: 'Aap kya jaanna chahenge?',
    twiceTitle: 'Do baar paise kate',
    invoiceTitle: 'Invoice bhejein',
  },
  complaint: {
    what: (order) => `Yeh sunkar afsos hua. ${order} mein kya gadbad hai?`,
    kinds: {
      damaged: 'Toota ya kharab hai',
      wrong_item: 'Galat item aaya',
      missing: 'Kuch kam hai',
      not_received: 'Mila hi nahi',
      other: 'Koi aur baat',
    },
    photo: 'Iski ek photo bhej dijiye, taaki hum dekh sakein ki kya hua.',
    noPhoto: 'Photo nahi hai',
    toPerson: 'Iske liye maafi chahta hoon. Koi person ise dekhega.',
    notReceived: (order, day) =>
      `Maaf kijiye. Courier ke mutabik ${order} ${day} ko deliver hua tha. Koi person unse pata karega.`,
    notReceivedOpen: 'Yeh abhi deliver nahi hua hai:',
    chooseMissing:
      'Maaf kijiye, saamaan poora nahi aaya. Hamari team ka koi person ise dekhe, ya jo aaya hai use aap return karna chahenge?',
    choose: 'Shukriya, maine likh liya. Aap ise return karna chahenge, ya koi person dekhe?',
  },
};
