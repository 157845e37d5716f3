import { createHash } from 'node:crypto';
import pino from 'pino';
import { AppError, ChannelError } from './core/errors';
import { LOG_FIELDS, type Log } from './core/log';

const ALLOWED = new Set<string>(LOG_FIELDS);
const HASHED = new Set(['conversation', 'turn', 'message', 'request']);
const SHORT_HASH = /^~[a-p]{12}$/;

/** A short, stable name for a conversation, turn or message key, which may hold a phone number. Not reversible from the log alone. */
export function hashKey(key: string): string {
  if (SHORT_HASH.test(key)) return key;
  const hex = createHash('sha256').update(key).digest('hex').slice(0, 12);
  // Letters only, so that no hash can be taken for a number and masked.
  return `~${hex.replace(/[0-9a-f]/g, (digit) => String.fromCharCode(97 + parseInt(digit, 16)))}`;
}

/** Masks what looks like an e-mail address, a phone number, a token or the secret part of an address. A second net, not the first. */
export function scrub(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1')
    .replace(/\?[^\s"')]*/g, '?…')
    .replace(/[^\s@<>"']+@[^\s@<>"']+/g, '[e-mail]')
    .replace(/\+?\d[\d ()-]{6,}\d/g, '[number]')
    .replace(/\b[\w-]{32,}\b/g, '[token]');
}

function frames(stack: string | undefined): string[] {
  return (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}

/** What may be told of an error: its kind, code and place; a message only where we wrote it ourselves. */
export function describeError(err: unknown, depth = 0): Record<string, unknown> {
  if (!(err instanceof Error)) return { type: typeof err };
  const { code } = err as { code?: unknown };
  const safeCode =
    typeof code === 'number' || (typeof code === 'string' && /^\w{1,40}$/.test(code)) ? code : undefined;
  return {
    type: err.name,
    code: safeCode,
    ...(err instanceof AppError && { message: scrub(err.message) }),
    ...(err instanceof ChannelError && { retry: err.retry.kind, providerCode: err.providerCode }),
    ...(err instanceof AppError && err.fields && { fields: err.fields.map((fault) => scrub(fault.field)) }),
    at: frames(err.stack),
    ...(err.cause !== undefined && depth < 3 && { cause: describeError(err.cause, depth + 1) }),
  };
}

function clean(fields: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'err') out.err = describeError(value);
    else if (!ALLOWED.has(name)) continue;
    else if (typeof value === 'number' || typeof value === 'boolean') out[name] = value;
    else if (typeof value !== 'string') continue;
    else if (HASHED.has(name)) out[name] = hashKey(value);
    else if (name === 'requestId' && /^[a-z]{1,32}$/.test(value)) out[name] = value;
    else out[name] = scrub(value);
  }
  return out;
}

/**
 * The log: one JSON object a line, on standard error unless another stream is given. Only the fields of `LOG_FIELDS` are
 * written; keys of conversations are hashed; errors lose the messages we did not write.
 */
export function createLog(options: { level: string; stream?: { write(line: string): void } }): Log {
  const out = pino(
    {
      level: options.level,
      base: null,
      serializers: { err: (value: unknown) => value },
    },
    options.stream ?? pino.destination({ fd: 2, sync: true }),
  );
  return {
    debug: (fields, message) => {
      if (out.isLevelEnabled('debug')) out.debug(clean(fields), scrub(message));
    },
    info: (fields, message) => out.info(clean(fields), scrub(message)),
    warn: (fields, message) => out.warn(clean(fields), scrub(message)),
    error: (fields, message) => out.error(clean(fields), scrub(message)),
  };
}
