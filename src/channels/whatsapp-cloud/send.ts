import { setTimeout as sleep } from 'node:timers/promises';
import type { SendTarget } from '../../core/channel';
import { ChannelError } from '../../core/errors';
import type { GraphAnswer, GraphClient } from '../meta/graph-client';
import { isObject, list, object, text } from '../meta/json';
import type { Pace, PairLimit, Pauses } from '../meta/pace';
import { writeCallbackId } from './callback-id';
import { verdictOf } from './errors';
import { CHANNEL, isBusinessScopedId, phoneDigits } from './people';
import type { WhatsAppPayload } from './render';

/** Key of the pause that holds the whole number. */
const WHOLE_NUMBER = '';

/**
 * Where a message goes: `to` for a phone in E.164 with its plus (Meta reads a number without one as a number of our own country),
 * `recipient` for a business-scoped id. What the conversation knows now wins over the name it was opened under: the number in
 * that may belong to someone else by now.
 */
export function addressOf(target: SendTarget): { to: string } | { recipient: string } {
  const { user } = target.reference;
  const mine = target.identities.filter(
    (one) => one.channel === CHANNEL && one.account === target.reference.account,
  );
  const phones = mine.filter((one) => one.kind === 'wa_phone').map((one) => one.value);
  const scoped = mine.filter((one) => one.kind === 'wa_bsuid').map((one) => one.value);
  const isKnown = phones.length + scoped.length > 0;
  const phone = phoneDigits(phones.includes(user) || !isKnown ? user : phones.at(-1));
  if (phone) return { to: `+${phone}` };
  const recipient = scoped.includes(user) || !isKnown ? user : scoped.at(-1);
  if (recipient && isBusinessScopedId(recipient)) return { recipient };
  throw new ChannelError(CHANNEL, 'undeliverable', { kind: 'never' });
}

/** Sends messages of one number: spaced, with the limits per person and with the pauses Meta asks for. */
export class Sender {
  constructor(
    private readonly client: GraphClient,
    private readonly account: string,
    private readonly pace: Pace,
    /** Absent: no limit per person. */
    private readonly pairs: PairLimit | undefined,
    private readonly pauses: Pauses,
  ) {}

  /** Performs one send. Throws `ChannelError`; nothing was sent unless its retry says `unknown`. */
  async send(target: SendTarget, payload: WhatsAppPayload): Promise<{ providerId: string }> {
    const address = addressOf(target);
    const person = target.reference.user;
    await this.waitForTurn(person);
    const answer = await this.client.post(`${this.account}/messages`, {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...address,
      ...payload.message,
      biz_opaque_callback_data: writeCallbackId(target.callbackId, payload.part),
    });
    const providerId = this.read(answer, person);
    this.pauses.end(person);
    this.pauses.end(WHOLE_NUMBER);
    return { providerId };
  }

  private async waitForTurn(person: string): Promise<void> {
    const paused = this.pauses.left(WHOLE_NUMBER);
    if (paused > 0) throw this.tooFast('account', paused);
    const pausedForPerson = this.pauses.left(person) || this.pairs?.take(person) || 0;
    if (pausedForPerson > 0) throw this.tooFast('conversation', pausedForPerson);
    const wait = this.pace.reserve();
    if (wait === undefined) throw this.tooFast('account', 1_000);
    if (wait > 0) await sleep(wait);
  }

  private read(answer: GraphAnswer, person: string): string {
    const { status, body } = answer;
    const providerId = text(object(list(body.messages)[0]).id);
    if (status < 400 && !isObject(body.error)) {
      if (providerId) return providerId;
      // Accepted by the sound of it, but without a name: only a status can tell.
      throw new ChannelError(CHANNEL, 'no_answer', { kind: 'unknown' });
    }
    const code = Number(object(body.error).code ?? NaN);
    const providerCode = Number.isFinite(code) ? code : undefined;
    const verdict = verdictOf(providerCode, status);
    if (!('slow' in verdict))
      throw new ChannelError(CHANNEL, verdict.reason, verdict.retry, { providerCode });
    const key = verdict.slow === 'account' ? WHOLE_NUMBER : person;
    const asked = (answer.retryAfter ?? 0) * 1000;
    throw this.tooFast(verdict.slow, this.pauses.begin(key, asked), providerCode);
  }

  private tooFast(scope: 'conversation' | 'account', afterMs: number, providerCode?: number): ChannelError {
    return new ChannelError(CHANNEL, 'rate_limited', { kind: 'after', afterMs, scope }, { providerCode });
  }
}
