import type { CarrierEvents } from '../core/carrier';
import { aftershipEvents } from './aftership';
import { delhiveryEvents } from './delhivery';
import { shiprocketEvents } from './shiprocket/events';
import { shopifyEvents } from './shopify';

/** The doors whose secret is set; the others stay closed and answer 404. */
export function carrierDoors(
  secrets: { shiprocket?: string; delhivery?: string; aftership?: string; shopify?: string },
  timeZone: string,
): CarrierEvents[] {
  const { shiprocket, delhivery, aftership, shopify } = secrets;
  return [
    ...(shiprocket ? [shiprocketEvents(shiprocket)] : []),
    ...(delhivery ? [delhiveryEvents(delhivery)] : []),
    ...(aftership ? [aftershipEvents(aftership, timeZone)] : []),
    ...(shopify ? [shopifyEvents(shopify, timeZone)] : []),
  ];
}
