import { createTransport, type Transporter } from 'nodemailer';
import type { Clock } from '../core/clock';
import type { Log } from '../core/log';
import type { MailPort, MailStore, StoredMail } from '../core/mail';

/** Pauses before the next attempt, milliseconds; after the last one the mail is given up. A one-time code is of no use by then. */
const PAUSES_MS = [2_000, 10_000, 60_000, 300_000, 900_000, 3_600_000];
/** An attempt that takes longer counts as lost, milliseconds; above the sum of the transport's own limits. */
const ATTEMPT_MS = 60_000;
const POLL_MS = 1_000;

/** Sends mail. `start` begins, `stop` lets a running attempt end. */
export interface Mailer extends MailPort {
  start(): void;
  stop(): Promise<void>;
}

/** What mail needs. With neither `smtpUrl` nor `show` there is none. */
export interface MailerOptions {
  store: MailStore;
  smtpUrl?: string;
  from?: string;
  /** Keep mail for the mailbox page where it cannot be sent (demo). */
  show: boolean;
  clock: Clock;
  log: Log;
}

/** Our word for a failure, and whether another attempt can help. A refused sign-in is the shop's to repair, so it is tried again. */
function verdict(error: unknown): { word: string; final: boolean } {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  if (code === 'EAUTH') return { word: 'sign_in_refused', final: false };
  if (responseCode !== undefined && responseCode >= 500) return { word: 'refused', final: true };
  return { word: responseCode === undefined ? 'unreachable' : 'deferred', final: false };
}

/** The mailer of a configuration. */
export function createMailer(options: MailerOptions): Mailer {
  const { store, smtpUrl, from, clock, log } = options;
  const transport: Transporter | undefined = smtpUrl
    ? createTransport({
        url: smtpUrl,
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        socketTimeout: 20_000,
      })
    : undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  let running: Promise<void> = Promise.resolve();

  const attempt = async (smtp: Transporter, mail: StoredMail) => {
    try {
      await smtp.sendMail({
        from,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        messageId: `<${encodeURIComponent(mail.id)}@doorstep>`,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      await store.sent(mail.id, clock.now());
      log.debug({ attempt: mail.attempts }, 'mail sent');
    } catch (error) {
      const { word, final } = verdict(error);
      const pause = PAUSES_MS[mail.attempts - 1];
      log.warn({ err: error, reason: word, attempt: mail.attempts }, 'mail not sent');
      if (final || pause === undefined) await store.failed(mail.id, word, clock.now());
      else await store.later(mail.id, new Date(clock.now().getTime() + pause), word);
    }
  };

  const pass = async () => {
    while (transport && !stopped) {
      const now = clock.now();
      const mail = await store.claim(now, new Date(now.getTime() + ATTEMPT_MS));
      if (!mail) return;
      await attempt(transport, mail);
    }
  };

  const schedule = (delayMs: number) => {
    clearTimeout(timer);
    if (stopped || !transport) return;
    timer = setTimeout(() => {
      running = running
        .then(pass)
        .catch((error: unknown) => log.error({ err: error }, 'mail could not be looked after'))
        .then(() => schedule(POLL_MS));
    }, delayMs);
    timer.unref();
  };

  return {
    available: transport !== undefined || options.show,
    async queue(mail, now) {
      if (!transport && !options.show) return;
      await store.add(mail, transport ? 'queued' : 'shown', now);
      schedule(0);
    },
    start() {
      stopped = false;
      schedule(0);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      transport?.close();
    },
  };
}
