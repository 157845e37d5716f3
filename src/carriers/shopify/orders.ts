import type { ShopNews } from '../../core/carrier';
import type { Address, OrderItem, Shipment, ShipmentStatus, ShopOrder } from '../../core/order';
import { parseInstant } from '../../core/zone';
import { toE164 } from '../../support/phone';
import { fields, items, said } from '../scan-fields';
import { STATUSES } from './statuses';

type Json = Record<string, unknown>;

/** What is needed to read times without a zone and phones without a country. */
export interface ShopPlace {
  timeZone: string;
  /** ISO 3166 alpha-2. */
  country: string;
}

/** Shopify's `#1001` is the order number its customers know, without the sign. */
function numberOf(name: unknown): string | undefined {
  const text = said(name)?.replace(/^#/, '').trim();
  return text && text.length <= 64 ? text : undefined;
}

/** Ids are larger than JSON numbers hold; their form as text ends in the exact number. */
function idOf(raw: Json): string | undefined {
  return said(raw.admin_graphql_api_id)?.split('/').at(-1) ?? said(raw.id);
}

function money(value: unknown): string | undefined {
  const text = said(value);
  return text && /^\d{1,12}(\.\d{1,4})?$/.test(text) ? text : undefined;
}

function nameOf(raw: Json): string | undefined {
  return said(raw.name) ?? said([said(raw.first_name), said(raw.last_name)].filter(Boolean).join(' '));
}

function phoneIn(sources: Json[], country: string): string {
  for (const { phone } of sources) {
    const found = said(phone);
    const e164 = found && toE164(found, country);
    if (e164) return e164;
  }
  return '';
}

function itemOf(raw: unknown): OrderItem {
  const line = fields(raw);
  const current = typeof line.current_quantity === 'number' ? line.current_quantity : line.quantity;
  return {
    sku: said(line.sku) ?? `line-${idOf(line) ?? '0'}`,
    name: said(line.name) ?? said(line.title) ?? 'Item',
    quantity: typeof current === 'number' && Number.isInteger(current) ? Math.max(0, current) : 1,
    unitPrice: money(line.price) ?? '0.00',
    ...(said(line.product_type) ? { category: said(line.product_type) } : {}),
    returnable: line.gift_card !== true,
  };
}

/** Removed lines stay in Shopify's list with nothing left of them. */
function goodsOf(order: Json): OrderItem[] {
  const all = items(order.line_items).map(itemOf);
  const left = all.filter((item) => item.quantity > 0);
  return left.length > 0 ? left : all.map((item) => ({ ...item, quantity: 1 }));
}

function statusOf(fulfilment: Json): ShipmentStatus {
  const moved = STATUSES[said(fulfilment.shipment_status) ?? ''];
  const work = said(fulfilment.status);
  if (work === 'cancelled' || work === 'error' || work === 'failure') return 'cancelled';
  return moved ?? (work === 'success' ? 'shipped' : 'pending');
}

/** A fulfilment as a parcel. Its state has no time of its own, so what carriers have said since stands above it. */
function shipmentOf(raw: unknown): Shipment | undefined {
  const fulfilment = fields(raw);
  const id = idOf(fulfilment);
  if (!id) return undefined;
  const status = statusOf(fulfilment);
  const trackingNumber = said(fulfilment.tracking_number) ?? said(items(fulfilment.tracking_numbers)[0]);
  const link = said(fulfilment.tracking_url) ?? said(items(fulfilment.tracking_urls)[0]);
  return {
    id,
    carrier: said(fulfilment.tracking_company) ?? 'courier',
    ...(trackingNumber ? { trackingNumber } : {}),
    ...(link && /^https?:\/\/\S+$/.test(link) ? { trackingUrl: link } : {}),
    status,
    skus: [...new Set(items(fulfilment.line_items).map((line) => itemOf(line).sku))],
    attempts: status === 'attempt_failed' ? 1 : 0,
    events: [],
  };
}

function paymentOf(order: Json): ShopOrder['payment'] | undefined {
  const gateways = items(order.payment_gateway_names).map((name) => said(name) ?? '');
  const cod = gateways.some((name) => /\bcod\b|cash on delivery/i.test(name));
  const state = said(order.financial_status) ?? 'pending';
  const status = (
    {
      paid: 'paid',
      refunded: 'refunded',
      voided: 'refunded',
      partially_refunded: 'partially_refunded',
    } as const
  )[state];
  const total = money(order.total_price);
  const due = cod && !status ? money(order.total_outstanding) : undefined;
  const amount = due && Number(due) > 0 ? due : total;
  if (!amount) return undefined;
  return { method: cod ? 'cod' : 'prepaid', status: status ?? 'pending', total: amount };
}

function addressOf(order: Json, buyer: { name: string; phone: string }, place: ShopPlace): Address {
  const to = fields(order.shipping_address ?? order.billing_address);
  const code = said(to.country_code)?.toUpperCase();
  const country = code && /^[A-Z]{2}$/.test(code) ? code : place.country;
  const line2 = said([said(to.company), said(to.address2)].filter(Boolean).join(', '));
  return {
    name: nameOf(to) ?? buyer.name,
    phone: phoneIn([to], country) || buyer.phone,
    line1: said(to.address1) ?? '',
    ...(line2 ? { line2 } : {}),
    city: said(to.city) ?? '',
    state: said(to.province) ?? '',
    postalCode: (said(to.zip) ?? '').replace(country === 'IN' ? /\s/g : /\s+/g, country === 'IN' ? '' : ' '),
    country,
  };
}

function withCancelled(shipments: Shipment[]): Shipment[] {
  const gone = (one: Shipment) => !['pending', 'packed', 'cancelled'].includes(one.status);
  if (shipments.some(gone)) return shipments;
  if (shipments.length > 0) return shipments.map((one) => ({ ...one, status: 'cancelled' }));
  // An order without a parcel counts as being prepared; one that never leaves says that it is cancelled.
  return [{ id: 'none', carrier: 'none', status: 'cancelled', skus: [], attempts: 0, events: [] }];
}

/** Reads an order as Shopify posts it; undefined when it lacks what an order must have (name, time, amount, items). */
export function shopifyOrder(body: unknown, place: ShopPlace): ShopNews | undefined {
  const raw = fields(body);
  const orderNumber = numberOf(raw.name);
  const placedAt = parseInstant(said(raw.processed_at) ?? said(raw.created_at) ?? '', place.timeZone);
  const sourceAt = parseInstant(said(raw.updated_at) ?? '', place.timeZone);
  const payment = paymentOf(raw);
  const currency = said(raw.currency)?.toUpperCase();
  const goods = goodsOf(raw);
  if (!orderNumber || !placedAt || !sourceAt || !payment || goods.length === 0) return undefined;
  if (!currency || !/^[A-Z]{3}$/.test(currency)) return undefined;
  const customer = fields(raw.customer);
  const [shipping, billing] = [fields(raw.shipping_address), fields(raw.billing_address)];
  const email = (said(raw.email) ?? said(raw.contact_email) ?? said(customer.email))?.toLowerCase();
  const locale = said(raw.customer_locale);
  const phones = [raw, customer, shipping, billing, fields(customer.default_address)];
  const buyer = {
    name: nameOf(customer) ?? nameOf(shipping) ?? nameOf(billing) ?? 'Customer',
    phone: phoneIn(phones, said(shipping.country_code) ?? place.country),
  };
  const cancelled = said(raw.cancelled_at) !== undefined;
  const shipments = items(raw.fulfillments).flatMap((one) => shipmentOf(one) ?? []);
  const order: ShopOrder = {
    orderNumber,
    placedAt,
    currency,
    customer: {
      ...buyer,
      ...(email && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? { email } : {}),
      ...(locale ? { locale } : {}),
    },
    payment,
    items: goods,
    shippingAddress: addressOf(raw, buyer, place),
    shipments: cancelled ? withCancelled(shipments) : shipments,
    meta: { shopify: { id: idOf(raw) } },
    sourceAt,
  };
  return { order, cancelled };
}

/** Reads a fulfilment as Shopify posts it alone. It is named after its order: `#1001.1` is a parcel of `#1001`. */
export function shopifyFulfilment(body: unknown, place: ShopPlace): ShopNews | undefined {
  const raw = fields(body);
  const orderNumber = numberOf(said(raw.name)?.replace(/\.\d+$/, ''));
  const sourceAt = parseInstant(said(raw.updated_at) ?? '', place.timeZone);
  const shipment = shipmentOf(raw);
  return orderNumber && sourceAt && shipment ? { orderNumber, shipment, sourceAt } : undefined;
}
