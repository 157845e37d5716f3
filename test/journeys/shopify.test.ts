import { createHmac, randomUUID } from 'node:crypto';
import { startShop, type Shop } from '../kit/product';
import { prove } from '../kit/prove';

const PHONE = '+919812300001';

/** An order as Shopify posts it; a fixture of our own after its documented fields. */
function shopifyOrder(over: Record<string, unknown> = {}) {
  return {
    id: 820982911946154500,
    admin_graphql_api_id: 'gid://shopify/Order/820982911946154508',
    name: '#4501',
    created_at: '2026-11-18T10:00:00+05:30',
    updated_at: '2026-11-18T10:00:00+05:30',
    cancelled_at: null,
    currency: 'INR',
    total_price: '1499.00',
    total_outstanding: '1499.00',
    financial_status: 'pending',
    payment_gateway_names: ['Cash on Delivery (COD)'],
    email: 'Asha@Example.com',
    phone: null,
    customer_locale: 'en-IN',
    customer: { first_name: 'Asha', last_name: 'Rao', phone: null, email: 'asha@example.com' },
    shipping_address: {
      first_name: 'Asha',
      last_name: 'Rao',
      phone: '098123 00001',
      address1: 'Flat 204, Lake View',
      address2: '12th Main, Indiranagar',
      city: 'Bengaluru',
      province: 'Karnataka',
      country: 'India',
      country_code: 'IN',
      zip: '560 038',
    },
    line_items: [
      {
        id: 466157049,
        admin_graphql_api_id: 'gid://shopify/LineItem/466157049',
        sku: 'TS-BLK-M',
        name: 'Black T-shirt - M',
        quantity: 2,
        current_quantity: 2,
        price: '749.50',
      },
      { id: 2, sku: null, name: 'Gift wrap', quantity: 1, current_quantity: 0, price: '0.00' },
    ],
    fulfillments: [],
    ...over,
  };
}

const fulfilment = (over: Record<string, unknown> = {}) => ({
  id: 255858046,
  admin_graphql_api_id: 'gid://shopify/Fulfillment/255858046',
  name: '#4501.1',
  status: 'success',
  shipment_status: null,
  updated_at: '2026-11-19T10:00:00+05:30',
  tracking_company: 'Delhivery',
  tracking_number: 'SHOP-AWB-1',
  tracking_numbers: ['SHOP-AWB-1'],
  tracking_url: 'https://track.example/SHOP-AWB-1',
  line_items: [{ sku: 'TS-BLK-M', name: 'Black T-shirt - M', quantity: 2, price: '749.50' }],
  ...over,
});

interface Stored {
  state: string;
  version: number;
  payment: unknown;
  customer: unknown;
  items: { sku: string; quantity: number }[];
  shippingAddress: { line1: string; postalCode: string; phone: string };
  shipments: { id: string; status: string; trackingNumber?: string }[];
  requests: { type: string; state: string }[];
}

