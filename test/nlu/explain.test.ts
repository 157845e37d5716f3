import { join } from 'node:path';
import { projectRoot, readCorpus } from '../../src/nlu/corpus';
import { explain } from '../../src/nlu/explain';
import { NlpjsVoice } from '../../src/nlu/nlpjs/voice';
import { loadTrained } from '../../src/nlu/trained';

const model = loadTrained(undefined);
let nlpjs: NlpjsVoice;

beforeAll(async () => {
  nlpjs = await NlpjsVoice.train(readCorpus(join(projectRoot(), 'intents', 'corpus')).lines, 5);
}, 60_000);

test('every voice is shown with its share of the say, and what the words speak for', () => {
  const text = explain('please cancel my order DS-1001', model, nlpjs);
  expect(text).toMatch(/^decided by ngrams$/m);
  expect(text).toMatch(/^accepted {3}yes/m);
  expect(text).toMatch(/^ngrams +90 % of the say: cancel_order \d+ %/m);
  expect(text).toMatch(/^nlp\.js +10 % of the say: cancel_order \d+ %/m);
  expect(text).toMatch(/\+\d\.\d\d word "cancel"/);
});

test('a line ruled on says so', () => {
  expect(explain('haan', model, nlpjs)).toContain('rule       affirm: decided before the models');
});

test('parts of a line with two requests are judged one by one', () => {
  const text = explain('where is my parcel and please change the address', model, nlpjs);
  expect(text).toMatch(/part "where is my parcel": order_status/);
  expect(text).toMatch(/part "please change the address": correct_address/);
});
