import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INTENTS } from '../../src/core/intents';
import { LOCALES } from '../../src/core/locale';
import { projectRoot, readCorpus } from '../../src/nlu/corpus';
import { variantsOf } from '../../src/nlu/model/augment';
import { loadModel, saveModel } from '../../src/nlu/model/file';
import { foldsOf, trainFromCorpus } from '../../src/nlu/model/train';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'nlu-'));
});

afterEach(() => {
  rmSync(dir, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(dir, path, '..'), { recursive: true });
  writeFileSync(join(dir, path), text);
}

test('an unknown intent is refused with its file', () => {
  write('en/order_staus.txt', 'where is it\n');
  expect(() => readCorpus(dir)).toThrow('order_staus.txt:1: no such intent');
});

test('a line that stands for two intents is refused with both places', () => {
  write('en/greet.txt', 'hello\n');
  write('en/thanks.txt', '# thanks\nthank you\nHello!\n');
  expect(() => readCorpus(dir)).toThrow(/en\/thanks\.txt:3: .*en\/greet\.txt:1/);
});

test('every fault of the corpus is listed at once', () => {
  write('en/nonsense.txt', 'x\n');
  write('fr/greet.txt', 'bonjour\n');
  write('en/greet.txt', `${'long '.repeat(80)}\n`);
  expect(() => readCorpus(dir)).toThrow(
    /nonsense.*\n[^]*greet\.txt:1: longer|greet\.txt:1: longer[^]*nonsense/,
  );
  expect(() => readCorpus(dir)).toThrow('fr: not a language');
});

test('out-of-scope lines need a topic in the file name', () => {
  write('en/out_of_scope.txt', 'what is the weather\n');
  expect(() => readCorpus(dir)).toThrow('out_of_scope.txt:1');
});

test('sentences that ask for nothing stand around other lines in training and are no lines themselves', () => {
  write('en/cancel_order.txt', 'cancel my order\n');
  write('en/around.txt', '# told, not asked\nit was a gift for my sister\n');
  const { lines, around } = readCorpus(dir);
  expect([lines.map(({ text }) => text), around]).toEqual([
    ['cancel my order'],
    { en: ['it was a gift for my sister'] },
  ]);
  const [line] = lines;
  const told = line ? variantsOf(line, 40, 1, around) : [];
  expect(told.filter((text) => text.includes('gift for my sister')).length).toBeGreaterThan(5);
  expect(told.filter((text) => !text.includes('gift for my sister')).length).toBeGreaterThan(5);
});

test('a line added to one file leaves the lines of the others in their parts', () => {
  for (const name of ['greet', 'thanks', 'help'])
    write(
      `en/${name}.txt`,
      Array.from({ length: 40 }, (_, i) => `${name} ${'abcdefgh'.slice(i % 8)} ${i}`).join('\n'),
    );
  const dealt = (): Record<string, number> => {
    const { lines } = readCorpus(dir);
    const parts = foldsOf(lines, 4);
    return Object.fromEntries(
      lines.flatMap(({ file, text }, i) => (file.includes('greet') ? [] : [[text, parts[i] ?? -1]])),
    );
  };
  const before = dealt();
  expect(new Set(Object.values(before)).size).toBeGreaterThan(1);
  write('en/greet.txt', 'good day to you\n\nand hello again\n');
  expect(dealt()).toEqual(before);
});

test('an empty corpus is refused', () => {
  expect(() => readCorpus(dir)).toThrow('holds no lines');
});

test('comments and blank lines are no utterances, blank lines part groups', () => {
  write('en/greet.txt', '# hello\nhi\n\nhey\n');
  const { lines } = readCorpus(dir);
  expect(lines.map(({ text, line }) => [text, line])).toEqual([
    ['hi', 2],
    ['hey', 4],
  ]);
  expect(new Set(lines.map(({ group }) => group)).size).toBe(2);
});

test("the project's corpus has every intent in every language, and over 500 out-of-scope lines", () => {
  const { lines } = readCorpus(join(projectRoot(), 'intents', 'corpus'));
  const count = (intent: string, locale: string): number =>
    lines.filter((l) => l.intent === intent && l.locale === locale).length;
  const thin = INTENTS.flatMap((intent) =>
    LOCALES.filter((locale) => count(intent, locale) < 95).map((locale) => `${intent} ${locale}`),
  );
  expect(thin).toEqual([]);
  expect(lines.filter((line) => line.intent === 'out_of_scope').length).toBeGreaterThan(500);
});

function tinyModel(): ReturnType<typeof trainFromCorpus> {
  write('en/greet.txt', 'hi\nhello there\n');
  write('en/thanks.txt', 'thank you\nthanks a lot\n');
  write('en/out_of_scope.chat.txt', 'tell me a joke\n');
  return trainFromCorpus(readCorpus(dir), { weights: [1, -1, 0], threshold: 0.5 }, { epochs: 3, copies: 0 });
}

test('the same corpus trains the same numbers, and a saved model comes back as it was', () => {
  const first = tinyModel();
  const second = tinyModel();
  expect(second.ngrams.weights).toEqual(first.ngrams.weights);
  const file = join(dir, 'model.bin');
  saveModel(file, first);
  const loaded = loadModel(file);
  expect(loaded?.ngrams.weights).toEqual(first.ngrams.weights);
  expect(loaded?.ngrams.rows).toEqual(first.ngrams.rows);
  expect([...(loaded?.tongues ?? [])]).toEqual([...first.tongues]);
  expect(loaded?.acceptance).toEqual(first.acceptance);
});

test('a broken model file is refused by name and line', () => {
  const file = join(dir, 'model.bin');
  saveModel(file, tinyModel());
  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, whole.length - 100));
  expect(() => loadModel(file)).toThrow(/model\.bin:3: .*cut short/);
  const bent = Buffer.from(whole);
  bent.writeUInt8(bent.readUInt8(bent.length - 7) ^ 0xff, bent.length - 7);
  writeFileSync(file, bent);
  expect(() => loadModel(file)).toThrow(/model\.bin:3: .*damaged/);
  writeFileSync(file, 'nothing of the kind');
  expect(() => loadModel(file)).toThrow(/model\.bin:1: /);
  expect(loadModel(join(dir, 'absent.bin'))).toBeUndefined();
});
