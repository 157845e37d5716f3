import { carrierDoors } from '../../src/carriers/doors';
import type { CarrierAnswer } from '../../src/core/carrier';
import { systemClock } from '../../src/core/clock';
import type { Order } from '../../src/core/order';
import { carrierWebhooks } from '../../src/http/carrier-webhooks';
import { createMetrics } from '../../src/http/metrics';
import type { Store } from '../../src/store/connect';
import { CarrierEventStore } from '../../src/store/carrier-events';
import { MongoOrderStore } from '../../src/store/orders';
import { advanceShipment, mergeShopOrder } from '../../src/support/scans';
import { openTestStore } from '../kit/store';
import { quiet } from '../kit/stream';
import { orderBody, orderWire } from './order-body';
import { serve } from './serve';

describe("carriers' doors", () => {
  let store: Store;
  let orders: MongoOrderStore;
  let served: Awaited<ReturnType<typeof serve>>;
  let storeIsDown = false;
  let settled: [string, CarrierAnswer][] = [];

  beforeAll(async () => {
    store = await openTestStore();
    orders = new MongoOrderStore(store.connection, { advanceShipment, mergeShopOrder });
    const router = carrierWebhooks({
      doors: carrierDoors(
        { shiprocket: 'sr-token', delhivery: 'dl-token' },
        { timeZone: 'Asia/Kolkata', country: 'IN' },
      ),
      record: (scan, now) => {
        if (storeIsDown) throw new Error('gone');
        return orders.recordScan(scan.trackingNumber, scan.event, now);
      },
      takeShop: async () => 'unknown',
      deliveries: new CarrierEventStore(store.connection),
      carrierToken: 'carrier-token',
      settle: async (id, answer) => {
        settled.push([id, answer]);
        return id.startsWith('RQ-');
      },
      clock: systemClock,
      log: quiet,
      metrics: createMetrics(),
    });
    served = await serve({ webhooks: [router] });
    const shipment = {
      id: 'S1',
      carrier: 'delhivery',
      trackingNumber: '1490811111111',
      status: 'shipped',
      skus: ['A'],
      attempts: 0,
      events: [],
    };
    await orders.put(
      orderWire.read({ ...orderBody('DS-1'), shipments: [shipment] }),
      new Date('2026-11-15T00:00:00Z'),
    );
  });
  afterAll(async () => {
    await served.stop();
    await store.close();
  });
  beforeEach(() => {
    storeIsDown = false;
    settled = [];
  });

  const post = (path: string, body: unknown, headers: Record<string, string>) =>
    fetch(`${served.url}/webhooks${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers,
    });
  const push = (status: number, date: string) => ({
    awb: '1490811111111',
    shipment_status_id: status,
    current_timestamp: '22 11 2026 10:00:00',
    scans: [{ date, 'sr-status': String(status), 'sr-status-label': 'X', location: 'Hosur' }],
  });
  const shiprocket = (status: number, date: string, token = 'sr-token') =>
    post('/carrier/a', push(status, date), { 'x-api-key': token });
  const parcel = async () => ((await orders.findByNumber('DS-1')) as Order).shipments[0]!;

  test('a scan moves the parcel, the same one again changes nothing, and an older one never takes it back', async () => {
    expect((await shiprocket(17, '2026-11-22 09:00:00')).status).toBe(200);
    expect(await parcel()).toMatchObject({
      status: 'out_for_delivery',
      statusAt: new Date('2026-11-22T03:30:00Z'),
    });
    const { version } = (await orders.findByNumber('DS-1')) as Order;
    expect((await shiprocket(17, '2026-11-22 09:00:00')).status).toBe(200);
    expect(((await orders.findByNumber('DS-1')) as Order).version).toBe(version);
    expect((await shiprocket(18, '2026-11-21 09:00:00')).status).toBe(200);
    expect((await parcel()).status).toBe('out_for_delivery');
  });

  test('a wrong or missing token is refused and changes nothing', async () => {
    const before = await parcel();
    expect((await shiprocket(7, '2026-11-22 12:00:00', 'wrong')).status).toBe(401);
    expect((await post('/carrier/a', push(7, '2026-11-22 12:00:00'), {})).status).toBe(401);
    expect(await parcel()).toEqual(before);
  });

  test('a parcel that nobody knows, and a body that says nothing, are answered by 200', async () => {
    expect(
      (
        await post(
          '/carrier/a',
          { ...push(7, '2026-11-22 12:00:00'), awb: 'other' },
          { 'x-api-key': 'sr-token' },
        )
      ).status,
    ).toBe(200);
    expect((await post('/carrier/a', [], { 'x-api-key': 'sr-token' })).status).toBe(200);
    expect((await post('/carrier/a', '{', { 'x-api-key': 'sr-token' })).status).toBe(400);
  });

  test('a store that is down answers 503', async () => {
    storeIsDown = true;
    expect((await shiprocket(7, '2026-11-22 12:00:00')).status).toBe(503);
    expect((await parcel()).status).not.toBe('delivered');
  });

  test('Delhivery is taken by header or bearer; doors without a secret are closed', async () => {
    const scan = {
      Shipment: {
        AWB: '1490811111111',
        Status: { Status: 'Delivered', StatusType: 'DL', StatusDateTime: '2026-11-22T15:00:00' },
      },
    };
    expect((await post('/delhivery', scan, { authorization: 'Bearer no' })).status).toBe(401);
    expect((await post('/delhivery', scan, { authorization: 'Bearer dl-token' })).status).toBe(200);
    expect((await parcel()).status).toBe('delivered');
    expect((await post('/shopify', {}, {})).status).toBe(404);
    expect((await post('/aftership', {}, {})).status).toBe(404);
  });

  test("the carrier's later answer settles its instruction, for the right token only", async () => {
    const right = { authorization: 'Bearer carrier-token' };
    const answer = { id: 'RQ-1', status: 'accepted', reference: 'UPL9', more: 1 };
    expect((await post('/carrier/instructions', answer, right)).status).toBe(200);
    expect(settled).toEqual([['RQ-1', { status: 'accepted', reference: 'UPL9', reason: undefined }]]);
    expect((await post('/carrier/instructions', answer, { authorization: 'Bearer x' })).status).toBe(401);
    expect((await post('/carrier/instructions', { ...answer, id: 'unknown' }, right)).status).toBe(404);
    const refused = await post('/carrier/instructions', { id: 'RQ-1', status: 'done' }, right);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ errors: [{ field: 'status' }] });
    expect(settled).toHaveLength(2);
  });
});
