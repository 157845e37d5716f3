import type { Locator, Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from './chromium';
import {
  complaintsOf,
  fitsItsWidth,
  startDemoProduct,
  violations,
  type DemoProduct,
} from './simulator-product';

let product: DemoProduct;
let running: TestBrowser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [product, running] = await Promise.all([startDemoProduct(), openBrowser()]);
});
afterAll(async () => {
  await running?.stop();
  await product?.stop();
});

async function open(customer: string): Promise<void> {
  const context = await running.browser.newContext({ viewport: { width: 1400, height: 1000 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
  await page.goto(`${product.url}/simulator`);
  await page.getByRole('radio', { name: customer }).check();
  await page.getByRole('heading', { name: 'Tulsi Lane' }).waitFor();
}

afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.context().close();
});

const phone = (): Locator => page.getByRole('log', { name: 'Messages on the phone' });
const store = (): Locator =>
  page.locator('section', { has: page.getByRole('heading', { name: 'The store' }) });

async function write(text: string): Promise<void> {
  await page.getByLabel(/^Message as/).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Taps a control on the newest message that has it. */
async function tap(name: string | RegExp): Promise<void> {
  await phone().getByRole('button', { name }).last().click();
}

async function openList(): Promise<void> {
  await tap(/☰/);
}

async function reads(text: string | RegExp): Promise<void> {
  await phone().getByText(text).last().waitFor();
}

async function chooseOrder(number: string): Promise<void> {
  await store().getByLabel('Order').selectOption(number);
}

describe('a WhatsApp customer in the simulator', () => {
  test('asks where the order is, picks it from the list, and sees ticks and the wire', async () => {
    await open('Asha Rao');
    await page.getByRole('button', { name: 'Where is my order?' }).click();
    await openList();
    await tap(/DS-1004/);
    await reads(/DS-1004.*out for delivery/is);
    await reads(/1,298|1298/);
    await phone().getByRole('img', { name: 'read' }).first().waitFor();
    const wire = page.locator('section', { has: page.getByRole('heading', { name: 'On the wire' }) });
    await wire.getByText('Customer wrote').first().waitFor();
    await wire.locator('li', { hasText: 'Delivery status' }).getByText('read').first().waitFor();
    const line = wire.locator('li', { hasText: 'Doorstep sends' }).first();
    await line.locator('summary').click();
    await line.getByText('biz_opaque_callback_data').waitFor();
  });

  test('moves a delivery, and the store marks the request as new', async () => {
    await open('Asha Rao');
    await write('move DS-1001 to tomorrow evening');
    await tap(/^Yes/);
    await reads(/requested.*DS-1001/is);
    await chooseOrder('DS-1001');
    const request = store().locator('dl > div', { hasText: 'Request 1: reschedule' });
    await request.getByText('changed').waitFor();
    expect(await request.innerText()).toMatch(/requested .* evening/);
  });

  test('corrects an address before dispatch after proving it with the PIN code', async () => {
    await open('Asha Rao');
    await write('my flat is 402 not 204 for DS-1003');
    await reads(/PIN code/);
    await write('560038');
    await reads(/Flat 402/);
    await tap(/^Yes/);
    await reads(/address of DS-1003 is changed/i);
    await chooseOrder('DS-1003');
    await store()
      .getByText(/Flat 402/)
      .waitFor();
  });

  test('returns what was delivered and gets an RMA number', async () => {
    await open('Asha Rao');
    await write('I want to return the juttis from DS-1002');
    // The PIN code proved a moment ago is this order's too.
    await reads(/reason/i);
    await openList();
    await tap(/Changed my mind/);
    await reads(/what would you like/i);
    await openList();
    await tap(/Store credit/);
    await reads(/which day/i);
    await openList();
    await phone().locator('.rows button').first().click();
    await reads(/what time/i);
    await openList();
    await tap(/Evening/);
    await reads(/check your return/i);
    await tap(/^Yes/);
    await reads(/RMA-/);
    await chooseOrder('DS-1002');
    await store().getByText(/RMA-/).waitFor();
  });

  test('in Hindi asks for a person, reads the agent’s words on the phone, and is given back to the assistant', async () => {
    await open('Vikram Singh');
    await page.getByRole('button', { name: 'एजेंट से बात कराइए' }).click();
    await reads(/टीम/);
    const popup = page.waitForEvent('popup');
    await page.getByRole('link', { name: 'Open this conversation on the desk' }).click();
    const desk = await popup;
    await desk.getByLabel('E-mail').fill('meera@tulsilane.example');
    await desk.getByLabel('Password').fill('doorstep-meera');
    await desk.getByRole('button', { name: 'Sign in' }).click();
    await desk.getByText('एजेंट से बात कराइए').first().waitFor();
    await desk
      .getByRole('button', { name: /take over|claim/i })
      .first()
      .click();
    const box = desk.getByRole('textbox', { name: /reply|message/i }).first();
    await box.fill('नमस्ते विक्रम जी, मैं मीरा हूँ।');
    await box.press('Enter');
    await reads('नमस्ते विक्रम जी, मैं मीरा हूँ।');
    await desk.getByRole('button', { name: /return to bot/i }).click();
    await desk.close();
    await write('मेरा ऑर्डर कहाँ है?');
    await reads(/असिस्टेंट|ऑटोमेटेड/);
  });
});

test('the carrier’s buttons change the order through its own door; a late repeat changes nothing', async () => {
  await open('Asha Rao');
  await chooseOrder('DS-1004');
  const parcel = store().locator('dl > div', { has: page.getByText('Parcel 1', { exact: true }) });
  await page.getByRole('button', { name: 'Failed attempt' }).click();
  await store().locator('.changed', { hasText: 'delivery attempt failed' }).waitFor();
  await page.getByRole('button', { name: 'A late repeat' }).click();
  await page.getByText('The carrier’s door answered 200.').waitFor();
  await page.getByRole('button', { name: 'Delivered', exact: true }).click();
  await store().locator('.changed', { hasText: 'delivered' }).first().waitFor();
  await page.getByRole('button', { name: 'Out of order' }).click();
  await page.locator('.wire li.carrier').nth(3).waitFor();
  expect(await parcel.first().innerText()).toMatch(/delivered/);
});

test('on Instagram nothing is told before proof, and a duplicate webhook changes nothing', async () => {
  await open('Neha Kulkarni');
  await page.getByLabel('Duplicate webhook').check();
  await write('where is DS-1008?');
  await reads(/PIN code/);
  expect(await phone().getByText('where is DS-1008?').count()).toBe(1);
  expect(
    await phone()
      .getByText(/Mumbai/)
      .count(),
  ).toBe(0);
  await page.locator('.wire li', { hasText: 'Customer wrote' }).nth(1).waitFor();
  await write('411004');
  await reads(/phone/i);
  await write('9811100003');
  await reads(/Mumbai/);
  await page.getByLabel('Duplicate webhook').uncheck();
});

test('while the provider is down nothing is lost: the answer comes when it is back', async () => {
  await open('Asha Rao');
  await page.getByLabel('Provider down').check();
  await write('thank you');
  const refused = page.locator('.wire li.failed', { hasText: 'Doorstep sends' });
  await refused.first().waitFor();
  const before = await phone().locator('.message.shop').count();
  await page.getByLabel('Provider down').uncheck();
  await phone().locator('.message.shop').nth(before).waitFor();
});

test('the page has no accessibility faults in light and dark and fits a phone', async () => {
  await open('Asha Rao');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await fitsItsWidth(page)).toBe(true);
  await page.goto(`${product.url}/simulator/mail`);
  await page.getByRole('heading', { name: 'Mailbox of the demo' }).waitFor();
  expect(await violations(page)).toEqual([]);
});
