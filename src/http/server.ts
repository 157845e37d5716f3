import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Response, type Router } from 'express';
import type { ChannelAdapter } from '../core/channel';
import type { Clock } from '../core/clock';
import { AppError } from '../core/errors';
import type { Log } from '../core/log';
import type { Inbox } from '../core/stream';
import { channelWebhooks } from './channel-webhooks';
import { healthRouter, type ReadyCheck } from './health';
import { createMetrics, type Metrics } from './metrics';
import { errorHandler, notFound } from './problems';
import { trackRequests } from './requests';
import { securityHeaders } from './security';

/** A router and the path it lives under. */
export interface Mount {
  path: string;
  router: Router;
}

/** What the doors need. Parts that are not configured are left out, and their routes answer 404. */
export interface HttpOptions {
  log: Log;
  clock: Clock;
  /** People reach us by https. */
  https: boolean;
  /** Express's `trust proxy`. */
  trustProxy?: boolean | number | string;
  /** Also lets `/metrics` be read from elsewhere. */
  apiKey?: string;
  /** Channels whose provider posts to us; others in the list are skipped. */
  channels: ChannelAdapter[];
  inbox: Inbox;
  checks: ReadyCheck[];
  metrics?: Metrics;
  /** Doors without browser headers, under `/webhooks`: carriers and shops. */
  webhooks?: Router[];
  /** REST API, web chat, desk, simulator, pages: in this order. */
  mounts: Mount[];
  /** Called with the number of each step of the way of a message that happens at the doors; crash tests stop the process there. */
  probe?(step: number): void | Promise<void>;
}

/** The doors of one product. */
export interface HttpDoors {
  readonly app: Express;
  readonly metrics: Metrics;
  /** Starts listening; answers the port (useful with port 0). Refuses with `settings` when the address is taken. */
  listen(address: { host: string; port: number }): Promise<number>;
  /** Stops accepting, ends live streams first, then waits for running requests, at most `graceMs` milliseconds. */
  stop(graceMs?: number): Promise<void>;
}

function createApp(options: HttpOptions, open: Set<Response>, metrics: Metrics): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', options.trustProxy ?? false);
  app.use(trackRequests({ open, metrics, log: options.log }));
  app.use('/webhooks', channelWebhooks({ ...options, metrics }));
  for (const router of options.webhooks ?? []) app.use('/webhooks', router);
  app.use(
    healthRouter({ checks: options.checks, channels: options.channels, metrics, apiKey: options.apiKey }),
  );
  app.use(securityHeaders({ https: options.https }));
  for (const { path, router } of options.mounts) app.use(path, router);
  app.use(notFound);
  app.use(errorHandler(options.log));
  return app;
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is taken by another program' : 'cannot be opened';
      reject(new AppError('settings', `PORT ${port} on HOST ${host} ${why}`, { cause }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function endStreams(open: Set<Response>): void {
  for (const res of open) {
    if (String(res.getHeader('content-type') ?? '').startsWith('text/event-stream')) res.end();
  }
}

async function stop(server: Server, open: Set<Response>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'));
  endStreams(open);
  const late = setTimeout(() => server.closeAllConnections(), graceMs);
  // Connections that were busy when we closed go idle one by one.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await closed;
  clearTimeout(late);
  clearInterval(sweep);
}

/** Puts all doors together. Nothing listens before `listen`. */
export function createHttp(options: HttpOptions): HttpDoors {
  const open = new Set<Response>();
  const metrics = options.metrics ?? createMetrics();
  const app = createApp(options, open, metrics);
  const server = createServer(app);
  // Longer than the usual minute of proxies, so that they never reuse a connection we are just closing.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 70_000;
  return {
    app,
    metrics,
    listen: (address) => listen(server, address),
    stop: (graceMs = 10_000) => (server.listening ? stop(server, open, graceMs) : Promise.resolve()),
  };
}
