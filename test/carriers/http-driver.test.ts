import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { carrierFor } from '../../src/carriers/port';
import { systemClock } from '../../src/core/clock';
import type { CarrierInstruction, CarrierPort } from '../../src/core/carrier';

const INSTRUCTION: CarrierInstruction = {
  id: 'RQ-1',
  orderNumber: 'DS-1001',
  shipmentId: 'S1',
  trackingNumber: '1490811111111',
  carrier: 'delhivery',
  action: 'reattempt',
  date: '2026-11-24',
  slot: 'evening',
};

describe('the carrier behind CARRIER_API_URL', () => {
  let server: Server;
  let carrier: CarrierPort;
  let seen: { url?: string; headers: IncomingMessage['headers']; body: unknown }[];
  let answer: (res: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((req, res) => {
      let text = '';
      req.on('data', (chunk: Buffer) => (text += chunk.toString()));
      req.on('end', () => {
        seen.push({ url: req.url, headers: req.headers, body: JSON.parse(text) });
        answer(res);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    carrier = carrierFor({ url: `http://127.0.0.1:${port}/api`, token: 'carrier-token' }, systemClock)!;
  });
  beforeEach(() => (seen = []));
  afterAll(() => void server.close());

  const says = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    (answer = (res) => {
      res.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      res.end(typeof body === 'string' ? body : JSON.stringify(body));
    });

  test('is asked with the instruction, its id as idempotency key, and the token', async () => {
    says(200, { status: 'accepted', reference: 'UPL1', more: true });
    expect(await carrier.submit(INSTRUCTION)).toEqual({ status: 'accepted', reference: 'UPL1' });
    expect(seen[0]).toMatchObject({
      url: '/api/instructions',
      headers: {
        'idempotency-key': 'RQ-1',
        authorization: 'Bearer carrier-token',
        'content-type': 'application/json',
      },
      body: INSTRUCTION,
    });
  });

  test.each([
    [200, { status: 'rejected', reason: 'holiday' }, { status: 'rejected', reason: 'holiday' }],
    [202, { status: 'pending', reference: 7 }, undefined],
    [202, { status: 'pending' }, { status: 'pending' }],
    [422, { reason: 'no such parcel' }, { status: 'rejected', reason: 'refused with HTTP 422' }],
    [422, { status: 'rejected', reason: 'no such parcel' }, { status: 'rejected', reason: 'no such parcel' }],
    [400, 'nonsense', { status: 'rejected', reason: 'refused with HTTP 400' }],
  ])('answering %i %j', async (status, body, expected) => {
    says(status, body);
    if (expected) expect(await carrier.submit(INSTRUCTION)).toMatchObject(expected);
    else await expect(carrier.submit(INSTRUCTION)).rejects.toMatchObject({ retry: { kind: 'backoff' } });
  });

  test.each([
    [500, {}, { kind: 'backoff' }],
    [401, {}, { kind: 'reauthorise' }],
    [429, { 'Retry-After': '7' }, { kind: 'after', afterMs: 7000 }],
    [404, {}, { kind: 'backoff' }],
    [200, {}, { kind: 'backoff' }],
  ])('no decision (%i) is to be asked again', async (status, headers, retry) => {
    says(status, 'not json', headers);
    await expect(carrier.submit(INSTRUCTION)).rejects.toMatchObject({ channel: 'carrier', retry });
  });

  test('a dropped connection is to be asked again', async () => {
    answer = (res) => res.destroy();
    await expect(carrier.submit(INSTRUCTION)).rejects.toMatchObject({ reason: 'provider_down' });
  });

  test('nobody is asked without an address', () => {
    expect(carrierFor({}, systemClock)).toBeUndefined();
    expect(carrierFor({ token: 't' }, systemClock)).toBeUndefined();
  });
});
