import { addDays, type Day } from '../../../core/zone';
import type { Token } from '../../text/tokens';
import { dayIn } from './calendar';
import { atom, MONTH, numberAt, on, WEEK, word, type Atom, type Setting } from './parts';
import { COUNTS } from './words';

const DAY = /^(?:day|days|din|dinon|dino|roz)$/;
const LATER = /^(?:later|baad|after|bad|hence|baadme)$/;
const WAIT = /^(?:ruk|rukke|ruko|rukna|rukiye|thehar|tehar|thahar)$/;
const KEEPING = /^(?:hold|postpone|delay|keep|push)$/;

/** A count of days, weeks or months: days by which a day is moved. */
interface Length {
  least: number;
  most: number;
  unit: 'day' | 'week' | 'fortnight' | 'month';
  end: number;
}

function count(tokens: Token[], i: number): number | undefined {
  return numberAt(tokens, i, 60) ?? COUNTS.get(tokens[i]?.written ?? '');
}

function unitAt(tokens: Token[], i: number): Length['unit'] | undefined {
  const here = word(tokens, i);
  if (DAY.test(here)) return 'day';
  if (WEEK.test(here)) return 'week';
  if (MONTH.test(here)) return 'month';
  return /^(?:fortnight|fortnights)$/.test(here) ? 'fortnight' : undefined;
}

/** "3 days", "2-3 din", "a couple of weeks", "do teen din", "hafte bhar". */
function lengthAt(tokens: Token[], i: number): Length | undefined {
  if (WEEK.test(word(tokens, i)) && word(tokens, i + 1) === 'bhar')
    return { least: 1, most: 1, unit: 'week', end: i + 1 };
  const several = word(tokens, i) === 'a' && /^(?:couple|few)$/.test(word(tokens, i + 1));
  const least = count(tokens, several ? i + 1 : i);
  if (least === undefined) return undefined;
  let at = several ? i + 2 : i + 1;
  let most = least;
  if (/^(?:-|–|to|se|or|ya)$/.test(word(tokens, at)) && count(tokens, at + 1) !== undefined) {
    most = count(tokens, at + 1) ?? least;
    at += 2;
  } else if (
    count(tokens, at) !== undefined &&
    tokens[at]?.number === undefined &&
    tokens[i]?.number === undefined &&
    DAY.test(word(tokens, at + 1))
  ) {
    most = count(tokens, at) ?? least;
    at++;
  }
  if (/^(?:of|more|or|aur|working|business)$/.test(word(tokens, at))) at++;
  const unit = unitAt(tokens, at);
  return unit && { least, most, unit, end: at };
}

function moved(day: Day, n: number, unit: Length['unit']): Day {
  if (unit !== 'month') return addDays(day, n * (unit === 'day' ? 1 : unit === 'week' ? 7 : 14));
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + n;
  for (let date = Number(day.slice(8)); date > 27; date--) {
    const found = dayIn(Math.floor(months / 12), (months % 12) + 1, date);
    if (found) return found;
  }
  return dayIn(Math.floor(months / 12), (months % 12) + 1, Number(day.slice(8))) ?? day;
}

/** The word that leads into a count, over "the next", "another". */
function leadOf(tokens: Token[], i: number): { lead: string; coming: boolean } {
  let at = i - 1;
  while (/^(?:the|next|coming|agle|aane|wale|another|another|about)$/.test(word(tokens, at))) at--;
  const coming = at < i - 1 && /^(?:next|coming|agle|wale)$/.test(word(tokens, i - 1));
  return { lead: word(tokens, at), coming };
}

/** Told, not asked for: "10 days ago", "2 din pehle", "has been 3 weeks"; "hold it for 3 days" is a wish. */
function isTold(tokens: Token[], i: number, end: number, lead: string): boolean {
  if (/^(?:ago|pehle|se|ho|hua|gaya|gaye|late|old|already|since|over)$/.test(word(tokens, end + 1)))
    return true;
  if (lead !== 'for') return /^(?:been|since|last|past|from|pichle)$/.test(lead);
  return !tokens.slice(0, i).some((token) => KEEPING.test(token.word));
}

/** Where the words end that put a count into the future ("ke baad", "later", "ruk ke", "from now"); `end` when there are none. */
function futureEnd(tokens: Token[], end: number): number {
  const [one, two] = [word(tokens, end + 1), word(tokens, end + 2)];
  if (/^(?:ke|k)$/.test(one) && /^(?:baad|bad|andar|liye)$/.test(two)) return end + 2;
  if (/^(?:from|after)$/.test(one) && /^(?:now|today|this)$/.test(two)) return end + 2;
  if (WAIT.test(one)) return /^(?:ke|kar|jao|jaiye|jana)$/.test(two) ? end + 2 : end + 1;
  return LATER.test(one) || /^(?:mein|aage|extra|postpone|andar)$/.test(one) ? end + 1 : end;
}

/** "a week from monday", "two days after the 25th", "a day before friday". */
function fromDay(
  tokens: Token[],
  i: number,
  length: Length,
  atomAt: (i: number) => Atom | undefined,
): Atom | undefined {
  const { end, least, most, unit } = length;
  const earlier = word(tokens, end + 1) === 'earlier' && word(tokens, end + 2) === 'than';
  const link = word(tokens, end + 1);
  if (!earlier && !/^(?:from|after|before)$/.test(link)) return undefined;
  let at = end + (earlier ? 3 : 2);
  if (/^(?:the|this|on)$/.test(word(tokens, at))) at++;
  const base = atomAt(at);
  if (base?.from !== base?.to || !base || base.ambiguous || base.counted) return undefined;
  const back = earlier || link === 'before';
  const span = back
    ? on(moved(base.from, -most, unit))
    : { from: moved(base.from, least, unit), to: moved(base.from, most, unit) };
  return atom(i, base.end, span, { counted: true });
}

/** "in 3 days", "2 din baad", "after a week", "do hafte baad", "within 2 days", "a week from monday". */
export function counted(
  tokens: Token[],
  i: number,
  { today }: Setting,
  atomAt: (i: number) => Atom | undefined,
): Atom | undefined {
  const length = lengthAt(tokens, i);
  if (!length) return undefined;
  const { lead, coming } = leadOf(tokens, i);
  const { least, most, unit } = length;
  if (isTold(tokens, i, length.end, lead)) return undefined;
  const based = fromDay(tokens, i, length, atomAt);
  if (based) return based;
  const end = futureEnd(tokens, length.end);
  const within =
    lead === 'within' || word(tokens, end) === 'andar' || (coming && word(tokens, end) === 'mein');
  if (end === length.end && !/^(?:in|after|by|within|for|another)$/.test(lead)) return undefined;
  const from = within ? today : moved(today, least, unit);
  return atom(i, end, { from, to: moved(today, most, unit) }, { counted: true });
}
