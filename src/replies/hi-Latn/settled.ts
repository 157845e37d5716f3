import type { settled as en } from '../en/settled';

/** What the carrier or the shop decided, in Hinglish. */
export const settled: typeof en = {
  rescheduleYes: (order, day, slot) =>
    `Achhi khabar: courier ne order ${order} ki nayi date maan li hai: ${day}${slot}.`,
  reattemptYes: (order, day, slot) =>
    `Achhi khabar: courier order ${order} ki delivery phir se try karega: ${day}${slot}.`,
  addressYes: (order) => `Order ${order} ka sahi kiya hua address maan liya gaya hai.`,
  returnYes: (order, rma) =>
    `Order ${order} ka return ${rma} accept ho gaya hai. Please items pick-up ke liye pack karke rakhiye.`,
  backYes: (order) =>
    `Courier ne maan liya hai: order ${order} dobara nahi laaya jayega aur hamare paas wapas aayega.`,
  backNo: (order, reason) => `Sorry, courier order ${order} wapas laane ko nahi maana${reason}.`,
  cancelYes: (order) => `Order ${order} cancel ho gaya hai.`,
  rescheduleNo: (order, reason) => `Sorry, courier order ${order} ki nayi date nahi le paaya${reason}.`,
  addressNo: (order, reason) => `Sorry, order ${order} ka naya address nahi liya ja saka${reason}.`,
  returnNo: (order, rma, reason) => `Sorry, order ${order} ka return ${rma} accept nahi hua${reason}.`,
  cancelNo: (order, reason) => `Sorry, order ${order} cancel nahi ho saka${reason}.`,
  because: (reason) => ` (reason bataya gaya: ${reason})`,
  slot: (slot) => `, ${slot}`,
  unreached: (order) =>
    `Order ${order} ke baare mein courier ka jawab ab tak nahi aaya, isliye abhi kuch badla nahi hai. Hum poochhte rahenge.`,
  personNext: 'Hamari team ke ek saathi is baare mein aapko yahin likhenge.',
};
