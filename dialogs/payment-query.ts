import type { Order } from '../src/core/order';
import { money } from '../src/replies/money';
import { codDue } from '../src/support/order-state';
import type { Call } from './kit/call';
import { totalFor } from './kit/order-words';
import { fillOrder, openOrders, orderQuestion, whichOrder } from './kit/orders';
import { bringPerson } from './kit/person';
import { prove } from './kit/prove';
import { put, script, type Form, type Outcome } from './kit/script';

interface Payment extends Form {
  about?: 'twice' | 'invoice' | 'online';
}

const TWICE =
  /\b(twice|double|two times|2 times|do baar|dobara kat|duplicate (payment|charge)|debited (again|2))\b|दो बार|दोबारा/i;
const INVOICE = /\b(invoice|bill|gst|receipt|bil)\b|बिल|इनवॉइस|रसीद/i;
const ONLINE =
  /\b(online|upi|gpay|google pay|phone ?pe|paytm|card|net ?banking|prepaid|payment link|another way|other way)\b|ऑनलाइन|यूपीआई|यू पी आई|कार्ड|प्रीपेड/i;

/** "How much do I pay?", "I was charged twice", "I need the invoice." */
export const paymentQuery = script<Payment>({
  name: 'payment-query',
  intent: 'payment_query',
  questions: { order: orderQuestion(openOrders) },
  steps: {
    whichOrder: (call, form) => whichOrder(call, form, openOrders),
    prove: (call, form) => (form.about === 'invoice' ? prove(call, form, 'invoice') : 'next'),
    tell: async (call, form): Promise<Outcome> => {
      const order = await call.order(form.orderNumber ?? '');
      if (order) tell(call, form, order);
      return 'end';
    },
  },
  fill: async (call, form) => {
    const changed = await fillOrder(call, form, []);
    const about = TWICE.test(call.heard.text)
      ? 'twice'
      : INVOICE.test(call.heard.text)
        ? 'invoice'
        : ONLINE.test(call.heard.text)
          ? 'online'
          : undefined;
    if (about && about !== form.about) put(form, { about }, call.heard.seq, false);
    return changed;
  },
  brief: (_call, form) => ({ about: form.about }),
});

function tell(call: Call, form: Payment, order: Order): void {
  const { payment } = call.t.cases;
  const facts = {
    wants: 'payment_query',
    orderNumber: order.orderNumber,
    gathered: form.about ? [{ name: 'about', value: form.about, seq: call.heard.seq }] : [],
  };
  if (form.about === 'twice') bringPerson(call, 'payment', payment.twice(order.orderNumber), facts);
  else if (form.about === 'invoice') bringPerson(call, 'payment', payment.invoice, facts);
  else if (form.about === 'online' && codDue(order)) {
    call.say({
      text: `${paymentInWords(call, order)} ${payment.otherWay}`,
      options: [call.go('talk_to_human', order.orderNumber), call.go('order_status', order.orderNumber)],
    });
  } else {
    call.say({
      text: paymentInWords(call, order),
      options: [
        call.go('order_status', order.orderNumber),
        call.go('refund_status', order.orderNumber),
        call.go('talk_to_human'),
      ],
    });
  }
}

function paymentInWords(call: Call, order: Order): string {
  const total = totalFor(call, order);
  const { payment } = call.t.cases;
  const { method, status } = order.payment;
  const due = codDue(order);
  if (due) return payment.cod(order.orderNumber, money(due, order.currency));
  if (status === 'refunded' || status === 'partially_refunded') return payment.refunded(order.orderNumber);
  if (method === 'cod') {
    return status === 'paid' ? payment.codPaid(order.orderNumber, total) : payment.codOver(order.orderNumber);
  }
  return status === 'paid' ? payment.paid(order.orderNumber, total) : payment.pending(order.orderNumber);
}
