import type { ChannelAdapter } from '../core/channel';
import type { Clock } from '../core/clock';
import type { Content } from '../core/content';
import type { Conversation, OutboxEntry, TranscriptEntry } from '../core/conversation';
import type { Locale } from '../core/locale';
import type { Log } from '../core/log';
import { timed, type Meter } from '../core/meter';
import type {
  ConversationStore,
  ConversationWrite,
  InboxItem,
  InboxStore,
  MessageStore,
} from '../core/stream-store';
import type { RunTurn, TurnResult } from '../core/turn';
import { noteCancelled } from './cancelled';
import { failedTurn } from './failed-turn';
import { applied, claimedAtOnce, lean, preview, turnWrite, rated } from './commit';
import { Overtaken, type Held, type Holds } from './holds';
import { CLAIM_STALE_MS } from './retry';
import type { Known } from './known';
import type { Happenings } from './happenings';
import type { Remembered } from './remembered';
import type { Signals } from './signals';
import { customerLine, type Transcript } from './transcript';

/** Events taken together by one turn. */
const BATCH = 50;

/** What the turns need. */
export interface TurnParts {
  inbox: InboxStore;
  conversations: ConversationStore;
  messages: MessageStore;
  transcript: Transcript;
  happenings: Happenings;
  channels: Map<string, ChannelAdapter>;
  runTurn: RunTurn;
  /** What the customer reads when the bot itself failed; `person`: someone is coming. */
  apology(locale: Locale, person: boolean): Content;
  peopleOnDuty(now: Date): boolean;
  clock: Clock;
  log: Log;
  meter: Meter;
  signals: Signals;
  holder: string;
  holds: Holds;
  remembered: Remembered;
  /** Where events of this process wait; see `Known`. */
  known: Known;
  /** New entries may be in this conversation's outbox; `claimed`: its head is ours to send. */
  onCommitted(conversation: Conversation, claimed: string | undefined): void;
  /** Called at each step with its number in the way of a message; tests stop the process there. */
  probe?(step: number): void | Promise<void>;
}

type Outcome = 'idle' | 'again' | { busyUntil: Date };

/** Steps 4 to 8 for one conversation at a time: whoever holds the lease runs the turn, and the version fences out everybody else. */
export class Turns {
  constructor(private readonly parts: TurnParts) {}

  /** One batch of one conversation. `again`: more may wait; `busyUntil`: somebody else holds it. */
  async runOne(key: string): Promise<Outcome> {
    const { inbox, holds, transcript, known, remembered } = this.parts;
    const { items: pending, sure } = await known.take(key, BATCH, () => inbox.pending(key, BATCH));
    if (pending.length === 0) {
      known.trust(key);
      return 'idle';
    }
    const held = await holds.take(key, pending, sure);
    this.waited(pending);
    remembered.forget(key);
    if ('outcome' in held) return held.outcome;
    if (held.conversation.tail.length > 0) await transcript.copy(held.conversation, { clear: false });
    const { lastBatch } = held.conversation;
    const items = held.items.filter((item) => !lastBatch.includes(item._id));
    try {
      if (!(await this.commit(held, items))) return 'again';
    } catch (error) {
      if (error instanceof Overtaken) return 'again';
      throw error;
    }
    if (held.inherited || pending.length === BATCH) return 'again';
    known.trust(key);
    return 'idle';
  }

  /** Decides and commits, again as often as somebody else writes meanwhile; false when the turn is no longer ours. */
  private async commit(held: Held, items: InboxItem[]): Promise<boolean> {
    const { conversations, holds } = this.parts;
    for (;;) {
      const { write, committedLines } = await this.decide(held, items);
      await this.parts.probe?.(6);
      const { conversation } = held;
      const event = items.at(-1)?._id;
      // Viewers in other processes look for what changed lately: the turn may have taken a while.
      if (write.set?.updatedAt) write.set.updatedAt = this.parts.clock.now();
      const stored = await timed(this.parts.meter, 'commit', async () =>
        event
          ? conversations.commit(conversation.key, conversation.version, lean(conversation, write), event)
          : (await conversations.write(conversation.key, conversation.version, write)) !== undefined,
      );
      if (stored) {
        this.count(items, write, conversation);
        await this.parts.probe?.(7);
        await this.afterCommit(applied(conversation, write), held.items, committedLines, write.enqueue?.[0]);
        if (write.cancelBotSends) await this.cancelled(conversation);
        return true;
      }
      const moved = await holds.again(held);
      if (!moved) return false;
      held.conversation = moved;
    }
  }

  /** A colleague answered from elsewhere: what the bot had waiting will not leave. */
  private async cancelled(before: Conversation): Promise<void> {
    const { conversations, messages, remembered } = this.parts;
    remembered.forget(before.key);
    const after = await conversations.get(before.key);
    if (after) await noteCancelled(messages, before, after);
  }

  private waited(pending: InboxItem[]): void {
    const now = this.parts.clock.now().getTime();
    for (const item of pending) this.parts.meter.step('wait', now - item.receivedAt.getTime());
  }

  private count(items: InboxItem[], write: ConversationWrite, before: Conversation): void {
    const { meter } = this.parts;
    for (const { activity } of items)
      if (activity.type === 'message') meter.heard(activity.reference.channel, activity.at);
    if (!items.some(({ activity }) => activity.type === 'message')) return;
    const handed = write.set?.handoff && before.owner !== 'waiting' ? write.set.handoff : undefined;
    if (handed) meter.handover(handed.reason);
    const said = write.append?.some((line) => line.from === 'bot');
    const failed = (write.set?.failedTurns ?? 0) > 0;
    meter.turn(failed ? 'failed' : handed ? 'handed_over' : said ? 'answered' : 'silent');
  }

