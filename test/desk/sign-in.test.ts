import type { ProblemWire, SessionWire } from '../../src/desk/wire';
import { DeskClient } from './desk-client';
import { PASSWORD, startDesk, type DeskKit } from './desk-kit';

describe('signing in to the desk', () => {
  let desk: DeskKit;
  let now = new Date('2026-11-22T06:00:00Z');
  const clock = { now: () => now };
  const wait = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
  };
  beforeAll(async () => {
    desk = await startDesk({ clock });
  });
  afterAll(() => desk.close());

  it('answers who is signed in and sets a cookie that scripts and other sites do not get', async () => {
    await desk.agents.add({
      email: 'Meera@Tulsilane.example',
      name: 'Meera',
      role: 'agent',
      password: PASSWORD,
    });
    const client = new DeskClient(desk.url);
    const answer = await client.signIn(' meera@tulsilane.example', PASSWORD);
    expect(answer.status).toBe(201);
    expect(answer.body.agent).toMatchObject({ name: 'Meera', role: 'agent' });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^doorstep_desk=[\w-]{43}; .*Path=\/desk/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).not.toContain('Secure');
    expect((await client.call<SessionWire>('GET', '/session')).body.agent.name).toBe('Meera');
  });

  it('keeps neither the password nor the cookie readable in the store', async () => {
    const client = await desk.agent('agent');
    const collections = await desk.store.connection.db!.listCollections().toArray();
    const everything = await Promise.all(
      collections.map(({ name }) => desk.store.connection.db!.collection(name).find().toArray()),
    );
    const stored = JSON.stringify(everything);
    expect(stored).not.toContain(PASSWORD);
    expect(stored).not.toContain(client.cookie.split('=')[1]);
    expect(stored).not.toContain(client.session.csrf);
    expect(stored).toContain('$argon2id$');
  });

  it('says the same to a wrong password and to an unknown e-mail', async () => {
    const client = await desk.agent('agent', 'Known Person');
    const wrong = await new DeskClient(desk.url).signIn(client.session.agent.email, 'not-the-password');
    const unknown = await new DeskClient(desk.url).signIn('nobody@tulsilane.example', 'not-the-password');
    expect(wrong.status).toBe(401);
    expect(unknown.status).toBe(401);
    expect(wrong.body).toEqual(unknown.body);
  });

  it('closes after ten failures for one e-mail, also for the right password, and opens after 15 minutes', async () => {
    const { email } = (await desk.agent('agent', 'Locked Person')).session.agent;
    for (let n = 0; n < 10; n += 1) {
      expect((await new DeskClient(desk.url).signIn(email, 'not-the-password')).status).toBe(401);
    }
    const locked = await new DeskClient(desk.url).signIn(email, PASSWORD);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('retry-after'))).toBe(900);
    wait(16);
    expect((await new DeskClient(desk.url).signIn(email, PASSWORD)).status).toBe(201);
  });

  it('counts failures of an unknown e-mail just the same', async () => {
    for (let n = 0; n < 10; n += 1) await new DeskClient(desk.url).signIn('ghost@tulsilane.example', 'x');
    expect((await new DeskClient(desk.url).signIn('ghost@tulsilane.example', 'x')).status).toBe(429);
    wait(16);
  });

  it('does not let many tries at the same moment slip through the limit', async () => {
    const { email } = (await desk.agent('agent', 'Hurried Person')).session.agent;
    const tries = await Promise.all(
      Array.from({ length: 30 }, () => new DeskClient(desk.url).signIn(email, 'not-the-password')),
    );
    expect(tries.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
    wait(16);
  });

  it('closes for an address after fifty failures, whatever the e-mails', async () => {
    const { email } = (await desk.agent('agent', 'Same Office')).session.agent;
    const statuses: number[] = [];
    for (let n = 0; n < 51; n += 1) {
      statuses.push((await new DeskClient(desk.url).signIn(`guess${n}@tulsilane.example`, 'x')).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(50);
    expect((await new DeskClient(desk.url).signIn(email, PASSWORD)).status).toBe(429);
    wait(16);
  });

  it('refuses a sign-in that a page of another site sends', async () => {
    const body = { email: 'meera@tulsilane.example', password: PASSWORD };
    const foreign = new DeskClient(desk.url);
    expect((await foreign.call('POST', '/session', body, { origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await foreign.call('POST', '/session', body, { 'sec-fetch-site': 'cross-site' })).status).toBe(
      403,
    );
    const form = 'email=meera@tulsilane.example';
    const asForm = await foreign.call('POST', '/session', form, { 'content-type': 'text/plain' });
    expect(asForm.status).toBe(415);
    const own = await foreign.call('POST', '/session', body, { origin: 'https://help.tulsilane.example' });
    expect(own.status).toBe(201);
  });

  it('ends a session at sign-out, after ten idle hours, and after 24 hours in any case', async () => {
    const out = await desk.agent('agent');
    const { cookie } = out;
    expect((await out.call('DELETE', '/session')).status).toBe(204);
    out.cookie = cookie;
    expect((await out.call('GET', '/session')).status).toBe(401);

    const idle = await desk.agent('agent');
    wait(9 * 60);
    expect((await idle.call('GET', '/session')).status).toBe(200);
    wait(9 * 60);
    expect((await idle.call('GET', '/session')).status).toBe(200);
    wait(7 * 60);
    expect((await idle.call('GET', '/session')).status).toBe(401);

    const left = await desk.agent('agent');
    wait(10 * 60 + 1);
    expect((await left.call('GET', '/session')).status).toBe(401);
  });

  it('signs other browsers out at a change of password, and everybody when switched off', async () => {
    const admin = await desk.agent('admin');
    const here = await desk.agent('agent', 'Two Browsers');
    const there = new DeskClient(desk.url);
    await there.signIn(here.session.agent.email, PASSWORD);
    const wrong = await here.call('PUT', '/session/password', {
      current: 'no',
      password: 'another-password',
    });
    expect(wrong.status).toBe(422);
    const short = await here.call<ProblemWire>('PUT', '/session/password', {
      current: PASSWORD,
      password: 'short',
    });
    expect(short.body.errors).toEqual([{ field: 'password', message: 'must have 10 to 200 characters' }]);
    await here.done('PUT', '/session/password', { current: PASSWORD, password: 'another-password' });
    expect((await here.call('GET', '/session')).status).toBe(200);
    expect((await there.call('GET', '/session')).status).toBe(401);
    await admin.done('PATCH', `/agents/${here.session.agent.id}`, { active: false });
    expect((await here.call('GET', '/session')).status).toBe(401);
    expect((await new DeskClient(desk.url).signIn(here.session.agent.email, 'another-password')).status).toBe(
      401,
    );
  });
});

describe('behind https', () => {
  it('marks the cookie as secure', async () => {
    const desk = await startDesk({ secureCookies: true });
    await desk.agents.add({ email: 'a@b.example', name: 'A', role: 'agent', password: PASSWORD });
    const answer = await new DeskClient(desk.url).signIn('a@b.example', PASSWORD);
    expect(answer.headers.get('set-cookie')).toContain('Secure');
    await desk.close();
  });
});
