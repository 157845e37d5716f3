import type { CarrierEvents, CarrierScan } from '../../core/carrier';
import { signedInBase64 } from '../../core/secrets';
import { parseInstant } from '../../core/zone';
import { kindName } from '../kinds';
import { fields, header, items, said } from '../scan-fields';
import { shopifyFulfilment, shopifyOrder, type ShopPlace } from './orders';
import { STATUSES } from './statuses';

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

const ORDER_TOPICS =
  /^orders\/(create|updated|paid|cancelled|fulfilled|partially_fulfilled|partially_paid)$/i;

/**
 * Shopify's door: base64 HMAC-SHA256 over the raw body. While a secret is being rotated two are accepted, with a comma between. Orders and
 * fulfilments become ours; what came is decided by the topic, and without one by the body itself.
 */
export function shopifyEvents(secret: string, place: ShopPlace): CarrierEvents {
  const secrets = [...new Set([secret, ...secret.split(',').map((part) => part.trim())])].filter(Boolean);
  return {
    name: 'shopify',
    path: '/shopify',
    authenticate: (rawBody, headers) => {
      const signature = header(headers, 'x-shopify-hmac-sha256');
      return secrets.map((each) => signedInBase64(rawBody, signature, each)).includes(true);
    },
    parse: (body) =>
      'line_items' in fields(body) && 'total_price' in fields(body) ? [] : parseShopify(body, place.timeZone),
    shop: (body, headers) => {
      const topic = said(header(headers, 'x-shopify-topic'));
      const isOrder = topic ? ORDER_TOPICS.test(topic) : 'total_price' in fields(body);
      if (isOrder) return shopifyOrder(body, place);
      const isParcel = topic ? /^fulfillments\//i.test(topic) : 'tracking_number' in fields(body);
      return isParcel ? shopifyFulfilment(body, place) : undefined;
    },
    deliveryId: (headers) => said(header(headers, 'x-shopify-webhook-id')),
    kind: (body, headers) =>
      kindName(header(headers, 'x-shopify-topic') ?? 'no topic', fields(body).shipment_status),
  };
}
