import type { FromChild, SendFault, SendOrder, WebEvent } from '../protocol';
import { within, type WebClient } from './client';
import { messageId } from './flatten';
import type { Memory } from './memory';

/** The library's words for a person who cannot be written to. */
const NOBODY = /No LID for user|invalid wid/i;

/**
 * Performs sends, one at a time. What the page reports of our own side meanwhile is held back: it may be this very message, whose id is only
 * known when the send ends. Messages by our order never go on, those of colleagues do.
 */
export class Sends {
  private held: WebEvent[] | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: Pick<WebClient, 'sendMessage'>,
    private readonly memory: Memory,
    private readonly sendMs: number,
    private readonly tell: (message: FromChild) => void,
    private readonly pass: (event: WebEvent) => void,
  ) {}

  /** Sends behind those given before. */
  give(order: SendOrder): void {
    this.last = this.last.then(() => this.send(order));
  }

  /** Takes an event of our own side; answers false when it is somebody else's and may go on. */
  keeps(event: WebEvent): boolean {
    if (!isOwnSide(event)) return false;
    if (this.held) this.held.push(event);
    else this.release(event);
    return true;
  }

  private async send({ number, to, text, callbackId, part }: SendOrder): Promise<void> {
    this.held = [];
    let id = '';
    let fault: SendFault = 'unknown';
    try {
      const options = { linkPreview: false, waitUntilMsgSent: true };
      const sent = await within(this.sendMs, this.client.sendMessage(to, text, options));
      id = messageId((sent as { id?: unknown } | undefined)?.id);
      if (sent === undefined || sent === null) fault = 'undeliverable';
    } catch (error) {
      if (error instanceof Error && NOBODY.test(error.message)) fault = 'undeliverable';
    }
    // Without an answer, a message with these words that has just appeared on our side is this one: WhatsApp has taken it.
    id ||= this.appeared(text);
    if (id) {
      this.memory.addOwn(id, callbackId, part);
      this.tell({ type: 'sent', number, messageId: id });
    } else this.tell({ type: 'refused', number, why: fault });
    const held = this.held;
    this.held = undefined;
    for (const event of held) this.release(event);
  }

  private appeared(text: string): string {
    const same = this.held?.find(
      (event) => event.kind === 'message' && event.message.text?.trim() === text.trim(),
    );
    return same?.kind === 'message' ? same.message.id : '';
  }

  private release(event: WebEvent): void {
    const id = event.kind === 'ack' ? event.messageId : event.kind === 'message' ? event.message.id : '';
    const order = this.memory.ownOrder(id);
    if (event.kind === 'ack') this.pass({ ...event, ...order });
    else if (!order) this.pass(event);
  }
}

function isOwnSide(event: WebEvent): boolean {
  return event.kind === 'ack' || (event.kind === 'message' && event.message.fromMe);
}
