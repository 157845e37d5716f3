import type { AddressField } from '../../core/policy';
import { onDay } from './words';

/** Correcting where an order goes. */
export const address = {
  what: (order: string): string =>
    `What is wrong with the address of ${order}? Send the whole address, or just the part to change.`,
  whatOnWay: (order: string, fields: string): string =>
    `${order} is already on its way, so the courier can only take a new ${fields} now. Which should it be? Anything else needs a person.`,
  whatMissed: "I couldn't read an address in that.",
  askField: (field: AddressField): string =>
    ({
      phone: 'What is the right phone number?',
      landmark: 'What is the landmark near you?',
      line1: 'What is the right flat or house, and street?',
      line2: 'What is the right area?',
      city: 'What is the right city?',
      state: 'What is the right state?',
      postalCode: 'What is the right PIN code?',
      name: 'What is the right name?',
    })[field],
  titles: {
    line1: 'House and street',
    line2: 'Area',
    landmark: 'Landmark',
    phone: 'Phone number',
    postalCode: 'PIN code',
    city: 'City',
    state: 'State',
    name: 'Name',
  } satisfies Record<AddressField, string>,
  before: 'Now:',
  after: 'New:',
  confirmChange: (order: string): string => `Shall I change it for ${order}?`,
  confirmAsk: (order: string): string =>
    `${order} is already on its way. Shall I ask the courier for this change?`,
  confirmAgain: (order: string, when: string): string =>
    `Shall I ask the courier to come again to ${order}'s new address ${onDay(when)}?`,
  yes: 'Yes, change it',
  more: 'Change more',
  leave: 'Leave it as it is',
  changed: (order: string): string => `The address of ${order} is changed. It now goes to:`,
  requested: (order: string): string =>
    `I've requested this for ${order}. I'll tell you here what the courier says.`,
  current: 'It goes to:',
  same: 'That is the address we already have.',
  pinState: (pin: string, state: string): string =>
    `PIN code ${pin} belongs to ${state}. Please check the PIN code or the state and send the right one.`,
  pinUnknown: (pin: string): string => `I don't know the PIN code ${pin}. Please check it and send it again.`,
  pinCity: (pin: string, city: string): string => `By the way, PIN code ${pin} is usually ${city}.`,
  phoneBad: "That doesn't look like a full phone number. Please send it with all ten digits.",
  onlyThese: (fields: string): string =>
    `It is already on its way, so the courier can only take a new ${fields}. Anything else needs a person.`,
  elsewhere: 'A move to another city or state has to be checked by a person.',
  second: 'The address has been changed once already, so a person has to do the next change.',
  notNow: (order: string, why: string): string => `${order} ${why}`,
  refused: {
    delivered: 'has already been delivered, so its address cannot be changed.',
    cancelled: 'is cancelled, so there is nothing to deliver.',
    rto: 'is on its way back to us, so its address cannot be changed here.',
    lost: 'seems to be lost on the way, so its address cannot be changed.',
    pending_request: 'is waiting for its cancellation to be decided, so its address cannot be changed now.',
  },
};
