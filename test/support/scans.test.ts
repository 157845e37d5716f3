import type { Order, Shipment, ShipmentEvent, ShopOrder } from '../../src/core/order';
import { deliveredAt, orderState } from '../../src/support/order-state';
import { advanceShipment, mergeShopOrder } from '../../src/support/scans';
import { asked, ist, NOW, orderWith, parcel, scan, shopPart } from './fixtures';

function permutations<T>(all: T[]): T[][] {
  if (all.length <= 1) return [all];
  return all.flatMap((one, i) => permutations(all.filter((_, j) => j !== i)).map((rest) => [one, ...rest]));
}

function after(start: Shipment, events: ShipmentEvent[]): Shipment {
  return events.reduce((shipment, event) => advanceShipment(shipment, event).shipment, start);
}

const way = [
  scan('2026-11-19 09:00', 'in_transit'),
  scan('2026-11-20 08:00', 'out_for_delivery'),
  scan('2026-11-20 19:00', 'attempt_failed'),
  scan('2026-11-21 08:00', 'out_for_delivery'),
  scan('2026-11-21 13:00', 'delivered'),
];

describe('scans in any order', () => {
  const starts: [string, Shipment][] = [
    ['without any time', parcel('shipped')],
    [
      'with a dated state',
      parcel('shipped', { events: [scan('2026-11-18 09:00', 'shipped', { source: 'shop' })] }),
    ],
  ];
  test.each(starts)('end alike, starting %s, even when each comes twice', (_name, start) => {
    for (const order of permutations(way)) {
      const end = after(
        start,
        order.flatMap((event) => [event, event]),
      );
      expect([end.status, end.statusAt, end.attempts, end.events.length]).toEqual([
        'delivered',
        ist('2026-11-21 13:00'),
        1,
        start.events.length + 5,
      ]);
      expect(end.events).toEqual(after(start, way).events);
    }
  });

  test('end alike on the way back to the shop, which is never a delivery', () => {
    const back = [
      scan('2026-11-20 19:00', 'attempt_failed'),
      scan('2026-11-21 09:00', 'rto_initiated'),
      scan('2026-11-22 09:00', 'in_transit'),
      scan('2026-11-23 09:00', 'delivered'),
    ];
    for (const order of permutations(back)) {
      expect(after(parcel('in_transit', { events: way.slice(0, 1) }), order).status).toBe('rto_delivered');
    }
  });

  test('a parcel that went out again after turning back may be delivered after all', () => {
    const saved = [
      scan('2026-11-21 09:00', 'rto_initiated'),
      scan('2026-11-22 08:00', 'out_for_delivery'),
      scan('2026-11-22 12:00', 'delivered'),
    ];
    for (const order of permutations(saved)) {
      expect(after(parcel('in_transit', { events: way.slice(0, 1) }), order).status).toBe('delivered');
    }
  });
});

describe('one scan', () => {
  const moving = parcel('out_for_delivery', { events: [scan('2026-11-20 08:00', 'out_for_delivery')] });
  test.each([
    ['newer and further', scan('2026-11-20 12:00', 'delivered'), 'applied', 'delivered'],
    ['newer, back at the hub', scan('2026-11-20 20:00', 'in_transit'), 'applied', 'in_transit'],
    ['older', scan('2026-11-19 12:00', 'in_transit'), 'kept', 'out_for_delivery'],
    ['older but further', scan('2026-11-19 12:00', 'delivered'), 'kept', 'out_for_delivery'],
    ['the same moment, further', scan('2026-11-20 08:00', 'attempt_failed'), 'applied', 'attempt_failed'],
    ['the same moment, less far', scan('2026-11-20 08:00', 'in_transit'), 'kept', 'out_for_delivery'],
    ['the same', scan('2026-11-20 08:00', 'out_for_delivery'), 'repeated', 'out_for_delivery'],
  ] as const)('%s', (_name, event, changed, status) => {
    const result = advanceShipment(moving, event);
    expect([result.changed, result.shipment.status]).toEqual([changed, status]);
    if (changed === 'repeated') expect(result.shipment).toBe(moving);
  });

  test('does not touch the parcel it is given', () => {
    const copy = structuredClone(moving);
    advanceShipment(moving, scan('2026-11-20 12:00', 'delivered'));
    expect(moving).toEqual(copy);
  });

  test('after a delivery, only a newer scan says otherwise', () => {
    const there = parcel('delivered', { events: [scan('2026-11-20 12:00', 'delivered')] });
    expect(after(there, [scan('2026-11-20 11:00', 'in_transit')]).status).toBe('delivered');
    expect(after(there, [scan('2026-11-20 13:00', 'in_transit')]).status).toBe('in_transit');
  });

  test('a delivery without a time gives way to nothing further down', () => {
    expect(after(parcel('delivered'), [scan('2026-11-20 13:00', 'in_transit')]).status).toBe('delivered');
  });

  test('attempts are counted once per failed scan, on top of nothing the shop already counted', () => {
    const failed = [
      scan('2026-11-20 19:00', 'attempt_failed'),
      scan('2026-11-20 19:00', 'attempt_failed', { note: 'again' }),
      scan('2026-11-21 19:00', 'attempt_failed'),
    ];
    expect(after(moving, failed).attempts).toBe(2);
    expect(after({ ...moving, attempts: 1 }, failed.slice(0, 1)).attempts).toBe(1);
    expect(after({ ...moving, attempts: 3 }, failed).attempts).toBe(3);
  });
});

const shopScan = (at: string, status: ShipmentEvent['status']) => scan(at, status, { source: 'shop' });

