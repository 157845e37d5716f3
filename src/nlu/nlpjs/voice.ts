import { containerBootstrap, type Container } from '@nlpjs/core';
import { LangEn } from '@nlpjs/lang-en';
import { Nlp, type DomainManager, type DomainNlu } from '@nlpjs/nlp';
import type { Voice } from '../classify';
import type { CorpusLine } from '../corpus';
import { opinionOf } from '../model/ngrams';
import { normalise } from '../text/normalise';

/** How much nlp.js counts beside the n-grams: its scores saturate near 1, so a larger share would drown them. */
export const NLPJS_WEIGHT = 0.1;

/** Lines of one class and language that nlp.js is trained on; its time grows faster than its accuracy. */
const LINES = 30;
/** Rounds over the lines; its own limit of 20,000 buys nothing here. */
const ROUNDS = 100;
/** English, Hinglish and transliterated Hindi are one model in Latin letters; nlp.js never guesses the language. */
export const LOCALE = 'en';
/** nlp.js's own values, but for the rounds and the log. */
const CLASSIFIER = {
  keepStopwords: true,
  nonefeatureValue: 1,
  nonedeltaMultiplier: 1.2,
  spellCheck: false,
  filterZeros: true,
  log: false,
  iterations: ROUNDS,
};

/** An nlp.js with nothing learnt. */
export function create(): Nlp {
  const container = containerBootstrap();
  container.use(LangEn);
  container.registerConfiguration(`nlu-${LOCALE}`, CLASSIFIER);
  const nlp = new Nlp({
    container,
    autoLoad: false,
    autoSave: false,
    calculateSentiment: false,
    forceNER: false,
    nlu: { log: false },
  });
  nlp.addLanguage(LOCALE);
  return nlp;
}

/** A balanced part of the corpus: lines of every class and language at even distances, so that all its groups are there. */
export function balanced(lines: readonly CorpusLine[], most: number = LINES): CorpusLine[] {
  const classes = new Map<string, CorpusLine[]>();
  for (const line of lines) {
    const name = `${line.locale}/${line.label}`;
    const own = classes.get(name) ?? [];
    classes.set(name, own);
    own.push(line);
  }
  return [...classes.values()].flatMap((own) => {
    const step = Math.max(1, own.length / most);
    return own.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
  });
}

/** The parts of nlp.js that take a line to stems. */
interface Words {
  normalizer: { normalize(text: string): string };
  tokenizer: { innerTokenize(text: string): string[] };
  stemmer: { stemWord(word: string): string; cache: object };
}

function partOf<T>(container: Container, name: string): T {
  const part = container.get<T>(name);
  if (part === undefined) throw new Error(`nlp.js has no ${name}`);
  return part;
}

/**
 * nlp.js trained on the corpus, asked for one line at a time. Its steps are called one after the other instead of through `process`, which
 * says the same at ten times the cost (it looks for entities, answers, contexts and pipelines on every line) and remembers lines for an hour.
 */
export class NlpjsVoice {
  /** Stems of the words it was trained on; those of customers' other words are worked out and forgotten. */
  private readonly stems = new Map<string, string>();
  private readonly words: Words;
  private readonly manager: DomainManager;
  private readonly classifier: DomainNlu;

  private constructor(
    private readonly nlp: Nlp,
    readonly lines: number,
  ) {
    this.words = {
      normalizer: partOf(nlp.container, `normalizer-${LOCALE}`),
      tokenizer: partOf(nlp.container, `tokenizer-${LOCALE}`),
      stemmer: partOf(nlp.container, `stemmer-${LOCALE}`),
    };
    const manager = nlp.nluManager.domainManagers[LOCALE];
    const classifier = manager?.domains.master_domain;
    if (!manager || !classifier) throw new Error('nlp.js holds no trained classifier');
    this.manager = manager;
    this.classifier = classifier;
    for (const { utterance } of manager.sentences)
      for (const word of this.tokensOf(utterance)) this.stems.set(word, this.words.stemmer.stemWord(word));
    this.words.stemmer.cache = {};
  }

  /** Trains on a balanced part of the lines; the same lines give the same model. */
  static async train(lines: readonly CorpusLine[], most: number = LINES): Promise<NlpjsVoice> {
    const nlp = create();
    const some = balanced(lines, most);
    for (const line of some) {
      const text = normalise(line.text);
      if (text !== '') nlp.addDocument(LOCALE, text, line.label);
    }
    await nlp.train();
    return new NlpjsVoice(nlp, some.length);
  }

  /** A voice from what `exported` gave. Throws on anything else. */
  static from(exported: unknown): NlpjsVoice {
    const nlp = create();
    nlp.fromJSON(exported);
    return new NlpjsVoice(nlp, 0);
  }

  /** The trained model as plain data. */
  exported(): unknown {
    return this.nlp.toJSON();
  }

  /** What nlp.js makes of a normalised line. Undefined when it knows nothing of it or fails; never throws. */
  voice(line: string): Voice | undefined {
    if (line === '') return undefined;
    try {
      const known = this.classify(this.stemsOf(line)).filter(({ intent }) => intent !== 'None');
      const sum = known.reduce((total, { score }) => total + score, 0);
      if (!(sum > 0) || !Number.isFinite(sum)) return undefined;
      const opinion = opinionOf(
        known.map(({ intent }) => intent),
        known.map(({ score }) => score / sum),
      );
      return { by: 'nlp.js', opinion, weight: NLPJS_WEIGHT };
    } catch {
      return undefined;
    }
  }

  private tokensOf(line: string): string[] {
    return this.words.tokenizer.innerTokenize(this.words.normalizer.normalize(line));
  }

  private stemsOf(line: string): Record<string, number> {
    const stems: Record<string, number> = {};
    let strange = false;
    for (const word of this.tokensOf(line)) {
      let stem = this.stems.get(word);
      if (stem === undefined) {
        strange = true;
        stem = this.words.stemmer.stemWord(word);
      }
      if (stem) stems[stem.trim()] = 1;
    }
    if (strange) this.words.stemmer.cache = {};
    return stems;
  }

  /** A line of the same stems as one it was trained on has that one's intent; any other is asked of the network. */
  private classify(stems: Record<string, number>): { intent: string; score: number }[] {
    const known = Object.keys(stems).sort().join();
    const exact = Object.hasOwn(this.manager.stemDict, known) ? this.manager.stemDict[known] : undefined;
    if (exact) return [{ intent: exact.intent, score: 1 }];
    const { classifier } = this;
    const input = { tokens: stems, settings: classifier.settings };
    const features = classifier.textToFeatures(input);
    const judged = classifier.filterNonActivated(classifier.innerProcess(features));
    return classifier.normalizeClassifications(judged).classifications ?? [];
  }
}
