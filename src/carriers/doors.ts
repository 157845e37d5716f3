import type { CarrierEvents } from '../core/carrier';
import { aftershipEvents } from './aftership';
import { delhiveryEvents } from './delhivery/events';
import { shiprocketEvents } from './shiprocket/events';
import { shopifyEvents } from './shopify/events';
import type { ShopPlace } from './shopify/orders';

/** The doors whose secret is set; the others stay closed and answer 404. */
export function carrierDoors(
  secrets: { shiprocket?: string; delhivery?: string; aftership?: string; shopify?: string },
  place: ShopPlace,
): CarrierEvents[] {
  const { shiprocket, delhivery, aftership, shopify } = secrets;
  return [
    ...(shiprocket ? [shiprocketEvents(shiprocket)] : []),
    ...(delhivery ? [delhiveryEvents(delhivery)] : []),
    ...(aftership ? [aftershipEvents(aftership, place.timeZone)] : []),
    ...(shopify ? [shopifyEvents(shopify, place)] : []),
  ];
}
