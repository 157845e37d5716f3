import { open, type FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ShopOrder } from '../../core/order';
import { AppError, type FieldError } from '../../core/errors';
import { parseShopOrder, type OrderPlace } from '../../support/order-input';
import { csvCells, csvSeparator, csvValues, ordersOfCsv, type CsvRow } from './csv';
import { items, lines, type FilePlace, type FileRecord } from './records';
import { isShopifyExport, orderOfShopify } from './shopify-csv';

/** One order of a file: read, or refused with its faults. `end` is where the next one begins, in bytes; `nextLine` the line there. */
export interface FileOrder {
  line: number;
  order?: ShopOrder;
  errors?: FieldError[];
  end: number;
  nextLine: number;
}

const START: FilePlace = { offset: 0, line: 1 };

function fromJson(text: string, place: OrderPlace): Pick<FileOrder, 'order' | 'errors'> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { errors: [{ field: '', message: 'is not JSON' }] };
  }
  const read = parseShopOrder(value, place);
  return read.ok ? { order: read.order } : { errors: read.errors };
}

async function* ofRecords(records: AsyncGenerator<FileRecord>, place: OrderPlace): AsyncGenerator<FileOrder> {
  for await (const { line, text, end } of records) {
    const plain = line === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (plain.trim()) yield { line, ...fromJson(plain, place), end, nextLine: line + 1 };
  }
}

/** Rows of one order stand together; it is complete when a row of another comes. */
async function* ofCsv(file: FileHandle, from: FilePlace, place: OrderPlace): AsyncGenerator<FileOrder> {
  const head = (await lines(file, START, { quoted: true }).next()).value as FileRecord | undefined;
  if (!head?.text.trim()) throw new AppError('malformed', 'the file is empty');
  const text = head.text.replace(/^\uFEFF/, '');
  const separator = csvSeparator(text);
  const names = (csvCells(text, separator)[0]?.cells ?? []).map((name) => name.trim());
  const shopify = isShopifyExport(names);
  const key = shopify ? 'Name' : 'orderNumber';
  const made = (rows: CsvRow[], nextLine: number, end: number): FileOrder => {
    const line = rows[0]?.line ?? nextLine;
    if (shopify) return { line, ...orderOfShopify(rows, place), end, nextLine };
    const read = parseShopOrder(ordersOfCsv(rows)[0]?.value, place);
    return { line, ...(read.ok ? { order: read.order } : { errors: read.errors }), end, nextLine };
  };
  const seen = new Set<string>();
  const apart = (line: number, nextLine: number, end: number): FileOrder => {
    const errors = [{ field: key, message: 'was there before: the rows of one order must stand together' }];
    return { line, errors, end, nextLine };
  };
  let rows: CsvRow[] = [];
  let current: string | undefined;
  let end = from.offset;
  let nextLine = from.line;
  for await (const row of lines(file, from.offset === 0 ? { offset: head.end, line: 2 } : from, {
    quoted: true,
  })) {
    const values = csvValues(names, csvCells(row.text, separator)[0]?.cells ?? []);
    if (Object.keys(values).length === 0) continue;
    const number = values[key] ?? `line ${row.line}`;
    if (number !== current && rows.length > 0) {
      yield seen.has(current ?? '') ? apart(rows[0]?.line ?? 0, row.line, end) : made(rows, row.line, end);
      seen.add(current ?? '');
      rows = [];
    }
    current = number;
    rows.push({ line: row.line, values });
    end = row.end;
    nextLine = row.line + 1;
  }
  if (rows.length > 0)
    yield seen.has(current ?? '') ? apart(rows[0]?.line ?? 0, nextLine, end) : made(rows, nextLine, end);
}

/** Where the opening bracket of an array is, if that is what the file holds. */
async function bracketOf(file: FileHandle): Promise<number | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
  const text = buffer.toString('latin1', 0, bytesRead).replace(/^\u00EF\u00BB\u00BF/, '   ');
  const at = text.search(/\S/);
  return text[at] === '[' ? at : undefined;
}

/** A single order over several lines: small, and the first of its lines is not one. */
async function wholeOrder(file: FileHandle, size: number, place: OrderPlace): Promise<FileOrder | undefined> {
  if (size > 1024 * 1024) return undefined;
  const { buffer } = await file.read(Buffer.alloc(size), 0, size, 0);
  const text = buffer
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (!text.includes('\n')) return undefined;
  const read = fromJson(text, place);
  const isJson = read.errors?.[0]?.message !== 'is not JSON';
  return isJson ? { line: 1, ...read, end: size, nextLine: 2 } : undefined;
}

/** A file of orders, opened. */
export interface OrderFile {
  size: number;
  handle: FileHandle;
  /** Its orders from a place on, each checked. What cannot be read at all throws `malformed`. */
  orders(from: FilePlace): AsyncGenerator<FileOrder>;
}

/** Opens a file of orders: JSON (an array, or one order a line) or CSV (our columns, or Shopify's export). */
export async function openOrders(path: string, place: OrderPlace): Promise<OrderFile> {
  const handle = await open(path).catch((cause: unknown) => {
    throw new AppError('not_found', `the file ${path} cannot be read`, { cause });
  });
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw new AppError('not_found', `${path} is not a file`);
  }
  const { size } = stat;
  const isCsv = extname(path).toLowerCase() === '.csv';
  return {
    size,
    handle,
    async *orders(from) {
      if (isCsv) return yield* ofCsv(handle, from, place);
      const bracket = await bracketOf(handle);
      if (bracket !== undefined) {
        const start = from.offset === 0 ? { offset: bracket + 1, line: 1 } : from;
        return yield* ofRecords(items(handle, start), place);
      }
      const single = from.offset === 0 ? await wholeOrder(handle, size, place) : undefined;
      if (single) return yield single;
      return yield* ofRecords(lines(handle, from, { quoted: false }), place);
    },
  };
}
