import { randomUUID } from 'node:crypto';
import { monotonicMs, type Clock } from '../core/clock';
import { isErased, type Conversation } from '../core/conversation';
import { AppError } from '../core/errors';
import type { Meter } from '../core/meter';
import type { Actor, ConversationActions } from '../core/stream';
import type { ConversationStore, ConversationWrite, MessageStore } from '../core/stream-store';
import type { ActionParts } from './action-parts';
import { noteCancelled } from './cancelled';
import { handedTo, systemNote } from './commit';
import { ended, needed } from './people-times';
import type { Signals } from './signals';
import { withSurvey } from './survey';
import type { Transcript } from './transcript';

/** Taking over returns when sends already claimed have settled, or after this long, saying so. */
const SETTLE_WAIT_MS = 2_000;
const SETTLE_LOOK_MS = 25;
/** Fenced writers that lose a race read and try again this often. */
const ATTEMPTS = 40;

/** What moving owners needs. */
export interface HandoffParts {
  conversations: ConversationStore;
  messages: MessageStore;
  transcript: Transcript;
  clock: Clock;
  meter: Meter;
  signals: Signals;
  /** Work may wait for the new owner (hand-back with unanswered messages). */
  onOwner(conversation: Conversation): void;
}

/** Reads, decides, writes at the version read; on a lost race reads and decides again. Undefined from `decide`: nothing to do. */
export async function fenced(
  conversations: ConversationStore,
  key: string,
  decide: (
    conversation: Conversation,
  ) => Promise<ConversationWrite | undefined> | ConversationWrite | undefined,
): Promise<{ conversation: Conversation; written: boolean }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const conversation = await conversations.get(key);
    if (!conversation) throw new AppError('not_found', 'there is no such conversation');
    const write = await decide(conversation);
    if (!write) return { conversation, written: false };
    const written = await conversations.write(key, conversation.version, write);
    if (written) return { conversation: written, written: true };
    if (attempt > 3) await new Promise((resolve) => setTimeout(resolve, Math.min(50, 2 ** attempt)));
  }
  throw new AppError('conflict', 'the conversation kept changing');
}

/** Nobody is there to be written to once the customer has deleted the conversation. */
export function refuseErased(conversation: Conversation): void {
  if (isErased(conversation)) throw new AppError('conflict', 'the customer deleted this chat');
}

const WORDS = {
  agent: (name: string) => `${name} took over`,
  bot: (name: string) => `${name} handed back to the assistant`,
  waiting: (name: string) => `${name} put it back in the queue`,
  closed: (name: string) => `${name} resolved it`,
};

/** What one change of owner writes. A person always wins: taking over cancels what the bot had waiting, in the same write. */
function ownerWrite(
  conversation: Conversation,
  owner: 'agent' | 'bot' | 'waiting' | 'closed',
  actor: Actor,
  handoff: Conversation['handoff'],
  now: Date,
): ConversationWrite {
  const note = systemNote(
    conversation,
    `owner-${randomUUID()}`,
    conversation.sequence + 1,
    WORDS[owner](actor.name),
    now,
  );
  const common = { append: [{ ...note, owner }], bumpEpoch: true };
  if (owner === 'agent') {
    const set = {
      owner,
      assignee: actor.id,
      assigneeName: actor.name,
      takenEpoch: conversation.epoch + 1,
      everHanded: true,
      ...(conversation.everHanded ? {} : { lastHandoffReason: 'taken' as const }),
      ...needed(conversation, now),
      updatedAt: now,
    };
    return { ...common, set, unset: ['wayBackOffered'], cancelBotSends: true };
  }
  if (owner === 'waiting') {
    const set = {
      owner,
      waitingSince: now,
      updatedAt: now,
      ...(handoff ? handedTo(handoff, conversation, now) : {}),
    };
    return { ...common, set, unset: ['assignee', 'assigneeName', 'wayBackOffered'] };
  }
  // What people settled is context now, never work to redo: the bot starts without an open task and says again what it is.
  const set = {
    owner,
    updatedAt: now,
    disclosed: false,
    misses: 0,
    failedTurns: 0,
    dialogs: { version: 0, state: null },
    ...ended(conversation, now),
  };
  return {
    ...common,
    set,
    unset: ['assignee', 'assigneeName', 'waitingSince', 'handoff', 'wayBackOffered', 'openChoices'],
  };
}

/** Moves a conversation's owner. See `ConversationActions.setOwner` for what it promises. */
export async function setOwner(
  parts: ActionParts,
  key: string,
  owner: 'agent' | 'bot' | 'waiting' | 'closed',
  actor: Actor,
  options: Parameters<ConversationActions['setOwner']>[3] = {},
): Promise<{ conversation: Conversation; leaving: boolean }> {
  let before: Conversation | undefined;
  let reason: string | undefined;
  const { conversation, written } = await fenced(parts.conversations, key, (current) => {
    if (owner === 'agent' && current.owner === 'agent') {
      if (current.assignee === actor.id) return undefined;
      if (!options.force && current.assignee !== 'app') {
        throw new AppError('conflict', `${current.assigneeName ?? 'A colleague'} has this conversation`);
      }
    }
    if (owner !== 'closed') refuseErased(current);
    if (owner === 'waiting' && current.owner === 'waiting' && options.handoff) {
      return { set: { handoff: options.handoff, updatedAt: parts.clock.now() } };
    }
    if (owner !== 'agent' && current.owner === owner) return undefined;
    const byPerson = current.owner === 'bot' || current.owner === 'closed' ? 'taken' : undefined;
    reason = owner === 'waiting' ? options.handoff?.reason : owner === 'agent' ? byPerson : undefined;
    before = current;
    const now = parts.clock.now();
    const write = ownerWrite(current, owner, actor, options.handoff, now);
    return owner === 'closed' && options.survey !== false
      ? withSurvey(parts, current, write, actor, now)
      : write;
  });
  if (written) {
    if (reason) parts.meter.handover(reason);
    await parts.transcript.copy(conversation, { clear: true });
    if (owner === 'agent' && before) await noteCancelled(parts.messages, before, conversation);
    parts.signals.emit('changed', key);
    parts.onOwner(conversation);
  }
  const leaving = owner === 'agent' && (await stillLeaving(parts, conversation));
  return { conversation, leaving };
}

/** Waits for a bot's message that was claimed before the take-over; true when it is still on its way after two seconds. */
async function stillLeaving(parts: HandoffParts, conversation: Conversation): Promise<boolean> {
  const isLeaving = (current: Conversation | undefined) =>
    current?.outbox.some(
      (entry) => entry.author === 'bot' && entry.state === 'claimed' && entry.epoch < current.takenEpoch,
    ) ?? false;
  const until = monotonicMs() + SETTLE_WAIT_MS;
  let current: Conversation | undefined = conversation;
  while (isLeaving(current)) {
    if (monotonicMs() >= until) return true;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_LOOK_MS));
    current = await parts.conversations.get(conversation.key);
  }
  return false;
}
