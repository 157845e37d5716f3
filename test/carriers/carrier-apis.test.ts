import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { carrierFor } from '../../src/carriers/port';
import type { CarrierInstruction, CarrierPort } from '../../src/core/carrier';
import { systemClock } from '../../src/core/clock';

const ADDRESS = {
  name: 'Asha Rao',
  phone: '+919811100001',
  line1: 'Flat 402, Lake View',
  line2: '12th Main',
  landmark: 'near the metro',
  city: 'Bengaluru',
  state: 'Karnataka',
  postalCode: '560038',
  country: 'IN',
};
const INSTRUCTION: CarrierInstruction = {
  id: 'RQ-1',
  orderNumber: 'DS-1001',
  shipmentId: 'S1',
  trackingNumber: '149081',
  carrier: 'delhivery',
  action: 'reattempt',
  date: '2026-11-24',
  slot: 'evening',
};

interface Call {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}
type Reply = [status: number, body: unknown] | 'drop';

/** A carrier's API on loopback: each path answers what it was told, the last answer stays. */
describe.each(['shiprocket', 'delhivery'] as const)('%s', (which) => {
  let server: Server;
  let url: string;
  let port: CarrierPort;
  let calls: Call[];
  let replies: Map<string, Reply[]>;

  beforeAll(async () => {
    server = createServer((req, res) => {
      let text = '';
      req.on('data', (chunk: Buffer) => (text += chunk.toString()));
      req.on('end', () => {
        const path = req.url ?? '';
        calls.push({
          method: req.method ?? '',
          path,
          headers: req.headers,
          body: text ? JSON.parse(text) : undefined,
        });
        const plan = replies.get(path.split('?')[0]!.split('/').at(-1)!) ?? [[404, {}] as Reply];
        const next = plan.length > 1 ? plan.shift()! : plan[0]!;
        if (next === 'drop') return void req.socket.destroy();
        res.writeHead(next[0], { 'Content-Type': 'application/json' }).end(JSON.stringify(next[1]));
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    calls = [];
    replies = new Map();
    const account =
      which === 'shiprocket'
        ? { shiprocket: { url, email: 'ops@shop.example', password: 'secret' } }
        : { delhivery: { url, token: 'del-key', lookMs: 1 } };
    port = carrierFor(account, systemClock)!;
  });
  afterAll(() => void server.close());

  const says = (path: string, ...plan: Reply[]) => void replies.set(path, plan);
  const done = (path: string) => calls.filter((call) => call.path.split('?')[0]!.endsWith(path));

  if (which === 'shiprocket') {
    const shiprocket = { ...INSTRUCTION, carrier: 'bluedart' };

    it('another attempt goes out with day, phone and address, signed in once', async () => {
      says('login', [200, { token: 'jwt-1' }]);
      says('action', [202, { status: 'Data Updated Sucessfully' }]);
      const asked = { ...shiprocket, address: ADDRESS, comments: 'Ring twice' };
      expect(await port.submit(asked)).toEqual({ status: 'accepted' });
      expect(await port.submit({ ...shiprocket, id: 'RQ-2', phone: '+919811100009' })).toEqual({
        status: 'accepted',
      });
      expect(done('/auth/login')).toHaveLength(1);
      expect(done('/auth/login')[0]!.body).toEqual({ email: 'ops@shop.example', password: 'secret' });
      const [first, second] = done('/ndr/149081/action');
      expect(first).toMatchObject({
        method: 'POST',
        headers: { authorization: 'Bearer jwt-1' },
        body: {
          action: 're-attempt',
          comments: 'Ring twice; please come in the evening',
          phone: '9811100001',
          address1: 'Flat 402, Lake View, near the metro',
          address2: '12th Main, Bengaluru, Karnataka, 560038',
          deferred_date: '2026-11-24',
        },
      });
      expect(second!.body).toMatchObject({ phone: '9811100009', deferred_date: '2026-11-24' });
    });

    it('a sign-in that ended is renewed once; a wrong password asks nobody else', async () => {
      says('login', [200, { token: 'old' }], [200, { token: 'new' }]);
      says('action', [401, {}], [202, { status: 'Data Updated Sucessfully' }]);
      expect(await port.submit(shiprocket)).toEqual({ status: 'accepted' });
      expect(done('/action').map((call) => call.headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
      port = carrierFor({ shiprocket: { url, email: 'a@b.example', password: 'no' } }, systemClock)!;
      says('login', [403, { message: 'Invalid' }]);
      await expect(port.submit(shiprocket)).rejects.toMatchObject({ retry: { kind: 'reauthorise' } });
    });

    it.each<[string, Reply, string]>([
      ['an error with 200', [200, { error: 'AWB is not in NDR' }], 'AWB is not in NDR'],
      [
        'a status code in a body of 200',
        [200, { status_code: 400, message: 'Invalid date' }],
        'Invalid date',
      ],
      ['a plain refusal', [400, { message: 'comments required' }], 'comments required'],
      ['a refusal without words', [422, {}], 'refused with HTTP 422'],
    ])('%s is a rejection with its reason', async (_what, reply, reason) => {
      says('login', [200, { token: 'jwt' }]);
      says('action', reply);
      expect(await port.submit(shiprocket)).toEqual({ status: 'rejected', reason });
    });

    it('no decision is no decision: a dropped call, too many calls and a fault are tried again later', async () => {
      says('login', [200, { token: 'jwt' }]);
      for (const reply of ['drop', [429, {}], [502, {}]] as Reply[]) {
        says('action', reply);
        await expect(port.submit(shiprocket)).rejects.toMatchObject({ retry: { kind: 'backoff' } });
      }
    });

    it('takes what Shiprocket has a call for, and leaves the rest to people', () => {
      expect(port.takes(shiprocket)).toBe(true);
      expect(port.takes({ ...shiprocket, action: 'return_to_origin' })).toBe(true);
      for (const action of ['reschedule', 'update_address', 'return_pickup', 'cancel'] as const)
        expect(port.takes({ ...shiprocket, action })).toBe(false);
      expect(port.takes({ ...shiprocket, trackingNumber: undefined })).toBe(false);
    });
  } else {
    it('another day with a corrected address is uploaded once and its decision looked up', async () => {
      says('update', [200, { request_id: 'UPL1' }]);
      says('UPL1', [200, { status: 'In Progress' }], [200, { status: 'Success' }]);
      expect(await port.submit({ ...INSTRUCTION, address: ADDRESS })).toEqual({
        status: 'accepted',
        reference: 'UPL1',
      });
      expect(done('/api/p/update')).toMatchObject([
        {
          headers: { authorization: 'Token del-key' },
          body: {
            data: [
              {
                waybill: '149081',
                act: 'EDIT_DETAILS',
                action_data: {
                  name: 'Asha Rao',
                  phone: '9811100001',
                  add: 'Flat 402, Lake View, 12th Main, near the metro, Bengaluru, Karnataka, 560038',
                },
              },
              { waybill: '149081', act: 'DEFER_DLV', action_data: { deferred_date: '2026-11-24' } },
            ],
          },
        },
      ]);
    });

    it('without a day it is another attempt; a decision that stays open is asked for again and not uploaded again', async () => {
      says('update', [200, { request_id: 'UPL2' }]);
      says('UPL2', [200, { status: 'In Progress' }]);
      const asked = { ...INSTRUCTION, date: undefined };
      await expect(port.submit(asked)).rejects.toMatchObject({ retry: { kind: 'backoff' } });
      says('UPL2', [
        200,
        { status: 'Complete', failed_wbns: [{ wbn: '149081', message: 'Not in pending' }] },
      ]);
      expect(await port.submit(asked)).toEqual({
        status: 'rejected',
        reference: 'UPL2',
        reason: 'Not in pending',
      });
      expect(done('/api/p/update')).toHaveLength(1);
      expect(done('/api/p/update')[0]!.body).toEqual({ data: [{ waybill: '149081', act: 'RE-ATTEMPT' }] });
    });

    it('a correction on the way is an edit, accepted or rejected at once', async () => {
      const asked = {
        ...INSTRUCTION,
        action: 'update_address' as const,
        date: undefined,
        phone: '+919811100009',
      };
      says('edit', [200, { status: 'Success' }]);
      expect(await port.submit(asked)).toEqual({ status: 'accepted' });
      expect(done('/api/p/edit')[0]!.body).toEqual({ waybill: '149081', phone: '9811100009' });
      says('edit', [200, { status: 'Failure', error: 'Shipment already dispatched' }]);
      expect(await port.submit(asked)).toEqual({ status: 'rejected', reason: 'Shipment already dispatched' });
      says('edit', [401, {}]);
      await expect(port.submit(asked)).rejects.toMatchObject({ retry: { kind: 'reauthorise' } });
    });

    it('takes its own parcels and the calls it has; with Shiprocket beside it the others go there', () => {
      expect(port.takes(INSTRUCTION)).toBe(true);
      expect(port.takes({ ...INSTRUCTION, carrier: 'Delhivery Surface' })).toBe(false);
      for (const action of ['reschedule', 'return_pickup', 'cancel'] as const)
        expect(port.takes({ ...INSTRUCTION, action })).toBe(false);
      const both = carrierFor(
        { delhivery: { url, token: 't' }, shiprocket: { url, email: 'a@b.example', password: 'p' } },
        systemClock,
      )!;
      expect(both.takes({ ...INSTRUCTION, carrier: 'Delhivery Surface' })).toBe(true);
      expect(both.takes({ ...INSTRUCTION, action: 'update_address', phone: '+91' })).toBe(true);
    });
  }
});
