/** How a channel counts the length of a text. */
export type Unit = 'characters' | 'bytes';

/** Length in the unit; `characters` are UTF-16 units, which are never fewer than what any provider counts. */
export function lengthOf(value: string, unit: Unit): number {
  return unit === 'bytes' ? Buffer.byteLength(value, 'utf8') : value.length;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Index behind the last code point that still fits `max`. */
function indexWithin(value: string, max: number, unit: Unit): number {
  let used = 0;
  let index = 0;
  for (const point of value) {
    used += lengthOf(point, unit);
    if (used > max) return index;
    index += point.length;
  }
  return index;
}

/** The longest beginning that fits `max` and ends between graphemes; a single grapheme over `max` is cut between code points. */
function headWithin(value: string, max: number, unit: Unit): string {
  const index = indexWithin(value, max, unit);
  // Asking for the one grapheme at the cut costs far less than walking through all before it.
  const start = graphemes.segment(value).containing(index)?.index ?? value.length;
  return value.slice(0, start || index);
}

/** Where people would break a text, best first. */
const BREAKS = [/\n\s*\n/g, /\n/g, /[.!?।]\s+/g, /\s+/g];

/** End of the last good break in `head`, not so early that pieces become tiny; the whole of it when there is none. */
function breakIn(head: string): number {
  for (const pattern of BREAKS) {
    let end = 0;
    for (const match of head.matchAll(pattern)) end = match.index + match[0].length;
    if (end > head.length / 3) return end;
  }
  return head.length;
}

/**
 * Cuts a text into pieces of at most `max`, between paragraphs, lines, sentences or words where it can and never within
 * a grapheme. Blank text gives no piece.
 */
export function splitText(value: string, max: number, unit: Unit): string[] {
  const pieces: string[] = [];
  let rest = value.trim();
  while (lengthOf(rest, unit) > max) {
    const head = headWithin(rest, max, unit);
    // White space right behind the head is a place to break as good as one within it.
    const behind = /^\s+/.exec(rest.slice(head.length))?.[0] ?? '';
    const end = breakIn(head + behind);
    const piece = rest.slice(0, end).trimEnd();
    if (piece) pieces.push(piece);
    rest = rest.slice(end).trimStart();
  }
  if (rest) pieces.push(rest);
  return pieces;
}

/** Splits so that the last piece fits `lastMax`: a question keeps its own paragraph or sentence beside its buttons. */
export function splitBeforeControls(value: string, max: number, lastMax: number, unit: Unit): string[] {
  const pieces = splitText(value, max, unit);
  const last = pieces.pop();
  if (last === undefined || lengthOf(last, unit) <= lastMax)
    return last === undefined ? [] : [...pieces, last];
  const start = tailStart(last, lastMax, unit);
  return [
    ...pieces,
    ...splitText(last.slice(0, start), max, unit),
    ...splitText(last.slice(start), lastMax, unit),
  ];
}

function tailStart(value: string, max: number, unit: Unit): number {
  for (const pattern of BREAKS) {
    let start = 0;
    for (const match of value.matchAll(pattern)) {
      const after = match.index + match[0].length;
      if (after < value.length && lengthOf(value.slice(after), unit) <= max) start = start || after;
    }
    if (start > 0) return start;
  }
  return 0;
}

/** Shortens a label to `max` UTF-16 units, marking the cut, without splitting a grapheme. */
export function cutLabel(value: string, max: number): string {
  const label = value.replace(/\s+/g, ' ').trim();
  return label.length <= max ? label : `${headWithin(label, max - 1, 'characters').trimEnd()}…`;
}

/** Labels of at most `max`, each different from the others: providers refuse two buttons that read the same. */
export function uniqueLabels(titles: string[], max: number): string[] {
  const used = new Set<string>();
  return titles.map((title) => {
    let label = cutLabel(title, max);
    for (let n = 2; used.has(label); n += 1) label = `${cutLabel(title, max - String(n).length - 1)} ${n}`;
    used.add(label);
    return label;
  });
}

/** The options as numbered lines under a text, for channels and numbers of options without controls. */
export function withNumbers(value: string, titles: string[]): string {
  const lines = titles.map((title, index) => `${index + 1}. ${title.replace(/\s+/g, ' ').trim()}`);
  return [value.trim(), lines.join('\n')].filter(Boolean).join('\n\n');
}
