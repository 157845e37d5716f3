import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import express from 'express';
import { pino } from 'pino';
import type { InboundActivity } from '../../src/core/activity';
import type { Conversation, TranscriptEntry } from '../../src/core/conversation';
import { conversationKey } from '../../src/core/conversation';
import type { ConversationActions, Conversations, FeedEvent, Inbox, LiveFeeds } from '../../src/core/stream';
import { errorHandler } from '../../src/http/problems';
import { createWebchatRouter, type WebchatOptions } from '../../src/http/webchat';

export const SECRET = 'a secret key of at least thirty-two characters';
export const SHOP_SECRET = 'a secret shared with the shop, long enough';

type Opened = Parameters<ConversationActions['open']>;

/** The stream side in memory, as far as the web chat's doors need it: what was accepted and opened, and feeds to speak through. */
export class MemoryStream {
  accepted: InboundActivity[] = [];
  opened: { reference: Opened[0]; options: Opened[1] }[] = [];
  followers: { key: string; after: number; publicOnly: boolean; listener: (event: FeedEvent) => void }[] = [];
  entries: TranscriptEntry[] = [];
  erased: string[] = [];
  isDown = false;

  readonly inbox: Inbox = {
    accept: (activities) => {
      if (this.isDown) return Promise.reject(new Error('the store is down'));
      this.accepted.push(...activities);
      return Promise.resolve();
    },
  };
  readonly actions = {
    open: (reference: Opened[0], options: Opened[1]) => {
      this.opened.push({ reference, options });
      return Promise.resolve({ key: conversationKey(reference) } as Conversation);
    },
    erase: (key: string) => {
      if (this.isDown) return Promise.reject(new Error('the store is down'));
      this.erased.push(key);
      return Promise.resolve();
    },
  } as ConversationActions;
  readonly conversations = {
    get: (key: string) =>
      Promise.resolve(
        this.opened.some((one) => conversationKey(one.reference) === key)
          ? ({ key } as Conversation)
          : undefined,
      ),
  } as Conversations;
  readonly feeds = {
    follow: (key, after, options, listener) => {
      const follower = { key, after, ...options, listener };
      this.followers.push(follower);
      for (const entry of this.entries) {
        if (entry.conversation === key && entry.seq > after) listener({ type: 'message', entry });
      }
      return () => {
        this.followers = this.followers.filter((one) => one !== follower);
      };
    },
  } as LiveFeeds;

  /** Tells whoever follows the conversation. */
  tell(key: string, event: FeedEvent): void {
    for (const follower of this.followers) if (follower.key === key) follower.listener(event);
  }
}

/** A web chat on loopback over a stream in memory. `log` holds every line the product would have logged. */
export async function startWebchat(options: Partial<WebchatOptions> = {}) {
  const stream = new MemoryStream();
  const time = { now: new Date('2026-11-22T10:00:00Z') };
  const log: string[] = [];
  const { inbox, actions, conversations, feeds } = stream;
  const app = express();
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = { now: () => time.now };
  const base = {
    inbox,
    actions,
    conversations,
    feeds,
    clock,
    secretKey: SECRET,
    identitySecret: SHOP_SECRET,
  };
  app.use(
    '/webchat',
    createWebchatRouter({
      ...base,
      allowedOrigins: ['https://shop.example'],
      publicUrl: 'https://bot.example',
      ...options,
    }),
  );
  app.use(errorHandler(pino({ level: 'trace' }, { write: (line: string) => log.push(line) })));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, stream, time, log, close };
}

/** A JWT as a shop's server would sign it. */
export function identity(
  claims: object,
  secret = SHOP_SECRET,
  header: object = { alg: 'HS256', typ: 'JWT' },
): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${encode(header)}.${encode(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

/** Posts JSON; answers status, headers and the parsed body. */
export async function post(address: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: (text ? JSON.parse(text) : {}) as Record<string, never>,
  };
}
