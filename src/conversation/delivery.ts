import type { ChannelAdapter } from '../core/channel';
import type { Clock } from '../core/clock';
import type { Conversation, OutboxEntry } from '../core/conversation';
import { ChannelError } from '../core/errors';
import type { Log } from '../core/log';
import { timed, type Meter } from '../core/meter';
import type { ConversationStore, MessageStore, OutboxStore } from '../core/stream-store';
import { CLAIM_STALE_MS, nextAttempt } from './retry';
import type { Signals } from './signals';
import type { Transcript } from './transcript';
import { maySend, replyWindow } from './window';

/** What sending needs. */
export interface SenderParts {
  outbox: OutboxStore;
  conversations: ConversationStore;
  messages: MessageStore;
  transcript: Transcript;
  channels: Map<string, ChannelAdapter>;
  clock: Clock;
  log: Log;
  meter: Meter;
  signals: Signals;
  holder: string;
  /** This message has arrived and leaves the outbox as soon as that is noted; without an id, something has left. */
  onSettled(conversation: string, messageId?: string): void;
  /** A message will never arrive: somebody has to know. */
  onFailed(
    conversation: string,
    messageId: string,
    author: OutboxEntry['author'],
    reason: string,
  ): Promise<void>;
  probe?(step: number): void | Promise<void>;
}

/** What became of one attempt. `sent`: the head is settled; `part`: its next piece follows; `dropped`: read the conversation again; a date: not before then. */
export type Attempt = 'sent' | 'part' | 'dropped' | { later: Date };

/** Lets a person's message stop waiting for a bot's send that is still on its way. */
export interface Detach {
  detach?: () => void;
}

/** Steps 9 to 11 for one outbox entry: claim, render, send, settle. */
export class Delivery {
  /** Heads claimed by this process together with the turn that wrote them, and not yet sent. */
  readonly claimedHere = new Set<string>();
  private readonly accountPausedUntil = new Map<string, number>();

  constructor(private readonly parts: SenderParts) {}

  /** One attempt at the head of the outbox. */
  async attempt(conversation: Conversation, head: OutboxEntry, state: Detach): Promise<Attempt> {
    const { clock, channels, outbox, holder } = this.parts;
    const now = clock.now();
    const key = conversation.key;
    const channel = channels.get(conversation.reference.channel);
    const ours = this.claimedHere.delete(head.id) && head.state === 'claimed';
    const paused = this.pausedUntil(conversation, now);
    if (ours && paused) {
      await outbox.adjustHead(key, head.id, { state: 'queued', dueAt: paused });
      return { later: paused };
    }
    const wait = ours ? undefined : head.dueAt > now ? head.dueAt : paused;
    if (wait) {
      return { later: wait };
    }
    if (!channel) return this.fail(conversation, head, 'channel_off');
    if (!ours && head.author === 'bot' && conversation.takenEpoch > head.epoch)
      return this.drop(conversation, head, 'taken_over');
    if (head.unasked && conversation.stopped) return this.drop(conversation, head, 'stopped');
    if (!ours && head.state !== 'queued' && (await this.alreadyThere(head)))
      return this.goOn(conversation, head, channel);
    if (head.expiresAt <= now) return this.fail(conversation, head, 'too_old');
    const window = replyWindow(conversation, channel.capabilities, now);
    if (!maySend(window, head.author, head.content.template !== undefined))
      return this.fail(conversation, head, 'window_closed');
    const claimed =
      ours || (await outbox.claim(key, head, holder, now, new Date(now.getTime() + CLAIM_STALE_MS)));
    if (!claimed) return 'dropped';
    await this.parts.probe?.(9);
    return this.deliver(
      conversation,
      head,
      channel,
      window.state === 'agent-only' ? 'agent-only' : 'open',
      state,
    );
  }

  /** The end of a pause of our whole account, when there is one. */
  private pausedUntil({ reference }: Conversation, now: Date): Date | undefined {
    const until = this.accountPausedUntil.get(`${reference.channel}:${reference.account}`);
    return until !== undefined && until > now.getTime() ? new Date(until) : undefined;
  }

  /** A receipt under our id proves that an attempt without an answer had arrived; each part of a long message has its own. */
  private async alreadyThere(head: OutboxEntry): Promise<boolean> {
    const message = await this.parts.messages.get(head.id);
    if (message?.state === 'failed') return true;
    return message?.parts?.includes(head.part) ?? false;
  }

  /** The attempt had arrived after all: its next part follows, or the message is settled. */
  private async goOn(
    conversation: Conversation,
    head: OutboxEntry,
    channel: ChannelAdapter,
  ): Promise<Attempt> {
    const { outbox, clock } = this.parts;
    if (head.part + 1 < channel.render(head.content).length) {
      const next = { state: 'queued' as const, part: head.part + 1, attempts: 0, dueAt: clock.now() };
      await outbox.adjustHead(conversation.key, head.id, next);
    } else await outbox.settleHead(conversation.key, head.id, conversation.tail.at(-1)?.seq);
    return 'dropped';
  }

