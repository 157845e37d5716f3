import { shopifyOrder } from '../../carriers/shopify/orders';
import type { FieldError } from '../../core/errors';
import type { ShopOrder } from '../../core/order';
import type { OrderPlace } from '../../support/order-input';
import type { CsvRow } from './csv';

/** True for the columns of Shopify's order export. */
export function isShopifyExport(names: string[]): boolean {
  return ['Name', 'Financial Status', 'Lineitem name'].every((name) => names.includes(name));
}

/** `2026-11-18 10:00:00 +0530` as ISO 8601. */
function time(text: string | undefined): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}) ?([+-]\d{2}):?(\d{2})$/.exec(text ?? '');
  return found ? `${found[1]}T${found[2]}${found[3]}:${found[4]}` : text;
}

/** Shopify puts an apostrophe before codes that a spreadsheet would take for numbers. */
function code(text: string | undefined): string | undefined {
  return text?.replace(/^'/, '');
}

function addressIn(values: Record<string, string>, kind: 'Shipping' | 'Billing') {
  const of = (name: string) => values[`${kind} ${name}`];
  if (!of('Name') && !of('Address1')) return undefined;
  return {
    name: of('Name'),
    address1: of('Address1') ?? of('Street'),
    address2: of('Address2'),
    company: of('Company'),
    city: of('City'),
    province: of('Province Name') ?? of('Province'),
    zip: code(of('Zip')),
    country_code: of('Country'),
    phone: code(of('Phone')),
  };
}

/**
 * One order of Shopify's export: its first row has the order, every row an item. Parcels are not in the export; a fulfilled order has one
 * without a number, and the shop's webhooks bring the rest. A word the shop said later by webhook stands above the file.
 */
export function orderOfShopify(
  rows: CsvRow[],
  place: OrderPlace,
): { order?: ShopOrder; errors?: FieldError[] } {
  const values = rows[0]?.values ?? {};
  const times = ['Created at', 'Paid at', 'Fulfilled at', 'Cancelled at'].flatMap(
    (name) => time(values[name]) ?? [],
  );
  const newest = [...times].sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
  const items = rows.map(({ values: row }) => ({
    sku: row['Lineitem sku'] ?? row['Lineitem name'],
    name: row['Lineitem name'],
    quantity: Number(row['Lineitem quantity'] ?? 1),
    price: row['Lineitem price'],
  }));
  const sent = values['Fulfillment Status'] === 'fulfilled';
  const read = shopifyOrder(
    {
      name: values.Name,
      id: values.Id,
      created_at: time(values['Created at']),
      updated_at: newest,
      cancelled_at: time(values['Cancelled at']),
      currency: values.Currency,
      total_price: values.Total,
      total_outstanding: values['Outstanding Balance'],
      financial_status: values['Financial Status'],
      payment_gateway_names: [values['Payment Method']],
      email: values.Email,
      phone: code(values.Phone),
      shipping_address: addressIn(values, 'Shipping'),
      billing_address: addressIn(values, 'Billing'),
      line_items: items,
      fulfillments: sent ? [{ id: 'export', status: 'success', line_items: items }] : [],
    },
    place,
  );
  if (read && 'order' in read) return { order: read.order };
  const missing = ['Name', 'Created at', 'Currency', 'Total'].filter((name) => !values[name]);
  return {
    errors: missing.length
      ? missing.map((field) => ({ field, message: 'is required' }))
      : [{ field: 'Created at', message: 'or another column cannot be read' }],
  };
}
