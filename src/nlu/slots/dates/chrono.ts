import type { ParsedComponents } from 'chrono-node';
import { GB } from 'chrono-node/en';
import type { DateReading, Slot } from '../../../core/understanding';
import { addDays, offsetMinutes, type Day } from '../../../core/zone';
import type { Token } from '../../text/tokens';

/** Only lines with one of these may hold a date form that the own rules do not know. */
const HINT =
  /\b(?:fortnight|christmas|new year|(?:weeks?|months?|days?) (?:from|after|later|hence|time)|(?:\d|two|three|four|few|couple) (?:weeks?|months?|days?)|january|february|march|april|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)\b/i;
/** A unit alone ("change the day") names none. */
const NO_DAY = /^(?:(?:the|a|an|this|that)\s+)?(?:day|date|week|month|year)s?$/i;
const REFUSED = /\b(?:ago|since|last|past|been|for|every|old|yesterday|hours?|minutes?)\b/i;

/** What chrono finds where the own rules found nothing: rarer English forms ("a week from friday", "a fortnight"). Future days only. */
export function chronoDate(
  text: string,
  tokens: Token[],
  now: Date,
  timeZone: string,
  today: Day,
): { slot: Slot<DateReading>; taken: Set<number> } | undefined {
  const line = text.slice(0, 300);
  if (!HINT.test(line) || REFUSED.test(line)) return undefined;
  const reference = { instant: now, timezone: offsetMinutes(now, timeZone) };
  const [result] = GB.parse(line, reference, { forwardDate: true });
  if (!result?.start.isCertain('day') && !result?.start.isCertain('weekday')) return undefined;
  if (NO_DAY.test(result.text.trim())) return undefined;
  const from = dayOfParts(result.start);
  const to = result.end ? dayOfParts(result.end) : from;
  if (from < today || to < from || from > addDays(today, 400)) return undefined;
  const start = result.index;
  const end = start + result.text.length;
  const taken = new Set(tokens.flatMap((token, i) => (token.start >= start && token.end <= end ? [i] : [])));
  return { slot: { value: { from, to }, text: result.text, start, end }, taken };
}

function dayOfParts(parts: ParsedComponents): Day {
  const two = (n: number | null): string => String(n ?? 1).padStart(2, '0');
  return `${parts.get('year') ?? 1970}-${two(parts.get('month'))}-${two(parts.get('day'))}`;
}
