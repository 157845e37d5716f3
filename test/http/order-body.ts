import { orderWire as wireOf } from '../../src/order-wiring';

/** Orders as the product reads and writes them. */
export const orderWire = wireOf({ timeZone: 'Asia/Kolkata', country: 'IN' });

/** A complete order as a shop sends it. */
export function orderBody(orderNumber: string) {
  return {
    orderNumber,
    placedAt: '2026-11-15T10:00:00+05:30',
    currency: 'INR',
    customer: { name: 'Asha Rao', phone: '+919811100001' },
    payment: { method: 'prepaid', status: 'paid', total: '1499.00' },
    items: [{ sku: 'A', name: 'Shirt', quantity: 2, unitPrice: '749.50', returnable: true }],
    shippingAddress: {
      name: 'Asha Rao',
      phone: '+919811100001',
      line1: 'Flat 204',
      city: 'Bengaluru',
      state: 'Karnataka',
      postalCode: '560038',
      country: 'IN',
    },
    shipments: [],
  };
}
