import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import { startProduct } from '../../src/app';
import { freePort } from '../../src/bench/product-process';
import { loadConfig } from '../../src/config';
import { API_KEY, startShop, type Shop } from '../kit/product';
import { routesOf } from '../kit/routes';
import { eventually, quiet } from '../kit/stream';
import { DEMO, LIVE, type For } from './route-table';

const ADMIN = { email: 'root@tulsilane.example', password: 'a-long-admin-password' };
const PASSWORD = 'a-long-agent-password';
const LINE = 'please keep my words to yourselves';

type Headers = Record<string, string>;
type Rights = 'agent' | 'supervisor' | 'admin';

/** Which answers a caller may get: `in` is anything but a refusal for who they are. */
type Wanted = 'in' | 401 | 403;

let shop: Shop;
let app: Express;
/** Somebody's headers, by what they are. */
const callers: Record<string, () => Promise<Headers>> = {};

async function signIn(email: string, password: string): Promise<Headers> {
  const answer = await fetch(`${shop.product.url}/desk/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  expect(answer.status).toBe(201);
  const { csrf } = (await answer.json()) as { csrf: string };
  return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0]!, 'x-csrf-token': csrf };
}

/** Signs in once, and again after something that ends sessions. */
function remembered(open: () => Promise<Headers>): () => Promise<Headers> {
  let headers: Promise<Headers> | undefined;
  endSessions.push(() => (headers = undefined));
  return () => (headers ??= open());
}

const endSessions: (() => void)[] = [];

async function hire(role: Rights): Promise<() => Promise<Headers>> {
  if (role === 'admin') return remembered(() => signIn(ADMIN.email, ADMIN.password));
  const admin = await signIn(ADMIN.email, ADMIN.password);
  const email = `${role}@tulsilane.example`;
  const answer = await fetch(`${shop.product.url}/desk/api/agents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...admin },
    body: JSON.stringify({ email, name: role, role, password: PASSWORD }),
  });
  expect(answer.status).toBe(201);
  return remembered(() => signIn(email, PASSWORD));
}

async function expired(): Promise<Headers> {
  const sessions = shop.connection.collection('desksessions');
  const before = await sessions.distinct('_id');
  const headers = await signIn(ADMIN.email, ADMIN.password);
  await sessions.updateOne({ _id: { $nin: before } }, { $set: { expiresAt: new Date(0) } });
  return headers;
}

beforeAll(async () => {
  shop = await startShop({
    onDoors: (opened) => (app = opened),
    env: {
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      SHIPROCKET_WEBHOOK_TOKEN: 'shiprocket-token',
      DELHIVERY_WEBHOOK_TOKEN: 'delhivery-token',
      AFTERSHIP_WEBHOOK_SECRET: 'aftership-secret',
      SHOPIFY_WEBHOOK_SECRET: 'shopify-secret',
    },
  });
  await shop.whatsapp('919811177001').says(LINE);
  const opened = await fetch(`${shop.product.url}/webchat/sessions`, { method: 'POST' });
  const { token } = (await opened.json()) as { token: string };
  const fixed = (headers: Headers) => () => Promise.resolve(headers);
  Object.assign(callers, {
    nobody: fixed({}),
    'a wrong token': fixed({
      authorization: 'Bearer wrong',
      'x-api-key': 'wrong',
      'x-webhook-token': 'wrong',
    }),
    'a wrong signature': fixed({
      'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
      'aftership-hmac-sha256': 'AAAA',
      'x-shopify-hmac-sha256': 'AAAA',
    }),
    'the API key': fixed({ authorization: `Bearer ${API_KEY}` }),
    'a visitor': fixed({ authorization: `Bearer ${token}` }),
    'a visitor of another page': fixed({ authorization: `Bearer ${token}`, origin: 'https://evil.example' }),
    'a made-up session': fixed({ cookie: `doorstep_desk=${'A'.repeat(43)}`, 'x-csrf-token': 'x' }),
    agent: await hire('agent'),
    supervisor: await hire('supervisor'),
    admin: await hire('admin'),
  });
  callers['an expired session'] = remembered(expired);
  callers['an admin without the page’s token'] = async () => ({ cookie: (await callers.admin!()).cookie! });
}, 60_000);

afterAll(() => shop?.close());

const RANK: Record<string, number> = { agent: 1, supervisor: 2, admin: 3 };
const NEEDED: Partial<Record<For, number>> = { 'signed-in': 1, supervisor: 2, admin: 3 };

/** What a caller must get at a route. */
function wanted(route: string, kind: For, caller: string): Wanted {
  const [method = '', path = ''] = route.split(' ');
  const foreign = caller === 'a visitor of another page';
  if (foreign && (path.startsWith('/webchat/') || route === 'POST /desk/api/session')) return 403;
  if (kind === 'open' || kind === 'machine') return 'in';
  // Meta's handshake is refused as forbidden: there is nothing to sign in to.
  if (kind === 'signed') return method === 'GET' ? 403 : 401;
  if (kind === 'key') return caller === 'the API key' ? 'in' : 401;
  if (kind === 'visitor') return caller.startsWith('a visitor') ? 'in' : 401;
  const tokenless = caller === 'an admin without the page’s token';
  if (tokenless) return method === 'GET' ? 'in' : 403;
  const rank = RANK[caller];
  if (rank === undefined) return 401;
  return rank >= (NEEDED[kind] ?? 0) ? 'in' : 403;
}

