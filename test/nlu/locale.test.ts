import { join } from 'node:path';
import type { Locale } from '../../src/core/locale';
import { projectRoot, readCorpus } from '../../src/nlu/corpus';
import { learnTongues, localeOf } from '../../src/nlu/locale';

const tongues = learnTongues(readCorpus(join(projectRoot(), 'intents', 'corpus')).lines);

test.each([
  ['where is the parcel i bought last week', 'en'],
  ['please change the date', 'en'],
  ['my order is late, why?', 'en'],
  ['bhai mera parcel kaha reh gaya', 'hi-Latn'],
  ['order cancel krdo', 'hi-Latn'],
  ['delivery kal shaam ko chahiye', 'hi-Latn'],
  ['paisa wapas kab', 'hi-Latn'],
  ['मेरा सामान नहीं आया', 'hi'],
  ['मेरा order नहीं आया', 'hi'],
  ['order DS-1001 कब आएगा', 'hi'],
] as [string, Locale][])('"%s" is %s', (text, locale) => {
  expect(localeOf(text, tongues, undefined)).toBe(locale);
});

test.each(['DS-1001', '25', 'ok', '👍', '', '560038', 'hi', 'hello'])(
  '"%s" keeps the language of the conversation',
  (text) => {
    expect([
      localeOf(text, tongues, 'hi'),
      localeOf(text, tongues, 'hi-Latn'),
      localeOf(text, tongues, 'en'),
    ]).toEqual(['hi', 'hi-Latn', 'en']);
  },
);

test("the line's own words win over the conversation's language", () => {
  expect(localeOf('where is my order and when will it come', tongues, 'hi')).toBe('en');
  expect(localeOf('mera order kab aayega', tongues, 'en')).toBe('hi-Latn');
});
