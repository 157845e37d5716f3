import type { CorpusLine } from '../corpus';
import type { Locale } from '../../core/locale';
import { mix, type Voice } from '../classify';
import { fitAcceptance, type Acceptance, type Judged } from '../model/acceptance';
import { featuresOf } from '../model/features';
import { evidenceOf, ngramOpinion, opinionOf, trainNgrams, unknownShare } from '../model/ngrams';
import { FALSE_ACCEPTS, foldsOf } from '../model/train';
import { headProbabilities, trainHead, type Embedded, type Head } from './head';

/** How much the embeddings count beside the n-grams: less where the model knows less of the language. */
const WEIGHTS: Record<Locale, number> = { en: 0.45, 'hi-Latn': 0.4, hi: 0.25 };

const EPOCHS = 12;
const FOLD_EPOCHS = 6;

/** What the embeddings say of a line, with their weight for its language. */
export function embeddingVoice(head: Head, vector: Float32Array, locale: Locale): Voice {
  return {
    by: 'embeddings',
    opinion: opinionOf(head.classes, headProbabilities(head, vector)),
    weight: WEIGHTS[locale],
  };
}

function embedded(
  lines: readonly CorpusLine[],
  vectors: readonly Float32Array[],
  classes: string[],
): Embedded[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line.label, (counts.get(line.label) ?? 0) + 1);
  const mean = lines.length / Math.max(1, classes.length);
  return lines.map((line, i) => ({
    vector: vectors[i] ?? new Float32Array(0),
    label: classes.indexOf(line.label),
    weight: Math.sqrt(mean / (counts.get(line.label) ?? mean)),
  }));
}

/** Trains the head on the embedded corpus, and fits the acceptance of both voices together on lines held back from both. */
export function trainVoice(
  lines: readonly CorpusLine[],
  vectors: readonly Float32Array[],
): { head: Head; acceptance: Acceptance } {
  const classes = [...new Set(lines.map((line) => line.label))].sort();
  const size = vectors[0]?.length ?? 0;
  const all = embedded(lines, vectors, classes);
  const folds = 3;
  const fold = foldsOf(lines, folds);
  const judged: Judged[] = [];
  for (let held = 0; held < folds; held++) {
    const rest = (_: unknown, i: number): boolean => fold[i] !== held;
    const ngrams = trainNgrams(lines.filter(rest), { epochs: 6, copies: 0 });
    const head = trainHead(all.filter(rest), classes, size, FOLD_EPOCHS);
    for (const [i, line] of lines.entries()) {
      const vector = vectors[i];
      if (fold[i] !== held || !vector) continue;
      const features = featuresOf(line.text);
      const voice = embeddingVoice(head, vector, line.locale);
      const opinion = mix([
        { by: 'ngrams', opinion: ngramOpinion(ngrams, features), weight: 1 - voice.weight },
        voice,
      ]);
      const right = opinion.ranked[0]?.intent === line.intent;
      judged.push({
        evidence: evidenceOf(opinion, unknownShare(ngrams, features)),
        right,
        inScope: line.intent !== 'out_of_scope',
      });
    }
  }
  return { head: trainHead(all, classes, size, EPOCHS), acceptance: fitAcceptance(judged, FALSE_ACCEPTS) };
}
