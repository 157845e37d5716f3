import { z } from 'zod';
import type { CarrierAnswer, CarrierPort } from '../core/carrier';
import { callApi, retryOf, undecided } from './api-call';

const optionalText = z
  .string()
  .max(500)
  .nullish()
  .transform((text) => text ?? undefined);
const answerForm = z.object({
  status: z.enum(['accepted', 'rejected', 'pending']),
  reference: optionalText,
  reason: optionalText,
});

/** Statuses that say the instruction itself is not acceptable; sending it again would change nothing. */
const REFUSALS = new Set([400, 409, 422]);

/**
 * The carrier behind `CARRIER_API_URL` (contract section 5). The instruction's id is its idempotency key, so it may be sent any
 * number of times. Throws `ChannelError` when no decision was received; its `retry` says when to try again.
 */
export function httpCarrier(options: { url: string; token: string }): CarrierPort {
  return {
    takes: () => true,
    async submit(instruction): Promise<CarrierAnswer> {
      const received = await callApi(`${options.url}/instructions`, {
        headers: { Authorization: `Bearer ${options.token}`, 'Idempotency-Key': instruction.id },
        body: instruction,
      });
      const { status, body } = received;
      const answer = answerForm.safeParse(body);
      if (REFUSALS.has(status)) {
        const reason = answer.data?.reason ?? `refused with HTTP ${status}`;
        return { status: 'rejected', reference: answer.data?.reference, reason };
      }
      if (status < 200 || status > 299) {
        const retry = retryOf(received);
        throw undecided(retry.kind === 'reauthorise' ? 'token' : 'provider_down', retry, undefined, status);
      }
      if (!answer.success) throw undecided('unreadable_answer', { kind: 'backoff' }, undefined, status);
      return answer.data;
    },
  };
}
