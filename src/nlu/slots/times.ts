import type { SlotName, Slot, TimeReading } from '../../core/understanding';
import type { Token } from '../text/tokens';
import { COUNTS } from './dates/words';

const PARTS: ReadonlyMap<string, SlotName> = new Map([
  ...['morning', 'subah', 'savere', 'sawere', 'sabere', 'am', 'breakfast', 'forenoon', 'subh'].map(
    (w): [string, SlotName] => [w, 'morning'],
  ),
  ...[
    'afternoon',
    'dopahar',
    'dopeher',
    'dophar',
    'dopahr',
    'lunch',
    'noon',
    'din1',
    'midday',
    'dupahar',
    'dofahar',
    'dofhar',
    'dofar',
  ].map((w): [string, SlotName] => [w, 'afternoon']),
  ...['evening', 'shaam', 'sandhya', 'night', 'raat', 'tonight', 'shamko', 'rat'].map(
    (w): [string, SlotName] => [w, 'evening'],
  ),
]);
const AFTER = /^(?:after|baad|post|past|onwards|onward|later)$/;
const BEFORE = /^(?:before|pehle|by|until|till|tak|within)$/;
const CLOCK = /^(?:am|pm|baje|bajhe|oclock|clock|a\.m|p\.m|bje|hrs|hours)$/;

/** Behind a number word it makes an hour: "saat baje". */
const BAJE = /^(?:baje|bajhe|bje)$/;

interface Hour {
  hour: number;
  from: number;
  to: number;
  /** am, pm, baje or minutes were written: surely a time. */
  sure: boolean;
}

/** Reads the hour at a token, with minutes and am or pm behind. Undefined when it cannot be a time. */
function hourAt(tokens: Token[], i: number, part: SlotName | undefined): Hour | undefined {
  const said = BAJE.test(tokens[i + 1]?.word ?? '') ? COUNTS.get(tokens[i]?.word ?? '') : undefined;
  const n = tokens[i]?.number ?? said;
  if (n === undefined || n > 24 || (said === undefined && (tokens[i]?.word.length ?? 9) > 2))
    return undefined;
  let to = i;
  let sure = false;
  const minutes = tokens[i + 2];
  if (
    /^[:.]$/.test(tokens[i + 1]?.word ?? '') &&
    minutes?.number !== undefined &&
    minutes.word.length === 2 &&
    minutes.number < 60 &&
    tokens[i + 1]?.start === tokens[i]?.end
  ) {
    to = i + 2;
    sure = true;
  }
  let suffix = tokens[to + 1]?.word ?? '';
  if (/^[ap]$/.test(suffix) && tokens[to + 2]?.word === '.') suffix = `${suffix}m`;
  let hour = n;
  if (CLOCK.test(suffix)) {
    to++;
    sure = true;
  }
  if (suffix === 'pm' && n < 12) hour = n + 12;
  else if (suffix === 'am') hour = n % 12;
  else if (n >= 1 && n <= 11) hour = asMeant(n, part);
  return { hour, from: i, to, sure };
}

/** A bare hour in a talk about deliveries: 1 to 7 is after noon, 8 to 11 before, unless a part of the day says otherwise. */
function asMeant(n: number, part: SlotName | undefined): number {
  if (part === 'morning') return n;
  if (part === 'evening') return n >= 4 ? n + 12 : n;
  if (part === 'afternoon') return n <= 7 ? n + 12 : n;
  return n <= 7 ? n + 12 : n;
}

interface Found {
  value: TimeReading;
  from: number;
  to: number;
}

function hoursIn(
  tokens: Token[],
  part: SlotName | undefined,
  wanted: boolean,
  taken: (i: number) => boolean,
): Found | undefined {
  for (let i = 0; i < tokens.length; i++) {
    if (taken(i)) continue;
    const first = hourAt(tokens, i, part);
    if (!first) continue;
    const before = tokens[i - 1]?.word ?? '';
    const link = tokens[first.to + 1]?.word ?? '';
    const second = /^(?:to|and|se|-|–|aur|till|until|tak)$/.test(link)
      ? hourAt(tokens, first.to + 2, part)
      : undefined;
    if (second && second.hour <= 24) {
      const behind = tokens[second.to + 1]?.word ?? '';
      const sure =
        first.sure ||
        second.sure ||
        /^(?:between|from)$/.test(before) ||
        PARTS.has(before) ||
        (before === 'ko' && PARTS.has(tokens[i - 2]?.word ?? '')) ||
        /^(?:ke|beech|bich|baje)$/.test(behind);
      if (sure || wanted) return range(tokens, first, second, part);
    }
    const tail = tokens[first.to + 1]?.word === 'ke' || tokens[first.to + 1]?.word === 'se' ? 2 : 1;
    const behind = tokens[first.to + tail]?.word ?? '';
    const turned = /^(?:not|dont)$/.test(tokens[i - 2]?.word ?? '');
    if (AFTER.test(before) || AFTER.test(behind)) {
      if (first.sure || first.hour <= 24)
        return {
          value: turned && AFTER.test(before) ? { toHour: first.hour } : { fromHour: first.hour },
          from: AFTER.test(before) ? i - 1 : i,
          to: AFTER.test(behind) ? first.to + tail : first.to,
          ...upTo(tokens, i, first, part),
        };
    }
    if (BEFORE.test(before) || BEFORE.test(behind)) {
      if (first.sure || wanted || (tokens[i]?.number ?? 99) <= 12)
        return {
          value: turned && before === 'before' ? { fromHour: first.hour } : { toHour: first.hour },
          from: BEFORE.test(before) ? i - 1 : i,
          to: BEFORE.test(behind) ? first.to + tail : first.to,
        };
    }
    if (first.sure || (wanted && (tokens[i]?.number ?? 99) <= 24)) {
      return { value: { fromHour: first.hour, toHour: Math.min(24, first.hour + 1) }, from: i, to: first.to };
    }
  }
  return undefined;
}

