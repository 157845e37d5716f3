import type { FieldError } from '../core/errors';
import { parseInstant, type Day } from '../core/zone';
import { toE164 } from './phone';

/** Days found real; the orders of an import name the same few again and again. */
const DAYS_MAX = 2_000;
const days = new Set<string>();

/** True for a real calendar day written `YYYY-MM-DD` (2026-02-29 is not one). */
export function isDay(text: string): boolean {
  if (days.has(text)) return true;
  const real = isRealDay(text);
  if (real && days.size >= DAYS_MAX) days.clear();
  if (real) days.add(text);
  return real;
}

function isRealDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/** True when a value is a JSON object (not null, not a list). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]/; // eslint-disable-line no-control-regex
const CONTROLS = new RegExp(CONTROL, 'g');
const ISO_TIME = /^(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

interface Place {
  timeZone: string;
  country: string;
}

/**
 * Reads one JSON object field by field and gathers every fault under its full path, so that the sender gets them all at once.
 * A reader never throws; what it answers for a bad field is a placeholder that must not be used once `errors` is not empty.
 */
export class FieldReader {
  private readonly known = new Set<string>();
  constructor(
    private readonly source: Record<string, unknown>,
    private readonly path: string,
    readonly place: Place,
    readonly errors: FieldError[],
  ) {}

  /** Records a fault of a field of this object. */
  fault(name: string, message: string): void {
    this.errors.push({ field: this.name(name), message });
  }

  /** Fields nobody asked for, with keys every store accepts. */
  extras(): Record<string, unknown> | undefined {
    const own = Object.entries(this.source).filter(([key]) => !this.known.has(key) && key !== '__proto__');
    return own.length === 0 ? undefined : Object.fromEntries(own.map(([key, v]) => [safeKey(key), safe(v)]));
  }

  /** Marks fields that are understood elsewhere or to be left out. */
  ignore(...names: string[]): void {
    for (const name of names) this.known.add(name);
  }

