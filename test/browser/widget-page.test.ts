import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { eventually } from '../kit/stream';
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

async function open(path = '/', options: BrowserContextOptions = {}): Promise<void> {
  context = await running.browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
  await visit(path);
}

async function visit(path: string): Promise<void> {
  page = await context.newPage();
  complaints = complaintsOf(page);
  await page.goto(product.url + path);
  await launcher().waitFor();
}

/** The agents' desk in a page beside the shop's, with the first who waits open. */
async function rohansDesk(): Promise<Page> {
  const desk = await context.newPage();
  await desk.goto(`${product.url}/desk/`);
  await desk.getByLabel('E-mail').fill('rohan@tulsilane.example');
  await desk.getByLabel('Password').fill('doorstep-rohan');
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await desk.locator('.queue-row').first().click();
  return desk;
}

afterEach(async () => {
  expect(complaints).toEqual([]);
  await context.close();
});

const launcher = (): Locator => page.locator('doorstep-chat .launcher');
const chat = (): Locator => page.getByRole('log', { name: 'Conversation' });
const input = (): Locator => page.getByLabel('Your message');
const focusedIn = (one: Locator): Promise<boolean> =>
  one.evaluate((el: unknown) => {
    const node = el as { getRootNode(): { activeElement: unknown } };
    return node.getRootNode().activeElement === el;
  });

async function write(text: string): Promise<void> {
  await input().fill(text);
  await page.keyboard.press('Enter');
}

async function reads(text: string | RegExp): Promise<void> {
  await chat().getByText(text).last().waitFor();
}

async function tap(name: string | RegExp): Promise<void> {
  await chat().getByRole('button', { name, disabled: false }).last().click();
}

/** The code that went to the order's own phone, as its owner reads it in the simulator. */
async function codeOnPhoneOf(customer: string): Promise<string> {
  const phone = await context.newPage();
  await phone.goto(`${product.url}/simulator`);
  await phone.getByRole('radio', { name: customer }).check();
  const message = phone.locator('.bubble', { hasText: 'delivery_code' }).last();
  const text = await message.locator('> span').first().innerText();
  await phone.close();
  return text;
}

