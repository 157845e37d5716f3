import { z } from 'zod';
import type { CarrierAnswer, CarrierPort } from '../core/carrier';
import { ChannelError, type Retry } from '../core/errors';

/** Longest wait for an answer, milliseconds; after it the instruction is sent again under the same key. */
const TIMEOUT_MS = 10_000;

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

function retryOf(status: number, retryAfter: string | null): Retry {
  if (status === 401 || status === 403) return { kind: 'reauthorise' };
  const seconds = Number(retryAfter);
  if (retryAfter && Number.isFinite(seconds))
    return { kind: 'after', afterMs: seconds * 1000, scope: 'account' };
  return { kind: 'backoff' };
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** Statuses that say the instruction itself is not acceptable; sending it again would change nothing. */
const REFUSALS = new Set([400, 409, 422]);

/**
 * The carrier behind `CARRIER_API_URL` (contract section 5). The instruction's id is its idempotency key, so it may be sent any
 * number of times. Throws `ChannelError` when no decision was received; its `retry` says when to try again.
 */
export function httpCarrier(options: { url: string; token: string }): CarrierPort {
  const failure = (reason: string, retry: Retry, cause?: unknown, providerCode?: number) =>
    new ChannelError('carrier', reason, retry, { cause, providerCode });
  return {
    async submit(instruction): Promise<CarrierAnswer> {
      let response: Response;
      try {
        response = await fetch(`${options.url}/instructions`, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Accept: 'application/json',
            Authorization: `Bearer ${options.token}`,
            'Idempotency-Key': instruction.id,
          },
          body: JSON.stringify(instruction),
          redirect: 'error',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
      } catch (cause) {
        throw failure('provider_down', { kind: 'backoff' }, cause);
      }
      const body = await bodyOf(response);
      const answer = answerForm.safeParse(body);
      if (REFUSALS.has(response.status)) {
        const reason = answer.data?.reason ?? `refused with HTTP ${response.status}`;
        return { status: 'rejected', reference: answer.data?.reference, reason };
      }
      if (!response.ok) {
        const retry = retryOf(response.status, response.headers.get('retry-after'));
        throw failure(
          retry.kind === 'reauthorise' ? 'token' : 'provider_down',
          retry,
          undefined,
          response.status,
        );
      }
      if (!answer.success)
        throw failure('unreadable_answer', { kind: 'backoff' }, undefined, response.status);
      return answer.data;
    },
  };
}
