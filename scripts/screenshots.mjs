// Takes the pictures of the README from the running product: builds, starts a demo on a free port, plays a customer and an agent.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startChromium } from '../test/browser/start-chromium.mjs';
import { buildAll } from './build.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const target = process.argv[2] ?? join(root, 'docs/screenshots');

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function startDemo() {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'doorstep-shots-'));
  const child = spawn(process.execPath, [join(root, 'dist/src/main.js')], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      NLU_EMBEDDINGS: 'off',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (
      await fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    if (tries > 300) throw new Error('the demo did not become ready');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    url,
    stop: async () => {
      child.kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function widget(browser, url, options) {
  const page = await browser.newPage({
    viewport: { width: 1120, height: 780 },
    timezoneId: 'Asia/Kolkata',
    ...options,
  });
  await page.goto(url);
  await page.getByRole('button', { name: /chat/i }).first().click();
  const box = page.getByRole('textbox').last();
  for (const line of ['where is my order DS-1001', '560038', '+919811100001']) {
    await box.fill(line);
    await box.press('Enter');
    await page.waitForTimeout(1200);
  }
  await page.waitForTimeout(500);
  return page;
}

async function simulator(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1100 }, timezoneId: 'Asia/Kolkata' });
  await page.goto(`${url}/simulator`);
  await page.waitForTimeout(800);
  for (const line of ['where is DS-1001', 'move DS-1001 to tomorrow evening']) {
    await page.getByRole('textbox').first().fill(line);
    await page.getByRole('textbox').first().press('Enter');
    await page.waitForTimeout(1500);
  }
  await page.evaluate('window.scrollTo(0, 0)');
  await page.waitForTimeout(300);
  return page;
}

async function desk(browser, url) {
  for (const customer of ['asha', 'neha']) {
    for (const text of ['where is my order', 'I want to talk to a person please']) {
      await fetch(`${url}/simulator/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ customer, act: { kind: 'text', text } }),
      });
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
  }
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 }, timezoneId: 'Asia/Kolkata' });
  await page.goto(`${url}/desk`);
  await page.getByLabel(/e-?mail/i).fill('meera@tulsilane.example');
  await page.getByLabel(/password/i).fill('doorstep-meera');
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.waitForTimeout(1500);
  await page.getByText('Asha Rao').first().click();
  await page.waitForTimeout(1000);
  await page.getByRole('button', { name: 'Take over' }).click();
  await page.waitForTimeout(1000);
  return page;
}

await mkdir(target, { recursive: true });
await buildAll();
const demo = await startDemo();
const { endpoint, stop } = await startChromium();
const browser = await chromium.connectOverCDP(endpoint);
try {
  for (const [name, shot] of [
    ['widget', widget],
    ['simulator', simulator],
    ['desk', desk],
  ]) {
    const page = await shot(browser, demo.url);
    await page.screenshot({ path: join(target, `${name}.png`) });
    await page.close();
    console.log(`  ${name}.png`);
  }
} finally {
  await browser.close();
  await stop();
  await demo.stop();
}
