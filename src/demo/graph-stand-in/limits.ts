import type { Clock } from '../../core/clock';
import type { GraphError, SendRecord } from './wire';

const DAY_MS = 86_400_000;
const BURST = 45;
const REFILL_MS = 6_000;

/** The clocks Meta keeps about each customer: the reply window and the limit of messages to one person. */
export class CustomerClocks {
  private readonly lastMessage = new Map<string, number>();
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly clock: Clock) {}

  /** The customer wrote: the window opens. */
  heard(customer: string): void {
    this.lastMessage.set(customer, this.clock.now().getTime());
  }

  /** Refuses a message outside the window it needs. */
  checkWindow(send: SendRecord): GraphError | undefined {
    const last = this.lastMessage.get(send.to);
    const age = last === undefined ? Infinity : this.clock.now().getTime() - last;
    if (send.channel === 'whatsapp') {
      return age > DAY_MS && send.body.type !== 'template'
        ? { code: 131047, details: 'More than 24 hours have passed since the customer last replied.' }
        : undefined;
    }
    const allowed = send.body.tag === 'HUMAN_AGENT' ? 7 * DAY_MS : DAY_MS;
    return age > allowed
      ? { code: 10, subcode: 2534022, details: 'This message is sent outside of allowed window.' }
      : undefined;
  }

  /** Refuses what comes too fast to one person. */
  checkPair(send: SendRecord): GraphError | undefined {
    const now = this.clock.now().getTime();
    const bucket = this.buckets.get(send.to) ?? { tokens: BURST, at: now };
    const tokens = Math.min(BURST, bucket.tokens + (now - bucket.at) / REFILL_MS);
    if (tokens < 1) return { code: 131056, details: 'Too many messages sent to the same phone number.' };
    this.buckets.set(send.to, { tokens: tokens - 1, at: now });
    return undefined;
  }
}
