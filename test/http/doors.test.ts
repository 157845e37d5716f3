import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { order } from '../kit/orders';
import { samplesOf } from '../kit/samples';
import { startShop, type Shop } from '../kit/product';
import { eventually, NUMBER } from '../kit/stream';

const ENV = {
  SHIPROCKET_WEBHOOK_TOKEN: 'ship-token',
  DELHIVERY_WEBHOOK_TOKEN: 'del-token',
  AFTERSHIP_WEBHOOK_SECRET: 'after-secret',
  SHOPIFY_WEBHOOK_SECRET: 'shop-secret',
};
const hmac = (secret: string, body: string, form: 'base64' | 'hex') =>
  createHmac('sha256', secret).update(body).digest(form);

type Sign = (body: string) => Record<string, string>;
/** Each door with the headers that open it. */
const DOORS: [string, Sign][] = [
  ['/webhooks/whatsapp', (b) => ({ 'x-hub-signature-256': `sha256=${hmac(NUMBER.appSecret, b, 'hex')}` })],
  ['/webhooks/instagram', (b) => ({ 'x-hub-signature-256': `sha256=${hmac('ig-secret', b, 'hex')}` })],
  ['/webhooks/carrier/a', () => ({ 'x-api-key': 'ship-token' })],
  ['/webhooks/delhivery', () => ({ 'x-webhook-token': 'del-token' })],
  ['/webhooks/aftership', (b) => ({ 'aftership-hmac-sha256': hmac('after-secret', b, 'base64') })],
  ['/webhooks/shopify', (b) => ({ 'x-shopify-hmac-sha256': hmac('shop-secret', b, 'base64') })],
  ['/webhooks/carrier/instructions', () => ({ authorization: 'Bearer carrier-token' })],
];
const sign = (path: string, body: string) => DOORS.find(([door]) => door === path)![1](body);

/** Bodies nobody should send, and that an authentic sender may send one day all the same. */
const ODD = [
  '{',
  '',
  'null',
  '[]',
  '"text"',
  '7',
  '{}',
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  '{"awb":{"a":1},"scans":"x","shipment_status_id":[]}',
  '{"Shipment":{"AWB":[],"Status":7}}',
  '{"msg":{"tracking_number":"1","checkpoints":[null,7,{"checkpoint_time":"never","tag":"InTransit"}]},"ts":"x"}',
  '{"name":"#1","created_at":"x","updated_at":"2026-01-01","line_items":[null],"total_price":"1","currency":"INR"}',
  '{"object":"whatsapp_business_account","entry":[{"changes":[null,{"field":"messages","value":7}]}]}',
  '{"object":"instagram","entry":[{"messaging":[null,{"sender":7}]}]}',
  '{"id":"x","status":"accepted"}',
  '{"__proto__":{"a":1},"constructor":7}',
];

