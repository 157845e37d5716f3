import type { SessionState } from '../../src/core/channel';
import type { DeskClient } from './desk-client';
import { startDesk, type DeskKit } from './desk-kit';

describe('channels with a session of their own', () => {
  let desk: DeskKit;
  let admin: DeskClient;
  let state: SessionState;
  beforeAll(async () => {
    const session = { start: () => undefined, stop: () => Promise.resolve(), state: () => state };
    desk = await startDesk({ deps: { channels: [{ id: 'whatsapp-web', session }, { id: 'web' }] } });
    admin = await desk.agent('admin');
  });
  afterAll(() => desk.close());

  it('are shown to admins with what has to be done, without the secret itself', async () => {
    state = { name: 'linking', note: 'scan the code', qr: '2@secret' };
    const answer = await admin.done<unknown>('GET', '/channels');
    expect(answer).toEqual({
      channels: [{ id: 'whatsapp-web', state: 'linking', note: 'scan the code', hasCode: true }],
    });
  });

  it('are linked by a code drawn for the phone, until it is scanned', async () => {
    const code = () =>
      fetch(`${desk.url}/desk/api/channels/whatsapp-web/code.svg`, { headers: { cookie: admin.cookie } });
    state = { name: 'linking', qr: '2@secret' };
    const drawn = await code();
    expect(drawn.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(drawn.headers.get('cache-control')).toBe('no-store');
    const svg = await drawn.text();
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toContain('secret');
    state = { name: 'linking', qr: '2@another' };
    expect(await (await code()).text()).not.toBe(svg);
    state = { name: 'ready' };
    expect((await code()).status).toBe(404);
  });
});
