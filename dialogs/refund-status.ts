import type { Order, OrderRequest } from '../src/core/order';
import { orderState } from '../src/support/order-state';
import type { Call } from './kit/call';
import { totalFor } from './kit/order-words';
import { fillOrder, orderQuestion, whichOrder, type Suits } from './kit/orders';
import { script, type Form, type Outcome } from './kit/script';

const refundable: Suits = (order) =>
  order.payment.status.includes('refunded') ||
  order.requests.some((r) => (r.type === 'return' || r.type === 'cancel') && r.state !== 'rejected') ||
  ['cancelled', 'rto_initiated', 'rto_delivered', 'lost'].includes(orderState(order));

/** "Where is my refund?" */
export const refundStatus = script<Form>({
  name: 'refund-status',
  intent: 'refund_status',
  questions: { order: orderQuestion(refundable) },
  steps: {
    whichOrder: (call, form) => whichOrder(call, form, refundable),
    tell: async (call, form): Promise<Outcome> => {
      const order = await call.order(form.orderNumber ?? '');
      if (order) {
        const options = [call.go('order_status', order.orderNumber), call.go('talk_to_human')];
        call.say({ text: refundInWords(call, order), options });
      }
      return 'end';
    },
  },
  fill: (call, form) => fillOrder(call, form, []),
});

/** Where the money for an order is, from what is stored. */
export function refundInWords(call: Call, order: Order): string {
  const { refund } = call.t.cases;
  const { orderNumber, payment } = order;
  const state = orderState(order);
  if (payment.status === 'refunded') return refund.done(orderNumber, totalFor(call, order));
  if (payment.status === 'partially_refunded') return refund.partly(orderNumber);
  const back = order.requests.findLast((r) => r.return && alive(r));
  if (back?.return) {
    const { rma } = back.return;
    return back.state === 'accepted'
      ? refund.returnAgreed(orderNumber, rma)
      : refund.afterReturn(orderNumber, rma);
  }
  if (payment.status !== 'paid') return refund.nothingPaid(orderNumber);
  if (state === 'cancelled') return refund.cancelledPaid(orderNumber);
  if (order.requests.some((r) => r.type === 'cancel' && alive(r))) return refund.afterCancel(orderNumber);
  return state.startsWith('rto') || state === 'lost'
    ? refund.backPaid(orderNumber)
    : refund.none(orderNumber);
}

function alive(request: OrderRequest): boolean {
  return request.state !== 'rejected' && request.state !== 'cancelled';
}
