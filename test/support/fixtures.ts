import type {
  Order,
  OrderRequest,
  Shipment,
  ShipmentEvent,
  ShipmentStatus,
  ShopOrder,
} from '../../src/core/order';
import type { OrderChange } from '../../src/core/order-store';
import type { Policy, ShopRules } from '../../src/core/policy';
import { instantOf, parseInstant } from '../../src/core/zone';
import { defaultPolicy } from '../../src/support/policy';

export const ZONE = 'Asia/Kolkata';

/** An instant of India's clock: `ist('2026-11-22 18:30')`. */
export function ist(text: string): Date {
  const at = parseInstant(text, ZONE);
  if (!at) throw new Error(`not a time: ${text}`);
  return at;
}

/** Sunday noon in India. */
export const NOW = ist('2026-11-22 12:00');

/** The default rules, with parts of the policy changed. */
export function rulesWith(change: { [K in keyof Policy]?: Partial<Policy[K]> } = {}): ShopRules {
  const policy = { ...defaultPolicy } as Record<string, unknown>;
  for (const [key, part] of Object.entries(change)) {
    policy[key] = typeof part === 'object' ? { ...(policy[key] as object), ...part } : part;
  }
  return { policy: policy as unknown as Policy, timeZone: ZONE, country: 'IN' };
}

export const rules = rulesWith();

export function scan(at: string, status: ShipmentStatus, more: Partial<ShipmentEvent> = {}): ShipmentEvent {
  return { at: ist(at), status, source: 'delhivery', ...more };
}

/** A parcel whose state is that of its last scan. */
export function parcel(status: ShipmentStatus, more: Partial<Shipment> = {}): Shipment {
  const events = more.events ?? [];
  return {
    id: 'S1',
    carrier: 'delhivery',
    trackingNumber: '1490811111111',
    status,
    skus: ['TS-BLK-M'],
    attempts: 0,
    ...(events.length ? { statusAt: events.at(-1)!.at } : {}),
    ...more,
    events,
  };
}

/** A parcel handed over at a time. */
export function delivered(at: string, more: Partial<Shipment> = {}): Shipment {
  return parcel('delivered', { events: [scan(at, 'delivered')], ...more });
}

/** Asha's order of two T-shirts; no parcel unless given. */
export function orderWith(more: Partial<Order> = {}): Order {
  return {
    orderNumber: 'DS-1001',
    placedAt: ist('2026-11-15 10:00'),
    currency: 'INR',
    customer: { name: 'Asha Rao', phone: '+919811100001', email: 'asha@example.com', locale: 'en' },
    payment: { method: 'prepaid', status: 'paid', total: '1499.00' },
    items: [
      {
        sku: 'TS-BLK-M',
        name: 'Black T-shirt, M',
        quantity: 2,
        unitPrice: '749.50',
        category: 'apparel',
        returnable: true,
      },
    ],
    shippingAddress: {
      name: 'Asha Rao',
      phone: '+919811100001',
      line1: 'Flat 204, Lake View',
      line2: '12th Main, Indiranagar',
      landmark: 'near the metro',
      city: 'Bengaluru',
      state: 'Karnataka',
      postalCode: '560038',
      country: 'IN',
    },
    shipments: [],
    requests: [],
    history: [],
    version: 1,
    updatedAt: NOW,
    ...more,
  };
}

export function withParcel(...shipments: Shipment[]): Order {
  return orderWith({ shipments });
}

/** What the shop would send for an order. */
export function shopPart(order: Order): ShopOrder {
  const { orderNumber, placedAt, currency, customer, payment, items, shippingAddress, shipments } = order;
  return structuredClone({
    orderNumber,
    placedAt,
    currency,
    customer,
    payment,
    items,
    shippingAddress,
    shipments,
  });
}

/** A request as an earlier turn left it. */
export function asked(more: Partial<OrderRequest> & Pick<OrderRequest, 'type'>): OrderRequest {
  return {
    id: `rq_earlier_${more.type}_${more.date ?? ''}`,
    state: 'requested',
    at: instantOf('2026-11-21', 10, ZONE),
    by: 'customer',
    action: 'reschedule',
    shipmentId: 'S1',
    attempts: 0,
    ...more,
  };
}

/** Orders behind the port of the actions, kept in memory; every write checks the version, as the store's does. */
export class OrdersInMemory {
  readonly orders = new Map<string, Order>();
  writes = 0;
  /** Called before each write, to let somebody else be faster. */
  beforeWrite?: () => void;
  constructor(...orders: Order[]) {
    for (const order of orders) this.orders.set(order.orderNumber, order);
  }
  get(orderNumber = 'DS-1001'): Order {
    return structuredClone(this.orders.get(orderNumber)!);
  }
  async findByNumber(orderNumber: string): Promise<Order | undefined> {
    return structuredClone(this.orders.get(orderNumber));
  }
  async findByRequest(id: string): Promise<Order | undefined> {
    return structuredClone([...this.orders.values()].find((o) => o.requests.some((r) => r.id === id)));
  }
  async change(
    orderNumber: string,
    version: number,
    change: OrderChange,
    now: Date,
  ): Promise<'stored' | 'conflict'> {
    const hook = this.beforeWrite;
    this.beforeWrite = undefined;
    hook?.();
    const order = this.orders.get(orderNumber)!;
    if (order.version !== version) return 'conflict';
    this.writes += 1;
    const put = change.putRequest;
    const requests = order.requests.map((r) => (put && r.id === put.id ? put : r));
    this.orders.set(orderNumber, {
      ...order,
      ...change.set,
      requests: change.addRequest ? [...requests, change.addRequest] : requests,
      history: [...order.history, ...(change.history ?? [])],
      version: version + 1,
      updatedAt: now,
    });
    return 'stored';
  }
  /** Moves the version, as another writer would. */
  touch(change: Partial<Order> = {}, orderNumber = 'DS-1001'): void {
    const order = this.orders.get(orderNumber)!;
    this.orders.set(orderNumber, { ...order, ...change, version: order.version + 1 });
  }
}
