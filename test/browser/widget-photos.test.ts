import type { BrowserContext, Locator, Page } from 'playwright-core';
import { samplePhoto } from '../../src/demo/sample-files';
import { eventually } from '../kit/stream';
import { openBrowser, type TestBrowser } from './chromium';
import { complaintsOf, startDemoProduct, violations, type DemoProduct } from './simulator-product';

let product: DemoProduct;
let running: TestBrowser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [product, running] = await Promise.all([startDemoProduct(), openBrowser()]);
});
afterAll(async () => {
  await running?.stop();
  await product?.stop();
});
beforeEach(async () => {
  context = await running.browser.newContext({ viewport: { width: 1000, height: 800 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
  await page.goto(product.url);
  await page.getByRole('button', { name: 'Chat about your order' }).click();
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await context.close();
});

const photo = { name: 'torn.png', mimeType: 'image/png', buffer: samplePhoto() };
const chat = (): Locator => page.getByRole('log', { name: 'Conversation' });
const pictures = (): Locator => chat().getByRole('img', { name: 'Photo' });
const picker = (): Locator => page.locator('doorstep-chat input[type=file]');
const thanked = () =>
  chat()
    .getByText(/Thanks for the photo/)
    .first()
    .waitFor();

/** Hands the widget a file as a paste or a drop would. */
const give = (how: 'paste' | 'drop') =>
  page.evaluate(
    `(() => {
      const root = document.querySelector('doorstep-chat').shadowRoot;
      const bytes = Uint8Array.from(atob('${photo.buffer.toString('base64')}'), (c) => c.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'torn.png', { type: 'image/png' }));
      const event = '${how}' === 'paste'
        ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
        : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
      root.querySelector('textarea').dispatchEvent(event);
    })()`,
  );

test('photos are sent by picker, paste and drop, and anything else is refused in words', async () => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add a photo' }).click();
  await (await chooser).setFiles(photo);
  await thanked();
  await give('paste');
  await eventually('the second photo', async () => (await pictures().count()) === 2);
  await give('drop');
  await eventually('the third photo', async () => (await pictures().count()) === 3);
  await eventually('all have left', async () => (await chat().locator('.line.pending').count()) === 0);
  await picker().setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
  const refusal = page.getByText('Only photos can be sent here');
  await refusal.waitFor();
  await page.getByLabel('Your message').fill('hello');
  await page.keyboard.press('Enter');
  await refusal.waitFor({ state: 'detached' });
  await picker().setInputFiles({ ...photo, buffer: Buffer.from('not a picture') });
  await refusal.waitFor();
  expect(await pictures().count()).toBe(3);
  expect(await violations(page)).toEqual([]);
});

test('a photo chosen offline waits and goes once; the agent sees it, and the simulator’s too', async () => {
  await context.setOffline(true);
  await picker().setInputFiles(photo);
  await pictures().waitFor();
  expect(await chat().locator('.line.pending').count()).toBe(1);
  await context.setOffline(false);
  await thanked();
  expect(await pictures().count()).toBe(1);
  await page.reload();
  await page.getByRole('button', { name: /Chat about your order/ }).click();
  await chat().locator('.photo-word').waitFor();

  const phone = await context.newPage();
  await phone.goto(`${product.url}/simulator`);
  await phone.getByRole('button', { name: 'Share a photo' }).click();
  await phone
    .getByRole('log')
    .getByText(/Thanks for the photo/)
    .waitFor();

  const desk = await context.newPage();
  await desk.goto(`${product.url}/desk/`);
  await desk.getByLabel('E-mail').fill('meera@tulsilane.example');
  await desk.getByLabel('Password').fill('doorstep-meera');
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await desk.getByRole('radio', { name: /^Bot/ }).press('Space');
  for (const who of ['Asha Rao', /Visitor/]) {
    await desk.getByRole('option').filter({ hasText: who }).first().click();
    await desk.getByRole('heading', { name: who }).waitFor();
    const shown = desk.getByRole('img', { name: 'Photo from the customer' });
    await shown.waitFor();
    await eventually('it is drawn', () =>
      shown.evaluate((one: unknown) => (one as { naturalWidth: number }).naturalWidth > 0),
    );
  }
});