describe('the shop sends its order again', () => {
  const incoming = shopPart(
    orderWith({
      shipments: [parcel('in_transit', { events: [shopScan('2026-11-20 08:00', 'in_transit')] })],
    }),
  );
  const stored = (...scans: ShipmentEvent[]): Order => ({
    ...orderWith(structuredClone(incoming)),
    shipments: [after(structuredClone(incoming.shipments[0]!), scans)],
  });

  test('unchanged, nothing happens at all', () => {
    const order = stored();
    expect(mergeShopOrder(order, incoming, NOW)).toBe(order);
    const moved = stored(scan('2026-11-22 08:00', 'out_for_delivery'));
    expect(mergeShopOrder(moved, incoming, NOW)).toBe(moved);
  });

  test('the order of fields makes no difference', () => {
    const order = stored();
    const turned = Object.fromEntries(Object.entries(incoming).reverse()) as unknown as ShopOrder;
    expect(mergeShopOrder(order, turned, NOW)).toBe(order);
  });

  test('its own part is replaced, and the change is on record', () => {
    const merged = mergeShopOrder(stored(), { ...incoming, currency: 'USD', meta: { a: 1 } }, NOW);
    expect([merged.currency, merged.meta]).toEqual(['USD', { a: 1 }]);
    expect(merged.history).toEqual([{ at: NOW, what: 'updated', by: 'shop' }]);
  });

  test('a newer scan of the carrier is not undone', () => {
    const order = stored(scan('2026-11-21 13:00', 'delivered'));
    const merged = mergeShopOrder(order, { ...incoming, currency: 'USD' }, NOW);
    expect(merged.shipments[0]).toMatchObject({ status: 'delivered', statusAt: ist('2026-11-21 13:00') });
    expect(merged.shipments[0]?.events).toHaveLength(2);
  });

  test('what the shop says later, or further, counts', () => {
    const order = stored(scan('2026-11-21 08:00', 'out_for_delivery'));
    const says = (change: Partial<Shipment>) =>
      mergeShopOrder(order, { ...incoming, shipments: [{ ...incoming.shipments[0]!, ...change }] }, NOW)
        .shipments[0]!.status;
    const events = [shopScan('2026-11-21 20:00', 'exception')];
    expect(says({ status: 'exception', events, statusAt: events[0]!.at })).toBe('exception');
    expect(says({ status: 'delivered' })).toBe('delivered');
    expect(says({ status: 'packed' })).toBe('out_for_delivery');
  });

  test('its state counts while the carrier has said nothing, also downwards', () => {
    const shipments = [
      { ...incoming.shipments[0]!, status: 'packed' as const, events: [], statusAt: undefined },
    ];
    expect(mergeShopOrder(stored(), { ...incoming, shipments }, NOW).shipments[0]?.status).toBe('packed');
  });

  test('its first word of a delivery is when it arrived', () => {
    const shipments = [{ ...incoming.shipments[0]!, status: 'delivered' as const }];
    const merged = mergeShopOrder(stored(), { ...incoming, shipments }, NOW);
    expect(deliveredAt(merged)).toEqual(NOW);
    const again = mergeShopOrder(merged, { ...incoming, shipments }, ist('2026-11-25 12:00'));
    expect(again).toBe(merged);
  });

  test('requests and corrections in force stay, whatever address it sends', () => {
    const address = { ...incoming.shippingAddress, line1: 'Flat 402', phone: '+919811100002' };
    const correction = (state: 'accepted' | 'rejected' | 'requested', shipmentId?: string) =>
      asked({
        type: 'address_change',
        action: 'update_address',
        state,
        shipmentId,
        address,
        changedFields: ['line1'],
      });
    const line1 = (...requests: ReturnType<typeof correction>[]) => {
      const order = { ...stored(), requests };
      const sent = { ...incoming, shippingAddress: { ...incoming.shippingAddress, line2: 'new' } };
      const merged = mergeShopOrder(order, sent, NOW);
      expect(merged.requests).toEqual(requests);
      expect(merged.shippingAddress).toMatchObject({ line2: 'new', phone: '+919811100001' });
      return merged.shippingAddress.line1;
    };
    expect(line1(correction('accepted', 'S1'))).toBe('Flat 402');
    expect(line1(correction('requested', undefined))).toBe('Flat 402');
    expect(line1(correction('requested', 'S1'))).toBe('Flat 204, Lake View');
    expect(line1(correction('rejected', undefined))).toBe('Flat 204, Lake View');
  });

  test('a changed address leaves the one before in the history', () => {
    const sent = { ...incoming, shippingAddress: { ...incoming.shippingAddress, line1: 'Flat 9' } };
    expect(mergeShopOrder(stored(), sent, NOW).history.at(-1)?.detail).toMatchObject({
      before: { line1: 'Flat 204, Lake View' },
      after: { line1: 'Flat 9' },
    });
  });

  test('a parcel it leaves out is gone, unless the carrier spoke of it or somebody asked something of it', () => {
    const none = { ...incoming, shipments: [] };
    expect(mergeShopOrder(stored(), none, NOW).shipments).toEqual([]);
    expect(mergeShopOrder(stored(way[4]!), none, NOW).shipments).toHaveLength(1);
    const order = { ...stored(), requests: [asked({ type: 'reschedule', date: '2026-11-27' })] };
    expect(mergeShopOrder(order, none, NOW).shipments).toHaveLength(1);
  });

  test('a parcel is known by its tracking number when the shop renames it', () => {
    const order = stored(scan('2026-11-21 13:00', 'delivered'));
    const shipments = [{ ...incoming.shipments[0]!, id: 'PARCEL-1' }];
    const merged = mergeShopOrder(order, { ...incoming, shipments }, NOW);
    expect(merged.shipments.map((s) => [s.id, s.status])).toEqual([['PARCEL-1', 'delivered']]);
    expect(orderState(merged)).toBe('delivered');
  });
});
