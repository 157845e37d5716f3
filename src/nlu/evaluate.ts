import { SMALL_TALK } from '../../intents/catalog';
import { AppError } from '../core/errors';
import { INTENTS, type IntentName } from '../core/intents';
import { isLocale, type Locale } from '../core/locale';
import type { Understand } from '../core/understanding';

/** One line of an evaluation file. */
export interface EvaluationLine {
  text: string;
  /** An intent, or `smalltalk` for any of greet, thanks, goodbye, affirm, deny, help. */
  intent: IntentName | 'smalltalk';
  lang?: Locale;
}

/** What was predicted for a line; written by `--predictions`. */
export interface Prediction {
  text: string;
  expected: string;
  /** The best in-scope intent, even when it was not accepted. */
  predicted: string;
  score: number;
  accepted: boolean;
  locale: Locale;
}

/** Precision, recall and their mean for one expected name. */
export interface IntentFigures {
  precision: number;
  recall: number;
  f1: number;
  n: number;
}

/** The figures of an evaluation, all shares from 0 to 1. `accuracy` counts in-scope lines, accepted or not. */
export interface Evaluation {
  n: number;
  accuracy: number;
  macroF1: number;
  perIntent: Record<string, IntentFigures>;
  rejected: number;
  acceptedAndRight: number;
  outOfScope: { recall: number; falseAccept: number };
  auroc: number;
  latencyMs: { p50: number; p95: number; p99: number };
  confusions: [string, string, number][];
}

const NAMES: readonly string[] = [...INTENTS, 'smalltalk'];

/** Reads an evaluation file (one JSON object a line). Refuses it with every faulty line named. */
export function parseEvaluation(content: string, file: string): EvaluationLine[] {
  const faults: string[] = [];
  const lines = content.split('\n').flatMap((raw, index): EvaluationLine[] => {
    if (raw.trim() === '') return [];
    const line = readLine(raw);
    if (typeof line === 'string') {
      faults.push(`${file}:${index + 1}: ${line}`);
      return [];
    }
    return [line];
  });
  if (faults.length > 0) throw new AppError('invalid_input', faults.slice(0, 50).join('\n'));
  if (lines.length === 0) throw new AppError('invalid_input', `${file}:1: holds no lines`);
  return lines;
}

function readLine(raw: string): EvaluationLine | string {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return 'not a JSON object';
  }
  const { text, intent, lang } = (value ?? {}) as Record<string, unknown>;
  if (typeof text !== 'string') return '"text" is missing';
  if (typeof intent !== 'string' || !NAMES.includes(intent)) return '"intent" is not one of the known names';
  return { text, intent: intent as EvaluationLine['intent'], ...(isLocale(lang) ? { lang } : {}) };
}

function isRight(expected: string, predicted: string): boolean {
  return expected === predicted || (expected === 'smalltalk' && SMALL_TALK.has(predicted as IntentName));
}

/** The name a prediction counts under: any small talk counts as such where small talk was expected. */
function countedAs(expected: string, predicted: string): string {
  return expected === 'smalltalk' && SMALL_TALK.has(predicted as IntentName) ? 'smalltalk' : predicted;
}

/** Runs every line through `understand` and counts. `now` is the time the lines are read at. Waits for sentence embeddings first. */
export async function evaluate(
  lines: readonly EvaluationLine[],
  understand: Understand & { embeddings?: Promise<boolean> },
  now: Date,
): Promise<{ figures: Evaluation; predictions: Prediction[] }> {
  await understand.embeddings;
  const predictions: Prediction[] = [];
  const times: number[] = [];
  for (const line of lines) {
    const began = process.hrtime.bigint();
    const read = await understand.understand({ text: line.text, now });
    times.push(Number(process.hrtime.bigint() - began) / 1e6);
    const predicted = read.ranked[0]?.intent ?? 'out_of_scope';
    predictions.push({
      text: line.text,
      expected: line.intent,
      predicted,
      score: read.score,
      accepted: read.accepted,
      locale: read.locale,
    });
  }
  return { figures: figuresOf(predictions, times), predictions };
}

