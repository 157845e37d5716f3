import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo, type EmbeddedMongo } from '../../src/embedded-mongodb';
import { orderBody } from '../http/order-body';
import { runCommand } from './run-command';

describe('orders on the command line', () => {
  let folder: string;
  let embedded: EmbeddedMongo;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doorstep-cli-'));
    embedded = await startEmbeddedMongo({ dataDir: folder, inProcess: true });
    env = { DATA_DIR: folder, DEMO: 'off' };
  });
  afterAll(async () => {
    await embedded.close();
    await rm(folder, { recursive: true, force: true });
  });
  const importing = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return runCommand(['orders', 'import', join(folder, name)], env);
  };

  test('an array is imported, shown, and imported again without harm', async () => {
    const text = JSON.stringify([orderBody('DS-1'), orderBody('DS-2')]);
    expect(await importing('a.json', text)).toEqual({
      code: 0,
      out: ['2 orders kept (2 new), 0 refused.'],
      err: [],
    });
    expect(await importing('a.json', text)).toMatchObject({
      code: 0,
      out: ['2 orders kept (0 new), 0 refused.'],
    });
    const shown = await runCommand(['orders', 'show', 'DS-2'], env);
    expect(JSON.parse(shown.out.join('\n'))).toMatchObject({
      orderNumber: 'DS-2',
      state: 'processing',
      requests: [],
    });
    expect(await runCommand(['orders', 'show', 'DS-3'], env)).toMatchObject({ code: 1, out: [] });
  });

  test('good lines are kept, bad ones named by line and field, and the exit code says so', async () => {
    const bad = { ...orderBody('DS-11'), currency: undefined };
    const lines = [JSON.stringify(orderBody('DS-10')), '{"orderNumber":', JSON.stringify(bad)];
    const { code, out, err } = await importing('b.json', lines.join('\n'));
    expect(code).toBe(1);
    expect(out).toEqual(['1 orders kept (1 new), 2 refused.']);
    expect(err).toEqual(['line 2: is not JSON', expect.stringMatching(/^line 3: currency /)]);
  });

  test('a CSV file becomes orders with items and parcels', async () => {
    const head =
      'orderNumber,placedAt,currency,customer.name,customer.phone,payment.method,payment.status,payment.total,shippingAddress.line1,shippingAddress.city,shippingAddress.state,shippingAddress.postalCode,item.sku,item.name,item.quantity,item.unitPrice,shipment.id,shipment.carrier,shipment.trackingNumber,shipment.status,shipment.skus';
    const order =
      'CSV-1,2026-11-15,INR,Asha,9811100001,cod,pending,300.00,"Flat 204, Lake View",Bengaluru,Karnataka,560038';
    const rows = [
      `${order},A,Shirt,2,100.00,S1,delhivery,T1,in_transit,A|B`,
      `${order},B,Cap,1,100.00,S1,,,,`,
    ];
    expect(await importing('c.csv', [head, ...rows].join('\r\n'))).toMatchObject({ code: 0, err: [] });
    const shown = JSON.parse((await runCommand(['orders', 'show', 'CSV-1'], env)).out.join('\n')) as unknown;
    expect(shown).toMatchObject({
      customer: { phone: '+919811100001' },
      items: [
        { sku: 'A', quantity: 2 },
        { sku: 'B', quantity: 1 },
      ],
      shipments: [{ id: 'S1', status: 'in_transit', skus: ['A', 'B'] }],
      shippingAddress: { line1: 'Flat 204, Lake View', country: 'IN' },
    });
  });

  test('a file that is not there is said in words', async () => {
    expect(await runCommand(['orders', 'import', join(folder, 'none.json')], env)).toMatchObject({
      code: 1,
      err: [expect.stringMatching(/none\.json cannot be read/)],
    });
  });
});