async function signIn(customer: string): Promise<void> {
  await page.getByRole('button', { name: `Sign in as ${customer}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

describe('the widget on the shop’s page', () => {
  test('opens from the keyboard, closes with Esc, and gives the focus back', async () => {
    await open();
    expect(await launcher().getAttribute('aria-label')).toBe('Chat about your order');
    await launcher().focus();
    await page.keyboard.press('Enter');
    await input().waitFor();
    expect(await focusedIn(input())).toBe(true);
    await page.keyboard.press('Escape');
    await input().waitFor({ state: 'detached' });
    expect(await focusedIn(launcher())).toBe(true);
  });

  test('a visitor’s chat is there after a reload and in a new tab, and gone after forgetting it', async () => {
    await open();
    await launcher().click();
    await page.getByRole('button', { name: 'Where is my order?' }).click();
    await reads('Where is my order?');
    await chat().locator('.bubble.bot').last().waitFor();
    await page.reload();
    await launcher().click();
    await reads('Where is my order?');
    await visit('/orders');
    await launcher().click();
    await reads('Where is my order?');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Forget this chat on this device' }).click();
    await page.getByRole('button', { name: 'Yes, forget it' }).click();
    await page.getByRole('button', { name: 'Where is my order?' }).waitFor();
    expect(await chat().getByText('Where is my order?').count()).toBe(1);
  });

  test('what is written offline shows at once and goes out once when the network is back', async () => {
    await open();
    await launcher().click();
    await write('hello');
    await chat().locator('.bubble.bot').last().waitFor();
    await context.setOffline(true);
    await write('are you there?');
    await reads('are you there?');
    await page.getByText('No connection.').waitFor();
    await context.setOffline(false);
    await page.getByText('No connection.').waitFor({ state: 'detached' });
    await chat().locator('.line[data-seq]', { hasText: 'are you there?' }).waitFor();
    await page.reload();
    await launcher().click();
    await reads('are you there?');
    expect(await chat().getByText('are you there?').count()).toBe(1);
  });

  test('counts what came while it was closed, and keeps the count over a reload', async () => {
    await open();
    await launcher().click();
    await write('what are your delivery hours?');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /, 1 unread/ }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: /, 1 unread/ }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Chat about your order', exact: true }).waitFor();
  });

  test('a signed-in customer gets a drawn order at once; signing out takes the chat away for the next one', async () => {
    await open('/orders');
    await signIn('Asha Rao');
    await page.getByRole('button', { name: 'Ask about DS-1001' }).click();
    await write('where is DS-1005?');
    const card = chat().getByRole('region', { name: /DS-1005/ });
    await card.waitFor();
    expect(await card.locator('.parcel').count()).toBe(2);
    await card.getByText('Brass table lamp').waitFor();
    await card.getByRole('link', { name: 'Track this parcel' }).last().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.reload();
    await signIn('Vikram Singh');
    await launcher().click();
    await input().waitFor();
    expect(
      await chat()
        .getByText(/DS-1005/)
        .count(),
    ).toBe(0);
  });
});

describe('the four requests and a hand-over in the widget', () => {
  test('status, by order number, PIN code and phone', async () => {
    await open();
    await launcher().click();
    await write('where is DS-1001?');
    await reads(/PIN code/);
    await write('560038');
    await reads(/phone/i);
    await write('9811100001');
    await reads(/Bengaluru/);
    await chat()
      .getByRole('region', { name: /DS-1001/ })
      .getByText('Indigo block-print kurta, M')
      .waitFor();
  });

  test('reschedule, proved by a code to the order’s phone', async () => {
    await open();
    await launcher().click();
    await write('move DS-1001 to tomorrow evening');
    await reads(/PIN code/);
    await write('560038');
    await reads(/phone/i);
    await write('9811100001');
    await reads(/code/i);
    await chat()
      .getByText(/6-digit|digits/i)
      .last()
      .waitFor();
    await write(await codeOnPhoneOf('Asha Rao'));
    await tap(/^Yes/);
    await reads(/requested.*DS-1001/is);
    expect(await chat().getByRole('button', { name: /^Yes/ }).last().isDisabled()).toBe(true);
  });

  test('address and return, signed in by the shop', async () => {
    await open('/orders');
    await signIn('Asha Rao');
    await launcher().click();
    await write('my flat is 402 not 204 for DS-1003');
    await reads(/Flat 402/);
    await tap(/^Yes/);
    await reads(/address of DS-1003 is changed/i);
    await write('I want to return the juttis from DS-1002');
    await reads(/reason/i);
    await tap('Changed my mind');
    await reads(/what would you like/i);
    await tap('Store credit');
    await reads(/which day/i);
    await chat().locator('.choices button:enabled').first().click();
    await reads(/what time/i);
    await tap(/Evening/);
    await reads(/check your return/i);
    await tap(/^Yes/);
    await reads(/RMA-/);
  });

  test('a person, in Hinglish: who is here now, and that the assistant is back', async () => {
    await open('/?lang=hi-Latn');
    await launcher().click();
    await page.getByRole('button', { name: 'Kisi insaan se baat karni hai' }).click();
    await page.getByText('Team se koi yahan aapse judega').waitFor();
    const desk = await rohansDesk();
    await desk
      .getByRole('button', { name: /take over|claim/i })
      .first()
      .click();
    await page.getByText('Ab Rohan Das aapse baat kar rahe hain').waitFor();
    const box = desk.getByRole('textbox', { name: /reply|message/i }).first();
    await box.fill('Namaste, Rohan bol raha hoon.');
    await box.press('Enter');
    await page.getByText('Namaste, Rohan bol raha hoon.').waitFor();
    await desk.getByRole('button', { name: /return to bot/i }).click();
    await page.getByText('Aap phir se assistant ke saath hain').waitFor();
  });

  test('says how the help was when the person is done, and the desk shows it', async () => {
    await open('/');
    await launcher().click();
    await page.getByRole('button', { name: 'Talk to a person' }).click();
    await page.getByText('a person on our team').first().waitFor();
    const desk = await rohansDesk();
    const box = desk.getByRole('textbox', { name: /reply|message/i }).first();
    await box.fill('Rohan here. It is on its way now.');
    await box.press('Enter');
    await page.getByText('Rohan here. It is on its way now.').waitFor();
    await desk.getByRole('button', { name: 'Resolve', exact: true }).click();
    await page.getByText('How was the help you got').waitFor();
    const order = await chat().locator('.bubble, .note').allInnerTexts();
    expect(order.at(-2)).toBe('This chat was closed');
    expect(order.at(-1)).toContain('How was the help you got');
    await page.getByRole('button', { name: 'Very good' }).click();
    await page.getByText("Thank you, that's good to hear!").waitFor();
    await desk.getByText('Very good, 5 of 5').first().waitFor();
  });
});

describe('how it looks', () => {
  test('on a small phone it covers the page, which stays still behind it', async () => {
    await open('/', { viewport: { width: 360, height: 740 } });
    expect(await fitsItsWidth(page)).toBe(true);
    await launcher().click();
    const box = (await page.getByRole('dialog').boundingBox())!;
    expect([box.x, box.y, box.width, box.height].map(Math.round)).toEqual([0, 0, 360, 740]);
    await page.mouse.move(180, 300);
    await page.mouse.wheel(0, 600);
    expect(await page.evaluate<number>('window.scrollY')).toBe(0);
    await page.getByRole('button', { name: 'Close chat' }).click();
    await page.mouse.wheel(0, 300);
    await eventually('the page scrolls again', () => page.evaluate<boolean>('window.scrollY > 0'));
  });

  test('has no accessibility faults, closed and open, light and dark, and moves nothing of the page', async () => {
    await open('/orders');
    await signIn('Asha Rao');
    const heading = page.getByRole('heading', { name: 'Asha’s orders' });
    const before = await heading.boundingBox();
    await launcher().click();
    await write('where is DS-1005?');
    await chat()
      .getByRole('region', { name: /DS-1005/ })
      .waitFor();
    expect(await heading.boundingBox()).toEqual(before);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
  });

  test('the script is at most 35 kB gzipped and loads nothing else before the first message', async () => {
    const { gzipSync } = await import('node:zlib');
    const script = Buffer.from(await (await fetch(`${product.url}/widget.js`)).arrayBuffer());
    expect(gzipSync(script).length).toBeLessThan(35_000);
    context = await running.browser.newContext();
    page = await context.newPage();
    complaints = complaintsOf(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(product.url);
    await launcher().click();
    await input().waitFor();
    expect(asked.filter((path) => /webchat|widget/.test(path))).toEqual(['/widget.js']);
  });
});
