import type { Agent } from '../../src/core/agents';
import { OFF_LADDER, SHIPMENT_STATUSES, type ShopOrder } from '../../src/core/order';
import type { OrderStore } from '../../src/core/order-store';
import { daysBetween, dayOf } from '../../src/core/zone';
import { demoOrders, seedDemo } from '../../src/demo/seed';

const zone = 'Asia/Kolkata';
const moments = ['2026-11-22T00:05:00+05:30', '2026-11-22T11:30:00+05:30', '2026-03-01T23:50:00+05:30'].map(
  (text) => new Date(text),
);

describe.each(moments)('the demo orders at %s', (now) => {
  const orders = demoOrders(now, zone);
  const shipments = orders.flatMap((order) => order.shipments);

  test('are thirty, each with its own number', () => {
    expect(new Set(orders.map((order) => order.orderNumber)).size).toBe(30);
  });

  test('cover every state a parcel can be in, and orders without a parcel', () => {
    expect(new Set(shipments.map((s) => s.status))).toEqual(new Set(SHIPMENT_STATUSES));
    expect(orders.filter((order) => order.shipments.length === 0).length).toBeGreaterThan(1);
    expect(orders.filter((order) => order.shipments.length === 2).length).toBe(2);
  });

  test('never say that something happened in the future or out of order', () => {
    for (const order of orders) {
      expect(order.placedAt.getTime()).toBeLessThanOrEqual(now.getTime());
      for (const shipment of order.shipments) {
        const times = shipment.events.map((event) => event.at.getTime());
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(Math.min(...times, Infinity)).toBeGreaterThan(order.placedAt.getTime());
        expect(Math.max(...times, 0)).toBeLessThanOrEqual(now.getTime());
      }
    }
  });

  test('agree with themselves: the last scan is the status, parcels carry the items, totals add up', () => {
    for (const order of orders) {
      const sum = order.items.reduce((total, item) => total + Number(item.unitPrice) * item.quantity, 0);
      expect(Number(order.payment.total)).toBeCloseTo(sum, 2);
      for (const shipment of order.shipments) {
        expect(shipment.events.at(-1)?.status ?? 'pending').toBe(shipment.status);
        for (const sku of shipment.skus) expect(order.items.map((item) => item.sku)).toContain(sku);
        const failed = shipment.events.filter((event) => event.status === 'attempt_failed').length;
        if (!OFF_LADDER.includes(shipment.status as never)) expect(shipment.attempts).toBe(failed);
      }
    }
  });

  test('have parcels delivered within seven days and longer ago, and late ones with a reason', () => {
    const today = dayOf(now, zone);
    const ages = shipments
      .filter((s) => s.status === 'delivered')
      .map((s) => daysBetween(dayOf(s.statusAt!, zone), today));
    expect(ages.some((age) => age <= 7)).toBe(true);
    expect(ages.some((age) => age > 7)).toBe(true);
    const late = shipments.filter((s) => s.status === 'in_transit' && s.promisedBy! < s.estimatedDelivery!);
    expect(late.length).toBeGreaterThanOrEqual(3);
    for (const { events } of late) {
      expect(events.findLast((event) => event.status === 'exception')?.note).toMatch(/held/i);
    }
  });
});

test('seeding twice adds nothing the second time and keeps what a visitor changed', async () => {
  const stored = new Map<string, ShopOrder>();
  const people: Agent[] = [];
  const orders = {
    findByNumber: async (number: string) => stored.get(number),
    putMany: async (batch: ShopOrder[]) =>
      batch.map((order) => {
        stored.set(order.orderNumber, order);
        return { orderNumber: order.orderNumber, created: true };
      }),
  } as unknown as OrderStore;
  const agents = {
    count: async () => people.length,
    list: async () => people,
    add: async (agent: Omit<Agent, 'id' | 'active'>) => {
      const added = { ...agent, id: agent.email, active: true };
      people.push(added);
      return added;
    },
  };
  const deps = { orders, agents, clock: { now: () => moments[1]! }, timeZone: zone };
  expect(await seedDemo(deps)).toEqual({ orders: 30, agents: 2 });
  const changed = stored.get('DS-1001')!;
  changed.shippingAddress.line1 = 'Flat 402';
  expect(await seedDemo(deps)).toEqual({ orders: 0, agents: 0 });
  expect(stored.get('DS-1001')!.shippingAddress.line1).toBe('Flat 402');
});