describe('a shop on Shopify', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop({
      env: { SHOPIFY_WEBHOOK_SECRET: 'new-secret, old-secret', DELHIVERY_WEBHOOK_TOKEN: 'd' },
    });
  }, 60_000);
  afterAll(() => shop.close(), 30_000);

  const posted = async (topic: string, body: object, id: string = randomUUID(), secret = 'new-secret') => {
    const text = JSON.stringify(body);
    const answer = await fetch(`${shop.product.url}/webhooks/shopify`, {
      method: 'POST',
      headers: {
        'x-shopify-topic': topic,
        'x-shopify-webhook-id': id,
        'x-shopify-hmac-sha256': createHmac('sha256', secret).update(text).digest('base64'),
      },
      body: text,
    });
    return answer.status;
  };
  const stored = async (number = '4501') => (await shop.api<Stored>('GET', `/api/v1/orders/${number}`)).body;

  it('its order becomes ours: customer, address, items, money', async () => {
    expect(await posted('orders/create', shopifyOrder())).toBe(200);
    expect(await stored()).toMatchObject({
      orderNumber: '4501',
      state: 'processing',
      currency: 'INR',
      customer: { name: 'Asha Rao', phone: PHONE, email: 'asha@example.com', locale: 'en-IN' },
      payment: { method: 'cod', status: 'pending', total: '1499.00' },
      items: [
        { sku: 'TS-BLK-M', name: 'Black T-shirt - M', quantity: 2, unitPrice: '749.50', returnable: true },
      ],
      shippingAddress: {
        line1: 'Flat 204, Lake View',
        city: 'Bengaluru',
        state: 'Karnataka',
        postalCode: '560038',
        phone: PHONE,
        country: 'IN',
      },
      shipments: [],
    });
  });

  it('the customer asks for it, and hears when it ships on a day', async () => {
    const asha = shop.whatsapp(PHONE.slice(1));
    const heard = await asha.says('where is my order 4501?');
    expect(heard.text).toMatch(/4501/);
    expect(heard.text).toMatch(/being prepared/);
    const sent = shopifyOrder({ updated_at: '2026-11-19T10:00:01+05:30', fulfillments: [fulfilment()] });
    expect(await posted('orders/updated', sent, 'W-1')).toBe(200);
    expect((await stored()).shipments).toMatchObject([
      { id: '255858046', status: 'shipped', trackingNumber: 'SHOP-AWB-1', carrier: 'Delhivery' },
    ]);
  });

  it('a repeated delivery, an older word and a rotated secret change nothing or what they should', async () => {
    const { version } = await stored();
    const sent = shopifyOrder({ updated_at: '2026-11-19T10:00:01+05:30', fulfillments: [fulfilment()] });
    expect(await posted('orders/updated', sent, 'W-1')).toBe(200);
    expect(await posted('orders/create', shopifyOrder(), 'W-0')).toBe(200);
    expect((await stored()).version).toBe(version);
    expect((await stored()).shipments).toHaveLength(1);
    expect(await posted('orders/updated', sent, 'W-2', 'stolen')).toBe(401);
    const moved = fulfilment({
      shipment_status: 'out_for_delivery',
      updated_at: '2026-11-20T09:00:00+05:30',
    });
    expect(await posted('fulfillments/update', moved, 'W-3', 'old-secret')).toBe(200);
    expect((await stored()).shipments[0]!.status).toBe('out_for_delivery');
    const late = fulfilment({ shipment_status: 'in_transit', updated_at: '2026-11-20T08:00:00+05:30' });
    expect(await posted('fulfillments/update', late)).toBe(200);
    expect((await stored()).shipments[0]!.status).toBe('out_for_delivery');
  });

  it('what the customer asked for stays through every later word of the shop', async () => {
    const number = '4502';
    const name = `#${number}`;
    await posted('orders/create', shopifyOrder({ name }));
    const asha = shop.whatsapp(PHONE.slice(1));
    await prove(shop, asha, await asha.says(`cancel order ${number}`), { pin: '560038', phone: PHONE });
    await asha.taps('Yes');
    expect((await stored(number)).requests).toMatchObject([{ type: 'cancel', state: 'requested' }]);
    const cancelled = shopifyOrder({
      name,
      updated_at: '2026-11-19T12:00:00+05:30',
      cancelled_at: '2026-11-19T12:00:00+05:30',
      financial_status: 'voided',
    });
    expect(await posted('orders/cancelled', cancelled, 'C-1')).toBe(200);
    expect((await asha.next()).text).toMatch(/4502 has been cancelled/);
    expect(await posted('orders/cancelled', cancelled, 'C-1')).toBe(200);
    expect(await stored(number)).toMatchObject({ state: 'cancelled', requests: [{ state: 'accepted' }] });
  });

  it('an order without a phone, with a phone that is none, or that cannot be read, blocks nothing', async () => {
    const bare = shopifyOrder({
      name: '#4503',
      shipping_address: null,
      billing_address: { phone: '555-555-SHIP' },
    });
    expect(await posted('orders/create', bare)).toBe(200);
    expect(await stored('4503')).toMatchObject({ customer: { phone: '' } });
    expect(await posted('orders/create', shopifyOrder({ name: '#4504', currency: 7 }))).toBe(200);
    expect((await shop.api('GET', '/api/v1/orders/4504')).status).toBe(404);
    expect(await posted('products/update', { id: 1 })).toBe(200);
    expect(await posted('orders/create', shopifyOrder({ name: '#4505' }))).toBe(200);
    expect((await stored('4505')).state).toBe('processing');
  });
});
