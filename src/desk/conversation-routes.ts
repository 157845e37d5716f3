import type { Request, Router } from 'express';
import { z } from 'zod';
import type { Conversation } from '../core/conversation';
import { OWNERS } from '../core/conversation';
import { AppError } from '../core/errors';
import type { Actor } from '../core/stream';
import { mayAct, param, who } from './access';
import { briefWire, messageWire, proofWire, queueItemWire } from './conversation-view';
import { conversationsOfOrder, ordersOf } from './customer-orders';
import type { DeskDeps } from './deps';
import { orderWire } from './order-view';
import type { Presence } from './presence';
import { problemError, read } from './problem';
import type { ConversationWire, QueueWire, TemplateWire } from './wire';

const FIRST_MESSAGES = 60;
const MAX_PAGE = 200;
/** Shorter words are in every message. */
const MIN_WORD = 3;
/** Conversations a search for words brings. */
const MOST_FOUND = 30;
/** Longest message any channel takes, characters. */
const MAX_TEXT = 4096;

const queueQuery = z.object({
  owner: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum(OWNERS)))
    .optional(),
  assignee: z.string().max(100).optional(),
  channel: z.string().max(60).optional(),
  search: z.string().trim().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(MAX_PAGE),
  cursor: z.string().max(600).optional(),
});
const pageQuery = z.object({
  before: z.coerce.number().int().min(1).optional(),
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(FIRST_MESSAGES),
});
const id = z.uuid();
const text = z.string().trim().min(1, 'is empty').max(MAX_TEXT, `has more than ${MAX_TEXT} characters`);
const template = z.object({
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(20),
  values: z.array(z.string().trim().min(1, 'is empty').max(1000)).max(20),
});
const newMessage = z.union([
  z.object({ id, text, visibility: z.enum(['public', 'note']).default('public') }).strict(),
  z.object({ id, template }).strict(),
]);
const newOwner = z.object({
  owner: z.enum(['agent', 'bot', 'waiting', 'closed']),
  survey: z.boolean().optional(),
  force: z.boolean().optional(),
});
const transfer = z.object({ to: z.string().min(1).max(100), note: text });
const typing = z.object({ on: z.boolean(), mode: z.enum(['reply', 'note']) });

