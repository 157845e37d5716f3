import type { Token } from '../../text/tokens';
import { word, type Atom } from './parts';

/** A mention of days with what the words around it do to it. */
export interface Mention extends Atom {
  /** Ruled out: "not today", "aaj nahi". */
  negative: boolean;
  /** after: later than it; from: it or later; before: earlier; by: it or earlier. */
  side?: 'after' | 'from' | 'before' | 'by';
  /** "no later than": the "no" belongs to the side and rules nothing out. */
  worded?: boolean;
}

const BREAK = /^(?:[,.;!?|]|but|lekin|magar|so|then|toh|balki|instead|and|because|kyunki|isliye)$/;
const REQUEST =
  /^(?:please|send|deliver|bring|can|could|kindly|bhejo|bhej|make|come|want|reschedule|again|dobara|phir)$/;
const ENGLISH_NO =
  /^(?:not|dont|cannot|cant|wont|isnt|doesnt|never|no|nobody|noone|except|unavailable|busy|skip|avoid|without|instead|unable|difficult|impossible)$/;
const HINDI_NO =
  /^(?:nahi|mat|chhodkar|chhod|chodkar|chod|siwa|alawa|sivay|jagah|bajaye|bajay|badle|mushkil)$/;
/** A Hindi verb closes what was said: "aaj busy hu kal aana". */
const CLOSED = /^(?:hun|hai|hain|rahunga|rahungi|hoga|hogi|mushkil)$/;
/** One of these behind a day picks it. */
const FITS = /^(?:better|best|fine|good|ok|okay|works|perfect|great|suits|chalega|chalegi|theek|thik)$/;
const AWAY =
  /^(?:away|travelling|traveling|vacation|trip|outstation|bahar|holiday|closed|locked|tala|chutti|out|band|shaadi|gaon|leave|abroad|hospital|village|office|gone)$/;
const PAST_ENGLISH =
  /^(?:ordered|placed|bought|purchased|supposed|promised|was|were|had|since|been|last|past|previous|yesterday|missed|did|didnt|came|tried|expected|said)$/;
const PAST_HINDI = /^(?:tha|the1|aaya|kiya|gaya|bola|mila|mangaya|hua|dala|bheja|kaha)$/;

function holds(atoms: Atom[], i: number, own: Atom): boolean {
  return atoms.some((atom) => atom !== own && i >= atom.start && i <= atom.end);
}

/** Words before a mention, nearest first, as far as the clause or the mention before it reaches. */
function wordsBefore(
  atom: Atom,
  tokens: Token[],
  atoms: Atom[],
  reach: number,
  stop: RegExp = BREAK,
): string[] {
  const found: string[] = [];
  for (let i = atom.start - 1; i >= 0 && found.length < reach; i--) {
    if (stop.test(word(tokens, i)) || holds(atoms, i, atom)) break;
    found.push(word(tokens, i));
  }
  return found;
}

function wordsAfter(atom: Atom, tokens: Token[], atoms: Atom[], reach: number): string[] {
  const found: string[] = [];
  for (let i = atom.end + 1; i < tokens.length && found.length < reach; i++) {
    if (BREAK.test(word(tokens, i)) || holds(atoms, i, atom)) break;
    found.push(word(tokens, i));
  }
  return found;
}

/** True for a day that is told, not asked for: "I ordered on the 3rd", "kal aaya tha", "since monday". */
export function isPast(atom: Atom, tokens: Token[], atoms: Atom[]): boolean {
  const before = wordsBefore(atom, tokens, atoms, 7);
  const near = before[0] ?? '';
  const nearer = before[1] ?? '';
  if (
    /^(?:since|last|past|previous|pichle|pichli|guzre)$/.test(near) ||
    (near === 'on' && /^(?:since)$/.test(nearer))
  )
    return true;
  if (
    /^(?:se|ago)$/.test(word(tokens, atom.end + 1)) &&
    !/^(?:pehle|\d+)$/.test(word(tokens, atom.end + 2)) &&
    !holds(atoms, atom.end + 2, atom)
  )
    return !nextIsRange(tokens, atom);
  if (
    before.some((w) => /^(?:supposed|promised|expected|scheduled)$/.test(w)) &&
    before.some((w) => /^(?:was|were|had|been|is|to)$/.test(w)) &&
    /^(?:on|by|to|come|arrive)$/.test(near)
  )
    return true;
  const request = before.findIndex((w) => REQUEST.test(w));
  const past = before.findIndex((w) => PAST_ENGLISH.test(w));
  if (past >= 0 && (request < 0 || past < request)) return true;
  const after = wordsAfter(atom, tokens, atoms, 7);
  const orders = after.some((w) => /^(?:bhejo|bhejna|bhej|karo|kardo|dena|do|chahiye)$/.test(w));
  if (after.includes('tha') && !orders) return true;
  const told = after.findIndex((w) => PAST_HINDI.test(w));
  const wish = after.findIndex((w) =>
    /^(?:bhejo|bhejna|aana|karo|kardo|karna|dena|chahiye|do|hu|hun|hai)$/.test(w),
  );
  return (
    told >= 0 &&
    after.some((w) => /^(?:tha|aaya|gaya|mangaya|bola|kiya|mila|dala|bheja)$/.test(w)) &&
    (wish < 0 || wish > told)
  );
}

