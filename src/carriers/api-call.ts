import { ChannelError, type Retry } from '../core/errors';

/** Longest wait for an answer, milliseconds; after it the instruction is handed over again. */
const TIMEOUT_MS = 10_000;

/** A carrier's answer that came. */
export interface ApiAnswer {
  status: number;
  /** Undefined when it was not JSON. */
  body: unknown;
  retryAfter: string | null;
}

/** Says that no decision was received, and when to try again. */
export function undecided(reason: string, retry: Retry, cause?: unknown, status?: number): ChannelError {
  return new ChannelError('carrier', reason, retry, { cause, providerCode: status });
}

/** When to try again after an answer that decides nothing. */
export function retryOf({ status, retryAfter }: Pick<ApiAnswer, 'status' | 'retryAfter'>): Retry {
  if (status === 401 || status === 403) return { kind: 'reauthorise' };
  const seconds = Number(retryAfter);
  if (retryAfter && Number.isFinite(seconds))
    return { kind: 'after', afterMs: seconds * 1000, scope: 'account' };
  return { kind: 'backoff' };
}

/** Throws for an answer that decides nothing: our token is refused, or the other side has a fault. */
export function refuseUndecided(answer: ApiAnswer): void {
  const retry = retryOf(answer);
  if (retry.kind === 'reauthorise') throw undecided('token', retry, undefined, answer.status);
  if (answer.status === 429 || answer.status >= 500)
    throw undecided('provider_down', retry, undefined, answer.status);
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** One call of a carrier's API; throws `ChannelError` when nothing came back. Redirects are not followed: the call carries a token. */
export async function callApi(
  url: string,
  options: { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: unknown },
): Promise<ApiAnswer> {
  const { method = 'POST', headers, body } = options;
  try {
    const response = await fetch(url, {
      method,
      headers: { Accept: 'application/json', 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return {
      status: response.status,
      body: await bodyOf(response),
      retryAfter: response.headers.get('retry-after'),
    };
  } catch (cause) {
    throw undecided('provider_down', { kind: 'backoff' }, cause);
  }
}
