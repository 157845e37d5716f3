import type { Order, ShopOrder } from '../../src/core/order';
import type { OrderWire } from '../../src/http/rest/orders';
import { readWith } from '../../src/http/rest/read';
import { shopOrderForm } from '../../src/http/rest/schemas';
import type { OrderRules } from '../../src/store/orders';

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

/** Reading and writing orders by the schema of the description alone. */
export const orderWire: OrderWire = {
  read: (input) => {
    const order = readWith(shopOrderForm, input);
    return { ...order, placedAt: new Date(order.placedAt) } as unknown as ShopOrder;
  },
  write: (order: Order) => order,
};

/** Rules of a store whose parcels never move. */
export const orderRules: OrderRules = {
  mergeShopOrder: (existing, incoming) => ({ ...existing, ...incoming }),
  advanceShipment: (shipment) => ({ shipment, changed: 'repeated' }),
};
