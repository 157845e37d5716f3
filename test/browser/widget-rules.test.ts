import { INTRODUCTION_FIELDS, isIntroduction as isTaken } from '../../src/core/introduction';
import { askedOf, isIntroduction } from '../../web/widget/asked';
import { EventCutter } from '../../web/widget/feed';
import { shortDay } from '../../web/widget/dates';
import { subOf } from '../../web/widget/identity';
import { textOn } from '../../web/widget/contrast';
import { stringsFor } from '../../web/widget/strings';
import {
  countUnread,
  liveChoices,
  openSurvey,
  settle,
  takenChoice,
  withEntry,
  type Entry,
  type Pending,
} from '../../web/widget/timeline';

const line = (seq: number, from: Entry['from'], text: string, more: Partial<Entry> = {}): Entry => ({
  seq,
  from,
  text,
  at: '2026-11-22T06:30:00Z',
  ...more,
});
const waiting = (id: string, text: string, state: Pending['state'] = 'sent'): Pending => ({
  id,
  text,
  state,
  at: '',
});

test('events are cut from a stream wherever its pieces break', () => {
  const stream =
    ': open\n\nid: 1\ndata: {"a":1}\n\nevent: typing\r\ndata: {"on":true}\r\n\r\n: beat\n\ndata: x\ndata: y\n\n';
  for (const size of [1, 2, 7, 1000]) {
    const cutter = new EventCutter();
    const events = [];
    for (let i = 0; i < stream.length; i += size) events.push(...cutter.push(stream.slice(i, i + size)));
    expect(events).toEqual([
      { event: 'message', data: '{"a":1}' },
      { event: 'typing', data: '{"on":true}' },
      { event: 'message', data: 'x\ny' },
    ]);
  }
});

test('entries stand in their order, none twice', () => {
  const entries = [2, 1, 3, 2].reduce(
    (all, seq) => withEntry(all, line(seq, 'bot', `${seq}`)),
    [] as Entry[],
  );
  expect(entries.map((entry) => entry.seq)).toEqual([1, 2, 3]);
});

test('a pending message gives way to its own line and no other', () => {
  const pending = [waiting('a', 'one'), waiting('b', 'two'), waiting('c', 'three', 'pending')];
  const ids = (entry: Entry) => settle(pending, entry).map((one) => one.id);
  expect(ids(line(1, 'customer', 'two'))).toEqual(['a', 'c']);
  expect(ids(line(1, 'customer', 'two', { id: 'c' }))).toEqual(['a', 'b']);
  expect(ids(line(1, 'customer', 'put otherwise'))).toEqual(['b', 'c']);
  expect(ids(line(1, 'bot', 'two'))).toEqual(['a', 'b', 'c']);
});

test('choices are live until the customer says anything, and the one taken is known', () => {
  const choices = [
    { id: 'x', title: 'Track it' },
    { id: 'y', title: 'Change date' },
  ];
  const offered = [line(1, 'customer', 'hi'), line(2, 'bot', 'What next?', { choices })];
  expect(liveChoices(offered, [])).toBe(2);
  expect(liveChoices([...offered, line(3, 'bot', 'also')], [])).toBe(2);
  expect(liveChoices(offered, [waiting('a', 'Track it', 'pending')])).toBeUndefined();
  const answered = [...offered, line(3, 'customer', 'Change date')];
  expect(liveChoices(answered, [])).toBeUndefined();
  expect(takenChoice(answered, [], 2)).toBe('y');
});

test('the question how the help was is open until one of its answers was given, at whatever time', () => {
  const choices = ['Poor', 'Good'].map((title, n) => ({ id: `survey-x:rate:${n + 1}`, title }));
  const asked = [line(1, 'agent', 'done'), line(2, 'bot', 'How was it?', { choices })];
  expect(openSurvey([line(1, 'agent', 'done')], [])).toBeUndefined();
  const later = [...asked, line(3, 'customer', 'thanks'), line(4, 'bot', 'Any time')];
  expect(openSurvey(later, [])).toEqual(choices);
  expect(openSurvey(later, [waiting('a', 'Good', 'pending')])).toBeUndefined();
  expect(openSurvey([...later, line(5, 'customer', 'Good')], [])).toBeUndefined();
});

test.each([
  [undefined, []],
  ['name, phone?', ['name', 'phone?']],
  ['Email  EMAIL? colour', ['email']],
])('what a visitor is asked is read from %j', (ask, expected) => {
  expect(askedOf(ask).map(({ field, required }) => field + (required ? '' : '?'))).toEqual(expected);
});

test('the widget takes of a visitor what the server takes, and nothing else', () => {
  const good = { name: ['Asha', 'आशा राव'], email: ['a.b@shop.co'], phone: ['+91 98111-00001', '0123456'] };
  const bad = {
    name: ['', 'x'.repeat(121)],
    email: ['a@b', 'a b@c.de', '@c.de'],
    phone: ['12345', 'call me', '1'.repeat(16)],
  };
  for (const field of INTRODUCTION_FIELDS) {
    for (const value of good[field])
      expect([isIntroduction(field, value), isTaken(field, value)]).toEqual([true, true]);
    for (const value of bad[field])
      expect([isIntroduction(field, value), isTaken(field, value)]).toEqual([false, false]);
  }
});

test('unread counts the shop’s lines after the read mark', () => {
  const entries = [
    line(1, 'customer', 'a'),
    line(2, 'bot', 'b'),
    line(3, 'agent', 'c'),
    line(4, 'customer', 'd'),
  ];
  expect(countUnread(entries, 0)).toBe(2);
  expect(countUnread(entries, 2)).toBe(1);
});

test('a bare day is that day in every zone, and text that is no day stays', () => {
  expect(shortDay('2026-11-24', 'en')).toBe('Tue, 24 Nov');
  expect(shortDay('by tomorrow evening', 'en')).toBe('by tomorrow evening');
});

test('text on any accent can be read: at least 4.5 to 1', () => {
  const luminance = (hex: string) => {
    const [r, g, b] = [1, 3, 5].map((i) => {
      const c = parseInt(hex.slice(i, i + 2), 16) / 255;
      return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  for (const accent of ['#000000', '#ffffff', '#7a2e3a', '#ffd000', '#0f6b5c', '#808080', '#3fae98']) {
    const [a, b] = [luminance(accent), luminance(textOn(accent))].sort((x, y) => y - x);
    expect((a! + 0.05) / (b! + 0.05)).toBeGreaterThanOrEqual(4.5);
  }
});

test('the customer an identity names is read from it, and nothing from what is no identity', () => {
  const claims = Buffer.from(JSON.stringify({ sub: 'आशा-1' })).toString('base64url');
  expect(subOf(`x.${claims}.y`)).toBe('आशा-1');
  expect(subOf('nonsense')).toBeUndefined();
});

test('every language has every word', () => {
  const names = Object.keys(stringsFor('en'));
  for (const locale of ['hi', 'hi-Latn'] as const) {
    const words = stringsFor(locale);
    expect(Object.keys(words)).toEqual(names);
    expect(words.starters).toHaveLength(stringsFor('en').starters.length);
  }
});
