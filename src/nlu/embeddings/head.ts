import { softmaxInPlace, randomFrom } from '../model/softmax';

/** A softmax regression over sentence embeddings. */
export interface Head {
  classes: string[];
  size: number;
  /** Row-major: for each class `size` weights and a constant. */
  weights: Float32Array;
}

/** One embedded training line. */
export interface Embedded {
  vector: Float32Array;
  label: number;
  weight: number;
}

/** Embeddings have length one; drawn larger, so that training need not grow huge weights. */
const SCALE = 4;

/** Probabilities of the classes for one embedding. */
export function headProbabilities(head: Head, vector: Float32Array): Float64Array {
  const { weights, size } = head;
  const k = head.classes.length;
  const scores = new Float64Array(k);
  for (let c = 0; c < k; c++) {
    const at = c * (size + 1);
    let sum = 0;
    for (let d = 0; d < size; d++) sum += (weights[at + d] ?? 0) * (vector[d] ?? 0);
    scores[c] = sum * SCALE + (weights[at + size] ?? 0);
  }
  return softmaxInPlace(scores);
}

/** Trains a head by AdaGrad; the same lines give the same head. */
export function trainHead(lines: readonly Embedded[], classes: string[], size: number, epochs: number): Head {
  const row = size + 1;
  const head: Head = { classes, size, weights: new Float32Array(classes.length * row) };
  const squares = new Float32Array(classes.length * row).fill(1e-6);
  const random = randomFrom(3);
  const order = Int32Array.from(lines.keys());
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    for (const index of order) {
      const line = lines[index];
      if (line) step(head, squares, line);
    }
  }
  return head;
}

const RATE = 0.09;

function step(head: Head, squares: Float32Array, line: Embedded): void {
  const { weights, size } = head;
  const { sqrt, abs } = Math;
  const probabilities = headProbabilities(head, line.vector);
  for (let c = 0; c < probabilities.length; c++) {
    const slope = ((probabilities[c] ?? 0) - (c === line.label ? 1 : 0)) * line.weight;
    if (abs(slope) < 1e-4) continue;
    const at = c * (size + 1);
    for (let d = 0; d <= size; d++) {
      const part = slope * (d < size ? (line.vector[d] ?? 0) * SCALE : 1);
      const square = (squares[at + d] = (squares[at + d] ?? 0) + part * part);
      weights[at + d] = (weights[at + d] ?? 0) - (RATE * part) / sqrt(square);
    }
  }
}
