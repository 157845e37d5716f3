import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const MAIN = join(__dirname, '../../dist/src/main.js');
const START_MS = 100_000;
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** The whole product in demo mode, as `npm run serve` starts it, with a data folder of its own. */
export interface DemoProduct {
  url: string;
  stop(): Promise<void>;
}

/** Starts it on a free port. Give `beforeAll` two minutes: the first start may train the language model. */
export async function startDemoProduct(): Promise<DemoProduct> {
  if (!existsSync(MAIN)) throw new Error('the product is not built; run `npm run build` first');
  const folder = await mkdtemp(join(tmpdir(), 'doorstep-demo-'));
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    NLU_EMBEDDINGS: 'off',
  };
  const child = spawn(process.execPath, [MAIN], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the product did not start: ${said}`));
    }, START_MS);
    const read = (chunk: Buffer) => {
      said = (said + String(chunk)).slice(-4000);
      const ready = /Doorstep is ready: (\S+)/.exec(said)?.[1];
      if (!ready) return;
      clearTimeout(late);
      resolve(ready);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}: ${said}`)));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Errors of a page and refusals of its content policy; refused calls are the page's own business. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  return complaints;
}

/** Rules that axe-core finds broken, each with its first place. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`window.axe || (() => { ${AXE} })()`);
  const rules = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']";
  return page.evaluate<string[]>(
    `axe.run(document, { runOnly: ${rules} }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))`,
  );
}

/** True when nothing of the page sticks out sideways. */
export function fitsItsWidth(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth');
}
