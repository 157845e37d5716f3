/** Proving who is writing before anything is shown or changed. */
export const verify = {
  pin: (order: string): string =>
    `To be sure it's you: what is the PIN code (postal code) of the delivery address of ${order}?`,
  pinRetry: 'A PIN code has six digits.',
  pinWrong: "That PIN code doesn't match the delivery address. Please check it and send the PIN code again.",
  pinUsedUp: "That PIN code doesn't match either, so I can't go on with this here.",
  askOrder: "Please send the order number; it's in your confirmation message.",
  orderRetry:
    "I couldn't find an order number in that. It is in your confirmation message, for example DS-1001.",
  orderHelp:
    "It's in the message or email that confirmed your order. If you can't find it, a person can help you.",
  detailsPin: 'And the PIN code (postal code) of the delivery address?',
  detailsPinFirst: (order: string): string =>
    `To look at ${order} I need to know it's you. What is the PIN code (postal code) of the delivery address?`,
  detailsPhone: 'And the phone number given with the order?',
  phoneRetry:
    "That doesn't look like a full phone number. Please send the phone number given with the order.",
  noMatch:
    "Those details don't fit together, so I can't show anything. Please check the order number, PIN code and phone number, and send them again.",
  limited: "That's too many tries for now, so I can't check any more details here. A person can help you.",
  stranger: (order: string): string =>
    `This number doesn't match ${order}. If this order is yours, a code is on its way to the phone or email it was placed with. Please send me the 6-digit code.`,
  codeSent:
    'If this order is yours, a code is on its way to the phone or email it was placed with. Please send me the 6-digit code.',
  codeStill: 'I still need the 6-digit code. Please send it as it came, or ask for a new one.',
  codeRetry: 'The code has six digits. Please send it as it came.',
  codeHelp: 'It can take a minute to arrive. I can send a new code, or a person can help you.',
  codeWrong: "That code isn't right. Please check it and send it again.",
  codeExpired: 'That code has expired.',
  codeUsedUp: "That's too many tries with this code.",
  codeNewTitle: 'Send a new code',
  codeLimit: "I can't send any more codes for this order today.",
  noWay: 'I have no way to send you a code for this order, so a person has to take over.',
  strangerNumberless:
    "I can't find an order for this number. Please send the order number; it's in your confirmation message.",
  noPinTitle: "I don't know it",
  proved: 'Thanks, that matches.',
};
