import type { Content } from './content';
import type { ConversationReference, Identity, InboundActivity } from './activity';

/** Facts about a channel that the rest of the product may ask, so that nobody switches on its name. */
export interface ChannelCapabilities {
  /** Largest text of one message and the unit it is counted in. */
  text: { max: number; unit: 'characters' | 'bytes' };
  /** How options are shown: real controls, or numbers in the text. */
  options: 'controls' | 'numbers';
  /** Most options one message can show as controls. */
  maxOptions: number;
  /** Free-reply window after the customer's last message, hours; undefined: no window. */
  windowHours?: number;
  /** Window in which a person (not the bot) may still write, hours. */
  agentWindowHours?: number;
  /** Templates may be sent outside the window. */
  templates: boolean;
  /** The provider authenticates the sender's phone number, so it may match orders (proof level 1). */
  provesPhone: boolean;
  /** `push`: sends are HTTP calls to a provider. `feed`: customers read from our own live feed, so committing is sending. */
  delivery: 'push' | 'feed';
  /** Draws order cards. */
  cards: boolean;
}

/** A message template the provider has approved, which a person can fill. `body` has `{{1}}`, `{{2}}`…; `values` says what each is. */
export interface ApprovedTemplate {
  name: string;
  language: string;
  body: string;
  values: string[];
}

/** The other side of a send: where to, and what our side calls this message (equal across its retries). */
export interface SendTarget {
  reference: ConversationReference;
  identities: Identity[];
  callbackId: string;
  /** Set when a person wrote it: Instagram allows those for seven days. */
  author: 'bot' | 'agent' | 'system';
  /** Reply window at this moment; `agent-only` lets a channel mark a person's message as such. Absent counts as open. */
  window?: 'open' | 'agent-only';
}

/** Headers in lower case. */
export type Headers = Record<string, string | string[] | undefined>;

/** Inbound side of a channel whose provider posts to us. */
export interface WebhookInbound {
  /** Answer to the provider's handshake; undefined refuses it (403). */
  challenge(query: Record<string, unknown>): string | undefined;
  /** True when the raw bytes carry a valid signature; constant time. */
  authenticate(rawBody: Buffer, headers: Headers): boolean;
  /** Normalises a parsed body; never throws on any JSON; one bad item never spoils the others. */
  parse(body: unknown, receivedAt: Date): InboundActivity[];
}

/** How the session of a channel stands. */
export interface SessionState {
  /** `linking`: the shop's phone has to scan the code; `down`: it is tried again; `blocked`: nothing is tried until a new start. */
  name: 'starting' | 'linking' | 'ready' | 'down' | 'blocked';
  /** What is wrong or has to be done, in words for whoever runs the product; absent when ready. */
  note?: string;
  /** What the shop's phone scans while `linking`. Good for about a minute; shown to admins, never logged. */
  qr?: string;
}

/** What a session is handed at its start. */
export interface SessionHands {
  /** Resolves when everything is stored; a repeated id changes nothing. */
  accept(activities: InboundActivity[]): Promise<void>;
  onState(state: SessionState): void;
}

/** Inbound side of a channel that keeps a session open instead of being posted to. A session that breaks never breaks the product. */
export interface ChannelSession {
  start(hands: SessionHands): void;
  /** Ends it within five seconds; what has come in by then is stored. */
  stop(): Promise<void>;
  state(): SessionState;
}

/**
 * A channel: pure rendering, and the one function that talks to the provider.
 * `render` promises payloads within the capabilities; `send` performs one payload and throws `ChannelError`.
 */
export interface ChannelAdapter<Payload = unknown> {
  readonly id: string;
  /** Our account on this channel (phone number id, Instagram account id, `web`). */
  readonly account: string;
  readonly capabilities: ChannelCapabilities;
  readonly inbound?: WebhookInbound;
  readonly session?: ChannelSession;
  render(content: Content): Payload[];
  send(target: SendTarget, payload: Payload): Promise<{ providerId: string }>;
  /** Approved templates, for people who write outside the reply window; never throws. */
  approvedTemplates?(): Promise<ApprovedTemplate[]>;
  /**
   * Fetches a file of an attachment by its `ref`; absent where files are handed in with the message. Throws `ChannelError`: `never` when it is
   * gone, refused or larger than `maxBytes`.
   */
  fetchFile?(ref: string, maxBytes: number): Promise<Buffer>;
  /** Shows the customer that an answer is being written; best effort, never throws. */
  showTyping?(target: ConversationReference, lastMessageId: string): Promise<void>;
}
