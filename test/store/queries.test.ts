import type { Connection } from 'mongoose';
import { explainable, isQuery, shapeOf, watchCommands, type SentCommand } from '../kit/commands';
import { order } from '../kit/orders';
import { startShop, type Shop } from '../kit/product';
import { eventually } from '../kit/stream';

/** Small collections that hold people and settings of one shop; reading all of them is what is meant. */
const READ_WHOLE = /^(find|aggregate|count) (agents|cannedreplies) /;

function stages(plan: unknown): string[] {
  if (!plan || typeof plan !== 'object') return [];
  const own = (plan as { stage?: string }).stage;
  return [...(own ? [own] : []), ...Object.values(plan).flatMap(stages)];
}

async function signIn(url: string): Promise<{ cookie: string; csrf: string }> {
  const answer = await fetch(`${url}/desk/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'admin@doorstep.local', password: 'a-long-password' }),
  });
  const { csrf } = (await answer.json()) as { csrf: string };
  return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '', csrf };
}

describe('every query of the product has an index', () => {
  let shop: Shop;
  let sent: SentCommand[] = [];
  beforeAll(async () => {
    shop = await startShop({
      monitorCommands: true,
      env: { ADMIN_PASSWORD: 'a-long-password' },
      onStore: (connection: Connection) => (sent = watchCommands(connection)),
    });
  });
  afterAll(() => shop.close());

  it('explains no scan for anything asked while customers, agents and the API use it', async () => {
    await shop.put(order('DS-1001', '+919811100001', { status: 'in_transit' }));
    await shop.put(order('DS-1002', '+919811100001', { status: 'delivered' }));
    await shop.api('POST', '/api/v1/orders/import', [
      order('DS-1003', '+919811100002'),
      order('DS-1004', '+919811100003'),
    ]);
    const asha = shop.whatsapp('919811100001');
    await asha.says('where is DS-1001');
    await asha.says('move DS-1001 to the day after tomorrow evening');
    await asha.says('yes');
    await asha.says('talk to a person');
    const web = await shop.web();
    await web.says('where is my order DS-1001');
    await web.says('560038');
    await web.says('9811100001');
    await shop.instagram('9000000000001').says('hello');
    const { id } = await shop.conversation('whatsapp', '919811100001');
    const path = `/api/v1/conversations/${encodeURIComponent(id)}`;
    await shop.api('POST', `${path}/messages`, { text: 'a note', visibility: 'note' });
    await shop.api('POST', `${path}/messages`, { text: 'Meera here' });
    await shop.api('GET', `${path}/messages`);
    await shop.api('POST', `${path}/owner`, { owner: 'bot' });
    for (const query of ['', '?owner=bot', '?channel=web', '?channel=whatsapp&user=919811100001&owner=bot']) {
      expect((await shop.api('GET', `/api/v1/conversations${query}`)).status).toBe(200);
    }
    for (const query of ['', '?state=requested', '?orderNumber=DS-1002'])
      expect((await shop.api('GET', `/api/v1/returns${query}`)).status).toBe(200);
    await shop.api('GET', '/api/v1/returns/RMA-NONE');
    await shop.api('GET', '/api/v1/orders/DS-1001');
    expect((await shop.api('GET', '/api/v1/metrics/summary?from=2026-01-01')).status).toBe(200);
    const cut = '?from=2026-01-01&channel=whatsapp&locale=en';
    expect((await shop.api('GET', `/api/v1/metrics/summary${cut}`)).status).toBe(200);
    const { cookie } = await signIn(shop.product.url);
    expect(cookie).not.toBe('');
    for (const desk of [
      'queue',
      'queue?search=DS-1001',
      'requests',
      'requests?states=requested,sent',
      'team',
      'figures?from=2026-11-01&to=2026-11-30',
      `conversations/${encodeURIComponent(id)}`,
    ]) {
      await fetch(`${shop.product.url}/desk/api/${desk}`, { headers: { cookie } });
    }
    for (const number of ['DS-1005', 'DS-1006'])
      await shop.put(order(number, '+919811100004', { status: 'attempt_failed' }));
    const failed = await fetch(`${shop.product.url}/desk/api/failed-deliveries?limit=1`, {
      headers: { cookie },
    });
    const { nextCursor } = (await failed.json()) as { nextCursor: string };
    expect(nextCursor).toBeTruthy();
    await fetch(`${shop.product.url}/desk/api/failed-deliveries?cursor=${encodeURIComponent(nextCursor)}`, {
      headers: { cookie },
    });
    await eventually('failed deliveries were looked after', () =>
      sent.some(({ command }) => JSON.stringify(command).includes('failedDueAt')),
    );
    await eventually('the workers have looked', () =>
      sent.some(({ command }) => JSON.stringify(command).includes('untold')),
    );

    const shapes = new Map<string, Record<string, unknown>>();
    for (const command of sent.filter(isQuery))
      for (const one of explainable(command)) shapes.set(shapeOf(one), one);
    expect(shapes.size).toBeGreaterThan(30);
    const bare = await shop.connection.db!.command({
      explain: { find: 'orders', filter: { currency: 'INR' } },
      verbosity: 'queryPlanner',
    });
    expect(stages(bare)).toContain('COLLSCAN');
    const scans: string[] = [];
    for (const [shape, command] of shapes) {
      if (READ_WHOLE.test(shape)) continue;
      const plan = await shop.connection.db!.command({ explain: command, verbosity: 'queryPlanner' });
      if (stages(plan).includes('COLLSCAN')) scans.push(shape);
    }
    expect(scans).toEqual([]);
  });
});
