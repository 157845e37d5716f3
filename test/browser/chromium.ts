import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser } from 'playwright-core';

/** A browser for one test file, and the way to end it. */
export interface TestBrowser {
  browser: Browser;
  stop(): Promise<void>;
}

/**
 * Starts Chromium in a process of its own and connects to it. Give `beforeAll` 60 s: the first start on a machine unpacks the browser.
 * Always `await stop()` in `afterAll`; the browser also ends with the test process.
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
  return {
    browser,
    async stop() {
      await browser.close();
      child.stdin.end();
      await ended;
    },
  };
}