describe('every door', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop({ env: ENV });
  }, 60_000);
  afterAll(() => shop.close(), 30_000);

  const post = (path: string, body: string, headers: Record<string, string>) =>
    fetch(`${shop.product.url}${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const shipment = async (number: string) =>
    (
      await shop.api<{ shipments: { status: string; events: unknown[] }[] }>(
        'GET',
        `/api/v1/orders/${number}`,
      )
    ).body.shipments[0]!;
  const everything = async () =>
    Object.fromEntries(
      await Promise.all(
        ['orders', 'inbox', 'conversations', 'carrier_events'].map(async (name) => [
          name,
          await shop.connection.collection(name).countDocuments(),
        ]),
      ),
    ) as Record<string, number>;

  it.each(DOORS)('%s refuses a wrong, another and a missing signature, and nothing changes', async (path) => {
    const before = await everything();
    const body = JSON.stringify({ awb: 'D1', id: 'x', status: 'accepted' });
    const other = DOORS.find(([door]) => door !== path && door !== '/webhooks/carrier/instructions')!;
    const right = sign(path, body);
    const wrong = Object.fromEntries(
      Object.entries(right).map(([name, value]) => [name, `${value.slice(0, -2)}xx`]),
    );
    for (const headers of [{}, wrong, other[1](body), { ...sign(path, `${body} `), 'x-nothing': '1' }]) {
      // The last signature is of other bytes; doors with a fixed token cannot tell.
      if ('x-nothing' in headers && !Object.keys(right).some((name) => /hmac|signature/.test(name))) continue;
      const answer = await post(path, body, headers);
      expect([401, 403]).toContain(answer.status);
      expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
    }
    expect(await everything()).toEqual(before);
  });

  it.each(DOORS)('%s takes odd bodies by 200 or 4xx and is open for the next one', async (path) => {
    for (const body of ODD) {
      const { status } = await post(path, body, sign(path, body));
      expect([body.slice(0, 40), status < 500 && (status === 200 || status >= 400)]).toEqual([
        body.slice(0, 40),
        true,
      ]);
    }
    expect((await fetch(`${shop.product.url}/readyz`)).status).toBe(200);
  });

  it('the same scan from each carrier takes effect once, and the next one after an odd body as well', async () => {
    const at = (hour: string) => `2026-11-20T${hour}:00:00+05:30`;
    const indian = (hour: string) => `2026-11-20 ${hour}:00:00`;
    const scans: [string, (hour: string, out: boolean) => unknown][] = [
      [
        '/webhooks/carrier/a',
        (hour, out) => ({
          awb: 'D-1',
          shipment_status_id: out ? 17 : 18,
          scans: [{ date: indian(hour), 'sr-status': out ? '17' : '18' }],
        }),
      ],
      [
        '/webhooks/delhivery',
        (hour, out) => ({
          Shipment: {
            AWB: 'D-2',
            Status: { Status: out ? 'Dispatched' : 'In Transit', StatusType: 'UD', StatusDateTime: at(hour) },
          },
        }),
      ],
      [
        '/webhooks/aftership',
        (hour, out) => ({
          event: 'tracking_update',
          ts: Date.parse(at(hour)) / 1000,
          msg: {
            tracking_number: 'D-3',
            tag: out ? 'OutForDelivery' : 'InTransit',
            checkpoints: [{ checkpoint_time: at(hour), tag: out ? 'OutForDelivery' : 'InTransit' }],
          },
        }),
      ],
      [
        '/webhooks/shopify',
        (hour, out) => ({
          id: 1,
          name: '#none.1',
          updated_at: at(hour),
          tracking_number: 'D-4',
          shipment_status: out ? 'out_for_delivery' : 'in_transit',
        }),
      ],
    ];
    for (const [i, [path, body]] of scans.entries()) {
      const number = `DOOR-${i + 1}`;
      const made = order(number, `+91980000000${i}`, { status: 'shipped' });
      const parcel = { ...made.shipments[0]!, trackingNumber: `D-${i + 1}`, events: [] };
      // One of the scans comes before its order is known: it is kept for it.
      const early = JSON.stringify(body('06', false));
      expect((await post(path, early, sign(path, early))).status).toBe(200);
      await shop.put({ ...made, shipments: [parcel] } as never);
      expect((await shipment(number)).events).toHaveLength(1);
      for (const [hour, out] of [
        ['09', true],
        ['09', true],
        ['08', false],
        ['06', false],
      ] as const) {
        const text = JSON.stringify(body(hour, out));
        expect((await post(path, text, sign(path, text))).status).toBe(200);
      }
      expect([path, (await shipment(number)).status]).toEqual([path, 'out_for_delivery']);
    }
  });

  it('kinds nobody reads are answered by 200 and counted by name', async () => {
    const body = JSON.stringify({ event: 'return.approved', data: { email: 'asha@example.com' } });
    for (let n = 0; n < 3; n += 1)
      expect((await post('/webhooks/aftership', body, sign('/webhooks/aftership', body))).status).toBe(200);
    const counted = await shop.connection
      .collection<{ _id: string }>('carrier_events')
      .findOne({ _id: 'unread:aftership:return.approved' });
    expect(counted).toMatchObject({ count: 3 });
    expect(JSON.stringify(counted)).not.toMatch(/asha/);
  });

  const { folder, files: samples } = samplesOf('carriers');
  const replay = samples.length > 0 ? it : it.skip;
  replay(
    'published samples go through the door twice (the folder is named by DOORSTEP_FIXTURES)',
    async () => {
      const path: Record<string, string> = {
        shiprocket: '/webhooks/carrier/a',
        delhivery: '/webhooks/delhivery',
        aftership: '/webhooks/aftership',
        shopify: '/webhooks/shopify',
      };
      const known: [string, string][] = [
        ['SAMPLE-1', '19041424751540'],
        ['SAMPLE-2', '85172510000022'],
        ['SAMPLE-3', '0000000000000000'],
        ['SAMPLE-4', '1z827wk74630'],
      ];
      for (const [number, trackingNumber] of known) {
        const made = order(number, '+919800000099', { status: 'pending' });
        await shop.put({
          ...made,
          shipments: [{ ...made.shipments[0]!, trackingNumber, events: [] }],
        } as never);
      }
      for (const name of [...samples, ...samples]) {
        const body = readFileSync(join(folder, name), 'utf8');
        const door = path[name.split('-')[0]!]!;
        expect([name, (await post(door, body, sign(door, body))).status]).toEqual([name, 200]);
      }
      await eventually(
        'the parcels moved',
        async () => (await shipment('SAMPLE-1')).status === 'rto_initiated',
      );
      expect((await shipment('SAMPLE-2')).status).toBe('packed');
      expect((await shipment('SAMPLE-3')).status).toBe('in_transit');
      expect((await shipment('SAMPLE-4')).status).toBe('pending');
      const events = (await shipment('SAMPLE-1')).events.length;
      expect(events).toBe(5);
    },
  );
});