/** "after 6 and before 9": the end that follows a beginning. */
function upTo(tokens: Token[], i: number, first: Hour, part: SlotName | undefined): Partial<Found> {
  const at = tokens.findIndex((token, n) => n > first.to && n < first.to + 4 && token.word === 'before');
  const second = at < 0 ? undefined : hourAt(tokens, at + 1, part);
  if (!second) return {};
  const to = second.hour <= first.hour ? second.hour + 12 : second.hour;
  if (to <= first.hour || to > 24) return {};
  return { value: { fromHour: first.hour, toHour: to }, from: Math.max(0, i - 1), to: second.to };
}

/** "before noon", "first half": parts of the day that are said as a bound or as a half. */
function halfIn(tokens: Token[]): Found | undefined {
  for (const [i, { word }] of tokens.entries()) {
    const before = tokens[i - 1]?.word ?? '';
    if (/^(?:noon|midday)$/.test(word) && (AFTER.test(before) || BEFORE.test(before)))
      return { value: AFTER.test(before) ? { fromHour: 12 } : { toHour: 12 }, from: i - 1, to: i };
    if (word === 'half' && /^(?:first|1st|st|second|2nd|nd)$/.test(before)) {
      const slot = /^(?:first|1st|st)$/.test(before) ? 'morning' : 'afternoon';
      return { value: { slot }, from: i - (/^(?:st|nd)$/.test(before) ? 2 : 1), to: i };
    }
  }
  return undefined;
}

function range(tokens: Token[], first: Hour, second: Hour, part: SlotName | undefined): Found {
  let from = first.hour;
  let to = second.hour;
  const n = tokens[first.from]?.number ?? 0;
  if (from >= to && to + 12 <= 24 && to < 12) to += 12;
  if (from > to && n <= 12) from = n;
  if (part === undefined && !first.sure && to > 12 && n < 12 && n + 12 < to && n <= 7) from = n + 12;
  return { value: { fromHour: from, toHour: to }, from: first.from, to: second.to };
}

/**
 * The time of day asked for: a part of the day, hours, or both. `wanted` admits bare numbers; `taken` names tokens that
 * belong to a date.
 */
export function findTime(
  text: string,
  tokens: Token[],
  wanted: boolean,
  taken: (i: number) => boolean,
): Slot<TimeReading> | undefined {
  const half = halfIn(tokens);
  if (half) {
    const [start, end] = [tokens[half.from]?.start ?? 0, tokens[half.to]?.end ?? text.length];
    return { value: half.value, text: text.slice(start, end), start, end };
  }
  let partAt = -1;
  let part: SlotName | undefined;
  for (const [i, token] of tokens.entries()) {
    const named = PARTS.get(token.word);
    if (
      !named ||
      token.word === 'am' ||
      /^(?:nahi|mat)$/.test(tokens[i + 1]?.word ?? '') ||
      (tokens[i + 1]?.word === 'not' && !PARTS.has(tokens[i + 2]?.word ?? '')) ||
      isRuledOut(tokens, i)
    )
      continue;
    if (/^good$/.test(tokens[i - 1]?.word ?? '') || /^(?:since|se)$/.test(tokens[i - 1]?.word ?? ''))
      continue;
    if (/^(?:se)$/.test(tokens[i + 1]?.word ?? '') && tokens[i + 2]?.number === undefined) continue;
    partAt = i;
    part = named;
    if (AFTER.test(tokens[i - 1]?.word ?? '') && token.word === 'lunch') break;
  }
  const hours = hoursIn(tokens, part, wanted, taken);
  if (!hours && part === undefined) return undefined;
  const ends = [hours?.from, hours?.to, part === undefined ? undefined : partAt].filter(
    (at) => at !== undefined,
  );
  const start = tokens[Math.min(...ends)]?.start ?? 0;
  const end = tokens[Math.max(...ends)]?.end ?? text.length;
  const value: TimeReading = { ...(part ? { slot: part } : {}), ...(hours?.value ?? {}) };
  return { value, text: text.slice(start, end), start, end };
}

function isRuledOut(tokens: Token[], i: number): boolean {
  const word = (at: number): string => tokens[at]?.word ?? '';
  const before = [word(i - 1), word(i - 2), word(i - 3)];
  if (before.some((w) => /^(?:not|dont|except|cannot|cant|wont)$/.test(w))) return true;
  return [word(i + 1), word(i + 2), word(i + 3)].some(
    (w, at) => /^(?:mat|nahi|doesnt)$/.test(w) && at < 3 && !PARTS.has(w),
  );
}
