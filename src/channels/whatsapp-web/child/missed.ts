import { isPerson } from '../people';
import { within, type WebChat, type WebClient } from './client';
import { flatten } from './flatten';

/** Clocks of phones differ, and messages are stored a little out of order: so far back is looked again, seconds. */
const OVERLAP_S = 600;

/** Most messages fetched of one chat. */
const A_CHAT = 200;

/** How much longer than one answer the list of all chats may take. */
const LIST_FACTOR = 6;

/**
 * What was said on both sides since `since` (seconds), oldest first, as the library's own messages. The overlap brings some that were taken
 * before; they have the same ids and change nothing. A chat that cannot be read is left out, so that it never holds up the others.
 */
export async function missedSince(
  client: Pick<WebClient, 'getChats'>,
  since: number,
  answerMs: number,
): Promise<unknown[]> {
  const from = since - OVERLAP_S;
  const chats = await within(answerMs * LIST_FACTOR, client.getChats());
  const moved = chats.filter(
    (chat) => !chat.isGroup && isPerson(chat.id._serialized) && (chat.timestamp ?? 0) >= from,
  );
  const found: { at: number; message: unknown }[] = [];
  for (const chat of moved) {
    for (const message of await latest(chat, answerMs)) {
      const at = flatten(message)?.at ?? 0;
      if (at >= from) found.push({ at, message });
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ message }) => message);
}

function latest(chat: WebChat, answerMs: number): Promise<unknown[]> {
  return within(answerMs * LIST_FACTOR, chat.fetchMessages({ limit: A_CHAT })).catch(() => []);
}
