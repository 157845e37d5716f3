import type { Figures } from '../../src/core/summary';
import { csv } from '../../web/desk/src/figures/csv';
import { NOTHING } from '../../web/desk/src/figures/nothing';
import { plotsOf } from '../../web/desk/src/figures/plots';
import { addressOf, readQuestion } from '../../web/desk/src/figures/question';

const quietDay: Figures['days'][number] = {
  day: '2026-11-02',
  conversations: 0,
  handed: 0,
  wismo: 0,
  firstResponse: null,
  resolution: null,
  answers: 0,
  satisfied: 0,
  requests: 0,
  returns: 0,
  parcels: 0,
  failedOnce: 0,
  rto: 0,
};
const plots = (figures: Partial<Figures>) => {
  const all = plotsOf({ figures: { ...NOTHING, ...figures }, from: '2026-11-01', to: '2026-11-04' });
  return Object.fromEntries(all.map((plot) => [plot.id, plot]));
};

test('a supervisor reads in words what a plot shows, and every day in its table, also those nothing is known of', () => {
  const { conversations, firstResponse } = plots({
    conversations: { ...NOTHING.conversations, total: 5 },
    deflection: 0.6,
    firstResponse: 5400,
    days: [
      { ...quietDay, conversations: 4, handed: 2, firstResponse: 5400 },
      { ...quietDay, day: '2026-11-04', conversations: 1 },
    ],
  });
  expect(conversations!.words).toBe('5 conversations, 60 % solved without a person; most on Mon 2 Nov: 4.');
  expect(conversations!.table.rows).toEqual([
    ['2026-11-01', 0, 0, 0],
    ['2026-11-02', 4, 2, 2],
    ['2026-11-03', 0, 0, 0],
    ['2026-11-04', 1, 1, 0],
  ]);
  expect(firstResponse!.words).toBe('Half of them had a person’s answer within 1 h 30 min.');
  expect(firstResponse!.table.rows.map(([, seconds]) => seconds)).toEqual([null, 5400, null, null]);
});

test('requests are told by outcome, items by the share of those sold, and what is missing says what will be here', () => {
  const all = plots({
    requests: {
      ...NOTHING.requests,
      total: 5,
      byState: { accepted: 2, rejected: 1, sent: 1, requested: 1 },
      byTypeAndState: { reschedule: { accepted: 2, sent: 1, requested: 1 }, return: { rejected: 1 } },
      carrierAcceptanceSeconds: 600,
    },
    returns: {
      ...NOTHING.returns,
      items: [{ sku: 'A', name: 'Kurta', returned: 2, sold: 29, rate: 2 / 29 }],
    },
  });
  expect(all['requests']!.words).toBe('2 requests of 5 accepted, half of them within 10 min; 1 rejected.');
  expect(all['requests']!.table.rows).toContainEqual(['Another delivery date', 2, 2, 0, 0]);
  expect(all['return-items']!.data).toMatchObject({
    rows: [{ name: 'Kurta', words: '2 of 29 sold, 6.9 %' }],
  });
  expect(all['satisfaction']!.empty).toMatch(/the customer is asked how the help was/);
  expect(Object.values(plots({})).every(({ empty }) => empty)).toBe(true);
});

test('a table keeps commas and quotes, and no cell of it is a formula', () => {
  expect(
    csv([
      ['Item', 'Rate'],
      ['Kurta, "Indigo"', null],
      ['=1+1', 0.5],
    ]),
  ).toBe('\uFEFFItem,Rate\r\n"Kurta, ""Indigo""",\r\n\'=1+1,0.5\r\n');
});

test.each([
  ['', '/desk/figures'],
  ['?days=30', '/desk/figures'],
  ['?days=8', '/desk/figures'],
  ['?days=90&locale=hi', '/desk/figures?days=90&locale=hi'],
  ['?from=2026-11-01&to=2026-11-20&channel=web', '/desk/figures?from=2026-11-01&to=2026-11-20&channel=web'],
  ['?from=2026-13-01&to=2026-11-20', '/desk/figures'],
  ['?from=soon', '/desk/figures'],
])('the address %j asks what %j asks', (search, address) => {
  expect(addressOf(readQuestion(search))).toBe(address);
});
