import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { systemClock } from '../core/clock';
import { AppError, type FieldError } from '../core/errors';
import type { ShopOrder } from '../core/order';
import { orderToApi, parseShopOrder } from '../support/order-input';
import type { Command, Io } from './command';
import { ordersOfCsv, readCsv } from './csv';
import { withStores } from './place';

interface Line {
  line: number;
  value: unknown;
}

function ordersOfJson(text: string): Line[] {
  try {
    const value: unknown = JSON.parse(text);
    return (Array.isArray(value) ? value : [value]).map((item: unknown, index) => ({
      line: index + 1,
      value: item,
    }));
  } catch {
    return ordersOfLines(text);
  }
}

/** One order a line; a line that is no JSON is kept as it is, so that it is named among the bad ones. */
function ordersOfLines(text: string): Line[] {
  return text.split('\n').flatMap((row, index): Line[] => {
    if (row.trim() === '') return [];
    try {
      return [{ line: index + 1, value: JSON.parse(row) as unknown }];
    } catch {
      return [{ line: index + 1, value: undefined }];
    }
  });
}

async function readOrders(file: string): Promise<Line[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('not_found', `the file ${file} cannot be read`, { cause });
  });
  return extname(file).toLowerCase() === '.csv' ? ordersOfCsv(readCsv(text)) : ordersOfJson(text);
}

function reportBad(io: Io, line: number, errors: FieldError[]): void {
  io.err(`line ${line}: ${errors.map(({ field, message }) => `${field} ${message}`.trim()).join('; ')}`);
}

const importOrders: Command = {
  name: 'orders import',
  usage: '<file.json|file.csv>',
  summary: 'Import orders; good ones are kept, bad ones are named',
  help: [
    'JSON: an array, or one order a line. CSV: one row for each item, columns named as in the order document with dots',
    "(orderNumber, customer.phone, item.sku, shipment.status…). The same order again replaces the shop's part of it.",
    '',
    'Exit code 1 when any order was refused.',
  ],
  positionals: 1,
  async run(invocation) {
    const { io, positionals } = invocation;
    const config = invocation.config();
    const good: ShopOrder[] = [];
    let bad = 0;
    for (const { line, value } of await readOrders(positionals[0] ?? '')) {
      const read = value === undefined ? undefined : parseShopOrder(value, config);
      if (read?.ok) good.push(read.order);
      else {
        bad += 1;
        reportBad(io, line, read ? read.errors : [{ field: '', message: 'is not JSON' }]);
      }
    }
    const results = await withStores(config, ({ orders }) => orders.putMany(good, systemClock.now()));
    for (const { orderNumber, error } of results) if (error !== undefined) io.err(`${orderNumber}: ${error}`);
    const kept = results.filter(({ error }) => error === undefined);
    const created = kept.filter((result) => result.created).length;
    const refused = bad + results.length - kept.length;
    io.out(`${kept.length} orders kept (${created} new), ${refused} refused.`);
    return refused === 0 ? 0 : 1;
  },
};

const showOrder: Command = {
  name: 'orders show',
  usage: '<number>',
  summary: 'Print an order as the API answers it',
  positionals: 1,
  async run({ io, positionals, config }) {
    const order = await withStores(config(), ({ orders }) => orders.findByNumber(positionals[0] ?? ''));
    if (!order) throw new AppError('not_found', 'there is no order of this number');
    io.out(JSON.stringify(orderToApi(order), null, 2));
    return 0;
  },
};

/** `orders import`, `orders show`. */
export const orderCommands: Command[] = [importOrders, showOrder];
