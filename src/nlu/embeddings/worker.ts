import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { readCorpus, projectRoot } from '../corpus';
import type { Acceptance } from '../model/acceptance';
import { toLatin } from '../text/devanagari';
import { fetchedModel, fetchModel, modelIn, type ModelPlace } from './files';
import type { Head } from './head';
import { readKept, writeKept } from './kept';
import { trainVoice } from './voice';

/** What the worker is started with. */
export interface WorkerSetting {
  model: string;
  modelDir?: string;
  /** Where fetched models and computed embeddings are kept. */
  keepDir: string;
  mayFetch: boolean;
  /** Where models are fetched from, when not from their usual place. */
  modelSource?: string;
}

/** What the worker says. */
export type WorkerWord =
  | { kind: 'log'; message: string; fields: Record<string, unknown> }
  | { kind: 'ready'; head: Head; acceptance: Acceptance }
  | { kind: 'vector'; id: number; vector: Float32Array }
  | { kind: 'failed'; id?: number; message: string };

type Embed = (texts: string[]) => Promise<Float32Array[]>;

interface Tensor {
  data: Float32Array;
  dims: number[];
}
interface Library {
  env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(
    task: string,
    model: string,
    options: object,
  ): Promise<(texts: string[], options: object) => Promise<Tensor>>;
}

const LIBRARY = '@huggingface/transformers';
const BATCH = 16;
const MAX_CHARACTERS = 400;

function say(word: WorkerWord): void {
  parentPort?.postMessage(word);
}

async function locate(setting: WorkerSetting): Promise<ModelPlace> {
  const { model, modelDir, keepDir } = setting;
  if (modelDir !== undefined) {
    const place = modelIn(modelDir, model);
    if (place) return place;
    throw new Error('NLU_MODEL_DIR holds no model (tokenizer.json and onnx/model_quantized.onnx are needed)');
  }
  const kept = await fetchedModel(keepDir, model);
  if (kept) return kept;
  if (!setting.mayFetch) throw new Error('no model on disk');
  say({ kind: 'log', message: 'Fetching the sentence-embedding model', fields: { model } });
  return fetchModel(keepDir, model, {
    base: setting.modelSource,
    progress: (file, percent) => {
      say({
        kind: 'log',
        message: `Fetching the sentence-embedding model: ${file} ${percent} %`,
        fields: { model },
      });
    },
  });
}

async function loadEmbedder(place: ModelPlace): Promise<Embed> {
  const library = (await import(LIBRARY)) as Library;
  library.env.allowRemoteModels = false;
  library.env.localModelPath = place.parent;
  const run = await library.pipeline('feature-extraction', place.name, {
    dtype: 'q8',
    device: 'cpu',
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  });
  return async (texts) => {
    const read = texts.map((text) => toLatin(text.slice(0, MAX_CHARACTERS)).toLowerCase());
    const { data, dims } = await run(read, { pooling: 'mean', normalize: true });
    const size = dims[dims.length - 1] ?? 0;
    return texts.map((_, i) => data.slice(i * size, (i + 1) * size));
  };
}

function key(text: string): string {
  return createHash('sha1').update(text).digest('base64').slice(0, 16);
}

/** Embeddings of the corpus: those kept from before, and the missing ones computed and kept. */
async function corpusVectors(texts: string[], embed: Embed, file: string): Promise<Float32Array[]> {
  const known = new Map<string, Float32Array>();
  const kept = readKept(file);
  const size = Number(kept?.header.size ?? 0);
  if (kept && Array.isArray(kept.header.keys)) {
    for (const [i, name] of kept.header.keys.entries()) {
      known.set(String(name), kept.numbers.subarray(i * size, (i + 1) * size));
    }
  }
  const missing = [...new Set(texts)].filter((text) => !known.has(key(text)));
  const told = Math.max(1, Math.ceil(missing.length / BATCH / 5));
  for (let i = 0; i < missing.length; i += BATCH) {
    const batch = missing.slice(i, i + BATCH);
    const vectors = await embed(batch);
    for (const [j, text] of batch.entries()) known.set(key(text), vectors[j] ?? new Float32Array(0));
    if ((i / BATCH) % told === told - 1) {
      say({
        kind: 'log',
        message: `Embedding the corpus: ${Math.round((100 * (i + batch.length)) / missing.length)} %`,
        fields: {},
      });
    }
  }
  const vectors = texts.map((text) => known.get(key(text)) ?? new Float32Array(0));
  if (missing.length > 0) keepVectors(file, texts, vectors);
  return vectors;
}

function keepVectors(file: string, texts: string[], vectors: Float32Array[]): void {
  const size = vectors[0]?.length ?? 0;
  const numbers = new Float32Array(texts.length * size);
  for (const [i, vector] of vectors.entries()) numbers.set(vector, i * size);
  writeKept(file, { size, keys: texts.map(key) }, numbers);
}

async function start(setting: WorkerSetting): Promise<void> {
  const place = await locate(setting);
  const embed = await loadEmbedder(place);
  const corpus = readCorpus(join(projectRoot(), 'intents', 'corpus'));
  const folder = join(setting.keepDir, 'nlu');
  const headFile = join(folder, `${place.name}.head`);
  const kept = readKept(headFile);
  let head: Head;
  let acceptance: Acceptance;
  if (kept?.header.digest === corpus.digest) {
    head = {
      classes: kept.header.classes as string[],
      size: Number(kept.header.size),
      weights: kept.numbers,
    };
    acceptance = kept.header.acceptance as Acceptance;
  } else {
    const texts = corpus.lines.map((line) => line.text);
    const vectors = await corpusVectors(texts, embed, join(folder, `${place.name}.vectors`));
    ({ head, acceptance } = trainVoice(corpus.lines, vectors));
    writeKept(
      headFile,
      { digest: corpus.digest, classes: head.classes, size: head.size, acceptance },
      head.weights,
    );
  }
  await embed(['where is my order']);
  parentPort?.on('message', ({ id, text }: { id: number; text: string }) => {
    embed([text]).then(
      ([vector]) => {
        say({ kind: 'vector', id, vector: vector ?? new Float32Array(0) });
      },
      (error: unknown) => {
        say({ kind: 'failed', id, message: String(error) });
      },
    );
  });
  say({ kind: 'ready', head, acceptance });
}

if (parentPort) {
  start(workerData as WorkerSetting).catch((error: unknown) => {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
}
