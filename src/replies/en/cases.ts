import { onDay } from './words';

/** Cancelling, refunds, payments and complaints. */
export const cases = {
  cancel: {
    confirm: (order: string, items: string, total: string): string =>
      `Shall I cancel ${order} (${items}, ${total})? This cannot be undone.`,
    yes: 'Yes, cancel it',
    no: 'No, keep it',
    kept: (order: string): string => `All right, ${order} stays as it is.`,
    requested: (order: string): string =>
      `I've requested the cancellation of ${order}. I'll tell you here when it is confirmed.`,
    refund: 'What you have paid comes back the way you paid it once it is confirmed.',
    refused: {
      dispatched:
        'is already with the courier, so it can no longer be cancelled. You can refuse it at the door, or return it after delivery.',
      delivered:
        'has already been delivered, so it cannot be cancelled any more. You may be able to return it.',
      cancelled: 'is already cancelled.',
      rto: 'is already on its way back to us.',
      lost: 'seems to be lost on the way; a person can sort that out.',
      already_requested: 'is already waiting for its cancellation to be confirmed.',
    },
  },
  refund: {
    done: (order: string, total?: string): string =>
      `${order} has been refunded${total ? ` (${total})` : ''}. Banks can take a few days to show it.`,
    partly: (order: string): string =>
      `A part of ${order} has been refunded. Banks can take a few days to show it.`,
    afterReturn: (order: string, rma: string): string =>
      `The return ${rma} for ${order} is open. The refund follows once we have received and checked the items.`,
    returnAgreed: (order: string, rma: string): string =>
      `The pick-up for return ${rma} of ${order} is confirmed. The refund follows once we have received and checked the items.`,
    afterCancel: (order: string): string =>
      `The cancellation of ${order} is not confirmed yet. The refund follows once it is.`,
    cancelledPaid: (order: string): string =>
      `${order} is cancelled and its refund has not been recorded yet. A person can check where it is.`,
    nothingPaid: (order: string): string =>
      `Nothing has been paid for ${order}, so there is nothing to refund.`,
    backPaid: (order: string): string =>
      `${order} came back to us and its refund has not been recorded yet. A person can check where it is.`,
    none: (order: string): string => `There is no refund open for ${order}.`,
  },
  payment: {
    cod: (order: string, amount: string): string =>
      `${order} is cash on delivery: ${amount} is to be paid at the door.`,
    paid: (order: string, total?: string): string => `${order} is paid${total ? `: ${total}` : ''}.`,
    codPaid: (order: string, total?: string): string =>
      `${order} was paid on delivery${total ? `: ${total}` : ''}.`,
    refunded: (order: string): string => `${order} has been refunded.`,
    pending: (order: string): string =>
      `${order} is an online payment that has not been confirmed yet. If money has left your account, a person can check it.`,
    codOver: (order: string): string => `Nothing is to be paid for ${order}.`,
    otherWay:
      "I can't take a payment in this chat or change how it is paid. A person can tell you whether another way is possible.",
    twice: (order: string): string =>
      `${order} shows one payment. A person has to compare that with your bank.`,
    invoice: 'A person will send you the invoice here.',
    what: 'What would you like to know?',
    twiceTitle: 'Charged twice',
    invoiceTitle: 'Send the invoice',
  },
  complaint: {
    what: (order: string): string => `I'm sorry to hear that. What is wrong with ${order}?`,
    kinds: {
      damaged: 'It is damaged',
      wrong_item: 'Wrong item came',
      missing: 'Something is missing',
      not_received: 'Never received it',
      other: 'Something else',
    },
    photo: 'Please send a photo of it, so that we can see what happened.',
    noPhoto: "I can't send one",
    toPerson: "I'm sorry about that. A person will look at it.",
    notReceived: (order: string, day: string): string =>
      `I'm sorry. The courier says ${order} was delivered ${onDay(day)}. A person will check that with them.`,
    notReceivedOpen: 'It has not been delivered yet:',
    chooseMissing:
      "I'm sorry something is missing. Shall a person look into it, or would you like to return what came?",
    choose: "Thanks, that's noted. Would you like to return it, or have a person look at it?",
  },
};
