import type { Content } from '../src/core/content';
import type { Order, Shipment } from '../src/core/order';
import { dayOf } from '../src/core/zone';
import { orderState, shipmentDeliveredAt } from '../src/support/order-state';
import { nextOptions } from './kit/next-options';
import type { Call } from './kit/call';
import { capital } from './kit/dates';
import {
  carrierName,
  codInWords,
  datesInWords,
  orderCard,
  parcelItems,
  requestsInWords,
  scanInWords,
} from './kit/order-words';
import { fillOrder, itemNames, openOrders, orderQuestion, whichOrder } from './kit/orders';
import { script, type Form, type Outcome } from './kit/script';

/** "Where is my order?" */
export const orderStatus = script<Form>({
  name: 'order-status',
  intent: 'order_status',
  questions: { order: orderQuestion(openOrders) },
  steps: {
    whichOrder: (call, form) => whichOrder(call, form, openOrders, { useLast: false }),
    tell: async (call, form): Promise<Outcome> => {
      const order = await call.order(form.orderNumber ?? '');
      if (order) call.say(statusContent(call, order));
      return 'end';
    },
  },
  fill: (call, form) => fillOrder(call, form, []),
});

/** Where an order is, in words and as a card, with what can be done next. Needs proof level 1, which the caller has checked. */
export function statusContent(call: Call, order: Order): Content {
  const lines = order.shipments.length > 1 ? splitLines(call, order) : singleLines(call, order);
  const more = [...requestsInWords(call, order), codInWords(call, order)];
  return {
    text: [...lines, ...more].flatMap((line) => (line ? capital(line) : [])).join('\n'),
    options: nextOptions(call, order),
    optionsLabel: call.t.talk.optionsLabel,
    card: orderCard(call, order),
  };
}

function singleLines(call: Call, order: Order): (string | undefined)[] {
  const shipment = order.shipments[0];
  const { status } = call.t;
  const state = orderState(order);
  if (!shipment || state === 'cancelled') {
    return [status.order(order.orderNumber, state), status.items(itemNames(call, order))];
  }
  const day = deliveredDay(call, shipment);
  return [
    day
      ? status.deliveredOn(order.orderNumber, day)
      : status.order(order.orderNumber, state, carrierName(shipment)),
    status.items(itemNames(call, order)),
    state === 'attempt_failed' ? status.attempts(Math.max(1, shipment.attempts)) : undefined,
    scanInWords(call, shipment),
    ...datesInWords(call, order, shipment),
    shipment.trackingUrl && state !== 'delivered' ? status.track(shipment.trackingUrl) : undefined,
  ];
}

function splitLines(call: Call, order: Order): (string | undefined)[] {
  const { status } = call.t;
  const lines: (string | undefined)[] = [status.split(order.orderNumber, order.shipments.length)];
  order.shipments.forEach((shipment, i) => {
    const items = parcelItems(call, order, shipment);
    const day = deliveredDay(call, shipment);
    if (day) {
      lines.push(status.parcelDelivered(i + 1, items, day));
      return;
    }
    lines.push(
      status.parcel(i + 1, items, shipment.status, carrierName(shipment)),
      scanInWords(call, shipment),
      ...datesInWords(call, order, shipment),
      shipment.trackingUrl ? status.track(shipment.trackingUrl) : undefined,
    );
  });
  return lines;
}

function deliveredDay(call: Call, shipment: Shipment): string | undefined {
  const at = shipmentDeliveredAt(shipment);
  return at && call.t.words.near(dayOf(at, call.deps.rules.timeZone), call.today);
}
