import { onDay } from './words';

/** What changed of a parcel the customer asked about. One sentence each; `what` names the order or one of its parcels. */
export const notices = {
  order: (order: string): string => `order ${order}`,
  parcel: (n: number, order: string): string => `parcel ${n} of order ${order}`,
  attemptFailed: (what: string, reason?: string, day?: string): string =>
    `The courier tried to deliver ${what} and could not${reason ? ` (${reason})` : ''}` +
    `${day ? `; it is now expected ${onDay(day)}` : ''}.`,
  anotherDay: 'If you want another day, just tell me.',
  newDate: (what: string, day: string): string => `${capital(what)} is now expected ${onDay(day)}.`,
  delivered: (what: string, day?: string): string =>
    `${capital(what)} was delivered${day ? ` ${onDay(day)}` : ''}. If it did not reach you, just tell me.`,
  returning: (what: string): string =>
    `${capital(what)} could not be delivered and is on its way back to us; tell me if you need help with it.`,
  lost: (what: string): string =>
    `Sorry, the courier cannot find ${what} at the moment; tell me if you want to talk to our team about it.`,
  /** Why it failed, from the words scans are stored with; a reason without words here is left out. */
  reasons: {
    'Attempt disputed': 'the attempt is disputed',
    'Refused at the door': 'it was refused at the door',
    'Payment was not ready': 'the payment was not ready',
    'Address incomplete or not found': 'the address was incomplete or not found',
    'Customer asked for another day': 'another day was asked for',
    'Nobody was there': 'nobody was there',
    'Customer could not be reached': 'nobody answered the phone',
    'Outside the delivery area': 'the address is outside the delivery area',
    'The courier could not come': 'the courier was held up on the way',
  } as Record<string, string>,
};

function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}
