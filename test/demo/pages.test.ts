import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { demoPages, plainHome, widgetRouter } from '../../src/demo/pages';
import { errorHandler } from '../../src/http/problems';

const root = mkdtempSync(join(tmpdir(), 'doorstep-pages-'));
let server: Server;

beforeAll(() => {
  mkdirSync(join(root, 'widget'));
  mkdirSync(join(root, 'simulator', 'assets'), { recursive: true });
  writeFileSync(join(root, 'widget', 'widget.js'), '// the chat');
  writeFileSync(join(root, 'simulator', 'index.html'), '<title>simulator</title>');
  writeFileSync(join(root, 'simulator', 'assets', 'page-abc.js'), '// page');
});
afterAll(() => rmSync(root, { recursive: true }));

async function serve(router: Router): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const app = express();
  app.use(router);
  app.use(errorHandler({ error: () => undefined, warn: () => undefined } as never));
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return (path, init) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
}

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('the widget’s script may be loaded by any page and is asked for again each time', async () => {
  const ask = await serve(widgetRouter(root));
  const first = await ask('/widget.js');
  expect(await first.text()).toBe('// the chat');
  expect(first.headers.get('content-type')).toMatch(/javascript.*utf-8/i);
  expect(first.headers.get('access-control-allow-origin')).toBe('*');
  expect(first.headers.get('cache-control')).toBe('public, max-age=0');
  const headers = { 'if-none-match': first.headers.get('etag')!, 'cache-control': 'max-age=0' };
  const again = await ask('/widget.js', { headers });
  expect(again.status).toBe(304);
});

test('the simulator’s page is never kept by browsers, its hashed files are kept for a year', async () => {
  const ask = await serve(demoPages(root));
  for (const path of ['/simulator', '/simulator/mail']) {
    const page = await ask(path);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
  }
  const file = await ask('/simulator/assets/page-abc.js');
  expect(file.headers.get('cache-control')).toMatch(/max-age=31536000, immutable/);
});

test('a page that is not built says so instead of showing nothing', async () => {
  const ask = await serve(demoPages(root));
  const answer = await ask('/');
  expect(answer.status).toBe(404);
  expect(await answer.text()).toMatch(/npm run build/);
});

test('outside the demo the first page only leads on, and there is no simulator', async () => {
  const ask = await serve(plainHome());
  const page = await (await ask('/')).text();
  expect(page).toMatch(/Doorstep is running/);
  expect(page).not.toMatch(/<script|style=|simulator/);
  expect((await ask('/simulator')).status).toBe(404);
  expect((await ask('/simulator/api/shop')).status).toBe(404);
});
