import type { ConversationReference, Identity, InboundActivity } from './activity';
import type {
  Conversation,
  Erasure,
  MessageState,
  OutboxEntry,
  Owner,
  TranscriptEntry,
  TurnLease,
} from './conversation';
import type { Locale } from './locale';
import type { Page } from './order-store';

/** An accepted event as stored. */
export interface InboxItem {
  _id: string;
  conversation?: string;
  customerId?: string;
  state: 'new' | 'done';
  /** Sorts by arrival, between processes to the millisecond. */
  arrival: string;
  activity: InboundActivity;
  receivedAt: Date;
  expireAt?: Date;
}

/** The inbox collection: the unique key that makes an accepted event happen once. */
export interface InboxStore {
  nextArrival(now: Date): string;
  /** True when stored now, false when it was there already. Durable when it resolves. */
  insert(item: InboxItem): Promise<boolean>;
  /** Events of one conversation that no turn has settled, in order of arrival. */
  pending(conversation: string, limit: number): Promise<InboxItem[]>;
  /** The events of a fixed batch, in the order of `ids`. */
  byIds(ids: string[]): Promise<InboxItem[]>;
  /** Conversations with unsettled events, oldest first; with `before` only events that arrived earlier. */
  conversationsPending(limit: number, before?: Date): Promise<{ conversations: string[]; all: boolean }>;
  done(ids: string[]): Promise<true>;
}

/** A change of a message's delivery state, keyed by our id or the provider's. Only climbs. */
export interface StateChange {
  id?: string;
  providerId?: string;
  state: MessageState;
  /** Provider's id to note beside it. */
  setProviderId?: string;
  /** Part of a long message that a receipt proved to have arrived. */
  part?: number;
  error?: string;
}

/** The messages collection. Appending twice changes nothing; states only climb. */
export interface MessageStore {
  append(entries: TranscriptEntry[]): Promise<true>;
  setState(change: StateChange): Promise<true>;
  requeue(id: string): Promise<boolean>;
  get(id: string): Promise<TranscriptEntry | undefined>;
  byProviderId(providerId: string): Promise<TranscriptEntry | undefined>;
  list(
    conversation: string,
    options?: { after?: number; before?: number; limit?: number; publicOnly?: boolean },
  ): Promise<TranscriptEntry[]>;
  readUpTo(conversation: string, at: Date): Promise<void>;
  rewrite(id: string, text: string | undefined): Promise<void>;
  /** Conversations in which a line holds all these words, the latest first; looks through the newest lines only. */
  mentioning(words: string[], limit: number): Promise<string[]>;
}

/** What a new conversation starts from. */
export interface NewConversation {
  reference: ConversationReference;
  customerId: string;
  locale: Locale;
}

/** One fenced write to a conversation. Everything in it happens or nothing does. */
export interface ConversationWrite {
  set?: Partial<Omit<Conversation, 'key' | 'version' | 'sequence' | 'tail' | 'outbox'>>;
  unset?: (keyof Conversation)[];
  /** Transcript lines, numbered by the writer from the sequence it read. */
  append?: TranscriptEntry[];
  enqueue?: OutboxEntry[];
  /** Takes the bot's waiting sends out of the outbox; those already claimed stay. */
  cancelBotSends?: boolean;
  /** The owner moved. */
  bumpEpoch?: boolean;
  /** Further search words for the desk. */
  searchKeys?: string[];
  /** Takes what waits in tail and outbox, and all search words, away first. */
  empties?: boolean;
}

/** The conversations collection. */
export interface ConversationStore {
  get(key: string): Promise<Conversation | undefined>;
  open(
    key: string,
    start: NewConversation,
    identities: Identity[],
    name: string | undefined,
    now: Date,
  ): Promise<Conversation>;
  /** Takes a free conversation for one turn; undefined when somebody holds it. Creates it when new. */
  lease(
    key: string,
    lease: TurnLease,
    start: NewConversation,
    identities: Identity[],
    name: string | undefined,
    now: Date,
  ): Promise<Conversation | undefined>;
  /** Takes over a lease that ran out, keeping turn id and batch; undefined when it moved meanwhile. */
  inheritLease(key: string, version: number, holder: string, until: Date): Promise<Conversation | undefined>;
  /** Undefined when the version moved: nothing was changed. */
  write(key: string, version: number, write: ConversationWrite): Promise<Conversation | undefined>;
  /**
   * The same for a turn, answering only whether it took effect; may share its round trip with other conversations. The write must add
   * `eventId` to `lastBatch`, where no earlier write has put it: that is how it is found again.
   */
  commit(key: string, version: number, write: ConversationWrite, eventId: string): Promise<boolean>;
  /** Takes the lease if nobody wrote since `version` and nobody holds one; the version moves by one. */
  hold(key: string, version: number, lease: TurnLease): Promise<boolean>;
  clearTail(key: string, upTo: number): Promise<true>;
  changedSince(since: Date, limit: number, keys?: string[]): Promise<Conversation[]>;
  list(filter: {
    channel?: string;
    user?: string;
    owner?: Owner;
    owners?: Owner[];
    assignee?: string;
    search?: string;
    updatedAfter?: Date;
    limit?: number;
    cursor?: string;
  }): Promise<Page<Conversation>>;
  counts(): Promise<Record<Owner, number>>;
  /** Conversations that follow one of these orders. */
  watching(orderNumbers: string[]): Promise<Conversation[]>;
}

/** The sending side of a conversation; only its head moves. */
export interface OutboxStore {
  /**
   * Claims the head just before it leaves, by one conditional write. A bot's entry needs the owner epoch it was written under. False when it
   * is not the head any more, somebody else claimed it, or a person took over.
   */
  claim(key: string, entry: OutboxEntry, holder: string, now: Date, staleAt: Date): Promise<boolean>;
  /** Takes the head off; with `clearTail` also transcript lines up to that number, known to be copied. */
  settleHead(key: string, id: string, clearTail?: number): Promise<void>;
  adjustHead(
    key: string,
    id: string,
    set: Partial<Pick<OutboxEntry, 'state' | 'part' | 'dueAt' | 'attempts'>>,
  ): Promise<boolean>;
  /** Conversations whose outbox has something due, also claims that ran out. */
  outboxDue(now: Date, limit: number): Promise<string[]>;
}

/** What is kept of a conversation in other collections than its own. Both calls may be repeated. */
export interface ErasureStore {
  /** Events accepted up to a moment lose what they say and wait no more; their keys stay against repeats. */
  silence(conversation: string, until: Date): Promise<void>;
  /**
   * Takes lines, files and identities up to the erasure away, and what leads to the conversation out of orders and codes. What was asked for an order
   * stays with it, and the count of codes sent and of wrong guesses stays: deleting a chat gives no new tries.
   */
  clear(conversation: string, erased: Erasure): Promise<void>;
  /** Conversations whose erasure was cut off. */
  unfinished(): Promise<string[]>;
}

/** Customers as sets of identities. */
export interface CustomerStore {
  resolve(
    reference: ConversationReference,
    identities: Identity[],
    evidence: string,
    now: Date,
  ): Promise<{ customerId: string; conversation: string }>;
  /** Identities of a conversation are no longer known; answers their keys. */
  forget(conversation: string, until: Date): Promise<string[]>;
  addAlias(
    previous: Identity,
    current: Identity[],
    evidence: string,
    now: Date,
  ): Promise<{ customerId: string; conversation: string } | undefined>;
}
