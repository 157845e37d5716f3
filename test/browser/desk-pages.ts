import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { DeskKit } from '../desk/desk-kit';
import { PASSWORD } from '../desk/desk-kit';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const BUILT = join(__dirname, '../../dist/web/desk/index.html');

/** A signed-in desk in a browser profile of its own, with what the page complained about. */
export interface DeskPage {
  page: Page;
  agentId: string;
  /** Errors and refusals of the content policy. */
  complaints: string[];
  open(key: string): Promise<void>;
  /** Rules that axe-core finds broken, each with its first place. */
  violations(): Promise<string[]>;
  close(): Promise<void>;
}

/** Signs a new agent in through the page, as a person would. */
export async function openDesk(
  browser: Browser,
  desk: DeskKit,
  name: string,
  options: BrowserContextOptions & { role?: 'agent' | 'supervisor' | 'admin' } = {},
): Promise<DeskPage> {
  if (!existsSync(BUILT)) throw new Error('the pages are not built; run `npm run build` first');
  const { role = 'agent', ...profile } = options;
  const email = `${name.replace(/\W+/g, '.').toLowerCase()}@browser.example`;
  const agent = await desk.agents.add({ email, name, role, password: PASSWORD });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...profile });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // The browser notes every refused call (401 before signing in, 409 when another was first) and every broken line by itself.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  await page.goto(`${desk.url}/desk/`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  return {
    page,
    agentId: agent.id,
    complaints,
    async open(key) {
      await page.goto(`${desk.url}/desk/c/${encodeURIComponent(key)}`);
      await page.locator('.line').first().waitFor();
    },
    async violations() {
      await page.evaluate(`window.axe || (() => { ${AXE} })()`);
      const rules = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";
      return page.evaluate<string[]>(
        `axe.run(document, { runOnly: ${rules} }).then(({ violations }) =>
          violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))`,
      );
    },
    close: () => context.close(),
  };
}
