import { addDays, dayOf } from '../../src/core/zone';

export const ZONE = 'Asia/Kolkata';

/** A day from today in the shop's zone. */
export function day(ahead: number, now = new Date()): string {
  return addDays(dayOf(now, ZONE), ahead);
}

type Status =
  | 'pending'
  | 'packed'
  | 'shipped'
  | 'in_transit'
  | 'out_for_delivery'
  | 'attempt_failed'
  | 'delivered'
  | 'cancelled';

/** An order as a shop would put it; only what a test is about needs to be said. */
export function order(
  orderNumber: string,
  phone: string,
  options: {
    status?: Status | null;
    statuses?: Status[];
    deliveredDaysAgo?: number;
    placedDaysAgo?: number;
    cod?: boolean;
    email?: string;
    items?: { sku: string; name: string; quantity?: number; returnable?: boolean }[];
    pin?: string;
    city?: string;
    state?: string;
  } = {},
) {
  const at = (daysAgo: number, hour = 10) => `${day(-daysAgo)}T${String(hour).padStart(2, '0')}:00:00+05:30`;
  const items = (options.items ?? [{ sku: 'TS-BLK-M', name: 'Black T-shirt, M', quantity: 1 }]).map(
    (item) => ({
      unitPrice: '749.50',
      category: 'apparel',
      returnable: true,
      quantity: 1,
      ...item,
    }),
  );
  const statuses = options.statuses ?? (options.status === null ? [] : [options.status ?? 'in_transit']);
  const delivered = options.deliveredDaysAgo ?? 2;
  return {
    orderNumber,
    placedAt: at(options.placedDaysAgo ?? (statuses.includes('delivered') ? delivered + 4 : 3)),
    currency: 'INR',
    customer: { name: 'Asha Rao', phone, email: options.email ?? 'asha@example.com' },
    payment: {
      method: options.cod ? 'cod' : 'prepaid',
      status: options.cod ? 'pending' : 'paid',
      total: '1499.00',
    },
    items,
    shippingAddress: {
      name: 'Asha Rao',
      phone,
      line1: 'Flat 204, Lake View',
      line2: '12th Main, Indiranagar',
      city: options.city ?? 'Bengaluru',
      state: options.state ?? 'Karnataka',
      postalCode: options.pin ?? '560038',
      country: 'IN',
    },
    shipments: statuses.map((status, index) => ({
      id: `S${index + 1}`,
      carrier: 'delhivery',
      trackingNumber: `${orderNumber.replace(/\D/g, '')}77${phone.slice(-4)}${index}`,
      trackingUrl: `https://track.example/${orderNumber}-${index + 1}`,
      status,
      skus: statuses.length === 1 ? items.map((item) => item.sku) : [items[index % items.length]!.sku],
      promisedBy: day(2),
      estimatedDelivery: day(1),
      attempts: status === 'attempt_failed' ? 1 : 0,
      events: [
        {
          at: status === 'delivered' ? at(delivered) : at(0, 0),
          status,
          location: 'Hosur hub',
          ...(status === 'in_transit' ? { note: 'Bag received' } : {}),
        },
      ],
    })),
  };
}
