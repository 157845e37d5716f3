import type { reschedule as en } from '../en/reschedule';

/** Moving the delivery, in Hinglish. */
export const reschedule: typeof en = {
  whichDay: (order, slot) => `${order} ke liye ${slot ? `${slot} ko ` : ''}kaun sa din theek rahega?`,
  whichOfTwo: (order) => `${order} ke liye aap inmein se kaun sa din keh rahe hain?`,
  dayMissed: 'Ismein mujhe koi din samajh nahi aaya.',
  whichSlot: (day) => `Aur ${day} ko kis time?`,
  anyTime: 'Kisi bhi time',
  confirm: (order, day, slot) =>
    `Kya ${order} ki delivery ${day}${slot ? `, ${slot}` : ''} ke liye keh doon?`,
  confirmAgain: (order, day, slot) =>
    `Kya courier se kahoon ki ${order} lekar ${day}${slot ? `, ${slot}` : ''} ko phir aaye?`,
  yes: 'Haan, badal do',
  otherDay: 'Doosra din',
  otherTime: 'Doosra time',
  leave: 'Aise hi rehne dein',
  requested: (order, day, slot) =>
    `${order} ke liye ${day}${slot ? `, ${slot}` : ''} ki request bhej di hai (requested). Courier jo kahega, main yahin bataunga.`,
  refused: {
    delivered: 'deliver ho chuka hai, isliye ab date nahi badal sakti.',
    cancelled: 'cancel hai, isliye deliver karne ko kuch nahi hai.',
    rto: 'hamare paas wapas aa raha hai, isliye date nahi badal sakti.',
    lost: 'lagta hai raaste mein kho gaya hai, isliye date nahi badal sakti.',
    too_many_changes: 'ki date jitni baar badal sakti thi, badal chuki hai.',
    pending_request: 'ko cancel karne ka faisla baaki hai, isliye abhi date nahi badal sakti.',
    no_days: 'ke liye aane wale dinon mein koi khaali din nahi hai.',
    unknown_shipment: 'mein ab aisa koi parcel nahi hai.',
  },
  orderRefused: (order, why) => `${order} ${why}`,
  dayRefused: {
    past: (day) => `${day} to beet chuka hai.`,
    too_soon: (day) => `${day} courier ke liye bahut jaldi hai.`,
    cut_off: (day) => `${day} ke liye badalne ka aaj ka time nikal gaya.`,
    too_far: (day) => `${day} bahut door hai; courier itne din nahi rakh sakta.`,
    weekday: (day) => `Courier us din delivery nahi karta (${day}).`,
    holiday: (day) => `${day} ko courier ki chhutti hai.`,
    slot: (day) => `${day} ko woh time nahi mil sakta.`,
    already_asked: (day) => `${day} ke liye aap pehle hi keh chuke hain.`,
  },
  nearest: (day) => `Sabse paas ka din ${day} hai.`,
};
