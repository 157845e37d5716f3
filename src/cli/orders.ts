import { systemClock } from '../core/clock';
import { AppError } from '../core/errors';
import { orderToApi } from '../support/order-input';
import type { Command } from './command';
import { fingerprint, PlaceKept } from './import/place-kept';
import { openOrders } from './import/read';
import { importFile } from './import/run';
import { withStores } from './place';

const importOrders: Command = {
  name: 'orders import',
  usage: '<file.json|file.csv>',
  summary: 'Import orders; good ones are kept, bad ones are named',
  help: [
    'JSON: an array, or one order a line. CSV: one row for each item, columns named as in the order document with dots',
    "(orderNumber, customer.phone, item.sku, shipment.status…), or the file Shopify exports orders to. The same order again replaces the shop's part of it.",
    '',
    'Interrupted by Ctrl-C it goes on from there the next time; --restart begins the file anew.',
    'Exit code 1 when any order was refused or the file was not finished.',
  ],
  options: { restart: { type: 'boolean' } },
  positionals: 1,
  async run({ io, positionals, options, config: settings }) {
    const config = settings();
    const file = await openOrders(positionals[0] ?? '', config);
    try {
      const place = new PlaceKept(config.dataDir, await fingerprint(file.handle, file.size));
      const before = options.restart ? undefined : await place.read();
      if (before) io.err(`Going on behind line ${before.line - 1}; ${before.kept} orders are there already.`);
      const from = before ?? { offset: 0, line: 1, kept: 0, created: 0, refused: 0 };
      const done = await withStores(config, ({ orders }) =>
        importFile(file, { orders, place, from, clock: systemClock, io }),
      );
      io.out(`${done.kept} orders kept (${done.created} new), ${done.refused} refused.`);
      if (!done.finished) io.err(`Stopped before line ${done.line}; run it again to go on.`);
      return done.refused === 0 && done.finished ? 0 : 1;
    } finally {
      await file.handle.close();
    }
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
