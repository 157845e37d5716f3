/** What parent and child say to each other. Everything is plain JSON; texts and numbers travel here and nowhere else. */

/** How long the child waits for what, milliseconds. Tests shorten them. */
export interface ChildTimes {
  /** From the start until a code to scan, or a session. */
  openMs: number;
  /** From "authenticated" until ready; WhatsApp Web sometimes stops in between for good. */
  readyMs: number;
  /** Between looks at the connection, and between signs of life. */
  lookMs: number;
  /** Longest wait for an answer of the browser; two missed looks are a dead session. */
  answerMs: number;
  /** Longest wait for one send; below the age at which a claimed message counts as abandoned. */
  sendMs: number;
}

/** What the child is started with. */
export interface ChildOptions {
  /** Path of the client library. */
  library: string;
  chromePath: string;
  /** Folder of the session and of what has been taken so far. */
  folder: string;
  times: ChildTimes;
}

/** One message of WhatsApp Web, cut down to what a channel needs. `chat` and `phone` are WhatsApp's own ids of a person. */
export interface WebMessage {
  /** Unique on this account. */
  id: string;
  fromMe: boolean;
  /** The other side: `<digits>@c.us`, or `<digits>@lid` where the digits are no phone number. */
  chat: string;
  /** `<digits>@c.us` of the same person where WhatsApp tells it. */
  phone?: string;
  name?: string;
  /** WhatsApp's own word: chat, image, ptt, location… */
  type: string;
  /** What was written: a text, or the words under a file. */
  text?: string;
  mime?: string;
  place?: { latitude: number; longitude: number; name?: string; address?: string };
  vcards?: string[];
  /** Seconds since 1970. */
  at: number;
}

/** Something that happened on the account. */
export type WebEvent =
  | { kind: 'message'; message: WebMessage }
  | { kind: 'ack'; messageId: string; ack: number; callbackId?: string; part?: number; at: number }
  | { kind: 'edited'; message: WebMessage }
  | { kind: 'revoked'; message: WebMessage; targetId: string }
  | { kind: 'moved'; id: string; from: string; to: string; at: number };

/** One text to one person. `callbackId` and `part` come back with its acks. */
export interface SendOrder {
  number: number;
  to: string;
  text: string;
  callbackId: string;
  part: number;
}

export type ToChild =
  | { type: 'start'; options: ChildOptions }
  | ({ type: 'send' } & SendOrder)
  | { type: 'typing'; to: string }
  /** Everything up to this delivery is stored. */
  | { type: 'stored'; number: number }
  | { type: 'stop' };

/** Why a send did not succeed: `unknown` may have left all the same. */
export type SendFault = 'unknown' | 'undeliverable' | 'not_connected';

export type FromChild =
  | { type: 'alive' }
  /** The browser's process, for the case that the child cannot close it any more. */
  | { type: 'browser'; pid: number }
  | { type: 'qr'; qr: string }
  | { type: 'opening' }
  /** Connected, and everything missed meanwhile is stored. */
  | { type: 'ready' }
  | { type: 'events'; number: number; events: WebEvent[] }
  | { type: 'sent'; number: number; messageId: string }
  | { type: 'refused'; number: number; why: SendFault }
  /** A word of ours or of WhatsApp, never free text. */
  | { type: 'lost'; reason: string };
