import type { address as en } from '../en/address';

/** Correcting where an order goes, in Hinglish. */
export const address: typeof en = {
  what: (order) =>
    `${order} ke address mein kya theek karna hai? Poora address likhiye, ya sirf woh hissa jo badalna hai.`,
  whatOnWay: (order, fields) =>
    `${order} raaste mein hai, isliye courier ab sirf naya ${fields} le sakta hai. Kya badalna hai? Baaki ke liye kisi person ko dekhna hoga.`,
  whatMissed: 'Ismein mujhe koi address nahi mila.',
  askField: (field) =>
    ({
      phone: 'Sahi phone number kya hai?',
      landmark: 'Aapke paas ka landmark kya hai?',
      line1: 'Sahi flat ya ghar aur gali kya hai?',
      line2: 'Sahi area kya hai?',
      city: 'Sahi city kya hai?',
      state: 'Sahi state kya hai?',
      postalCode: 'Sahi PIN code kya hai?',
      name: 'Sahi naam kya hai?',
    })[field],
  titles: {
    line1: 'Ghar aur gali',
    line2: 'Area',
    landmark: 'Landmark',
    phone: 'Phone number',
    postalCode: 'PIN code',
    city: 'City',
    state: 'State',
    name: 'Naam',
  },
  before: 'Abhi:',
  after: 'Naya:',
  confirmChange: (order) => `Kya ${order} ke liye yeh badal doon?`,
  confirmAsk: (order) => `${order} raaste mein hai. Kya courier se yeh badalne ko kahoon?`,
  confirmAgain: (order, when) =>
    `Kya courier se kahoon ki ${order} lekar ${when} ko naye address par phir aaye?`,
  yes: 'Haan, badal do',
  more: 'Aur bhi badalna hai',
  leave: 'Aise hi rehne dein',
  changed: (order) => `${order} ka address badal gaya hai. Ab yeh yahan aayega:`,
  requested: (order) =>
    `${order} ke liye request bhej di hai (requested). Courier jo kahega, main yahin bataunga.`,
  current: 'Yeh yahan jayega:',
  same: 'Yahi address hamare paas pehle se hai.',
  pinState: (pin, state) => `PIN code ${pin} ${state} ka hai. PIN code ya state dekh kar sahi wala likhiye.`,
  pinUnknown: (pin) => `PIN code ${pin} mujhe nahi mila. Dekh kar phir se likhiye.`,
  pinCity: (pin, city) => `Waise PIN code ${pin} aam taur par ${city} ka hota hai.`,
  phoneBad: 'Yeh poora phone number nahi lagta. Dason ank likhiye.',
  onlyThese: (fields) =>
    `Yeh raaste mein hai, isliye courier sirf naya ${fields} le sakta hai. Baaki badlaav kisi person ko karne honge.`,
  elsewhere: 'Doosri city ya state mein bhejna kisi person ko dekhna hoga.',
  second: 'Address ek baar badal chuka hai, isliye agla badlaav kisi person ko karna hoga.',
  notNow: (order, why) => `${order} ${why}`,
  refused: {
    delivered: 'deliver ho chuka hai, isliye address nahi badal sakta.',
    cancelled: 'cancel hai, isliye deliver karne ko kuch nahi hai.',
    rto: 'hamare paas wapas aa raha hai, isliye address yahan se nahi badal sakta.',
    lost: 'lagta hai raaste mein kho gaya hai, isliye address nahi badal sakta.',
    pending_request: 'ko cancel karne ka faisla baaki hai, isliye abhi address nahi badal sakta.',
  },
};
