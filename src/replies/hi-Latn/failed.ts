import type { failed as en } from '../en/failed';

/** A parcel that was not handed over, in Hinglish. */
export const failed: typeof en = {
  again: (when) => `Kya courier ${when} ko phir aaye?`,
  address: (when) => `Kya address mein kuch sahi karna hai, ya courier ${when} ko phir aaye?`,
  payment: (when) => `Kya courier ${when} ko phir aaye? Tab payment taiyaar rakhiyega.`,
  refused: (when) => `Kya aapne lene se mana kiya tha, ya courier ${when} ko phir aaye?`,
  later: (when) => `Kaun sa din theek rahega? Courier ${when} ko phir aa sakta hai.`,
  outside: 'Kya address sahi hai? Aap use yahin sahi kar sakte hain, ya hamari team se baat kar sakte hain.',
  noDay: 'Kya courier sach mein aaya tha? Yahin bata dijiye, ya hamari team se baat kijiye.',
  lastAttempt: (attempts) =>
    `${attempts > 1 ? `Yeh attempt number ${attempts} tha. ` : ''}Ab shayad aur koshish na ho aur yeh hamare paas wapas aa jaye, isliye main ek saathi se keh raha hoon. Woh aapko yahin likhenge.`,
  titles: {
    again: (order) => `Haan, ${order} phir`,
    day: (order) => `${order}: doosra din`,
    nobody: (order) => `${order}: nahi aaya`,
    address: (order) => `${order}: address`,
    refused: (order) => `${order}: mana kiya`,
  },
  reminder: (order, until) =>
    `Courier ab bhi jaanna chahta hai ki order ${order} ka kya karna hai. ${until} ke baad yeh hamare paas wapas aa sakta hai.`,
  toPerson: (order) =>
    `Order ${order} jald hi hamare paas wapas aa sakta hai aur courier ko ab tak nahi pata ki kya karna hai. Main ise ek saathi ko de raha hoon, woh aapko yahin likhenge.`,
  notNow: (order, until) =>
    `Theek hai, abhi courier se kuch nahi kehta. ${until} ke baad ${order} hamare paas wapas aa sakta hai; phir mangwana ho to usse pehle bata dijiye.`,
  noted: 'Sorry. Maine likh liya hai ki koi nahi aaya.',
  disputedConfirm: (order, when) =>
    `Sorry. Maine likh liya hai ki koi nahi aaya. Kya courier ko yeh bata kar kahoon ki ${order} lekar ${when} ko phir aaye?`,
  disputedRequested: (order, when) =>
    `${order} ke liye ${when} ki request bhej di hai (requested), saath mein yeh bhi ki koi nahi aaya tha. Courier jo kahega, main yahin bataunga.`,
  disputedNoted: (order) =>
    `Sorry. Maine likh liya hai ki koi nahi aaya, aur hamari team ise dekh sakti hai. ${order} ke liye courier se jo kaha gaya hai, woh waisa hi hai.`,
  disputedAgain: 'Sorry, aap doosri baar bata rahe hain ki koi nahi aaya. Ise kisi person ko dekhna chahiye.',
  disputedNoDay: 'Sorry. Maine likh liya hai ki koi nahi aaya. Ek aur koshish main khud nahi mangwa sakta.',
  yes: 'Haan, phir aayein',
  backConfirm: (order, items) =>
    `Kya courier se kahoon ki ${order} (${items}) dobara laane ke bajaye hamare paas wapas le aaye? Tab yeh aapko nahi milega.`,
  backYes: 'Haan, wapas laayein',
  backNo: 'Nahi, rehne dein',
  backRequested: (order) =>
    `Request bhej di hai (requested) ki ${order} dobara na laaya jaye aur hamare paas wapas aaye. Courier jo kahega, main yahin bataunga.`,
  backRefund: 'Hamare paas pahunchne par aapka refund dekha jayega.',
};
