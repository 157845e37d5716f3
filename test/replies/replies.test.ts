import { LOCALES } from '../../src/core/locale';
import { repliesFor } from '../../src/replies/replies';
import { money } from '../../src/replies/money';

type Tree = { [key: string]: unknown };

/** Every path of a tree of sentences with what stands there: `text` or `sentence/2` for a function of two values. */
function paths(tree: Tree, before = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    const path = before ? `${before}.${key}` : key;
    if (typeof value === 'object' && value !== null) return paths(value as Tree, path);
    return [[path, typeof value]];
  });
}

/** What is missing or left over, in words a translator can act on. */
function faults(locale: string, tree: Tree, model: Tree): string[] {
  const [mine, english] = [new Map(paths(tree)), new Map(paths(model))];
  const file = (path: string) => `src/replies/${locale}/${path.split('.')[0]}.ts`;
  const missing = [...english.keys()].filter((path) => !mine.has(path));
  const extra = [...mine.keys()].filter((path) => !english.has(path));
  return [
    ...missing.map((path) => `${locale} lacks the reply ${path}; add it to ${file(path)}`),
    ...extra.map((path) => `${locale} has ${path}, which English does not; remove it from ${file(path)}`),
    ...[...mine]
      .filter(([path, kind]) => english.has(path) && english.get(path) !== kind)
      .map(([path]) => `${path} is of another kind in ${locale}`),
  ];
}

const english = repliesFor('en') as unknown as Tree;

test.each(LOCALES)('%s has every sentence that English has', (locale) => {
  expect(faults(locale, repliesFor(locale) as unknown as Tree, english)).toEqual([]);
});

test('a missing sentence is named with the file it belongs to', () => {
  const { talk, ...rest } = english as { talk: Tree };
  const others = { ...talk };
  delete others.greet;
  expect(faults('hi', { ...rest, talk: others }, english)).toEqual([
    'hi lacks the reply talk.greet; add it to src/replies/hi/talk.ts',
  ]);
});

test('Hindi is written in Devanagari and Hinglish in Latin letters', () => {
  const texts = (tree: Tree): string[] =>
    Object.values(tree).flatMap((value) =>
      typeof value === 'string'
        ? [value]
        : typeof value === 'object' && value !== null
          ? texts(value as Tree)
          : [],
    );
  for (const text of texts(repliesFor('hi') as unknown as Tree))
    expect(text).toMatch(/\p{Script=Devanagari}/u);
  for (const text of texts(repliesFor('hi-Latn') as unknown as Tree)) {
    expect(text).not.toMatch(/\p{Script=Devanagari}/u);
  }
});

test('no sentence is left in English in the other languages, apart from words of the trade', () => {
  const same = paths(english)
    .map(([path]) => path)
    .filter((path) => {
      const at = (tree: Tree) => path.split('.').reduce<unknown>((t, key) => (t as Tree)[key], tree);
      const text = at(english);
      return (
        typeof text === 'string' &&
        text.split(' ').length > 3 &&
        text === at(repliesFor('hi-Latn') as unknown as Tree)
      );
    });
  expect(same).toEqual([]);
});

test('confirming options begin with yes in each language', () => {
  const starts = { en: /^Yes/, hi: /^हाँ/, 'hi-Latn': /^Haan/ };
  for (const locale of LOCALES) {
    const t = repliesFor(locale);
    const { failed } = t;
    const own = [failed.yes, failed.backYes, failed.titles.again('DS-1001')];
    for (const title of [t.reschedule.yes, t.address.yes, t.returns.yes, t.cases.cancel.yes, ...own]) {
      expect(title).toMatch(starts[locale]);
    }
  }
});

test('every button title fits twenty characters', () => {
  for (const locale of LOCALES) {
    const { talk, reschedule, address, returns, cases, failed, verify, person, words } = repliesFor(locale);
    const intents = [
      'order_status',
      'reschedule_delivery',
      'correct_address',
      'initiate_return',
      'cancel_order',
      'refund_status',
      'payment_query',
      'complaint',
      'talk_to_human',
    ] as const;
    const reasons = [
      'damaged',
      'wrong_item',
      'size',
      'not_as_described',
      'changed_mind',
      'missing_parts',
      'other',
    ] as const;
    const titles = [
      ...intents.map((intent) => talk.title(intent)),
      ...reasons.map((reason) => words.reason(reason)),
      ...(['refund', 'store_credit', 'replacement', 'exchange'] as const).map((r) => words.resolution(r)),
      ...(['morning', 'afternoon', 'evening'] as const).map((s) => words.slotTitle(s, 9, 13)),
      ...['2026-11-25', '2026-10-28', '2026-09-30', '2026-12-31'].map((day) => words.dayTitle(day)),
      ...Object.values(address.titles),
      ...Object.values(failed.titles).map((title) => title('DS-1001')),
      ...[failed.yes, failed.backYes, failed.backNo],
      ...Object.values(returns.changeTitles),
      ...Object.values(cases.complaint.kinds),
      ...[
        reschedule.yes,
        reschedule.otherDay,
        reschedule.anyTime,
        reschedule.leave,
        address.yes,
        address.more,
        address.leave,
      ],
      ...[
        returns.all,
        returns.noPhoto,
        returns.yes,
        returns.change,
        returns.leave,
        cases.cancel.yes,
        cases.cancel.no,
      ],
      ...[verify.codeNewTitle, verify.noPinTitle, person.wayBackTitle, person.stayTitle, talk.optionsLabel],
      ...[cases.payment.twiceTitle, cases.payment.invoiceTitle, cases.complaint.noPhoto],
    ];
    expect(titles.filter((title) => title.length > 20)).toEqual([]);
  }
});

test('days and amounts are said as people say them', () => {
  expect(repliesFor('en').words.day('2026-11-27')).toBe('Friday, 27 Nov');
  expect(repliesFor('hi').words.day('2026-11-27')).toBe('शुक्रवार, 27 नवंबर');
  expect(repliesFor('hi-Latn').words.near('2026-11-23', '2026-11-22')).toBe('kal (Monday, 23 Nov)');
  expect(money('1499.00', 'INR')).toBe('₹1,499');
  expect(money('749.50', 'INR')).toBe('₹749.50');
});
