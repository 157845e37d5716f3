import { createHash } from 'node:crypto';
import type { Router } from 'express';
import { z } from 'zod';
import type { AuditStore } from '../core/agents';
import type { Clock } from '../core/clock';
import { AppError } from '../core/errors';
import { requireAgent, sameOriginOnly, who } from './access';
import type { DeskDeps } from './deps';
import { problemError, read } from './problem';
import type { Sessions, SignedIn } from './sessions';
import type { SessionWire } from './wire';

const WINDOW_MS = 15 * 60_000;
/** Failed sign-ins for one e-mail, and from one address, in 15 minutes. */
export const FAILURE_LIMITS = { account: 10, address: 50 } as const;

const credentials = z.object({ email: z.string().max(254), password: z.string().max(200) });
const newPassword = z.object({ current: z.string().max(200), password: z.string().max(200) });

type Subject = { kind: keyof typeof FAILURE_LIMITS; id: string };

function subjects(email: string, address: string): Subject[] {
  const hash = (value: string) => createHash('sha256').update(value).digest('hex').slice(0, 24);
  return [
    { kind: 'account', id: `account:${hash(email.trim().toLowerCase())}` },
    { kind: 'address', id: `address:${hash(address)}` },
  ];
}

/** Counts failed sign-ins in the audit trail, for known and unknown e-mails alike, and refuses beyond the limits. */
class LockOut {
  constructor(
    private readonly audit: AuditStore,
    private readonly clock: Clock,
  ) {}

  private async over(list: Subject[], allowance: number): Promise<boolean> {
    const since = new Date(this.clock.now().getTime() - WINDOW_MS);
    const used = await Promise.all(
      list.map(async ({ kind, id }) => {
        const [tried, passed] = await Promise.all([
          this.audit.count({ action: 'sign_in_tried', subject: id, since }),
          this.audit.count({ action: 'sign_in_passed', subject: id, since }),
        ]);
        return tried - passed - FAILURE_LIMITS[kind];
      }),
    );
    return used.some((excess) => excess > allowance);
  }

  private async note(list: Subject[], action: string): Promise<void> {
    const at = this.clock.now();
    await Promise.all(list.map(({ id }) => this.audit.record({ at, actor: 'desk', action, subject: id })));
  }

  /** Refuses when locked; otherwise counts the try. Tries at the same moment are counted before any is answered. */
  async enter(list: Subject[]): Promise<void> {
    // Looked at first so that knocking on a locked door does not keep it locked.
    const locked = await this.over(list, -1);
    if (!locked) await this.note(list, 'sign_in_tried');
    if (locked || (await this.over(list, 0))) {
      throw problemError('rate_limited', 'too many failed sign-ins; wait 15 minutes and try again', {
        retryAfter: WINDOW_MS / 1000,
      });
    }
  }

  /** Takes the try back: the password was right. */
  passed(list: Subject[]): Promise<void> {
    return this.note(list, 'sign_in_passed');
  }
}

/** Sign-in, sign-out, who am I, own password. */
export function signInRoutes(router: Router, deps: DeskDeps, sessions: Sessions): void {
  const lockOut = new LockOut(deps.audit, deps.clock);
  const wire = ({ agent, csrf }: SignedIn): SessionWire => ({
    agent: { id: agent.id, name: agent.name, email: agent.email, role: agent.role },
    csrf,
    shop: {
      name: deps.rules.policy.shopName,
      timeZone: deps.rules.timeZone,
      answerWithinMinutes: deps.rules.policy.support.answerWithinMinutes,
    },
  });

  router.post('/session', sameOriginOnly(deps.publicOrigin), async (req, res) => {
    if (!req.is('application/json')) throw new AppError('unsupported_media', 'send JSON');
    const { email, password } = read(credentials, req.body);
    const keys = subjects(email, req.ip ?? 'unknown');
    await lockOut.enter(keys);
    const agent = await deps.agents.verify(email, password);
    if (!agent) throw new AppError('unauthorized', 'this e-mail and password do not go together');
    await lockOut.passed(keys);
    const session = await sessions.start(res, agent);
    await deps.audit.record({ at: deps.clock.now(), actor: agent.id, action: 'signed_in' });
    res.status(201).json(wire(session));
  });

  router.get('/session', requireAgent(sessions), (req, res) => {
    res.json(wire(who(req)));
  });

  router.delete('/session', requireAgent(sessions), async (req, res) => {
    const { agent, sessionId } = who(req);
    await sessions.end(res, sessionId);
    await deps.audit.record({ at: deps.clock.now(), actor: agent.id, action: 'signed_out' });
    res.status(204).end();
  });

  router.put('/session/password', requireAgent(sessions), async (req, res) => {
    const { agent, sessionId } = who(req);
    const { current, password } = read(newPassword, req.body);
    const keys = subjects(agent.email, req.ip ?? 'unknown');
    await lockOut.enter(keys);
    if (!(await deps.agents.verify(agent.email, current))) {
      throw new AppError('invalid_input', 'the current password is not right', {
        fields: [{ field: 'current', message: 'is not right' }],
      });
    }
    await lockOut.passed(keys);
    await deps.agents.update(agent.id, { password });
    await deps.sessions.endAll(agent.id, sessionId);
    await deps.audit.record({ at: deps.clock.now(), actor: agent.id, action: 'password_changed' });
    res.status(204).end();
  });
}
