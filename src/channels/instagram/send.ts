import type { SendTarget } from '../../core/channel';
import { ChannelError } from '../../core/errors';
import type { GraphAnswer, GraphClient } from '../meta/graph-client';
import { isObject, object, text } from '../meta/json';
import type { Pauses } from '../meta/pace';
import { verdictOf } from './errors';
import { CHANNEL } from './parse';
import type { InstagramPayload } from './render';

const WHOLE_ACCOUNT = '';

/** Sends messages of one account. Instagram carries no id of ours, so an unknown outcome is settled by the echo alone. */
export class Sender {
  constructor(
    private readonly client: GraphClient,
    private readonly account: string,
    private readonly pauses: Pauses,
  ) {}

  /** Performs one send. Throws `ChannelError`; nothing was sent unless its retry says `unknown`. */
  async send(target: SendTarget, payload: InstagramPayload): Promise<{ providerId: string }> {
    const paused = this.pauses.left(WHOLE_ACCOUNT);
    if (paused > 0) throw tooFast(paused);
    const answer = await this.client.post(`${this.account}/messages`, {
      recipient: { id: target.reference.user },
      message: payload,
      ...kindOfReply(target),
    });
    const providerId = this.read(answer);
    this.pauses.end(WHOLE_ACCOUNT);
    return { providerId };
  }

  private read({ status, body, retryAfter }: GraphAnswer): string {
    const providerId = text(body.message_id);
    if (status < 400 && !isObject(body.error)) {
      if (providerId) return providerId;
      throw new ChannelError(CHANNEL, 'no_answer', { kind: 'unknown' });
    }
    const error = object(body.error);
    const code = codeOf(error.code);
    const subcode = codeOf(error.error_subcode);
    const verdict = verdictOf(code, subcode, status);
    const providerCode = subcode === undefined ? code : `${code}/${subcode}`;
    if (!('slow' in verdict))
      throw new ChannelError(CHANNEL, verdict.reason, verdict.retry, { providerCode });
    const minutes = Number(error.estimated_time_to_regain_access ?? 0);
    const asked = Math.max((retryAfter ?? 0) * 1000, Number.isFinite(minutes) ? minutes * 60_000 : 0);
    throw tooFast(this.pauses.begin(WHOLE_ACCOUNT, asked), providerCode);
  }
}

/** A person may write for seven days, marked as one; anything automatic under that mark would break Meta's policy. */
function kindOfReply(target: SendTarget): Record<string, string> {
  const isLate = target.author === 'agent' && target.window === 'agent-only';
  return isLate ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : { messaging_type: 'RESPONSE' };
}

function codeOf(value: unknown): number | undefined {
  const code = Number(value ?? NaN);
  return Number.isFinite(code) ? code : undefined;
}

function tooFast(afterMs: number, providerCode?: number | string): ChannelError {
  return new ChannelError(
    CHANNEL,
    'rate_limited',
    { kind: 'after', afterMs, scope: 'account' },
    { providerCode },
  );
}
