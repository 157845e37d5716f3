import type { FiguresWire } from '../../src/desk/wire';
import { dayOf } from '../../src/core/zone';
import { startDesk, type DeskKit } from './desk-kit';
import type { DeskClient } from './desk-client';

describe('the shop’s figures on the desk', () => {
  let desk: DeskKit;
  let supervisor: DeskClient;
  const today = dayOf(new Date(), 'Asia/Kolkata');
  const span = `from=${today}&to=${today}`;
  beforeAll(async () => {
    desk = await startDesk();
    supervisor = await desk.agent('supervisor');
    await desk.waiting('919811100001', 'talk to a person', { reason: 'asked' });
    await desk.waiting('919811100002', 'this is a threat', { reason: 'threat' });
  });
  afterAll(() => desk.close());

  it('are counted for the days asked for, both ends included', async () => {
    const answer = await supervisor.done<FiguresWire>('GET', `/figures?${span}`);
    expect(answer).toMatchObject({ from: today, to: today, locales: ['en', 'hi', 'hi-Latn'] });
    expect(answer.figures).toMatchObject({
      conversations: { total: 2 },
      handover: { count: 2, byReason: { asked: 1, threat: 1 } },
      days: [{ day: today, conversations: 2, handed: 2 }],
    });
    const before = await supervisor.done<FiguresWire>('GET', '/figures?from=2026-01-01&to=2026-01-31');
    expect(before.figures).toMatchObject({ conversations: { total: 0 }, deflection: null, days: [] });
    const web = await supervisor.done<FiguresWire>('GET', `/figures?${span}&channel=web`);
    expect(web.figures.conversations.total).toBe(0);
  });

  it('are a file for a spreadsheet, and for nobody below a supervisor', async () => {
    const answer = await fetch(`${desk.url}/desk/api/figures.csv?${span}`, {
      headers: { cookie: supervisor.cookie },
    });
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename=figures-${today}-${today}.csv`,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const text = bytes.toString();
    expect(text).toContain(`days.handed,,,${today},2,count\r\n`);
    expect(text).not.toContain('9811');
    const agent = await desk.agent('agent');
    for (const path of ['/figures', '/figures.csv'])
      expect((await agent.call('GET', `${path}?${span}`)).status).toBe(403);
  });

  it.each([
    ['', ['from', 'to']],
    ['?from=2026-11-20', ['to']],
    ['?from=2026-11-31&to=2026-12-01', ['from']],
    ['?from=yesterday&to=2026-11-20', ['from']],
    ['?from=2026-11-20&to=2026-11-19', ['to']],
    ['?from=2025-01-01&to=2026-11-19', ['to']],
    ['?from=9999-12-31&to=9999-12-31', ['from', 'to']],
    [`?${span}&locale=fr`, ['locale']],
    [`?${span}&channel=%2Fweb`, ['channel']],
    [`?${span}&channel=web&channel=instagram`, ['channel']],
  ])('refuses %j, naming what is wrong', async (query, fields) => {
    const { status, body } = await supervisor.call<{ errors: { field: string }[] }>(
      'GET',
      `/figures${query}`,
    );
    expect(status).toBe(422);
    expect([...new Set(body.errors.map(({ field }) => field))].sort()).toEqual(fields);
    expect(desk.faults).toEqual([]);
  });
});
