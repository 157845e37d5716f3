import { BUCKETS, type Features } from './features';

// Held here because global look-ups are slow where tests run and these are called a million times.
const { imul, exp, sqrt, floor, max } = Math;

/** A trained softmax regression over hashed features. */
export interface Softmax {
  classes: string[];
  /** Bucket → row, -1 where the bucket was never seen in training. */
  rows: Int32Array;
  /** Row-major, one row of `classes.length` weights for each seen bucket. */
  weights: Float32Array;
  bias: Float32Array;
  /** Full hashes of the word forms and skeletons seen in training. */
  known: ReadonlySet<number>;
}

/** One training line. */
export interface Example {
  features: Features;
  label: number;
  /** How much the line counts. */
  weight: number;
}

/** How training runs; the same settings and lines give the same model. */
export interface SoftmaxTraining {
  epochs: number;
  rate: number;
  decay: number;
  /** Share of features hidden at random in each pass, so that no single word carries an intent. */
  dropout: number;
  seed: number;
}

/** A small deterministic source of numbers in [0, 1). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = imul(state ^ (state >>> 15), 1 | state);
    t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Probabilities of all classes; unseen features count nothing. */
export function predict(model: Softmax, features: Features): Float64Array {
  const k = model.classes.length;
  const scores = Float64Array.from(model.bias);
  for (let i = 0; i < features.buckets.length; i++) {
    const row = model.rows[features.buckets[i] ?? 0] ?? -1;
    if (row < 0) continue;
    const value = features.values[i] ?? 0;
    const at = row * k;
    for (let c = 0; c < k; c++) scores[c] = (scores[c] ?? 0) + (model.weights[at + c] ?? 0) * value;
  }
  return softmaxInPlace(scores);
}

/** Scores to probabilities. */
export function softmaxInPlace(scores: Float64Array): Float64Array {
  let top = -Infinity;
  for (const score of scores) top = max(top, score);
  let sum = 0;
  for (let c = 0; c < scores.length; c++) sum += scores[c] = exp((scores[c] ?? 0) - top);
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum;
  return scores;
}

/** Trains by AdaGrad over shuffled lines. */
export function trainSoftmax(examples: Example[], classes: string[], how: SoftmaxTraining): Softmax {
  const rows = new Int32Array(BUCKETS).fill(-1);
  let count = 0;
  for (const { features } of examples) {
    for (const bucket of features.buckets) if (rows[bucket] === -1) rows[bucket] = count++;
  }
  const k = classes.length;
  const model: Softmax = {
    classes,
    rows,
    weights: new Float32Array(count * k),
    bias: new Float32Array(k),
    known: knownWords(examples),
  };
  const squares = new Float32Array(count * k).fill(1e-6);
  const biasSquares = new Float32Array(k).fill(1e-6);
  const random = randomFrom(how.seed);
  const order = Int32Array.from(examples.keys());
  for (let epoch = 0; epoch < how.epochs; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const example = examples[index];
      if (example) step(model, squares, biasSquares, example, how, random);
    }
  }
  return model;
}

function knownWords(examples: Example[]): Set<number> {
  const known = new Set<number>();
  for (const { features } of examples) {
    for (const { form, bones } of features.words) known.add(form).add(bones);
  }
  return known;
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = floor(random() * (i + 1));
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
}

/** Classes that are as sure as this already are left alone; most are, and training takes a third of the time. */
const STILL = 5e-4;

function step(
  model: Softmax,
  squares: Float32Array,
  biasSquares: Float32Array,
  example: Example,
  how: SoftmaxTraining,
  random: () => number,
): void {
  const { weights, bias, rows, classes } = model;
  const k = classes.length;
  const { buckets, values } = example.features;
  const kept = new Float32Array(buckets.length);
  const at = new Int32Array(buckets.length);
  let count = 0;
  const scale = 1 / (1 - how.dropout);
  const scores = Float64Array.from(bias);
  for (let i = 0; i < buckets.length; i++) {
    if (random() < how.dropout) continue;
    const value = (values[i] ?? 0) * scale;
    const row = (rows[buckets[i] ?? 0] ?? 0) * k;
    kept[count] = value;
    at[count++] = row;
    for (let c = 0; c < k; c++) scores[c] = (scores[c] ?? 0) + (weights[row + c] ?? 0) * value;
  }
  softmaxInPlace(scores);
  scores[example.label] = (scores[example.label] ?? 0) - 1;
  const moved: number[] = [];
  for (let c = 0; c < k; c++) {
    const slope = (scores[c] ?? 0) * example.weight;
    scores[c] = slope;
    if (slope > -STILL && slope < STILL) continue;
    moved.push(c);
    biasSquares[c] = (biasSquares[c] ?? 0) + slope * slope;
    bias[c] = (bias[c] ?? 0) - (how.rate * 0.1 * slope) / sqrt(biasSquares[c] ?? 1);
  }
  for (let i = 0; i < count; i++) {
    const value = kept[i] ?? 0;
    for (const c of moved) {
      const weight = (at[i] ?? 0) + c;
      const slope = (scores[c] ?? 0) * value + how.decay * (weights[weight] ?? 0);
      const square = (squares[weight] = (squares[weight] ?? 0) + slope * slope);
      weights[weight] = (weights[weight] ?? 0) - (how.rate * slope) / sqrt(square);
    }
  }
}
