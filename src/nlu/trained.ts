import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot, readCorpus } from './corpus';
import type { Acceptance } from './model/acceptance';
import { loadModel, saveModel } from './model/file';
import { trainFromCorpus, type TrainedModel } from './model/train';
import { saveNlpjs } from './nlpjs/file';
import { NlpjsVoice } from './nlpjs/voice';

/** What one training came to. */
export interface TrainingReport {
  file: string;
  lines: number;
  features: number;
  threshold: number;
}

/** Where the build keeps the trained model. */
export function trainedFile(root: string = projectRoot()): string {
  return join(root, 'dist', 'nlu', 'model.bin');
}

/** Where the build keeps nlp.js: beside the trained model. */
export function nlpjsFile(model: string = trainedFile()): string {
  return join(dirname(model), 'nlpjs.json');
}

/** Where things that can be made again are kept when no data folder is named. */
export function keepDir(): string {
  return join(projectRoot(), '.cache');
}

function corpusDir(): string {
  return join(projectRoot(), 'intents', 'corpus');
}

/** The calibration kept beside the corpus, so that a start without a build need not hold lines back first. */
function keptAcceptance(): Acceptance | undefined {
  const file = join(projectRoot(), 'intents', 'acceptance.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Acceptance) : undefined;
}

/** Trains from the corpus and saves the model; run by the build and by `nlu train`. The same corpus gives the same file. */
export function trainModel(
  options: { file?: string; progress?: (step: string) => void } = {},
): TrainingReport & { acceptance: Acceptance } {
  const file = options.file ?? trainedFile();
  options.progress?.('reading the corpus');
  const corpus = readCorpus(corpusDir());
  options.progress?.(`training on ${corpus.lines.length} lines, and on four parts of them to calibrate`);
  const model = trainFromCorpus(corpus, undefined);
  saveModel(file, model);
  options.progress?.(`saved ${file}`);
  return {
    file,
    lines: corpus.lines.length,
    features: model.ngrams.weights.length / model.ngrams.classes.length,
    threshold: model.acceptance.threshold,
    acceptance: model.acceptance,
  };
}

/** Trains nlp.js on a balanced part of the corpus and saves it beside the model; run by the build. Takes a second or two. */
export async function trainNlpjs(
  options: { file?: string; progress?: (step: string) => void } = {},
): Promise<{ file: string; lines: number }> {
  const file = options.file ?? nlpjsFile();
  const corpus = readCorpus(corpusDir());
  const voice = await NlpjsVoice.train(corpus.lines);
  saveNlpjs(file, corpus.digest, voice);
  options.progress?.(`nlp.js trained on ${voice.lines} lines, saved ${file}`);
  return { file, lines: voice.lines };
}

let inMemory: TrainedModel | undefined;

/**
 * The saved model, when it was made from the corpus as it is now; otherwise one trained in memory, which takes a second or
 * two and is kept under `.cache/` for the next process.
 */
export function loadTrained(
  file: string | undefined,
  log?: { info(fields: object, message: string): void },
): TrainedModel {
  const corpus = readCorpus(corpusDir());
  if (inMemory?.digest === corpus.digest && file === undefined) return inMemory;
  const cache = join(keepDir(), 'nlu', 'model.bin');
  for (const place of file === undefined ? [trainedFile(), cache] : [file]) {
    const saved = loadModel(place);
    if (saved?.digest !== corpus.digest) continue;
    inMemory = saved;
    return saved;
  }
  log?.info({ lines: corpus.lines.length }, 'No trained model of this corpus; training in memory');
  inMemory = trainFromCorpus(corpus, keptAcceptance());
  keep(cache, inMemory);
  return inMemory;
}

/** A folder that cannot be written is no reason not to start. */
function keep(file: string, model: TrainedModel): void {
  try {
    saveModel(file, model);
  } catch {
    return;
  }
}
