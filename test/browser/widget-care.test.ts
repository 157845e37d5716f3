import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from './chromium';
import { complaintsOf, startDemoProduct, violations, type DemoProduct } from './simulator-product';

let product: DemoProduct;
let running: TestBrowser;
beforeAll(async () => {
  [product, running] = await Promise.all([startDemoProduct(), openBrowser()]);
});
afterAll(async () => {
  await running?.stop();
  await product?.stop();
});

const contexts: BrowserContext[] = [];
let complaints: string[] = [];
afterEach(async () => {
  expect(complaints).toEqual([]);
  for (const context of contexts.splice(0)) await context.close();
});

/** A device of a customer's. */
async function device(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await running.browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
  contexts.push(context);
  return context;
}

/** A tab of it, with the chat open. */
async function tab(
  context: BrowserContext,
  path = '/',
  before?: (page: Page) => Promise<unknown>,
): Promise<Page> {
  const page = await context.newPage();
  complaints = complaintsOf(page);
  await before?.(page);
  await page.goto(product.url + path);
  await page.locator('doorstep-chat .launcher').click();
  return page;
}

const lines = (page: Page): Locator => page.locator('doorstep-chat .line[data-seq]');
const said = (page: Page, text: string): Locator => lines(page).filter({ hasText: text });
async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your message').fill(text);
  await page.keyboard.press('Enter');
}
async function answered(page: Page): Promise<void> {
  await page.locator('doorstep-chat .line[data-seq] .bubble.bot').last().waitFor();
}
async function deletes(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Delete my chat' }).click();
  await page.getByText('Your orders stay with the shop').waitFor();
  await page.getByRole('button', { name: 'Delete it' }).click();
}
async function signIn(page: Page, customer: string): Promise<void> {
  await page.getByRole('button', { name: `Sign in as ${customer}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}
async function desk(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1400, height: 850 });
  await page.goto(`${product.url}/desk/`);
  await page.getByLabel('E-mail').fill('rohan@tulsilane.example');
  await page.getByLabel('Password').fill('doorstep-rohan');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.queue-row').first().click();
  return page;
}

/** Something that is waited for until `open` is called. */
function gate(): { open(): void; opened: Promise<void> } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('deleting the chat', () => {
  test('a visitor in two tabs: nothing happens offline, then all is gone in both, and the agent who looks is told', async () => {
    const context = await device();
    const page = await tab(context);
    await write(page, 'talk to a person about my purple umbrella');
    await answered(page);
    const other = await tab(context, '/orders');
    await said(other, 'purple umbrella').waitFor();
    const agent = await desk(context);
    await agent.getByRole('log').getByText('purple umbrella').waitFor();

    await context.setOffline(true);
    await deletes(page);
    await page.getByText('There was no connection, so nothing was deleted.').waitFor();
    expect(await said(page, 'purple umbrella').count()).toBe(1);
    await context.setOffline(false);

    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Delete my chat' }).click();
    expect(await page.getByText('A person is to answer you here.').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    // A second tap changes nothing.
    await page.getByRole('button', { name: 'Delete it' }).dblclick();
    await page.getByText('The chat is deleted.').waitFor();
    for (const one of [page, other]) {
      await one.getByRole('button', { name: 'Where is my order?' }).waitFor();
      expect(await lines(one).count()).toBe(0);
    }
    await agent.getByText('The customer deleted this chat. Their messages').waitFor();
    await agent.getByText('so there is nobody to write to').waitFor();
    expect(await agent.getByText('purple umbrella').count()).toBe(0);

    await write(page, 'hello');
    await said(other, 'hello').waitFor();
    await page.reload();
    await page.locator('doorstep-chat .launcher').click();
    await said(page, 'hello').waitFor();
    expect(await said(page, 'purple umbrella').count()).toBe(0);
  });

  test('a customer signed in on two devices begins anew on both, and is known at once', async () => {
    const [phone, laptop] = await Promise.all([device(), device()]);
    const [one, other] = [await tab(phone, '/orders'), await tab(laptop, '/orders')];
    for (const page of [one, other]) await signIn(page, 'Asha Rao');
    await write(one, 'where is DS-1001?');
    await said(other, 'where is DS-1001?').waitFor();
    await answered(one);
    await deletes(one);
    await one.getByText('The chat is deleted.').waitFor();
    await said(other, 'where is DS-1001?').waitFor({ state: 'detached' });
    await write(other, 'where is DS-1005?');
    for (const page of [other, one]) await page.getByRole('region', { name: /DS-1005/ }).waitFor();
    expect(await said(one, 'where is DS-1001?').count()).toBe(0);
  });

  test('when the answer is lost it says so, and a second try is good', async () => {
    const page = await tab(await device());
    await write(page, 'hello');
    await answered(page);
    await page.route('**/webchat/conversation', (route) => route.abort());
    await deletes(page);
    await page.getByText('We could not make sure that the chat is deleted.').waitFor();
    expect(await said(page, 'hello').count()).toBe(1);
    await page.unroute('**/webchat/conversation');
    await deletes(page);
    await page.getByText('The chat is deleted.').waitFor();
    expect(await lines(page).count()).toBe(0);
  });
});

/** A shop's page that allows its script and nothing else. */
async function strictPage(page: Page, attributes: string): Promise<void> {
  await page.route('**/strict', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: {
        'content-security-policy': `default-src 'none'; script-src ${product.url}; connect-src ${product.url}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
      },
      body: `<!doctype html><html lang="en"><head><title>Shop</title></head><body><h1>Shop</h1><script src="/widget.js" async ${attributes}></script></body></html>`,
    }),
  );
}

