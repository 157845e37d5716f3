import type { shop as en } from '../en/shop';

export const shop: typeof en = {
  returns: (days, ways) =>
    `Delivery ke ${days} ke andar item return kar sakte hain; badle mein ${ways} mil sakta hai. Order bataiye, main shuru kar deta hoon.`,
  noReturns:
    'Yeh shop items wapas nahi leti. Aapke item mein kuch gadbad ho to bataiye, hamari team ka koi insaan dekhega.',
  notReturnable: (kinds) => `Yeh wapas nahi ho sakte: ${kinds}.`,
  delivery: (days, slots, ahead) =>
    `Courier ${days} delivery karta hai: ${slots}. Main ${ahead} aage tak ka koi aur din maang sakta hoon.`,
  everyDay: 'har din',
  onDays: (days) => `${days} ko`,
  people: (when) => `Hamari team ${when} jawab deti hai. Main har samay yahin hoon.`,
  peopleOn: (days, hours) => `${days}, ${hours}`,
  peopleAlways: 'Hamari team din-raat jawab deti hai, aur main bhi.',
  peopleUnknown:
    'Hamari team kab jawab deti hai, yeh main nahi bata sakta, par aapki baat un tak pahuncha sakta hoon.',
};
