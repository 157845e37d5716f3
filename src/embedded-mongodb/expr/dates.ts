import { asInteger, isNumber, toNumber } from '../bson/numbers';
import { DateTime, Doc, Raw, T } from '../bson/values';
import type { Value } from '../bson/values';
import { MongoFault } from '../errors';
import { nullish } from './arguments';
import { parseExpression } from './evaluate';
import type { Expr } from './evaluate';
import type { Build } from './operators';
import { fromLocal, localParts } from './zones';
import type { LocalParts } from './zones';

function millis(v: Value, name: string): number {
  if (v instanceof DateTime) return v.ms;
  if (v instanceof Raw && v.type === T.objectId) return v.bytes.readUInt32BE(0) * 1000;
  if (v instanceof Raw && v.type === T.timestamp) return v.bytes.readUInt32LE(4) * 1000;
  throw new MongoFault(16006, `can't convert from this BSON type to Date in ${name}`);
}

function options(v: Value): (k: string) => Expr | undefined {
  return (k) => {
    const x = v instanceof Doc ? v.get(k) : undefined;
    return x === undefined ? undefined : parseExpression(x);
  };
}

const UTC: Expr = () => 'UTC';

function part(fn: (p: LocalParts) => number): Build {
  return (v, name) => {
    const takesOptions = v instanceof Doc && v.has('date');
    const date = takesOptions ? (options(v)('date') as Expr) : parseExpression(v);
    const zone = (takesOptions && options(v)('timezone')) || UTC;
    return (s) => {
      const x = date(s);
      const z = zone(s);
      return nullish(x) || nullish(z) ? null : fn(localParts(millis(x, name), String(z)));
    };
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** What stands behind each letter of a format. */
const WRITTEN: Readonly<Record<string, (p: LocalParts) => string>> = {
  Y: (p) => String(p.year).padStart(4, '0'),
  m: (p) => two(p.month),
  d: (p) => two(p.day),
  H: (p) => two(p.hour),
  M: (p) => two(p.minute),
  S: (p) => two(p.second),
  L: (p) => String(p.ms).padStart(3, '0'),
  j: (p) => String(p.dayOfYear).padStart(3, '0'),
  w: (p) => String(p.dayOfWeek + 1),
  u: (p) => String(p.dayOfWeek === 0 ? 7 : p.dayOfWeek),
  U: (p) => two(Math.floor((p.dayOfYear + 6 - p.dayOfWeek) / 7)),
  V: (p) => two(isoWeek(p).week),
  G: (p) => String(isoWeek(p).year),
  z: (p) =>
    `${p.offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(p.offset) / 60))}${two(Math.abs(p.offset) % 60)}`,
  Z: (p) => String(p.offset),
  '%': () => '%',
};

function formatted(p: LocalParts, format: string): string {
  return format.replace(/%(.)/g, (_m, c: string) => {
    const write = WRITTEN[c];
    if (!write) throw new MongoFault(18536, `Invalid format character '%${c}' in format string`);
    return write(p);
  });
}

function isoWeek(p: LocalParts): { week: number; year: number } {
  const day = p.dayOfWeek === 0 ? 7 : p.dayOfWeek;
  const thursday = new Date(Date.UTC(p.year, p.month - 1, p.day + 4 - day));
  const year = thursday.getUTCFullYear();
  return { week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / 604_800_000) + 1, year };
}

const toText: Build = (v, name) => {
  const o = options(v);
  const date = o('date');
  if (!date) throw new MongoFault(18628, "Missing 'date' parameter to $dateToString");
  const [format, zone, onNull] = [o('format'), o('timezone') ?? UTC, o('onNull')];
  return (s) => {
    const x = date(s);
    const z = zone(s);
    if (nullish(x) || nullish(z)) return onNull && nullish(x) ? onNull(s) : null;
    return formatted(localParts(millis(x, name), String(z)), String(format?.(s) ?? '%Y-%m-%dT%H:%M:%S.%LZ'));
  };
};

const UNIT_MS: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};
const UNIT_MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

function unitOf(v: Value | undefined): string {
  if (typeof v === 'string' && (UNIT_MS[v] || UNIT_MONTHS[v])) return v;
  throw new MongoFault(5439013, `unknown time unit value: ${String(v)}`);
}

function shifted(ms: number, unit: string, n: number, zone: string): number {
  const p = localParts(ms, zone);
  const months = UNIT_MONTHS[unit];
  if (months) {
    const first = new Date(Date.UTC(p.year, p.month - 1 + months * n, 1));
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    return fromLocal(
      { ...p, year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, day: Math.min(p.day, last) },
      zone,
    );
  }
  if (unit === 'day' || unit === 'week')
    return fromLocal({ ...p, day: p.day + n * (unit === 'week' ? 7 : 1) }, zone);
  return ms + n * (UNIT_MS[unit] as number);
}