/** The queue and everything an agent does with one conversation. */
export function conversationRoutes(router: Router, deps: DeskDeps, presence: Presence): void {
  const { conversations, actions, clock, rules } = deps;
  const minutes = rules.policy.support.answerWithinMinutes;

  async function existing(key: string): Promise<Conversation> {
    const found = await conversations.get(key);
    if (!found) throw new AppError('not_found', 'there is no such conversation');
    return found;
  }

  /** Refused because another agent holds it: the answer names them. */
  async function namingHolder<T>(key: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
      const holder = (await conversations.get(key))?.assigneeName;
      throw holder ? problemError('conflict', `${holder} has this conversation`, { holder }) : error;
    }
  }

  function audit(req: Request, action: string, subject: string, detail?: Record<string, string | boolean>) {
    return deps.audit.record({ at: clock.now(), actor: who(req).agent.id, action, subject, detail });
  }

  function actor(req: Request): Actor {
    const { id: agentId, name } = who(req).agent;
    return { id: agentId, name };
  }

  async function shown(conversation: Conversation, viewer: string): Promise<ConversationWire> {
    const now = clock.now();
    const [messages, orders] = await Promise.all([
      conversations.messages(conversation.key, { before: conversation.sequence + 1, limit: FIRST_MESSAGES }),
      ordersOf(conversation, deps.orders),
    ]);
    const { state, until, templates } = conversations.window(conversation);
    return {
      item: queueItemWire(conversation, minutes),
      sequence: messages.at(-1)?.seq ?? conversation.sequence,
      stopped: conversation.stopped,
      identities: conversation.identities.map(({ channel, kind, value }) => ({ channel, kind, value })),
      erasedUpTo: conversation.erased?.upTo,
      introduced: conversation.introduced,
      proof: proofWire(conversation, orders, now),
      window: { state, until: until?.toISOString(), templates },
      templates: state === 'closed' && templates ? await templatesOf(conversation) : [],
      brief: briefWire(conversation, orders),
      messages: messages.map(messageWire),
      orders: orders.map((order) => orderWire(order, now, rules.timeZone)),
      viewers: presence.viewers(conversation.key, viewer),
    };
  }

  async function templatesOf({ reference }: Conversation): Promise<TemplateWire[]> {
    return (await deps.templates?.(reference.channel)) ?? [];
  }

  router.get('/queue', async (req, res) => {
    const { owner, ...filter } = read(queueQuery, req.query);
    const { search } = filter;
    const [page, ofOrder, said] = await Promise.all([
      conversations.list({ ...filter, owners: owner }),
      search === undefined ? [] : conversationsOfOrder(search, deps),
      search === undefined || search.length < MIN_WORD ? [] : conversations.mentioning(search, MOST_FOUND),
    ]);
    const found = new Map([...page.items, ...ofOrder, ...said].map((one) => [one.key, one]));
    const items = [...found.values()].map((one) => queueItemWire(one, minutes));
    res.json({ items, nextCursor: page.nextCursor } satisfies QueueWire);
  });

  router.get('/conversations/:key', async (req, res) => {
    res.json(await shown(await existing(param(req, 'key')), who(req).agent.id));
  });

  router.get('/conversations/:key/messages', async (req, res) => {
    const { key } = await existing(param(req, 'key'));
    const messages = await conversations.messages(key, read(pageQuery, req.query));
    res.json({ items: messages.map(messageWire) });
  });

  router.post('/conversations/:key/messages', async (req, res) => {
    const conversation = await existing(param(req, 'key'));
    const { key } = conversation;
    const message = read(newMessage, req.body);
    if ('template' in message) {
      const known = await templatesOf(conversation);
      const { name, language, values } = message.template;
      const chosen = known.find((one) => one.name === name && one.language === language);
      if (!chosen || chosen.values.length !== values.length) {
        throw new AppError('invalid_input', 'there is no such template', {
          fields: [{ field: 'template', message: 'is not approved on this channel, or lacks values' }],
        });
      }
      const preview = chosen.body.replace(/\{\{(\d+)\}\}/g, (_, n: string) => values[Number(n) - 1] ?? '');
      const content = { text: preview, template: message.template };
      const entry = await namingHolder(key, () => actions.reply(key, actor(req), content, message.id));
      res.status(201).json(messageWire(entry));
      return;
    }
    const entry =
      message.visibility === 'note'
        ? await actions.note(key, actor(req), message.text, message.id)
        : await namingHolder(key, () => actions.reply(key, actor(req), { text: message.text }, message.id));
    res.status(201).json(messageWire(entry));
  });

  router.post('/conversations/:key/messages/:id/retry', async (req, res) => {
    const { key } = await existing(param(req, 'key'));
    await namingHolder(key, () => actions.retry(key, param(req, 'id'), actor(req)));
    res.status(202).end();
  });

  router.post('/conversations/:key/owner', async (req, res) => {
    const held = await existing(param(req, 'key'));
    const { owner, survey, force } = read(newOwner, req.body);
    const other = held.owner === 'agent' && held.assignee !== who(req).agent.id;
    if (other && (owner !== 'agent' || force) && !mayAct(req, 'supervisor')) {
      const holder = held.assigneeName ?? 'Another agent';
      throw problemError('conflict', `${holder} has this conversation`, { holder });
    }
    const { conversation, leaving } = await namingHolder(held.key, () =>
      actions.setOwner(held.key, owner, actor(req), { force, survey }),
    );
    await audit(req, `owner_${owner}`, held.key, force ? { force } : undefined);
    res.json({ item: queueItemWire(conversation, minutes), leaving });
  });

  router.post('/conversations/:key/transfer', async (req, res) => {
    const held = await existing(param(req, 'key'));
    const { to, note } = read(transfer, req.body);
    if (held.owner === 'agent' && held.assignee !== who(req).agent.id && !mayAct(req, 'supervisor')) {
      const holder = held.assigneeName ?? 'Another agent';
      throw problemError('conflict', `${holder} has this conversation`, { holder });
    }
    const target = to === 'team' ? undefined : await deps.agents.get(to);
    if (to !== 'team' && !target?.active) {
      throw new AppError('invalid_input', 'there is no such agent', {
        fields: [{ field: 'to', message: 'is nobody who works here' }],
      });
    }
    await actions.note(held.key, actor(req), `For ${target?.name ?? 'the team'}: ${note}`);
    const { conversation } = target
      ? await actions.setOwner(held.key, 'agent', { id: target.id, name: target.name }, { force: true })
      : await actions.setOwner(held.key, 'waiting', actor(req));
    await audit(req, 'transferred', held.key, { to });
    res.json({ item: queueItemWire(conversation, minutes) });
  });

  router.post('/conversations/:key/typing', async (req, res) => {
    const conversation = await existing(param(req, 'key'));
    const { on, mode } = read(typing, req.body);
    const { agent } = who(req);
    presence.typing(conversation.key, agent.id, on);
    // Notes stay inside, and only the holder's typing means that an answer comes.
    if (mode === 'reply' && conversation.owner === 'agent' && conversation.assignee === agent.id) {
      deps.feeds.typing(conversation.key, 'agent', on);
    }
    res.status(204).end();
  });
}
