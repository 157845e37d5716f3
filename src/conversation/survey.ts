import { randomUUID } from 'node:crypto';
import type { Content } from '../core/content';
import type { Conversation } from '../core/conversation';
import type { Actor } from '../core/stream';
import type { ConversationWrite } from '../core/stream-store';
import { channelOf, type ActionParts } from './action-parts';
import { outgoing } from './commit';
import { maySend, replyWindow } from './window';

/** Nobody is asked more often than this. */
const APART_MS = 24 * 3_600_000;

/** The question in the customer's language; its options carry `id`. */
export type SurveyQuestion = (conversation: Conversation, id: string) => Content;

/** A customer is asked whom a person has written to, who has not said STOP, where the bot may write now, and not twice within a day. */
function mayAsk(parts: ActionParts, conversation: Conversation, now: Date): boolean {
  const { owner, people, stopped, survey, reference } = conversation;
  if (owner !== 'agent' || !people?.answeredAt || stopped) return false;
  if (survey && now.getTime() - survey.askedAt.getTime() < APART_MS) return false;
  // A conversation of a channel that is off meanwhile can still be resolved.
  const channel = parts.channels.get(reference.channel);
  return channel !== undefined && maySend(replyWindow(conversation, channel.capabilities, now), 'bot', false);
}

/** The write that resolves a conversation, with the question how the help was where it may be asked. */
export function withSurvey(
  parts: ActionParts,
  conversation: Conversation,
  write: ConversationWrite,
  actor: Actor,
  now: Date,
): ConversationWrite {
  if (!parts.survey || !mayAsk(parts, conversation, now)) return write;
  const id = `survey-${randomUUID()}`;
  const content = parts.survey(conversation, id);
  const { capabilities } = channelOf(parts, conversation.reference.channel);
  const before = write.append ?? [];
  const { line, entry } = outgoing(
    conversation,
    {
      id,
      seq: (before.at(-1)?.seq ?? conversation.sequence) + 1,
      epoch: conversation.epoch + 1,
      author: 'bot',
      content,
    },
    capabilities,
    now,
  );
  return {
    ...write,
    set: {
      ...write.set,
      survey: { id, askedAt: now, agent: actor.id, agentName: actor.name },
      openChoices: { version: id, options: content.options ?? [] },
    },
    unset: write.unset?.filter((field) => field !== 'openChoices'),
    append: [...before, line],
    enqueue: entry ? [{ ...entry, unasked: true }] : [],
  };
}
