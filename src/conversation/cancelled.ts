import type { Conversation } from '../core/conversation';
import type { MessageStore } from '../core/stream-store';

/**
 * After a person took over: the bot's messages that this took out of the outbox are marked, so that the transcript does not show them as on
 * their way for ever. One that left in the same moment was noted as sent before it was taken out, and stays so.
 */
export async function noteCancelled(
  messages: MessageStore,
  before: Conversation,
  after: Conversation,
): Promise<void> {
  const kept = new Set(after.outbox.map((entry) => entry.id));
  const gone = before.outbox.filter((entry) => entry.author === 'bot' && !kept.has(entry.id));
  await Promise.all(
    gone.map(async ({ id }) => {
      if ((await messages.get(id))?.state === 'queued')
        await messages.setState({ id, state: 'failed', error: 'taken_over' });
    }),
  );
}
