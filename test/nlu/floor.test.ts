import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, readCorpus } from '../../src/nlu/corpus';
import { heldBack, heldBackShare } from '../../src/nlu/scorecard';

const root = projectRoot();
const floors = JSON.parse(readFileSync(join(root, 'intents', 'floors.json'), 'utf8')) as Record<
  string,
  Record<string, number>
>;
const found = heldBack(readCorpus(join(root, 'intents', 'corpus')));

const cases = Object.entries(floors).flatMap(([locale, names]) =>
  Object.entries(names).map(([name, floor]): [string, string, number] => [locale, name, floor]),
);

test.each(cases)('in %s, %s reaches its floor of %d on lines held back', (locale, name, floor) => {
  expect(heldBackShare(found, locale, name === 'all' ? undefined : name)).toBeGreaterThanOrEqual(floor);
});
