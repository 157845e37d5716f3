/**
 * Every error the product throws on purpose, with the HTTP status the edge answers.
 * Customers never see a code; they read a sentence from `replies/`.
 */
export const ERROR_CODES = {
  invalid_input: { status: 422, meaning: 'the request is understood but a value in it is not acceptable' },
  malformed: { status: 400, meaning: 'the request cannot be read' },
  unauthorized: { status: 401, meaning: 'no valid credentials' },
  forbidden: { status: 403, meaning: 'the credentials do not allow this' },
  not_found: { status: 404, meaning: 'there is no such thing' },
  not_acceptable: { status: 406, meaning: 'none of the accepted content types can be given' },
  conflict: { status: 409, meaning: 'someone else changed it first, or it exists already' },
  too_large: { status: 413, meaning: 'the body is larger than the stated limit' },
  unsupported_media: { status: 415, meaning: 'the content type is not accepted here' },
  rate_limited: { status: 429, meaning: 'too many attempts' },
  window_closed: { status: 409, meaning: 'the channel no longer allows this message' },
  rule_refused: { status: 409, meaning: 'a rule of the shop forbids this' },
  store_unavailable: { status: 503, meaning: 'the store does not answer' },
  channel_off: { status: 404, meaning: 'this channel is not configured' },
  settings: { status: 500, meaning: 'settings are missing or contradict each other' },
  channel: { status: 502, meaning: 'a provider refused or failed' },
  internal: { status: 500, meaning: 'a fault of ours' },
} as const;

/** Key of the table above. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** One field of a request that was refused, for problem documents. */
export interface FieldError {
  /** Path as the sender wrote it, for example `items[0].sku`. */
  field: string;
  /** A sentence without the refused value. */
  message: string;
}

/** The one error type thrown on purpose. Its message never holds tokens, phone numbers or message text. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields?: FieldError[];
  constructor(code: ErrorCode, message: string, options: { cause?: unknown; fields?: FieldError[] } = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.fields = options.fields;
  }
}

/**
 * When a failed send may be tried again.
 * `never`: change something or give up; `backoff`: same message, growing pauses; `afterMs`: not before that many
 * milliseconds; `unknown`: the provider may have taken it (timeout, dropped connection), so a receipt is awaited first;
 * `reauthorise`: the account's token is refused, nothing of this account leaves until it is replaced.
 */
export type Retry =
  | { kind: 'never' }
  | { kind: 'backoff' }
  | { kind: 'after'; afterMs: number; scope: 'conversation' | 'account' }
  | { kind: 'unknown' }
  | { kind: 'reauthorise' };

/** A provider refused or failed a send; `providerCode` decides, never its text. */
export class ChannelError extends AppError {
  readonly channel: string;
  readonly retry: Retry;
  readonly providerCode?: number | string;
  /** Stable word for the desk's sentence: window_closed, undeliverable, opted_out, rate_limited, token, provider_down, rejected… */
  readonly reason: string;
  constructor(
    channel: string,
    reason: string,
    retry: Retry,
    options: { cause?: unknown; providerCode?: number | string } = {},
  ) {
    super(
      'channel',
      `${channel}: ${reason}${options.providerCode === undefined ? '' : ` (${options.providerCode})`}`,
      {
        cause: options.cause,
      },
    );
    this.name = 'ChannelError';
    this.channel = channel;
    this.reason = reason;
    this.retry = retry;
    this.providerCode = options.providerCode;
  }
}
