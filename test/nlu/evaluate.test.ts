import { acceptedAtFalseAccepts, figuresOf, parseEvaluation, type Prediction } from '../../src/nlu/evaluate';

function predicted(expected: string, name: string, score: number, accepted: boolean): Prediction {
  return { text: 'x', expected, predicted: name, score, accepted, locale: 'en' };
}

const LINES = [
  predicted('order_status', 'order_status', 0.9, true),
  predicted('order_status', 'order_status', 0.4, false),
  predicted('cancel_order', 'order_status', 0.8, true),
  predicted('smalltalk', 'thanks', 0.7, true),
  predicted('out_of_scope', 'order_status', 0.6, true),
  predicted('out_of_scope', 'greet', 0.1, false),
];

test('accuracy counts in-scope lines by their best intent, accepted or not', () => {
  const figures = figuresOf(LINES, [1, 2, 3]);
  expect([figures.n, figures.accuracy, figures.acceptedAndRight]).toEqual([6, 0.75, 0.5]);
});

test('any small talk answers an expected smalltalk', () => {
  expect(figuresOf(LINES, []).perIntent.smalltalk).toEqual({ precision: 1, recall: 1, f1: 1, n: 1 });
});

test('precision and recall come from in-scope lines', () => {
  expect(figuresOf(LINES, []).perIntent.order_status).toMatchObject({ precision: 0.6667, recall: 1, n: 2 });
});

test('out-of-scope lines are counted by acceptance', () => {
  const { outOfScope, rejected } = figuresOf(LINES, []);
  expect([outOfScope, rejected]).toEqual([{ recall: 0.5, falseAccept: 0.5 }, 0.3333]);
});

test('the area under the curve is the chance that an in-scope line scores higher', () => {
  expect(figuresOf(LINES, []).auroc).toBe(0.875);
});

test('confusions name what was expected and what came, most frequent first', () => {
  expect(figuresOf(LINES, []).confusions).toEqual([['cancel_order', 'order_status', 1]]);
});

test('latency is given by quantiles in milliseconds', () => {
  const times = Array.from({ length: 100 }, (_, i) => i + 1);
  expect(figuresOf(LINES, times).latencyMs).toEqual({ p50: 51, p95: 96, p99: 100 });
});

test('accepted and right at a share of false accepts uses the threshold that lets so many through', () => {
  const outside = Array.from({ length: 10 }, (_, i) => predicted('out_of_scope', 'greet', i / 10, false));
  const inside = [predicted('greet', 'greet', 0.85, true), predicted('greet', 'greet', 0.5, true)];
  expect(acceptedAtFalseAccepts(inside, outside, 0.1)).toBe(0.5);
});

test('a faulty evaluation file is refused with every line named', () => {
  const content =
    '{"text":"hi","intent":"greet"}\nnot json\n{"text":"x","intent":"nope"}\n{"intent":"greet"}\n';
  expect(() => parseEvaluation(content, 'f.jsonl')).toThrow(/f\.jsonl:2: .*\nf\.jsonl:3: .*\nf\.jsonl:4: /);
  expect(() => parseEvaluation('\n', 'f.jsonl')).toThrow('f.jsonl:1');
});

test('further fields are ignored and a language is kept', () => {
  expect(parseEvaluation('{"text":"hi","intent":"greet","lang":"en","source":"me"}', 'f')).toEqual([
    { text: 'hi', intent: 'greet', lang: 'en' },
  ]);
});
