import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { AppError, ERROR_CODES, type ErrorCode, type FieldError } from '../core/errors';
import type { Log } from '../core/log';
import { requestId } from './requests';

/** An RFC 9457 problem document. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  /** Stable word for programs. */
  code: ErrorCode;
  detail?: string;
  errors?: FieldError[];
  requestId?: string;
}

/** What body-parser and Express call their errors, in our words. */
const FOREIGN: Record<string, ErrorCode> = {
  'entity.too.large': 'too_large',
  'parameters.too.many': 'too_large',
  'encoding.unsupported': 'unsupported_media',
  'charset.unsupported': 'unsupported_media',
  'entity.parse.failed': 'malformed',
  'request.aborted': 'malformed',
  'request.size.invalid': 'malformed',
};

const SENTENCES: Partial<Record<ErrorCode, string>> = {
  too_large: 'the body is larger than this door allows',
  unsupported_media: 'send the body uncompressed and in UTF-8',
  malformed: 'the request cannot be read',
};

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { type, status } = (error ?? {}) as { type?: string; status?: number };
  const code =
    FOREIGN[type ?? ''] ?? (status === 400 || error instanceof URIError ? 'malformed' : 'internal');
  return new AppError(code, SENTENCES[code] ?? 'something went wrong on our side', { cause: error });
}

/** The problem document of an error. A fault of ours tells nothing but that it is one. */
export function problemOf(error: unknown): Problem {
  const { code, message, fields } = asAppError(error);
  const { status, meaning } = ERROR_CODES[code];
  return {
    type: `urn:doorstep:problem:${code}`,
    title: meaning,
    status,
    code,
    ...(status !== 500 && { detail: message }),
    ...(fields && { errors: fields }),
  };
}

/** Writes a problem document with the headers its status wants. */
export function sendProblem(res: Response, error: unknown): void {
  const problem: Problem = { ...problemOf(error), requestId: requestId(res) };
  if (problem.status === 401) res.set('WWW-Authenticate', 'Bearer');
  if (problem.status === 503) res.set('Retry-After', '2');
  res.set('Cache-Control', 'no-store').status(problem.status);
  res.type('application/problem+json').send(JSON.stringify(problem));
}

const PAGE = (status: number, sentence: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${status}</title><main><h1>${status}</h1><p>${sentence}</p><p><a href="/">Back to the start</a></p></main></html>`;

function wantsPage(accept: string | undefined): boolean {
  return (accept ?? '').trimStart().startsWith('text/html');
}

/** The last handler but one: nothing lives at this address. */
export const notFound: RequestHandler = (req, res) => {
  if (wantsPage(req.headers.accept))
    res.status(404).type('html').send(PAGE(404, 'There is nothing at this address.'));
  else sendProblem(res, new AppError('not_found', 'there is nothing at this address'));
};

/** The last handler: every error ends here, faults of ours in the log as well. */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const problem = problemOf(error);
    if (problem.status >= 500) {
      log.error(
        { err: error, requestId: requestId(res), method: req.method, status: problem.status },
        'request failed',
      );
    }
    if (res.headersSent) next(error);
    else if (wantsPage(req.headers.accept)) {
      res
        .status(problem.status)
        .type('html')
        .send(PAGE(problem.status, `Sorry: ${problem.title}.`));
    } else sendProblem(res, error);
  };
}
