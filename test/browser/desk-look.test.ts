import { randomUUID } from 'node:crypto';
import type { OrderRequest } from '../../src/core/order';
import { shopOrder, startDesk, type DeskKit } from '../desk/desk-kit';
import { eventually, keyOf, textActivity } from '../kit/stream';
import { openBrowser, type TestBrowser } from './chromium';
import { openDesk } from './desk-pages';

const MANY = 1000;

describe('the look of the desk', () => {
  let running: TestBrowser;
  let desk: DeskKit;
  let busy: string;
  let last = 919811100500;
  const nextUser = () => String((last += 1));
  beforeAll(async () => {
    [running, desk] = await Promise.all([
      openBrowser(),
      startDesk({
        deps: {
          templates: async (channel) =>
            channel === 'whatsapp'
              ? [
                  {
                    name: 'follow_up',
                    language: 'en',
                    body: 'Hello {{1}}, about {{2}}.',
                    values: ['Name', 'Order'],
                  },
                ]
              : [],
        },
      }),
    ]);
    const request: OrderRequest = {
      id: 'rq-look',
      type: 'reschedule',
      action: 'reschedule',
      state: 'requested',
      at: new Date(),
      by: 'customer',
      conversation: keyOf('919811100001'),
      shipmentId: 'S1',
      date: '2026-11-27',
      slot: 'evening',
      attempts: 0,
    };
    const { order } = await desk.orders.put(shopOrder('DS-1001'), new Date());
    await desk.orders.change('DS-1001', order.version, { addRequest: request }, new Date());
    busy = await desk.waiting('919811100001', 'मेरा ऑर्डर कहाँ है? where is DS-1001', {
      orderNumber: 'DS-1001',
      priority: 'high',
      done: ['rq-look'],
      promised: 'Somebody answers within 15 minutes.',
    });
    await desk.stream.stream.actions.note(busy, { id: 'x', name: 'Colleague' }, 'A note to look at');
  });
  afterAll(async () => {
    await running.stop();
    await desk.close();
  });

  // Colours change with the scheme, places with the width: each of both once.
  it.each([
    ['light', 1440],
    ['dark', 360],
  ] as const)(
    'breaks no rule of accessibility nor the content policy: %s, %d px wide',
    async (colorScheme, width) => {
      const viewport = { width, height: 820 };
      const name = `Looks ${colorScheme} ${width}`;
      const { page, open, violations, complaints, close } = await openDesk(running.browser, desk, name, {
        colorScheme,
        viewport,
        role: 'admin',
      });
      const check = async (where: string) => {
        expect([where, await violations()]).toEqual([where, []]);
        const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
        expect([where, wide]).toEqual([where, false]);
      };
      await page.locator('.queue-row').first().waitFor();
      await check('queue');
      await open(busy);
      await check('conversation');
      await page.keyboard.press('n');
      await page.keyboard.type('note');
      await check('note');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await check('shortcuts');
      for (const path of ['requests', 'team', 'settings']) {
        await page.goto(`${desk.url}/desk/${path}`);
        await page.locator('.page .card, .request-row').first().waitFor();
        await check(path);
      }
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('breaks no rule of accessibility on the sign-in page, which says what is wrong in words', async () => {
    const context = await running.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${desk.url}/desk/`);
    await page.getByLabel('E-mail').fill('nobody@browser.example');
    await page.getByLabel('Password').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('do not go together').waitFor();
    await context.close();
  });

  it('is one pane at a time on a phone, with ways back', async () => {
    const { page, close } = await openDesk(running.browser, desk, 'On Phone', {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
    });
    await page.locator('.queue-row', { hasText: '+919811100001' }).tap();
    await page.locator('.line').first().waitFor();
    expect(await page.locator('.queue').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Order and customer' }).tap();
    await page.getByText('Somebody answers within 15 minutes.').waitFor();
    await page.getByRole('button', { name: 'Back to the conversation' }).tap();
    await page.getByRole('button', { name: 'Back to the queue' }).tap();
    await page.locator('.queue-row').first().waitFor();
    await close();
  });

  it('paints a failed message red with the reason, and tries it again without doubling it', async () => {
    const user = nextUser();
    const key = await desk.waiting(user, 'hello');
    desk.stream.provider.behaviour.fault = (send) =>
      send.to.includes(user) ? { kind: 'refuse', error: { code: 131026 } } : undefined;
    const { page, open, close } = await openDesk(running.browser, desk, 'Sees Failure');
    await open(key);
    await page.getByRole('textbox', { name: /^Reply to/ }).fill('Are you there?');
    await page.keyboard.press('Enter');
    const failed = page.locator('.line.is-failed', { hasText: 'Are you there?' });
    await failed.getByText('Not delivered: this person cannot be reached on this channel.').waitFor();
    desk.stream.provider.behaviour.fault = undefined;
    await failed.getByRole('button', { name: 'Retry' }).click();
    await failed.waitFor({ state: 'detached' });
    const taken = await eventually('it was taken', () => {
      const found = desk.stream.provider.taken.filter(({ text }) => text === 'Are you there?');
      return found.length > 0 ? found : undefined;
    });
    expect(taken).toHaveLength(1);
    expect(await page.locator('.line', { hasText: 'Are you there?' }).count()).toBe(1);
    await close();
  });

  it('offers templates with a preview once the reply window has closed', async () => {
    const user = nextUser();
    const old = new Date(Date.now() - 30 * 3_600_000);
    await desk.stream.stream.inbox.accept([textActivity(user, 'long ago', `wamid.old.${user}`, old)]);
    const key = keyOf(user);
    await eventually('it is stored', () => desk.stream.stream.conversations.get(key));
    const { page, open, close } = await openDesk(running.browser, desk, 'Too Late');
    await open(key);
    await page.getByText('Reply window closed').waitFor();
    const send = page.getByRole('button', { name: 'Send template' });
    expect(await send.isDisabled()).toBe(true);
    await page.getByLabel('Name').fill('Asha');
    await page.getByLabel('Order', { exact: true }).fill('DS-1001');
    await page.getByText('Hello Asha, about DS-1001.').first().waitFor();
    await send.click();
    await page.locator('.line.from-agent', { hasText: 'Hello Asha, about DS-1001.' }).waitFor();
    await close();
  });

  it('settles a request from its list', async () => {
    const { page, close } = await openDesk(running.browser, desk, 'Settles');
    await page.getByRole('link', { name: 'Requests' }).click();
    const row = page.locator('.request-row', { hasText: 'DS-1001' });
    await row.getByRole('button', { name: 'Rejected' }).click();
    const dialog = page.getByRole('dialog', { name: 'The carrier said no' });
    expect(await dialog.getByRole('button', { name: 'Mark rejected' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Why, in words for the customer').fill('The depot is closed that day');
    await dialog.getByRole('button', { name: 'Mark rejected' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: 'Rejected' }).click();
    await page.locator('.request-row', { hasText: 'The depot is closed that day' }).waitFor();
    await close();
  });

  it(`draws only what is on screen of ${MANY} waiting conversations, and reaches the last by keyboard`, async () => {
    const conversations = desk.store.connection.collection('conversations');
    const pattern = await conversations.findOne({ _id: busy as never });
    const now = Date.now();
    await conversations.insertMany(
      Array.from({ length: MANY }, (_, n) => ({
        ...pattern,
        _id: `whatsapp:many:${n}` as never,
        reference: { channel: 'whatsapp', account: 'many', user: String(n) },
        name: `Customer ${n}`,
        owner: 'waiting',
        waitingSince: new Date(now + n * 1000),
        updatedAt: new Date(now - n * 1000),
        customerId: randomUUID(),
      })),
    );
    const { page, close } = await openDesk(running.browser, desk, 'Has Many');
    await page.locator('.queue-row', { hasText: 'Customer 0' }).waitFor();
    await page.locator('.tab', { hasText: '999+' }).waitFor();
    expect(await page.locator('.queue-row').count()).toBeLessThan(40);
    await page.locator('.queue-row').first().click();
    await page.locator('.line, .transcript .empty').first().waitFor();
    await page.locator('.queue-row[data-selected]').focus();
    await page.keyboard.press('End');
    await page.locator('.queue-row', { hasText: `Customer ${MANY - 1}` }).waitFor();
    await close();
  });
});
