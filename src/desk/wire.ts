import type { AgentRole } from '../core/agents';
import type { SessionState } from '../core/channel';
import type { CardStep } from '../core/content';
import type { Author, HandoffReason, MessageState, Owner, Score } from '../core/conversation';
import type { Figures } from '../core/summary';
import type { Introduction } from '../core/introduction';
import type { Address, InstructionAction, RequestState, RequestType, ShipmentStatus } from '../core/order';

/**
 * The JSON between the desk's page and `/desk/api`. Types only; both sides import them. Times are ISO 8601 in UTC, days `YYYY-MM-DD`.
 */

/** Who is signed in, and what the page must know about the shop. */
export interface SessionWire {
  agent: { id: string; name: string; email: string; role: AgentRole };
  /** Sent back as `X-CSRF-Token` with every write. */
  csrf: string;
  shop: { name: string; timeZone: string; answerWithinMinutes: number };
}

/** A line of the queue. */
export interface QueueItemWire {
  key: string;
  channel: string;
  user: string;
  name?: string;
  owner: Owner;
  assignee?: string;
  assigneeName?: string;
  locale: string;
  lastText?: string;
  lastFrom?: Author;
  updatedAt: string;
  waitingSince?: string;
  /** When a person's answer is due; absent when nobody is waiting for one. */
  dueAt?: string;
  reason?: HandoffReason;
  priority?: 'normal' | 'high';
  orderNumber?: string;
  /** The customer deleted the chat and has not written since: nobody can be written to. */
  erased?: boolean;
  /** The customer was asked how the help was: when, and what they answered, 1 (worst) to 5. */
  survey?: { askedAt: string; score?: Score };
}

export type CountsWire = Record<Owner, number>;

export interface QueueWire {
  items: QueueItemWire[];
  nextCursor: string | null;
}

/** A line of the transcript. */
export interface MessageWire {
  id: string;
  seq: number;
  from: Author;
  agent?: string;
  text: string;
  visibility: 'public' | 'note';
  options?: string[];
  card?: { orderNumber: string; title: string; status: string };
  attachments?: { kind: string; ref: string; mime?: string }[];
  state?: MessageState;
  error?: string;
  at: string;
}

/** Why it came to a person and what is known. */
export interface BriefWire {
  reason: HandoffReason;
  priority: 'normal' | 'high';
  at: string;
  wants?: string;
  orderNumber?: string;
  gathered: { name: string; value: string; seq?: number }[];
  /** Requests made in this conversation, as they stand now. */
  done: { id: string; orderNumber?: string; request?: RequestWire }[];
  promised?: string;
  suggestion?: string;
}

export interface WindowWire {
  state: 'open' | 'agent-only' | 'closed' | 'none';
  until?: string;
  templates: boolean;
}

/** An approved template an agent may pick when the window is closed. `body` has `{{1}}`, `{{2}}`… */
export interface TemplateWire {
  name: string;
  language: string;
  body: string;
  /** What each value is, in order. */
  values: string[];
}

/** Everything shown when a conversation opens. */
export interface ConversationWire {
  item: QueueItemWire;
  sequence: number;
  stopped: boolean;
  identities: { channel: string; kind: string; value: string }[];
  /** Nothing up to this line is there any more. */
  erasedUpTo?: number;
  /** What a visitor said of themselves before the first message. Proves nothing. */
  introduced?: Introduction;
  proof: { level: 0 | 1 | 2 | 3; how: string; until?: string };
  window: WindowWire;
  templates: TemplateWire[];
  brief?: BriefWire;
  messages: MessageWire[];
  orders: OrderWire[];
  viewers: ViewerWire[];
}

export interface ViewerWire {
  id: string;
  name: string;
  typing: boolean;
}

export interface RequestWire {
  id: string;
  type: RequestType;
  action: InstructionAction;
  state: RequestState;
  at: string;
  by: 'customer' | 'agent' | 'api';
  shipmentId?: string;
  date?: string;
  slot?: string;
  address?: Address;
  changedFields?: string[];
  phone?: string;
  comments?: string;
  reference?: string;
  reason?: string;
  settledAt?: string;
  conversation?: string;
  return?: {
    rma: string;
    items: { sku: string; name: string; quantity: number }[];
    reason: string;
    resolution: string;
    exchangeFor?: string;
    pickup?: { date?: string; slot?: string };
    /** Masked. */
    refundTo?: string;
    photos: number;
  };
}

