import { orderToApi, parseShopOrder } from '../../src/support/order-input';
import { toE164 } from '../../src/support/phone';
import { asked, ist, NOW, orderWith, shopPart, ZONE } from './fixtures';

const place = { timeZone: ZONE, country: 'IN' };

/** The document of the contract, as a shop sends it. */
function document(): Record<string, unknown> {
  return {
    orderNumber: 'DS-1001',
    placedAt: '2026-11-15T10:00:00+05:30',
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
    shipments: [
      {
        id: 'S1',
        carrier: 'delhivery',
        trackingNumber: '1490811111111',
        trackingUrl: 'https://track.example/1490811111111',
        status: 'in_transit',
        skus: ['TS-BLK-M'],
        promisedBy: '2026-11-24',
        estimatedDelivery: '2026-11-23',
        attempts: 0,
        events: [
          {
            at: '2026-11-20T08:00:00+05:30',
            status: 'in_transit',
            location: 'Hosur hub',
            note: 'Bag received',
          },
        ],
      },
    ],
  };
}

/** The document with one value set or (undefined) taken away, at a path such as `items.0.sku`. */
function documentWith(path: string, value: unknown): unknown {
  const whole = document();
  const keys = path.split('.');
  const last = keys.pop()!;
  const part = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, whole);
  part[last] = value;
  return JSON.parse(JSON.stringify(whole));
}

function good(input: unknown) {
  const parsed = parseShopOrder(input, place);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.order;
}

function faults(input: unknown): string[] {
  const parsed = parseShopOrder(input, place);
  return parsed.ok ? [] : parsed.errors.map((error) => error.field);
}

