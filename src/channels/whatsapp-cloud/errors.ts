import type { Retry } from '../../core/errors';

/** How a refusal of the Cloud API is answered. `slow` is a pause of the whole number or of one conversation. */
export type Verdict =
  | { reason: string; retry: Extract<Retry, { kind: 'never' | 'backoff' | 'reauthorise' }> }
  | { reason: string; slow: 'conversation' | 'account' };

const never = (reason: string): Verdict => ({ reason, retry: { kind: 'never' } });
const backoff: Verdict = { reason: 'provider_down', retry: { kind: 'backoff' } };
const reauthorise = (reason: string): Verdict => ({ reason, retry: { kind: 'reauthorise' } });
const slow = (scope: 'conversation' | 'account'): Verdict => ({ reason: 'rate_limited', slow: scope });

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes, read by code and never by text. */
const CODES: { codes: number[]; verdict: Verdict }[] = [
  { codes: [0, 190], verdict: reauthorise('token') },
  { codes: [3, 10, 131005], verdict: reauthorise('permission') },
  {
    codes: [131031, 131042, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 134011],
    verdict: reauthorise('account_stopped'),
  },
  { codes: [1, 2, 131000, 131016, 133004], verdict: backoff },
  { codes: [4, 80007, 130429, 131057], verdict: slow('account') },
  { codes: [131056], verdict: slow('conversation') },
  { codes: [368, 130497, 131048, 131064, 133016], verdict: never('account_restricted') },
  { codes: [131047], verdict: never('window_closed') },
  { codes: [131026, 1026, 131021, 131030, 131062, 130472, 131049], verdict: never('undeliverable') },
  { codes: [131050], verdict: never('opted_out') },
  {
    codes: [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069, 131055],
    verdict: never('template'),
  },
];

const BY_CODE = new Map(CODES.flatMap(({ codes, verdict }) => codes.map((code) => [code, verdict] as const)));

/** What to do about a code; a code nobody knows is not tried again after a 4xx, and is after a 5xx. */
export function verdictOf(code: number | undefined, httpStatus: number): Verdict {
  const known = code === undefined ? undefined : BY_CODE.get(code);
  if (known) return known;
  if (code !== undefined && code >= 200 && code <= 299) return reauthorise('permission');
  if (httpStatus >= 500) return backoff;
  if (code === undefined && httpStatus === 429) return slow('account');
  if (code === undefined && httpStatus === 401) return reauthorise('token');
  return never('rejected');
}

/** The reason alone, for a message that was accepted and failed later. */
export function reasonOf(code: number): string {
  return verdictOf(code, 400).reason;
}
