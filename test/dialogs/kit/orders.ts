import type { Order, Shipment } from '../../../src/core/order';

/** The present moment of the transcripts: Sunday, 22 November 2026, 11:30 in India. */
export const NOW = new Date('2026-11-22T11:30:00+05:30');
export const ASHA = '+919811100001';

/** A parcel on the way, with what a test wants different. */
export function parcel(over: Partial<Shipment> = {}): Shipment {
  return {
    id: 'S1',
    carrier: 'delhivery',
    trackingNumber: '1490811111111',
    trackingUrl: 'https://track.example/1490811111111',
    status: 'in_transit',
    statusAt: new Date('2026-11-20T08:00:00+05:30'),
    skus: ['TS-BLK-M'],
    promisedBy: '2026-11-24',
    estimatedDelivery: '2026-11-23',
    attempts: 0,
    events: [
      {
        at: new Date('2026-11-20T08:00:00+05:30'),
        status: 'in_transit',
        location: 'Hosur hub',
        note: 'Bag received',
      },
    ],
    ...over,
  };
}

/** An order of Asha's, prepaid and on the way, with what a test wants different. */
export function order(orderNumber: string, over: Partial<Order> = {}): Order {
  return {
    orderNumber,
    placedAt: new Date('2026-11-15T10:00:00+05:30'),
    currency: 'INR',
    customer: { name: 'Asha Rao', phone: ASHA, email: 'asha@example.com', locale: 'en' },
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
      phone: ASHA,
      line1: 'Flat 204, Lake View',
      line2: '12th Main, Indiranagar',
      landmark: 'near the metro',
      city: 'Bengaluru',
      state: 'Karnataka',
      postalCode: '560038',
      country: 'IN',
    },
    shipments: [parcel()],
    requests: [],
    history: [],
    version: 1,
    updatedAt: new Date('2026-11-20T08:00:00+05:30'),
    ...over,
  };
}

/** Delivered on a day, at noon. */
export function delivered(orderNumber: string, day: string, over: Partial<Order> = {}): Order {
  const at = new Date(`${day}T12:00:00+05:30`);
  return order(orderNumber, {
    shipments: [parcel({ status: 'delivered', statusAt: at, events: [{ at, status: 'delivered' }] })],
    ...over,
  });
}
