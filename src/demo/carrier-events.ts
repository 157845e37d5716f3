import { AppError } from '../core/errors';
import type { Order, Shipment, ShipmentEvent } from '../core/order';
import { offsetMinutes } from '../core/zone';

/** What a visitor can make the carrier say. */
export const CARRIER_MOVES = [
  'packed',
  'on_the_way',
  'out_for_delivery',
  'attempt_failed',
  'wrong_address',
  'refused',
  'delivered',
  'late_repeat',
  'out_of_order',
] as const;
export type CarrierMove = (typeof CARRIER_MOVES)[number];

interface Scan {
  label: string;
  /** Number in the carrier's table of shipments. */
  shipment: number;
  /** Number in its table of orders, which counts differently. */
  order: number;
  code: string;
  activity: string;
}

/** Status numbers of Shiprocket's two tables; both go into every event. */
const SCANS: Record<Exclude<CarrierMove, 'late_repeat' | 'out_of_order'>, Scan> = {
  packed: {
    label: 'MANIFEST GENERATED',
    shipment: 5,
    order: 5,
    code: 'X-UCI',
    activity: 'Manifested - Packed and labelled',
  },
  on_the_way: {
    label: 'IN TRANSIT',
    shipment: 18,
    order: 20,
    code: 'X-IBD',
    activity: 'In Transit - Bag received at hub',
  },
  out_for_delivery: {
    label: 'OUT FOR DELIVERY',
    shipment: 17,
    order: 19,
    code: 'X-DDD',
    activity: 'Dispatched - Out for delivery',
  },
  attempt_failed: {
    label: 'UNDELIVERED',
    shipment: 21,
    order: 36,
    code: 'EOD-74',
    activity: 'Pending - Consignee unavailable',
  },
  wrong_address: {
    label: 'UNDELIVERED',
    shipment: 21,
    order: 36,
    code: 'EOD-11',
    activity: 'Pending - Consignee address incomplete',
  },
  refused: {
    label: 'UNDELIVERED',
    shipment: 21,
    order: 36,
    code: 'EOD-6',
    activity: 'Pending - Consignee refused to accept',
  },
  delivered: {
    label: 'DELIVERED',
    shipment: 7,
    order: 7,
    code: 'EOD-38',
    activity: 'Delivered to consignee',
  },
};

/** The carrier writes its country's time without a zone. */
const CARRIER_ZONE = 'Asia/Kolkata';

function carrierTime(at: Date): string {
  const local = new Date(at.getTime() + offsetMinutes(at, CARRIER_ZONE) * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

function header(at: Date): string {
  const [day = '', time = ''] = carrierTime(at).split(' ');
  return `${day.split('-').reverse().join(' ')} ${time}`;
}

const LABELS: Partial<Record<ShipmentEvent['status'], Scan>> = {
  packed: SCANS.packed,
  in_transit: SCANS.on_the_way,
  out_for_delivery: SCANS.out_for_delivery,
  attempt_failed: SCANS.attempt_failed,
  delivered: SCANS.delivered,
};

function payload(
  order: Order,
  shipment: Shipment,
  scan: Scan,
  at: Date,
  city: string,
): Record<string, unknown> {
  const earlier = shipment.events.slice(-2).flatMap((event) => {
    const known = LABELS[event.status];
    return known && event.at < at ? [line(known, event.at, event.location ?? city)] : [];
  });
  return {
    awb: shipment.trackingNumber,
    courier_name: shipment.carrier,
    current_status: scan.label,
    current_status_id: scan.order,
    shipment_status: scan.label,
    shipment_status_id: scan.shipment,
    current_timestamp: header(at),
    order_id: order.orderNumber,
    etd: shipment.estimatedDelivery ? `${shipment.estimatedDelivery} 20:00:00` : '',
    scans: [...earlier, line(scan, at, city)],
    is_return: 0,
  };
}

function line(scan: Scan, at: Date, location: string): Record<string, string> {
  return {
    date: carrierTime(at),
    status: scan.code,
    activity: scan.activity,
    location,
    'sr-status': String(scan.shipment),
    'sr-status-label': scan.label,
  };
}

/** The carrier writes whole seconds: a new scan is later than every one before it. */
function nextMoment(shipment: Shipment, now: Date): Date {
  const last = shipment.events.at(-1)?.at.getTime() ?? 0;
  return new Date(Math.max(Math.floor(now.getTime() / 1000) * 1000, Math.floor(last / 1000) * 1000 + 1000));
}

/**
 * The body the carrier would post for this move of a parcel, in Shiprocket's form. `late_repeat` says again what is known already, with its old
 * time; `out_of_order` brings a scan of yesterday after today's. Refuses a parcel without a tracking number.
 */
export function carrierEvent(
  order: Order,
  shipment: Shipment,
  move: CarrierMove,
  now: Date,
): Record<string, unknown> {
  if (!shipment.trackingNumber) {
    throw new AppError('rule_refused', 'this parcel has no tracking number yet');
  }
  const city = `${order.shippingAddress.city} (${order.shippingAddress.state})`;
  const last = shipment.events.at(-1);
  if (move === 'late_repeat') {
    const known = last && LABELS[last.status];
    if (!last || !known)
      throw new AppError('rule_refused', 'the carrier has said nothing yet to be repeated');
    return payload(order, shipment, known, last.at, last.location ?? city);
  }
  if (move === 'out_of_order') {
    const before = new Date((last?.at ?? now).getTime() - 24 * 3_600_000);
    return payload(order, shipment, SCANS.on_the_way, before, city);
  }
  return payload(order, shipment, SCANS[move], nextMoment(shipment, now), city);
}
