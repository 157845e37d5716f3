import { failedOrder, shopOrder, startDesk, type DeskKit } from '../desk/desk-kit';
import { openBrowser, type TestBrowser } from './chromium';
import { openDesk, type DeskPage } from './desk-pages';

const HOUR_MS = 3_600_000;

describe('failed deliveries in a browser', () => {
  let running: TestBrowser;
  let desk: DeskKit;
  const pages: DeskPage[] = [];
  beforeAll(async () => {
    [running, desk] = await Promise.all([openBrowser(), startDesk()]);
  });
  afterEach(async () => {
    const complaints = pages.flatMap((one) => one.complaints);
    await Promise.all(pages.splice(0).map((one) => one.close()));
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await running.stop();
    await desk.close();
  });
  const opened = async (...args: [string, object?]) => {
    const one = await openDesk(running.browser, desk, ...args);
    pages.push(one);
    await one.page.getByRole('link', { name: 'Failed' }).click();
    return one;
  };
  const put = (orderNumber: string, hoursAgo: number, note?: string, attempts?: number) =>
    desk.orders.put(
      failedOrder(orderNumber, new Date(Date.now() - hoursAgo * HOUR_MS), note, attempts),
      new Date(),
    );

  it('says what will be here, then shows each parcel with the time that is left, by word, icon and colour', async () => {
    const { page, violations } = await opened('Sees Failed');
    await page.getByText('No failed deliveries').waitFor();
    await put('DS-4001', 1.5);
    await put('DS-4002', 14.5, 'Address not found', 2);
    await put('DS-4003', 21.5);
    await put('DS-4004', 25);
    await put('DS-4005', 2.5, 'Nobody at home', 3);
    await page.locator('[data-failed="DS-4005"]').waitFor();
    const due = async (orderNumber: string) => {
      const chip = page.locator(`[data-failed="${orderNumber}"] [data-due]`);
      return [await chip.getAttribute('data-due'), (await chip.textContent())?.replace(/\d+ min/, 'm')];
    };
    expect(await due('DS-4001')).toEqual(['fine', '22 h m left']);
    expect(await due('DS-4002')).toEqual(['soon', '9 h m left']);
    expect(await due('DS-4003')).toEqual(['over', '2 h m left']);
    expect(await due('DS-4004')).toEqual(['over', 'May be going back']);
    expect(await due('DS-4005')).toEqual(['over', 'Last attempt, 21 h m left']);
    const text = await page.locator('[data-failed="DS-4002"]').textContent();
    expect(text).toContain('Address incomplete or not found');
    expect(text).toContain('attempt 2 of 3');
    expect(text).toContain('nobody could ask');
    expect(await violations()).toEqual([]);
  });

  it('asks for another attempt from the list, with the keyboard alone, and shows what was asked', async () => {
    await put('DS-4001', 1);
    const { page } = await opened('Asks Again');
    await page.getByRole('button', { name: 'Act on DS-4001' }).press('Enter');
    await page.getByRole('button', { name: 'Deliver again' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radiogroup', { name: 'Day' }).getByRole('radio').first().press('Space');
    await dialog.getByRole('radio', { name: 'Evening' }).press('Space');
    await dialog.getByRole('button', { name: 'Ask the carrier' }).press('Enter');
    const row = page.locator('[data-failed="DS-4001"]');
    await row.getByText(/Shop asked: Try again on .*evening \(to send\)/).waitFor();
    expect(await row.locator('[data-due]').textContent()).toBe('Answered');
    expect((await desk.orders.findByNumber('DS-4001'))?.requests).toMatchObject([
      { action: 'reattempt', by: 'agent', slot: 'evening', state: 'requested' },
    ]);
  });

  it('leaves the list once the parcel goes out again, and fits a phone', async () => {
    await desk.orders.put(shopOrder('DS-4009'), new Date());
    await put('DS-4009', 1);
    const { page, violations } = await opened('On A Phone', { viewport: { width: 360, height: 740 } });
    await page.locator('[data-failed="DS-4009"]').waitFor();
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth')).toBe(
      true,
    );
    expect(await violations()).toEqual([]);
    const out = shopOrder('DS-4009');
    const shipments = out.shipments.map((one) => ({ ...one, status: 'out_for_delivery' as const }));
    await desk.orders.put({ ...out, shipments }, new Date());
    await page.locator('[data-failed="DS-4009"]').waitFor({ state: 'detached' });
  });
});
