import type { DateReading, Slot } from '../../../core/understanding';
import { addDays, dayOf, daysBetween, type Day } from '../../../core/zone';
import type { Token } from '../../text/tokens';
import { atomAt } from './atoms';
import { word, type Atom, type Setting } from './parts';
import { nextDayOfMonth } from './calendar';
import { chronoDate } from './chrono';
import { awayUntil, holdUntil, isAway, isPast, isPicked, judge, type Mention } from './mentions';

/** A date found, with the token places it took (so that a time is not read from the same numbers). */
export interface FoundDate {
  slot: Slot<DateReading>;
  taken: ReadonlySet<number>;
}

/** How many days "after the 25th" offers. */
const OPEN_DAYS = 6;

function atomsOf(tokens: Token[], setting: Setting): Atom[] {
  const found: Atom[] = [];
  for (let i = 0; i < tokens.length && found.length < 12; i++) {
    const atom = atomAt(tokens, i, setting);
    if (!atom) continue;
    found.push(atom);
    i = atom.end;
  }
  return lendMonths(found, tokens, setting);
}

/** "25 to 27 nov", "25 se 27 tarikh": a bare number before a range takes its day from the other end. */
function lendMonths(atoms: Atom[], tokens: Token[], setting: Setting): Atom[] {
  return atoms.flatMap((atom) => {
    const link = word(tokens, atom.start - 1);
    const n = tokens[atom.start - 2]?.number;
    const already = atoms.some((other) => other.end >= atom.start - 2 && other.end < atom.start);
    if (
      already ||
      n === undefined ||
      n < 1 ||
      n > 31 ||
      !/^(?:to|-|–|se|and|or|ya|till|aur|&|\/)$/.test(link) ||
      atom.counted
    )
      return [atom];
    if (Number(atom.from.slice(8)) <= n && atom.bareDay === undefined) return [atom];
    const day = atom.bareDay === undefined ? sameMonth(atom.from, n) : nextDayOfMonth(n, setting.today);
    if (!day || Math.abs(daysBetween(day, atom.from)) > 31) return [atom];
    return [{ start: atom.start - 2, end: atom.start - 2, from: day, to: day, bareDay: n }, atom];
  });
}

function sameMonth(day: Day, n: number): Day {
  return `${day.slice(0, 8)}${String(n).padStart(2, '0')}`;
}

/** Joins two mentions into one span where the words between them say so. */
function joinRanges(mentions: Mention[], tokens: Token[]): Mention[] {
  const joined: Mention[] = [];
  for (const mention of mentions) {
    const last = joined[joined.length - 1];
    const between = last ? tokens.slice(last.end + 1, mention.start).map((t) => t.word) : [];
    const link = between.filter((w) => !/^(?:the|on|ko|ke|tarikh)$/.test(w)).join(' ');
    const led = last ? word(tokens, last.start - 1) : '';
    const before = last && led === 'the' ? word(tokens, last.start - 2) : led;
    const end = last && mention.ambiguous?.find((day) => day >= last.from);
    const to = end ?? mention.to;
    if (last && last.negative === mention.negative && to >= last.from) {
      const range =
        /^(?:to|-|–|se|se lekar|till|until|through|se le kar)$/.test(link) ||
        (/^(?:and|aur)$/.test(link) && before === 'between');
      if (range && !(before === 'from' && movesFrom(tokens, last.start))) {
        joined[joined.length - 1] = {
          ...last,
          end: mention.end,
          to,
          ambiguous: undefined,
          side: last.side === 'from' ? undefined : last.side,
        };
        continue;
      }
    }
    if (
      last &&
      !last.negative &&
      !mention.negative &&
      /^(?:or|ya|\/|&|and|aur|,|or on|or maybe|ya fir|ya phir|)$/.test(link)
    ) {
      const days = [
        ...new Set([...(last.ambiguous ?? [last.from]), ...(mention.ambiguous ?? [mention.from])]),
      ].sort();
      joined[joined.length - 1] = {
        ...last,
        end: mention.end,
        from: days[0] ?? last.from,
        to: days[days.length - 1] ?? mention.to,
        ambiguous: days,
      };
      continue;
    }
    joined.push(mention);
  }
  return joined;
}

function movesFrom(tokens: Token[], start: number): boolean {
  return tokens
    .slice(0, start)
    .some((t) =>
      /^(?:change|move|shift|reschedule|postpone|prepone|push|badal|rearrange|moved|shifted)$/.test(t.word),
    );
}

