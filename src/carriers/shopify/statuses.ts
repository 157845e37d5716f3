import type { ShipmentStatus } from '../../core/order';

/** A fulfilment's `shipment_status` follows the parcel; its `status` is only about the shop's own work. */
export const STATUSES: Record<string, ShipmentStatus> = {
  label_printed: 'packed',
  label_purchased: 'packed',
  confirmed: 'packed',
  picked_up: 'shipped',
  in_transit: 'in_transit',
  ready_for_pickup: 'in_transit',
  out_for_delivery: 'out_for_delivery',
  attempted_delivery: 'attempt_failed',
  delivered: 'delivered',
  failure: 'exception',
};
