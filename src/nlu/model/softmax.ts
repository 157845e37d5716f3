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
  const work = new Work(count, k);
  const bias = new Float32Array(k);
  const random = randomFrom(how.seed);
  const order = Int32Array.from(examples.keys());
  for (let epoch = 0; epoch < how.epochs; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const example = examples[index];
      if (example) step({ bias, rows }, work, example, how, random);
    }
  }
  return { classes, rows, weights: work.weights(), bias, known: knownWords(examples) };
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

/** What one training works with: the weights and their squares side by side, so that a row of both is fetched at once. */
class Work {
  readonly pairs: Float32Array;
  readonly biasSquares: Float32Array;
  readonly scores: Float64Array;
  readonly moved: Int32Array;
  kept = new Float32Array(512);
  at = new Int32Array(512);

  constructor(
    readonly rows: number,
    readonly classes: number,
  ) {
    this.pairs = new Float32Array(rows * classes * 2);
    this.biasSquares = new Float32Array(classes).fill(1e-6);
    this.scores = new Float64Array(classes);
    this.moved = new Int32Array(classes);
    for (let row = 0; row < rows; row++)
      this.pairs.fill(1e-6, row * classes * 2 + classes, (row + 1) * classes * 2);
  }

  /** Room for the features of one line. */
  fit(features: number): void {
    if (features <= this.kept.length) return;
    this.kept = new Float32Array(features * 2);
    this.at = new Int32Array(features * 2);
  }

  weights(): Float32Array {
    const { rows, classes, pairs } = this;
    const weights = new Float32Array(rows * classes);
    for (let row = 0; row < rows; row++)
      weights.set(pairs.subarray(row * classes * 2, row * classes * 2 + classes), row * classes);
    return weights;
  }
}

function step(
  model: Pick<Softmax, 'bias' | 'rows'>,
  work: Work,
  example: Example,
  how: SoftmaxTraining,
  random: () => number,
): void {
  const { bias, rows } = model;
  const { pairs, scores, classes: k } = work;
  const { buckets, values } = example.features;
  work.fit(buckets.length);
  const { kept, at } = work;
  let count = 0;
  const scale = 1 / (1 - how.dropout);
  scores.set(bias);
  for (let i = 0; i < buckets.length; i++) {
    if (random() < how.dropout) continue;
    const value = (values[i] ?? 0) * scale;
    const row = (rows[buckets[i] ?? 0] ?? 0) * k * 2;
    kept[count] = value;
    at[count++] = row;
    for (let c = 0; c < k; c++) scores[c] = (scores[c] ?? 0) + (pairs[row + c] ?? 0) * value;
  }
  softmaxInPlace(scores);
  scores[example.label] = (scores[example.label] ?? 0) - 1;
  const moving = moveBias(bias, work, example.weight, how.rate);
  const { moved } = work;
  const { rate, decay } = how;
  for (let i = 0; i < count; i++) {
    const value = kept[i] ?? 0;
    const row = at[i] ?? 0;
    for (let m = 0; m < moving; m++) {
      const c = moved[m] ?? 0;
      const weight = pairs[row + c] ?? 0;
      const slope = (scores[c] ?? 0) * value + decay * weight;
      const square = (pairs[row + k + c] ?? 0) + slope * slope;
      pairs[row + k + c] = square;
      pairs[row + c] = weight - (rate * slope) / sqrt(square);
    }
  }
}

/** Turns probabilities into slopes, moves the biases, and lists the classes that move. How many there are. */
function moveBias(bias: Float32Array, work: Work, weight: number, rate: number): number {
  const { scores, moved, biasSquares, classes } = work;
  let moving = 0;
  for (let c = 0; c < classes; c++) {
    const slope = (scores[c] ?? 0) * weight;
    scores[c] = slope;
    if (slope > -STILL && slope < STILL) continue;
    moved[moving++] = c;
    const square = (biasSquares[c] ?? 0) + slope * slope;
    biasSquares[c] = square;
    bias[c] = (bias[c] ?? 0) - (rate * 0.1 * slope) / sqrt(square);
  }
  return moving;
}