/** The span that a mention asks for once "after", "before", "till" are counted in. */
function asked(mention: Mention, today: Day): { from: Day; to: Day } {
  const { from, to, side } = mention;
  if (side === 'after') return { from: addDays(to, 1), to: addDays(to, 1 + OPEN_DAYS) };
  if (side === 'from') return { from, to: addDays(from, OPEN_DAYS) };
  if (side === 'before') return { from: today, to: later(addDays(from, -1), today) };
  if (side === 'by') return { from: today, to };
  return { from, to };
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

function daysOf(mentions: Mention[]): Day[] {
  const days = new Set<Day>();
  for (const { from, to, ambiguous } of mentions) {
    if (ambiguous) {
      for (const day of ambiguous) days.add(day);
      continue;
    }
    const length = Math.min(daysBetween(from, to), 31);
    for (let n = 0; n <= length; n++) days.add(addDays(from, n));
  }
  return [...days].sort();
}

function chosen(positive: Mention[], tokens: Token[]): Mention | undefined {
  if (positive.length < 2) return positive[0];
  const picked = positive.find((m) => isPicked(m, tokens));
  if (picked) return picked;
  const pointed = positive.filter(
    (m) =>
      /^(?:to|on|make)$/.test(word(tokens, m.start - 1)) ||
      /^(?:ko|bhejo|bhej|karo|kardo|aana|aao)$/.test(word(tokens, m.end + 1)),
  );
  return pointed[pointed.length - 1] ?? positive[0];
}

/** Reads the day or days a line asks for. `wanted` says that a date is the answer awaited. Never throws. */
export function findDate(
  text: string,
  tokens: Token[],
  now: Date,
  timeZone: string,
  wanted: boolean,
): FoundDate | undefined {
  const today = dayOf(now, timeZone);
  const atoms = atomsOf(tokens, { today, wanted });
  if (atoms.length === 0) return chronoDate(text, tokens, now, timeZone, today);
  const judged = atoms
    .filter((atom) => !isPast(atom, tokens, atoms))
    .map((atom) => judge(atom, tokens, atoms));
  const mentions = joinRanges(
    ruledOutTogether(judged, tokens).map((mention) =>
      movesFromThis(mention, judged, tokens) ? { ...mention, negative: true } : mention,
    ),
    tokens,
  ).map((mention) => settle(mention, tokens, today));
  if (mentions.length === 0) return undefined;
  const negative = mentions.filter((m) => m.negative);
  const wish = chosen(
    mentions.filter((m) => !m.negative),
    tokens,
  );
  return build(text, tokens, mentions, { wish, not: daysOf(negative), today });
}

/** "except monday and tuesday", "aaj aur kal nahi": what rules out one of a pair rules out both. */
function ruledOutTogether(mentions: Mention[], tokens: Token[]): Mention[] {
  const paired = (a: Mention | undefined, b: Mention | undefined): boolean =>
    a !== undefined &&
    b !== undefined &&
    /^(?:and|or|nor|aur|ya|&|\/)$/.test(
      tokens
        .slice(a.end + 1, b.start)
        .map((token) => token.word)
        .filter((w) => !/^(?:the|on|ko)$/.test(w))
        .join(' '),
    );
  return mentions.map((mention, i) => {
    const [before, after] = [mentions[i - 1], mentions[i + 1]];
    const together =
      (before?.negative === true && paired(before, mention)) ||
      (after?.negative === true && paired(mention, after));
    return together ? { ...mention, negative: true } : mention;
  });
}

/** "change from friday to monday": the first is left behind. */
function movesFromThis(mention: Mention, all: Mention[], tokens: Token[]): boolean {
  const near = word(tokens, mention.start - 1);
  const before = near === 'the' ? word(tokens, mention.start - 2) : near;
  const isLast = all[all.length - 1] === mention;
  return !isLast && before === 'from' && movesFrom(tokens, mention.start);
}

function settle(mention: Mention, tokens: Token[], today: Day): Mention {
  if (mention.worded) return mention;
  if (awayUntil(mention, tokens)) return { ...mention, negative: false, side: 'from' };
  if (holdUntil(mention, tokens)) return { ...mention, negative: false, side: 'from' };
  if (isAway(mention, tokens)) return { ...mention, negative: true };
  if (mention.negative && mention.side === 'before') return { ...mention, negative: false, side: 'from' };
  if (mention.negative && mention.side === 'after') return { ...mention, negative: false, side: 'by' };
  if (mention.to < today) return { ...mention };
  return mention;
}

function build(
  text: string,
  tokens: Token[],
  mentions: Mention[],
  read: { wish: Mention | undefined; not: Day[]; today: Day },
): FoundDate {
  const { wish, not, today } = read;
  const taken = new Set<number>();
  for (const mention of mentions) for (let i = mention.start; i <= mention.end; i++) taken.add(i);
  const start = tokens[Math.min(...mentions.map((m) => m.start))]?.start ?? 0;
  const end = tokens[Math.max(...mentions.map((m) => m.end))]?.end ?? text.length;
  const place = { text: text.slice(start, end), start, end };
  if (!wish) {
    const last = not[not.length - 1] ?? today;
    const from = addDays(last, 1);
    return { slot: { ...place, value: { from, to: addDays(from, OPEN_DAYS), not, negative: true } }, taken };
  }
  const span = asked(wish, today);
  const value: DateReading = { ...span };
  const outside = not.filter((day) => !(day === span.from && day === span.to));
  if (outside.length > 0) value.not = outside;
  if (wish.ambiguous && wish.side === undefined)
    value.ambiguous = wish.ambiguous.filter((day) => !outside.includes(day));
  if (value.ambiguous && value.ambiguous.length < 2) {
    const [only] = value.ambiguous;
    delete value.ambiguous;
    if (only) Object.assign(value, { from: only, to: only });
  }
  return { slot: { ...place, value }, taken };
}
