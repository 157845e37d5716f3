import type { Call } from './call';

/** What ties this customer to orders: phones and e-mails that are known to be theirs, and orders proved one by one. */
export function matchedPhones(call: Call): { phones: string[]; emails: string[]; numbers: string[] } {
  const { conversation, capabilities, now } = call.turn;
  const phones = new Set<string>();
  const emails = new Set<string>();
  const numbers = new Set<string>();
  for (const identity of conversation.identities) {
    const phone = identity.kind === 'wa_phone' || identity.kind === 'e164';
    if (phone && capabilities.provesPhone) phones.add(`+${identity.value.replace(/^\+/, '')}`);
  }
  const signedIn = conversation.shopIdentity;
  if (signedIn && signedIn.until > now) {
    if (signedIn.phone) phones.add(signedIn.phone);
    if (signedIn.email) emails.add(signedIn.email);
  }
  for (const grant of call.proofs) if (grant.orderNumber !== '*') numbers.add(grant.orderNumber);
  return { phones: [...phones], emails: [...emails], numbers: [...numbers] };
}
