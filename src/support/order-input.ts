import type { FieldError } from '../core/errors';
import {
  SHIPMENT_STATUSES,
  type Address,
  type OrderItem,
  type Shipment,
  type ShipmentEvent,
  type ShopOrder,
} from '../core/order';
import { FieldReader, isObject } from './fields';

export { orderToApi, returnToApi } from './order-api';

/** What is needed to read times without a zone and phones without a country. */
export interface OrderPlace {
  timeZone: string;
  /** ISO 3166 alpha-2. */
  country: string;
}

export type ParsedOrder = { ok: true; order: ShopOrder } | { ok: false; errors: FieldError[] };

/** Most entries of each list; far above any real order. */
const MAX = { items: 1000, shipments: 200, events: 1000 };
/** Fields of the answer that shops send back unchanged; they are ours and never read. */
const OURS = ['requests', 'history', 'version', 'updatedAt', 'state'];

interface Extras {
  [name: string]: unknown;
}

function address(reader: FieldReader, customer: { name: string; phone: string }): Address {
  const found: Address = {
    name: reader.optionalText('name') ?? customer.name,
    phone: reader.phone('phone', customer.phone || undefined),
    line1: reader.text('line1'),
    city: reader.text('city'),
    state: reader.text('state'),
    postalCode: reader.text('postalCode', 20).replace(/\s+/g, ' '),
    country: country(reader),
  };
  const line2 = reader.optionalText('line2');
  const landmark = reader.optionalText('landmark');
  if (line2) found.line2 = line2;
  if (landmark) found.landmark = landmark;
  if (found.country === 'IN') found.postalCode = found.postalCode.replace(/\s/g, '');
  return found;
}

function country(reader: FieldReader): string {
  const code = reader.optionalText('country', 60) ?? reader.place.country;
  if (/^[a-z]{2}$/i.test(code)) return code.toUpperCase();
  reader.fault('country', 'must be a two-letter ISO 3166 code');
  return reader.place.country;
}

function item(reader: FieldReader): OrderItem {
  const category = reader.optionalText('category');
  return {
    sku: reader.identifier('sku', 200),
    name: reader.text('name', 500),
    quantity: reader.integer('quantity', { min: 1, max: 1_000_000 }),
    unitPrice: reader.money('unitPrice'),
    ...(category ? { category } : {}),
    returnable: reader.flag('returnable', true),
  };
}

function event(reader: FieldReader): ShipmentEvent {
  const location = reader.optionalText('location');
  const note = reader.optionalText('note', 1000);
  return {
    at: reader.time('at'),
    status: reader.oneOf('status', SHIPMENT_STATUSES),
    ...(location ? { location } : {}),
    ...(note ? { note } : {}),
    source: reader.optionalText('source', 60) ?? 'shop',
  };
}

function shipment(
  reader: FieldReader,
  extras: (reader: FieldReader, name: string, i: number) => void,
): Shipment {
  const events = reader.objects('events', { required: false, max: MAX.events });
  const scans = events.map(event).sort((a, b) => a.at.getTime() - b.at.getTime());
  events.forEach((one, i) => extras(one, 'events', i));
  const found: Shipment = {
    id: reader.identifier('id'),
    carrier: reader.text('carrier', 100),
    status: reader.oneOf('status', SHIPMENT_STATUSES),
    skus: reader.texts('skus'),
    attempts: reader.integer('attempts', { min: 0, max: 1000, otherwise: 0 }),
    events: scans,
  };
  const failed = scans.filter((scan) => scan.status === 'attempt_failed').length;
  found.attempts = Math.max(found.attempts, failed);
  const last = scans.at(-1);
  if (last) found.statusAt = last.at;
  const optional = {
    trackingNumber: reader.optionalText('trackingNumber', 100),
    trackingUrl: reader.optionalUrl('trackingUrl'),
    promisedBy: reader.optionalDay('promisedBy'),
    estimatedDelivery: reader.optionalDay('estimatedDelivery'),
  };
  reader.ignore('statusAt');
  return Object.assign(found, defined(optional));
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function customer(reader: FieldReader): ShopOrder['customer'] {
  const found = { name: reader.text('name'), phone: reader.phone('phone') };
  const email = reader.optionalEmail('email');
  const locale = reader.optionalText('locale', 35);
  return { ...found, ...defined({ email, locale }) };
}

function payment(reader: FieldReader): ShopOrder['payment'] {
  return {
    method: reader.oneOf('method', ['prepaid', 'cod'] as const),
    status: reader.oneOf('status', ['pending', 'paid', 'refunded', 'partially_refunded'] as const),
    total: reader.money('total'),
  };
}

function currency(reader: FieldReader): string {
  const code = reader.text('currency', 60).toUpperCase();
  if (code && !/^[A-Z]{3}$/.test(code)) reader.fault('currency', 'must be a three-letter ISO 4217 code');
  return code;
}

function repeated(reader: FieldReader, name: string, key: string, values: string[]): void {
  values.forEach((value, i) => {
    if (value && values.indexOf(value) < i) reader.fault(`${name}[${i}].${key}`, 'is there twice');
  });
}

/**
 * Reads the shop's order document. Answers every bad field at once, named as the sender wrote it. Null counts as absent; extra fields are
 * kept under `meta`, those of parts under their own names there (`meta.items.0.colour`). Any shape of order number is accepted.
 */
export function parseShopOrder(input: unknown, place: OrderPlace): ParsedOrder {
  if (!isObject(input)) return { ok: false, errors: [{ field: '', message: 'must be an order object' }] };
  const errors: FieldError[] = [];
  const reader = new FieldReader(input, '', place, errors);
  const meta: Extras = {};
  const keep = (part: FieldReader, name: string, i?: number) => {
    const extras = part.extras();
    if (!extras) return;
    if (i === undefined) meta[name] = extras;
    else meta[name] = { ...(meta[name] as Extras | undefined), [String(i)]: extras };
  };
  const orderNumber = reader.identifier('orderNumber');
  const placedAt = reader.time('placedAt');
  const money = currency(reader);
  const parts = { customer: reader.object('customer'), payment: reader.object('payment') };
  const buyer = customer(parts.customer);
  const paid = payment(parts.payment);
  const items = reader.objects('items', { required: true, max: MAX.items });
  const goods = items.map(item);
  const to = reader.object('shippingAddress');
  const place1 = address(to, buyer);
  const parcels = reader.objects('shipments', { required: false, max: MAX.shipments });
  const shipments = parcels.map((one, p) =>
    shipment(one, (scan, name, i) => keep(scan, `shipments_${p}_${name}`, i)),
  );
  repeated(
    reader,
    'shipments',
    'id',
    shipments.map((one) => one.id),
  );
  const own = reader.take('meta');
  if (own !== undefined && !isObject(own)) reader.fault('meta', 'must be an object');
  reader.ignore(...OURS);
  keep(parts.customer, 'customer');
  keep(parts.payment, 'payment');
  keep(to, 'shippingAddress');
  items.forEach((one, i) => keep(one, 'items', i));
  parcels.forEach((one, i) => keep(one, 'shipments', i));
  const given = isObject(own) ? new FieldReader(own, 'meta', place, []).extras() : undefined;
  const all = { ...given, ...reader.extras(), ...meta };
  if (errors.length > 0) return { ok: false, errors };
  const order: ShopOrder = {
    orderNumber,
    placedAt,
    currency: money,
    customer: buyer,
    payment: paid,
    items: goods,
    shippingAddress: place1,
    shipments,
    ...(Object.keys(all).length > 0 ? { meta: all } : {}),
  };
  return { ok: true, order };
}
