import type { ShipmentStatus } from '../../core/order';

function table(groups: Partial<Record<ShipmentStatus, number[]>>): Map<number, ShipmentStatus> {
  return new Map(
    Object.entries(groups).flatMap(([status, ids]) =>
      ids.map((id) => [id, status as ShipmentStatus] as const),
    ),
  );
}

/**
 * Shiprocket's shipment table: `shipment_status_id`, and `sr-status` of a scan. Here 15 is a new pick-up date, 19 is out for
 * PICK-UP and 20 a failed pick-up: nothing has left the shop yet.
 * Source: Shiprocket's API help, "shipment status codes".
 */
export const SHIPMENT_TABLE = table({
  packed: [1, 2, 3, 4, 5, 13, 15, 19, 20, 27, 52, 59, 60, 61, 62, 63, 67, 68],
  shipped: [6, 42, 51],
  in_transit: [18, 22, 38, 48, 49, 50, 54, 55, 56, 57],
  out_for_delivery: [17],
  attempt_failed: [21],
  delivered: [7],
  rto_initiated: [9, 40, 41, 46, 75, 78],
  rto_delivered: [10, 14],
  cancelled: [8, 45],
  lost: [12, 24, 44],
  exception: [23, 25, 39, 47, 71, 72, 76, 77],
});

/**
 * Shiprocket's order table: `current_status_id` only. The same numbers mean other things than above: 15 return to origin, 19
 * out for DELIVERY, 20 in transit. Used only where the shipment table says nothing.
 */
export const ORDER_TABLE = table({
  shipped: [6, 51],
  in_transit: [20],
  out_for_delivery: [19],
  attempt_failed: [36],
  delivered: [7],
  rto_initiated: [15],
});
