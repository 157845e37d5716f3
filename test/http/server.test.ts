import { createServer } from 'node:http';
import { Router } from 'express';
import { AppError } from '../../src/core/errors';
import { requireBearer } from '../../src/http/bearer';
import { serve, whatsapp } from './serve';

function routes(arrived: () => void = () => undefined): Router {
  const router = Router();
  router.get('/fault', () => {
    throw new Error('secret of the inside');
  });
  router.get('/conflict', () => {
    throw new AppError('conflict', 'somebody else was first', {
      fields: [{ field: 'a[0].b', message: 'is taken' }],
    });
  });
  router.get('/slow', (_req, res) => {
    arrived();
    setTimeout(() => res.json({ done: true }), 300);
  });
  router.get('/stream', (_req, res) => {
    res.set('Content-Type', 'text/event-stream').flushHeaders();
    res.write('data: first\n\n');
  });
  router.get('/person/:phone', (_req, res) => void res.json({}));
  return router;
}

describe('the doors together', () => {
  let reasons: (string | undefined)[];
  let served: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    served = await serve({
      apiKey: 'the key',
      checks: [
        { name: 'store', check: () => reasons[0] },
        { name: 'channel', check: async () => reasons[1] },
      ],
      mounts: [{ path: '/t', router: routes() }],
    });
  });
  beforeEach(() => {
    reasons = [];
  });
  afterAll(() => served.stop());
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${served.url}${path}`, { headers });

  test('/healthz says that the process is up', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
  });

  test('/readyz is 200 when everything is ready and 503 with every reason otherwise', async () => {
    expect((await get('/readyz')).status).toBe(200);
    reasons = ['does not answer', 'not connected'];
    const response = await get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'not ready',
      reasons: ['store: does not answer', 'channel: not connected'],
    });
  });

  test('a session that is not open is told by /readyz, and takes nothing else away', async () => {
    const note = 'scan the code';
    const session = {
      start: () => undefined,
      stop: () => Promise.resolve(),
      state: () => ({ name: 'linking' as const, note, qr: 'secret' }),
    };
    const [channel] = whatsapp;
    const linking = await serve({
      channels: [{ ...channel!, id: 'whatsapp-web', inbound: undefined, session }],
    });
    const response = await fetch(`${linking.url}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ready', notes: ['whatsapp-web: scan the code'] });
    await linking.stop();
  });

  test('/readyz does not wait for a check that hangs', async () => {
    const hanging = await serve({
      checks: [{ name: 'store', check: () => new Promise<string>(() => undefined) }],
    });
    const response = await fetch(`${hanging.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ reasons: ['store: does not answer in time'] });
    await hanging.stop();
  });

  test('/metrics is for this machine, and by key for what a proxy passes on', async () => {
    await get('/t/person/919811100001');
    const text = await (await get('/metrics')).text();
    expect(text).toContain('doorstep_http_request_seconds');
    expect(text).toContain('route="/t/person/:phone"');
    expect(text).not.toContain('919811100001');
    const proxied = { 'x-forwarded-for': '203.0.113.9' };
    expect((await get('/metrics', proxied)).status).toBe(401);
    expect((await get('/metrics', { ...proxied, authorization: 'Bearer the key' })).status).toBe(200);
    expect((await get('/metrics', { ...proxied, authorization: 'Bearer a key' })).status).toBe(401);
  });

  test('an address where nothing lives is a problem document, and a page for browsers', async () => {
    const response = await get('/nowhere');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as { requestId: string };
    expect(problem).toMatchObject({ status: 404, title: expect.any(String), detail: expect.any(String) });
    expect(response.headers.get('x-request-id')).toBe(problem.requestId);
    expect(await (await get('/nowhere', { accept: 'text/html,*/*' })).text()).toContain('<h1>404</h1>');
  });

  test('a fault of ours tells nothing of the inside', async () => {
    const response = await get('/t/fault');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret of the inside');
  });

  test('an error of ours keeps its words and fields', async () => {
    expect(await (await get('/t/conflict')).json()).toMatchObject({
      status: 409,
      detail: 'somebody else was first',
      errors: [{ field: 'a[0].b', message: 'is taken' }],
    });
    expect((await get('/t/person/%E0%A4%A')).status).toBe(400);
  });

  test('a content security policy without inline anything; HSTS only for https', async () => {
    const plain = (await get('/t/person/1')).headers;
    expect(plain.get('content-security-policy')).toContain("script-src 'self'");
    expect(plain.get('content-security-policy')).not.toMatch(/unsafe|upgrade-insecure-requests/);
    expect(plain.get('strict-transport-security')).toBeNull();
    expect(plain.get('x-powered-by')).toBeNull();
    const secure = await serve({ https: true });
    const headers = (await fetch(`${secure.url}/`)).headers;
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
    expect(headers.get('strict-transport-security')).toContain('max-age');
    await secure.stop();
  });

  test('only the widget may be loaded by pages of other sites', async () => {
    expect((await get('/widget.js')).headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect((await get('/desk')).headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});

describe('a bearer door', () => {
  test('lets the right token through without limit and limits only wrong ones', async () => {
    const router = Router();
    router.use(requireBearer('right'));
    router.get('/', (_req, res) => void res.json({ ok: true }));
    const { url, stop } = await serve({ mounts: [{ path: '/api', router }] });
    const call = async (token?: string) =>
      (
        await fetch(`${url}/api`, {
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        })
      ).status;
    expect(await call()).toBe(401);
    expect(await call('righ')).toBe(401);
    const wrong = await Promise.all(Array.from({ length: 120 }, () => call('wrong')));
    expect(wrong.at(-1)).toBe(429);
    expect(wrong.filter((status) => status === 401).length).toBeGreaterThan(50);
    const right = await Promise.all(Array.from({ length: 150 }, () => call('right')));
    expect(new Set(right)).toEqual(new Set([200]));
    await stop();
  });
});

describe('stopping', () => {
  test('ends live streams first, lets running requests end, and takes nothing new', async () => {
    let arrived = (): void => undefined;
    const there = new Promise<void>((resolve) => (arrived = resolve));
    const { url, stop } = await serve({ mounts: [{ path: '/t', router: routes(() => arrived()) }] });
    const stream = await fetch(`${url}/t/stream`);
    const slow = fetch(`${url}/t/slow`).then((response) => response.json());
    await there;
    const order: string[] = [];
    await Promise.all([
      stream.text().then((text) => order.push(text.trim())),
      slow.then((answer) => order.push(JSON.stringify(answer))),
      stop().then(() => order.push('stopped')),
    ]);
    expect(order[0]).toBe('data: first');
    expect(order.sort()).toEqual(['data: first', 'stopped', '{"done":true}']);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  test('does not wait for ever for a request that hangs', async () => {
    const router = Router();
    const there = new Promise<void>((resolve) => router.get('/', () => resolve()));
    const { url, stop } = await serve({ mounts: [{ path: '/hang', router }] });
    const hanging = fetch(`${url}/hang`).catch((error: Error) => error.name);
    await there;
    await stop(100);
    expect(await hanging).toBe('TypeError');
  });

  test('an address that is taken is said in words', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const { doors, stop } = await serve({});
    await stop();
    await expect(doors.listen({ host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'settings' });
    other.close();
  });
});
