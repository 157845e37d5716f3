import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser } from 'playwright-core';

/** A browser for one test file, and the way to end it. */
export interface TestBrowser {
  browser: Browser;
  stop(): Promise<void>;
}

/** What a page may take on the slowest machine before a test gives up waiting. */
const PATIENCE_MS = 60_000;

/** Pages with patience; `times` makes them so many times slower, to find what depends on the machine's speed. */
function settle(browser: Browser, times: number): void {
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await open(options);
    context.setDefaultTimeout(PATIENCE_MS);
    if (times > 1)
      context.on('page', (page) => {
        void context
          .newCDPSession(page)
          .then((session) => session.send('Emulation.setCPUThrottlingRate', { rate: times }))
          .catch(() => undefined);
      });
    return context;
  };
}

/**
 * Starts Chromium in a process of its own and connects to it. Give `beforeAll` 60 s: the first start on a machine unpacks the browser.
 * `SLOW_BROWSER=6` makes its pages six times slower. Always `await stop()` in `afterAll`; the browser also ends with the test process.
 */
export async function openBrowser(): Promise<TestBrowser> {
  const child = spawn(process.execPath, [join(__dirname, 'start-chromium.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endpoint = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`no browser: start-chromium.mjs ended with ${code}`)));
  });
  const browser = await chromium.connectOverCDP(endpoint);
  settle(browser, Number(process.env.SLOW_BROWSER ?? 1));
  return {
    browser,
    async stop() {
      await browser.close();
      child.stdin.end();
      await ended;
    },
  };
}
