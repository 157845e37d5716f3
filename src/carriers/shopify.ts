import type { CarrierEvents, CarrierScan } from '../core/carrier';
import type { ShipmentStatus } from '../core/order';
import { signedInBase64 } from '../core/secrets';
import { parseInstant } from '../core/zone';
import { fields, header, items, said } from './scan-fields';

/** Fulfilments: `shipment_status` follows the parcel; `status` is only about the shop's own work and says nothing here. */
const STATUSES: Record<string, ShipmentStatus> = {
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

/** Reads a fulfilment event of Shopify. Its ids are larger than JSON numbers hold exactly, so only tracking numbers are used. */
export function parseShopify(body: unknown, zone: string): CarrierScan[] {
  const fulfilment = fields(body);
  const status = STATUSES[said(fulfilment.shipment_status) ?? ''];
  const at = parseInstant(said(fulfilment.updated_at) ?? '', zone);
  if (!status || !at) return [];
  const numbers = [...items(fulfilment.tracking_numbers), fulfilment.tracking_number].flatMap(
    (number) => said(number) ?? [],
  );
  return [...new Set(numbers)].map((trackingNumber) => ({
    trackingNumber,
    event: { at, status, source: 'shopify' },
  }));
}

/** Shopify's door: base64 HMAC-SHA256 over the raw body. While a secret is being rotated two are accepted, with a comma between. */
export function shopifyEvents(secret: string, zone: string): CarrierEvents {
  const secrets = [...new Set([secret, ...secret.split(',').map((part) => part.trim())])].filter(Boolean);
  return {
    name: 'shopify',
    path: '/shopify',
    authenticate: (rawBody, headers) => {
      const signature = header(headers, 'x-shopify-hmac-sha256');
      return secrets.map((each) => signedInBase64(rawBody, signature, each)).includes(true);
    },
    parse: (body) => parseShopify(body, zone),
  };
}
