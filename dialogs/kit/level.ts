import type { Order } from '../../src/core/order';
import type { ProofLevel } from '../../src/core/proof';
import { proofLevel, type Prover } from '../../src/support/proof';
import type { Call } from './call';

/** The conversation with what has been proved so far, this turn included. */
export function proverOf(call: Call): Prover {
  return { ...call.turn.conversation, proofs: call.proofs };
}

/** How much this customer has proved for an order. */
export function levelOf(call: Call, order: Order): ProofLevel {
  return proofLevel(proverOf(call), order, call.now);
}

/** On WhatsApp the sender's number itself is proved by the provider. */
export function matchesPhone(call: Call): boolean {
  return call.turn.capabilities.provesPhone;
}
