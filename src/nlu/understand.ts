import type { CountryCode } from 'libphonenumber-js/mobile';
import { CHANGES, SMALL_TALK } from '../../intents/catalog';
import type { IntentName } from '../core/intents';
import type { Locale } from '../core/locale';
import type {
  Expecting,
  IntentGuess,
  Understand,
  Understanding,
  UnderstandInput,
} from '../core/understanding';
import { classify, type Classified, type Voice } from './classify';
import { clausesOf, sameWish } from './clauses';
import { startEmbeddings, type Embeddings } from './embeddings/client';
import { localeOf } from './locale';
import type { Acceptance } from './model/acceptance';
import type { TrainedModel } from './model/train';
import { loadNlpjs } from './nlpjs/file';
import type { NlpjsVoice } from './nlpjs/voice';
import { keepDir, loadTrained, nlpjsFile } from './trained';
import { looksLikeOrders, ruled } from './rules';
import { orderNumberFinder, type OrderNumberFinder } from './slots/order-number';
import { readSlots } from './slots/read';
import { normalise } from './text/normalise';

/** What the module logs with; pino fits. */
export interface NluLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** How understanding is set up. */
export interface UnderstandOptions {
  /** Folder of a sentence-embedding model to use in place. */
  modelDir?: string;
  /** Folder where a fetched model and computed embeddings are kept. */
  dataDir?: string;
  timeZone: string;
  /** The shop's order numbers as a regular expression without anchors. */
  orderNumberPattern: string;
  embeddings: 'auto' | 'on' | 'off';
  /** Name of the sentence-embedding model. */
  model?: string;
  /** Longest wait for the embeddings of a line, in milliseconds (60). */
  embeddingPatience?: number;
  /** Country whose phone numbers are read without a prefix. */
  country?: CountryCode;
  /** File of the trained model; by default the one made by the build. */
  trainedFile?: string;
  /** File of the saved nlp.js; by default the one beside the trained model. Without it that voice is silent. */
  nlpjsFile?: string;
  log?: NluLog;
}

/** Understanding with its end: closing stops the embedding worker. */
export interface ClosableUnderstand extends Understand {
  close(): Promise<void>;
  /** Settles when sentence embeddings join in (true) or are known to stay away (false). Nothing needs to wait for it. */
  embeddings: Promise<boolean>;
}

interface Parts {
  model: TrainedModel;
  orderNumbers: OrderNumberFinder;
  timeZone: string;
  country: CountryCode;
  embeddings: Embeddings;
  nlpjs: NlpjsVoice | undefined;
}

const CLAUSE_SCORE = 0.6;

/** Makes the `Understand` port: loads the trained model, or trains it in memory where the build has not. */
export async function createUnderstand(options: UnderstandOptions): Promise<ClosableUnderstand> {
  const model = loadTrained(options.trainedFile, options.log);
  const parts: Parts = {
    model,
    orderNumbers: orderNumberFinder(options.orderNumberPattern),
    timeZone: options.timeZone,
    country: options.country ?? 'IN',
    embeddings: startEmbeddings({
      mode: options.embeddings,
      model: options.model,
      modelDir: options.modelDir,
      keepDir: options.dataDir ?? keepDir(),
      patience: options.embeddingPatience,
      log: options.log,
    }),
    nlpjs: loadNlpjs(options.nlpjsFile ?? nlpjsFile(options.trainedFile), model.digest, options.log),
  };
  return {
    understand: (input) => understandSafely(input, parts),
    close: () => parts.embeddings.close(),
    embeddings: parts.embeddings.ready,
  };
}

/** Characters of a message that are read; longer ones than any channel lets through are cut. */
const READ_CHARACTERS = 2000;

async function understandSafely(message: UnderstandInput, parts: Parts): Promise<Understanding> {
  const input = { ...message, text: message.text.slice(0, READ_CHARACTERS) };
  try {
    const locale = localeOf(input.text, parts.model.tongues, input.locale);
    const line = normalise(input.text);
    const second = await parts.embeddings.voice(input.text, locale);
    return decide(input, line, parts, locale, second, parts.nlpjs?.voice(line));
  } catch {
    return nothing(input);
  }
}

