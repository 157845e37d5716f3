import type { ErrorRequestHandler, Response } from 'express';
import type { z } from 'zod';
import { AppError, ERROR_CODES, type ErrorCode } from '../core/errors';
import type { ProblemWire } from './wire';

/** What a refusal may say besides its error. */
export type ProblemExtras = Pick<ProblemWire, 'holder' | 'retryAfter'>;

const extras = new WeakMap<AppError, ProblemExtras>();

/** An `AppError` whose problem document carries more, for example who holds the conversation. */
export function problemError(code: ErrorCode, message: string, more: ProblemExtras): AppError {
  const error = new AppError(code, message);
  extras.set(error, more);
  return error;
}

/** Reads untrusted input by a schema; refuses it with every bad field, named as the sender wrote it. */
export function read<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError('invalid_input', 'some values are not acceptable', {
    fields: result.error.issues.map((issue) => ({
      field: issue.path
        .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
        .join('')
        .replace(/^\./, ''),
      message: issue.message,
    })),
  });
}

function bodyFault(error: unknown): AppError | undefined {
  const type = (error as { type?: unknown }).type;
  if (type === 'entity.too.large') return new AppError('too_large', 'the body is larger than 64 KB');
  if (type === 'entity.parse.failed' || type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new AppError('malformed', 'the body is not readable JSON');
  }
  return error instanceof URIError ? new AppError('malformed', 'the address is not readable') : undefined;
}

function answer(res: Response, error: AppError): void {
  const { status, meaning } = ERROR_CODES[error.code];
  const more = extras.get(error);
  const problem: ProblemWire = {
    type: 'about:blank',
    title: meaning,
    status,
    code: error.code,
    // A fault of ours may quote what must not be shown.
    ...(status < 500 ? { detail: error.message } : {}),
    ...(error.fields ? { errors: error.fields } : {}),
    ...more,
  };
  if (more?.retryAfter) res.setHeader('Retry-After', String(more.retryAfter));
  res.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

/** The desk's last handler: every error becomes a problem document (RFC 9457); faults of ours are told to `onFault`. */
export function problemHandler(onFault?: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const known = error instanceof AppError ? error : bodyFault(error);
    if (!known || ERROR_CODES[known.code].status >= 500) onFault?.(error);
    answer(res, known ?? new AppError('internal', 'a fault of ours', { cause: error }));
  };
}
