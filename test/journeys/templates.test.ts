import { randomUUID } from 'node:crypto';
import { whatsappMessages, whatsappSays } from '../../src/demo/graph-stand-in/whatsapp-customer';
import type { ConversationWire } from '../../src/desk/wire';
import { DeskClient } from '../desk/desk-client';
import { startShop, type Shop } from '../kit/product';
import { eventually, keyOf, NUMBER } from '../kit/stream';

const ADMIN = { email: 'meera@shop.example', password: 'a-long-password' };
const USER = '919811100041';

/** After the reply window has closed, an agent may still write with a template that Meta has approved for the shop. */
describe('templates on the desk', () => {
  let shop: Shop;
  let desk: DeskClient;
  beforeAll(async () => {
    shop = await startShop({ env: { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password } });
    desk = new DeskClient(shop.product.url);
    await desk.signIn(ADMIN.email, ADMIN.password);
  });
  afterAll(() => shop.close());

  const open = () => desk.done<ConversationWire>('GET', desk.conversation(keyOf(USER)));

  it('are offered once the window is closed, without those for codes, and leave filled in', async () => {
    const longAgo = new Date(Date.now() - 30 * 3_600_000);
    const said = whatsappMessages(NUMBER, { phone: USER }, [whatsappSays.text('hello')], longAgo);
    expect(await shop.provider.post('whatsapp', said)).toBe(200);
    await eventually('the line is there', async () => {
      const { status } = await desk.call('GET', desk.conversation(keyOf(USER)));
      return status === 200;
    });
    const { window, templates } = await open();
    expect(window).toMatchObject({ state: 'closed', templates: true });
    expect(templates).toEqual([
      {
        name: 'follow_up',
        language: 'en',
        body: 'Hello {{1}}, news about {{2}}.',
        values: ['Value 1', 'Value 2'],
      },
    ]);
    const write = (body: object) =>
      desk.call('POST', desk.conversation(keyOf(USER), '/messages'), { id: randomUUID(), ...body });
    expect((await write({ text: 'Hello?' })).status).toBeGreaterThanOrEqual(400);
    const template = { name: 'follow_up', language: 'en', values: ['Asha', 'DS-1001'] };
    expect((await write({ template: { ...template, values: ['Asha'] } })).status).toBe(422);
    expect((await write({ template })).status).toBe(201);
    const sent = await eventually('it left', () => shop.provider.taken.find((send) => send.to === USER));
    expect(sent.body).toMatchObject({ type: 'template', template: { name: 'follow_up' } });
    expect(JSON.stringify(sent.body)).toContain('DS-1001');
  });

  it('are not asked for while the window is open', async () => {
    await shop.whatsapp(USER).saysInVain('I am back');
    expect((await open()).window.state).toBe('open');
    expect((await open()).templates).toEqual([]);
  });
});