test('on the strictest page: asks who is writing, says what is wrong, and shows it to agents as said, proving nothing', async () => {
  const context = await device();
  const page = await tab(context, '/strict', (one) => strictPage(one, 'data-ask="name, email?, phone"'));
  await page.getByLabel('Your name').waitFor();
  expect(await page.getByLabel('Your message').count()).toBe(0);
  await page.keyboard.type('Asha Rao');
  await page.getByLabel('E-mail').fill('asha@');
  await page.getByRole('button', { name: 'Start the chat' }).click();
  await page.getByText('Please write a whole e-mail address').waitFor();
  await page.getByText('Please write a phone number with 7 to 15 digits.').waitFor();
  await page.getByLabel('E-mail').fill('');
  await page.getByLabel('Phone').fill('98111 00001');
  await page.keyboard.press('Enter');
  // The phone of DS-1001, and still a stranger.
  await write(page, 'where is DS-1001? talk to a person');
  await answered(page);
  expect(await page.getByText('Bengaluru').count()).toBe(0);
  await page.reload();
  await page.locator('doorstep-chat .launcher').click();
  await said(page, 'DS-1001').first().waitFor();
  expect(await page.getByLabel('Your name').count()).toBe(0);
  const agent = await desk(context);
  const card = agent.getByRole('region', { name: 'Said by the customer' });
  await card.getByText('98111 00001').waitFor();
  await card.getByText('Asha Rao').waitFor();
  await agent.getByText('Level 0').waitFor();
});

test('dots show while an answer is late, and stop with it', async () => {
  const feed = gate();
  const page = await tab(await device(), '/', (one) =>
    one.route('**/webchat/events*', async (route) => {
      await feed.opened;
      await route.continue();
    }),
  );
  await write(page, 'hello');
  await page.locator('doorstep-chat .typing').waitFor();
  feed.open();
  await answered(page);
  await page.locator('doorstep-chat .typing').waitFor({ state: 'detached' });
});

test('a send that ends while somebody else signs in signs nobody out', async () => {
  const [send, entry] = [gate(), gate()];
  const page = await tab(await device(), '/orders', async (one) => {
    await one.route('**/webchat/messages', async (route) => {
      if (!route.request().postData()?.includes('hello')) return route.continue();
      const response = await route.fetch();
      await send.opened;
      await route.fulfill({ response });
    });
    await one.route('**/webchat/sessions', async (route) => {
      if (route.request().postData()?.includes('identity')) await entry.opened;
      await route.continue();
    });
  });
  await write(page, 'hello');
  await page.evaluate("addEventListener('doorstep:signed-out', () => (window.thrownOut = true))");
  const asked = page.waitForRequest('**/webchat/sessions');
  await signIn(page, 'Vikram Singh');
  await asked;
  const ended = page.waitForResponse('**/webchat/messages');
  send.open();
  await ended;
  await page.waitForTimeout(200);
  entry.open();
  await write(page, 'where is my order?');
  await said(page, 'where is my order?').waitFor();
  await answered(page);
  expect(await page.evaluate('window.thrownOut')).toBeUndefined();
  expect(await said(page, 'hello').count()).toBe(0);
});