describe('a good document', () => {
  test('is read whole', () => {
    const { shipments, ...order } = good(document());
    const { shipments: none, ...expected } = shopPart(orderWith());
    expect(none).toEqual([]);
    expect(order).toEqual(expected);
    expect(shipments).toEqual([
      {
        ...(document().shipments as object[])[0],
        statusAt: ist('2026-11-20 08:00'),
        events: [
          {
            at: ist('2026-11-20 08:00'),
            status: 'in_transit',
            location: 'Hosur hub',
            note: 'Bag received',
            source: 'shop',
          },
        ],
      },
    ]);
  });

  test.each(['1001', '#1001', 'A', 'order/1 2', 'आदेश-७', 'x'.repeat(64)])(
    'takes the order number %s',
    (number) => {
      expect(good(documentWith('orderNumber', number)).orderNumber).toBe(number);
    },
  );

  test.each([
    ['2026-11-15T10:00:00', '2026-11-15 10:00'],
    ['2026-11-15 10:00', '2026-11-15 10:00'],
    ['2026-11-15', '2026-11-15 00:00'],
    ['2026-11-15T04:30:00Z', '2026-11-15 10:00'],
    ['2026-11-15T04:30:00.123456Z', '2026-11-15 10:00:00.123'],
    ['2028-02-29T10:00:00', '2028-02-29 10:00'],
  ])('reads the time %s in the shop’s zone when it names none', (text, expected) => {
    expect(good(documentWith('placedAt', text)).placedAt).toEqual(ist(expected));
  });

  test.each(['98111 00001', '098111-00001', '+91 (98111) 00001', '+919811100001'])(
    'reads the phone %s',
    (text) => {
      expect(good(documentWith('customer.phone', text)).customer.phone).toBe('+919811100001');
    },
  );

  test('may leave out what has a default', () => {
    const small = document();
    delete small.shipments;
    small.shippingAddress = { line1: 'x', city: 'y', state: 'z', postalCode: '560 038' };
    small.items = [{ sku: 'A', name: 'A', quantity: 1, unitPrice: '0' }];
    const order = good(small);
    expect(order.shipments).toEqual([]);
    expect(order.items[0]?.returnable).toBe(true);
    expect(order.shippingAddress).toMatchObject({
      name: 'Asha Rao',
      phone: '+919811100001',
      country: 'IN',
      postalCode: '560038',
    });
  });

  test('null is the same as absent', () => {
    const order = good(documentWith('shippingAddress.landmark', null));
    expect('landmark' in order.shippingAddress).toBe(false);
  });

  test('scans are put in order, and failed ones counted', () => {
    const events = [
      { at: '2026-11-20 19:00', status: 'attempt_failed' },
      { at: '2026-11-20 08:00', status: 'out_for_delivery' },
    ];
    const [shipment] = good(documentWith('shipments.0.events', events)).shipments;
    expect(shipment?.events.map((event) => event.status)).toEqual(['out_for_delivery', 'attempt_failed']);
    expect([shipment?.attempts, shipment?.statusAt]).toEqual([1, ist('2026-11-20 19:00')]);
  });

  test('extra fields are kept under meta, those of parts under their names', () => {
    const input = {
      ...document(),
      tags: ['vip'],
      'weird.key': 1,
      $where: 'x',
      meta: { source: 'shopify', nested: { 'a.b': { $c: 1 } } },
      items: [{ ...(document().items as object[])[0], colour: 'black' }],
      customer: { ...(document().customer as object), loyalty: 7 },
    };
    expect(good(input).meta).toEqual({
      source: 'shopify',
      nested: { a_b: { _c: 1 } },
      tags: ['vip'],
      weird_key: 1,
      _where: 'x',
      items: { '0': { colour: 'black' } },
      customer: { loyalty: 7 },
    });
  });

  test('a hostile key does not reach any prototype', () => {
    const input = JSON.parse(JSON.stringify(document()).replace('{', '{"__proto__":{"polluted":1},'));
    expect(good(input).meta).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('a bad document', () => {
  test.each([
    ['orderNumber', '', 'orderNumber'],
    ['orderNumber', '   ', 'orderNumber'],
    ['orderNumber', 1001, 'orderNumber'],
    ['orderNumber', 'DS\n1001', 'orderNumber'],
    ['orderNumber', 'x'.repeat(65), 'orderNumber'],
    ['placedAt', 'yesterday', 'placedAt'],
    ['placedAt', '15/11/2026', 'placedAt'],
    ['placedAt', '2026-02-29T10:00:00', 'placedAt'],
    ['placedAt', '2026-11-15T25:00:00', 'placedAt'],
    ['placedAt', 1763180000, 'placedAt'],
    ['currency', 'rupees', 'currency'],
    ['customer', undefined, 'customer.name'],
    ['customer', 'Asha', 'customer'],
    ['customer.phone', '555-555-SHIP', 'customer.phone'],
    ['customer.phone', '123', 'customer.phone'],
    ['customer.email', 'asha', 'customer.email'],
    ['payment.method', 'card', 'payment.method'],
    ['payment.total', 1499, 'payment.total'],
    ['payment.total', '1,499.00', 'payment.total'],
    ['payment.total', '-1', 'payment.total'],
    ['items', [], 'items'],
    ['items', {}, 'items'],
    ['items.0', 'shirt', 'items[0]'],
    ['items.0.sku', undefined, 'items[0].sku'],
    ['items.0.quantity', 0, 'items[0].quantity'],
    ['items.0.quantity', 1.5, 'items[0].quantity'],
    ['items.0.quantity', '2', 'items[0].quantity'],
    ['items.0.unitPrice', 749.5, 'items[0].unitPrice'],
    ['items.0.returnable', 'yes', 'items[0].returnable'],
    ['shippingAddress.postalCode', undefined, 'shippingAddress.postalCode'],
    ['shippingAddress.country', 'India', 'shippingAddress.country'],
    ['shippingAddress.line1', 'x'.repeat(301), 'shippingAddress.line1'],
    ['shipments', 'none', 'shipments'],
    ['shipments.0.status', 'flying', 'shipments[0].status'],
    ['shipments.0.attempts', -1, 'shipments[0].attempts'],
    ['shipments.0.promisedBy', '2026-02-30', 'shipments[0].promisedBy'],
    ['shipments.0.trackingUrl', 'javascript:alert(1)', 'shipments[0].trackingUrl'],
    ['shipments.0.skus', ['A', 7], 'shipments[0].skus[1]'],
    ['shipments.0.events.0.at', 'now', 'shipments[0].events[0].at'],
    ['shipments.0.events.0.status', undefined, 'shipments[0].events[0].status'],
    ['shipments.1', { id: 'S1', carrier: 'x', status: 'packed' }, 'shipments[1].id'],
    ['meta', 'x', 'meta'],
  ])('%s = %j is named as %s', (path, value, field) => {
    expect(faults(documentWith(path, value))).toContain(field);
  });

  test('names every fault at once and no other field', () => {
    const input = {
      ...document(),
      payment: { method: 'card', status: 'paid', total: 5 },
      items: [{ name: 'x', quantity: -1, unitPrice: '1.00' }],
    };
    expect(faults(input).sort()).toEqual([
      'items[0].quantity',
      'items[0].sku',
      'payment.method',
      'payment.total',
    ]);
  });

  test('a part of the wrong kind is one fault, not one per field in it', () => {
    expect(faults(documentWith('customer', 'Asha'))).toEqual(['customer']);
  });

  test.each([undefined, null, 'x', 7, [], true])('%j is no order', (input) => {
    expect(faults(input)).toEqual(['']);
  });

  test('no message repeats a value', () => {
    const parsed = parseShopOrder(documentWith('customer.phone', '98111secret'), place);
    expect(JSON.stringify(parsed)).not.toContain('secret');
  });
});

describe('the order as the API answers it', () => {
  const order = orderWith({
    ...good(document()),
    requests: [
      asked({ type: 'reschedule', date: '2026-11-27', slot: 'evening' }),
      asked({
        type: 'return',
        action: 'return_pickup',
        return: {
          rma: 'RMA-ABCD2345',
          items: [{ sku: 'TS-BLK-M', quantity: 1 }],
          reason: 'size',
          resolution: 'refund',
          refundTo: { kind: 'upi', masked: 'as••••@okaxis', sealed: 'v1.SEALED' },
        },
      }),
    ],
    history: [{ at: NOW, what: 'address', by: 'customer', detail: { before: orderWith().shippingAddress } }],
  });
  const api = JSON.parse(JSON.stringify(orderToApi(order)));

  test('has the shapes of the contract', () => {
    expect(api.requests[0]).toMatchObject({
      type: 'reschedule',
      state: 'requested',
      date: '2026-11-27',
      slot: 'evening',
      at: '2026-11-21T04:30:00.000Z',
    });
    expect(api.requests[1]).toMatchObject({ type: 'return', rma: 'RMA-ABCD2345' });
    expect(api.history[0].detail.before.line1).toBe('Flat 204, Lake View');
    expect(api.shipments[0].events[0].at).toBe('2026-11-20T02:30:00.000Z');
  });

  test('shows a refund account masked only', () => {
    expect(JSON.stringify(api)).not.toContain('SEALED');
    expect(api.requests[1].return.refundTo).toEqual({ kind: 'upi', masked: 'as••••@okaxis' });
  });

  test('can be sent back as it is and means the same order', () => {
    expect(good(api)).toEqual(good(document()));
  });
});

test.each([
  ['9811100001', 'IN', '+919811100001'],
  ['09811100001', 'IN', '+919811100001'],
  ['+1 415 555 2671', 'IN', '+14155552671'],
  ['(415) 555-2671', 'US', '+14155552671'],
  ['98111', 'IN', undefined],
  ['', 'IN', undefined],
])('the phone %s in %s is %s', (text, country, phone) => expect(toE164(text, country)).toBe(phone));
