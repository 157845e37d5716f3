import type { Conversation, Owner, TranscriptEntry } from './conversation';
import type { ConversationReference, InboundActivity } from './activity';
import type { Content, TemplateContent } from './content';
import type { Introduction } from './introduction';
import type { Page } from './order-store';

/** Takes what channels hand in. Resolves only when everything is durably stored; a repeated id changes nothing. */
export interface Inbox {
  accept(activities: InboundActivity[]): Promise<void>;
}

/** Who acts at the desk or through the API. */
export interface Actor {
  id: string;
  name: string;
}

/** What may leave on a conversation's channel now, for a person. */
export interface ReplyWindow {
  state: 'open' | 'agent-only' | 'closed' | 'none';
  /** End of the present state; absent for `none`. */
  until?: Date;
  /** Templates may be sent when closed. */
  templates: boolean;
}

/** Reading conversations. */
export interface Conversations {
  get(key: string): Promise<Conversation | undefined>;
  list(filter: {
    channel?: string;
    user?: string;
    owner?: Owner;
    owners?: Owner[];
    assignee?: string;
    /** Order number, phone digits or name, from their beginning. */
    search?: string;
    updatedAfter?: Date;
    limit?: number;
    cursor?: string;
  }): Promise<Page<Conversation>>;
  counts(): Promise<Record<Owner, number>>;
  /** Conversations that follow one of these orders. */
  watching(orderNumbers: string[]): Promise<Conversation[]>;
  /** Conversations with a line that holds every word of `text`, the latest first, among the newest lines of the shop (5,000). */
  mentioning(text: string, limit: number): Promise<Conversation[]>;
  messages(
    key: string,
    options?: { after?: number; before?: number; limit?: number; publicOnly?: boolean },
  ): Promise<TranscriptEntry[]>;
  window(conversation: Conversation): ReplyWindow;
}

/** How the product's own message is told. */
export interface NotifyOptions {
  /** Moves the owner to `waiting` in the same write. */
  handoff?: Conversation['handoff'];
  /** Sent instead of the text when only templates may leave. */
  template?: TemplateContent;
  /** Also while the customer waits for a person it is only noted: nothing is added to what was said at hand-over. */
  noteWhileWaiting?: boolean;
  /** Why it must not reach the customer now, whatever the window says: it is noted for the desk with these words before it. */
  hold?: string;
  /** Orders followed from now on, written together with the message; undefined: there is nothing to tell any more. */
  follow?(conversation: Conversation): Conversation['watching'] | undefined;
}

/** What people (desk, API) and the rest of the product may do to a conversation. All idempotent by `id` where one is given. */
export interface ConversationActions {
  /** Writes to the customer as a person; takes the conversation over if nobody has it; refuses when another agent holds it or the window is closed. */
  reply(key: string, actor: Actor, content: Content, id?: string): Promise<TranscriptEntry>;
  /** A private note; never reaches the customer. */
  note(key: string, actor: Actor, text: string, id?: string): Promise<TranscriptEntry>;
  /**
   * Moves the owner. Taking over (`agent`) is atomic: it refuses with `conflict` when another agent holds it (unless `force`), waits at most 2 s for
   * a bot's message already leaving and says in `leaving` whether one still was.
   */
  setOwner(
    key: string,
    owner: 'agent' | 'bot' | 'waiting' | 'closed',
    actor: Actor,
    options?: { force?: boolean; handoff?: Conversation['handoff']; survey?: boolean },
  ): Promise<{ conversation: Conversation; leaving: boolean }>;
  /**
   * The product's own message about something that happened. Told once per `id`; its options, made with that id, are the open ones from then
   * on. While a person owns the conversation it becomes a
   * note for them instead, and so it does when STOP or a closed window keeps it from the customer.
   */
  notify(
    key: string,
    id: string,
    content: Content,
    options?: NotifyOptions,
  ): Promise<'queued' | 'noted' | 'repeated' | 'silent'>;
  /** A message that is not part of any dialogue (one-time code to an order's phone): opens the conversation if needed, ignores owners. */
  sendSystem(
    reference: ConversationReference,
    id: string,
    content: Content,
    transcriptText: string,
  ): Promise<void>;
  /** Tries a failed message again under the same id. */
  retry(key: string, messageId: string, actor: Actor): Promise<void>;
  /** Shows a visitor's conversation without any message yet (web session). */
  open(
    reference: ConversationReference,
    options: {
      identities: import('./activity').Identity[];
      locale?: string;
      shopIdentity?: import('./proof').ShopIdentity;
      name?: string;
      introduced?: Introduction;
    },
  ): Promise<Conversation>;
  /**
   * The customer deletes their conversation: its lines, files, and what was known of them here. A line for the desk says so; orders and what
   * was asked for them stay. A turn on its way is thrown away. Doing it again, or to what is not there, changes nothing.
   */
  erase(key: string): Promise<void>;
}

/** A live event of one conversation. */
export type FeedEvent =
  | { type: 'message'; entry: TranscriptEntry }
  | { type: 'owner'; owner: Owner; assigneeName?: string }
  /** The customer deleted everything up to this line. */
  | { type: 'erased'; upTo: number }
  | { type: 'typing'; from: 'bot' | 'agent'; on: boolean }
  | { type: 'state'; id: string; seq: number; state: TranscriptEntry['state']; error?: string };

/** Live feeds that follow the store by sequence number, whoever wrote; at most 500 ms behind. */
export interface LiveFeeds {
  /** Every entry after `after`, in order, none twice, then what comes. Answers the function that stops it. */
  follow(
    key: string,
    after: number,
    options: { publicOnly: boolean },
    listener: (event: FeedEvent) => void,
  ): () => void;
  /** Calls back with conversations that changed (any owner, any field the queue shows). */
  followQueue(listener: (changed: Conversation[]) => void): () => void;
  /** Tells viewers that somebody is typing; not stored. */
  typing(key: string, from: 'bot' | 'agent', on: boolean): void;
}
