import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOrders } from '../../src/cli/import/read';
import { fingerprint, PlaceKept } from '../../src/cli/import/place-kept';
import { importFile } from '../../src/cli/import/run';
import { progressOn } from '../../src/cli/progress';
import { systemClock } from '../../src/core/clock';
import { AppError } from '../../src/core/errors';
import type { ShopOrder } from '../../src/core/order';
import { orderBody } from '../http/order-body';

const PLACE = { timeZone: 'Asia/Kolkata', country: 'IN' };
const numbered = (n: number) => `DS-${10_000 + n}`;
const START = { offset: 0, line: 1, kept: 0, created: 0, refused: 0 };

describe('importing a file of orders', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doorstep-import-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Runs an import into a list; `stopAfter` orders somebody presses Ctrl-C, `failAfter` the store fails. */
  const run = async (
    path: string,
    options: { stopAfter?: number; failAfter?: number } = {},
  ): Promise<{
    got: string[];
    err: string[];
    done?: Awaited<ReturnType<typeof importFile>>;
    error?: unknown;
  }> => {
    const file = await openOrders(path, PLACE);
    const place = new PlaceKept(folder, await fingerprint(file.handle, file.size));
    const stop = new AbortController();
    const got: string[] = [];
    const err: string[] = [];
    const orders = {
      putMany: async (list: ShopOrder[]) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (options.failAfter !== undefined && got.length >= options.failAfter)
          throw new AppError('store_unavailable', 'the store is gone');
        got.push(...list.map((order) => order.orderNumber));
        if (options.stopAfter !== undefined && got.length >= options.stopAfter) stop.abort();
        return list.map(({ orderNumber }) => ({ orderNumber, created: true }));
      },
    };
    const io = {
      out: () => undefined,
      err: (line: string) => err.push(line),
      stdin: process.stdin,
      interrupted: stop.signal,
    };
    try {
      const from = (await place.read()) ?? START;
      const done = await importFile(file, { orders, place, from, clock: systemClock, io });
      return { got, err, done };
    } catch (error) {
      return { got, err, error };
    } finally {
      await file.handle.close();
    }
  };

  const FORMS: [string, (orders: object[]) => string][] = [
    ['lines.ndjson', (orders) => orders.map((order) => JSON.stringify(order)).join('\n')],
    ['array.json', (orders) => `\uFEFF \n${JSON.stringify(orders, null, 2)}\n`],
    ['flat.json', (orders) => JSON.stringify(orders)],
  ];

  it.each(FORMS)(
    '%s: interrupted anywhere it goes on where it was, and every order is put',
    async (name, text) => {
      const all = Array.from({ length: 7_500 }, (_, n) => ({
        ...orderBody(numbered(n)),
        note: 'a "[{,\\" b',
      }));
      const path = join(folder, name);
      await writeFile(path, text(all));
      const first = await run(path, { stopAfter: 2_000 });
      expect(first.done).toMatchObject({ finished: false });
      expect(first.got.length).toBeLessThan(7_000);
      expect(await readdir(join(folder, 'imports'))).toHaveLength(1);
      const broken = await run(path, { failAfter: 1_000 });
      expect(broken.error).toMatchObject({ code: 'store_unavailable' });
      const last = await run(path);
      expect(last.done).toMatchObject({ finished: true, kept: 7_500, refused: 0 });
      const put = new Set([...first.got, ...broken.got, ...last.got]);
      expect(put.size).toBe(7_500);
      expect(last.got).not.toContain(numbered(0));
      expect(await readdir(join(folder, 'imports'))).toEqual([]);
    },
  );

  it('says so when there is no file to read', async () => {
    await expect(openOrders(folder, PLACE)).rejects.toMatchObject({ code: 'not_found' });
    await expect(openOrders(join(folder, 'nothing.json'), PLACE)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('a changed file is another file and begins anew', async () => {
    const path = join(folder, 'a.ndjson');
    await writeFile(
      path,
      Array.from({ length: 3_000 }, (_, n) => JSON.stringify(orderBody(numbered(n)))).join('\n'),
    );
    await run(path, { stopAfter: 1_000 });
    await appendFile(path, `\n${JSON.stringify(orderBody('NEW-1'))}`);
    expect((await run(path)).done).toMatchObject({ finished: true, kept: 3_001 });
  });

  it('names each bad order by its line and keeps the good ones, in every form', async () => {
    const bad = { ...orderBody('DS-2'), currency: 'rupees' };
    const lines = join(folder, 'bad.ndjson');
    await writeFile(lines, [JSON.stringify(orderBody('DS-1')), '{', '', JSON.stringify(bad)].join('\r\n'));
    expect(await run(lines)).toMatchObject({
      got: ['DS-1'],
      err: ['line 2: is not JSON', expect.stringMatching(/^line 4: currency /)],
    });
    const array = join(folder, 'bad.json');
    await writeFile(array, `[${JSON.stringify(orderBody('DS-1'))}, null, {"a":}, ${JSON.stringify(bad)}]`);
    expect((await run(array)).err).toEqual([
      'line 2: must be an order object',
      'line 3: is not JSON',
      expect.stringMatching(/^line 4: currency /),
    ]);
    const cut = join(folder, 'cut.json');
    await writeFile(cut, `[${JSON.stringify(orderBody('DS-1'))}, {"orderNumber": "DS`);
    expect(await run(cut)).toMatchObject({ got: ['DS-1'], error: { code: 'malformed' } });
  });

  it('the same order twice is put in the order of the file', async () => {
    const path = join(folder, 'twice.ndjson');
    const all = Array.from({ length: 2_500 }, (_, n) => JSON.stringify(orderBody(numbered(n % 1_200))));
    await writeFile(path, all.join('\n'));
    expect((await run(path)).got).toEqual(Array.from({ length: 2_500 }, (_, n) => numbered(n % 1_200)));
  });

  const SHOPIFY_HEAD =
    'Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Payment Method,Outstanding Balance,Id,Shipping Province Name';

  it('reads the file Shopify exports, with several items an order', async () => {
    const path = join(folder, 'orders_export.csv');
    const rows = [
      `#2001,asha@example.com,pending,,unfulfilled,INR,1499.00,2026-11-18 10:00:00 +0530,2,"Black T-shirt, M",749.50,TS-BLK-M,Asha Rao,"Flat 204, Lake View",Bengaluru,'560038,KA,IN,'+919811100001,Cash on Delivery (COD),1499.00,450789469,Karnataka`,
      '#2001,,,,,,,,1,Cap,0.00,CAP,,,,,,,,,,,',
      '#2002,b@example.com,paid,2026-11-18 11:00:00 +0530,fulfilled,INR,99.00,2026-11-18 10:30:00 +0530,1,Mug,99.00,,Bina Das,1 Road,Pune,411001,MH,IN,,PayU,0.00,450789470,Maharashtra',
      '#2003,c@example.com,paid,,,,,,1,Mug,99.00,,,,,,,,,,,,',
    ];
    await writeFile(path, [SHOPIFY_HEAD, ...rows].join('\r\n'));
    const file = await openOrders(path, PLACE);
    const found = [];
    for await (const each of file.orders({ offset: 0, line: 1 })) found.push(each);
    await file.handle.close();
    expect(found[0]).toMatchObject({
      line: 2,
      order: {
        orderNumber: '2001',
        placedAt: new Date('2026-11-18T04:30:00Z'),
        customer: { name: 'Asha Rao', phone: '+919811100001', email: 'asha@example.com' },
        payment: { method: 'cod', status: 'pending', total: '1499.00' },
        items: [
          { sku: 'TS-BLK-M', name: 'Black T-shirt, M', quantity: 2, unitPrice: '749.50' },
          { sku: 'CAP', quantity: 1 },
        ],
        shippingAddress: { line1: 'Flat 204, Lake View', state: 'Karnataka', postalCode: '560038' },
        shipments: [],
      },
    });
    expect(found[1]).toMatchObject({
      order: {
        orderNumber: '2002',
        payment: { method: 'prepaid', status: 'paid' },
        shipments: [{ status: 'shipped' }],
      },
    });
    expect(found[2]).toMatchObject({
      line: 5,
      errors: [{ field: 'Created at' }, { field: 'Currency' }, { field: 'Total' }],
    });
  });

  it('a CSV file goes on between two orders, and rows that do not stand together are refused', async () => {
    const path = join(folder, 'orders.csv');
    const row = (number: string, sku: string) =>
      `${number},2026-11-15,INR,Asha,9811100001,cod,pending,300.00,"Flat 204,\nLake View",Bengaluru,Karnataka,560038,${sku},Shirt,1,100.00`;
    const head =
      'orderNumber,placedAt,currency,customer.name,customer.phone,payment.method,payment.status,payment.total,shippingAddress.line1,shippingAddress.city,shippingAddress.state,shippingAddress.postalCode,item.sku,item.name,item.quantity,item.unitPrice';
    const rows = Array.from({ length: 2_600 }, (_, n) => [
      row(numbered(n), 'A'),
      row(numbered(n), 'B'),
    ]).flat();
    await writeFile(path, [head, ...rows, row(numbered(1), 'C')].join('\n'));
    const first = await run(path, { stopAfter: 1_000 });
    expect(first.done?.finished).toBe(false);
    const last = await run(path);
    expect(new Set([...first.got, ...last.got]).size).toBe(2_600);
    expect(last.done).toMatchObject({ finished: true });
    // What stood before an interruption is not remembered: the row is put instead of refused, but never lost.
    expect((last.done?.kept ?? 0) + (last.done?.refused ?? 0)).toBe(2_601);
    const whole = join(folder, 'apart.csv');
    await writeFile(whole, [head, row('A-1', 'A'), row('A-2', 'A'), row('A-1', 'B')].join('\n'));
    expect(await run(whole)).toMatchObject({
      got: ['A-1', 'A-2'],
      err: ['line 6: orderNumber was there before: the rows of one order must stand together'],
    });
  });

  it('progress is one line on a terminal and a line now and then elsewhere', () => {
    const written: string[] = [];
    const stream = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) > 0 });
    const terminal = progressOn(stream(true));
    terminal.say('one');
    terminal.say('two');
    terminal.clear();
    expect(written.join('')).toBe('one\r\u001b[Ktwo\r\u001b[K');
    written.length = 0;
    const plain = progressOn(stream(false));
    plain.say('one');
    plain.say('two');
    expect(written).toEqual(['one\n']);
  });
});
