import { randomFillSync } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { monotonicMs } from '../core/clock';
import type { Log } from '../core/log';
import type { Metrics } from './metrics';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzabcdef';
const pool = Buffer.alloc(16 * 256);
let used = pool.length;

/** 16 random letters: letters only, so that the log's masking of numbers leaves them alone. */
function newRequestId(): string {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let id = '';
  for (const end = used + 16; used < end; used++) id += LETTERS[(pool[used] ?? 0) & 31];
  return id;
}

/** The id of the request that a response answers; also its `X-Request-Id` header. */
export function requestId(res: Response): string {
  return String(res.locals.requestId ?? '');
}

/** The pattern that matched, never the address itself: addresses may hold phone numbers. */
function routeOf(req: Request): string {
  const path = (req.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? `${req.baseUrl}${path}` : 'other';
}

/** Gives each request its id, remembers its open response, and counts how long it took. */
export function trackRequests(options: { open: Set<Response>; metrics: Metrics; log: Log }): RequestHandler {
  return (req, res, next) => {
    const started = monotonicMs();
    res.locals.requestId = newRequestId();
    res.set('X-Request-Id', requestId(res));
    options.open.add(res);
    res.once('close', () => {
      options.open.delete(res);
      const ms = monotonicMs() - started;
      const line = { method: req.method, route: routeOf(req), status: res.statusCode };
      options.metrics.request(line.method, line.route, line.status, ms / 1000);
      options.log.debug({ ...line, requestId: requestId(res), ms: Math.round(ms) }, 'request');
    });
    next();
  };
}
