import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request } from 'express';
import type { Order } from '../../src/core/order';
import type { OrderStore } from '../../src/core/order-store';
import type { WireEvent } from '../../src/demo/wire';
import { demoOrders } from '../../src/demo/seed';
import { startDemo, type Demo } from '../../src/demo/start';
import { readIdentityToken } from '../../src/http/webchat-identity';

const clock = { now: () => new Date('2026-11-22T12:00:00+05:30') };
const stored = demoOrders(clock.now(), 'Asia/Kolkata').map(
  (order) => ({ ...order, requests: [{ id: 'req-1', state: 'requested' }] }) as never as Order,
);
const orders = {
  findByPhone: async (phone: string) => stored.filter((order) => order.customer.phone === phone),
  findByNumber: async (number: string) => stored.find((order) => order.orderNumber === number),
} as unknown as OrderStore;

interface Posted {
  path: string;
  headers: Request['headers'];
  raw: Buffer;
}

let demo: Demo;
let server: Server;
let base: string;
let posted: Posted[];

beforeEach(async () => {
  posted = [];
  demo = await startDemo({ clock });
  const app = express();
  app.use('/webhooks', express.raw({ type: () => true }), (req, res) => {
    posted.push({ path: req.originalUrl, headers: req.headers, raw: req.body as Buffer });
    res.send('ok');
  });
  app.use(demo.router({ orders, webRoot: '/nowhere', mails: async () => [] }));
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  demo.listening(base);
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await demo.close();
});

const call = (path: string, method = 'GET', body?: unknown) =>
  fetch(`${base}/simulator/api${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });

const say = (customer: string, text: string) =>
  call('/messages', 'POST', { customer, act: { kind: 'text', text } });

const CALM = { slow: false, duplicate: false, down: false, windowClosed: false };

function sendAsProduct(text: string): Promise<Response> {
  const { whatsapp } = demo.settings;
  return fetch(`${whatsapp.graphUrl}/${whatsapp.version}/${whatsapp.phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${whatsapp.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to: '+919811100001',
      type: 'text',
      text: { body: text },
    }),
  });
}

/** Reads the wire's feed until `enough` of its events have come. */
async function wire(enough: number): Promise<WireEvent[]> {
  const answer = await call('/wire');
  const events: WireEvent[] = [];
  let rest = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data) events.push(JSON.parse(data) as WireEvent);
    }
    if (events.length >= enough) break;
  }
  return events;
}

test('a customer writes through the real webhook door, signed with the secret of the channel', async () => {
  expect((await say('asha', 'मेरा order कहाँ है?')).status).toBe(202);
  expect(posted).toHaveLength(1);
  const { path, headers, raw } = posted[0]!;
  expect(path).toBe('/webhooks/whatsapp');
  const mac = createHmac('sha256', demo.settings.whatsapp.appSecret).update(raw).digest('hex');
  expect(headers['x-hub-signature-256']).toBe(`sha256=${mac}`);
  const value = JSON.parse(raw.toString()).entry[0].changes[0].value;
  expect(value.metadata.phone_number_id).toBe(demo.settings.whatsapp.phoneNumberId);
  expect(value.messages[0]).toMatchObject({ from: '919811100001', text: { body: 'मेरा order कहाँ है?' } });
});

test('a tap comes back in the form of what was tapped', async () => {
  const tap = { kind: 'tap', id: 'v1:track', title: 'Track it', of: 'wamid.1' };
  await call('/messages', 'POST', { customer: 'asha', act: { ...tap, control: 'list' } });
  await call('/messages', 'POST', { customer: 'neha', act: { ...tap, control: 'quick-reply' } });
  const [row, quick] = posted.map(({ raw }) => JSON.parse(raw.toString()));
  expect(row.entry[0].changes[0].value.messages[0]).toMatchObject({
    interactive: { list_reply: { id: 'v1:track', title: 'Track it' } },
    context: { id: 'wamid.1' },
  });
  expect(quick.entry[0].messaging[0].message).toMatchObject({ quick_reply: { payload: 'v1:track' } });
});

