import type { Request } from 'express';
import type { Clock } from '../../core/clock';
import { AppError, type FieldError } from '../../core/errors';
import type { ShopOrder } from '../../core/order';
import type { OrderStore } from '../../core/order-store';

/** Largest import sent as one JSON value; NDJSON has no limit but that of a line. */
export const ARRAY_LIMIT_BYTES = 32 * 1024 * 1024;
/** Longest line of NDJSON, characters. */
const LINE_LIMIT = 1024 * 1024;
/** Orders written together. */
const BATCH = 500;

/** What became of one order of an import. */
export interface ImportResult {
  line: number;
  orderNumber?: string;
  ok: boolean;
  errors?: FieldError[];
}

/** What became of an import. */
export interface ImportReport {
  accepted: number;
  rejected: number;
  results: ImportResult[];
}

/** Reads one order of the import; throws `invalid_input` with its bad fields. */
export type ReadOrder = (input: unknown) => ShopOrder;

/** One order of an import before it is read: its line and its JSON, or why there is none. */
type Line = { line: number; value: unknown } | { line: number; fault: string };

async function* chunks(req: Request): AsyncGenerator<string> {
  req.setEncoding('utf8');
  // Not destroyed when we give up on it, so that the refusal can still be sent.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) yield chunk as string;
}

async function restOf(start: string, source: AsyncGenerator<string>): Promise<string> {
  let text = start;
  for await (const chunk of source) {
    text += chunk;
    if (text.length > ARRAY_LIMIT_BYTES) {
      throw new AppError(
        'too_large',
        'an import as one JSON value may have 32 MB; send one order a line instead',
      );
    }
  }
  return text;
}

function lineOf(line: number, text: string): Line {
  if (text.length > LINE_LIMIT) return { line, fault: 'is longer than 1 MB' };
  try {
    return { line, value: JSON.parse(text) as unknown };
  } catch {
    return { line, fault: 'is not JSON' };
  }
}

async function* linesOf(start: string, source: AsyncGenerator<string>): AsyncGenerator<Line> {
  let line = 0;
  let rest = '';
  const take = function* (text: string): Generator<Line> {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    // The tail of an overlong line is not kept, only that it was too long.
    if (rest.length > LINE_LIMIT) rest = rest.slice(0, LINE_LIMIT + 1);
    for (const part of parts) {
      line += 1;
      if (part.trim()) yield lineOf(line, part.trim());
    }
  };
  yield* take(start);
  for await (const chunk of source) yield* take(chunk);
  yield* take('\n');
}

function itemsOf(text: string): Line[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('malformed', 'the body is neither a JSON array nor one order a line', { cause });
  }
  const items = Array.isArray(value) ? value : [value];
  return items.map((item: unknown, index) => ({ line: index + 1, value: item }));
}

/** An array is read whole; one order a line is read as it arrives. */
async function* read(req: Request): AsyncGenerator<Line> {
  const source = chunks(req);
  let start = '';
  while (!start.trim()) {
    const next = await source.next();
    if (next.done) throw new AppError('malformed', 'the body is empty');
    start += next.value.replace(/^\uFEFF/, '');
  }
  if (start.trimStart().startsWith('[')) yield* itemsOf(await restOf(start, source));
  else yield* linesOf(start, source);
}

function numberOf(value: unknown): string | undefined {
  const { orderNumber } = (value ?? {}) as { orderNumber?: unknown };
  return typeof orderNumber === 'string' && orderNumber.length <= 200 ? orderNumber : undefined;
}

/** Imports an array or NDJSON of orders: the good ones are kept, each bad one is named with its line and every bad field. */
export async function importOrders(
  req: Request,
  options: { orders: Pick<OrderStore, 'putMany'>; read: ReadOrder; clock: Clock },
): Promise<ImportReport> {
  if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new AppError('unsupported_media', 'send the import uncompressed');
  }
  const results: ImportResult[] = [];
  let batch: { line: number; order: ShopOrder }[] = [];
  const flush = async () => {
    const full = batch;
    batch = [];
    const stored = await options.orders.putMany(
      full.map((entry) => entry.order),
      options.clock.now(),
    );
    full.forEach(({ line, order: { orderNumber } }, index) => {
      const error = stored[index]?.error;
      if (error === undefined) results.push({ line, orderNumber, ok: true });
      else results.push({ line, orderNumber, ok: false, errors: [{ field: '', message: error }] });
    });
  };
  for await (const entry of read(req)) {
    const { line } = entry;
    if ('fault' in entry) {
      results.push({ line, ok: false, errors: [{ field: '', message: entry.fault }] });
      continue;
    }
    try {
      batch.push({ line, order: options.read(entry.value) });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid_input') throw error;
      results.push({ line, orderNumber: numberOf(entry.value), ok: false, errors: error.fields ?? [] });
    }
    if (batch.length >= BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  results.sort((a, b) => a.line - b.line);
  const accepted = results.filter((result) => result.ok).length;
  return { accepted, rejected: results.length - accepted, results };
}
