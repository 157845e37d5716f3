import type { Clock } from '../../core/clock';

/** Channels the stand-in speaks for. */
export type StandInChannel = 'whatsapp' | 'instagram';

/** A phone number on the stand-in's WhatsApp. */
export interface StandInNumber {
  phoneNumberId: string;
  businessAccountId: string;
  /** Digits, as customers see it. */
  displayPhone: string;
  appSecret: string;
  /** Refuses other bearer tokens with 190 when given. */
  accessToken?: string;
}

/** A professional account on the stand-in's Instagram. */
export interface StandInAccount {
  accountId: string;
  appSecret: string;
  accessToken?: string;
}

/** A template the stand-in accepts. */
export interface StandInTemplate {
  name: string;
  language: string;
  /** What it says, with `{{1}}`, `{{2}}`…; listed with its business account. */
  body?: string;
  /** Parameters of its body. */
  parameters: number;
  /** It has a copy-code button, which needs the code as its own parameter. */
  codeButton?: boolean;
}

/** A refusal in Meta's form. */
export interface GraphError {
  code: number;
  subcode?: number;
  /** HTTP status; 400 unless said otherwise. */
  status?: number;
  details?: string;
  /** Seconds for a `retry-after` header. */
  retryAfter?: number;
}

/** What can go wrong with one call besides Meta's rules. */
export type Fault =
  | { kind: 'refuse'; error: GraphError }
  /** The connection breaks; with `accept` after the message was taken, so that its statuses still come. */
  | { kind: 'drop'; accept: boolean }
  /** No answer at all; with `accept` the message was taken. */
  | { kind: 'hang'; accept: boolean }
  /** Something that is not from the Graph API, such as a proxy's page. */
  | { kind: 'garbage'; status: number };

/** One message call on the ledger. */
export interface SendRecord {
  channel: StandInChannel;
  /** Phone digits, business-scoped id or Instagram-scoped id. */
  to: string;
  /** The request's body, whole. */
  body: Record<string, unknown>;
  /** What the customer reads. */
  text: string;
  options: { id: string; title: string }[];
  callbackId?: string;
  /** Set when the message was taken. */
  providerId?: string;
  /** Set when it was refused. */
  error?: GraphError;
  /** By the stand-in's clock. */
  at: Date;
  /** Monotonic milliseconds, for measuring. */
  receivedAt: number;
}

/** Something that went over the wire, for showing. Bearer tokens are left out. */
export type WireEvent =
  | {
      type: 'webhook';
      channel: StandInChannel;
      at: Date;
      url: string;
      signature: string;
      body: unknown;
      /** Answer of the product; 0 when there was none. */
      status: number;
    }
  | {
      type: 'call';
      channel: StandInChannel;
      at: Date;
      method: string;
      path: string;
      body: unknown;
      /** 0 when the connection was dropped. */
      status: number;
      answer: unknown;
    };

/** How the stand-in acts; every part can be changed while it runs. */
export interface Behaviour {
  /** Milliseconds before an answer. */
  delayMs: number | ((send: SendRecord) => number);
  /** Statuses posted for each WhatsApp message taken, in this order. */
  statuses: ('sent' | 'delivered' | 'read')[];
  /** Posts them, and Instagram's echo, before the call is answered. */
  statusesFirst: boolean;
  /** Reports our own Instagram sends back, as Instagram does. */
  echoes: boolean;
  /** Refuses free text later than 24 hours after the customer's last message that came through the stand-in. */
  windows: boolean;
  /** Refuses more than 45 messages at once to one person. */
  pairLimit: boolean;
  /** Decides about each call; undefined lets Meta's rules decide. */
  fault?: (send: SendRecord) => Fault | undefined;
}

/** What a stand-in is started with. */
export interface GraphStandInOptions {
  clock: Clock;
  /** Loopback port; a free one when absent. */
  port?: number;
  /** The product's address, for example `http://127.0.0.1:3000`; may be set later. */
  webhookBase?: string;
  whatsapp?: StandInNumber;
  instagram?: StandInAccount;
  templates?: StandInTemplate[];
  behaviour?: Partial<Behaviour>;
  /** Records kept on the ledger; the oldest fall off. */
  keep?: number;
}
