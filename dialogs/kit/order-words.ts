import type { CardStep, OrderCard } from '../../src/core/content';
import type { Order, OrderRequest, OrderState, Shipment } from '../../src/core/order';
import { dayOf, hourOf, offsetMinutes } from '../../src/core/zone';
import { money } from '../../src/replies/money';
import {
  codDue,
  expectedDay,
  isUnderWay,
  latestScan,
  orderState,
  shipmentDeliveredAt,
  shipmentLateness,
} from '../../src/support/order-state';
import type { Call } from './call';
import { whenInWords } from './dates';
import { levelOf } from './level';

/** The instant of a scan in words, in the shop's zone. */
export function instantInWords(call: Call, at: Date): string {
  const zone = call.deps.rules.timeZone;
  // Zones are off by quarters of an hour, so the minute needs the zone too.
  const minute = (((at.getUTCMinutes() + offsetMinutes(at, zone)) % 60) + 60) % 60;
  return call.t.words.at(dayOf(at, zone), hourOf(at, zone), minute);
}

/** The carrier's name as people write it: a key such as `bluedart` with a capital. */
export function carrierName(shipment: Shipment): string | undefined {
  const name = shipment.carrier.trim();
  return name ? name.replace(/(^|[\s-])\p{L}/gu, (c) => c.toUpperCase()) : undefined;
}

/** Names of the items in a parcel. */
export function parcelItems(call: Call, order: Order, shipment: Shipment): string {
  const items = order.items.filter((item) => shipment.skus.includes(item.sku));
  const shown = items.length ? items : order.items;
  return call.t.words.and(shown.map((item) => call.t.words.item(item.name, item.quantity)));
}

/** Expected and promised day, and how late it is, of one parcel. */
export function datesInWords(call: Call, order: Order, shipment: Shipment | undefined): string[] {
  const { status, words } = call.t;
  if (shipment && !isUnderWay(shipment)) return [];
  const zone = call.deps.rules.timeZone;
  const expected = expectedDay(order, shipment, call.now, zone);
  const promised = shipment?.promisedBy;
  if (expected?.from === 'customer') {
    const slot = expected.slot && words.slotName(expected.slot);
    return [status.agreedDate(words.near(expected.day, call.today), slot)];
  }
  const said = expected?.day;
  const lines: string[] = [];
  // A day that has passed is not an expectation any more.
  if (said && said >= call.today && promised && promised !== said) {
    lines.push(status.expectedAndPromised(words.near(said, call.today), words.day(promised)));
  } else if (said && said >= call.today) lines.push(status.expected(words.near(said, call.today)));
  else if (promised) lines.push(status.promised(words.day(promised)));
  else lines.push(status.noDate);
  const late = shipment && lateInWords(call, shipment);
  return late ? [...lines, late] : lines;
}

/** Whole days a parcel is, or is going to be, later than promised; 0 when it is not. */
export function lateDays(call: Call, shipment: Shipment): number {
  const late = shipmentLateness(shipment, call.now, call.deps.rules.timeZone);
  return late ? Math.max(late.daysLate, late.expectedDaysLate) : 0;
}

/** How late a parcel is and why, as far as its scans say; undefined when it is in time. */
function lateInWords(call: Call, shipment: Shipment): string | undefined {
  const { status, words } = call.t;
  const late = shipmentLateness(shipment, call.now, call.deps.rules.timeZone);
  if (!late) return undefined;
  const much =
    late.daysLate >= late.expectedDaysLate
      ? status.late(words.days(late.daysLate))
      : status.willBeLate(words.days(late.expectedDaysLate));
  const { kind = 'slow', note, location } = late.reason ?? {};
  return `${much} ${status.lateWhy[kind](note, location)}`;
}

/** What an order costs, for who has proved to be its owner. */
export function totalFor(call: Call, order: Order): string | undefined {
  return levelOf(call, order) >= 2 ? money(order.payment.total, order.currency) : undefined;
}

/** Last scan of a parcel: what, where, when. */
export function scanInWords(call: Call, shipment: Shipment): string | undefined {
  const scan = latestScan(shipment);
  return scan && call.t.status.lastScan(instantInWords(call, scan.at), scan.location, scan.note);
}

