/**
 * Names that may appear on a log line. Everything else is dropped before it is written, so that a careless field can never
 * carry a phone number, a token or what somebody wrote. Add a name here only when its value is ours.
 */
export const LOG_FIELDS = [
  'part',
  'requestId',
  'method',
  'route',
  'status',
  'ms',
  'count',
  'bytes',
  'attempt',
  'dueInMs',
  'channel',
  'conversation',
  'turn',
  'message',
  'request',
  'orderNumber',
  'action',
  'state',
  'owner',
  'outcome',
  'reason',
  'code',
  'retry',
  'epoch',
  'intent',
  'locale',
  'score',
  'model',
  'port',
  'host',
  'url',
  'file',
  'version',
  'agent',
  'carrier',
] as const;

/** Values of one log line. `conversation`, `turn`, `message` and `request` are hashed before they are written. */
export type LogFields = Partial<
  Record<(typeof LOG_FIELDS)[number], string | number | boolean | undefined>
> & {
  /** Written as its type, code and place; the message only when it is an `AppError`. */
  err?: unknown;
};

/** Where parts report what happened. `message` is a fixed sentence of ours, never built from input. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