function nothing(input: UnderstandInput): Understanding {
  return {
    locale: input.locale ?? 'en',
    intent: 'out_of_scope',
    score: 0,
    accepted: false,
    ranked: [],
    also: [],
    close: false,
    decidedBy: 'nothing-known',
    slots: {},
  };
}

function decide(
  input: UnderstandInput,
  line: string,
  parts: Parts,
  locale: Locale,
  second: { voice: Voice; acceptance: Acceptance } | undefined,
  third: Voice | undefined,
): Understanding {
  const { text } = input;
  const expecting = input.expecting ?? [];
  const acceptance = second?.acceptance ?? parts.model.acceptance;
  const further = [second?.voice, third].filter((voice) => voice !== undefined);
  const whole = classify({ ...parts.model, acceptance }, line, further);
  const rule = ruled(line, expecting);
  const refused = looksLikeOrders(text);
  const main = rule ?? whole.ranked[0]?.intent ?? 'out_of_scope';
  const accepted = rule !== undefined || (whole.accepted && !(refused && CHANGES.has(main)));
  const requests = rule === undefined && !refused && whole.sound ? requestsIn(text, parts.model) : [];
  const { intent, also } = settle({ main, accepted, score: whole.score }, requests, expecting);
  const promoted = accepted ? undefined : requests.find((r) => r.intent === intent);
  const score = rule !== undefined ? 0.99 : Math.max(promoted?.score ?? 0, whole.score);
  const agreed = accepted || promoted !== undefined;
  return {
    locale,
    intent: agreed ? intent : 'out_of_scope',
    score,
    accepted: agreed,
    ranked: rankedWith(whole, intent, score),
    also,
    close: rule === undefined && agreed && whole.close && also.length === 0,
    decidedBy: rule !== undefined || (refused && !agreed) ? 'rule' : whole.decidedBy,
    slots: slotsOf(input, parts, [intent, ...also.map((guess) => guess.intent), ...likely(whole)]),
  };
}

/** Intents close enough to the best that their slots may be wanted. */
function likely(whole: Classified): IntentName[] {
  return whole.ranked.filter((guess, i) => i < 2 && guess.score > 0.25).map((guess) => guess.intent);
}

function slotsOf(input: UnderstandInput, parts: Parts, intents: IntentName[]): Understanding['slots'] {
  return readSlots(input.text, {
    now: input.now,
    timeZone: parts.timeZone,
    country: parts.country,
    expecting: input.expecting ?? [],
    intents,
    orderNumbers: parts.orderNumbers,
  });
}

function requestsIn(text: string, model: TrainedModel): IntentGuess[] {
  const found: IntentGuess[] = [];
  for (const clause of clausesOf(text)) {
    const part = classify(model, normalise(clause));
    const best = part.ranked[0];
    if (!part.accepted || part.close || !best || part.score < CLAUSE_SCORE) continue;
    if (!found.some((guess) => guess.intent === best.intent))
      found.push({ intent: best.intent, score: part.score });
  }
  return found;
}

/** Which request is the line's own and which come beside it. Small talk around a request is not a request. */
function settle(
  whole: { main: IntentName; accepted: boolean; score: number },
  requests: IntentGuess[],
  expecting: readonly Expecting[],
): { intent: IntentName; also: IntentGuess[] } {
  const business = requests.filter((guess) => !SMALL_TALK.has(guess.intent));
  const [first] = business;
  const answers = expecting.includes('confirm') && (whole.main === 'affirm' || whole.main === 'deny');
  let intent = whole.main;
  if (!answers && first && (SMALL_TALK.has(intent) || !whole.accepted)) intent = first.intent;
  const sure = first !== undefined && first.score > 0.9 && whole.score < 0.85 && CHANGES.has(first.intent);
  if (sure && business.some((guess) => guess.intent === intent)) {
    return { intent: first.intent, also: business.slice(1, 4) };
  }
  return { intent, also: business.filter((guess) => !sameWish(guess.intent, intent)).slice(0, 3) };
}

function rankedWith(whole: Classified, intent: IntentName, score: number): IntentGuess[] {
  if (intent === 'out_of_scope' || whole.ranked[0]?.intent === intent) return whole.ranked;
  return [{ intent, score }, ...whole.ranked.filter((guess) => guess.intent !== intent)].slice(0, 5);
}
