import type { ChannelCapabilities } from '../core/channel';
import type { Content } from '../core/content';
import type { Conversation, HandoffBrief, OutboxEntry, TranscriptEntry } from '../core/conversation';
import type { ConversationWrite } from '../core/stream-store';
import type { TurnResult } from '../core/turn';
import { AGENT_EXPIRES_MS, BOT_EXPIRES_MS } from './retry';
import { needed } from './people-times';

/** A message of ours on its way out: its transcript line, and its outbox entry where a provider has to be called. */
export function outgoing(
  conversation: { key: string },
  message: {
    id: string;
    seq: number;
    epoch: number;
    author: 'bot' | 'agent' | 'system';
    agent?: string;
    content: Content;
    text?: string;
  },
  capabilities: ChannelCapabilities,
  now: Date,
): { line: TranscriptEntry; entry: OutboxEntry | undefined } {
  const pushed = capabilities.delivery === 'push';
  const { text, options, card } = message.content;
  return {
    line: {
      id: message.id,
      conversation: conversation.key,
      seq: message.seq,
      from: message.author === 'system' ? 'bot' : message.author,
      ...(message.agent ? { agent: message.agent } : {}),
      text: message.text ?? text,
      ...(options || card ? { content: message.content } : {}),
      visibility: 'public',
      state: pushed ? 'queued' : 'sent',
      at: now,
    },
    entry: pushed
      ? {
          id: message.id,
          seq: message.seq,
          author: message.author,
          epoch: message.epoch,
          content: message.content,
          part: 0,
          state: 'queued',
          attempts: 0,
          dueAt: now,
          expiresAt: new Date(
            now.getTime() + (message.author === 'agent' ? AGENT_EXPIRES_MS : BOT_EXPIRES_MS),
          ),
        }
      : undefined,
  };
}

/** What bringing a person sets. */
export function handedTo(
  handoff: HandoffBrief,
  conversation: Pick<Conversation, 'owner' | 'people'>,
  now: Date,
) {
  const { reason } = handoff;
  return {
    handoff,
    waitingSince: now,
    everHanded: true,
    lastHandoffReason: reason,
    ...needed(conversation, now),
  };
}

/** A line only people at the desk see. */
export function systemNote(
  conversation: { key: string },
  id: string,
  seq: number,
  text: string,
  now: Date,
): TranscriptEntry {
  return { id, conversation: conversation.key, seq, from: 'system', text, visibility: 'note', at: now };
}

/** What the queue shows of a conversation after these lines. */
export function preview(
  lines: TranscriptEntry[],
): Pick<Conversation, 'lastText' | 'lastFrom'> | Record<string, never> {
  const last = lines.filter((line) => line.visibility === 'public').at(-1);
  return last ? { lastText: last.text.slice(0, 140), lastFrom: last.from } : {};
}

/**
 * Step 7: everything a turn decided, as one write: customer lines, replies, owner, dialog state. `closed` conversations are opened again by the
 * customer's message, unless it only says how the help was. On a channel read from our own feed this write is also the claim, conditional on the version that every
 * change of owner moves.
 */
