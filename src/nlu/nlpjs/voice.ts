import { containerBootstrap } from '@nlpjs/core';
import { LangEn } from '@nlpjs/lang-en';
import { Nlp } from '@nlpjs/nlp';
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
const LOCALE = 'en';
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

function create(): Nlp {
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

/** nlp.js trained on the corpus, asked for one line at a time. */
export class NlpjsVoice {
  private constructor(
    private readonly nlp: Nlp,
    readonly lines: number,
  ) {}

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

  /** What nlp.js makes of a line. Undefined when it knows nothing of it or fails; never throws. */
  async voice(text: string): Promise<Voice | undefined> {
    const line = normalise(text);
    if (line === '') return undefined;
    try {
      const { classifications = [] } = await this.nlp.process(LOCALE, line);
      const known = classifications.filter(({ intent }) => intent !== 'None');
      const sum = known.reduce((total, { score }) => total + score, 0);
      if (!(sum > 0) || !Number.isFinite(sum)) return undefined;
      const opinion = opinionOf(
        known.map(({ intent }) => intent),
        known.map(({ score }) => score / sum),
      );
      return { by: 'nlp.js', opinion, weight: NLPJS_WEIGHT };
    } catch {
      return undefined;
    } finally {
      this.forget();
    }
  }

  /** nlp.js would remember every line for an hour and every word for good; customers' words are not kept. */
  private forget(): void {
    const { container } = this.nlp;
    const tokenizer = container.get<{ cache?: object }>(`tokenizer-${LOCALE}`);
    if (tokenizer) tokenizer.cache = undefined;
    const stemmer = container.get<{ cache: object }>(`stemmer-${LOCALE}`);
    if (stemmer) stemmer.cache = {};
    for (const domain of Object.values(this.nlp.nluManager.domainManagers[LOCALE]?.domains ?? {}))
      if (domain.cache) domain.cache.results = {};
  }
}