function nextIsRange(tokens: Token[], atom: Atom): boolean {
  return tokens[atom.end + 2]?.number !== undefined || /^(?:lekar|leke|le)$/.test(word(tokens, atom.end + 2));
}

/** A mention judged by the words around it: ruled out or not, after, before, by. */
export function judge(atom: Atom, tokens: Token[], atoms: Atom[]): Mention {
  const skip = skipped(atom, tokens);
  const worded = atom.counted ? undefined : sideInWords(atom, tokens, skip);
  if (worded) return { ...atom, negative: false, side: worded, worded: true };
  return { ...atom, negative: isRuledOut(atom, tokens, atoms), side: sideOf(atom, tokens, atoms, skip) };
}

function isRuledOut(atom: Atom, tokens: Token[], atoms: Atom[]): boolean {
  const before = wordsBefore(atom, tokens, atoms, 8);
  const closed = before.findIndex((w) => CLOSED.test(w));
  const opened = closed < 0 ? before : before.slice(0, closed);
  const after = wordsAfter(atom, tokens, atoms, 9);
  if (
    before.includes('instead') ||
    (word(tokens, atom.start - 1) === 'of' && word(tokens, atom.start - 2) === 'instead')
  )
    return true;
  if (/^ki$|^ke$/.test(after[0] ?? '') && /^(?:jagah|badle|bajaye|bajay|alawa)$/.test(after[1] ?? ''))
    return true;
  if (word(tokens, atom.start - 1) === 'than' && word(tokens, atom.start - 2) === 'rather') return true;
  if (
    word(tokens, atom.start - 1) === 'but' &&
    /^(?:day|days|time|anytime|date|kabhi)$/.test(word(tokens, atom.start - 2))
  )
    return true;
  if (opened.some((w) => ENGLISH_NO.test(w))) return true;
  if (after.some((w) => HINDI_NO.test(w)) && !endsInQuestion(after)) return true;
  if (before.some((w) => /^(?:mat)$/.test(w)) && !earlierAtom(atom, atoms)) return true;
  const rest = after.slice(0, 6);
  return rest.some((w) => ENGLISH_NO.test(w)) && !rest.includes('again') && !laterAtom(atom, atoms, tokens);
}

function endsInQuestion(after: string[]): boolean {
  return /^(?:kya)$/.test(after[after.length - 1] ?? '') && after.includes('ya');
}

function earlierAtom(atom: Atom, atoms: Atom[]): boolean {
  return atoms.some((other) => other.end < atom.start && atom.start - other.end < 4);
}

/** An English "not" directly before the next mention belongs to that one. */
function laterAtom(atom: Atom, atoms: Atom[], tokens: Token[]): boolean {
  const next = atoms.find((other) => other.start > atom.end);
  if (!next) return false;
  const between = tokens.slice(atom.end + 1, next.start).map((t) => t.word);
  const no = between.findIndex((w) => ENGLISH_NO.test(w));
  return no >= 0 && !between.some((w) => BREAK.test(w) || CLOSED.test(w)) && between.length - no <= 4;
}

/** "no later than", "no earlier than", "on or after", "25th or later": said in several words. */
function sideInWords(atom: Atom, tokens: Token[], skip: number): Mention['side'] {
  const said = [3, 2, 1].map((n) => word(tokens, atom.start - skip + 1 - n)).join(' ');
  if (/(?:no|not) (?:later|after) ?(?:than)?$/.test(said)) return 'by';
  if (/(?:no|not) (?:earlier|before|sooner) ?(?:than)?$/.test(said)) return 'from';
  if (/ or after$/.test(` ${said}`)) return 'from';
  if (/ or before$/.test(` ${said}`)) return 'by';
  const behind = `${word(tokens, atom.end + 1)} ${word(tokens, atom.end + 2)}`;
  if (/^or (?:later|after|onwards)$/.test(behind)) return 'from';
  return /^or (?:before|earlier)$/.test(behind) ? 'by' : undefined;
}

