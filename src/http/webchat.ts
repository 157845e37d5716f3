import { json, Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import type { InboundMessage, MessageBody } from '../core/activity';
import type { Clock } from '../core/clock';
import { conversationKey } from '../core/conversation';
import { AppError } from '../core/errors';
import type { FileStore } from '../core/files';
import { isIntroduction, type IntroductionField } from '../core/introduction';
import { isLocale } from '../core/locale';
import type { ConversationActions, Conversations, Inbox, LiveFeeds } from '../core/stream';
import { bearerToken } from './bearer';
import { streamConversation } from './webchat-feed';
import { readIdentityToken } from './webchat-identity';
import { openAtOnce, perAddress, perSession, WEBCHAT_LIMITS, type WebchatLimits } from './webchat-limits';
import { checkOrigin } from './webchat-origins';
import { photoBody, takePhoto } from './webchat-photos';
import {
  anonymousSession,
  customerSession,
  identitiesOf,
  referenceOf,
  renewed,
  requireSession,
  sessionOf,
  SessionTokens,
} from './webchat-session';

/** What the web chat's routes need. */
export interface WebchatOptions {
  inbox: Inbox;
  actions: ConversationActions;
  conversations: Conversations;
  feeds: LiveFeeds;
  /** Where photos go; absent: they are not taken. */
  files?: Pick<FileStore, 'keep'>;
  clock: Clock;
  /** Signs the browsers' tokens. */
  secretKey: string;
  /** Shared with the shop, which signs its customers' identities; absent: identities are refused. */
  identitySecret?: string;
  /** Pages that may embed the widget; our own always may. */
  allowedOrigins: readonly string[];
  publicUrl: string;
  limits?: Partial<WebchatLimits>;
  /** Milliseconds between signs of life on a feed; 15 s. */
  heartbeatMs?: number;
}

/** Longest text of a message, in characters as people count them (code points). */
const TEXT_CHARACTERS = 4096;

const said = (field: IntroductionField) =>
  z
    .string()
    .trim()
    .refine((value) => isIntroduction(field, value), `cannot be used as ${field}`)
    .optional();

/** Kept as they wrote it, since nothing rests on it. */
const introduction = z
  .object({ name: said('name'), email: said('email'), phone: said('phone') })
  .strict()
  .refine((fields) => Object.keys(fields).length > 0, 'must say something');

const sessionBody = z
  .object({
    identity: z.string().min(1).max(8_000).nullish(),
    locale: z.string().max(35).nullish(),
    introduction: introduction.nullish(),
  })
  .nullish();

const text = z
  .string()
  .refine((value) => value.trim() !== '', 'must say something')
  .refine((value) => [...value].length <= TEXT_CHARACTERS, `must have at most ${TEXT_CHARACTERS} characters`);

const messageBody = z
  .object({
    id: z.uuid('must be a UUID'),
    text: text.optional(),
    choice: z.string().min(1).max(200).optional(),
    /** What stood on the button, for the transcript where we no longer know. */
    title: z.string().trim().min(1).max(200).optional(),
  })
  .refine((body) => (body.text === undefined) !== (body.choice === undefined), {
    path: ['text'],
    message: 'give either text or choice',
  });

const after = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const fields = read.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  throw new AppError('invalid_input', 'a value of the request is not acceptable', { fields });
}

const jsonOnly: RequestHandler = (req, _res, next) => {
  const hasBody =
    Number(req.headers['content-length'] ?? 0) > 0 || req.headers['transfer-encoding'] !== undefined;
  if (hasBody && !req.is('application/json')) {
    throw new AppError('unsupported_media', 'send the body as application/json');
  }
  next();
};

function openSession(options: WebchatOptions, tokens: SessionTokens): RequestHandler {
  return async (req, res) => {
    const { identity, locale, introduction: introduced } = check(sessionBody, req.body) ?? {};
    const now = options.clock.now();
    const shopIdentity = identity ? readIdentity(identity, options, now) : undefined;
    const resumed = tokens.read(bearerToken(req) ?? '', now);
    const session = shopIdentity
      ? customerSession(shopIdentity.sub, shopIdentity.until)
      : renewed(resumed ?? anonymousSession(now), now);
    const conversation = await options.actions.open(referenceOf(session), {
      identities: identitiesOf(session),
      ...(isLocale(locale) ? { locale } : {}),
      ...(shopIdentity ? { shopIdentity } : {}),
      ...(shopIdentity?.name ? { name: shopIdentity.name } : {}),
      // Whom the shop has signed in, it knows better than they can say.
      ...(introduced && !shopIdentity ? { introduced } : {}),
    });
    res.status(201).set('Cache-Control', 'no-store');
    res.json({ token: tokens.sign(session), conversation: conversation.key });
  };
}

