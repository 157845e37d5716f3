import { z } from 'zod';
import type { OrderRequest } from '../../src/core/order';
import * as forms from '../../src/http/rest/schemas';
import { summaryForm } from '../../src/http/rest/summary-forms';
import type { Store } from '../../src/store/connect';
import type { MongoOrderStore } from '../../src/store/orders';
import { requestReschedule } from '../../src/support/actions';
import { defaultPolicy } from '../../src/support/policy';
import { openTestStore } from '../kit/store';
import { eventually, keyOf, startStream, type StreamKit } from '../kit/stream';
import { orderBody, orderWire } from './order-body';
import { serveApi, type Api } from './api';

describe('the REST API', () => {
  let store: Store;
  let kit: StreamKit;
  let orders: MongoOrderStore;
  let call: Api['call'];
  let stop: Api['stop'];

  beforeAll(async () => {
    store = await openTestStore();
    kit = await startStream(store);
    ({ orders, call, stop } = await serveApi(store, kit));
  });
  afterAll(async () => {
    await stop();
    await kit.close();
    await store.close();
  });

  test('every address of it needs the key', async () => {
    for (const path of ['/orders/DS-1', '/openapi.json', '/nowhere', '/conversations']) {
      expect((await call('GET', path, undefined, { authorization: '' })).status).toBe(401);
      expect((await call('GET', path, undefined, { authorization: 'Bearer wrong' })).status).toBe(401);
    }
    expect(await call('GET', '/nowhere')).toMatchObject({
      status: 404,
      type: 'application/problem+json; charset=utf-8',
    });
  });

  describe('orders', () => {
    test('are created, replaced and read', async () => {
      expect(await call('GET', '/orders/DS-1')).toMatchObject({ status: 404 });
      expect(await call('PUT', '/orders/DS-1', orderBody('DS-1'))).toMatchObject({
        status: 201,
        body: { orderNumber: 'DS-1' },
      });
      expect((await call('PUT', '/orders/DS-1', orderBody('DS-1'))).status).toBe(200);
      expect(await call('GET', '/orders/DS-1')).toMatchObject({
        status: 200,
        body: { orderNumber: 'DS-1', requests: [] },
      });
    });

    test.each(['#1001/A', 'नंबर 7', '1', 'a?b=c', 'x'.repeat(60)])(
      'no number is refused for its shape: %s',
      async (number) => {
        const body = { ...orderBody(''), orderNumber: undefined };
        expect(await call('PUT', `/orders/${encodeURIComponent(number)}`, body)).toMatchObject({
          status: 201,
          body: { orderNumber: number },
        });
        expect((await call('GET', `/orders/${encodeURIComponent(number)}`)).body.orderNumber).toBe(number);
      },
    );

    test('every bad field is named, and nothing is stored', async () => {
      const bad = {
        ...orderBody('DS-9'),
        currency: 7,
        items: [{ name: 'x', quantity: 1, unitPrice: '1.00' }],
      };
      const { status, body } = await call('PUT', '/orders/DS-9', bad);
      expect(status).toBe(422);
      expect(body.errors.map((error: { field: string }) => error.field)).toEqual(
        expect.arrayContaining(['currency', 'items[0].sku']),
      );
      expect((await call('GET', '/orders/DS-9')).status).toBe(404);
    });

    test('a body for another number, an unreadable one and none are refused', async () => {
      expect(await call('PUT', '/orders/DS-9', orderBody('DS-8'))).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'orderNumber' }] },
      });
      expect((await call('PUT', '/orders/DS-9', '{"a":')).status).toBe(400);
      expect((await call('PUT', '/orders/DS-9')).status).toBe(422);
      expect((await call('PUT', '/orders/DS-9', `"${'x'.repeat(1_100_000)}"`)).status).toBe(413);
      expect((await call('PUT', '/orders/DS-9', [])).status).toBe(422);
    });
  });

  test('returns are listed by order and state and read by their number, without accounts', async () => {
    const request: OrderRequest = {
      id: 'RQ-R',
      type: 'return',
      state: 'requested',
      at: new Date(),
      by: 'customer',
      action: 'return_pickup',
      attempts: 0,
      return: {
        rma: 'RMA-7',
        items: [{ sku: 'A', quantity: 1 }],
        reason: 'size',
        resolution: 'refund',
        refundTo: { kind: 'upi', masked: 'a***@upi', sealed: 'zzz' },
      },
    };
    const { order } = await orders.put(orderWire.read(orderBody('RT-1')), new Date());
    await orders.change('RT-1', order.version, { addRequest: request }, new Date());
    const wanted = {
      rma: 'RMA-7',
      orderNumber: 'RT-1',
      state: 'requested',
      items: [{ sku: 'A', quantity: 1 }],
      reason: 'size',
      resolution: 'refund',
      refundTo: { kind: 'upi', masked: 'a***@upi' },
      at: expect.any(String),
    };
    expect((await call('GET', '/returns/RMA-7')).body).toEqual(wanted);
    expect((await call('GET', '/returns?orderNumber=RT-1')).body).toEqual({
      items: [wanted],
      nextCursor: null,
    });
    expect((await call('GET', '/returns?state=accepted')).body.items).toEqual([]);
    expect((await call('GET', '/returns?state=lost')).status).toBe(422);
    expect((await call('GET', '/returns?cursor=nonsense')).status).toBe(422);
    for (const parts of [['soon', 'x'], [1e300, 'x'], [1], [1, 2], {}, [[1], 'x']]) {
      const made = Buffer.from(JSON.stringify(parts)).toString('base64url');
      expect([parts, (await call('GET', `/conversations?cursor=${made}`)).status]).toEqual([parts, 422]);
    }
    expect((await call('GET', '/returns/RMA-8')).status).toBe(404);
  });

  describe('conversations', () => {
    const user = '919833300001';
    const path = `/conversations/${encodeURIComponent(keyOf(user))}`;
    const messages = async () =>
      ((await call('GET', `${path}/messages`)).body.items ?? []) as {
        from: string;
        text: string;
        seq: number;
        state?: string;
      }[];
    beforeAll(async () => {
      await kit.says(user, 'hello');
      await eventually('an answer', async () => (await messages()).length === 2);
    });

    test('are listed by channel, user and owner, newest first, a page at a time', async () => {
      await kit.says('919833300002', 'hello');
      await eventually(
        'the second one',
        async () => (await call('GET', '/conversations?channel=whatsapp')).body.items.length === 2,
      );
      const { body } = await call('GET', '/conversations?channel=whatsapp&limit=1');
      expect(body.items[0]).toMatchObject({
        channel: 'whatsapp',
        user: '919833300002',
        owner: 'bot',
        updatedAt: expect.any(String),
      });
      const next = await call('GET', `/conversations?channel=whatsapp&limit=1&cursor=${body.nextCursor}`);
      expect(next.body.items[0].user).toBe(user);
      expect((await call('GET', `/conversations?user=${user}`)).body.items).toHaveLength(1);
      expect((await call('GET', '/conversations?owner=nobody')).status).toBe(422);
      expect((await call('GET', '/conversations/none')).status).toBe(404);
    });

    test('the transcript is read in order, a page at a time', async () => {
      const first = await call('GET', `${path}/messages?limit=1`);
      expect(first.body.items).toMatchObject([
        { seq: 1, from: 'customer', text: 'hello', visibility: 'public' },
      ]);
      const second = await call('GET', `${path}/messages?limit=1&cursor=${first.body.nextCursor}`);
      expect(second.body.items).toMatchObject([{ seq: 2, from: 'bot' }]);
      expect((await call('GET', `${path}/messages?cursor=x`)).status).toBe(422);
    });

    test('writing takes the conversation over, sends once for a key, and a note stays inside', async () => {
      const sent = await call(
        'POST',
        `${path}/messages`,
        { text: 'Meera here' },
        { 'idempotency-key': 'k1' },
      );
      expect(sent).toMatchObject({
        status: 201,
        body: { from: 'agent', text: 'Meera here', visibility: 'public' },
      });
      await call('POST', `${path}/messages`, { text: 'Meera here' }, { 'idempotency-key': 'k1' });
      expect(
        (await call('POST', `${path}/messages`, { text: 'vip', visibility: 'note' })).body,
      ).toMatchObject({ visibility: 'note' });
      await eventually('it was sent', () => kit.provider.ledger.some((send) => send.text === 'Meera here'));
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(
        kit.provider.ledger.filter((send) => send.to === user && /Meera|vip/.test(send.text ?? '')),
      ).toHaveLength(1);
      expect((await call('GET', path)).body.owner).toBe('agent');
    });

    test.each([
      [{}],
      [{ text: ' ' }],
      [{ text: 'x'.repeat(4097) }],
      [{ text: 'a', visibility: 'secret' }],
      ['[1'],
    ])('refuses to write %j', async (body) => {
      const before = (await messages()).length;
      expect([400, 422]).toContain((await call('POST', `${path}/messages`, body)).status);
      expect(await messages()).toHaveLength(before);
    });

    test('the owner moves by name', async () => {
      for (const owner of ['bot', 'agent', 'closed']) {
        const answer = await call('POST', `${path}/owner`, { owner, survey: false });
        expect(answer).toMatchObject({ status: 200, body: { owner } });
      }
      expect((await call('POST', `${path}/owner`, { owner: 'waiting' })).status).toBe(422);
      expect((await call('POST', '/conversations/none/owner', { owner: 'bot' })).status).toBe(404);
    });
  });

  test('answers have exactly the fields that the description names', async () => {
    const shipment = {
      id: 'S1',
      carrier: 'delhivery',
      trackingNumber: 'AF-1',
      status: 'in_transit',
      skus: ['A'],
      promisedBy: '2026-11-24',
      events: [
        { at: '2026-11-20T08:00:00', status: 'in_transit', location: 'Hosur hub', note: 'Bag received' },
      ],
    };
    await call('PUT', '/orders/AF-1', { ...orderBody('AF-1'), shipments: [shipment], gift: { wrap: true } });
    const before = await orders.findByNumber('AF-1');
    const asked = await requestReschedule(
      { orders, rules: { policy: defaultPolicy, timeZone: 'Asia/Kolkata', country: 'IN' } },
      {
        orderNumber: 'AF-1',
        turnId: 't1',
        by: 'customer',
        date: '2026-11-24',
        slot: 'evening',
        now: new Date('2026-11-22T06:00:00Z'),
      },
    );
    expect(asked.ok).toBe(true);
    const { body } = await call('GET', '/orders/AF-1');
    expect(forms.orderForm.parse(body)).toEqual(body);
    expect(body.requests).toMatchObject([
      { type: 'reschedule', state: 'requested', date: '2026-11-24', slot: 'evening' },
    ]);
    expect(body.meta).toMatchObject({ gift: { wrap: true } });
    expect(body.version).toBeGreaterThan(before!.version);
    const { body: list } = await call('GET', '/returns');
    expect(z.array(forms.returnForm).parse(list.items)).toEqual(list.items);
    const { body: open } = await call('GET', '/conversations');
    expect(z.array(forms.conversationForm).parse(open.items)).toEqual(open.items);
    const { body: said } = await call(
      'GET',
      `/conversations/${encodeURIComponent(open.items[0].id)}/messages`,
    );
    expect(z.array(forms.messageForm).parse(said.items)).toEqual(said.items);
    const { body: figures } = await call('GET', '/metrics/summary');
    expect(summaryForm.parse(figures)).toEqual(figures);
  });

  test('figures are asked for by day or time', async () => {
    expect((await call('GET', '/metrics/summary')).body.conversations.total).toBeGreaterThan(0);
    expect(
      (await call('GET', '/metrics/summary?from=2026-01-01&to=2026-01-02')).body.conversations.total,
    ).toBe(0);
    expect((await call('GET', '/metrics/summary?to=yesterday')).status).toBe(422);
  });

  test('the description is OpenAPI 3.1, and every reference in it leads somewhere', async () => {
    const { body } = await call('GET', '/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const text = JSON.stringify(body);
    const names = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(body.components.schemas[name!]).toMatchObject({ type: 'object' });
    expect(Object.keys(body.paths).sort()).toEqual([
      '/conversations',
      '/conversations/{id}',
      '/conversations/{id}/messages',
      '/conversations/{id}/owner',
      '/metrics/summary',
      '/orders/import',
      '/orders/{orderNumber}',
      '/returns',
      '/returns/{rma}',
    ]);
  });
});
