import { AppError } from '../../core/errors';

/** A row of a CSV file by its column names, with the line it begins on. */
export interface CsvRow {
  line: number;
  values: Record<string, string>;
}

/** Splits CSV (RFC 4180: quotes, doubled quotes, line breaks inside quotes; comma or semicolon) into cells with their first line. */
export function csvCells(text: string, separator: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let begun = 1;
  const endRow = () => {
    row.push(cell);
    if (row.some((value) => value.trim() !== '')) rows.push({ line: begun, cells: row });
    row = [];
    cell = '';
    begun = line;
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\n') line += 1;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === separator) {
      row.push(cell);
      cell = '';
    } else if (char === '\n') endRow();
    else if (char !== '\r') cell += char;
  }
  if (quoted) throw new AppError('malformed', `a quotation mark opened on line ${begun} is never closed`);
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

/** Comma or semicolon, by which comes first in the line of column names. */
export function csvSeparator(head: string): string {
  return /^[^\n,]*;/.test(head) ? ';' : ',';
}

/** A row's cells by the names of their columns; empty cells are left out. */
export function csvValues(names: string[], cells: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name, index) => {
      const value = cells[index]?.trim();
      return name && value ? [[name, value] as const] : [];
    }),
  );
}

/** Reads CSV with a line of column names; empty cells are left out. */
export function readCsv(text: string): CsvRow[] {
  const plain = text.replace(/^\uFEFF/, '');
  const [head, ...rows] = csvCells(plain, csvSeparator(plain));
  if (!head) throw new AppError('malformed', 'the file is empty');
  const names = head.cells.map((name) => name.trim());
  return rows.map(({ line, cells }) => ({ line, values: csvValues(names, cells) }));
}

type Json = Record<string, unknown>;

function put(target: Json, path: string[], value: unknown): void {
  const [name = '', ...rest] = path;
  // Names every object has already are nobody's columns.
  if (name in Object.prototype) return;
  if (rest.length === 0) target[name] = value;
  else put((target[name] ??= {}) as Json, rest, value);
}

const NUMBERS = /\.(quantity|attempts)$/;

function valueOf(column: string, text: string): unknown {
  if (NUMBERS.test(column) && /^\d+$/.test(text)) return Number(text);
  if (column.endsWith('.returnable')) return /^(true|yes|1)$/i.test(text);
  return column.endsWith('.skus') ? text.split(/[ |]+/).filter(Boolean) : text;
}

/** The parts of one row: the order's own fields, its item, its parcel. */
function partsOf(values: Record<string, string>): { order: Json; item: Json; shipment: Json } {
  const parts = { order: {}, item: {}, shipment: {} };
  for (const [column, text] of Object.entries(values)) {
    const [first = '', ...rest] = column.split('.');
    const value = valueOf(column, text);
    if ((first === 'item' || first === 'items') && rest.length > 0) put(parts.item, rest, value);
    else if ((first === 'shipment' || first === 'shipments') && rest.length > 0)
      put(parts.shipment, rest, value);
    else put(parts.order, column.split('.'), value);
  }
  return parts;
}

/**
 * Orders from the rows of a CSV file: columns are named as in the order document with dots (`customer.phone`, `shippingAddress.city`), an item
 * is `item.sku`, `item.name`…, a parcel `shipment.id`, `shipment.status`…. Rows of one order number stand for its items and parcels.
 */
export function ordersOfCsv(rows: CsvRow[]): { line: number; value: Json }[] {
  const orders = new Map<string, { line: number; value: Json & { items: Json[]; shipments: Json[] } }>();
  for (const { line, values } of rows) {
    const { order, item, shipment } = partsOf(values);
    const key = typeof order.orderNumber === 'string' ? order.orderNumber : `line ${line}`;
    const known = orders.get(key) ?? { line, value: { ...order, items: [], shipments: [] } };
    orders.set(key, known);
    if (Object.keys(item).length > 0) known.value.items.push(item);
    const isNew = !known.value.shipments.some((each) => each.id === shipment.id);
    if (Object.keys(shipment).length > 0 && isNew) known.value.shipments.push(shipment);
  }
  return [...orders.values()];
}
