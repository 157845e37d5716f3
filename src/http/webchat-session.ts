import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { ConversationReference, Identity } from '../core/activity';
import type { Clock } from '../core/clock';
import { AppError } from '../core/errors';
import { bearerToken } from './bearer';

/** Name of the web chat's channel, and of our one account on it. */
const CHANNEL = 'web';

/** Longest life of an anonymous session without a visit. */
const ANONYMOUS_DAYS = 180;

/** Who a browser is to us. */
export interface WebSession {
  /** Public id; names the conversation and is no secret. */
  user: string;
  /** The shop's id of a signed-in customer. */
  sub?: string;
  /** The token means nothing from here on. */
  until: Date;
}

/** A session for a browser nobody knows. */
export function anonymousSession(now: Date): WebSession {
  return { user: `v_${randomBytes(16).toString('base64url')}`, until: anonymousUntil(now) };
}

/** The session of a customer the shop signed in: one conversation per `sub`, on any browser, until the identity ends. */
export function customerSession(sub: string, until: Date): WebSession {
  const digest = createHash('sha256').update(`doorstep web customer\n${sub}`).digest('base64url');
  return { user: `c_${digest.slice(0, 22)}`, sub, until };
}

/** The same session with its time begun anew; a signed-in one still ends with its identity. */
export function renewed(session: WebSession, now: Date): WebSession {
  return session.sub === undefined ? { ...session, until: anonymousUntil(now) } : session;
}

function anonymousUntil(now: Date): Date {
  return new Date(now.getTime() + ANONYMOUS_DAYS * 86_400_000);
}

/** Conversation of a session. */
export function referenceOf(session: WebSession): ConversationReference {
  return { channel: CHANNEL, account: CHANNEL, user: session.user };
}

/** Identity of a session: the shop's customer, or a browser. */
export function identitiesOf(session: WebSession): Identity[] {
  const kind = session.sub === undefined ? 'web_visitor' : 'web_customer';
  return [{ channel: CHANNEL, account: CHANNEL, kind, value: session.sub ?? session.user }];
}

/** Signs and reads the tokens that browsers hold. A public id alone makes no token. */
export class SessionTokens {
  private readonly key: Buffer;

  constructor(secretKey: string) {
    this.key = createHmac('sha256', secretKey).update('web chat sessions').digest();
  }

  /** The opaque token of a session. */
  sign(session: WebSession): string {
    const payload = [session.user, Math.floor(session.until.getTime() / 1000), session.sub];
    const body = Buffer.from(JSON.stringify(payload), 'utf8').toString('base64url');
    return `${body}.${this.signature(body).toString('base64url')}`;
  }

  /** The session of a token; undefined when it is forged, damaged or over. */
  read(token: string, now: Date): WebSession | undefined {
    const [body = '', signature = '', ...more] = token.split('.');
    if (more.length > 0 || token.length > 2_000) return undefined;
    const claimed = Buffer.from(signature, 'base64url');
    const expected = this.signature(body);
    if (claimed.length !== expected.length || !timingSafeEqual(claimed, expected)) return undefined;
    const [user, seconds, sub] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [
      string,
      number,
      string?,
    ];
    const until = new Date(seconds * 1000);
    if (until <= now) return undefined;
    return { user, until, ...(sub ? { sub } : {}) };
  }

  private signature(body: string): Buffer {
    return createHmac('sha256', this.key).update(body).digest();
  }
}

/** Requires a valid session token; the session is then in `sessionOf(res)`. */
export function requireSession(tokens: SessionTokens, clock: Clock): RequestHandler {
  return (req, res, next) => {
    const session = tokens.read(bearerToken(req) ?? '', clock.now());
    if (!session) throw new AppError('unauthorized', 'the web chat session is missing or over');
    res.locals.session = session;
    next();
  };
}

/** The session that `requireSession` found. */
export function sessionOf(res: Response): WebSession {
  return res.locals.session as WebSession;
}
