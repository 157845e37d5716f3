import type { AgentRole } from '../../src/core/agents';
import { createDeskRouter } from '../../src/desk/router';
import type { DeskDeps } from '../../src/desk/deps';
import { DeskClient } from './desk-client';
import { startDesk, type DeskKit } from './desk-kit';

/** Every route of the desk's API with the lowest role that may use it. `key`, `number`, `id`, `seq` and `n` name things that do not exist. */
const ROUTES: [string, string, AgentRole][] = [
  ['GET', '/session', 'agent'],
  ['PUT', '/session/password', 'agent'],
  ['GET', '/queue', 'agent'],
  ['GET', '/conversations/:key', 'agent'],
  ['GET', '/conversations/:key/messages', 'agent'],
  ['GET', '/conversations/:key/files/:seq/:n', 'agent'],
  ['POST', '/conversations/:key/messages', 'agent'],
  ['POST', '/conversations/:key/messages/:id/retry', 'agent'],
  ['POST', '/conversations/:key/owner', 'agent'],
  ['POST', '/conversations/:key/transfer', 'agent'],
  ['POST', '/conversations/:key/typing', 'agent'],
  ['GET', '/conversations/:key/orders', 'agent'],
  ['GET', '/orders/:number', 'agent'],
  ['GET', '/orders/:number/offers', 'agent'],
  ['POST', '/orders/:number/actions', 'agent'],
  ['GET', '/requests', 'agent'],
  ['GET', '/failed-deliveries', 'agent'],
  ['POST', '/requests/:id/settle', 'agent'],
  ['GET', '/people', 'agent'],
  ['GET', '/canned-replies', 'agent'],
  ['GET', '/events', 'agent'],
  ['GET', '/team', 'supervisor'],
  ['GET', '/figures', 'supervisor'],
  ['GET', '/figures.csv', 'supervisor'],
  ['PUT', '/canned-replies', 'supervisor'],
  ['DELETE', '/canned-replies/:id', 'supervisor'],
  ['GET', '/agents', 'admin'],
  ['POST', '/agents', 'admin'],
  ['PATCH', '/agents/:id', 'admin'],
  ['GET', '/audit', 'admin'],
  ['GET', '/channels', 'admin'],
  ['GET', '/channels/:id/code.svg', 'admin'],
  ['DELETE', '/session', 'agent'],
];
const RANK: AgentRole[] = ['agent', 'supervisor', 'admin'];

type Layer = {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
};

function routesOf(layers: Layer[]): string[] {
  return layers.flatMap(({ route, handle }) => {
    if (route)
      return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${String(route.path)}`);
    return handle.stack ? routesOf(handle.stack) : [];
  });
}

describe('who may use which route', () => {
  let desk: DeskKit;
  const clients = new Map<AgentRole, DeskClient>();
  beforeAll(async () => {
    desk = await startDesk();
    for (const role of RANK) clients.set(role, await desk.agent(role));
  });
  afterAll(() => desk.close());

  it('is walked for every route there is', () => {
    const deps = {
      clock: { now: () => new Date() },
      rules: { policy: { support: {} } },
      webRoot: '.',
    } as unknown as DeskDeps;
    const router = createDeskRouter(deps) as unknown as { stack: Layer[] };
    const api = router.stack.find(({ handle }) => routesOf(handle.stack ?? []).includes('GET /queue'));
    const listed = ROUTES.map(([method, path]) => `${method} ${path}`);
    expect(new Set(routesOf(api!.handle.stack!))).toEqual(new Set([...listed, 'POST /session']));
  });

  const filled = (path: string) => path.replace(/:(key|number|id|seq|n)\b/g, 'none');

  it.each(ROUTES)('%s %s: nobody without a session', async (method, path) => {
    const stranger = new DeskClient(desk.url);
    const answer = await stranger.call(method, filled(path), method === 'GET' ? undefined : {});
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    stranger.cookie = `doorstep_desk=${'A'.repeat(43)}`;
    expect((await stranger.call(method, filled(path), method === 'GET' ? undefined : {})).status).toBe(401);
  });

  it.each(ROUTES.filter(([, path]) => path !== '/events'))(
    '%s %s: from the role %s on',
    async (method, path, lowest) => {
      for (const role of RANK) {
        const client = clients.get(role)!;
        if (method === 'DELETE' && path === '/session') continue;
        const { status } = await client.call(method, filled(path), method === 'GET' ? undefined : {});
        const allowed = RANK.indexOf(role) >= RANK.indexOf(lowest);
        expect([role, status === 403]).toEqual([role, !allowed]);
        expect(status).not.toBe(401);
        expect(status).toBeLessThan(500);
      }
    },
  );

  it.each(ROUTES.filter(([method]) => method !== 'GET'))(
    '%s %s: not without the token of the session',
    async (method, path) => {
      const { cookie, session } = clients.get('admin')!;
      const client = new DeskClient(desk.url);
      client.cookie = cookie;
      const other = clients.get('agent')!.session.csrf;
      for (const headers of [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': other }]) {
        expect((await client.call(method, filled(path), {}, headers as Record<string, string>)).status).toBe(
          403,
        );
      }
      expect(session.csrf).not.toBe(other);
    },
  );

  it('lets nobody demote or switch off their own account', async () => {
    const admin = clients.get('admin')!;
    const self = `/agents/${admin.session.agent.id}`;
    expect((await admin.call('PATCH', self, { role: 'agent' })).status).toBe(409);
    expect((await admin.call('PATCH', self, { active: false })).status).toBe(409);
  });

  it('adds people, refuses an e-mail twice, and keeps an audit trail of it', async () => {
    const admin = clients.get('admin')!;
    const person = {
      email: 'new@tulsilane.example',
      name: 'New Person',
      role: 'agent',
      password: 'ten-letters-more',
    };
    const added = await admin.done<{ id: string }>('POST', '/agents', person);
    expect((await admin.call('POST', '/agents', { ...person, email: 'NEW@tulsilane.example' })).status).toBe(
      409,
    );
    const short = await admin.call<{ errors: unknown }>('POST', '/agents', {
      ...person,
      email: 'x',
      password: 'short',
    });
    expect(short.status).toBe(422);
    const { items } = await admin.done<{ items: { action: string; subject?: string }[] }>('GET', '/audit');
    expect(items).toContainEqual(expect.objectContaining({ action: 'agent_added', subject: added.id }));
    expect(JSON.stringify(items)).not.toContain('tulsilane.example');
  });

  it('answers unreadable bodies, wrong values and unknown addresses with a problem, and changes nothing', async () => {
    const admin = clients.get('admin')!;
    const malformed = await admin.call<{ code: string }>('POST', '/agents', '{"email":');
    expect([malformed.status, malformed.body.code]).toEqual([400, 'malformed']);
    const large = await admin.call('POST', '/agents', { email: 'x'.repeat(70_000) });
    expect(large.status).toBe(413);
    const wrong = await admin.call<{ errors: { field: string }[] }>('POST', '/agents', {
      email: 'x',
      role: 'king',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map(({ field }) => field).sort()).toEqual(['email', 'name', 'password', 'role']);
    expect((await admin.call('GET', '/nowhere')).status).toBe(404);
    expect((await admin.call('GET', '/queue?limit=-1')).status).toBe(422);
    expect((await admin.call('GET', '/queue?cursor=abc')).status).toBe(422);
    expect((await admin.call('GET', '/conversations/%E0%A4%A')).status).toBe(400);
    expect(desk.faults).toEqual([]);
  });
});