const PLACES: Record<string, string> = { ':orderNumber': 'DS-1', '{*path}': 'queue/all' };

async function knock(url: string, route: string, headers: Headers) {
  const [method = '', path = ''] = route.split(' ');
  const at = path.replace(/:\w+|\{[^}]*\}/g, (part) => PLACES[part] ?? 'nothing');
  const verb = method === 'USE' ? 'GET' : method;
  const body = verb === 'GET' ? undefined : '{}';
  const answer = await fetch(`${url}${at}`, {
    method: verb,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body } : {}),
  });
  const isFeed = (answer.headers.get('content-type') ?? '').startsWith('text/event-stream');
  if (isFeed) await answer.body?.cancel();
  return { status: answer.status, text: isFeed ? '' : await answer.text() };
}

it('has exactly the routes of the table', () => {
  expect(routesOf(app)).toEqual(Object.keys(LIVE).sort());
});

it('describes every route of the API, and none besides', async () => {
  const { body } = await shop.api<{ paths: Record<string, Record<string, unknown>> }>(
    'GET',
    '/api/v1/openapi.json',
  );
  const described = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((name) => name !== 'parameters')
      .map((method) => `${method.toUpperCase()} /api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const there = routesOf(app).filter((route) => route.includes(' /api/v1/'));
  expect([...described, 'GET /api/v1/openapi.json'].sort()).toEqual(there);
});

describe.each(Object.entries(LIVE))('%s, for %s', (route, kind) => {
  it('answers each caller as it must, and shows those it refuses nothing', async () => {
    for (const [caller, headers] of Object.entries(callers)) {
      const { status, text } = await knock(shop.product.url, route, await headers());
      const must = wanted(route, kind, caller);
      // An address that knocks with wrong tokens too often hears 429 instead.
      const refused = status === must || (must === 401 && status === 429);
      const right = must === 'in' ? status !== 401 && status !== 403 && status < 500 : refused;
      expect({ caller, status, must, right }).toEqual({ caller, status, must, right: true });
      if (must !== 'in') expect(text).not.toContain(LINE);
      if (route === 'DELETE /desk/api/session') endSessions.forEach((end) => end());
    }
  }, 60_000);
});

it('lets agents read what was said, so that the silence above says something', async () => {
  const { id } = await shop.conversation('whatsapp', '919811177001');
  const path = `/desk/api/conversations/${encodeURIComponent(id)}/messages`;
  const at = (headers: Headers) => fetch(`${shop.product.url}${path}`, { headers });
  expect(await (await at(await callers.agent!())).text()).toContain(LINE);
  for (const caller of ['nobody', 'the API key', 'a visitor', 'a made-up session', 'an expired session']) {
    const answer = await at(await callers[caller]!());
    expect([caller, answer.status, (await answer.text()).includes(LINE)]).toEqual([caller, 401, false]);
  }
});

it('keeps metrics from other machines without the key', async () => {
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
    const headers = { [name]: '203.0.113.7' };
    expect((await knock(shop.product.url, 'GET /metrics', headers)).status).toBe(401);
    const keyed = { ...headers, ...(await callers['the API key']!()) };
    expect((await knock(shop.product.url, 'GET /metrics', keyed)).status).toBe(200);
  }
});

it('opens the simulator in a demo only, where the API and the providers’ doors stay closed', async () => {
  for (const route of Object.keys(DEMO)) {
    const { status } = await knock(shop.product.url, route, await callers.admin!());
    expect([route, status]).toEqual([route, 404]);
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'doorstep-demo-'));
  const port = await freePort();
  const config = loadConfig({
    PORT: String(port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    NLU_EMBEDDINGS: 'off',
  });
  let demoApp: Express | undefined;
  const demo = await startProduct(config, {
    log: quiet,
    inProcessStore: true,
    onDoors: (opened) => (demoApp = opened),
  });
  try {
    await eventually('the demo is ready', async () => (await fetch(`${demo.url}/readyz`)).ok);
    const routes = routesOf(demoApp!);
    const without = (route: string) =>
      route.includes(' /api/v1') || /aftership|delhivery|shopify/.test(route);
    const expected = [...Object.keys(LIVE).filter((route) => !without(route)), ...Object.keys(DEMO)];
    expect(routes).toEqual(expected.sort());
    for (const route of Object.keys(DEMO))
      expect([route, (await knock(demo.url, route, {})).status < 500]).toEqual([route, true]);
    for (const route of routes.filter((each) => LIVE[each] === 'signed' || LIVE[each] === 'signed-in')) {
      const { status } = await knock(demo.url, route, {});
      expect([route, status === 401 || status === 403]).toEqual([route, true]);
    }
  } finally {
    await demo.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 60_000);
