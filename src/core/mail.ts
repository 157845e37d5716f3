/** An e-mail to one person. `id` makes queuing idempotent. */
export interface Mail {
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** Queues mail durably; a worker delivers it (or the demo's mailbox page shows it). */
export interface MailPort {
  /** False when the shop has configured no mail: nothing was queued. */
  readonly available: boolean;
  queue(mail: Mail, now: Date): Promise<void>;
}

/** Where a mail stands. `shown` mails never leave: the demo's mailbox page shows them. */
export type MailState = 'queued' | 'sent' | 'failed' | 'shown';

/** A mail as stored. Its text is wiped once it has left or been given up, since it may hold a one-time code. */
export interface StoredMail extends Mail {
  state: MailState;
  queuedAt: Date;
  attempts: number;
  /** When it may be tried next; while somebody is sending it, when that attempt counts as lost. */
  dueAt: Date;
  sentAt?: Date;
  /** Stable word for the desk, never the server's text. */
  error?: string;
}

/** The mail collection. */
export interface MailStore {
  /** Adding an id again changes nothing. */
  add(mail: Mail, state: 'queued' | 'shown', now: Date): Promise<void>;
  /** Takes the oldest due mail for one attempt; nobody else gets it before `until`. */
  claim(now: Date, until: Date): Promise<StoredMail | undefined>;
  sent(id: string, now: Date): Promise<void>;
  later(id: string, dueAt: Date, error: string): Promise<void>;
  failed(id: string, error: string, now: Date): Promise<void>;
  /** Newest first. */
  list(limit?: number): Promise<StoredMail[]>;
}