function readIdentity(identity: string, options: WebchatOptions, now: Date) {
  if (options.identitySecret) return readIdentityToken(identity, options.identitySecret, now);
  throw new AppError('unauthorized', 'this shop has not set up signed-in customers');
}

/** The id is kept within its conversation, so that nobody can use up another visitor's. */
function takeMessage({ inbox, clock }: WebchatOptions): RequestHandler {
  return async (req, res) => {
    const { id, text: said, choice, title } = check(messageBody, req.body);
    const session = sessionOf(res);
    const body: MessageBody =
      choice === undefined
        ? { kind: 'text', text: said ?? '' }
        : { kind: 'choice', choiceId: choice, ...(title ? { title } : {}) };
    const message: InboundMessage = {
      type: 'message',
      id: `${session.user}:${id.toLowerCase()}`,
      reference: referenceOf(session),
      identities: identitiesOf(session),
      at: clock.now(),
      body,
    };
    await inbox.accept([message]).catch((cause: unknown) => {
      if (cause instanceof AppError) throw cause;
      throw new AppError('store_unavailable', 'the message could not be stored, send it again', { cause });
    });
    res.status(202).json({ id });
  };
}

/** The later of the two numbers a browser may resume from. */
function resumeAfter(req: Request): number {
  const asked = check(z.object({ after }), { after: req.query.after ?? 0 }).after;
  const last = after.safeParse(req.headers['last-event-id']);
  return Math.max(asked, last.success ? last.data : 0);
}

function follow({ conversations, feeds, clock, heartbeatMs }: WebchatOptions): RequestHandler {
  return async (req, res) => {
    const session = sessionOf(res);
    const key = conversationKey(referenceOf(session));
    const from = resumeAfter(req);
    if (!(await conversations.get(key))) {
      throw new AppError('unauthorized', 'this conversation is gone: begin a new session');
    }
    streamConversation(res, { feeds, clock, key, after: from, until: session.until, heartbeatMs });
  };
}

/** Deletes the session's conversation. Its token stays good; what is gone already is answered alike. */
function deleteConversation({ actions }: WebchatOptions): RequestHandler {
  return async (_req, res) => {
    await actions.erase(conversationKey(referenceOf(sessionOf(res)))).catch((cause: unknown) => {
      if (cause instanceof AppError) throw cause;
      throw new AppError('store_unavailable', 'the chat could not be deleted, try again', { cause });
    });
    res.status(204).end();
  };
}

/**
 * The web chat's routes, to be mounted under `/webchat`: `POST /sessions`, `POST /messages`, `POST /photos?id=<uuid>`, `GET /events`,
 * `DELETE /conversation`. Tokens travel in the Authorization
 * header only; there are no cookies. A session reads and writes its own conversation and no other.
 */
export function createWebchatRouter(options: WebchatOptions): Router {
  const tokens = new SessionTokens(options.secretKey);
  const limits = { ...WEBCHAT_LIMITS, ...options.limits };
  const session = requireSession(tokens, options.clock);
  const body = [jsonOnly, json({ limit: '64kb', inflate: false, strict: false })];
  const router = Router();
  router.use(checkOrigin(options));
  router.post('/sessions', perAddress(limits.sessionsPerAddress), body, openSession(options, tokens));
  router.post(
    '/messages',
    perAddress(limits.messagesPerAddress),
    session,
    perSession(limits.messagesPerSession),
    body,
    takeMessage(options),
  );
  if (options.files) {
    router.post(
      '/photos',
      perAddress(limits.photosPerAddress),
      session,
      perSession(limits.photosPerSession),
      photoBody,
      takePhoto({ ...options, files: options.files }),
    );
  }
  router.delete(
    '/conversation',
    perAddress(limits.deletionsPerAddress),
    session,
    perSession(limits.deletionsPerSession),
    deleteConversation(options),
  );
  router.get(
    '/events',
    session,
    perSession(limits.feedsPerSession),
    openAtOnce(limits.feedsAtOncePerSession),
    follow(options),
  );
  return router;
}
