import { randomUUID } from 'node:crypto';
import { isErased, type Conversation, type Erasure } from '../core/conversation';
import type { Log } from '../core/log';
import type { ConversationActions } from '../core/stream';
import type { ConversationWrite, ErasureStore } from '../core/stream-store';
import type { ActionParts } from './action-parts';
import { systemNote } from './commit';
import { fenced } from './handoff';
import { ended } from './people-times';

/** Turns that committed just before still copy their lines to the transcript; this is long enough for them, milliseconds. */
const COPIES_MS = 500;

const NOTE =
  'The customer deleted this chat. Their messages, photos and details are gone; orders and what was asked for them stay.';

/** Everything that tells of the customer, and all that was open. Figures of the shop, and a STOP, stay. */
const PERSONAL: (keyof Conversation)[] = [
  'name',
  'introduced',
  'shopIdentity',
  'openChoices',
  'watching',
  'handoff',
  'waitingSince',
  'wayBackOffered',
  'assignee',
  'assigneeName',
  'lastCustomerMessageAt',
  'lastCustomerMessageId',
  'lastText',
  'lastFrom',
  'lease',
];

function emptied(conversation: Conversation, now: Date): ConversationWrite {
  const { sequence } = conversation;
  return {
    set: {
      owner: 'closed',
      identities: [],
      proofs: [],
      dialogs: { version: 0, state: null },
      localeKnown: false,
      misses: 0,
      failedTurns: 0,
      disclosed: false,
      erased: { at: now, upTo: sequence, done: false },
      updatedAt: now,
      ...ended(conversation, now),
    },
    unset: PERSONAL,
    append: [systemNote(conversation, `erased-${randomUUID()}`, sequence + 1, NOTE, now)],
    empties: true,
    bumpEpoch: true,
  };
}

/** See `ConversationActions.erase` for what it promises. The empty conversation stays, so that agents see what became of it. */
export async function erase(parts: ActionParts, key: string): Promise<void> {
  const { conversations, erasure, clock } = parts;
  const found = await conversations.get(key);
  if (!found) return;
  if (!isErased(found)) {
    // Before the write that a turn on its way runs into: looking again, it must find nothing to hear.
    await erasure.silence(key, clock.now());
    await fenced(conversations, key, (current) =>
      isErased(current) ? undefined : emptied(current, clock.now()),
    );
    await clear(parts, key);
    parts.onErased(key);
    await new Promise((resolve) => setTimeout(resolve, COPIES_MS));
  }
  const erased = await clear(parts, key);
  if (!erased) return;
  await fenced(conversations, key, (current) =>
    current.erased?.at.getTime() === erased.at.getTime()
      ? { set: { erased: { ...erased, done: true } } }
      : undefined,
  );
}

/** Takes everything outside the conversation's own document away; undefined when there is nothing left to do. */
async function clear(
  { conversations, erasure, transcript }: ActionParts,
  key: string,
): Promise<Erasure | undefined> {
  const found = await conversations.get(key);
  if (!found?.erased || found.erased.done) return undefined;
  const { erased } = found;
  await transcript.copy(found, { clear: true });
  await erasure.silence(key, erased.at);
  await erasure.clear(key, erased);
  return erased;
}

/** Erasures that an earlier life of a process did not finish. */
export async function finishErasures(
  actions: Pick<ConversationActions, 'erase'>,
  erasure: ErasureStore,
  log: Log,
): Promise<void> {
  try {
    for (const key of await erasure.unfinished()) await actions.erase(key);
  } catch (error) {
    log.warn({ err: error }, 'an erasure could not be finished, the next start tries again');
  }
}
