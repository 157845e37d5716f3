/** An object of unknown JSON. */
export type Json = Record<string, unknown>;

/** The value when it is an object, otherwise an empty one. */
export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The value when it is an array, otherwise an empty one. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value when it is a string, otherwise an empty one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