function add(sign: 1 | -1): Build {
  return (v, name) => {
    const o = options(v);
    const [start, unit, amount, zone] = [o('startDate'), o('unit'), o('amount'), o('timezone') ?? UTC];
    if (!start || !unit || !amount)
      throw new MongoFault(5166402, `${name} requires startDate, unit, and amount to be present`);
    return (s) => {
      const x = start(s);
      const n = amount(s);
      if (nullish(x) || nullish(n)) return null;
      if (!isNumber(n) || asInteger(n) === undefined)
        throw new MongoFault(5166405, `${name} expects integer amount of time units`);
      return new DateTime(shifted(millis(x, name), unitOf(unit(s)), sign * toNumber(n), String(zone(s))));
    };
  };
}

function truncated(ms: number, unit: string, bin: number, zone: string, firstDay: number): number {
  const p = localParts(ms, zone);
  const months = UNIT_MONTHS[unit];
  if (months) {
    const size = months * bin;
    const n = Math.floor(((p.year - 2000) * 12 + p.month - 1) / size) * size;
    return fromLocal({ year: 2000, month: 1 + n, day: 1, hour: 0, minute: 0, second: 0, ms: 0 }, zone);
  }
  // Bins are counted from 2000-01-01; weeks from the first chosen weekday on or after it.
  const origin = Date.UTC(2000, 0, unit === 'week' ? 1 + ((firstDay - 6 + 7) % 7) : 1);
  const local = Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second, p.ms);
  const size = (UNIT_MS[unit] as number) * bin;
  const cut = new Date(origin + Math.floor((local - origin) / size) * size);
  if (size < 86_400_000) return ms - (local - cut.getTime());
  return fromLocal(
    {
      year: cut.getUTCFullYear(),
      month: cut.getUTCMonth() + 1,
      day: cut.getUTCDate(),
      hour: 0,
      minute: 0,
      second: 0,
      ms: 0,
    },
    zone,
  );
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const trunc: Build = (v, name) => {
  const o = options(v);
  const [date, unit, bin, zone, start] = [
    o('date'),
    o('unit'),
    o('binSize'),
    o('timezone') ?? UTC,
    o('startOfWeek'),
  ];
  if (!date || !unit) throw new MongoFault(5439009, "Missing 'date' or 'unit' parameter to $dateTrunc");
  return (s) => {
    const x = date(s);
    if (nullish(x)) return null;
    const first = DAYS.indexOf(
      String(start?.(s) ?? 'sun')
        .toLowerCase()
        .slice(0, 3),
    );
    return new DateTime(
      truncated(
        millis(x, name),
        unitOf(unit(s)),
        asInteger(bin?.(s)) ?? 1,
        String(zone(s)),
        Math.max(0, first),
      ),
    );
  };
};

const diff: Build = (v, name) => {
  const o = options(v);
  const [a, b, unit, zone] = [o('startDate'), o('endDate'), o('unit'), o('timezone') ?? UTC];
  if (!a || !b || !unit) throw new MongoFault(5166303, `${name} requires startDate, endDate and unit`);
  return (s) => {
    const [x, y] = [a(s), b(s)];
    if (nullish(x) || nullish(y)) return null;
    const u = unitOf(unit(s));
    const z = String(zone(s));
    const [p, q] = [millis(x, name), millis(y, name)].map((ms) => truncated(ms, u, 1, z, 0)) as [
      number,
      number,
    ];
    const months = UNIT_MONTHS[u];
    if (!months) return BigInt(Math.round((q - p) / (UNIT_MS[u] as number)));
    const [m, n] = [localParts(p, z), localParts(q, z)];
    return BigInt(Math.round(((n.year - m.year) * 12 + n.month - m.month) / months));
  };
};

const fromParts: Build = (v) => {
  const o = options(v);
  const year = o('year');
  if (!year)
    throw new MongoFault(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  const rest = ['month', 'day', 'hour', 'minute', 'second', 'millisecond'].map((k) => o(k));
  const zone = o('timezone') ?? UTC;
  return (s) => {
    const values = [year, ...rest].map((e) => (e ? e(s) : undefined));
    if ([year, ...rest].some((e, i) => e && nullish(values[i]))) return null;
    const [y, m, d, h, mi, se, ms] = values.map((x) => asInteger(x)) as (number | undefined)[];
    return new DateTime(
      fromLocal(
        {
          year: y as number,
          month: m ?? 1,
          day: d ?? 1,
          hour: h ?? 0,
          minute: mi ?? 0,
          second: se ?? 0,
          ms: ms ?? 0,
        },
        String(zone(s)),
      ),
    );
  };
};

/** Dates. */
export const DATES: Readonly<Record<string, Build>> = {
  $year: part((p) => p.year),
  $month: part((p) => p.month),
  $dayOfMonth: part((p) => p.day),
  $hour: part((p) => p.hour),
  $minute: part((p) => p.minute),
  $second: part((p) => p.second),
  $millisecond: part((p) => p.ms),
  $dayOfWeek: part((p) => p.dayOfWeek + 1),
  $dayOfYear: part((p) => p.dayOfYear),
  $isoDayOfWeek: part((p) => (p.dayOfWeek === 0 ? 7 : p.dayOfWeek)),
  $isoWeek: part((p) => isoWeek(p).week),
  $isoWeekYear: part((p) => isoWeek(p).year),
  $dateToString: toText,
  $dateAdd: add(1),
  $dateSubtract: add(-1),
  $dateDiff: diff,
  $dateTrunc: trunc,
  $dateFromParts: fromParts,
};
