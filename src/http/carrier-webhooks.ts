import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import type { CarrierAnswer, CarrierEvents, CarrierScan, ShopNews } from '../core/carrier';
import type { Headers } from '../core/channel';
import type { Clock } from '../core/clock';
import { AppError } from '../core/errors';
import type { Log } from '../core/log';
import { bytesOf, rawBody, readJson } from './channel-webhooks';
import { requireBearer } from './bearer';
import type { Metrics } from './metrics';
import { readWith } from './rest/read';

/** What became of a scan. */
export type ScanOutcome = 'applied' | 'kept' | 'repeated' | 'unknown';

/** What carriers' doors need. */
export interface CarrierWebhookOptions {
  doors: CarrierEvents[];
  record(scan: CarrierScan, now: Date): Promise<ScanOutcome>;
  /** Takes what a shop tells of its orders. */
  takeShop(news: ShopNews, now: Date): Promise<ScanOutcome>;
  /** Deliveries dealt with, and kinds nobody reads. */
  deliveries: {
    seen(door: string, id: string): Promise<boolean>;
    remember(door: string, id: string, now: Date): Promise<void>;
    countUnread(door: string, kind: string, now: Date): Promise<void>;
  };
  /** Bearer token of the carrier's side; unset: the door for answers is closed. */
  carrierToken?: string;
  /** Settles an instruction by its id; answers false when there is none of this id. An answer that came before changes nothing. */
  settle(id: string, answer: CarrierAnswer): Promise<boolean>;
  clock: Clock;
  log: Log;
  metrics: Metrics;
}

const answerForm = z.object({
  id: z.string('must be the id of the instruction').min(1).max(200),
  status: z.enum(['accepted', 'rejected', 'pending'], 'must be accepted, rejected or pending'),
  reference: z.string().max(500).nullish(),
  reason: z.string().max(500).nullish(),
});

/** Everything one body tells takes effect; answers how many things that were. A kind we do not read is counted. */
async function takeAll(
  door: CarrierEvents,
  options: CarrierWebhookOptions,
  body: unknown,
  headers: Headers,
): Promise<number> {
  const now = options.clock.now();
  const { deliveries, metrics } = options;
  const id = door.deliveryId?.(headers);
  if (id && (await deliveries.seen(door.name, id))) {
    metrics.webhook(door.name, 'repeated');
    return 0;
  }
  const scans = door.parse(body, now);
  const news = door.shop?.(body, headers);
  // The order first: it may bring the parcel that the scans are of.
  if (news) metrics.webhook(door.name, await options.takeShop(news, now));
  for (const scan of scans) metrics.webhook(door.name, await options.record(scan, now));
  if (scans.length === 0 && !news) {
    metrics.webhook(door.name, 'unread');
    await deliveries.countUnread(door.name, door.kind(body, headers), now);
  }
  if (id) await deliveries.remember(door.name, id, now);
  return scans.length + (news ? 1 : 0);
}

function receiveScans(door: CarrierEvents, options: CarrierWebhookOptions): RequestHandler {
  return async (req, res) => {
    const bytes = bytesOf(req.body);
    if (!door.authenticate(bytes, req.headers)) {
      options.metrics.webhook(door.name, 'refused');
      throw new AppError('unauthorized', 'the token or signature is not right');
    }
    const body = readJson(bytes);
    try {
      const count = await takeAll(door, options, body, req.headers);
      options.log.debug({ carrier: door.name, count }, 'events received');
    } catch (cause) {
      options.metrics.webhook(door.name, 'failed');
      throw new AppError('store_unavailable', 'the events could not be stored, send them again', { cause });
    }
    res.status(200).type('text/plain').send('ok');
  };
}

/** `/webhooks/carrier/...` and its like: scans, and later answers to instructions. Always exactly 200 for what was accepted. */
export function carrierWebhooks(options: CarrierWebhookOptions): Router {
  const router = Router();
  for (const door of options.doors) router.post(door.path, rawBody, receiveScans(door, options));
  if (options.carrierToken !== undefined) {
    router.post('/carrier/instructions', requireBearer(options.carrierToken), rawBody, async (req, res) => {
      const { id, status, reference, reason } = readWith(answerForm, readJson(bytesOf(req.body)));
      const answer = { status, reference: reference ?? undefined, reason: reason ?? undefined };
      const known = await options.settle(id, answer);
      if (!known) throw new AppError('not_found', 'there is no instruction of this id');
      res.status(200).type('text/plain').send('ok');
    });
  }
  return router;
}
