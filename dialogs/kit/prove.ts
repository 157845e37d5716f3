import { neededLevel, type ProofAction } from '../../src/support/proof';
import type { Call } from './call';
import { levelOf, proverOf } from './level';
import type { Form, Outcome } from './script';

/**
 * Asks for what is missing before an action. A rule that refuses has been told before, so nobody proves anything in vain. `deaf`: a PIN code in
 * this line means something else.
 */
export async function prove(call: Call, form: Form, action: ProofAction, deaf = false): Promise<Outcome> {
  const order = await call.order(form.orderNumber ?? '');
  const need = order ? neededLevel(action, proverOf(call), order) : 2;
  if (order && levelOf(call, order) >= need) return 'next';
  const listened = deaf ? { listened: call.turn.id } : {};
  return {
    call: 'verify-customer',
    with: { orderNumber: form.orderNumber, need, ...listened } as unknown as Form,
  };
}
