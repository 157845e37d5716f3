import type { Request, RequestHandler } from 'express';
import { AppError } from '../core/errors';

/** Pages that may talk to the web chat, besides our own. */
export interface OriginOptions {
  /** Origins such as `https://shop.example`. */
  allowedOrigins: readonly string[];
  /** Address people reach us by. */
  publicUrl: string;
}

function isOwn(origin: string, req: Request, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || new URL(origin).host === req.headers.host;
}

/**
 * Lets a call through that names no origin, our own or a listed one, and answers the browser's questions about it; any other gets 403. No
 * cookies are involved, so the answer never allows credentials.
 */
export function checkOrigin({ allowedOrigins, publicUrl }: OriginOptions): RequestHandler {
  const listed = new Set(allowedOrigins);
  return (req, res, next) => {
    const { origin } = req.headers;
    res.vary('Origin');
    if (origin !== undefined) {
      if (!listed.has(origin) && !isOwn(origin, req, publicUrl)) {
        throw new AppError(
          'forbidden',
          'this page may not use the web chat: list its origin in the settings',
        );
      }
      res.set('Access-Control-Allow-Origin', origin);
      res.set('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id');
      res.set('Cross-Origin-Resource-Policy', 'cross-origin');
    }
    if (req.method !== 'OPTIONS') return next();
    res.set({
      'Access-Control-Allow-Methods': 'GET, POST, DELETE',
      'Access-Control-Allow-Headers': 'authorization, content-type, last-event-id',
      'Access-Control-Max-Age': '600',
    });
    res.status(204).end();
  };
}
