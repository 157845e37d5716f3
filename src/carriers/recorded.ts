import type { CarrierPort } from '../core/carrier';
import { httpCarrier } from './http-driver';

/**
 * The carrier of a configuration. Undefined without `CARRIER_API_URL`: nobody is asked, so nothing may claim that somebody was.
 * The instruction stays `requested` on the desk's list and in exports until a person settles it.
 */
export function carrierFor(settings: { url?: string; token?: string }): CarrierPort | undefined {
  return settings.url && settings.token
    ? httpCarrier({ url: settings.url, token: settings.token })
    : undefined;
}
