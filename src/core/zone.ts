/** A calendar day in the shop's zone, `YYYY-MM-DD`. */
export type Day = string;

const partsFormats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(timeZone: string): Intl.DateTimeFormat {
  let format = partsFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    partsFormats.set(timeZone, format);
  }
  return format;
}

function parts(at: Date, timeZone: string): Record<string, string> {
  return Object.fromEntries(
    partsFormat(timeZone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
}

const DAY_MS = 86_400_000;

/** Answers kept for days and offsets: a turn asks for the same few dozens of times, and a parse or a look into the zone database costs more than most turns. */
const CACHED = 5_000;

function cached<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= CACHED) known.clear();
    const value = find(key);
    known.set(key, value);
    return value;
  };
}

/** Days since 1 January 1970, and back. */
const numberOf = cached((day: Day) => Date.parse(`${day}T00:00:00Z`) / DAY_MS);
const dayAt = cached((number: number): Day => new Date(number * DAY_MS).toISOString().slice(0, 10));

/** The weekday of 1 January 1970. */
const THURSDAY = 4;

/** Offsets only ever change on a quarter of an hour. */
const QUARTER_MS = 900_000;
const offsetsOf = cached((timeZone: string) =>
  cached((quarter: number) => readOffset(new Date(quarter * QUARTER_MS), timeZone)),
);

/** The instant moved so that its UTC fields read like the zone's clock. */
function local(at: Date, timeZone: string): Date {
  return new Date(at.getTime() + offsetMinutes(at, timeZone) * 60_000);
}

/** The calendar day of an instant in a zone. */
export function dayOf(at: Date, timeZone: string): Day {
  return dayAt(Math.floor(local(at, timeZone).getTime() / DAY_MS));
}

/** Hour of the day (0-23) of an instant in a zone. */
export function hourOf(at: Date, timeZone: string): number {
  return local(at, timeZone).getUTCHours();
}

/** The zone's offset from UTC at an instant, in minutes (India: 330). */
export function offsetMinutes(at: Date, timeZone: string): number {
  return offsetsOf(timeZone)(Math.floor(at.getTime() / QUARTER_MS));
}

function readOffset(at: Date, timeZone: string): number {
  const p = parts(at, timeZone);
  const asUtc = Date.UTC(
    +(p.year ?? 0),
    +(p.month ?? 1) - 1,
    +(p.day ?? 1),
    +(p.hour ?? 0),
    +(p.minute ?? 0),
    +(p.second ?? 0),
  );
  return Math.round((asUtc - Math.floor(at.getTime() / 1000) * 1000) / 60000);
}

/** The day `n` days after another (`n` may be negative). Pure calendar arithmetic, no zone involved. */
export function addDays(day: Day, n: number): Day {
  return dayAt(numberOf(day) + n);
}

/** Weekday of a day, 0 = Sunday. */
export function weekdayOf(day: Day): number {
  return (((numberOf(day) + THURSDAY) % 7) + 7) % 7;
}

/** Whole days from one day to another (negative when `to` is earlier). */
export function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from);
}

/** The instant at which a local hour of a day begins in a zone. */
export function instantOf(day: Day, hour: number, timeZone: string): Date {
  const guess = new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
  return new Date(guess.getTime() - offsetMinutes(guess, timeZone) * 60_000);
}

/**
 * Reads an ISO time; one without a zone is taken in `timeZone` (a bare day means its midnight there).
 * Answers undefined when it cannot be read.
 */
export function parseInstant(text: string, timeZone: string): Date | undefined {
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text.replace(' ', 'T');
  const at = new Date(zoned ? text : `${plain}Z`);
  if (Number.isNaN(at.getTime())) return undefined;
  return zoned ? at : new Date(at.getTime() - offsetMinutes(at, timeZone) * 60_000);
}
