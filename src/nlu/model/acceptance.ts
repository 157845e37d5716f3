/** What is known about a line before deciding whether its best intent may be believed. */
export interface Evidence {
  /** Probability of the best in-scope intent. */
  best: number;
  /** Probability of all out-of-scope topics together. */
  outside: number;
  /** Share of words never seen in training, 0 to 1. */
  unknown: number;
}

/** A logistic regression over the evidence, and the score from which a line is accepted. */
export interface Acceptance {
  weights: number[];
  threshold: number;
}

/** The evidence as numbers, the constant last: how much more likely inside than outside, and how much was never seen. */
export function evidenceVector(e: Evidence): number[] {
  const log = (p: number, floor: number): number => Math.log(Math.max(0, p) + floor);
  return [log(e.best, 1e-3) - log(e.outside, 2e-3), e.unknown, 1];
}

/** Calibrated probability that the best in-scope intent is what the customer means. */
export function acceptanceScore(acceptance: Acceptance, evidence: Evidence): number {
  const vector = evidenceVector(evidence);
  let sum = 0;
  for (const [i, value] of vector.entries()) sum += value * (acceptance.weights[i] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}

/** One held-back line: its evidence and whether the best intent was right (always false for out-of-scope lines). */
export interface Judged {
  evidence: Evidence;
  right: boolean;
  inScope: boolean;
}

/**
 * Fits the regression and sets the threshold so that `falseAccepts` of the out-of-scope lines get through.
 * Plain gradient descent: the same lines give the same numbers.
 */
export function fitAcceptance(lines: Judged[], falseAccepts: number): Acceptance {
  const vectors = lines.map((line) => evidenceVector(line.evidence));
  const size = vectors[0]?.length ?? 0;
  const weights = new Array<number>(size).fill(0);
  const positives = Math.max(1, lines.filter((line) => line.right).length);
  const weightOf = lines.map((line) =>
    line.right ? lines.length / positives : lines.length / Math.max(1, lines.length - positives),
  );
  for (let round = 0; round < 600; round++) {
    const slope = new Array<number>(size).fill(0);
    for (const [i, vector] of vectors.entries()) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += (vector[j] ?? 0) * (weights[j] ?? 0);
      const error = (1 / (1 + Math.exp(-sum)) - (lines[i]?.right ? 1 : 0)) * (weightOf[i] ?? 1);
      for (let j = 0; j < size; j++) slope[j] = (slope[j] ?? 0) + error * (vector[j] ?? 0);
    }
    for (let j = 0; j < size; j++) {
      weights[j] = (weights[j] ?? 0) - (0.5 * (slope[j] ?? 0)) / lines.length - 0.0002 * (weights[j] ?? 0);
    }
  }
  const acceptance: Acceptance = { weights: weights.map((w) => Math.round(w * 1e4) / 1e4), threshold: 0.5 };
  const outside = lines
    .filter((line) => !line.inScope)
    .map((line) => acceptanceScore(acceptance, line.evidence))
    .sort((a, b) => b - a);
  acceptance.threshold = Math.round((outside[Math.floor(outside.length * falseAccepts)] ?? 0.5) * 1e4) / 1e4;
  return acceptance;
}
