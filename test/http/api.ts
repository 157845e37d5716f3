import { systemClock } from '../../src/core/clock';
import { restRouter } from '../../src/http/rest/router';
import type { Store } from '../../src/store/connect';
import { MongoOrderStore } from '../../src/store/orders';
import { MongoSummary } from '../../src/store/summary';
import { advanceShipment, mergeShopOrder } from '../../src/support/scans';
import type { StreamKit } from '../kit/stream';
import { orderWire } from './order-body';
import { serve } from './serve';

const KEY = 'the api key';

/** Whatever fields an answer has; each test looks at those it is about. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = any;

export type Api = Awaited<ReturnType<typeof serveApi>>;

/** The REST API over a real store and stream, and a caller that has its key. */
export async function serveApi(store: Store, kit: StreamKit) {
  const orders = new MongoOrderStore(store.connection, { advanceShipment, mergeShopOrder });
  const router = restRouter({
    apiKey: KEY,
    publicUrl: 'http://127.0.0.1:3000',
    timeZone: 'Asia/Kolkata',
    clock: systemClock,
    orders,
    orderWire,
    conversations: kit.stream.conversations,
    actions: kit.stream.actions,
    summary: new MongoSummary(store.connection),
  });
  const { url, stop } = await serve({ mounts: [{ path: '/api/v1', router }] });
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/api/v1${path}`, {
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
  return { orders, call, stop };
}
