import type { AgentDirectory } from '../core/agents';
import type { Clock } from '../core/clock';
import { AppError } from '../core/errors';
import type { Address, Shipment, ShipmentEvent, ShopOrder } from '../core/order';
import type { OrderStore } from '../core/order-store';
import { addDays, dayOf, instantOf } from '../core/zone';
import { CATALOGUE, type Product } from './catalogue';
import { OTHERS_ORDERS } from './orders-of-others';
import { VISITORS_ORDERS } from './orders-of-visitors';
import type { PlannedOrder, PlannedParcel, PlannedScan } from './plan';
import { DEMO_AGENTS, DEMO_CUSTOMERS, OTHER_CUSTOMERS } from './people';

const DAY_MS = 86_400_000;
/** Scans happen between these local hours, so that nothing is "packed at 3 in the morning". */
const WORKDAY = { from: 8, hours: 11 };

interface Now {
  at: Date;
  timeZone: string;
}

/** The moment `daysAgo` before now, moved into working hours of that day, never in the future. */
function momentOf(daysAgo: number, now: Now): Date {
  const today = dayOf(now.at, now.timeZone);
  const midnight = instantOf(today, 0, now.timeZone).getTime();
  if (daysAgo < 1) return new Date(midnight + (now.at.getTime() - midnight) * (0.9 - daysAgo * 0.8));
  const whole = Math.floor(daysAgo);
  const start = instantOf(addDays(today, -whole), WORKDAY.from, now.timeZone).getTime();
  return new Date(start + (1 - (daysAgo - whole)) * WORKDAY.hours * (DAY_MS / 24));
}

function scansOf(scans: PlannedScan[], now: Now): ShipmentEvent[] {
  let last = 0;
  return scans.map(([daysAgo, status, location, note]) => {
    // Whole seconds, as carriers write them: a scan that is told again is the same scan.
    const moment = Math.floor(momentOf(daysAgo, now).getTime() / 1000) * 1000;
    const at = new Date(Math.max(moment, last + 60_000));
    last = at.getTime();
    return { at, status, location, note, source: 'shop' };
  });
}

function shipmentOf(order: PlannedOrder, parcel: PlannedParcel, index: number, now: Now): Shipment {
  const events = scansOf(parcel.scans, now);
  const lastScan = events.at(-1);
  const today = dayOf(now.at, now.timeZone);
  const trackingNumber = `14908${order.number.replace(/\D/g, '')}${String(index + 1).padStart(4, '0')}`;
  return {
    id: `S${index + 1}`,
    carrier: parcel.carrier,
    trackingNumber,
    trackingUrl: `https://track.tulsilane.example/${trackingNumber}`,
    status: parcel.status ?? lastScan?.status ?? 'pending',
    statusAt: lastScan?.at,
    skus: parcel.products.map((product) => CATALOGUE[product].sku),
    promisedBy: parcel.promised === undefined ? undefined : addDays(today, parcel.promised),
    estimatedDelivery: parcel.expected === undefined ? undefined : addDays(today, parcel.expected),
    attempts: parcel.attempts ?? 0,
    events,
  };
}

function personOf(who: PlannedOrder['who']): { customer: ShopOrder['customer']; address: Address } {
  const ours = DEMO_CUSTOMERS.find((customer) => customer.id === who);
  if (ours) {
    const { name, phone, email, locale, address } = ours;
    return { customer: { name, phone, email, locale }, address: { ...address } };
  }
  const row = typeof who === 'number' ? OTHER_CUSTOMERS[who] : undefined;
  if (!row) throw new AppError('internal', 'a demo order names nobody');
  const [name, city, state, postalCode, line1] = row;
  const phone = `+9198111001${String(who).padStart(2, '0')}`;
  const email = `${name.toLowerCase().replace(/\W+/g, '.')}@example.com`;
  return {
    customer: { name, phone, email, locale: 'en' },
    address: { name, phone, line1, city, state, postalCode, country: 'IN' },
  };
}

function total(products: [Product, number][]): string {
  const paise = products.reduce(
    (sum, [product, n]) => sum + Math.round(Number(CATALOGUE[product].unitPrice) * 100) * n,
    0,
  );
  return (paise / 100).toFixed(2);
}

/** The demo's orders as the shop would import them, with every date relative to `now`. */
export function demoOrders(now: Date, timeZone: string): ShopOrder[] {
  return [...VISITORS_ORDERS, ...OTHERS_ORDERS].map((plan) => {
    const { customer, address } = personOf(plan.who);
    const moment = { at: now, timeZone };
    const shipments = plan.parcels.map((parcel, index) => shipmentOf(plan, parcel, index, moment));
    const delivered = shipments.length > 0 && shipments.every((shipment) => shipment.status === 'delivered');
    return {
      orderNumber: plan.number,
      placedAt: momentOf(plan.placedDaysAgo, moment),
      currency: 'INR',
      customer,
      payment: {
        method: plan.cod ? 'cod' : 'prepaid',
        status: plan.payment ?? (plan.cod && !delivered ? 'pending' : 'paid'),
        total: total(plan.products),
      },
      items: plan.products.map(([product, quantity]) => ({ ...CATALOGUE[product], quantity })),
      shippingAddress: address,
      shipments,
    };
  });
}

/**
 * Puts the demo's thirty orders and two agents into the store. What is already there stays as it is, so that a visitor's
 * changes survive a restart. Answers how many of each were added.
 */
export async function seedDemo(deps: {
  orders: OrderStore;
  agents: AgentDirectory;
  clock: Clock;
  timeZone: string;
}): Promise<{ orders: number; agents: number }> {
  const now = deps.clock.now();
  const missing: ShopOrder[] = [];
  for (const order of demoOrders(now, deps.timeZone)) {
    if (!(await deps.orders.findByNumber(order.orderNumber))) missing.push(order);
  }
  const results = missing.length > 0 ? await deps.orders.putMany(missing, now) : [];
  const failed = results.find((result) => result.error);
  if (failed) {
    throw new AppError('internal', `demo order ${failed.orderNumber} was refused: ${failed.error}`);
  }
  const known = new Set((await deps.agents.list()).map((agent) => agent.email));
  const newAgents = DEMO_AGENTS.filter((agent) => !known.has(agent.email));
  for (const agent of newAgents) await deps.agents.add(agent);
  return { orders: missing.length, agents: newAgents.length };
}
