import { onDay } from './words';

/** A parcel that was not handed over: what the customer is asked, what they can answer, and what follows. `when` is a day and a part of it. */
export const failed = {
  again: (when: string): string => `Shall the courier come again ${onDay(when)}?`,
  address: (when: string): string =>
    `Does the address need a correction, or shall the courier come again ${onDay(when)}?`,
  payment: (when: string): string =>
    `Shall the courier come again ${onDay(when)}? Please have the payment ready then.`,
  refused: (when: string): string => `Did you refuse it, or shall the courier come again ${onDay(when)}?`,
  later: (when: string): string => `Which day suits you? The courier could come again ${onDay(when)}.`,
  outside: 'Is the address right? You can correct it here, or talk to our team.',
  /** No further day can be asked for. */
  noDay: 'Did the courier really come? Tell me here, or talk to our team.',
  /** The carrier makes no further attempt by itself. */
  lastAttempt: (attempts: number): string =>
    `${attempts > 1 ? `That was attempt ${attempts}, and there` : 'There'} may be no further one before it goes back to us, so I'm asking a colleague to step in. They will write to you here.`,
  titles: {
    again: (order: string): string => `Yes, ${order} again`,
    day: (order: string): string => `${order}: another day`,
    nobody: (order: string): string => `${order}: nobody came`,
    address: (order: string): string => `${order}: address`,
    refused: (order: string): string => `${order}: I refused`,
  },
  /** `until`: "Saturday, 28 Nov, 4:00 pm". */
  reminder: (order: string, until: string): string =>
    `The courier is still waiting to hear what to do with order ${order}. After ${until} it may go back to us.`,
  toPerson: (order: string): string =>
    `Order ${order} may go back to us soon, and the courier has not heard what to do with it. I'm passing it to a colleague, who will write to you here.`,
  notNow: (order: string, until: string): string =>
    `All right, I ask the courier for nothing yet. After ${until} ${order} may go back to us; tell me before then if it should come again.`,
  noted: "I'm sorry. I've noted that nobody came.",
  disputedConfirm: (order: string, when: string): string =>
    `I'm sorry. I've noted that nobody came. Shall I tell the courier so, and ask them to come again for ${order} ${onDay(when)}?`,
  disputedRequested: (order: string, when: string): string =>
    `I've requested ${when} for ${order}, with the note that nobody came. I'll tell you here what the courier says.`,
  disputedNoted: (order: string): string =>
    `I'm sorry. I've noted that nobody came, and our team can see it. What was asked of the courier for ${order} stays as it is.`,
  disputedAgain:
    "I'm sorry, this is the second time you tell me that nobody came. A person should look at it.",
  disputedNoDay: "I'm sorry. I've noted that nobody came. I can't ask for another attempt myself.",
  yes: 'Yes, come again',
  backConfirm: (order: string, items: string): string =>
    `Shall I ask the courier to bring ${order} (${items}) back to us, instead of trying again? You won't receive it then.`,
  backYes: 'Yes, bring it back',
  backNo: 'No, leave it',
  backRequested: (order: string): string =>
    `I've requested that ${order} comes back to us and is not tried again. I'll tell you here what the courier says.`,
  backRefund: 'Your refund is looked at once it is back with us.',
};
