import { AppError } from '../core/errors';

/** Turns the sort key of the last item into an opaque cursor. */
export function encodeCursor(parts: (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Reads a cursor back; refuses one we did not make. */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(parts) &&
      parts.length === length &&
      parts.every((p) => typeof p === 'string' || typeof p === 'number')
    ) {
      return parts;
    }
  } catch {
    // falls through to the refusal
  }
  throw new AppError('invalid_input', 'the cursor is not one of ours', {
    fields: [{ field: 'cursor', message: 'is not one of ours' }],
  });
}

/** A page size within bounds. */
export function pageSize(limit: number | undefined, max = 200): number {
  return Math.min(Math.max(1, Math.trunc(limit ?? 50)), max);
}
