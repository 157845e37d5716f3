/** Bringing in a person: what happens next and roughly when. */
export const person = {
  /** `within`: "15 minutes". */
  onDuty: (within: string): string =>
    `I'm passing you to a person on our team. They can see this chat and usually answer within ${within}.`,
  /** `when`: "Monday, 23 Nov, 9:00 am". */
  offDuty: (when: string): string =>
    `I'm passing you to a person on our team. Nobody is on duty right now; they are back on ${when} and will answer here.`,
  offDutyUnknown:
    "I'm passing you to a person on our team. Nobody is on duty right now; they will answer here as soon as they are back.",
  afterMisses: "I don't want to keep you guessing.",
  asked: 'Of course.',
  sorry: "I'm sorry about this.",
  sorryFailed: 'Sorry, something went wrong on my side twice.',
  legal: 'I understand. A person should look at this with you.',
  fraud:
    'That needs a person at once. Please share no OTP, PIN or card number with anyone, and call your bank if money has left your account.',
  selfHarm:
    "I'm really sorry you are feeling this way, and I'm glad you wrote. Please talk to someone now: in India, Tele-MANAS is free, day and night, on 14416; in an emergency call 112.",
  wayBack: 'Nobody has been able to pick this up yet. You can leave it with the team, or carry on with me.',
  wayBackTitle: 'Carry on with bot',
  stayTitle: 'Leave it with them',
  stays: "All right, it stays with the team. They'll answer here.",
  back: 'All right, you are back with me.',
  disputed: 'I can see that you do not agree. A person can look at it again.',
  needsPerson: 'A person on our team has to do this one.',
};