/** "15 ko shaadi hai usse pehle bhejo", "25th is my exam, after that": a later word points back to the day. */
function sidePointedBack(atom: Atom, tokens: Token[], atoms: Atom[]): Mention['side'] {
  for (let i = atom.end + 1; i < Math.min(tokens.length - 1, atom.end + 9) && !holds(atoms, i, atom); i++) {
    const two = `${word(tokens, i)} ${word(tokens, i + 1)}`;
    if (/^(?:after that|uske baad|us baad|usse baad)$/.test(two)) return 'after';
    if (/^(?:before that|usse pehle|uske pehle|us se)$/.test(two)) return 'before';
  }
  return undefined;
}

/** How far before a day the word stands that may say "after" or "by". */
function skipped(atom: Atom, tokens: Token[]): number {
  return /^(?:the|on|this|coming|eod)$/.test(word(tokens, atom.start - 1)) ? 2 : 1;
}

const HOUR_OF_DAY = /^(?:ko|shaam|subah|dopahar|raat|morning|evening|afternoon|night)$/;

function sideOf(atom: Atom, tokens: Token[], atoms: Atom[], skip: number): Mention['side'] {
  if (atom.counted) return undefined;
  const before = word(tokens, atom.start - skip);
  let next = 1;
  while (next < 3 && HOUR_OF_DAY.test(word(tokens, atom.end + next))) next++;
  const after = word(tokens, atom.end + next);
  const second = word(tokens, atom.end + next + 1);
  if (/^(?:after|post|beyond)$/.test(before)) return 'after';
  if (before === 'from' || after === 'onwards' || after === 'onward') return 'from';
  if (before === 'before') return 'before';
  if (/^(?:by|until|till|upto|within)$/.test(before) || after === 'tak') return 'by';
  if (after === 'ke' && /^(?:baad|bad)$/.test(second)) return 'after';
  if (/^(?:baad)$/.test(after) && word(tokens, atom.end) !== 'kal') return 'after';
  if (/^(?:se|ke)$/.test(after) && second === 'pehle') return 'before';
  if (after === 'pehle') return 'before';
  if (after === 'se' && !/^\d/.test(second)) return 'from';
  return sidePointedBack(atom, tokens, atoms);
}

/** "monday is better", "shanivar chalega": the day among several that is chosen. */
export function isPicked(mention: Mention, tokens: Token[]): boolean {
  let at = mention.end + 1;
  while (/^(?:is|will|would|be|ko|the|din|evening|morning)$/.test(word(tokens, at)) && at < mention.end + 4)
    at++;
  return FITS.test(word(tokens, at));
}

function clauseOf(mention: Mention, tokens: Token[]): string[] {
  let from = mention.start;
  let to = mention.end;
  while (from > 0 && mention.start - from < 9 && !/^[,.;!?]$/.test(word(tokens, from - 1))) from--;
  while (to < tokens.length - 1 && to - mention.end < 7 && !/^[,.;!?]$/.test(word(tokens, to + 1))) to++;
  return tokens.slice(from, to + 1).map((token) => token.word);
}

/** "out of town till monday", "30 tak bahar hu", "back on thursday": free from that day on. */
export function awayUntil(mention: Mention, tokens: Token[]): boolean {
  const clause = clauseOf(mention, tokens);
  if (
    clause.some((w) =>
      /^(?:back|return|returning|lautunga|lautungi|aaunga|aaungi|lautenge|aayenge)$/.test(w),
    ) &&
    mention.side === undefined
  )
    return !clause.includes('send');
  if (
    clause.includes('wapas') &&
    mention.side === undefined &&
    clause.some((w) => /^(?:aaunga|aaungi|aana|aa|aata|aati)$/.test(w))
  )
    return true;
  if (mention.side !== 'by') return false;
  return clause.some((w) => AWAY.test(w) || ENGLISH_NO.test(w) || HINDI_NO.test(w));
}

/** "hold it till monday", "monday tak rok do". */
export function holdUntil(mention: Mention, tokens: Token[]): boolean {
  if (mention.side !== 'by') return false;
  return clauseOf(mention, tokens).some((w) =>
    /^(?:hold|keep|wait|delay|postpone|rok|roko|rakho|rakhna|ruk|ruko|rakh)$/.test(w),
  );
}

/** "I am travelling this week", "kal bahar hu": those days are ruled out. */
export function isAway(mention: Mention, tokens: Token[]): boolean {
  if (mention.side !== undefined) return false;
  const clause = clauseOf(mention, tokens);
  const wish = clause.some((w) =>
    /^(?:deliver|send|bring|bhejo|bhej|bhejna|shift|move|reschedule|come|aana|karo|kardo|dena)$/.test(w),
  );
  return !wish && clause.some((w) => AWAY.test(w));
}
