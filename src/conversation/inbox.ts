import type { ConversationReference, Identity, InboundActivity } from '../core/activity';
import type { Clock } from '../core/clock';
import { conversationKey } from '../core/conversation';
import type { Locale } from '../core/locale';
import type { Inbox } from '../core/stream';
import type {
  ConversationStore,
  CustomerStore,
  InboxItem,
  InboxStore,
  MessageStore,
} from '../core/stream-store';
import type { Log } from '../core/log';
import { timed, type Meter } from '../core/meter';

/** What accepting needs. `onPending` is told of conversations with new work; `onFailedSend` of messages a provider gave up on. */
export interface InboxParts {
  inbox: InboxStore;
  customers: CustomerStore;
  conversations: ConversationStore;
  messages: MessageStore;
  clock: Clock;
  log: Log;
  meter: Meter;
  defaultLocale: Locale;
  onPending(conversation: string, item: InboxItem): void;
  onFailedSend(conversation: string, messageId: string): Promise<void>;
  onState(
    conversation: string,
    id: string,
    seq: number,
    state: 'sent' | 'delivered' | 'read' | 'failed',
    error?: string,
  ): void;
}

type Stored = Extract<InboundActivity, { reference: ConversationReference }>;

/** The key against duplicates: channel, our account, the provider's id. */
export function inboxId(channel: string, account: string, id: string): string {
  return `${channel}:${account}:${id}`;
}

/**
 * Step 3 of the way of a message. Everything handed in is stored under its unique key before this resolves; what is there already changes
 * nothing. Receipts only climb, so they are applied at once and need no key of their own.
 */
export function createInbox(parts: InboxParts): Inbox {
  const accept = async (activity: InboundActivity): Promise<void> => {
    switch (activity.type) {
      case 'receipt':
        return receipt(parts, activity);
      case 'identity-changed':
        return identityChanged(parts, activity);
      case 'ignored':
        await store(parts, activity, activity.channel, activity.account, undefined);
        return;
      default:
        return pending(parts, activity);
    }
  };
  return {
    async accept(activities) {
      const outcomes = await timed(parts.meter, 'accept', () => Promise.allSettled(activities.map(accept)));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}

async function pending(parts: InboxParts, activity: Stored): Promise<void> {
  const { reference } = activity;
  const identities = 'identities' in activity ? activity.identities : [];
  const home =
    identities.length > 0
      ? await parts.customers.resolve(reference, identities, activity.type, parts.clock.now())
      : { customerId: '', conversation: conversationKey(reference) };
  const stored = await store(parts, activity, reference.channel, reference.account, home);
  if (stored) parts.onPending(home.conversation, stored);
}

async function store(
  parts: InboxParts,
  activity: InboundActivity,
  channel: string,
  account: string,
  home: { customerId: string; conversation: string } | undefined,
): Promise<InboxItem | undefined> {
  const now = parts.clock.now();
  const item: InboxItem = {
    _id: inboxId(channel, account, activity.id),
    ...(home ? { conversation: home.conversation, customerId: home.customerId } : {}),
    state: home ? 'new' : 'done',
    arrival: parts.inbox.nextArrival(now),
    activity,
    receivedAt: now,
  };
  return (await parts.inbox.insert(item)) ? item : undefined;
}

async function receipt(
  parts: InboxParts,
  activity: Extract<InboundActivity, { type: 'receipt' }>,
): Promise<void> {
  const error =
    activity.status === 'failed' ? (activity.reason ?? String(activity.errorCode ?? 'rejected')) : undefined;
  const key = activity.callbackId ? { id: activity.callbackId } : { providerId: activity.messageId };
  await parts.messages.setState({
    ...key,
    state: activity.status,
    part: activity.part ?? 0,
    ...(error ? { error } : {}),
    ...(activity.callbackId ? { setProviderId: activity.messageId } : {}),
  });
  if (activity.status !== 'failed' && !activity.callbackId) return;
  const message = activity.callbackId
    ? await noticed(parts, activity.callbackId, activity.status)
    : await parts.messages.byProviderId(activity.messageId);
  if (!message) return;
  parts.onState(message.conversation, message.id, message.seq, activity.status, error);
  if (activity.status === 'failed' && message.state === 'failed')
    await parts.onFailedSend(message.conversation, message.id);
}

/** A failure needs its message; other receipts are only announced to viewers, and those read the store when nobody tells them. */
async function noticed(parts: InboxParts, id: string, status: string) {
  return status === 'failed' ? parts.messages.get(id) : undefined;
}

async function identityChanged(
  parts: InboxParts,
  activity: Extract<InboundActivity, { type: 'identity-changed' }>,
): Promise<void> {
  const now = parts.clock.now();
  await store(parts, activity, activity.channel, activity.account, undefined);
  if (!activity.previous) return;
  const home = await parts.customers.addAlias(activity.previous, activity.current, 'identity-changed', now);
  if (!home) return;
  await followIdentity(parts.conversations, home.conversation, activity.current, now);
}

/** The conversation now belongs to the new ids; what the old ones had proved falls away. */
async function followIdentity(
  conversations: ConversationStore,
  key: string,
  current: Identity[],
  now: Date,
): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const conversation = await conversations.get(key);
    if (!conversation) return;
    const kinds = new Set(current.map((identity) => identity.kind));
    const identities = [
      ...conversation.identities.filter((identity) => !kinds.has(identity.kind)),
      ...current,
    ];
    if (
      await conversations.write(key, conversation.version, {
        set: { identities, proofs: [], updatedAt: now },
      })
    )
      return;
  }
  throw new Error('a conversation kept changing while its identities were moved');
}