export function turnWrite(
  conversation: Conversation,
  turnId: string,
  customerLines: TranscriptEntry[],
  result: TurnResult,
  capabilities: ChannelCapabilities,
  now: Date,
): ConversationWrite {
  const owner = result.handoff
    ? 'waiting'
    : result.backToBot || (conversation.owner === 'closed' && !result.staysResolved)
      ? 'bot'
      : conversation.owner;
  const moved = owner !== conversation.owner;
  const epoch = conversation.epoch + (moved ? 1 : 0);
  const first = (customerLines.at(-1)?.seq ?? conversation.sequence) + 1;
  const said = result.say.map((content, index) =>
    outgoing(
      conversation,
      { id: `${turnId}.${index + 1}`, seq: first + index, epoch, author: 'bot', content },
      capabilities,
      now,
    ),
  );
  // Back with the assistant before it answers; to a person after it has said so.
  const heard = customerLines.map((line, n) =>
    moved && owner === 'bot' && n === customerLines.length - 1 ? { ...line, owner } : line,
  );
  const lines = [...heard, ...said.map(({ line }) => line)];
  const leavesWaiting = conversation.owner === 'waiting' && owner === 'bot';
  return {
    set: {
      owner,
      dialogs: result.dialogs,
      locale: result.locale,
      localeKnown: result.localeKnown,
      proofs: result.proofs,
      misses: result.misses,
      disclosed: result.disclosed,
      failedTurns: 0,
      updatedAt: now,
      ...(result.stopped === undefined ? {} : { stopped: result.stopped }),
      ...(result.watching ? { watching: result.watching } : {}),
      ...(result.topics ? { topics: result.topics } : {}),
      ...rated(conversation, result, now),
      ...(result.openChoices ? { openChoices: result.openChoices } : {}),
      ...(result.wayBackOffered ? { wayBackOffered: true } : {}),
      ...(result.handoff ? { ...handedTo(result.handoff, conversation, now), wayBackOffered: false } : {}),
      ...preview(lines),
    },
    unset: [
      'lease',
      ...(result.openChoices ? [] : (['openChoices'] as const)),
      ...(leavesWaiting
        ? (['waitingSince', 'handoff', 'wayBackOffered', 'assignee', 'assigneeName'] as const)
        : []),
    ],
    append: lines,
    enqueue: said.flatMap(({ entry }) => entry ?? []),
    bumpEpoch: moved,
    searchKeys: result.handoff?.orderNumber ? [result.handoff.orderNumber.toLowerCase()] : [],
  };
}

/** The answer to the question how people's help was. */
export function rated(
  { survey }: Pick<Conversation, 'survey'>,
  { score }: Pick<TurnResult, 'score'>,
  now: Date,
): Pick<Conversation, 'survey'> {
  return survey && score ? { survey: { ...survey, score, answeredAt: now } } : {};
}

/** The write without what already stands in the conversation of that version: less to send and less to store. */
export function lean(conversation: Conversation, write: ConversationWrite): ConversationWrite {
  const before = conversation as unknown as Record<string, unknown>;
  const set = Object.fromEntries(
    Object.entries(write.set ?? {}).filter(([field, value]) => !isSame(before[field], value)),
  );
  return { ...write, set, unset: write.unset?.filter((field) => conversation[field] !== undefined) };
}

function isSame(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after)) return before.length === 0 && after.length === 0;
  return before === after && typeof after !== 'object';
}

/** The conversation after a write that took effect. */
export function applied(conversation: Conversation, write: ConversationWrite): Conversation {
  const lines = write.append ?? [];
  const kept = write.cancelBotSends
    ? conversation.outbox.filter((entry) => entry.author !== 'bot' || entry.state === 'claimed')
    : conversation.outbox;
  const next: Conversation = {
    ...conversation,
    ...write.set,
    epoch: conversation.epoch + (write.bumpEpoch ? 1 : 0),
    sequence: lines.at(-1)?.seq ?? conversation.sequence,
    tail: [...conversation.tail, ...lines],
    outbox: [...kept, ...(write.enqueue ?? [])],
    version: conversation.version + 1,
  };
  for (const field of write.unset ?? []) if (next[field] !== undefined) Reflect.deleteProperty(next, field);
  return next;
}

/**
 * The first message of a turn is claimed by the turn's own write when nothing waits before it: that write is conditional on the version,
 * which every change of owner moves, and the send follows at once.
 */
export function claimedAtOnce(
  conversation: Conversation,
  write: ConversationWrite,
  holder: string,
  now: Date,
  staleAt: Date,
): ConversationWrite {
  const [first, ...rest] = write.enqueue ?? [];
  if (!first || conversation.outbox.length > 0) return write;
  return {
    ...write,
    enqueue: [{ ...first, state: 'claimed', claimedAt: now, claimedBy: holder, dueAt: staleAt }, ...rest],
  };
}
