import type { Retry } from '../../core/errors';

/** How a refusal is answered. `slow` pauses the whole account. */
export type Verdict =
  | { reason: string; retry: Extract<Retry, { kind: 'never' | 'backoff' | 'reauthorise' }> }
  | { reason: string; slow: 'account' };

const never = (reason: string): Verdict => ({ reason, retry: { kind: 'never' } });
const reauthorise = (reason: string): Verdict => ({ reason, retry: { kind: 'reauthorise' } });
const backoff: Verdict = { reason: 'provider_down', retry: { kind: 'backoff' } };
const slow: Verdict = { reason: 'rate_limited', slow: 'account' };

/** `code/subcode` where the subcode changes the meaning, otherwise `code`. https://developers.facebook.com/docs/messenger-platform/error-codes */
const CODES: Record<string, Verdict> = {
  '10/2018278': never('window_closed'),
  '10/2534022': never('window_closed'),
  '10/2018108': never('undeliverable'),
  '200/1545041': never('undeliverable'),
  '10': reauthorise('permission'),
  '190': reauthorise('token'),
  '0': reauthorise('token'),
  '3': reauthorise('permission'),
  '100/2018001': never('undeliverable'),
  '100/2534014': never('undeliverable'),
  '100/2534037': never('not_thread_owner'),
  '551': never('undeliverable'),
  '368': never('account_restricted'),
  '9000001': never('rejected'),
  '4': slow,
  '17': slow,
  '32': slow,
  '613': slow,
  '80002': slow,
  '1': backoff,
  '2': backoff,
  '1200': backoff,
};

/** What to do about a refusal; a code nobody knows is not tried again after a 4xx (or a 200), and is after a 5xx. */
export function verdictOf(
  code: number | undefined,
  subcode: number | undefined,
  httpStatus: number,
): Verdict {
  const known = CODES[`${code}/${subcode}`] ?? CODES[String(code)];
  if (known) return known;
  if (code !== undefined && code >= 200 && code <= 299) return reauthorise('permission');
  if (httpStatus >= 500) return backoff;
  if (code === undefined && httpStatus === 429) return slow;
  if (code === undefined && httpStatus === 401) return reauthorise('token');
  return never('rejected');
}
