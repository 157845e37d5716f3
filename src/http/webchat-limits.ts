import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { AppError } from '../core/errors';
import { sessionOf } from './webchat-session';

/** How many calls a minute are taken. An address may stand for a whole office, so its limits are wide. */
export interface WebchatLimits {
  sessionsPerAddress: number;
  messagesPerAddress: number;
  messagesPerSession: number;
  /** Photos: of an address that fills our disk, at most 5 MB each. */
  photosPerAddress: number;
  photosPerSession: number;
  /** Times a chat may be deleted. */
  deletionsPerAddress: number;
  deletionsPerSession: number;
  /** Times a feed may be opened. */
  feedsPerSession: number;
  /** Feeds open at the same time; a tab needs one. */
  feedsAtOncePerSession: number;
}

/** What is taken unless told otherwise. */
export const WEBCHAT_LIMITS: WebchatLimits = {
  sessionsPerAddress: 120,
  messagesPerAddress: 600,
  messagesPerSession: 60,
  photosPerAddress: 30,
  photosPerSession: 10,
  deletionsPerAddress: 60,
  deletionsPerSession: 10,
  feedsPerSession: 60,
  feedsAtOncePerSession: 10,
};

function perMinute(limit: number, keyOf: (req: Request, res: Response) => string): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    keyGenerator: keyOf,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Its own checks print addresses.
    validate: false,
    handler: (_req, _res, next) =>
      next(new AppError('rate_limited', 'too many calls, try again in a minute')),
  });
}

/** A limit for one address. Addresses stay in memory, for a minute, and are never written anywhere. */
export function perAddress(limit: number): RequestHandler {
  return perMinute(limit, (req) => ipKeyGenerator(req.ip ?? ''));
}

/** A limit for one session; stands behind the check of its token. */
export function perSession(limit: number): RequestHandler {
  return perMinute(limit, (_req, res) => sessionOf(res).user);
}

/** Refuses a session more open streams than `limit`. Stands behind the check of its token. */
export function openAtOnce(limit: number): RequestHandler {
  const open = new Map<string, number>();
  return (_req, res, next) => {
    const { user } = sessionOf(res);
    const count = (open.get(user) ?? 0) + 1;
    if (count > limit) throw new AppError('rate_limited', 'this chat is open in too many places');
    open.set(user, count);
    res.once('close', () => {
      const left = (open.get(user) ?? 1) - 1;
      if (left > 0) open.set(user, left);
      else open.delete(user);
    });
    next();
  };
}