  optionalText(name: string, max = 300): string | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return void this.fault(name, 'must be text');
    const text = (CONTROL.test(value) ? value.replace(CONTROLS, ' ') : value).trim();
    if (text.length > max) return void this.fault(name, `must have at most ${max} characters`);
    return text || undefined;
  }

  text(name: string, max = 300): string {
    const before = this.errors.length;
    const value = this.optionalText(name, max);
    if (value === undefined && this.errors.length === before) this.fault(name, 'is required');
    return value ?? '';
  }

  /** An identifier the shop chose: kept exactly, control characters refused. */
  identifier(name: string, max = 64): string {
    const value = this.take(name);
    if (value === undefined || value === '') this.fault(name, 'is required');
    else if (typeof value !== 'string') this.fault(name, 'must be text');
    else if (value.trim() === '') this.fault(name, 'must not be blank');
    else if (value.length > max) this.fault(name, `must have at most ${max} characters`);
    else if (CONTROL.test(value)) this.fault(name, 'must not contain control characters');
    else return value.trim();
    return '';
  }

  money(name: string): string {
    const value = this.take(name);
    if (value === undefined) this.fault(name, 'is required');
    else if (typeof value !== 'string' || !/^\d{1,12}(\.\d{1,4})?$/.test(value)) {
      this.fault(name, 'must be a decimal amount as text, such as "749.50"');
    } else return value;
    return '0';
  }

  oneOf<T extends string>(name: string, options: readonly T[]): T {
    const value = this.take(name);
    const first = options[0] as T;
    if (value === undefined) this.fault(name, 'is required');
    else if (typeof value === 'string' && (options as readonly string[]).includes(value)) return value as T;
    else this.fault(name, `must be one of ${options.join(', ')}`);
    return first;
  }

  integer(name: string, range: { min: number; max: number; otherwise?: number }): number {
    const value = this.take(name);
    if (value === undefined && range.otherwise !== undefined) return range.otherwise;
    if (value === undefined) this.fault(name, 'is required');
    else if (typeof value !== 'number' || !Number.isInteger(value))
      this.fault(name, 'must be a whole number');
    else if (value < range.min || value > range.max) {
      this.fault(name, `must be between ${range.min} and ${range.max}`);
    } else return value;
    return range.min;
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.take(name);
    if (value === undefined) return otherwise;
    if (typeof value === 'boolean') return value;
    this.fault(name, 'must be true or false');
    return otherwise;
  }

  /** E.164, read with the shop's country when it has no country code. */
  phone(name: string, otherwise?: string): string {
    const value = this.take(name);
    if (value === undefined && otherwise !== undefined) return otherwise;
    const phone = typeof value === 'string' ? toE164(value, this.place.country) : undefined;
    if (value === undefined) this.fault(name, 'is required');
    else if (!phone) this.fault(name, 'is not a phone number');
    return phone ?? '';
  }

  optionalDay(name: string): Day | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    // Shops often send a whole time where only the day counts; the day is taken as written.
    const text = typeof value === 'string' && ISO_TIME.test(value) ? value.slice(0, 10) : '';
    if (isDay(text)) return text;
    return void this.fault(name, 'must be a calendar day, YYYY-MM-DD');
  }

  time(name: string): Date {
    const value = this.take(name);
    if (value === undefined) this.fault(name, 'is required');
    else {
      const found = typeof value === 'string' ? ISO_TIME.exec(value) : null;
      const at = found && isDay(found[1] ?? '') ? parseInstant(found[0], this.place.timeZone) : undefined;
      if (at) return at;
      this.fault(name, 'must be an ISO 8601 time, such as 2026-11-15T10:00:00+05:30');
    }
    return new Date(0);
  }

  optionalUrl(name: string): string | undefined {
    const text = this.optionalText(name, 2000);
    if (text === undefined || /^https?:\/\/[^\s<>"]+$/i.test(text)) return text;
    return void this.fault(name, 'must be an http or https address');
  }

  optionalEmail(name: string): string | undefined {
    const text = this.optionalText(name, 254);
    if (text === undefined || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return text?.toLowerCase();
    return void this.fault(name, 'is not an e-mail address');
  }

  texts(name: string): string[] {
    const value = this.take(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.fault(name, 'must be a list');
      return [];
    }
    return value.flatMap((one: unknown, i) => {
      if (typeof one === 'string' && one.trim() !== '' && one.length <= 300) return [one];
      this.fault(`${name}[${i}]`, 'must be text');
      return [];
    });
  }

  /** A nested object; a missing one is a fault and reads as empty so that its own missing fields are named as well. */
  object(name: string): FieldReader {
    const value = this.take(name);
    if (value !== undefined && !isObject(value)) this.fault(name, 'must be an object');
    const silent = value !== undefined && !isObject(value);
    return new FieldReader(
      isObject(value) ? value : {},
      this.name(name),
      this.place,
      silent ? [] : this.errors,
    );
  }

  /** A list of objects, each read with its index in the path. */
  objects(name: string, options: { required: boolean; max: number }): FieldReader[] {
    const value = this.take(name);
    if (value === undefined && !options.required) return [];
    if (!Array.isArray(value) || (options.required && value.length === 0)) {
      this.fault(name, options.required ? 'must be a list with at least one entry' : 'must be a list');
      return [];
    }
    if (value.length > options.max) {
      this.fault(name, `must have at most ${options.max} entries`);
      return [];
    }
    return value.flatMap((one: unknown, i) => {
      if (isObject(one)) return [new FieldReader(one, this.name(`${name}[${i}]`), this.place, this.errors)];
      this.fault(`${name}[${i}]`, 'must be an object');
      return [];
    });
  }

  /** The raw value of a field; null counts as absent. */
  take(name: string): unknown {
    this.known.add(name);
    return Object.hasOwn(this.source, name) ? (this.source[name] ?? undefined) : undefined;
  }

  private name(field: string): string {
    return this.path ? `${this.path}.${field}` : field;
  }
}

function safeKey(key: string): string {
  return key.replace(/\./g, '_').replace(/^\$/, '_').replaceAll('\u0000', '').slice(0, 200) || '_';
}

function safe(value: unknown, depth = 0): unknown {
  if (depth > 20) return undefined;
  if (Array.isArray(value)) return value.map((one: unknown) => safe(one, depth + 1));
  if (!isObject(value)) return value;
  const own = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(own.map(([key, one]) => [safeKey(key), safe(one, depth + 1)]));
}
