import { MongoFault } from '../errors';

/** A moment as a clock on a wall shows it. `dayOfWeek` 0 is Sunday; `offset` is minutes east of UTC. */
export interface LocalParts extends WallTime {
  dayOfWeek: number;
  dayOfYear: number;
  offset: number;
}

/** A date and time of day without a zone; months count from 1. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

const DAY_MS = 86_400_000;

/** What is known of a zone: how its clock reads, and its offset at the beginning of days of UTC. */
interface Zone {
  format: Intl.DateTimeFormat;
  offsets: Map<number, number>;
}

/** Days whose offsets are kept of a zone: a report asks for the same ones for every document. */
const DAYS_KEPT = 4_000;
const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    try {
      const format = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
      zone = { format, offsets: new Map() };
    } catch {
      throw new MongoFault(40485, `unrecognized time zone identifier: "${name}"`);
    }
    zones.set(name, zone);
  }
  return zone;
}

function offsetMinutes(ms: number, name: string): number {
  if (name === 'UTC' || name === 'GMT' || name === 'Z') return 0;
  const fixed = /^([+-])(\d\d):?(\d\d)?$/.exec(name);
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0));
  const zone = zoneOf(name);
  const day = Math.floor(ms / DAY_MS);
  // No zone puts its clock forward and back again within one day.
  const offset = offsetAt(zone, day);
  return offset === offsetAt(zone, day + 1) ? offset : readOffset(zone, ms);
}

function offsetAt(zone: Zone, day: number): number {
  let offset = zone.offsets.get(day);
  if (offset === undefined) {
    if (zone.offsets.size >= DAYS_KEPT) zone.offsets.clear();
    offset = readOffset(zone, day * DAY_MS);
    zone.offsets.set(day, offset);
  }
  return offset;
}

function readOffset({ format }: Zone, ms: number): number {
  const p = Object.fromEntries(format.formatToParts(ms).map((x) => [x.type, Number(x.value)]));
  const local = Date.UTC(p.year as number, (p.month as number) - 1, p.day, p.hour, p.minute, p.second);
  return Math.round((local - Math.floor(ms / 1000) * 1000) / 60_000);
}

/** The wall clock of a zone at a moment. */
export function localParts(ms: number, zone: string): LocalParts {
  const offset = offsetMinutes(ms, zone);
  const d = new Date(ms + offset * 60_000);
  const start = Date.UTC(d.getUTCFullYear(), 0, 1);
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    ms: d.getUTCMilliseconds(),
    dayOfWeek: d.getUTCDay(),
    dayOfYear: Math.floor((d.getTime() - start) / 86_400_000) + 1,
    offset,
  };
}

/** The moment at which a zone's wall clock shows this time. */
export function fromLocal(t: WallTime, zone: string): number {
  const wall = Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second, t.ms);
  const guess = wall - offsetMinutes(wall, zone) * 60_000;
  return wall - offsetMinutes(guess, zone) * 60_000;
}
