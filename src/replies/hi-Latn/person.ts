import type { person as en } from '../en/person';

/** Bringing in a person, in Hinglish. */
export const person: typeof en = {
  onDuty: (within) =>
    `Main aapki baat hamari team ke ek person ko de raha hoon. Woh yeh chat dekh sakte hain aur aam taur par ${within} mein jawab dete hain.`,
  offDuty: (when) =>
    `Main aapki baat hamari team ke ek person ko de raha hoon. Abhi koi duty par nahi hai; woh ${when} par lautenge aur yahin jawab denge.`,
  offDutyUnknown:
    'Main aapki baat hamari team ke ek person ko de raha hoon. Abhi koi duty par nahi hai; lautte hi woh yahin jawab denge.',
  afterMisses: 'Main aapko aur uljhana nahi chahta.',
  asked: 'Zaroor.',
  sorry: 'Iske liye maafi chahta hoon.',
  sorryFailed: 'Maaf kijiye, meri taraf se do baar gadbad hui.',
  legal: 'Main samajhta hoon. Ise kisi person ko aapke saath dekhna chahiye.',
  fraud:
    'Ise turant kisi person ko dekhna hoga. Apna OTP, PIN ya card number kisi ko na batayein, aur account se paise kate hon to apne bank ko phone kijiye.',
  selfHarm:
    'Mujhe bahut dukh hai ki aap aisa mehsoos kar rahe hain, aur achha hua ki aapne likha. Please abhi kisi se baat kijiye: Tele-MANAS 14416 par din-raat, free; emergency mein 112 par call kijiye.',
  wayBack:
    'Abhi tak koi ise dekh nahi paaya. Aap ise team par chhod sakte hain, ya mere saath aage badh sakte hain.',
  wayBackTitle: 'Bot se baat jaari',
  stayTitle: 'Team par chhod dein',
  stays: 'Theek hai, yeh team ke paas hi rahega. Woh yahin jawab denge.',
  back: 'Theek hai, main phir aapke saath hoon.',
  disputed: 'Main samajhta hoon ki aap sehmat nahi hain. Koi person ise dobara dekh sakta hai.',
  needsPerson: 'Yeh kaam hamari team ke kisi person ko karna hoga.',
};
