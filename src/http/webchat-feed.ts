import type { Response } from 'express';
import type { Clock } from '../core/clock';
import type { TranscriptEntry } from '../core/conversation';
import type { FeedEvent, LiveFeeds } from '../core/stream';

/** Time between signs of life, so that proxies and browsers keep a silent stream. */
const HEARTBEAT_MS = 15_000;

/** A reader who does not take this much is gone or stuck; it resumes by its last number. */
const MAX_UNREAD_BYTES = 1_000_000;

/** One event of a visitor's feed. */
export interface WebchatEntry {
  seq: number;
  from: 'customer' | 'bot' | 'agent';
  /** Name of the person who answered. */
  agent?: string;
  text: string;
  choices?: { id: string; title: string; description?: string }[];
  card?: unknown;
  /** What came with the customer's line; `id` is their own of a photo they sent here. */
  files?: { kind: string; id?: string }[];
  at: string;
}

/** A transcript line as its customer may see it; undefined for what is none of their business. */
export function visibleEntry(entry: TranscriptEntry): WebchatEntry | undefined {
  if (entry.visibility !== 'public') return undefined;
  const { options, card } = entry.content ?? {};
  return {
    seq: entry.seq,
    from: entry.from === 'system' ? 'bot' : entry.from,
    ...(entry.from === 'agent' && entry.agent ? { agent: entry.agent } : {}),
    text: entry.text,
    ...(options && options.length > 0
      ? {
          choices: options.map(({ id, title, description }) => ({
            id,
            title,
            ...(description ? { description } : {}),
          })),
        }
      : {}),
    ...(card ? { card } : {}),
    ...(entry.attachments?.length ? { files: entry.attachments.map(fileOf) } : {}),
    at: entry.at.toISOString(),
  };
}

/** References stay with us: a customer's own id is all they may know. */
function fileOf({ kind, ref }: { kind: string; ref: string }): { kind: string; id?: string } {
  const id = ref.startsWith('photo:') ? ref.split(':').at(-1) : undefined;
  return { kind, ...(id ? { id } : {}) };
}

/** A feed event in the form of server-sent events; empty for what customers are not shown. */
export function frameOf(event: FeedEvent): string {
  switch (event.type) {
    case 'message': {
      const entry = visibleEntry(event.entry);
      return entry ? `id: ${entry.seq}\ndata: ${JSON.stringify(entry)}\n\n` : '';
    }
    case 'owner': {
      const { owner, assigneeName } = event;
      return `event: owner\ndata: ${JSON.stringify({ owner, assigneeName })}\n\n`;
    }
    case 'erased':
      return `event: erased\ndata: ${JSON.stringify({ upTo: event.upTo })}\n\n`;
    case 'typing':
      return `event: typing\ndata: ${JSON.stringify({ from: event.from, on: event.on })}\n\n`;
    case 'state':
      return '';
  }
}

/** What a stream is opened with. */
export interface StreamOptions {
  feeds: LiveFeeds;
  clock: Clock;
  key: string;
  after: number;
  /** End of the session: the stream does not outlive it. */
  until: Date;
  heartbeatMs?: number;
}

/** Streams one conversation to its customer until either side ends it. */
export function streamConversation(res: Response, options: StreamOptions): void {
  // Gone while we were looking the conversation up: nothing would ever stop the feed.
  if (res.destroyed) return;
  res.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  res.flushHeaders();
  const write = (frame: string) => {
    if (frame === '' || res.writableEnded) return;
    res.write(frame);
    if (res.writableLength > MAX_UNREAD_BYTES) res.destroy();
  };
  write(': open\n\n');
  const stop = options.feeds.follow(options.key, options.after, { publicOnly: true }, (event) =>
    write(frameOf(event)),
  );
  const heartbeat = setInterval(() => {
    if (options.clock.now() >= options.until) res.end();
    else write(': still here\n\n');
  }, options.heartbeatMs ?? HEARTBEAT_MS);
  res.once('close', () => {
    clearInterval(heartbeat);
    stop();
  });
}
