import express, { Router, type RequestHandler } from 'express';
import { AppError } from '../core/errors';
import { requireAgent } from './access';
import { channelRoutes } from './channel-routes';
import { conversationRoutes } from './conversation-routes';
import type { DeskDeps } from './deps';
import { eventRoutes } from './events';
import { failedRoutes } from './failed-routes';
import { figuresRoutes } from './figures-routes';
import { orderRoutes } from './order-routes';
import { fileRoutes } from './file-routes';
import { deskHeaders, pageRoutes } from './pages';
import { Presence } from './presence';
import { problemHandler } from './problem';
import { Sessions } from './sessions';
import { signInRoutes } from './sign-in';
import { teamRoutes } from './team-routes';

const BODY_LIMIT = '64kb';

const neverStored: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};

/**
 * The agents' side: the page and `/desk/api`. Mount at `/desk`. Everything under `/api` but signing in needs a session; every write needs
 * its CSRF token; every refusal is a problem document.
 */
export function createDeskRouter(deps: DeskDeps): Router {
  const sessions = new Sessions(deps.sessions, deps.agents, deps.clock, deps.secureCookies);
  const presence = new Presence(() => deps.clock.now());

  const api = Router();
  api.use(neverStored, express.json({ limit: BODY_LIMIT }));
  signInRoutes(api, deps, sessions);
  api.use(requireAgent(sessions));
  conversationRoutes(api, deps, presence);
  fileRoutes(api, deps);
  orderRoutes(api, deps);
  failedRoutes(api, deps);
  teamRoutes(api, deps, presence);
  figuresRoutes(api, deps);
  channelRoutes(api, deps);
  eventRoutes(api, deps, sessions, presence);
  api.use(() => {
    throw new AppError('not_found', 'there is no such address');
  });

  const desk = Router();
  desk.use(deskHeaders);
  desk.use('/api', api);
  pageRoutes(desk, deps.webRoot);
  desk.use(problemHandler(deps.onFault));
  return desk;
}
