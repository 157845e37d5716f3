import type { ChoiceOption, Content } from '../../src/core/content';
import type { OpenChoices } from '../../src/core/conversation';

/** An option's title has at most this many UTF-16 units, so that every channel shows it whole. */
export const TITLE_MAX_UNITS = 20;
/** More options than this cannot be shown at once by WhatsApp lists (10 rows). */
export const OPTIONS_MAX = 10;

/** Id of an option: the turn that offered it, then what it stands for. */
export function optionId(turnId: string, value: string): string {
  return `${turnId}|${value}`;
}

/** Reads an option id back; undefined for what we never made. */
export function readOptionId(id: string): { version: string; value: string } | undefined {
  const at = id.indexOf('|');
  return at > 0 ? { version: id.slice(0, at), value: id.slice(at + 1) } : undefined;
}

/** Cuts a title to what every channel shows, at a whole character. */
export function fitTitle(title: string): string {
  if (title.length <= TITLE_MAX_UNITS) return title;
  const cut = [...title.slice(0, TITLE_MAX_UNITS - 1)].join('').replace(/[\s,]+$/u, '');
  return `${cut}…`;
}

const ORDINALS: string[][] = [
  ['1', 'one', 'first', 'ek', 'pehla', 'pahla', 'pehli', 'pehle', 'एक', 'पहला', 'पहली', 'पहले'],
  ['2', 'two', 'second', 'do', 'doosra', 'dusra', 'doosri', 'dusri', 'दो', 'दूसरा', 'दूसरी', 'दूसरे'],
  ['3', 'three', 'third', 'teen', 'teesra', 'tisra', 'teesri', 'तीन', 'तीसरा', 'तीसरी', 'तीसरे'],
  ['4', 'four', 'fourth', 'char', 'chaar', 'chautha', 'चार', 'चौथा', 'चौथी'],
  ['5', 'five', 'fifth', 'paanch', 'panch', 'paanchwa', 'पांच', 'पाँच', 'पांचवा', 'पाँचवाँ'],
  ['6', 'six', 'sixth', 'chhah', 'cheh', 'chhatha', 'छह', 'छठा'],
  ['7', 'seven', 'seventh', 'saat', 'saatwa', 'सात', 'सातवां', 'सातवाँ'],
  ['8', 'eight', 'eighth', 'aath', 'aathwa', 'आठ', 'आठवां', 'आठवाँ'],
  ['9', 'nine', 'ninth', 'nau', 'nauwa', 'नौ', 'नौवां', 'नौवाँ'],
  ['10', 'ten', 'tenth', 'das', 'daswa', 'दस', 'दसवां', 'दसवाँ'],
];
const AROUND = new Set(
  'option options number no nr choice the one wala wali vala please pls ji number. # ऑप्शन विकल्प नंबर नम्बर वाला वाली जी'.split(
    ' ',
  ),
);
const LAST = new Set(['last', 'aakhri', 'akhri', 'आखिरी', 'आख़िरी']);

/** Lower case, Devanagari digits as ASCII, punctuation out, single spaces: the form in which answers are compared. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[०-९]/g, (d) => String(d.charCodeAt(0) - 0x966))
    .replace(/[^\p{L}\p{M}\p{N}@#\- ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The option a customer's words mean: its number in figures or words, its title, the beginning of its title, or words found in one title only.
 * Longer lines are never read this way, since they are more likely a request.
 */
export function matchOption(text: string, open: OpenChoices | undefined): ChoiceOption | undefined {
  if (!open || open.options.length === 0) return undefined;
  const said = plainWords(text);
  if (!said) return undefined;
  const numbered = byNumber(said, open.options);
  if (numbered) return numbered;
  const words = said.split(' ').filter((word) => !AROUND.has(word));
  if (words.length === 0 || words.length > 6) return undefined;
  const titles = open.options.map((option) => plainWords(option.title));
  const equal = titles.indexOf(said);
  if (equal >= 0) return open.options[equal];
  if (said.length < 3) return undefined;
  return (
    only(open.options, titles, (title) => title.startsWith(said)) ??
    only(open.options, titles, (title) => isWithin(said, title, words.length)) ??
    only(open.options, titles, (title) =>
      words.every((word) => word.length > 1 && title.split(' ').includes(word)),
    )
  );
}

/** The title is in the line, and hardly anything else: "landmark Shiv Mandir" is an answer of its own. */
function isWithin(said: string, title: string, words: number): boolean {
  return title.length >= 3 && words <= title.split(' ').length + 1 && ` ${said} `.includes(` ${title} `);
}

function byNumber(said: string, options: ChoiceOption[]): ChoiceOption | undefined {
  const core = said.split(' ').filter((word) => !AROUND.has(word));
  if (core.length !== 1) return undefined;
  const word = (core[0] ?? '').replace(/(?<=\d)(st|nd|rd|th)$/, '').replace(/^#/, '');
  if (LAST.has(word)) return options[options.length - 1];
  const index = ORDINALS.findIndex((forms) => forms.includes(word));
  return index >= 0 ? options[index] : undefined;
}

function only(
  options: ChoiceOption[],
  titles: string[],
  fits: (title: string) => boolean,
): ChoiceOption | undefined {
  const hits = options.filter((_, i) => fits(titles[i] ?? ''));
  return hits.length === 1 ? hits[0] : undefined;
}

/** One message out of several: texts with a blank line between, options and card of the last that has them. */
export function merged(contents: Content[]): Content | undefined {
  if (contents.length === 0) return undefined;
  const options = contents.filter((c) => c.options?.length).at(-1);
  const card = contents.filter((c) => c.card).at(-1)?.card;
  const whole: Content = {
    text: contents
      .map((c) => c.text.trim())
      .filter(Boolean)
      .join('\n\n'),
  };
  if (options) {
    whole.options = options.options;
    if (options.optionsLabel) whole.optionsLabel = options.optionsLabel;
  }
  if (card) whole.card = card;
  return whole;
}
