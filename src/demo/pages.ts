import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { Router, type RequestHandler } from 'express';
import { AppError } from '../core/errors';

function page(file: string): RequestHandler {
  return async (_req, res) => {
    const html = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new AppError('not_found', 'this page is not built; run `npm run build`', { cause });
    });
    res.set('Cache-Control', 'no-cache').type('html').send(html);
  };
}

function assets(folder: string): RequestHandler {
  return express.static(join(folder, 'assets'), { immutable: true, maxAge: '365d', index: false });
}

/** The script that other sites embed. Always the present one: browsers ask again and get 304 when it has not changed. */
export function widgetRouter(webRoot: string): Router {
  const router = Router();
  const file = express.static(join(webRoot, 'widget'), { index: false, maxAge: 0 });
  router.get(
    '/widget.js',
    (_req, res, next) => {
      res.set('Access-Control-Allow-Origin', '*');
      next();
    },
    file,
  );
  return router;
}

/** The simulator's and the demo shop's pages. `webRoot` is the folder of everything built for browsers. */
export function demoPages(webRoot: string): Router {
  const router = Router();
  router.use('/simulator/assets', assets(join(webRoot, 'simulator')));
  router.get(['/simulator', '/simulator/mail'], page(join(webRoot, 'simulator', 'index.html')));
  router.use('/assets', assets(join(webRoot, 'demo-shop')));
  router.get(['/', '/orders'], page(join(webRoot, 'demo-shop', 'index.html')));
  return router;
}

const PLAIN_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <title>Doorstep</title>
  </head>
  <body>
    <h1>Doorstep is running</h1>
    <ul>
      <li><a href="/desk">Agents’ desk</a></li>
      <li><a href="/readyz">Is everything ready?</a></li>
      <li><a href="/widget.js">The web chat script</a></li>
    </ul>
  </body>
</html>
`;

/** What stands at `/` of a product in use: where to go, and nothing about the shop. */
export function plainHome(): Router {
  const router = Router();
  router.get('/', (_req, res) => {
    res.set('Cache-Control', 'no-cache').type('html').send(PLAIN_PAGE);
  });
  return router;
}
