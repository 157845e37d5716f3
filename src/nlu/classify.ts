import type { IntentName } from '../core/intents';
import type { DecidedBy, IntentGuess } from '../core/understanding';
import { CHANGES } from '../../intents/catalog';
import { acceptanceScore } from './model/acceptance';
import { featuresOfNormal } from './model/features';
import { evidenceOf, ngramOpinion, solidity, unknownShare, type Opinion } from './model/ngrams';
import type { TrainedModel } from './model/train';

/** A further opinion, for example of sentence embeddings, and how much it counts beside the n-grams (0 to 1). */
export interface Voice {
  by: DecidedBy;
  opinion: Opinion;
  weight: number;
}

/** What the models make of one line. */
export interface Classified {
  ranked: IntentGuess[];
  score: number;
  accepted: boolean;
  close: boolean;
  decidedBy: DecidedBy;
  /** Share of words never seen. */
  unknown: number;
  outside: number;
  /** False for a line that is mostly noise, scraps or one thing over and over; its parts are not looked at either. */
  sound: boolean;
  opinions: { by: DecidedBy; opinion: Opinion; weight: number }[];
}

/** A line with fewer of its letters in known words than this is never taken for a change, or for anything at all. */
const SOLID = { change: 0.5, anything: 0.25 };
/** What a change needs to score when it rests on a single known word. */
const SURE = 0.6;
/** Share of single letters and unknown words from which a line is scraps; it and a few words said over and over need this score for a change. */
const SCRAPS = 0.4;
const CERTAIN = 0.92;
/** What a change needs to score when it is one known word said over and over. */
const BEYOND_DOUBT = 0.97;
/** What a change needs to score, beside two known words, when names and places make up most of the line. */
const NAMES = 0.7;
/** Two intents are close when the second has at least this share of the first's probability. */
const CLOSE = 0.55;

/** Mixes opinions in proportion to their weights; the n-grams take what is left. */
export function mix(voices: readonly Voice[]): Opinion {
  const total = voices.reduce((sum, voice) => sum + voice.weight, 0) || 1;
  const scores = new Map<IntentName, number>();
  let outside = 0;
  for (const { opinion, weight } of voices) {
    outside += (opinion.outside * weight) / total;
    for (const { intent, score } of opinion.ranked)
      scores.set(intent, (scores.get(intent) ?? 0) + (score * weight) / total);
  }
  const ranked = [...scores].map(([intent, score]) => ({ intent, score })).sort((a, b) => b.score - a.score);
  return { ranked, outside };
}

/** Classifies one normalised line by all voices at hand; `further` are those beside the n-grams. */
export function classify(model: TrainedModel, line: string, further: readonly Voice[] = []): Classified {
  const features = featuresOfNormal(line);
  const unknown = unknownShare(model.ngrams, features);
  const own = ngramOpinion(model.ngrams, features);
  const taken = further.reduce((sum, voice) => sum + voice.weight, 0);
  const voices: Voice[] = [{ by: 'ngrams', opinion: own, weight: 1 - Math.min(0.9, taken) }, ...further];
  const mixed = further.length > 0 ? mix(voices) : own;
  const [best, second] = mixed.ranked;
  const nothing = unknown >= 1 || !best;
  const score = nothing ? 0 : acceptanceScore(model.acceptance, evidenceOf(mixed, unknown));
  const change = best !== undefined && CHANGES.has(best.intent);
  const solid = solidity(model.ngrams, features);
  const thin = change && score < neededOf(solid);
  const names = solid.words > 1 && score >= NAMES;
  const risky = thin || solid.share < (change && !names ? SOLID.change : SOLID.anything);
  const accepted = !nothing && !risky && score >= model.acceptance.threshold;
  const inside = mixed.ranked.reduce((sum, guess) => sum + guess.score, 0) || 1;
  return {
    ranked: mixed.ranked.slice(0, 5).map(({ intent, score: p }, i) => ({
      intent,
      score: i === 0 ? score : Math.min(score, (p / inside) * score),
    })),
    score,
    accepted,
    close: !nothing && best !== undefined && (second?.score ?? 0) >= CLOSE * best.score,
    decidedBy: nothing ? 'nothing-known' : carrier(voices, best?.intent, accepted),
    unknown,
    outside: mixed.outside,
    sound: solid.share >= SOLID.change && !solid.repeats && solid.scraps < SCRAPS,
    opinions: voices,
  };
}

/** What a change needs to score, by how little the line rests on. */
function neededOf({ words, scraps, repeats }: ReturnType<typeof solidity>): number {
  if (repeats && words < 2) return BEYOND_DOUBT;
  if (repeats || scraps >= SCRAPS) return CERTAIN;
  return words < 2 ? SURE : 0;
}

/** The voice that spoke loudest for the winner; nlp.js only for an accepted one that the others alone would not have chosen. */
function carrier(voices: readonly Voice[], winner: IntentName | undefined, accepted: boolean): DecidedBy {
  const others = voices.filter(({ by }) => by !== 'nlp.js');
  const needed = accepted && others.length < voices.length && mix(others).ranked[0]?.intent !== winner;
  let loudest: { by: DecidedBy; say: number } = { by: 'ngrams', say: -1 };
  for (const { by, opinion, weight } of needed ? voices : others) {
    const say = weight * (opinion.ranked.find((guess) => guess.intent === winner)?.score ?? 0);
    if (say > loudest.say) loudest = { by, say };
  }
  return loudest.by;
}
