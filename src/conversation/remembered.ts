import { identityKey, type Conversation } from '../core/conversation';
import type { InboxItem } from '../core/stream-store';

/** Conversations kept; the oldest ones go. */
const KEPT = 2_000;

/**
 * Conversations as this process last committed them. Where it is the only process on its store, a turn may start from here instead of
 * reading and leasing: its commit, and the lease it takes before it changes anything else, hold only if nobody wrote meanwhile.
 */
export class Remembered {
  private readonly kept = new Map<string, Conversation>();

  /** Its lines are in the transcript already, so the tail is left out. */
  keep(committed: Conversation): void {
    const { lease: _lease, ...conversation } = committed;
    this.kept.delete(committed.key);
    this.kept.set(committed.key, { ...conversation, tail: [] });
    if (this.kept.size > KEPT) this.forget(this.kept.keys().next().value ?? '');
  }

  forget(key: string): void {
    this.kept.delete(key);
  }

  /** The head of its outbox has left. */
  settled(key: string, id: string): void {
    const conversation = this.kept.get(key);
    if (!conversation) return;
    const outbox = conversation.outbox.filter((entry) => entry.id !== id);
    this.kept.set(key, { ...conversation, outbox });
  }

  /** The conversation, unless these events tell something of the customer that it does not hold. */
  recall(key: string, items: InboxItem[]): Conversation | undefined {
    const conversation = this.kept.get(key);
    if (!conversation) return undefined;
    const held = new Set(conversation.identities.map(identityKey));
    const news = items.some(
      ({ activity }) =>
        'identities' in activity && activity.identities.some((identity) => !held.has(identityKey(identity))),
    );
    return news ? undefined : conversation;
  }
}
