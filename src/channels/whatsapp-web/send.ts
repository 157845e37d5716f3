import { setTimeout as sleep } from 'node:timers/promises';
import type { SendTarget } from '../../core/channel';
import { monotonicMs } from '../../core/clock';
import { ChannelError, type Retry } from '../../core/errors';
import type { Pace } from '../meta/pace';
import { NOT_READY_MS, RECOVERY_MS } from './limits';
import { CHANNEL, chatOf } from './people';
import type { WebPayload } from './render';
import type { Session } from './session';

/** Sends whose outcome is not known are remembered up to this many. */
const DOUBTFUL = 1_000;

/** Sends through the session, one at a time, paced like a person. */
export class Sender {
  private readonly doubtful = new Set<string>();
  private readonly startedAt = monotonicMs();

  constructor(
    private readonly session: Pick<Session, 'send' | 'state' | 'isBusy'>,
    private readonly pace: Pace,
  ) {}

  /** Performs one send. Throws `ChannelError`; nothing was sent unless its retry says `unknown`. */
  async send(target: SendTarget, { text, part }: WebPayload): Promise<{ providerId: string }> {
    const to = chatOf(target.reference, target.identities);
    if (!to) throw refusal('undeliverable', { kind: 'never' });
    const name = `${target.callbackId}#${part}`;
    if (this.session.state().name !== 'ready') throw this.notReady(name);
    const wait = this.session.isBusy ? undefined : this.pace.reserve();
    if (wait === undefined)
      throw refusal('rate_limited', { kind: 'after', afterMs: 1_000, scope: 'account' });
    if (wait > 0) await sleep(wait);
    const outcome = await this.session.send({ to, text, part, callbackId: target.callbackId });
    if ('messageId' in outcome) {
      this.doubtful.delete(name);
      return { providerId: outcome.messageId };
    }
    if (outcome.fault === 'undeliverable') throw refusal('undeliverable', { kind: 'never' });
    if (outcome.fault === 'not_connected') throw this.notReady(name);
    if (this.doubtful.size < DOUBTFUL) this.doubtful.add(name);
    throw refusal('no_answer', { kind: 'unknown' });
  }

  /**
   * Without a session, what may have left before stays unknown: after the session is back the missed messages tell, and only then may it
   * leave again. Right after the start that holds for everything, since the process before may have sent it.
   */
  private notReady(name: string): ChannelError {
    const mayHaveLeft = this.doubtful.has(name) || monotonicMs() - this.startedAt < RECOVERY_MS;
    if (mayHaveLeft) return refusal('provider_down', { kind: 'unknown' });
    const { name: state } = this.session.state();
    if (state === 'linking' || state === 'blocked') return refusal('token', { kind: 'reauthorise' });
    return refusal('provider_down', { kind: 'after', afterMs: NOT_READY_MS, scope: 'account' });
  }
}

function refusal(reason: string, retry: Retry): ChannelError {
  return new ChannelError(CHANNEL, reason, retry);
}
