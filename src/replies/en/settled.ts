/** What the carrier or the shop decided about a request, told once. `reason` comes from them, in their words. */
export const settled = {
  rescheduleYes: (order: string, day: string, slot: string): string =>
    `Good news: the carrier has accepted the new date for order ${order}: ${day}${slot}.`,
  reattemptYes: (order: string, day: string, slot: string): string =>
    `Good news: the carrier has accepted another attempt for order ${order}: ${day}${slot}.`,
  addressYes: (order: string): string => `The corrected address for order ${order} has been accepted.`,
  returnYes: (order: string, rma: string): string =>
    `Your return ${rma} for order ${order} has been accepted. Please keep the items packed for pick-up.`,
  backYes: (order: string): string =>
    `The carrier has agreed: order ${order} is not tried again and comes back to us.`,
  backNo: (order: string, reason: string): string =>
    `Sorry, the carrier could not agree to bring order ${order} back${reason}.`,
  cancelYes: (order: string): string => `Order ${order} has been cancelled.`,
  rescheduleNo: (order: string, reason: string): string =>
    `Sorry, the carrier could not take the new date for order ${order}${reason}.`,
  addressNo: (order: string, reason: string): string =>
    `Sorry, the new address for order ${order} could not be taken${reason}.`,
  returnNo: (order: string, rma: string, reason: string): string =>
    `Sorry, return ${rma} for order ${order} was not accepted${reason}.`,
  cancelNo: (order: string, reason: string): string =>
    `Sorry, order ${order} could not be cancelled${reason}.`,
  because: (reason: string): string => ` (reason given: ${reason})`,
  slot: (slot: string): string => `, ${slot}`,
  unreached: (order: string): string =>
    `The carrier has not answered our request for order ${order} yet, so nothing has changed so far. We keep asking.`,
  personNext: 'A colleague from our team will write to you here about it.',
};
