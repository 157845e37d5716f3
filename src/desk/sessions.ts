import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Agent, AgentStore, DeskSessionStore } from '../core/agents';
import type { Clock } from '../core/clock';

const COOKIE = 'doorstep_desk';
const HOUR_MS = 3_600_000;
/** A browser nobody used for so long is signed out. A shift with a quiet queue must fit. */
export const IDLE_MS = 10 * HOUR_MS;
/** Every browser signs in again after so long, however busy. */
export const ABSOLUTE_MS = 24 * HOUR_MS;
const TOUCH_EVERY_MS = 60_000;

/** A signed-in request: who, and the session behind it. */
export interface SignedIn {
  agent: Agent;
  sessionId: string;
  csrf: string;
}

function tokenOf(req: Request): string | undefined {
  const match = new RegExp(`(?:^|;\\s*)${COOKIE}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(req.headers.cookie ?? '');
  return match?.[1];
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Follows from the cookie's secret, so a page of another origin can neither read nor guess it. */
function csrfOf(token: string): string {
  return createHmac('sha256', token).update('doorstep desk csrf').digest('base64url');
}

/** True when both are equal; takes equally long either way. */
export function sameSecret(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((value) => createHash('sha256').update(value).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** Sessions by cookie: random, hashed at rest, `HttpOnly`, `SameSite=Lax`, with an idle and an absolute end. */
export class Sessions {
  constructor(
    private readonly store: DeskSessionStore,
    private readonly agents: AgentStore,
    private readonly clock: Clock,
    private readonly secure: boolean,
  ) {}

  /** Signs a browser in and sets its cookie. */
  async start(res: Response, agent: Agent): Promise<SignedIn> {
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + ABSOLUTE_MS);
    await this.store.create({
      id: idOf(token),
      agentId: agent.id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
    });
    this.setCookie(res, token, ABSOLUTE_MS);
    return { agent, sessionId: idOf(token), csrf: csrfOf(token) };
  }

  /** Who sent the request; undefined without a session that still holds. `touch` counts it as activity. */
  async find(req: Request, touch = true): Promise<SignedIn | undefined> {
    const token = tokenOf(req);
    if (!token) return undefined;
    const id = idOf(token);
    const session = await this.store.get(id);
    if (!session) return undefined;
    const now = this.clock.now();
    const idle = now.getTime() - session.lastSeenAt.getTime();
    if (now >= session.expiresAt || idle > IDLE_MS) {
      await this.store.end(id);
      return undefined;
    }
    const agent = await this.agents.get(session.agentId);
    if (!agent?.active) return undefined;
    if (touch && idle > TOUCH_EVERY_MS) await this.store.touch(id, now);
    return { agent, sessionId: id, csrf: csrfOf(token) };
  }

  /** Signs a browser out. */
  async end(res: Response, sessionId: string): Promise<void> {
    await this.store.end(sessionId);
    this.setCookie(res, '', 0);
  }

  private setCookie(res: Response, value: string, maxAge: number): void {
    res.cookie(COOKIE, value, {
      httpOnly: true,
      sameSite: 'lax',
      secure: this.secure,
      path: '/desk',
      maxAge,
    });
  }
}