/** Changes that have been asked for and are not settled. */
export function requestsInWords(call: Call, order: Order): string[] {
  const { status, words } = call.t;
  const pending = order.requests.filter(
    (r) => r.state === 'requested' || r.state === 'sent' || isAwaited(call, r),
  );
  return pending.flatMap((r) => {
    if (r.action === 'return_to_origin') return [status.askedBack];
    if (r.type === 'cancel') return [status.askedCancel];
    if (r.return) {
      const when = whenInWords(call, r.return.pickup ?? {});
      return [status.returnOpen(r.return.rma, when, r.state === 'accepted')];
    }
    if (r.type === 'address_change') return [status.askedAddress];
    return r.date ? [status.askedDate(words.day(r.date), r.slot && words.slotName(r.slot))] : [];
  });
}

/** A return that the courier has agreed to collect stays worth telling until that day. */
function isAwaited(call: Call, { state, return: back }: OrderRequest): boolean {
  return state === 'accepted' && (back?.pickup?.date ?? '') >= call.today;
}

/** Amount to pay at the door, if any. */
export function codInWords(call: Call, order: Order): string | undefined {
  const due = codDue(order);
  return due && call.t.status.cod(money(due, order.currency));
}

const RUNGS: { label: 'confirmed' | 'packed' | 'on_the_way' | 'out' | 'delivered'; states: OrderState[] }[] =
  [
    { label: 'confirmed', states: ['processing', 'pending'] },
    { label: 'packed', states: ['packed'] },
    {
      label: 'on_the_way',
      states: ['shipped', 'in_transit', 'exception', 'lost', 'rto_initiated', 'rto_delivered'],
    },
    { label: 'out', states: ['out_for_delivery', 'attempt_failed'] },
    { label: 'delivered', states: ['delivered'] },
  ];
const TROUBLE: OrderState[] = [
  'exception',
  'attempt_failed',
  'lost',
  'rto_initiated',
  'rto_delivered',
  'cancelled',
];

function stepsOf(call: Call, state: OrderState, shipment?: Shipment): CardStep[] {
  const here = Math.max(
    0,
    RUNGS.findIndex((rung) => rung.states.includes(state)),
  );
  return RUNGS.map((rung, i) => {
    const scan = shipment?.events.findLast((event) => rung.states.includes(event.status));
    const current: CardStep['state'] = TROUBLE.includes(state) ? 'problem' : 'current';
    const at =
      i === here && state === 'delivered' ? 'done' : i < here ? 'done' : i === here ? current : 'todo';
    return {
      label: call.t.status.steps[rung.label],
      state: at,
      ...(scan ? { at: scan.at.toISOString() } : {}),
    };
  });
}

/** The order drawn as a card, for channels that can. Holds nothing above proof level 1. */
export function orderCard(call: Call, order: Order): OrderCard {
  const state = orderState(order);
  const { status, words } = call.t;
  const late = Math.max(0, ...order.shipments.map((shipment) => lateDays(call, shipment)));
  const split = order.shipments.length > 1;
  const parcels = order.shipments.map((shipment, i) => {
    const done = shipmentDeliveredAt(shipment);
    const expected = done ? undefined : expectedDay(order, shipment, call.now, call.deps.rules.timeZone)?.day;
    return {
      ...(split ? { title: status.cardParcel(i + 1, order.shipments.length) } : {}),
      steps: stepsOf(call, shipment.status, shipment),
      ...(shipment.trackingUrl ? { link: shipment.trackingUrl } : {}),
      ...(expected ? { expected } : {}),
    };
  });
  return {
    kind: 'order',
    orderNumber: order.orderNumber,
    title: order.orderNumber,
    status: words.state(state),
    ...(late > 0 ? { late: status.cardLate(words.days(late)) } : {}),
    items: order.items.map(({ name, quantity }) => ({ name, quantity })),
    parcels: parcels.length ? parcels : [{ steps: stepsOf(call, state) }],
  };
}
