import { AppError } from '../core/errors';

/** Turns the sort key of the last item into an opaque cursor. */
export function encodeCursor(parts: (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Numbers in cursors are times; there is none later, milliseconds since 1970. */
const LAST_MS = 8.64e15;

/** Reads a cursor of parts of these kinds back; refuses one we did not make. */
export function decodeCursor(cursor: string, kinds: readonly ('string' | 'number')[]): (string | number)[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(parts) &&
      parts.length === kinds.length &&
      parts.every((part, index) => typeof part === kinds[index]) &&
      parts.every((part) => typeof part === 'string' || Math.abs(part) <= LAST_MS)
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
