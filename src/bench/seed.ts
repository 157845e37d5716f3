import { systemClock } from '../core/clock';
import { phoneOf } from './load';

const STATUSES = ['packed', 'shipped', 'in_transit', 'out_for_delivery', 'in_transit', 'shipped'];
const CHUNK = 1_000;

/** One believable order of customer `n`. */
export function benchOrder(n: number, customers: number): unknown {
  const phone = `+${phoneOf(n % Math.max(customers, 1))}`;
  const orderNumber = `DS-${String(100_000 + n)}`;
  const at = new Date(systemClock.now().getTime() - (n % 500) * 3_600_000);
  const status = STATUSES[n % STATUSES.length];
  return {
    orderNumber,
    placedAt: new Date(at.getTime() - 3 * 86_400_000).toISOString(),
    currency: 'INR',
    customer: { name: 'Asha Rao', phone, email: `c${n}@example.com` },
    payment: {
      method: n % 3 === 0 ? 'cod' : 'prepaid',
      status: n % 3 === 0 ? 'pending' : 'paid',
      total: '1499.00',
    },
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
      phone,
      line1: 'Flat 204, Lake View',
      city: 'Bengaluru',
      state: 'Karnataka',
      postalCode: '560038',
      country: 'IN',
    },
    shipments: [
      {
        id: 'S1',
        carrier: 'delhivery',
        trackingNumber: String(1_490_800_000_000 + n),
        status,
        skus: ['TS-BLK-M'],
        attempts: 0,
        events: [{ at: at.toISOString(), status, location: 'Hosur hub' }],
      },
    ],
  };
}

/**
 * Puts `count` orders in through the API. Every one of `customers` people has one open order; the rest belong to people nobody asks about.
 */
export async function seedOrders(
  url: string,
  apiKey: string,
  count: number,
  customers: number,
  progress: (done: number) => void,
): Promise<void> {
  for (let done = 0; done < count; done += CHUNK) {
    const lines = Array.from({ length: Math.min(CHUNK, count - done) }, (_, index) => {
      const n = done + index;
      const order = benchOrder(n, customers) as {
        customer: { phone: string };
        shippingAddress: { phone: string };
      };
      if (n >= customers) {
        const phone = `+9197${String(n).padStart(8, '0')}`;
        order.customer.phone = phone;
        order.shippingAddress.phone = phone;
      }
      return order;
    });
    const answer = await fetch(`${url}/api/v1/orders/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(lines),
    });
    const result = (await answer.json()) as { rejected?: number };
    if (answer.status !== 200 || result.rejected)
      throw new Error(`the import was answered ${answer.status}, ${result.rejected ?? '?'} rejected`);
    progress(Math.min(count, done + CHUNK));
  }
}
