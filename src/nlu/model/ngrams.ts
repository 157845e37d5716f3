import type { IntentName } from '../../core/intents';
import type { Around, CorpusLine } from '../corpus';
import type { Evidence } from './acceptance';
import { variantsOf } from './augment';
import { featuresOf, type Features } from './features';
import { predict, trainSoftmax, type Example, type Softmax } from './softmax';

/** What one voice thinks of a line: probabilities of the in-scope intents (best first) and of being out of scope. */
export interface Opinion {
  ranked: { intent: IntentName; score: number }[];
  outside: number;
}

/** Settings of the n-gram model; a test or a fold may ask for less. */
export interface NgramTraining {
  epochs: number;
  /** Rewritten copies of each line. */
  copies: number;
  /** Sentences to put around lines in the copies. */
  around?: Around;
}

/** What the shipped model is trained with. */
export const FULL_TRAINING: NgramTraining = { epochs: 6, copies: 2 };

/** Trains the n-gram model on corpus lines; the same lines give the same model. */
export function trainNgrams(lines: readonly CorpusLine[], how: NgramTraining): Softmax {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line.label, (counts.get(line.label) ?? 0) + 1);
  const classes = [...counts.keys()].sort();
  const mean = lines.length / Math.max(1, classes.length);
  const examples = lines.flatMap((line, index): Example[] => {
    const weight = Math.sqrt(mean / (counts.get(line.label) ?? mean));
    const label = classes.indexOf(line.label);
    const own: Example = { features: featuresOf(line.text), label, weight };
    const variants = variantsOf(line, how.copies, index + 1, how.around).map((text): Example => ({
      features: featuresOf(text),
      label,
      weight: weight * 0.6,
    }));
    return [own, ...variants];
  });
  return trainSoftmax(examples, classes, {
    epochs: how.epochs,
    rate: 0.15,
    decay: 1e-6,
    dropout: 0.3,
    seed: 7,
  });
}

/** Probabilities by class to an opinion: topics of out-of-scope lines are one. */
export function opinionOf(classes: readonly string[], probabilities: ArrayLike<number>): Opinion {
  const ranked: Opinion['ranked'] = [];
  let outside = 0;
  for (const [i, name] of classes.entries()) {
    const p = probabilities[i] ?? 0;
    if (name.startsWith('out_of_scope')) outside += p;
    else ranked.push({ intent: name as IntentName, score: p });
  }
  ranked.sort((a, b) => b.score - a.score);
  return { ranked, outside };
}

/** The n-gram model's opinion of a line. */
export function ngramOpinion(model: Softmax, features: Features): Opinion {
  return opinionOf(model.classes, predict(model, features));
}

/** Share of words of which neither the form nor the skeleton was seen in training; 1 for a line without words. */
export function unknownShare(model: Softmax, features: Features): number {
  if (features.words.length === 0) return 1;
  const { known } = model;
  let unseen = 0;
  for (const word of features.words)
    if (!known.has(word.form) && (word.text.length < 3 || !known.has(word.bones))) unseen++;
  return unseen / features.words.length;
}

/** A line of at most so many words, all of one or two letters and one of them known ("hi"), is solid enough to talk, not to change anything. */
const SHORT_LINE = 2;
const SHORT_SHARE = 0.4;

/**
 * Share of the letters of a line's longer words that are surely known: the form was seen, or for long words the consonants. Noise that
 * happens to hold a known syllable has little of it. How many different such words there are, counted to two. The share of scraps among
 * all words but numbers: single letters, and forms never seen. And whether the line is a few words said over and over.
 */
export function solidity(
  model: Softmax,
  features: Features,
): { share: number; words: number; scraps: number; repeats: boolean } {
  let all = 0;
  let solid = 0;
  let first: number | undefined;
  let words = 0;
  let short = false;
  let plain = 0;
  let scraps = 0;
  for (const word of features.words) {
    const { length } = word.text;
    if (word.text === 'znum' || word.text === 'znumber') continue;
    const seen = model.known.has(word.form);
    plain += 1;
    if (!seen || length === 1) scraps += 1;
    if (length < 3 && seen) short = true;
    if (length < 3) continue;
    all += length;
    const alike = length > 4 && model.known.has(word.bones) && word.skeleton.length > 2;
    if (!seen && !alike) continue;
    solid += length;
    if (word.form !== first) words = first === undefined ? 1 : 2;
    first ??= word.form;
  }
  const of = { words, scraps: plain === 0 ? 0 : scraps / plain, repeats: isRepeated(features) };
  if (all === 0) return { share: short && features.words.length <= SHORT_LINE ? SHORT_SHARE : 0, ...of };
  return { share: solid / all, ...of };
}

/** From so many words on a line may be a repetition, and then each of its words stands this often in it at least. */
const REPEATED = { words: 8, times: 4 };

function isRepeated({ words }: Features): boolean {
  if (words.length < REPEATED.words) return false;
  return new Set(words.map(({ form }) => form)).size * REPEATED.times <= words.length;
}

/** What the acceptance regression is told. */
export function evidenceOf(opinion: Opinion, unknown: number): Evidence {
  return {
    best: opinion.ranked[0]?.score ?? 0,
    outside: opinion.outside,
    unknown,
  };
}
