import type { notices as en } from '../en/notices';

/** What changed of a parcel, in Hinglish. */
export const notices: typeof en = {
  order: (order) => `order ${order}`,
  parcel: (n, order) => `order ${order} ka parcel ${n}`,
  attemptFailed: (what, reason, day) =>
    `Courier ${what} dene aaya tha, par de nahi paaya${reason ? ` (${reason})` : ''}` +
    `${day ? `; ab yeh ${day} ko aane ki ummeed hai` : ''}.`,
  anotherDay: 'Koi aur din chahiye to bas yahin bata dijiye.',
  newDate: (what, day) => `${capital(what)} ab ${day} ko aane ki ummeed hai.`,
  delivered: (what, day) =>
    `${capital(what)} ${day ? `${day} ko ` : ''}deliver ho gaya hai. Agar aapko nahi mila to bas yahin bata dijiye.`,
  returning: (what) =>
    `${capital(what)} deliver nahi ho paaya aur hamare paas wapas aa raha hai; madad chahiye to yahin bataiye.`,
  lost: (what) =>
    `Sorry, courier ko ${what} abhi mil nahi raha hai; hamari team se baat karni ho to yahin bataiye.`,
  reasons: {
    'Attempt disputed': 'attempt par sawaal hai',
    'Refused at the door': 'darwaze par lene se mana kiya gaya',
    'Payment was not ready': 'payment taiyaar nahi tha',
    'Address incomplete or not found': 'address adhoora tha ya mila nahi',
    'Customer asked for another day': 'kisi aur din ke liye kaha gaya tha',
    'Nobody was there': 'wahan koi nahi tha',
    'Customer could not be reached': 'phone par baat nahi ho paayi',
    'Outside the delivery area': 'address delivery area se bahar hai',
    'The courier could not come': 'raaste mein rukaawat thi',
  },
};

function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}
