import { buffer } from 'node:stream/consumers';
import type { Download, Page } from 'playwright-core';
import type { ChannelAdapter } from '../../src/core/channel';
import type { OrderRequest } from '../../src/core/order';
import { addDays, dayOf } from '../../src/core/zone';
import { shopOrder, startDesk, type DeskKit } from '../desk/desk-kit';
import { openBrowser, type TestBrowser } from './chromium';
import { openDesk } from './desk-pages';

const today = dayOf(new Date(), 'Asia/Kolkata');
const WIDE = { width: 1440, height: 900 };

/** One of each channel, as far as the page needs to know them. */
const channels = ['whatsapp', 'instagram', 'web'].map((id) => ({ id }) as Pick<ChannelAdapter, 'id'>);

const back: OrderRequest = {
  id: 'rq-back',
  type: 'return',
  action: 'return_pickup',
  state: 'accepted',
  at: new Date(),
  settledAt: new Date(),
  by: 'customer',
  attempts: 0,
  return: {
    rma: 'RMA-1',
    items: [{ sku: 'TS-BLK-M', quantity: 1 }],
    reason: 'size',
    resolution: 'refund',
  },
};

async function written(download: Download): Promise<string> {
  return (await buffer(await download.createReadStream())).toString();
}

async function downloaded(page: Page, press: () => Promise<void>): Promise<[string, string]> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return [download.suggestedFilename(), await written(download)];
}

describe('the figures of the shop on the desk', () => {
  let running: TestBrowser;
  let desk: DeskKit;
  beforeAll(async () => {
    [running, desk] = await Promise.all([openBrowser(), startDesk({ deps: { channels } })]);
    await desk.waiting('919811100601', 'talk to a person');
    await desk.waiting('919811100602', 'talk to a person');
    await desk.waiting('919811100603', 'I will sue you', { reason: 'threat' });
    const { order } = await desk.orders.put(shopOrder('DS-1001', { placedAt: new Date() }), new Date());
    await desk.orders.change('DS-1001', order.version, { addRequest: back }, new Date());
  });
  afterAll(async () => {
    await running.stop();
    await desk.close();
  });

  it('are neither offered nor shown to an agent', async () => {
    const { page, complaints, close } = await openDesk(running.browser, desk, 'No Figures');
    expect(await page.getByRole('link', { name: 'Figures' }).count()).toBe(0);
    await page.goto(`${desk.url}/desk/figures`);
    await page.getByText('shown to supervisors and admins').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('are read by keyboard: a day, a table, a file; what is asked stands in the address', async () => {
    const { page, complaints, close } = await openDesk(running.browser, desk, 'Reads Figures', {
      role: 'supervisor',
    });
    await page.getByRole('link', { name: 'Figures' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Counted at').waitFor();
    const first = page.locator('.key-figures .figure').first();
    expect(await first.innerText()).toMatch(/Conversations\s+3\s+nothing to compare with/);

    const days = page.getByRole('slider', { name: 'Conversations per day, day by day' });
    await days.focus();
    expect(await days.getAttribute('aria-valuetext')).toMatch(/: solved by the bot 0, with a person 3$/);
    await page.keyboard.press('ArrowLeft');
    await page.getByText(/: solved by the bot 0, with a person 0$/).waitFor();

    await page.getByRole('button', { name: 'Why a person was needed as a table' }).focus();
    await page.keyboard.press('Space');
    const table = page.getByRole('region', { name: 'Table: Why a person was needed' });
    expect((await table.innerText()).split(/\s*\n\s*/).map((line) => line.replace('\t', ': '))).toEqual([
      'Reason: Conversations',
      'Asked for a person: 2',
      'Threatens legal action: 1',
    ]);

    const csv = page.getByRole('button', { name: 'What comes back as CSV' });
    await csv.focus();
    const [name, content] = await downloaded(page, () => page.keyboard.press('Enter'));
    expect(name).toBe(`return-items-${addDays(today, -29)}-${today}.csv`);
    expect(content).toBe('\uFEFFItem,SKU,Returned,Sold,Rate\r\n"Black T-shirt, M",TS-BLK-M,1,2,0.5\r\n');
    const [all, figures] = await downloaded(page, () =>
      page.getByRole('link', { name: 'All as CSV' }).press('Enter'),
    );
    expect(all).toBe(`figures-${addDays(today, -29)}-${today}.csv`);
    expect(figures).toContain(`days.conversations,,,${today},3,count`);

    await page.getByLabel('Channel').selectOption('Instagram');
    const talk = page.locator('[data-plot=conversations]');
    await talk.getByText('As soon as customers write').waitFor();
    expect(await page.locator('[data-plot=deliveries]').getByText('Of 1 parcel').count()).toBe(1);
    await page.reload();
    await talk.getByText('Nothing in these days').waitFor();
    expect(new URL(page.url()).search).toBe('?channel=instagram');
    await page.getByLabel('Channel').selectOption('All channels');

    await page.getByRole('radio', { name: 'Own dates' }).press('Space');
    await page.getByLabel('Last day').fill(addDays(today, -60));
    await page.getByRole('alert').getByText('must not be before the first day').waitFor();
    await page.getByLabel('First day').fill(addDays(today, -60));
    await page.getByText('compared with the 1 day before').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('say that they are being counted, and move nothing when they come', async () => {
    const { page, close } = await openDesk(running.browser, desk, 'Waits For Figures', {
      role: 'supervisor',
      viewport: WIDE,
    });
    let release: () => void = () => undefined;
    const held = new Promise<void>((go) => (release = go));
    await page.route('**/desk/api/figures?*', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${desk.url}/desk/figures?days=7`);
    await page.getByText('Counting…').waitFor();
    const places = () =>
      page
        .locator('.key-figures, .plot-card h2, .plot-note')
        .evaluateAll((all: { getBoundingClientRect(): { top: number } }[]) =>
          all.map((each) => Math.round(each.getBoundingClientRect().top)),
        );
    const before = await places();
    expect(before.length).toBeGreaterThan(15);
    release();
    await page.getByText('Counted at').waitFor();
    expect(await places()).toEqual(before);
    await close();
  });

  // Colours change with the scheme, places with the width: each of both once.
  it.each([
    ['light', WIDE],
    ['dark', { width: 360, height: 740 }],
  ] as const)('break no rule of accessibility nor the content policy: %s', async (colorScheme, viewport) => {
    const { page, violations, complaints, close } = await openDesk(
      running.browser,
      desk,
      `Looks ${colorScheme}`,
      { colorScheme, viewport, role: 'admin' },
    );
    await page.goto(`${desk.url}/desk/figures`);
    await page.getByText('Counted at').waitFor();
    await page.getByRole('button', { name: 'Conversations per day as a table' }).click();
    await page.getByRole('slider').first().focus();
    expect(await violations()).toEqual([]);
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });
});
