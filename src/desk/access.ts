import type { Request, RequestHandler } from 'express';
import type { AgentRole } from '../core/agents';
import { AppError } from '../core/errors';
import { sameSecret, type Sessions, type SignedIn } from './sessions';

const RANK: Record<AgentRole, number> = { agent: 1, supervisor: 2, admin: 3 };
const signedIn = new WeakMap<Request, SignedIn>();

/** Lets signed-in agents pass; a write also needs the session's CSRF token. */
export function requireAgent(sessions: Sessions): RequestHandler {
  return async (req, _res, next) => {
    const found = await sessions.find(req);
    if (!found) throw new AppError('unauthorized', 'please sign in');
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      const token = req.headers['x-csrf-token'];
      if (typeof token !== 'string' || !sameSecret(token, found.csrf)) {
        throw new AppError('forbidden', 'this page is out of date; load it again');
      }
    }
    signedIn.set(req, found);
    next();
  };
}

/** Lets a role and those above it pass; after `requireAgent`. */
export function requireRole(role: AgentRole): RequestHandler {
  return (req, _res, next) => {
    if (!mayAct(req, role)) throw new AppError('forbidden', `only for the role ${role} and above`);
    next();
  };
}

/** The signed-in agent of a request that passed `requireAgent`. */
export function who(req: Request): SignedIn {
  const found = signedIn.get(req);
  if (!found) throw new AppError('unauthorized', 'please sign in');
  return found;
}

/** True when the request's agent has at least this role. */
export function mayAct(req: Request, role: AgentRole): boolean {
  return RANK[who(req).agent.role] >= RANK[role];
}

/** Refuses writes that a page of another site caused, before anybody is signed in. */
export function sameOriginOnly(publicOrigin: string): RequestHandler {
  return (req, _res, next) => {
    const site = req.headers['sec-fetch-site'];
    const origin = req.headers.origin;
    const own =
      origin === undefined || origin === publicOrigin || origin === `${req.protocol}://${req.headers.host}`;
    if ((site !== undefined && site === 'cross-site') || !own) {
      throw new AppError('forbidden', 'requests from other sites are refused');
    }
    next();
  };
}

/** A path parameter, decoded by Express. */
export function param(req: Request, name: string): string {
  const value = req.params[name];
  if (typeof value !== 'string' || value === '') throw new AppError('not_found', 'there is no such thing');
  return value;
}
