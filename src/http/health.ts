import { Router, type Request } from 'express';
import type { ChannelAdapter } from '../core/channel';
import { AppError } from '../core/errors';
import { sameSecret } from '../core/secrets';
import { bearerToken } from './bearer';
import type { Metrics } from './metrics';
import { sendProblem } from './problems';

/**
 * One thing that must be right before traffic is sent here. Answers why it is not, in words for an operator, or undefined.
 * It may ask our own store, never a provider.
 */
export interface ReadyCheck {
  name: string;
  check(): string | undefined | Promise<string | undefined>;
}

/** Longest a check may take before it counts as failed, milliseconds. */
const CHECK_LIMIT_MS = 1500;

async function reasonOf(check: ReadyCheck): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('does not answer in time'), CHECK_LIMIT_MS);
  });
  try {
    const reason = await Promise.race([Promise.resolve(check.check()), late]);
    return reason && `${check.name}: ${reason}`;
  } catch {
    return `${check.name}: does not answer`;
  } finally {
    clearTimeout(timer);
  }
}

function fromThisMachine(req: Request): boolean {
  const address = req.socket.remoteAddress ?? '';
  // A proxy on this machine also comes from loopback, with whoever stands behind it in a header.
  const direct = !req.headers['x-forwarded-for'] && !req.headers.forwarded && !req.headers['x-real-ip'];
  return direct && /^(::ffff:)?127\.|^::1$/.test(address);
}

/**
 * `/healthz`: the process is up. `/readyz`: 503 with reasons otherwise. `/metrics`: from loopback directly or with the API key. A session
 * that is not open is told beside `ready` and is no reason: a balancer would take the other channels, and the desk that links it, away.
 */
export function healthRouter(options: {
  checks: ReadyCheck[];
  channels?: Pick<ChannelAdapter, 'id' | 'session'>[];
  metrics: Metrics;
  apiKey?: string;
}): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const reasons = (await Promise.all(options.checks.map(reasonOf))).filter(
      (reason) => reason !== undefined,
    );
    res.set('Cache-Control', 'no-store');
    const notes = (options.channels ?? []).flatMap(({ id, session }) => {
      const note = session?.state().note;
      return note ? [`${id}: ${note}`] : [];
    });
    if (reasons.length === 0) res.json({ status: 'ready', ...(notes.length > 0 ? { notes } : {}) });
    else res.status(503).json({ status: 'not ready', reasons });
  });
  router.get('/metrics', async (req, res) => {
    const keyed = options.apiKey !== undefined && sameSecret(bearerToken(req), options.apiKey);
    if (!keyed && !fromThisMachine(req)) {
      return sendProblem(res, new AppError('unauthorized', 'metrics need the API key from other machines'));
    }
    res.type(options.metrics.registry.contentType).send(await options.metrics.registry.metrics());
  });
  return router;
}
