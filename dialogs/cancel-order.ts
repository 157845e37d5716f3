import { money } from '../src/replies/money';
import { cancelCheck } from '../src/support/cancel';
import { doCancel } from './kit/actions';
import type { Call } from './kit/call';
import { plainWords } from './kit/choices';
import { confirmation } from './kit/confirm';
import { fillOrder, itemNames, orderQuestion, whichOrder, type Suits } from './kit/orders';
import { bringPerson } from './kit/person';
import { prove } from './kit/prove';
import { refuse } from './kit/refuse';
import { drop, script, type Form, type Outcome } from './kit/script';

interface Cancelling extends Form {
  confirmed?: boolean;
  declined?: boolean;
}

const RETURN = /\b(return|rma|pick ?up|wapsi)\b|रिटर्न|वापसी/i;
const ALIVE = new Set(['requested', 'sent', 'accepted']);
const cancellable: Suits = (order) => cancelCheck(order).ok;
/** It has left, and the carrier could not hand it over: it is brought back instead. */
function comesBack(call: Call, form: Cancelling): boolean {
  const order = call.seen(form.orderNumber ?? '');
  const check = order && cancelCheck(order);
  return check?.ok === true && check.action === 'return_to_origin';
}

const confirm = confirmation<Cancelling>({
  ask: async (call, form) => {
    const order = await call.order(form.orderNumber ?? '');
    if (order && comesBack(call, form))
      return call.t.failed.backConfirm(order.orderNumber, itemNames(call, order));
    const total = order ? money(order.payment.total, order.currency) : '';
    return call.t.cases.cancel.confirm(form.orderNumber ?? '', order ? itemNames(call, order) : '', total);
  },
  yes: (call, form) => (comesBack(call, form) ? call.t.failed.backYes : call.t.cases.cancel.yes),
  no: (call, form) => (comesBack(call, form) ? call.t.failed.backNo : call.t.cases.cancel.no),
});

/** "Cancel my order." Before it is dispatched; after a failed attempt the carrier is asked to bring it back. */
export const cancelOrder = script<Cancelling>({
  name: 'cancel-order',
  intent: 'cancel_order',
  questions: {
    order: orderQuestion(cancellable),
    confirm: {
      ...confirm,
      // Here "cancel it" is a yes, and "keep it" a no.
      read: (call, form) => {
        const said = plainWords(call.heard.text);
        if (
          /^(please |yes |haan |ok )?(cancel|cancel (it|karo|kar do|the order|my order|order))( please)?$|^(कैंसिल|रद्द)( कर| करो| कर दो)?$/u.test(
            said,
          )
        ) {
          return { set: { confirmed: true } };
        }
        if (/\b(keep|don'?t cancel|do not cancel|mat karo|rehne do)\b|मत करो|रहने दो/u.test(said)) {
          return { set: { declined: true } };
        }
        return confirm.read(call, form);
      },
    },
  },
  steps: {
    whichOrder: (call, form) => whichOrder(call, form, cancellable, { useLast: true, evenUnfit: true }),
    mayCancel: async (call, form) => {
      const order = await call.order(form.orderNumber ?? '');
      const check = order && cancelCheck(order);
      if (!order || !check || check.ok) return 'next';
      if (RETURN.test(call.heard.text) && order.requests.some((r) => r.return && ALIVE.has(r.state))) {
        bringPerson(call, 'other', call.t.returns.cancelReturn, {
          wants: 'cancel_order',
          orderNumber: order.orderNumber,
        });
        return 'end';
      }
      const why = `${order.orderNumber} ${call.t.cases.cancel.refused[check.reason]}`;
      return refuse(call, 'cancel_order', order.orderNumber, why);
    },
    prove: (call, form) => prove(call, form, 'cancel'),
    confirm: (_call, form) => (form.confirmed || form.declined ? 'next' : { ask: 'confirm' }),
    cancel,
  },
  fill: async (call, form) => {
    const changed = await fillOrder(call, form, []);
    if (changed) drop(form, 'confirmed', 'declined');
    return changed;
  },
});

async function cancel(call: Call, form: Cancelling): Promise<Outcome> {
  const orderNumber = form.orderNumber ?? '';
  const { cancel: words } = call.t.cases;
  if (form.declined) {
    call.say(words.kept(orderNumber));
    return 'end';
  }
  const order = await call.order(orderNumber);
  const stored = await doCancel(call, orderNumber);
  if (!stored) return 'again';
  const paid = order?.payment.status === 'paid' || order?.payment.status === 'partially_refunded';
  if (stored.action === 'return_to_origin') {
    const { backRequested, backRefund } = call.t.failed;
    call.say([backRequested(orderNumber), paid ? backRefund : ''].filter(Boolean).join(' '));
    return 'end';
  }
  call.say([words.requested(orderNumber), paid ? words.refund : ''].filter(Boolean).join(' '));
  return 'end';
}
