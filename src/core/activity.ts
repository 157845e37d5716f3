/** Kinds of identities a customer may have; `account` scopes those that mean nothing elsewhere. */
export type IdentityKind =
  'wa_phone' | 'wa_bsuid' | 'wa_lid' | 'ig_igsid' | 'web_visitor' | 'web_customer' | 'email' | 'e164';

/** One way in which a customer is known. Never proof by itself. */
export interface Identity {
  channel: string;
  account: string;
  kind: IdentityKind;
  value: string;
}

/** Where a conversation takes place: our account on a channel, and the person. */
export interface ConversationReference {
  channel: string;
  /** Our side: phone number id, Instagram account id, `web`. */
  account: string;
  /** wa_id digits (business-scoped id without one), Instagram-scoped id, public id of the web session. */
  user: string;
}

/** A file a customer sent. `ref` is the provider's id or address; nothing is fetched while parsing. */
export interface Attachment {
  kind: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker' | 'post' | 'mention' | 'other';
  ref: string;
  mime?: string;
  caption?: string;
}

/** What a customer's message carried. */
export type MessageBody =
  | { kind: 'text'; text: string }
  | { kind: 'choice'; choiceId: string; title?: string }
  | { kind: 'media'; attachments: Attachment[]; text?: string }
  | { kind: 'form'; name: string; values: Record<string, string> }
  | { kind: 'location'; latitude: number; longitude: number; name?: string; address?: string }
  | { kind: 'contacts'; phones: string[] }
  | { kind: 'unsupported'; what: string };

/** Delivery states in their order; a later one is never overwritten by an earlier one. */
export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'failed';

/** What a channel hands in, already normalised. `id` is unique per (channel, account) and is the key against duplicates. */
export type InboundActivity =
  | {
      type: 'message';
      id: string;
      reference: ConversationReference;
      /** All identities this event proved to belong together; the first names the conversation when it is new. */
      identities: Identity[];
      /** Profile name as the provider says it; never proof. */
      name?: string;
      at: Date;
      body: MessageBody;
      /** Provider's id of our message this answers, when it does. */
      replyTo?: string;
    }
  | {
      /** A colleague answered from outside the desk (phone app, Instagram app), or the provider reports our own send. */
      type: 'echo';
      id: string;
      reference: ConversationReference;
      identities: Identity[];
      at: Date;
      text: string;
    }
  | {
      type: 'receipt';
      id: string;
      channel: string;
      account: string;
      /** Provider's message id. */
      messageId: string;
      /** Our outbox id, where the provider returns it. */
      callbackId?: string;
      /** Part of the message it is about, counted from 0 in the order of `render`; absent: the first. */
      part?: number;
      status: DeliveryStatus;
      errorCode?: number | string;
      /** Why it failed, in the words of `ChannelError.reason`. */
      reason?: string;
      at: Date;
    }
  | {
      /** Read up to and including `messageId` (Instagram). */
      type: 'read-up-to';
      id: string;
      reference: ConversationReference;
      identities: Identity[];
      messageId: string;
      at: Date;
    }
  | {
      type: 'edited';
      id: string;
      reference: ConversationReference;
      identities: Identity[];
      targetId: string;
      text?: string;
      at: Date;
    }
  | {
      type: 'revoked';
      id: string;
      reference: ConversationReference;
      identities: Identity[];
      targetId: string;
      at: Date;
    }
  | {
      type: 'identity-changed';
      id: string;
      channel: string;
      account: string;
      previous?: Identity;
      current: Identity[];
      at: Date;
    }
  | {
      type: 'consent';
      id: string;
      reference: ConversationReference;
      identities: Identity[];
      stop: boolean;
      at: Date;
    }
  | {
      /** Stored and counted, nothing else: unknown kinds, account events, reactions, history imports. */
      type: 'ignored';
      id: string;
      channel: string;
      account: string;
      what: string;
      at: Date;
    };

/** The customer-message variant. */
export type InboundMessage = Extract<InboundActivity, { type: 'message' }>;
