import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo, type EmbeddedMongo } from '../../src/embedded-mongodb';
import { connectStore, ensureIndexes, type Store } from '../../src/store/connect';
import { MongoOrderStore } from '../../src/store/orders';
import {
  requestAddressChange,
  requestReschedule,
  requestReturn,
  settleRequest,
} from '../../src/support/actions';
import { orderState } from '../../src/support/order-state';
import { advanceShipment, mergeShopOrder } from '../../src/support/scans';
import { ist, NOW, orderWith, parcel, rules, scan, shopPart } from './fixtures';

let dir: string;
let server: EmbeddedMongo;
let store: Store;
let orders: MongoOrderStore;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dst-rules-'));
  server = await startEmbeddedMongo({ dataDir: dir, inProcess: true });
  store = await connectStore({ uri: server.uri, dbName: 'rules' });
  await ensureIndexes(store.connection);
  orders = new MongoOrderStore(store.connection, { advanceShipment, mergeShopOrder });
});

afterAll(async () => {
  await store?.close();
  await server?.close();
  rmSync(dir, { recursive: true, force: true });
});

const base = { turnId: 'turn-1', by: 'customer' as const, conversation: 'c1', now: NOW };

function shopOrder(orderNumber: string) {
  return shopPart(
    orderWith({ orderNumber, shipments: [parcel('in_transit', { trackingNumber: `T-${orderNumber}` })] }),
  );
}

async function version(orderNumber: string): Promise<number | undefined> {
  return (await orders.findByNumber(orderNumber))?.version;
}

test('the shop may send the same order again and again without a write', async () => {
  const sent = shopOrder('DS-1');
  await orders.put(sent, NOW);
  const before = await version('DS-1');
  await orders.put(structuredClone(sent), NOW);
  expect(await version('DS-1')).toBe(before);
});

test('asked, scanned, settled and sent again by the shop, everything stays', async () => {
  await orders.put(shopOrder('DS-2'), NOW);
  const deps = { orders, rules };
  const landmark = 'opposite the temple';
  const moved = await requestReschedule(deps, { ...base, orderNumber: 'DS-2', date: '2026-11-27' });
  const corrected = await requestAddressChange(deps, { ...base, orderNumber: 'DS-2', changes: { landmark } });
  if (!moved.ok || !corrected.ok) throw new Error('refused');
  expect(await orders.recordScan('T-DS-2', scan('2026-11-22 09:00', 'out_for_delivery'), NOW)).toBe(
    'applied',
  );
  for (const { request } of [moved, corrected]) {
    await settleRequest(deps, { requestId: request.id, status: 'accepted', by: 'carrier', now: NOW });
  }
  await orders.put({ ...shopOrder('DS-2'), currency: 'USD' }, NOW);
  const order = (await orders.findByNumber('DS-2'))!;
  expect(order).toMatchObject({ currency: 'USD', shippingAddress: { landmark } });
  expect(order.requests.map((request) => request.state)).toEqual(['accepted', 'accepted']);
  expect(orderState(order)).toBe('out_for_delivery');
  expect(await orders.dueInstructions(ist('2026-12-01 00:00'), 10)).toEqual([]);
});

test('two turns that ask at once leave one return of the same piece', async () => {
  const delivered = [parcel('delivered', { events: [scan('2026-11-20 10:00', 'delivered')] })];
  await orders.put(shopPart(orderWith({ orderNumber: 'DS-3', shipments: delivered })), NOW);
  const wish = { items: [{ sku: 'TS-BLK-M', quantity: 2 }], reason: 'size', resolution: 'refund' } as const;
  const ask = (turnId: string) =>
    requestReturn(
      { orders, rules },
      { ...base, ...wish, items: [...wish.items], turnId, orderNumber: 'DS-3' },
    );
  const results = await Promise.all(['a', 'b', 'a', 'b'].map(ask));
  const order = (await orders.findByNumber('DS-3'))!;
  expect(order.requests).toHaveLength(1);
  expect(results.filter((result) => result.ok)).toHaveLength(2);
  const rma = order.requests[0]?.return?.rma ?? '';
  expect((await orders.findByRma(rma))?.orderNumber).toBe('DS-3');
});
