import type { Order } from './model';

/** One labelled fact about an order. */
export interface Fact {
  label: string;
  value: string;
}

const WORDS: Record<string, string> = {
  pending: 'label made',
  packed: 'packed',
  shipped: 'shipped',
  in_transit: 'on the way',
  out_for_delivery: 'out for delivery',
  attempt_failed: 'delivery attempt failed',
  delivered: 'delivered',
  exception: 'stuck: exception',
  rto_initiated: 'going back to the shop',
  rto_delivered: 'back at the shop',
  cancelled: 'cancelled',
  lost: 'lost',
  address_change: 'address change',
};

/** A state of the store in plain words. */
export function inWords(state: string): string {
  return WORDS[state] ?? state.replace(/_/g, ' ');
}

/** The demo's shop is in India: times are read there, wherever the visitor sits, like in what the bot says. */
const SHOP_ZONE = 'Asia/Kolkata';

/** A day or time as the page writes it. */
export function shortDay(text: string): string {
  const timeZone = /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'UTC' : SHOP_ZONE;
  return new Date(text).toLocaleDateString('en-IN', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone,
  });
}

function shortTime(text: string): string {
  const at = new Date(text);
  return `${shortDay(text)}, ${at.toLocaleTimeString('en-IN', { hour: 'numeric', minute: '2-digit', timeZone: SHOP_ZONE })}`;
}

function parcelFacts(shipment: Order['shipments'][number], index: number): Fact[] {
  const name = `Parcel ${index + 1}`;
  const last = shipment.events.at(-1);
  const facts: Fact[] = [
    { label: name, value: inWords(shipment.status) },
    {
      label: `${name} last scan`,
      value: last ? [shortTime(last.at), last.location, last.note].filter(Boolean).join(' · ') : 'none yet',
    },
  ];
  if (shipment.estimatedDelivery) {
    const promised =
      shipment.promisedBy && shipment.promisedBy !== shipment.estimatedDelivery
        ? ` (promised ${shortDay(shipment.promisedBy)})`
        : '';
    facts.push({ label: `${name} expected`, value: shortDay(shipment.estimatedDelivery) + promised });
  }
  if (shipment.attempts > 0) {
    facts.push({ label: `${name} failed attempts`, value: String(shipment.attempts) });
  }
  return facts;
}

function requestFact(request: Order['requests'][number], index: number): Fact {
  const details = [
    request.date && shortDay(request.date),
    request.slot,
    request.changedFields?.join(', '),
    request.return && `${request.return.rma}, ${request.return.resolution.replace('_', ' ')}`,
  ].filter(Boolean);
  const what = `Request ${index + 1}: ${inWords(request.type)}`;
  return { label: what, value: [request.state, ...details].join(' · ') };
}

/** An order as the page shows it. */
export function factsOf(order: Order): Fact[] {
  const a = order.shippingAddress;
  const address = [a.line1, a.line2, a.landmark, a.city, a.state, a.postalCode].filter(Boolean).join(', ');
  const paid = order.payment.method === 'cod' ? 'cash on delivery' : 'prepaid';
  const parcels = order.shipments.flatMap(parcelFacts);
  return [
    ...(parcels.length > 0 ? parcels : [{ label: 'Parcel', value: 'not packed yet' }]),
    ...order.requests.map(requestFact),
    { label: 'Deliver to', value: address },
    { label: 'Phone', value: a.phone },
    { label: 'Payment', value: `₹${order.payment.total}, ${paid}, ${order.payment.status}` },
    {
      label: 'Items',
      value: order.items.map((item) => `${item.quantity} × ${item.name}`).join('; '),
    },
  ];
}

/** Labels of facts that are new or different. */
export function changedFacts(before: Order, after: Order): string[] {
  const old = new Map(factsOf(before).map((fact) => [fact.label, fact.value]));
  return factsOf(after)
    .filter((fact) => old.get(fact.label) !== fact.value)
    .map((fact) => fact.label);
}
