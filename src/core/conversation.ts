import type { ConversationReference, Identity } from './activity';
import type { Content, ChoiceOption } from './content';
import { AppError } from './errors';
import type { IntentName } from './intents';
import type { Introduction } from './introduction';
import type { Locale } from './locale';
import type { WatchedOrder } from './notices';
import type { ProofGrant, ShopIdentity } from './proof';

/** Who answers. A person always wins: moving it moves the epoch, and a bot's send needs the epoch it was written under. */
export const OWNERS = ['bot', 'waiting', 'agent', 'closed'] as const;
export type Owner = (typeof OWNERS)[number];

export type Author = 'customer' | 'bot' | 'agent' | 'system';
export type MessageState = 'queued' | 'sent' | 'delivered' | 'read' | 'failed';

/** Why a conversation goes to a person. */
export const HANDOFF_REASONS = [
  'asked',
  'misses',
  'disputed_refusal',
  'anger',
  'threat',
  'self_harm',
  'fraud',
  'bot_failure',
  'complaint_value',
  'return_photo',
  'address_elsewhere',
  'second_address_change',
  'proof_impossible',
  'carrier_rejected',
  'carrier_unreached',
  'failed_delivery',
  'attempt_disputed',
  'delivery_failed_send',
  'media',
  'payment',
  'complaint',
  'other',
] as const;
export type HandoffReason = (typeof HANDOFF_REASONS)[number];

/** The brief an agent reads first; built from facts, never by a model. */
export interface HandoffBrief {
  reason: HandoffReason;
  priority: 'normal' | 'high';
  at: Date;
  /** Intent or task the customer was in. */
  wants?: string;
  orderNumber?: string;
  /** What was gathered, each with the transcript line it came from. */
  gathered: { name: string; value: string; seq?: number }[];
  proofLevel: number;
  /** Request ids made in this conversation. */
  done: string[];
  promised?: string;
  suggestion?: string;
}

/** A line of the transcript. `seq` is dense per conversation, starting at 1. */
export interface TranscriptEntry {
  id: string;
  conversation: string;
  seq: number;
  from: Author;
  /** Name shown for an agent. */
  agent?: string;
  text: string;
  content?: Content;
  /** Tap that stood behind a customer's text. */
  choiceId?: string;
  attachments?: { kind: string; ref: string; mime?: string }[];
  visibility: 'public' | 'note';
  /** Who owns the conversation from behind this line on. */
  owner?: Owner;
  state?: MessageState;
  error?: string;
  providerId?: string;
  /** Parts of a long message that receipts have come back for. */
  parts?: number[];
  at: Date;
}

/** One message waiting to leave or leaving. Entries leave strictly in order; the head is the next. */
export interface OutboxEntry {
  /** Equal across retries; the provider's callback id and the transcript id. */
  id: string;
  seq: number;
  author: 'bot' | 'agent' | 'system';
  /** Owner epoch it was written under; a bot's entry may only be claimed while no person took over since. */
  epoch: number;
  content: Content;
  /** We began it: STOP holds it back to the last moment. */
  unasked?: boolean;
  /** Payload of `render` already sent (a message may need several). */
  part: number;
  state: 'queued' | 'claimed' | 'unknown';
  claimedAt?: Date;
  claimedBy?: string;
  attempts: number;
  dueAt: Date;
  /** Not sent at all after this moment: an old answer is worse than none. */
  expiresAt: Date;
}

/** What the bot offered last; a number, the words or a tap refer to it. */
export interface OpenChoices {
  /** Turn that offered them; part of every option id. */
  version: string;
  options: ChoiceOption[];
}

/** Fixed by the lease's write until the commit: a re-run sees the same batch and the same turn id. */
export interface TurnLease {
  turnId: string;
  /** Inbox ids, in order of arrival. */
  batch: string[];
  holder: string;
  until: Date;
}

/** The last time a person was needed: since when, when one first wrote to the customer, when one resolved it or gave it back. */
export interface PeopleTimes {
  since: Date;
  answeredAt?: Date;
  endedAt?: Date;
}