/** The figures of predictions made before; `times` in milliseconds. */
export function figuresOf(predictions: readonly Prediction[], times: readonly number[]): Evaluation {
  const inside = predictions.filter((p) => p.expected !== 'out_of_scope');
  const outside = predictions.filter((p) => p.expected === 'out_of_scope');
  const right = inside.filter((p) => isRight(p.expected, p.predicted));
  const perIntent = perName(inside);
  const f1 = Object.values(perIntent).map((figures) => figures.f1);
  return {
    n: predictions.length,
    accuracy: share(right.length, inside.length),
    macroF1: share(
      f1.reduce((sum, value) => sum + value, 0),
      f1.length,
    ),
    perIntent,
    rejected: share(predictions.filter((p) => !p.accepted).length, predictions.length),
    acceptedAndRight: share(right.filter((p) => p.accepted).length, inside.length),
    outOfScope: {
      recall: share(outside.filter((p) => !p.accepted).length, outside.length),
      falseAccept: share(outside.filter((p) => p.accepted).length, outside.length),
    },
    auroc: areaUnderCurve(
      inside.map((p) => p.score),
      outside.map((p) => p.score),
    ),
    latencyMs: { p50: quantile(times, 0.5), p95: quantile(times, 0.95), p99: quantile(times, 0.99) },
    confusions: confusionsOf(inside),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1e4) / 1e4;
}

function perName(inside: readonly Prediction[]): Record<string, IntentFigures> {
  const figures: Record<string, IntentFigures> = {};
  for (const name of [...new Set(inside.map((p) => p.expected))].sort()) {
    const own = inside.filter((p) => p.expected === name);
    const hits = own.filter((p) => isRight(name, p.predicted)).length;
    const claimed = inside.filter(
      (p) => countedAs(name, p.predicted) === name && (name !== 'smalltalk' || isRight(name, p.predicted)),
    ).length;
    const precision = share(hits, claimed);
    const recall = share(hits, own.length);
    figures[name] = {
      precision,
      recall,
      f1: precision + recall === 0 ? 0 : share(2 * precision * recall, precision + recall),
      n: own.length,
    };
  }
  return figures;
}

function confusionsOf(inside: readonly Prediction[]): [string, string, number][] {
  const counts = new Map<string, number>();
  for (const p of inside) {
    if (isRight(p.expected, p.predicted)) continue;
    const key = `${p.expected}\n${p.predicted}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([key, count]) => {
      const [expected = '', got = ''] = key.split('\n');
      return [expected, got, count];
    });
}

/** Chance that an in-scope line scores above an out-of-scope one; ties count half. */
function areaUnderCurve(inside: readonly number[], outside: readonly number[]): number {
  if (inside.length === 0 || outside.length === 0) return 0;
  const all = [
    ...inside.map((score) => ({ score, own: 1 })),
    ...outside.map((score) => ({ score, own: 0 })),
  ].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let i = 0; i < all.length;) {
    let j = i;
    while (j < all.length && all[j]?.score === all[i]?.score) j++;
    const rank = (i + 1 + j) / 2;
    for (let k = i; k < j; k++) rankSum += (all[k]?.own ?? 0) * rank;
    i = j;
  }
  return share(rankSum - (inside.length * (inside.length + 1)) / 2, inside.length * outside.length);
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0) * 1000) / 1000;
}

/** The share of in-scope lines accepted and right when the threshold lets `falseAccepts` of the out-of-scope lines through. */
export function acceptedAtFalseAccepts(
  inside: readonly Prediction[],
  outside: readonly Prediction[],
  falseAccepts: number,
): number {
  const scores = outside.map((p) => p.score).sort((a, b) => b - a);
  const threshold = scores[Math.floor(scores.length * falseAccepts)] ?? 0;
  return share(
    inside.filter((p) => isRight(p.expected, p.predicted) && p.score > threshold).length,
    inside.length,
  );
}
