import type { Connection } from 'mongoose';
import type { ConversationDocument } from './conversations';

/** Work that waits in the store, whichever process will do it. */
export interface Backlog {
  /** Accepted events without a turn yet. */
  inbox: number;
  /** Age of the oldest of them, seconds. */
  inboxOldest: number;
  /** Conversations with messages that have not left. */
  outbox: number;
  /** How long the most overdue of them is due, seconds. */
  outboxLate: number;
}

/** Looks at what waits, by indexes alone. */
export async function readBacklog(connection: Connection, now: Date): Promise<Backlog> {
  const inbox = connection.collection<{ state: string; receivedAt: Date }>('inbox');
  const conversations = connection.collection<ConversationDocument>('conversations');
  const queued = { 'outbox.dueAt': { $gt: new Date(0) } };
  const [waiting, first, leaving, due] = await Promise.all([
    inbox.countDocuments({ state: 'new' }),
    inbox.find({ state: 'new' }).sort({ arrival: 1 }).limit(1).toArray(),
    conversations.countDocuments(queued),
    conversations
      .find({ 'outbox.dueAt': { $lte: now } }, { projection: { outbox: 1 } })
      .sort({ 'outbox.dueAt': 1 })
      .limit(1)
      .toArray(),
  ]);
  const seconds = (from: Date | undefined) =>
    from ? Math.max(0, (now.getTime() - from.getTime()) / 1000) : 0;
  const dates = due.flatMap(({ outbox }) => outbox.map(({ dueAt }) => dueAt)).sort((a, b) => +a - +b);
  return {
    inbox: waiting,
    inboxOldest: seconds(first[0]?.receivedAt),
    outbox: leaving,
    outboxLate: seconds(dates[0]),
  };
}