  /** Steps 5 and 6: what the one write will hold. */
  private async decide(
    held: Held,
    items: InboxItem[],
  ): Promise<{ write: ConversationWrite; committedLines: TranscriptEntry[] }> {
    const { clock, happenings } = this.parts;
    const { conversation, turnId } = held;
    const now = clock.now();
    await this.parts.probe?.(4);
    // A crash came between the commit and the marking: there is nothing left to decide.
    if (items.length === 0) return { write: { unset: ['lease'] }, committedLines: [] };
    const happened = await happenings.apply(conversation, items, now);
    const current = happened.conversation;
    const messages = happened.messages.map((item, index) => ({
      ...item,
      seq: current.sequence + happened.lines.length + index + 1,
    }));
    const beside = messages.map(({ body }) => (body.kind === 'text' ? body.text : '')).join('\n');
    const lines = [
      ...happened.lines,
      ...messages.map(({ id, seq, at, body }) => customerLine(current, seq, id, at, body, beside)),
    ];
    // Until their marks are in the store, handled events could be taken again after a crash: the conversation remembers them.
    const unmarked = conversation.lastBatch.filter((id) => !this.parts.known.isMarked(id));
    const batch = { lastBatch: [...unmarked, ...items.map((item) => item._id)] };
    const last = messages.at(-1);
    const heard = last
      ? {
          lastCustomerMessageAt: last.at > now ? now : last.at,
          lastCustomerMessageId: happened.lastProviderId,
        }
      : {};
    if (messages.length === 0 || current.owner === 'agent') {
      // The bot says nothing to a person's conversation, but hears STOP in it, and how the help was.
      const quiet: Partial<TurnResult> =
        messages.length > 0 ? await this.run(held, current, messages, now) : {};
      const consent = quiet.stopped === undefined ? {} : { stopped: quiet.stopped };
      const set = {
        ...happened.set,
        ...consent,
        ...rated(current, quiet, now),
        ...batch,
        ...heard,
        ...preview(lines),
        ...(lines.length > 0 ? { updatedAt: now } : {}),
      };
      return { write: { ...happened.write, set, unset: ['lease'], append: lines }, committedLines: lines };
    }
    const capabilities = this.channel(conversation).capabilities;
    const view = current.owner === 'closed' ? { ...current, owner: 'bot' as const } : current;
    await this.parts.probe?.(5);
    const result = await this.run(held, view, messages, now);
    const staleAt = new Date(now.getTime() + CLAIM_STALE_MS);
    const whole = turnWrite(current, turnId, lines, result, capabilities, now);
    const write = claimedAtOnce(current, whole, this.parts.holder, now, staleAt);
    return {
      write: {
        ...write,
        set: {
          ...write.set,
          ...happened.set,
          ...batch,
          ...heard,
          ...(result.failed ? { failedTurns: current.failedTurns + 1 } : {}),
        },
      },
      committedLines: write.append ?? [],
    };
  }

  private async run(
    held: Held,
    conversation: Conversation,
    messages: Parameters<RunTurn>[0]['messages'],
    now: Date,
  ): Promise<TurnResult & { failed?: boolean }> {
    const { capabilities } = this.channel(conversation);
    const turn = {
      id: held.turnId,
      conversation,
      messages,
      capabilities,
      now,
      peopleOnDuty: this.parts.peopleOnDuty(now),
      beforeChange: () => this.parts.holds.fix(held),
    };
    try {
      return await timed(this.parts.meter, 'turn', () => this.parts.runTurn(turn));
    } catch (error) {
      if (error instanceof Overtaken || isStoreFault(error)) throw error;
      this.parts.log.error(
        { conversation: conversation.key, turn: held.turnId, err: error },
        'a turn failed',
      );
      return failedTurn(conversation, this.parts.apology, now);
    }
  }

  private async afterCommit(
    committed: Conversation,
    taken: InboxItem[],
    lines: TranscriptEntry[],
    first: OutboxEntry | undefined,
  ): Promise<void> {
    const { inbox, transcript, signals } = this.parts;
    await transcript.copy(committed, { clear: committed.outbox.length === 0 });
    await this.parts.probe?.(8);
    const { known, remembered } = this.parts;
    if (known.complete) remembered.keep(committed);
    const ids = [...new Set([...taken.map((item) => item._id), ...committed.lastBatch])];
    known.handled(ids);
    void inbox.done(ids).then(
      () => known.marked(ids),
      () => undefined,
    );
    if (lines.length > 0) signals.emit('changed', committed.key);
    // Only a head claimed by this very write is ours to send; what waited before it may have left meanwhile.
    if (first) this.parts.onCommitted(committed, first.state === 'claimed' ? first.id : undefined);
  }

  private channel(conversation: Conversation): ChannelAdapter {
    const channel = this.parts.channels.get(conversation.reference.channel);
    if (!channel) throw new Error('a conversation of a channel that is not configured');
    return channel;
  }
}

/** The store failed, not the bot: nothing is committed and the turn runs again later. */
function isStoreFault(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: unknown };
  return (
    code === 'store_unavailable' ||
    (typeof name === 'string' &&
      /^Mongo(Network|ServerSelection|Topology|NotConnected|PoolCleared|PoolClosed)/.test(name))
  );
}