test('the wire shows the message, our send and its statuses, each with its person', async () => {
  await say('asha', 'hello');
  expect((await sendAsProduct('Hi Asha')).status).toBe(200);
  const events = await wire(5);
  expect(events.map((event) => event.kind)).toEqual(['message', 'send', 'status', 'status', 'status']);
  expect(new Set(events.map((event) => event.user))).toEqual(new Set(['919811100001']));
  expect(events.every((event) => event.answered === 200)).toBe(true);
  expect(JSON.stringify(events)).not.toContain(demo.settings.whatsapp.accessToken);
});

test('a duplicate webhook brings the same message id twice', async () => {
  await call('/world', 'PUT', { ...CALM, duplicate: true });
  for (const customer of ['asha', 'neha']) await say(customer, 'hello');
  const ids = posted.map(({ raw }) => {
    const entry = JSON.parse(raw.toString()).entry[0];
    return entry.messaging?.[0].message.mid ?? entry.changes[0].value.messages[0].id;
  });
  expect(ids).toHaveLength(4);
  expect([ids[0], ids[2]]).toEqual([ids[1], ids[3]]);
});

test('provider down, closed window and calm again are answered as Meta would', async () => {
  await call('/world', 'PUT', { ...CALM, down: true });
  expect((await sendAsProduct('one')).status).toBe(503);
  await call('/world', 'PUT', { ...CALM, windowClosed: true });
  const closed = (await (await sendAsProduct('two')).json()) as { error: { code: number } };
  expect(closed.error.code).toBe(131047);
  await call('/world', 'PUT', CALM);
  expect((await sendAsProduct('three')).status).toBe(200);
});

test('the carrier posts to its own door with its own key', async () => {
  const answer = await call('/carrier', 'POST', {
    orderNumber: 'DS-1001',
    shipmentId: 'S1',
    move: 'delivered',
  });
  expect(await answer.json()).toEqual({ answered: 200 });
  expect(posted[0]!.path).toBe('/webhooks/carrier/a');
  expect(posted[0]!.headers['x-api-key']).toBe(demo.settings.shiprocketToken);
});

test('the carrier decides about a request through the door for its answers', async () => {
  const input = { orderNumber: 'DS-1001', requestId: 'req-1', status: 'rejected' };
  expect(await (await call('/carrier/answer', 'POST', input)).json()).toEqual({ answered: 200 });
  expect(posted[0]!.path).toBe('/webhooks/carrier/instructions');
  expect(posted[0]!.headers.authorization).toBe(`Bearer ${demo.settings.instructionToken}`);
  expect(JSON.parse(posted[0]!.raw.toString())).toMatchObject({ id: 'req-1', status: 'rejected' });
});

test('the shop signs its customers in with an identity the web chat accepts', async () => {
  const { token } = (await (await call('/identity?customer=vikram')).json()) as { token: string };
  const identity = readIdentityToken(token, demo.settings.identitySecret, clock.now());
  expect(identity).toMatchObject({ sub: 'demo-vikram', phone: '+919811100002' });
  expect(identity.until.getTime() - clock.now().getTime()).toBe(3_600_000);
});

test('bad input changes nothing and says so', async () => {
  const bad = [
    await call('/messages', 'POST', { customer: 'nobody', act: { kind: 'text', text: 'x' } }),
    await call('/messages', 'POST', { customer: 'asha', act: { kind: 'text', text: '  ' } }),
    await call('/world', 'PUT', { slow: 'yes' }),
    await call('/carrier', 'POST', { orderNumber: 'DS-1001', shipmentId: 'S1', move: 'fly' }),
    await call('/carrier', 'POST', { orderNumber: 'DS-1003', shipmentId: 'S1', move: 'packed' }),
    await fetch(`${base}/simulator/api/messages`, { method: 'POST', body: '{"customer":"asha"}' }),
  ];
  for (const answer of bad) expect(answer.ok).toBe(false);
  expect(posted).toEqual([]);
});