export interface ParcelWire {
  id: string;
  carrier: string;
  trackingNumber?: string;
  trackingUrl?: string;
  status: ShipmentStatus;
  statusAt?: string;
  items: { name: string; quantity: number }[];
  promisedBy?: string;
  estimatedDelivery?: string;
  attempts: number;
  steps: CardStep[];
  /** Why and by how much it is late, in words; absent when it is not. */
  late?: string;
  /** Newest first. */
  events: { at: string; status: ShipmentStatus; location?: string; note?: string }[];
}

/** An order as agents see it: everything but refund accounts, which stay masked. */
export interface OrderWire {
  orderNumber: string;
  placedAt: string;
  currency: string;
  customer: { name: string; phone: string; email?: string };
  payment: { method: 'prepaid' | 'cod'; status: string; total: string };
  items: { sku: string; name: string; quantity: number; unitPrice: string; returnable: boolean }[];
  shippingAddress: Address;
  parcels: ParcelWire[];
  requests: RequestWire[];
  /** Newest first. */
  history: { at: string; what: string; by: string; detail?: Record<string, unknown> }[];
  version: number;
}

/** A line of the list of requests. */
export interface RequestLineWire {
  orderNumber: string;
  customer: string;
  carrier?: string;
  trackingNumber?: string;
  request: RequestWire;
}

/** A parcel that was not handed over and waits to hear what to do. */
export interface FailedDeliveryWire {
  orderNumber: string;
  customer: string;
  shipmentId: string;
  carrier: string;
  trackingNumber?: string;
  /** Why, in our words; absent when nobody said. */
  reason?: string;
  /** Failed attempts so far, and how many the carrier makes. */
  attempt: number;
  attempts: number;
  since: string;
  /** From here on it is late, urgent, and may be on its way back. */
  lateAt: string;
  urgentAt: string;
  answerBy: string;
  /** What was asked of the carrier since. */
  answer?: RequestWire;
  /** The customer says that nobody came at this attempt. */
  disputed: boolean;
  /** Where the customer asked about the order, the latest; absent when they never did and could not be asked. */
  conversation?: { key: string; owner: Owner };
  order: OrderWire;
}

export interface TeamWire {
  counts: CountsWire;
  /** Start of the longest wait; absent when nobody waits. */
  longestWaitSince?: string;
  agents: { id: string; name: string; role: AgentRole; online: boolean; holding: number }[];
}

export interface AgentWire {
  id: string;
  name: string;
  email: string;
  role: AgentRole;
  active: boolean;
}

/** The shop's figures of a span of days, both ends included. */
export interface FiguresWire {
  from: string;
  to: string;
  countedAt: string;
  /** What can be chosen from. */
  channels: string[];
  locales: string[];
  figures: Figures;
}

/** A channel with a session of its own. */
export interface ChannelWire {
  id: string;
  state: SessionState['name'];
  note?: string;
  /** `/channels/{id}/code.svg` shows what the shop's phone has to scan. */
  hasCode: boolean;
}

/** Events of the feed; the name of each server-sent event is its key here. */
export interface FeedWire {
  queue: QueueItemWire[];
  counts: CountsWire;
  message: MessageWire;
  state: { id: string; seq: number; state?: MessageState; error?: string };
  owner: { owner: Owner; assigneeName?: string };
  /** The customer deleted everything up to this line. */
  erased: { upTo: number };
  typing: { from: 'bot' | 'agent'; on: boolean };
  viewers: ViewerWire[];
  ping: Record<string, never>;
}

/** RFC 9457 problem as the desk answers it. */
export interface ProblemWire {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  errors?: { field: string; message: string }[];
  /** Name of the agent who holds the conversation, when that is the conflict. */
  holder?: string;
  /** Seconds until it is worth trying again. */
  retryAfter?: number;
}
