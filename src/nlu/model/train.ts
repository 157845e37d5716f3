import type { CorpusLine, Corpus } from '../corpus';
import { learnTongues } from '../locale';
import { fitAcceptance, type Acceptance, type Judged } from './acceptance';
import { featuresOf, hashOf } from './features';
import {
  evidenceOf,
  FULL_TRAINING,
  ngramOpinion,
  trainNgrams,
  unknownShare,
  type NgramTraining,
} from './ngrams';
import { randomFrom, type Softmax } from './softmax';

/** Everything that is learnt from the corpus. */
export interface TrainedModel {
  /** Digest of the corpus it was trained on. */
  digest: string;
  ngrams: Softmax;
  acceptance: Acceptance;
  tongues: ReadonlyMap<string, number>;
}

/** Share of held-back out-of-scope lines that the shipped threshold lets through. */
export const FALSE_ACCEPTS = 0.07;

/** Paraphrases stand next to each other; so many lines are dealt together. */
const STRETCH = 8;

/**
 * Parts of the corpus for holding back: stretches of neighbouring paraphrases, dealt by their own place alone, so that a line added to one
 * file moves no line of another.
 */
export function foldsOf(lines: readonly CorpusLine[], folds: number): number[] {
  const groups = new Map<string, number>();
  return lines.map((line) => {
    const own = `${line.group}/${Math.floor(line.line / STRETCH)}`;
    const known = groups.get(own);
    if (known !== undefined) return known;
    const dealt = Math.floor(randomFrom(hashOf(own))() * folds);
    groups.set(own, dealt);
    return dealt;
  });
}

/** A held-back line with what a model that never saw its neighbours made of it. */
export type JudgedLine = Judged & { line: CorpusLine; got: string };

/** Judges one part of the corpus by a model trained on the others. */
export function judgePart(
  lines: readonly CorpusLine[],
  held: number,
  folds: number,
  how: NgramTraining,
): JudgedLine[] {
  const fold = foldsOf(lines, folds);
  const rest = lines.filter((_, i) => fold[i] !== held);
  const model = trainNgrams(rest, how);
  return lines.flatMap((line, i): JudgedLine[] => {
    if (fold[i] !== held) return [];
    const features = featuresOf(line.text);
    const opinion = ngramOpinion(model, features);
    const got = opinion.ranked[0]?.intent ?? 'out_of_scope';
    const evidence = evidenceOf(opinion, unknownShare(model, features));
    return [{ evidence, inScope: line.intent !== 'out_of_scope', right: got === line.intent, line, got }];
  });
}

/** Every line judged by a model that never saw its neighbours. */
export function judgeHeldBack(lines: readonly CorpusLine[], folds: number, how: NgramTraining): JudgedLine[] {
  return Array.from({ length: folds }, (_, held) => judgePart(lines, held, folds, how)).flat();
}

/** Trains the whole model. Without `acceptance` the calibration is fitted on held-back lines as well, which takes longer. */
export function trainFromCorpus(
  corpus: Corpus,
  acceptance: Acceptance | undefined,
  how: NgramTraining = FULL_TRAINING,
): TrainedModel {
  return {
    digest: corpus.digest,
    ngrams: trainNgrams(corpus.lines, { ...how, around: corpus.around }),
    acceptance:
      acceptance ?? fitAcceptance(judgeHeldBack(corpus.lines, 3, { epochs: 4, copies: 0 }), FALSE_ACCEPTS),
    tongues: learnTongues(corpus.lines),
  };
}
