import type { Request, Router } from 'express';
import { z } from 'zod';
import type { Agent } from '../core/agents';
import type { Conversation, Owner } from '../core/conversation';
import { AppError } from '../core/errors';
import { param, requireRole, who } from './access';
import type { DeskDeps } from './deps';
import type { Presence } from './presence';
import { read } from './problem';
import type { AgentWire, TeamWire } from './wire';

const OVERVIEW_PAGE = 200;
const OVERVIEW_PAGES = 10;

const role = z.enum(['admin', 'supervisor', 'agent']);
const name = z.string().trim().min(1, 'is empty').max(100);
const newAgent = z.object({ email: z.email().max(254), name, role, password: z.string().max(200) }).strict();
const agentChange = z
  .object({ name, role, active: z.boolean(), password: z.string().max(200) })
  .partial()
  .strict();
const cannedReply = z.object({
  shortcut: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9-]{1,30}$/, 'may have letters, digits and dashes, at most 30'),
  text: z.string().trim().min(1, 'is empty').max(4096),
});
const auditQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

function agentWire({ id, name: called, email, role: rank, active }: Agent): AgentWire {
  return { id, name: called, email, role: rank, active };
}

/** Colleagues, the supervisor's view, prepared replies, and the admin's pages. */
export function teamRoutes(router: Router, deps: DeskDeps, presence: Presence): void {
  const { agents, audit, cannedReplies, clock, conversations } = deps;

  async function everyOne(owner: Owner): Promise<Conversation[]> {
    const found: Conversation[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < OVERVIEW_PAGES; page += 1) {
      const { items, nextCursor } = await conversations.list({ owner, limit: OVERVIEW_PAGE, cursor });
      found.push(...items);
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    return found;
  }

  /** Who asks is at the desk, whether or not their feed stands already. */
  const onlineFor = (req: Request) => presence.online().add(who(req).agent.id);

  router.get('/people', async (req, res) => {
    const online = onlineFor(req);
    const active = (await agents.list()).filter((agent) => agent.active);
    res.json({
      items: active.map(({ id, name: called, role: rank }) => ({
        id,
        name: called,
        role: rank,
        online: online.has(id),
      })),
    });
  });

  router.get('/team', requireRole('supervisor'), async (req, res) => {
    const [counts, waiting, held, people] = await Promise.all([
      conversations.counts(),
      everyOne('waiting'),
      everyOne('agent'),
      agents.list(),
    ]);
    const waits = waiting.map((one) => (one.waitingSince ?? one.updatedAt).getTime());
    const online = onlineFor(req);
    res.json({
      counts,
      ...(waits.length > 0 ? { longestWaitSince: new Date(Math.min(...waits)).toISOString() } : {}),
      agents: people
        .filter((agent) => agent.active || held.some((one) => one.assignee === agent.id))
        .map(({ id, name: called, role: rank }) => ({
          id,
          name: called,
          role: rank,
          online: online.has(id),
          holding: held.filter((one) => one.assignee === id).length,
        })),
    } satisfies TeamWire);
  });

  router.get('/canned-replies', async (_req, res) => {
    res.json({ items: await cannedReplies.list() });
  });

  router.put('/canned-replies', requireRole('supervisor'), async (req, res) => {
    const reply = await cannedReplies.put(read(cannedReply, req.body));
    await audit.record({
      at: clock.now(),
      actor: who(req).agent.id,
      action: 'canned_reply_saved',
      subject: reply.shortcut,
    });
    res.json(reply);
  });

  router.delete('/canned-replies/:id', requireRole('supervisor'), async (req, res) => {
    await cannedReplies.remove(param(req, 'id'));
    await audit.record({
      at: clock.now(),
      actor: who(req).agent.id,
      action: 'canned_reply_removed',
      subject: param(req, 'id'),
    });
    res.status(204).end();
  });

  router.get('/agents', requireRole('admin'), async (_req, res) => {
    res.json({ items: (await agents.list()).map(agentWire) });
  });

  router.post('/agents', requireRole('admin'), async (req, res) => {
    const agent = await agents.add(read(newAgent, req.body));
    await audit.record({
      at: clock.now(),
      actor: who(req).agent.id,
      action: 'agent_added',
      subject: agent.id,
      detail: { role: agent.role },
    });
    res.status(201).json(agentWire(agent));
  });

  router.patch('/agents/:id', requireRole('admin'), async (req, res) => {
    const change = read(agentChange, req.body);
    const self = who(req).agent.id === param(req, 'id');
    if (self && (change.active === false || (change.role !== undefined && change.role !== 'admin'))) {
      throw new AppError('rule_refused', 'nobody can switch off or demote their own account');
    }
    const agent = await agents.update(param(req, 'id'), change);
    if (change.password !== undefined || change.active === false) {
      await deps.sessions.endAll(agent.id, self ? who(req).sessionId : undefined);
    }
    await audit.record({
      at: clock.now(),
      actor: who(req).agent.id,
      action: 'agent_changed',
      subject: agent.id,
      detail: Object.fromEntries(Object.keys(change).map((field) => [field, true])),
    });
    res.json(agentWire(agent));
  });

  router.get('/audit', requireRole('admin'), async (req, res) => {
    const page = await audit.list(read(auditQuery, req.query));
    res.json({
      items: page.items.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
      nextCursor: page.nextCursor,
    });
  });
}
