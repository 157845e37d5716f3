import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { AppError } from '../core/errors';
import { sameSecret } from '../core/secrets';

/** The token of an `Authorization: Bearer` header, if there is one. */
export function bearerToken(req: Request): string | undefined {
  return /^Bearer +(.+)$/i.exec(req.headers.authorization ?? '')?.[1]?.trim();
}

/** Failed attempts an address may make in a minute before it gets 429 instead of 401. */
const FAILED_ATTEMPTS_PER_MINUTE = 100;

/**
 * Lets calls with the right bearer token through, without any limit. Wrong ones get 401; only those are counted, by address.
 */
export function requireBearer(expected: string): RequestHandler {
  const failed = rateLimit({
    windowMs: 60_000,
    limit: FAILED_ATTEMPTS_PER_MINUTE,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    handler: (_req, _res, next) => next(new AppError('rate_limited', 'too many attempts with a wrong token')),
  });
  return async (req, res, next) => {
    if (sameSecret(bearerToken(req), expected)) return next();
    await failed(req, res, (error?: unknown) =>
      next(error ?? new AppError('unauthorized', 'this door needs a valid bearer token')),
    );
  };
}
