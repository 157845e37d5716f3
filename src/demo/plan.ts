import type { ShipmentStatus } from '../core/order';
import type { Product } from './catalogue';

/** A scan: days before today (0 with the share of today that has passed), status, place, note. */
export type PlannedScan = [daysAgo: number, status: ShipmentStatus, location?: string, note?: string];

/** A parcel of a planned order. Days are relative to today; negative is in the past. */
export interface PlannedParcel {
  products: Product[];
  status?: ShipmentStatus;
  carrier: 'Delhivery' | 'Blue Dart' | 'Ecom Express';
  scans: PlannedScan[];
  promised?: number;
  expected?: number;
  attempts?: number;
}

/** One order of the demo, relative to today. */
export interface PlannedOrder {
  number: string;
  /** Key of a demo customer, or an index into the other customers. */
  who: string | number;
  placedDaysAgo: number;
  products: [Product, number][];
  cod?: boolean;
  payment?: 'pending' | 'paid' | 'refunded' | 'partially_refunded';
  parcels: PlannedParcel[];
}

/** Why parcels are late this week. */
export const RAIN = 'Held at the hub: heavy rain, vehicles delayed';

/** The journey of a parcel up to and including `last`, with believable places. */
export function way(from: string, to: string, startDaysAgo: number, last: ShipmentStatus): PlannedScan[] {
  const steps: PlannedScan[] = [
    [startDaysAgo, 'packed', `${from} warehouse`, 'Packed and labelled'],
    [startDaysAgo - 0.6, 'shipped', `${from} warehouse`, 'Picked up by the courier'],
    [Math.max(startDaysAgo - 1.4, 0.3), 'in_transit', `${to} hub`, 'Bag received at the hub'],
    [Math.max(startDaysAgo - 2.2, 0), 'out_for_delivery', `${to}`, 'Out for delivery'],
    [Math.max(startDaysAgo - 2.4, 0), 'delivered', `${to}`, 'Delivered to the customer'],
  ];
  return steps.slice(0, steps.findIndex((step) => step[1] === last) + 1);
}
