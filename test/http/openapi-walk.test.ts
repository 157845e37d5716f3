import type { Store } from '../../src/store/connect';
import { openTestStore } from '../kit/store';
import { eventually, keyOf, startStream, type StreamKit } from '../kit/stream';
import { serveApi, type Api } from './api';
import { orderBody } from './order-body';

const USER = '919855500001';
const id = encodeURIComponent(keyOf(USER));

/** For each operation of the description: a good call, and a bad one where there is something to get wrong. */
const CALLS: Record<string, { path: string; body?: unknown; bad?: { path?: string; body?: unknown } }> = {
  'get /orders/{orderNumber}': { path: '/orders/W-1', bad: { path: '/orders/none' } },
  'put /orders/{orderNumber}': { path: '/orders/W-1', body: orderBody('W-1'), bad: { body: { items: 7 } } },
  'post /orders/import': { path: '/orders/import', body: [orderBody('W-2')], bad: { body: '[1' } },
  'get /returns': { path: '/returns?limit=1', bad: { path: '/returns?state=lost' } },
  'get /returns/{rma}': { path: '', bad: { path: '/returns/RMA-none' } },
  'get /conversations': { path: '/conversations?limit=1', bad: { path: '/conversations?owner=nobody' } },
  'get /conversations/{id}': { path: `/conversations/${id}`, bad: { path: '/conversations/none' } },
  'get /conversations/{id}/messages': {
    path: `/conversations/${id}/messages`,
    bad: { path: `/conversations/${id}/messages?limit=0` },
  },
  'post /conversations/{id}/messages': {
    path: `/conversations/${id}/messages`,
    body: { text: 'hello', visibility: 'note' },
    bad: { body: { text: '' } },
  },
  'post /conversations/{id}/owner': {
    path: `/conversations/${id}/owner`,
    body: { owner: 'agent' },
    bad: { body: { owner: 'me' } },
  },
  'get /metrics/summary': { path: '/metrics/summary', bad: { path: '/metrics/summary?from=never' } },
};

test('every operation of the description answers as it says: the good call, the bad one, and none without the key', async () => {
  const store: Store = await openTestStore();
  const kit: StreamKit = await startStream(store);
  const api: Api = await serveApi(store, kit);
  try {
    await kit.says(USER, 'hello');
    await eventually('answered', () => kit.provider.ledger.some((send) => send.to === USER));
    await api.call('PUT', '/orders/W-1', orderBody('W-1'));
    const { body: description } = await api.call('GET', '/openapi.json');
    const operations = Object.entries(description.paths as Record<string, Record<string, unknown>>).flatMap(
      ([path, methods]) =>
        Object.keys(methods)
          .filter((name) => name !== 'parameters')
          .map((method) => ({
            name: `${method} ${path}`,
            answers: methods[method] as { responses: object },
          })),
    );
    expect(operations.map(({ name }) => name).sort()).toEqual(Object.keys(CALLS).sort());
    for (const { name, answers } of operations) {
      const method = name.split(' ')[0]!.toUpperCase();
      const { path, body, bad } = CALLS[name]!;
      const listed = Object.keys(answers.responses);
      for (const authorization of ['', 'Bearer wrong']) {
        const refused = await api.call(method, path || '/returns/x', body, { authorization });
        expect([name, refused.status, refused.body.code]).toEqual([name, 401, 'unauthorized']);
      }
      if (path) {
        const { status } = await api.call(method, path, body);
        expect([name, status < 300 && listed.includes(String(status))]).toEqual([name, true]);
      }
      const refused = await api.call(method, bad?.path ?? path, bad?.body ?? body);
      expect([name, refused.status >= 400 && refused.status < 500]).toEqual([name, true]);
      expect(refused.type).toMatch(/^application\/problem\+json/);
    }
  } finally {
    await api.stop();
    await kit.close();
    await store.close();
  }
}, 60_000);
