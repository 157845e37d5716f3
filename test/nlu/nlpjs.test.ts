import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { classify } from '../../src/nlu/classify';
import { projectRoot, readCorpus } from '../../src/nlu/corpus';
import { loadNlpjs, saveNlpjs } from '../../src/nlu/nlpjs/file';
import { balanced, create, LOCALE, NLPJS_WEIGHT, NlpjsVoice } from '../../src/nlu/nlpjs/voice';
import { normalise } from '../../src/nlu/text/normalise';
import { loadTrained } from '../../src/nlu/trained';
import { createUnderstand } from '../../src/nlu/understand';

const NOW = new Date('2026-11-18T06:00:00Z');
const corpus = readCorpus(join(projectRoot(), 'intents', 'corpus'));
const model = loadTrained(undefined);
const dir = mkdtempSync(join(tmpdir(), 'doorstep-nlpjs-'));
const file = join(dir, 'nlpjs.json');
let nlpjs: NlpjsVoice;

beforeAll(async () => {
  nlpjs = await NlpjsVoice.train(corpus.lines, 8);
  saveNlpjs(file, corpus.digest, nlpjs);
}, 60000);

afterAll(() => rmSync(dir, { recursive: true }));

function read(text: string, nlpjsFile: string): Promise<{ score: number; intent: string }> {
  return createUnderstand({
    timeZone: 'Asia/Kolkata',
    orderNumberPattern: '[A-Z]{1,4}-?\\d{3,8}',
    embeddings: 'off',
    nlpjsFile,
  }).then(async (understand) => {
    const found = await understand.understand({ text, now: NOW });
    await understand.close();
    return found;
  });
}

test('it reads English, Hinglish and Hindi with one model', () => {
  for (const [text, intent] of [
    ['please cancel my order', 'cancel_order'],
    ['mera order cancel kar do', 'cancel_order'],
    ['मेरा ऑर्डर कैंसल कर दो', 'cancel_order'],
  ])
    expect(nlpjs.voice(normalise(text ?? ''))?.opinion.ranked[0]?.intent).toBe(intent);
});

test('a line is understood with its voice when its model is there, and without it when not', async () => {
  const line = 'my package is not here and nobody tells me when';
  const [beside, alone] = [await read(line, file), await read(line, join(dir, 'none.json'))];
  const words = normalise(line);
  const voice = nlpjs.voice(words);
  expect(beside.score).not.toBe(alone.score);
  expect(beside.score).toBeCloseTo(classify(model, words, voice ? [voice] : []).score, 10);
  expect(alone.score).toBe(classify(model, words).score);
});

test('calling its steps one by one says the same as its own process', async () => {
  const whole = create();
  whole.fromJSON(JSON.parse(JSON.stringify(nlpjs.exported())));
  const lines = corpus.lines.filter((_, i) => i % 60 === 0).map(({ text }) => normalise(text));
  for (const line of [...lines, 'i cannot find it', 'wholly unheardof verbiage', 'where is my order order']) {
    const { classifications = [] } = await whole.process(LOCALE, line);
    const known = classifications.filter(({ intent, score }) => intent !== 'None' && score > 0);
    const inside = known.filter(({ intent }) => !intent.startsWith('out_of_scope'));
    const sum = known.reduce((all, { score }) => all + score, 0);
    const said = nlpjs.voice(line)?.opinion.ranked.filter(({ score }) => score > 0) ?? [];
    const scores = new Map(said.map(({ intent, score }) => [intent as string, score]));
    expect([line, scores.size]).toEqual([line, inside.length]);
    for (const { intent, score } of inside) expect(scores.get(intent)).toBeCloseTo(score / sum, 10);
  }
});

test('a saved model says the same as the trained one', () => {
  const line = 'bhai mera saman kb tk aaega';
  const saved = loadNlpjs(file, corpus.digest);
  expect(saved?.voice(line)).toEqual(nlpjs.voice(line));
});

test('a model of another corpus is left aside, a broken one with a word in the log', async () => {
  const warnings: string[] = [];
  const log = { warn: (_: object, message: string): number => warnings.push(message) };
  expect(loadNlpjs(file, 'another', log)).toBeUndefined();
  expect(warnings).toEqual([]);
  for (const content of [
    '',
    '{"digest"',
    JSON.stringify({ digest: corpus.digest, model: { nluManager: 3 } }),
  ]) {
    const broken = join(dir, 'broken.json');
    writeFileSync(broken, content);
    expect(loadNlpjs(broken, corpus.digest, log)).toBeUndefined();
    expect((await read('where is my order', broken)).intent).toBe('order_status');
  }
  expect(warnings).toHaveLength(3);
});

test.each([
  'مرحبا اين طلبي',
  '',
  ' ',
  '\ud800',
  '🙂🙂',
  '__proto__',
  'constructor',
  'toString valueOf',
  'x'.repeat(5000),
  'שלום',
])('odd line %# does not throw, and what is said of it adds up to one', (line) => {
  const voice = nlpjs.voice(line);
  const sum = voice?.opinion.ranked.reduce((all, { score }) => all + score, voice.opinion.outside) ?? 1;
  expect(sum).toBeCloseTo(1, 6);
  expect(voice?.weight ?? NLPJS_WEIGHT).toBe(NLPJS_WEIGHT);
});

test('no line is remembered after it was answered', () => {
  nlpjs.voice('zanzibar coffee grinder');
  expect(inspect(nlpjs, { depth: Infinity })).not.toContain('zanzibar');
});

test('it is named only where the others alone would have chosen otherwise', () => {
  const line = 'where is my order';
  const says = (intent: 'order_status' | 'cancel_order', weight: number): string =>
    classify(model, line, [{ by: 'nlp.js', weight, opinion: { ranked: [{ intent, score: 1 }], outside: 0 } }])
      .decidedBy;
  expect([says('order_status', 0.8), says('cancel_order', 0.1), says('cancel_order', 0.8)]).toEqual([
    'ngrams',
    'ngrams',
    'nlp.js',
  ]);
});

test('it is trained on a part of the corpus with every class of every language, none favoured', () => {
  const counts = new Map<string, number>();
  for (const { locale, label } of balanced(corpus.lines, 8))
    counts.set(`${locale}/${label}`, (counts.get(`${locale}/${label}`) ?? 0) + 1);
  expect(new Set(counts.values())).toEqual(new Set([8]));
  expect(counts.size).toBe(new Set(corpus.lines.map(({ locale, label }) => `${locale}/${label}`)).size);
});
