import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler, type Router } from 'express';
import { AppError } from '../core/errors';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** Headers of everything under `/desk`: nothing inline, nothing from elsewhere, no framing by other sites. */
export const deskHeaders: RequestHandler = (_req, res, next) => {
  res.setHeader('Content-Security-Policy', POLICY);
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('X-Frame-Options', 'SAMEORIGIN');
  next();
};

/** The built page. Files carry a hash in their name and are kept for a year; the page itself is always asked for. */
export function pageRoutes(router: Router, webRoot: string): void {
  router.use(
    '/assets',
    express.static(join(webRoot, 'assets'), { immutable: true, maxAge: '365d', index: false }),
  );
  router.use('/assets', () => {
    throw new AppError('not_found', 'there is no such file');
  });
  router.get(['/', '/{*path}'], async (req, res) => {
    const page = await readFile(join(webRoot, 'index.html'), 'utf8').catch((cause: unknown) => {
      throw new AppError('not_found', 'the desk page is not built; run `npm run build`', { cause });
    });
    res.setHeader('Cache-Control', 'no-cache');
    res.type('html').send(page);
  });
}
