import type { z } from 'zod';
import { AppError, type FieldError } from '../../core/errors';

/** A path in the form the sender knows: `items[0].sku`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** The faults of a value, one sentence each, without the value. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: fieldPath([...issue.path, key]), message: 'is not known here' }))
      : [{ field: fieldPath(issue.path), message: issue.message }],
  );
}

/** Reads a body or a query by a schema; refuses it with every bad field. */
export function readWith<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError('invalid_input', 'some fields are not acceptable', {
    fields: fieldErrors(result.error),
  });
}
