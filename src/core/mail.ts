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