/** Answers to the question how people's help was, the worst first. */
export const SCORES = [1, 2, 3, 4, 5] as const;
export type Score = (typeof SCORES)[number];

/** The question how people's help was, asked when one of them resolves it: the last one, and its answer. */
export interface Survey {
  /** Of the message that asked. */
  id: string;
  askedAt: Date;
  /** Who resolved it. */
  agent: string;
  agentName: string;
  score?: Score;
  answeredAt?: Date;
}

/** The customer deleted what was said: nothing up to line `upTo` is kept. `done`: all of it is gone everywhere. */
export interface Erasure {
  at: Date;
  upTo: number;
  done: boolean;
}

/** A conversation as stored: one document, committed by one write. */
export interface Conversation {
  key: string;
  reference: ConversationReference;
  customerId: string;
  identities: Identity[];
  name?: string;
  owner: Owner;
  /** Moves on every change of owner. */
  epoch: number;
  /** Epoch at which a person last took over; a bot's send written under an earlier one can never be claimed. 0: never. */
  takenEpoch: number;
  /** Agent id holding it, when `agent`. */
  assignee?: string;
  assigneeName?: string;
  locale: Locale;
  /** True once the customer's own words chose the language. */
  localeKnown: boolean;
  /** Opaque to everyone but the bot. `version` is the dialogs version that wrote it. */
  dialogs: { version: number; state: unknown };
  openChoices?: OpenChoices;
  proofs: ProofGrant[];
  shopIdentity?: ShopIdentity;
  introduced?: Introduction;
  erased?: Erasure;
  /** Misses in a row. */
  misses: number;
  /** The bot has said that it is automated since the last hand-back. */
  disclosed: boolean;
  /** The customer said STOP: nothing is started by us. */
  stopped: boolean;
  /** Orders the customer asked about: what changes of them is told here. */
  watching?: WatchedOrder[];
  /** What the customer has asked about, each once, in order of name; for the shop's figures. */
  topics?: IntentName[];
  handoff?: HandoffBrief;
  waitingSince?: Date;
  /** A person was needed at some time, and why the last time; for the shop's figures. */
  everHanded?: boolean;
  lastHandoffReason?: HandoffReason | 'taken';
  people?: PeopleTimes;
  survey?: Survey;
  /** The one offer of the way back to the bot was made in this wait. */
  wayBackOffered?: boolean;
  outbox: OutboxEntry[];
  /** Last transcript number given out. */
  sequence: number;
  /** Transcript lines committed but perhaps not yet copied to `messages`. */
  tail: TranscriptEntry[];
  lease?: TurnLease;
  /** Inbox ids of committed turns whose marks may not be in the store yet; never handled again. */
  lastBatch: string[];
  lastCustomerMessageAt?: Date;
  lastCustomerMessageId?: string;
  /** Short preview for the queue. */
  lastText?: string;
  lastFrom?: Author;
  failedTurns: number;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** True from the moment the customer deleted the conversation until they write again. */
export function isErased({
  erased,
  lastCustomerMessageAt,
}: Pick<Conversation, 'erased' | 'lastCustomerMessageAt'>): boolean {
  return erased !== undefined && lastCustomerMessageAt === undefined;
}

const PART = /^[^:]{1,200}$/;

/** Stable key of a conversation: `channel:account:user`. Refuses empty parts and colons in channel or account. */
export function conversationKey(ref: ConversationReference): string {
  if (!PART.test(ref.channel) || !PART.test(ref.account) || !ref.user || ref.user.length > 300) {
    throw new AppError('invalid_input', 'a conversation reference needs a channel, an account and a user');
  }
  return `${ref.channel}:${ref.account}:${ref.user}`;
}

/** Reads a key back; refuses what `conversationKey` would not have made. */
export function parseConversationKey(key: string): ConversationReference {
  const [channel = '', account = '', ...rest] = key.split(':');
  const ref = { channel, account, user: rest.join(':') };
  conversationKey(ref);
  return ref;
}

/** Stable key of an identity, for indexes and for binding proofs. */
export function identityKey(identity: Identity): string {
  return `${identity.channel}:${identity.account}:${identity.kind}:${identity.value}`;
}
