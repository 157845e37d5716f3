import type { IntentName } from '../../core/intents';

const doing: Partial<Record<IntentName, string>> = {
  order_status: 'where your order is',
  reschedule_delivery: 'the delivery date',
  correct_address: 'the address',
  initiate_return: 'the return',
  cancel_order: 'cancelling the order',
  refund_status: 'the refund',
  payment_query: 'the payment question',
  complaint: 'the problem with your order',
  talk_to_human: 'talking to a person',
};
const titles: Partial<Record<IntentName, string>> = {
  order_status: 'Track my order',
  reschedule_delivery: 'Change the date',
  correct_address: 'Change the address',
  initiate_return: 'Return an item',
  cancel_order: 'Cancel the order',
  refund_status: 'Refund status',
  payment_query: 'Payment question',
  complaint: 'Report a problem',
  talk_to_human: 'Talk to a person',
};

/** Greeting, small talk, and what is said when a line was not understood. */
export const talk = {
  disclosure: (shop: string): string => `Hi, I'm ${shop}'s automated assistant.`,
  disclosureAgain: (shop: string): string => `This is ${shop}'s automated assistant again.`,
  /** Whether it is a person, asked straight out. */
  whoWeAre: (shop: string): string =>
    `I'm ${shop}'s automated assistant, not a person. If you'd rather talk to someone on our team, just say so.`,
  greet: 'How can I help with your order?',
  hello: 'Hello!',
  greetAgain: 'Hello! What can I do for you?',
  help: 'I can track an order, change its delivery date or address, start a return, cancel it before it ships, and check a refund or payment. A person is one message away.',
  choose: 'What would you like to do?',
  thanks: "You're welcome! Write any time.",
  goodbye: 'Take care! Write any time you need something.',
  okay: 'All right.',
  anythingElse: 'Anything else I can do?',
  outOfScope:
    "I'm afraid that's not something I can help with. I look after orders once they are placed: tracking, dates, addresses, returns and refunds.",
  unclear: "Sorry, I didn't get that. What is it about?",
  unclearAnswer: "Sorry, I didn't get that.",
  which: (a: string, b: string): string => `Is it about ${a}, or ${b}?`,
  doing: (intent: IntentName): string => doing[intent] ?? 'something else',
  title: (intent: IntentName): string => titles[intent] ?? 'Help',
  orderTitle: (intent: IntentName, order: string): string =>
    ({
      order_status: `Track ${order}`,
      reschedule_delivery: `Date ${order}`,
      correct_address: `Address ${order}`,
      initiate_return: `Return ${order}`,
      cancel_order: `Cancel ${order}`,
      refund_status: `Refund ${order}`,
      payment_query: `Payment ${order}`,
      complaint: `Problem ${order}`,
    })[intent as string] ?? order,
  optionsLabel: 'Choose',
  backTo: (intent: IntentName): string => `Back to ${doing[intent] ?? 'where we were'}:`,
  left: (intent: IntentName): string => `All right, I've left ${doing[intent] ?? 'that'} as it was.`,
  nothingOpen: "There's nothing open to cancel. If you want to cancel an order, tell me its number.",
  nothingBefore: 'This is the first question, so there is nothing to go back to.',
  oldTap: 'That button was from an earlier message, so nothing was changed by it.',
  oldTapChecked: 'That button was from an earlier message, so I looked again.',
  restarted: "I've lost my place in what we were doing, sorry. Let's pick it up again.",
  stopped:
    "Done. We won't message you unless you write first. Send START if you want updates about your orders again.",
  started: "You'll get updates about your orders here again. Send STOP any time to end them.",
  failed: 'Sorry, something went wrong on my side. Please send that once more.',
  voice: "I can't listen to voice notes. Please type it in a few words, or ask for a person.",
  sticker: 'Nice one! What can I do for your order?',
  post: "Thanks for sharing! I can't open posts myself. Is it about something you ordered?",
  mention: 'Thanks for mentioning us! What can I do for your order?',
  photo: "Thanks for the photo. I can't look at pictures myself. Is something wrong with what arrived?",
  file: "I can't open files or links. Please type what you need, or ask for a person.",
  location: "Thanks, but I can't use a map pin as an address. Do you want to correct an address?",
  contact: 'Thanks for the contact. Do you want a different phone number for the delivery?',
  unsupported: "I couldn't read that kind of message. Please type it in a few words, or ask for a person.",
  yes: 'Yes',
  no: 'No',
};
