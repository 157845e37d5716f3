import { object } from '../../meta/json';
import { isPerson } from '../people';
import type { WebEvent, WebMessage } from '../protocol';
import { within, type WebClient } from './client';
import { flatten, idText, messageId } from './flatten';

/** People whose number is remembered, so that the page is not asked for each message. */
const KNOWN_PEOPLE = 10_000;

/** Reads what the library emits: who it is from, and what it is. Undefined for everything that is not between us and one person. */
export class EventReader {
  private readonly phones = new Map<string, string>();

  constructor(
    private readonly client: Pick<WebClient, 'getContactLidAndPhone'>,
    private readonly answerMs: number,
    private readonly now: () => number,
  ) {}

  /** A message of either side. */
  async message(value: unknown): Promise<WebEvent | undefined> {
    const message = await this.between(value);
    return message && { kind: 'message', message };
  }

  /** The words of a message were changed. A message that was only decrypted changes too, from nothing. */
  async edit(value: unknown, words: unknown, before: unknown): Promise<WebEvent | undefined> {
    if (typeof words !== 'string' || !before || words === before) return undefined;
    const message = await this.between(value);
    return message && { kind: 'edited', message: { ...message, text: words, at: this.now() } };
  }

  /** A message was taken back for everybody. */
  async revoke(value: unknown): Promise<WebEvent | undefined> {
    const message = await this.between(value);
    if (!message) return undefined;
    const targetId = messageId(object(value).protocolMessageKey) || message.id;
    return { kind: 'revoked', message: { ...message, at: this.now() }, targetId };
  }

  /** How far a message of ours has come. */
  ack(value: unknown, ack: unknown): WebEvent | undefined {
    const message = flatten(value);
    if (!message?.fromMe || !isPerson(message.chat) || typeof ack !== 'number') return undefined;
    return { kind: 'ack', messageId: message.id, ack, at: this.now() };
  }

  /** Somebody has a new number. Members of groups are reported as well and are nobody's conversation. */
  move(value: unknown, from: unknown, to: unknown, isContact: unknown): WebEvent | undefined {
    const [old, current] = [idText(from), idText(to)];
    if (isContact !== true || !isPerson(old) || !isPerson(current)) return undefined;
    return { kind: 'moved', id: messageId(object(value).id), from: old, to: current, at: this.now() };
  }

  private async between(value: unknown): Promise<WebMessage | undefined> {
    const message = flatten(value);
    if (!message || !isPerson(message.chat)) return undefined;
    const phone = message.chat.endsWith('@lid') ? await this.phoneOf(message.chat) : undefined;
    return phone ? { ...message, phone } : message;
  }

  /** The number behind a LID, which WhatsApp does not always tell. */
  private async phoneOf(lid: string): Promise<string | undefined> {
    const known = this.phones.get(lid);
    if (known) return known;
    const asked = within(this.answerMs, this.client.getContactLidAndPhone([lid]));
    const phone = await asked.then(([pair]) => pair?.pn).catch(() => undefined);
    if (!phone) return undefined;
    if (this.phones.size >= KNOWN_PEOPLE) this.phones.clear();
    this.phones.set(lid, phone);
    return phone;
  }
}
