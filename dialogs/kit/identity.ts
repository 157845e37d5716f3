import { provedPhones } from '../../src/support/proof';
import type { Call } from './call';

/** What ties this customer to orders: phones and e-mails that are known to be theirs, and orders proved one by one. */
export function matchedPhones(call: Call): { phones: string[]; emails: string[]; numbers: string[] } {
  const { conversation, now } = call.turn;
  const phones = new Set(provedPhones(conversation));
  const emails = new Set<string>();
  const signedIn = conversation.shopIdentity;
  if (signedIn && signedIn.until > now) {
    if (signedIn.phone) phones.add(signedIn.phone);
    if (signedIn.email) emails.add(signedIn.email);
  }
  const numbers = call.proofs.map((grant) => grant.orderNumber).filter((number) => number !== '*');
  return { phones: [...phones], emails: [...emails], numbers: [...new Set(numbers)] };
}
