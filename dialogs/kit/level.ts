import type { Order } from '../../src/core/order';
import type { ProofLevel } from '../../src/core/proof';
import type { Call } from './call';
import { matchedPhones } from './identity';

/** How much this customer has proved for an order: the best of what the shop signed, what was proved here, and the sender's number. */
export function levelOf(call: Call, order: Order): ProofLevel {
  const { phones, emails } = matchedPhones(call);
  const phoneMatches = phones.includes(order.customer.phone) || phones.includes(order.shippingAddress.phone);
  const emailMatches = order.customer.email !== undefined && emails.includes(order.customer.email);
  const signedIn = call.turn.conversation.shopIdentity;
  if (signedIn && signedIn.until > call.now && (phoneMatches || emailMatches)) return 3;
  const grants = call.proofs.filter((p) => p.orderNumber === order.orderNumber);
  const granted = Math.max(0, ...grants.map((p) => p.level)) as ProofLevel;
  return granted > 0 ? granted : phoneMatches ? 1 : 0;
}