  private async deliver(
    conversation: Conversation,
    head: OutboxEntry,
    channel: ChannelAdapter,
    window: 'open' | 'agent-only',
    state: Detach,
  ): Promise<Attempt> {
    const payloads = channel.render(head.content);
    const payload = payloads[head.part];
    if (payload === undefined) return this.settled(conversation, head, undefined);
    const target = {
      reference: conversation.reference,
      identities: conversation.identities,
      callbackId: head.id,
      author: head.author,
      window,
    };
    const sending = timed(this.parts.meter, 'send', () => channel.send(target, payload)).then(
      ({ providerId }) => ({ providerId }),
      (error: unknown) => ({ error }),
    );
    const detached = new Promise<'detached'>((resolve) => {
      if (head.author === 'bot') state.detach = () => resolve('detached');
    });
    const answer = await Promise.race([sending, detached]);
    state.detach = undefined;
    if (answer === 'detached') {
      await this.parts.outbox.settleHead(conversation.key, head.id);
      void sending.then((late) => this.lateAnswer(conversation.key, head, late));
      return 'dropped';
    }
    await this.parts.probe?.(10);
    if ('error' in answer) return this.failedAttempt(conversation, head, channel, answer.error);
    this.parts.meter.send(channel.id, 'sent', '');
    this.parts.meter.channelUp(channel.id, true);
    if (head.part + 1 < payloads.length) {
      await this.parts.messages.setState({
        id: head.id,
        state: 'queued',
        part: head.part,
        setProviderId: answer.providerId,
      });
      await this.parts.outbox.adjustHead(conversation.key, head.id, {
        state: 'queued',
        part: head.part + 1,
        attempts: 0,
        dueAt: this.parts.clock.now(),
      });
      return 'part';
    }
    return this.settled(conversation, head, answer.providerId);
  }

  private async settled(
    conversation: Conversation,
    head: OutboxEntry,
    providerId: string | undefined,
  ): Promise<Attempt> {
    // A turn may claim its own message from here on: this loop sends it after the settling, in order.
    this.parts.onSettled(conversation.key, head.id);
    // Noted before it leaves the outbox: a crash in between finds the note and does not send again.
    await this.parts.messages.setState({
      id: head.id,
      state: 'sent',
      part: head.part,
      ...(providerId ? { setProviderId: providerId } : {}),
    });
    await this.parts.probe?.(11);
    await this.parts.outbox.settleHead(conversation.key, head.id, conversation.tail.at(-1)?.seq);
    await this.parts.probe?.(12);
    this.parts.signals.emit('state', conversation.key, head.id, head.seq, 'sent', undefined);
    return 'sent';
  }

  /** The answer to a send that a person's message did not wait for any longer. */
  private async lateAnswer(
    key: string,
    head: OutboxEntry,
    answer: { providerId: string } | { error: unknown },
  ): Promise<void> {
    const failed = 'error' in answer;
    await this.parts.messages
      .setState(
        failed
          ? { id: head.id, state: 'failed', error: reasonOf(answer.error) }
          : { id: head.id, state: 'sent', setProviderId: answer.providerId },
      )
      .catch((error: unknown) =>
        this.parts.log.error({ conversation: key, err: error }, 'a late answer could not be noted'),
      );
    this.parts.signals.emit(
      'state',
      key,
      head.id,
      head.seq,
      failed ? 'failed' : 'sent',
      failed ? reasonOf(answer.error) : undefined,
    );
  }

  private async failedAttempt(
    conversation: Conversation,
    head: OutboxEntry,
    channel: ChannelAdapter,
    error: unknown,
  ): Promise<Attempt> {
    const retry = error instanceof ChannelError ? error.retry : ({ kind: 'backoff' } as const);
    const attempts = head.attempts + 1;
    const next = nextAttempt(retry, attempts, this.parts.clock.now());
    this.parts.log.warn(
      {
        conversation: conversation.key,
        message: head.id,
        attempt: attempts,
        retry: retry.kind,
        reason: reasonOf(error),
      },
      'a send failed',
    );
    if (retry.kind === 'reauthorise') this.parts.meter.channelUp(channel.id, false);
    if (!next || next.at > head.expiresAt)
      return this.fail(conversation, head, next ? 'too_old' : reasonOf(error));
    if (retry.kind === 'reauthorise' || (retry.kind === 'after' && retry.scope === 'account')) {
      this.accountPausedUntil.set(`${channel.id}:${channel.account}`, next.at.getTime());
    }
    this.parts.meter.send(channel.id, 'retry', reasonOf(error));
    const waits = { state: next.state, attempts, dueAt: next.at };
    if (!(await this.parts.outbox.adjustHead(conversation.key, head.id, waits))) {
      // Another process let a person's message pass it: this attempt was its last.
      await this.lateAnswer(conversation.key, head, { error });
      return 'dropped';
    }
    // A person may have taken over while it was on its way: then this attempt was its last.
    const now = await this.parts.conversations.get(conversation.key);
    if (head.author === 'bot' && now && now.takenEpoch > head.epoch) return 'dropped';
    return { later: next.at };
  }

  /** A bot's message overtaken by a person, or by STOP: it is never sent, and the desk sees that. */
  private async drop(
    conversation: Conversation,
    head: OutboxEntry,
    why: 'taken_over' | 'stopped',
  ): Promise<Attempt> {
    await this.parts.messages.setState({ id: head.id, state: 'failed', error: why });
    await this.parts.outbox.settleHead(conversation.key, head.id);
    return 'dropped';
  }

  private async fail(conversation: Conversation, head: OutboxEntry, reason: string): Promise<Attempt> {
    this.parts.meter.send(conversation.reference.channel, 'failed', reason);
    await this.parts.messages.setState({ id: head.id, state: 'failed', error: reason });
    await this.parts.outbox.settleHead(conversation.key, head.id, conversation.tail.at(-1)?.seq);
    this.parts.signals.emit('state', conversation.key, head.id, head.seq, 'failed', reason);
    this.parts.log.warn(
      { conversation: conversation.key, message: head.id, reason },
      'a message will not be sent',
    );
    await this.parts.onFailed(conversation.key, head.id, head.author, reason);
    return 'dropped';
  }
}

function reasonOf(error: unknown): string {
  return error instanceof ChannelError ? error.reason : 'provider_down';
}
