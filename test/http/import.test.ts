import type { Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';
import { startStream, type StreamKit } from '../kit/stream';
import { serveApi, type Api } from './api';
import { orderBody } from './order-body';

describe('an import of orders', () => {
  let store: Store;
  let kit: StreamKit;
  let api: Api;
  beforeAll(async () => {
    store = await openTestStore();
    kit = await startStream(store);
    api = await serveApi(store, kit);
  });
  afterAll(async () => {
    await api.stop();
    await kit.close();
    await store.close();
  });

  const thousand = (start: number): unknown[] =>
    Array.from({ length: 1000 }, (_, n) => orderBody(`IM-${start + n}`));

  test('keeps 997 of 1,000 lines and names the three bad ones', async () => {
    const lines = thousand(10_000).map((order) => JSON.stringify(order));
    lines[4] = '{"orderNumber": "IM-10004",';
    lines[500] = JSON.stringify({ ...orderBody('IM-10500'), items: [{}] });
    lines[999] = '"a text"';
    const { status, body } = await api.call('POST', '/orders/import', lines.join('\n'), {
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
    expect(await api.orders.findByNumber('IM-10999')).toBeUndefined();
    expect((await api.orders.findByNumber('IM-10998'))?.orderNumber).toBe('IM-10998');
  });

  test('takes an array, whatever the content type says, and twice is once', async () => {
    const body = JSON.stringify(thousand(20_000).slice(0, 50));
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      const answer = await api.call('POST', '/orders/import', body, { 'content-type': type });
      expect(answer.body).toMatchObject({ accepted: 50, rejected: 0 });
    }
  });

  test('numbers lines as an editor does and reads blank ones over', async () => {
    const text = `\n${JSON.stringify(orderBody('IM-1'))}\r\n\n{}\n${JSON.stringify(orderBody('IM-1'))}\n\n`;
    const { body } = await api.call('POST', '/orders/import', text);
    expect(body.results.map(({ line, ok }: { line: number; ok: boolean }) => [line, ok])).toEqual([
      [2, true],
      [4, false],
      [5, true],
    ]);
  });

  test('refuses what is no list at all, and stores nothing of it', async () => {
    expect((await api.call('POST', '/orders/import', '')).status).toBe(400);
    expect((await api.call('POST', '/orders/import', `[${JSON.stringify(orderBody('IM-2'))},`)).status).toBe(
      400,
    );
    expect(await api.orders.findByNumber('IM-2')).toBeUndefined();
    expect((await api.call('POST', '/orders/import', '[]', { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  test('a line that is far too long is named and does no harm to the next', async () => {
    const { body } = await api.call(
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
