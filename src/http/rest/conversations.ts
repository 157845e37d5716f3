import { Router, type Request } from 'express';
import type { Conversation, TranscriptEntry } from '../../core/conversation';
import { AppError } from '../../core/errors';
import type { Actor, ConversationActions, Conversations } from '../../core/stream';
import { jsonBody, param } from './orders';
import { readWith } from './read';
import { conversationsQuery, messagesQuery, newMessage, ownerChange } from './schemas';

/** Who writes when a call of the API does. */
const API_ACTOR: Actor = { id: 'api', name: 'Support' };
const DEFAULT_PAGE = 50;

function conversationWire(conversation: Conversation) {
  const { key, reference, owner, updatedAt, handoff } = conversation;
  return {
    id: key,
    channel: reference.channel,
    user: reference.user,
    owner,
    updatedAt,
    ...(owner === 'waiting' || owner === 'agent' ? { reason: handoff?.reason } : {}),
  };
}

function messageWire(entry: TranscriptEntry) {
  const { seq, id, from, agent, text, visibility, state, error, at } = entry;
  return { seq, id, from, agent, text, visibility, state, error, at };
}

/** Equal keys send once, as everywhere else. */
function sendId(req: Request): string | undefined {
  const key = req.get('Idempotency-Key');
  if (key === undefined) return undefined;
  if (key.length === 0 || key.length > 100) {
    throw new AppError('invalid_input', 'Idempotency-Key must have 1 to 100 characters');
  }
  return `api:${key}`;
}

/** `/conversations`: read them, write in them, move their owner. */
export function conversationRoutes(options: {
  conversations: Conversations;
  actions: ConversationActions;
}): Router {
  const { conversations, actions } = options;
  const router = Router();
  const existing = async (req: Request): Promise<Conversation> => {
    const found = await conversations.get(param(req, 'id'));
    if (!found) throw new AppError('not_found', 'there is no such conversation');
    return found;
  };
  router.get('/', async (req, res) => {
    const page = await conversations.list(readWith(conversationsQuery, req.query));
    res.json({ items: page.items.map(conversationWire), nextCursor: page.nextCursor });
  });
  router.get('/:id', async (req, res) => {
    res.json(conversationWire(await existing(req)));
  });
  router
    .route('/:id/messages')
    .get(async (req, res) => {
      const { key } = await existing(req);
      const { after, cursor, limit = DEFAULT_PAGE } = readWith(messagesQuery, req.query);
      const from = cursor === undefined ? after : Number(cursor);
      if (from !== undefined && !Number.isSafeInteger(from)) {
        throw new AppError('invalid_input', 'some fields are not acceptable', {
          fields: [{ field: 'cursor', message: 'is not one of ours' }],
        });
      }
      const items = await conversations.messages(key, { after: from ?? 0, limit });
      const last = items.at(-1);
      res.json({
        items: items.map(messageWire),
        nextCursor: last && items.length >= limit ? String(last.seq) : null,
      });
    })
    .post(jsonBody, async (req, res) => {
      const { text, visibility } = readWith(newMessage, req.body);
      const { key } = await existing(req);
      const id = sendId(req);
      const entry =
        visibility === 'note'
          ? await actions.note(key, API_ACTOR, text, id)
          : await actions.reply(key, API_ACTOR, { text }, id);
      res.status(201).json(messageWire(entry));
    });
  router.post('/:id/owner', jsonBody, async (req, res) => {
    const { owner, survey } = readWith(ownerChange, req.body);
    const { key } = await existing(req);
    const { conversation, leaving } = await actions.setOwner(key, owner, API_ACTOR, { survey });
    res.json({ ...conversationWire(conversation), leaving });
  });
  return router;
}
