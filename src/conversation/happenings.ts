import type { Conversation, TranscriptEntry } from '../core/conversation';
import { monotonicMs } from '../core/clock';
import { masked } from '../core/masking';
import type { ConversationStore, ConversationWrite, InboxItem, MessageStore } from '../core/stream-store';
import type { TurnMessage } from '../core/turn';
import { inboxId } from './inbox';
import { answered, needed } from './people-times';

/** How long an unknown echo waits for a send of ours that is still on its way, milliseconds. */
const ECHO_GRACE_MS = 2_500;
const ECHO_LOOK_MS = 50;

/** What a batch changed before the bot is asked. */
export interface Happened {
  /** The conversation as it stands after echoes and consent. */
  conversation: Conversation;
  /** Customer messages left to answer, in order. */
  messages: Omit<TurnMessage, 'seq'>[];
  lastProviderId?: string;
  /** Lines written by colleagues elsewhere, numbered. */
  lines: TranscriptEntry[];
  set: NonNullable<ConversationWrite['set']>;
  write: Pick<ConversationWrite, 'bumpEpoch' | 'cancelBotSends'>;
}

/** The events of a batch that are not customer messages: echoes, edits, unsent messages, read marks, consent. */
export class Happenings {
  constructor(
    private readonly messages: MessageStore,
    private readonly conversations: ConversationStore,
  ) {}

  /** Applies them in order; doing it again for the same batch changes nothing more. */
  async apply(conversation: Conversation, items: InboxItem[], now: Date): Promise<Happened> {
    const happened: Happened = { conversation, messages: [], lines: [], set: {}, write: {} };
    for (const item of items) await this.one(happened, item, now);
    return happened;
  }

  private async one(happened: Happened, { _id, activity }: InboxItem, now: Date): Promise<void> {
    switch (activity.type) {
      case 'message':
        happened.messages.push({ id: _id, at: activity.at, body: activity.body });
        happened.lastProviderId = activity.id;
        return;
      case 'echo':
        return this.echo(happened, _id, activity.id, activity.text, activity.at, now);
      case 'edited':
      case 'revoked':
        return this.rewritten(happened, activity);
      case 'read-up-to':
        await this.messages.readUpTo(happened.conversation.key, activity.at);
        return;
      case 'consent':
        happened.set.stopped = activity.stop;
        return;
      default:
        return;
    }
  }

  private async rewritten(
    happened: Happened,
    activity: Extract<InboxItem['activity'], { type: 'edited' | 'revoked' }>,
  ): Promise<void> {
    const target = inboxId(activity.reference.channel, activity.reference.account, activity.targetId);
    const text = activity.type === 'edited' ? activity.text : undefined;
    const waiting = happened.messages.find((message) => message.id === target);
    if (!waiting) {
      const own = (await this.messages.byProviderId(activity.targetId))?.id;
      await this.messages.rewrite(own ?? target, text === undefined ? undefined : masked(text));
    } else if (text !== undefined) waiting.body = { kind: 'text', text };
    else happened.messages = happened.messages.filter((message) => message !== waiting);
  }

  /**
   * Our own side said something. A send of ours is recognised by the provider's id, or by being the one still on its way with the same text;
   * anything else is a colleague answering from elsewhere, and the bot falls silent.
   */
  private async echo(
    happened: Happened,
    id: string,
    providerId: string,
    text: string,
    at: Date,
    now: Date,
  ): Promise<void> {
    if (await this.isOurs(happened.conversation.key, providerId, text)) return;
    const seq = happened.conversation.sequence + happened.lines.length + 1;
    happened.lines.push({
      id,
      conversation: happened.conversation.key,
      seq,
      from: 'agent',
      agent: 'App',
      text,
      visibility: 'public',
      state: 'sent',
      providerId,
      at,
    });
    const before = happened.conversation;
    const { people } = needed(before, now);
    const times = answered({ owner: 'agent', people }, now);
    if (before.owner === 'agent') {
      happened.set = { ...happened.set, ...times };
      return;
    }
    const epoch = before.epoch + 1;
    happened.conversation = { ...before, owner: 'agent', epoch, takenEpoch: epoch, people, ...times };
    happened.set = {
      ...happened.set,
      people,
      ...times,
      everHanded: true,
      ...(before.everHanded ? {} : { lastHandoffReason: 'taken' as const }),
      owner: 'agent',
      takenEpoch: epoch,
      assignee: 'app',
      assigneeName: 'App',
      updatedAt: now,
    };
    happened.write = { bumpEpoch: true, cancelBotSends: true };
  }

  private async isOurs(key: string, providerId: string, text: string): Promise<boolean> {
    const until = monotonicMs() + ECHO_GRACE_MS;
    for (;;) {
      if (await this.messages.byProviderId(providerId)) return true;
      const head = (await this.conversations.get(key))?.outbox[0];
      const leaving = head && head.state !== 'queued';
      if (leaving && sameText(head.content.text, text)) {
        await this.messages.setState({
          id: head.id,
          state: 'sent',
          setProviderId: providerId,
          part: head.part,
        });
        return true;
      }
      if (!leaving || monotonicMs() >= until) return false;
      await new Promise((resolve) => setTimeout(resolve, ECHO_LOOK_MS));
    }
  }
}

/** Echoes may hold one piece of a longer message, and buttons are not part of their text. */
function sameText(sent: string, echoed: string): boolean {
  const [a, b] = [sent, echoed].map((text) => text.replace(/\s+/g, ' ').trim());
  return a !== undefined && b !== undefined && b.length > 0 && a.includes(b);
}
