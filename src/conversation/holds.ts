import { randomUUID } from 'node:crypto';
import type { Clock } from '../core/clock';
import type { Conversation, TurnLease } from '../core/conversation';
import type { Locale } from '../core/locale';
import type { ConversationStore, InboxItem, InboxStore } from '../core/stream-store';
import type { Remembered } from './remembered';

/** A lease outlives any honest turn and bounds how long a crash delays an answer. */
export const LEASE_MS = 8_000;

/** A conversation that a turn may work on. */
export interface Held {
  conversation: Conversation;
  items: InboxItem[];
  turnId: string;
  /** The batch is one that another life had fixed. */
  inherited: boolean;
  /** Written down only before the turn changes something besides its conversation. */
  lease?: TurnLease;
}

/** Somebody wrote to the conversation since it was read: the turn has changed nothing and starts again. */
export class Overtaken extends Error {}

/** What taking a conversation needs. */
export interface HoldParts {
  conversations: ConversationStore;
  inbox: InboxStore;
  clock: Clock;
  holder: string;
  defaultLocale: Locale;
  remembered: Remembered;
  /** No other process works on this store. */
  sole: boolean;
}

/** Step 4: one turn at a time for a conversation, its batch and turn id fixed before anything is changed. */
export class Holds {
  constructor(private readonly parts: HoldParts) {}

  /** `recall`: what we remember may be used. Otherwise the conversation is leased, and created when new; `busyUntil`: somebody else holds it. */
  async take(
    key: string,
    pending: InboxItem[],
    recall: boolean,
  ): Promise<Held | { outcome: 'again' | { busyUntil: Date } }> {
    const { conversations, clock, holder, inbox, remembered } = this.parts;
    const now = clock.now();
    const until = new Date(now.getTime() + LEASE_MS);
    const turnId = randomUUID();
    const lease = { turnId, batch: pending.map((item) => item._id), holder, until };
    const known = recall ? remembered.recall(key, pending) : undefined;
    if (known) return { conversation: known, items: pending, turnId, inherited: false, lease };
    const first = pending[0];
    if (!first || !('reference' in first.activity)) {
      await inbox.done(pending.map((item) => item._id));
      return { outcome: 'again' };
    }
    const leased = await this.lease(key, lease, first, pending, now);
    if (leased) {
      const items = this.parts.sole ? pending : await this.unhandled(lease.batch);
      return { conversation: leased, items, turnId, inherited: false };
    }
    const held = await conversations.get(key);
    if (!held?.lease) return { outcome: 'again' };
    if (held.lease.until > now) return { outcome: { busyUntil: held.lease.until } };
    const inherited = await conversations.inheritLease(key, held.version, holder, until);
    if (!inherited?.lease) return { outcome: 'again' };
    const items = await this.unhandled(inherited.lease.batch);
    return { conversation: inherited, items, turnId: inherited.lease.turnId, inherited: true };
  }

  /**
   * Another process may have handled and marked an event after we read it as new. Under the lease nobody does: what is handled by now is
   * marked, or in the conversation's `lastBatch`.
   */
  private async unhandled(ids: string[]): Promise<InboxItem[]> {
    return (await this.parts.inbox.byIds(ids)).filter((item) => item.state === 'new');
  }

  /** Writes the lease of a remembered conversation down; throws `Overtaken` when it has moved. Doing it again changes nothing. */
  async fix(held: Held): Promise<void> {
    const { lease, conversation } = held;
    if (!lease) return;
    if (!(await this.parts.conversations.hold(conversation.key, conversation.version, lease)))
      throw new Overtaken('the conversation was written to meanwhile');
    held.conversation = { ...conversation, lease, version: conversation.version + 1 };
    delete held.lease;
  }

  /** The conversation as it is now, after somebody else wrote; undefined when the turn may not go on with it. */
  async again(held: Held): Promise<Conversation | undefined> {
    const moved = await this.parts.conversations.get(held.conversation.key);
    // What the turn heard was deleted meanwhile.
    if (moved?.erased?.at.getTime() !== held.conversation.erased?.at.getTime()) return undefined;
    if (held.lease) return moved && !moved.lease ? moved : undefined;
    const { lease } = moved ?? {};
    const ours = lease?.turnId === held.turnId && lease.holder === this.parts.holder;
    return ours && lease.until >= this.parts.clock.now() ? moved : undefined;
  }

  private lease(
    key: string,
    lease: TurnLease,
    first: InboxItem,
    pending: InboxItem[],
    now: Date,
  ): Promise<Conversation | undefined> {
    const { activity, customerId = '' } = first;
    if (!('reference' in activity)) return Promise.resolve(undefined);
    const identities = pending.flatMap((item) =>
      'identities' in item.activity ? item.activity.identities : [],
    );
    const unique = [...new Map(identities.map((identity) => [JSON.stringify(identity), identity])).values()];
    const start = { reference: activity.reference, customerId, locale: this.parts.defaultLocale };
    const name = activity.type === 'message' ? activity.name : undefined;
    return this.parts.conversations.lease(key, lease, start, unique, name, now);
  }
}
