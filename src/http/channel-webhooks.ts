import { raw, Router, type RequestHandler } from 'express';
import type { ChannelAdapter, WebhookInbound } from '../core/channel';
import type { Clock } from '../core/clock';
import { AppError } from '../core/errors';
import type { Inbox } from '../core/stream';
import type { Metrics } from './metrics';

/** Meta posts bodies of at most 3 MB. */
export const WEBHOOK_BODY_LIMIT_BYTES = 3 * 1024 * 1024;

/** Keeps the bytes exactly as they came, whatever the content type says. Compressed bodies are refused: signatures are over these bytes. */
export const rawBody: RequestHandler = raw({
  type: () => true,
  limit: WEBHOOK_BODY_LIMIT_BYTES,
  inflate: false,
});

/** The bytes that `rawBody` kept; empty when there was no body. */
export function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** Reads JSON whose sender has been authenticated. */
export function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new AppError('malformed', 'the body is not JSON', { cause });
  }
}

/** Parts that channel webhooks need. */
export interface ChannelWebhookOptions {
  channels: ChannelAdapter[];
  inbox: Inbox;
  clock: Clock;
  metrics: Metrics;
  /** Called with the number of each step of the way of a message that happens here; crash tests stop the process there. */
  probe?(step: number): void | Promise<void>;
}

function receive(channel: string, inbound: WebhookInbound, options: ChannelWebhookOptions): RequestHandler {
  return async (req, res) => {
    const bytes = bytesOf(req.body);
    if (!inbound.authenticate(bytes, req.headers)) {
      options.metrics.webhook(channel, 'refused');
      throw new AppError('unauthorized', 'the signature does not belong to this body');
    }
    await options.probe?.(1);
    const activities = inbound.parse(readJson(bytes), options.clock.now());
    await options.probe?.(2);
    try {
      if (activities.length > 0) await options.inbox.accept(activities);
    } catch (cause) {
      options.metrics.webhook(channel, 'failed', activities.length);
      throw new AppError('store_unavailable', 'the events could not be stored, send them again', { cause });
    }
    await options.probe?.(3);
    options.metrics.webhook(channel, 'accepted', activities.length);
    res.writeHead(200, { 'Content-Type': 'text/plain' }).end('ok');
  };
}

/**
 * `/webhooks/<channel id>` for each channel whose provider posts to us: verified over the raw bytes, stored, then exactly 200.
 * A bad signature answers 401 and nothing is stored; a store that is down answers 503, so that the provider sends again.
 */
export function channelWebhooks(options: ChannelWebhookOptions): Router {
  const router = Router();
  for (const { id, inbound } of options.channels) {
    if (!inbound) continue;
    router.get(`/${id}`, (req, res) => {
      const answer = inbound.challenge(req.query);
      if (answer === undefined) throw new AppError('forbidden', 'the verify token is not ours');
      res.set('X-Content-Type-Options', 'nosniff').type('text/plain').send(answer);
    });
    router.post(`/${id}`, rawBody, receive(id, inbound, options));
  }
  return router;
}
