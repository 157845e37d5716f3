import type { survey as en } from '../en/survey';

/** How people's help was, in Hinglish. */
export const survey: typeof en = {
  ask: 'Hamari team se aapko kaisi help mili?',
  titles: { 1: 'Bahut kharab', 2: 'Kharab', 3: 'Theek-thaak', 4: 'Achhi', 5: 'Bahut achhi' },
  good: 'Thank you, sunkar achha laga!',
  fair: 'Batane ke liye thank you.',
  poor: 'Batane ke liye thank you. Maaf kijiye ki help achhi nahi rahi. Agar kuch baaki hai, to koi person ise dobara dekh sakta hai.',
};
