import { systemClock } from '../../src/core/clock';
import type { OrderRequest } from '../../src/core/order';
import { restRouter } from '../../src/http/rest/router';
import type { Store } from '../../src/store/connect';
import { MongoOrderStore } from '../../src/store/orders';
import { openTestStore } from '../kit/store';
import { eventually, keyOf, startStream, type StreamKit } from '../kit/stream';
import { orderBody, orderRules, orderWire } from './order-wire';
import { serve } from './serve';

const KEY = 'the api key';

/** Whatever fields an answer has; each test looks at those it is about. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = any;

describe('the REST API', () => {
  let store: Store;
  let kit: StreamKit;
  let orders: MongoOrderStore;
  let served: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    store = await openTestStore();
    kit = await startStream(store);
    orders = new MongoOrderStore(store.connection, orderRules);
    const router = restRouter({
      apiKey: KEY,
      publicUrl: 'http://127.0.0.1:3000',
      timeZone: 'Asia/Kolkata',
      clock: systemClock,
      orders,
      orderWire,
      conversations: kit.stream.conversations,
      actions: kit.stream.actions,
      summary: {
        summary: async (range) => ({
          ...emptySummary,
          deliveries: { ...emptySummary.deliveries, parcels: range.from ? 1 : 0 },
        }),
      },
    });
    served = await serve({ mounts: [{ path: '/api/v1', router }] });
  }, 30_000);
  afterAll(async () => {
    await served.stop();
    await kit.close();
    await store.close();
  });

  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${served.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: (await response.json()) as Answer,
    };
  };

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

    test.each(['#1001/A', 'नंबर 7', '1', 'a?b=c', 'x'.repeat(150)])(
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

  describe('an import', () => {
    const thousand = (start: number): unknown[] =>
      Array.from({ length: 1000 }, (_, n) => orderBody(`IM-${start + n}`));

    test('keeps 997 of 1,000 lines and names the three bad ones', async () => {
      const lines = thousand(10_000).map((order) => JSON.stringify(order));
      lines[4] = '{"orderNumber": "IM-10004",';
      lines[500] = JSON.stringify({ ...orderBody('IM-10500'), items: [{}] });
      lines[999] = '"a text"';
      const { status, body } = await call('POST', '/orders/import', lines.join('\n'), {
        'content-type': 'application/x-ndjson',
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({ accepted: 997, rejected: 3 });
      expect(body.results).toHaveLength(1000);
      const bad = body.results.filter((result: { ok: boolean }) => !result.ok);
      expect(bad.map((result: { line: number }) => result.line)).toEqual([5, 501, 1000]);
      expect(bad[1]).toMatchObject({
        orderNumber: 'IM-10500',
        errors: expect.arrayContaining([expect.objectContaining({ field: 'items[0].sku' })]),
      });
      expect(await orders.findByNumber('IM-10999')).toBeUndefined();
      expect((await orders.findByNumber('IM-10998'))?.orderNumber).toBe('IM-10998');
    });

    test('takes an array, whatever the content type says, and twice is once', async () => {
      const body = JSON.stringify(thousand(20_000).slice(0, 50));
      for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
        const answer = await call('POST', '/orders/import', body, { 'content-type': type });
        expect(answer.body).toMatchObject({ accepted: 50, rejected: 0 });
      }
    });

    test('numbers lines as an editor does and reads blank ones over', async () => {
      const text = `\n${JSON.stringify(orderBody('IM-1'))}\r\n\n{}\n${JSON.stringify(orderBody('IM-1'))}\n\n`;
      const { body } = await call('POST', '/orders/import', text);
      expect(body.results.map(({ line, ok }: { line: number; ok: boolean }) => [line, ok])).toEqual([
        [2, true],
        [4, false],
        [5, true],
      ]);
    });

    test('refuses what is no list at all, and stores nothing of it', async () => {
      expect((await call('POST', '/orders/import', '')).status).toBe(400);
      expect((await call('POST', '/orders/import', `[${JSON.stringify(orderBody('IM-2'))},`)).status).toBe(
        400,
      );
      expect(await orders.findByNumber('IM-2')).toBeUndefined();
      expect((await call('POST', '/orders/import', '[]', { 'content-encoding': 'gzip' })).status).toBe(415);
    });

    test('a line that is far too long is named and does no harm to the next', async () => {
      const { body } = await call(
        'POST',
        '/orders/import',
        `"${'x'.repeat(3_000_000)}"\n${JSON.stringify(orderBody('IM-3'))}`,
      );
      expect(body).toMatchObject({
        accepted: 1,
        rejected: 1,
        results: [
          { line: 1, ok: false },
          { line: 2, orderNumber: 'IM-3' },
        ],
      });
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
    };
    expect((await call('GET', '/returns/RMA-7')).body).toEqual(wanted);
    expect((await call('GET', '/returns?orderNumber=RT-1')).body).toEqual({
      items: [wanted],
      nextCursor: null,
    });
    expect((await call('GET', '/returns?state=accepted')).body.items).toEqual([]);
    expect((await call('GET', '/returns?state=lost')).status).toBe(422);
    expect((await call('GET', '/returns?cursor=nonsense')).status).toBe(422);
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

  test('figures are asked for by day or time', async () => {
    expect((await call('GET', '/metrics/summary')).body.deliveries.parcels).toBe(0);
    expect((await call('GET', '/metrics/summary?from=2026-11-01')).body.deliveries.parcels).toBe(1);
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

const emptySummary = {
  conversations: { total: 0, byOwner: {}, byChannel: {}, byLocale: {} },
  messages: { fromCustomers: 0, fromBot: 0, fromAgents: 0, failed: 0 },
  deflection: null,
  handover: { count: 0, rate: null, byReason: {} },
  firstResponse: null,
  resolution: null,
  requests: { total: 0, byType: {}, byState: {}, carrierAcceptanceSeconds: null },
  returns: { total: 0, byReason: {}, byState: {} },
  deliveries: { parcels: 0, attemptFailed: 0, rto: 0, ndrRate: null, rtoRate: null },
  satisfaction: { csat: null, nps: null, answers: 0 },
};
