import { monotonicMs } from '../core/clock';
import type { Conversation, OutboxEntry } from '../core/conversation';
import { CLAIM_STALE_MS } from './retry';
import { Delivery, type Attempt, type Detach, type SenderParts } from './delivery';

/** A person's message waits this long behind a send of the bot that is still on its way, then leaves beside it. */
const BEHIND_BOT_MS = 1_900;

interface Loop extends Detach {
  again: boolean;
  /** The conversation as the last hint gave it, its head claimed for us. */
  known?: Conversation | undefined;
}

/** One conversation's outbox leaves strictly in order, its head claimed by one conditional write just before the provider is called. */
export class Sender {
  private readonly running = new Map<string, Loop>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** Conversations whose outbox holds something that this process could not settle. */
  private readonly doubtful = new Set<string>();
  private stopped = false;

  private readonly delivery: Delivery;

  constructor(private readonly parts: SenderParts) {
    this.delivery = new Delivery(parts);
  }

  /** Sends what is due in a conversation. `known` spares a read when the caller has just written it; `claimed` names a head that was claimed with it. */
  kick(key: string, known?: Conversation, claimed?: string): void {
    if (claimed) this.delivery.claimedHere.add(claimed);
    if (this.stopped) return;
    const loop = this.running.get(key);
    if (loop) {
      loop.again = true;
      loop.known = claimed ? known : undefined;
      return;
    }
    const state: Loop = { again: false };
    this.running.set(key, state);
    void this.run(key, known, state)
      .catch((error: unknown) => {
        this.parts.log.error({ conversation: key, err: error }, 'sending stopped, it is taken up again');
        // What arrived may not be noted: until it is, only the store knows what leaves first.
        this.parts.onSettled(key);
        this.doubtful.add(key);
        this.later(key, new Date(this.parts.clock.now().getTime() + 1000));
      })
      .finally(() => {
        this.running.delete(key);
        if (state.again) this.kick(key, state.known);
      });
  }

  /** Conversations with a send on its way. */
  get size(): number {
    return this.running.size;
  }

  /** A person wrote: a bot's send still on its way may hold it up for at most two seconds. */
  hurry(key: string): void {
    const loop = this.running.get(key);
    const pass = () => {
      if (loop?.detach) loop.detach();
      else void this.passBy(key).catch(() => undefined);
    };
    setTimeout(pass, BEHIND_BOT_MS).unref();
    this.kick(key);
  }

  /** The send that holds a person's message up is another process's, or that process is gone: it is taken off the outbox, as that process would do. */
  private async passBy(key: string): Promise<void> {
    const { conversations, outbox, holder, messages } = this.parts;
    const waiting = (await conversations.get(key))?.outbox ?? [];
    const head = waiting[0];
    const theirs = head?.author === 'bot' && head.state === 'claimed' && head.claimedBy !== holder;
    if (this.stopped || !head || !theirs || !waiting.some(({ author }) => author === 'agent')) return;
    await outbox.settleHead(key, head.id);
    this.kick(key);
    // Whoever sent it has noted the outcome by then; if nobody has, it was never sent.
    setTimeout(() => {
      void messages
        .get(head.id)
        .then((line) =>
          line?.state === 'queued'
            ? messages.setState({ id: head.id, state: 'failed', error: 'taken_over' })
            : undefined,
        )
        .catch(() => undefined);
    }, CLAIM_STALE_MS).unref();
  }

  /** No new sends; resolves when those on their way have settled or `ms` have passed. */
  async stop(ms: number): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    const until = monotonicMs() + ms;
    while (this.running.size > 0 && monotonicMs() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  private later(key: string, at: Date): void {
    if (this.stopped) return;
    clearTimeout(this.timers.get(key));
    const ms = Math.max(5, at.getTime() - this.parts.clock.now().getTime());
    if (ms > 30_000) return; // the sweep finds it
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.kick(key);
    }, ms);
    timer.unref();
    this.timers.set(key, timer);
  }

  private async run(key: string, known: Conversation | undefined, state: Loop): Promise<void> {
    let conversation = await this.current(key, known);
    while (conversation && !this.stopped) {
      const head: OutboxEntry | undefined = conversation.outbox[0];
      if (!head) {
        this.doubtful.delete(key);
        if (!state.again) return;
        state.again = false;
        conversation = await this.current(key, state.known);
        state.known = undefined;
        continue;
      }
      const outcome: Attempt = await this.delivery.attempt(conversation, head, state);
      if (typeof outcome === 'object') {
        this.later(key, outcome.later);
        return;
      }
      if (outcome === 'sent') conversation = { ...conversation, outbox: conversation.outbox.slice(1) };
      else if (outcome === 'part')
        conversation = {
          ...conversation,
          outbox: [
            { ...head, part: head.part + 1, state: 'queued', attempts: 0 },
            ...conversation.outbox.slice(1),
          ],
        };
      else {
        this.parts.onSettled(key);
        state.known = undefined;
        conversation = await this.fresh(key);
      }
    }
  }

  private async current(key: string, known: Conversation | undefined): Promise<Conversation | undefined> {
    return known && !this.doubtful.has(key) ? known : this.fresh(key);
  }

  private async fresh(key: string): Promise<Conversation | undefined> {
    const conversation = await this.parts.conversations.get(key);
    // A line must be in the transcript before its receipts can come back.
    if (conversation && conversation.tail.length > 0)
      await this.parts.transcript.copy(conversation, { clear: false });
    return conversation;
  }
}
