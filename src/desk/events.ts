import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Conversation } from '../core/conversation';
import { AppError } from '../core/errors';
import type { FeedEvent } from '../core/stream';
import { who } from './access';
import { messageWire, queueItemWire } from './conversation-view';
import { Counts } from './counts';
import type { DeskDeps } from './deps';
import type { Presence } from './presence';
import { read } from './problem';
import type { Sessions } from './sessions';
import type { FeedWire } from './wire';

/** Pause between signs of life, so that proxies and browsers know the feed stands. */
export const HEARTBEAT_MS = 15_000;
/** A reader this far behind is cut off; it resumes by sequence when it is back. */
const MAX_UNREAD_BYTES = 1_000_000;
const CATCH_UP_PAGE = 200;
const CATCH_UP_PAGES = 10;
/** Writers on other machines may stamp a little late. */
const OVERLAP_MS = 5000;

const query = z.object({
  follow: z.string().min(1).max(600).optional(),
  after: z.coerce.number().int().min(0).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
});

/** One open feed: writes events, beats, and ends everything it started when the other side goes. */
class Feed {
  private readonly ends: (() => void)[] = [];
  private over = false;

  constructor(private readonly res: Response) {
    res.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    res.write('retry: 2000\n\n');
    res.on('close', () => this.end());
  }

  send<K extends keyof FeedWire>(event: K, data: FeedWire[K], id?: number): void {
    if (this.over) return;
    if (this.res.writableLength > MAX_UNREAD_BYTES) {
      this.end();
      return;
    }
    this.res.write(
      `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`,
    );
  }

  onEnd(end: () => void): void {
    if (this.over) end();
    else this.ends.push(end);
  }

  end(): void {
    if (this.over) return;
    this.over = true;
    for (const end of this.ends.splice(0)) end();
    this.res.end();
  }
}

function passOn(feed: Feed, event: FeedEvent): void {
  if (event.type === 'message') feed.send('message', messageWire(event.entry), event.entry.seq);
  else if (event.type === 'state') {
    const { id, seq, state, error } = event;
    feed.send('state', { id, seq, state, error });
  } else if (event.type === 'owner') {
    feed.send('owner', { owner: event.owner, assigneeName: event.assigneeName });
  } else if (event.type === 'erased') feed.send('erased', { upTo: event.upTo });
  else feed.send('typing', { from: event.from, on: event.on });
}

/** `GET /events`: the one feed of a tab. Queue changes, and the followed conversation from a sequence number on. */
export function eventRoutes(router: Router, deps: DeskDeps, sessions: Sessions, presence: Presence): void {
  const counts = new Counts(deps.conversations, (error) => deps.onFault?.(error));
  const minutes = deps.rules.policy.support.answerWithinMinutes;
  const items = (changed: Conversation[]) => changed.map((one) => queueItemWire(one, minutes));
  const fault = (error: unknown) => deps.onFault?.(error);

  async function catchUp(feed: Feed, since: string): Promise<void> {
    const updatedAfter = new Date(Date.parse(since) - OVERLAP_MS);
    let cursor: string | undefined;
    for (let page = 0; page < CATCH_UP_PAGES; page += 1) {
      const found = await deps.conversations.list({ updatedAfter, limit: CATCH_UP_PAGE, cursor });
      if (found.items.length > 0) feed.send('queue', items(found.items));
      if (found.nextCursor === null) return;
      cursor = found.nextCursor;
    }
  }

  function keepAlive(feed: Feed, req: Request): void {
    const beat = async () => {
      if (await sessions.find(req, false)) feed.send('ping', {});
      else feed.end();
    };
    const timer = setInterval(() => void beat().catch(fault), HEARTBEAT_MS);
    feed.onEnd(() => clearInterval(timer));
    const stop = () => feed.end();
    deps.stopping?.addEventListener('abort', stop);
    feed.onEnd(() => deps.stopping?.removeEventListener('abort', stop));
  }

  router.get('/events', async (req, res) => {
    const { follow, after = 0, since } = read(query, req.query);
    const { agent } = who(req);
    if (follow !== undefined && !(await deps.conversations.get(follow))) {
      throw new AppError('not_found', 'there is no such conversation');
    }
    const lastSeen = Number(req.headers['last-event-id'] ?? 0);
    const feed = new Feed(res);
    keepAlive(feed, req);
    feed.onEnd(
      deps.feeds.followQueue((changed) => {
        feed.send('queue', items(changed));
        counts.changed();
      }),
    );
    feed.onEnd(
      presence.join({
        agentId: agent.id,
        name: agent.name,
        key: follow,
        show: (viewers) => feed.send('viewers', viewers),
      }),
    );
    if (follow !== undefined) {
      const from = Number.isSafeInteger(lastSeen) && lastSeen > after ? lastSeen : after;
      feed.onEnd(deps.feeds.follow(follow, from, { publicOnly: false }, (event) => passOn(feed, event)));
    }
    feed.send('ping', {});
    feed.onEnd(counts.follow((numbers) => feed.send('counts', numbers)));
    if (since !== undefined) await catchUp(feed, since).catch(fault);
  });
}
