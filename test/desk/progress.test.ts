import type { Order, Shipment, ShipmentStatus } from '../../src/core/order';
import { lateness, parcelSteps } from '../../src/desk/progress';
import { shopOrder } from './desk-kit';

const ZONE = 'Asia/Kolkata';
const order = { ...shopOrder('DS-1'), requests: [], history: [], version: 1, updatedAt: new Date() } as Order;
const at = (day: string) => new Date(`${day}T06:00:00Z`);

function shipment(status: ShipmentStatus, more: Partial<Shipment> = {}): Shipment {
  return { id: 'S1', carrier: 'delhivery', status, skus: [], attempts: 0, events: [], ...more };
}

describe('the drawn way of a parcel', () => {
  it.each<[ShipmentStatus, string]>([
    ['pending', 'current todo todo todo todo'],
    ['packed', 'done current todo todo todo'],
    ['in_transit', 'done done current todo todo'],
    ['out_for_delivery', 'done done done current todo'],
    ['attempt_failed', 'done done done problem todo'],
    ['delivered', 'done done done done done'],
    ['exception', 'done done problem todo todo'],
    ['cancelled', 'done todo todo todo problem'],
  ])('%s', (status, states) => {
    expect(
      parcelSteps(order, shipment(status))
        .map(({ state }) => state)
        .join(' '),
    ).toBe(states);
  });

  it('carries the last scan of each step as its date', () => {
    const events = (['packed', 'shipped', 'in_transit', 'out_for_delivery'] as const).map((status, n) => ({
      at: at(`2026-11-2${n}`),
      status,
    }));
    const steps = parcelSteps(order, shipment('out_for_delivery', { events }));
    expect(steps.map((step) => step.at?.slice(0, 10))).toEqual([
      '2026-11-15',
      '2026-11-20',
      '2026-11-22',
      '2026-11-23',
      undefined,
    ]);
  });
});

describe('lateness in words', () => {
  it.each([
    [
      'on time',
      shipment('in_transit', { promisedBy: '2026-11-24', estimatedDelivery: '2026-11-24' }),
      undefined,
    ],
    ['no promise', shipment('in_transit', { estimatedDelivery: '2026-11-24' }), undefined],
    ['delivered', shipment('delivered', { promisedBy: '2026-11-20' }), undefined],
    [
      'will be late',
      shipment('in_transit', { promisedBy: '2026-11-24', estimatedDelivery: '2026-11-25' }),
      'Expected Wed 25 Nov, 1 day after the promised Tue 24 Nov',
    ],
    [
      'is late already, estimate passed',
      shipment('in_transit', { promisedBy: '2026-11-20', estimatedDelivery: '2026-11-21' }),
      'Late: 2 days after the promised Fri 20 Nov',
    ],
    [
      'with the reason the carrier gave',
      shipment('exception', {
        promisedBy: '2026-11-20',
        events: [{ at: at('2026-11-19'), status: 'exception', note: 'Truck broke down' }],
      }),
      'Late: 2 days after the promised Fri 20 Nov. Carrier: Truck broke down',
    ],
  ])('%s', (_name, parcel, words) => {
    expect(lateness(parcel, at('2026-11-22'), ZONE)).toBe(words);
  });
});
