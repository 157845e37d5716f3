import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddings } from '../../src/nlu/embeddings/client';
import { modelIn } from '../../src/nlu/embeddings/files';
import { headProbabilities, trainHead } from '../../src/nlu/embeddings/head';
import { readKept, writeKept } from '../../src/nlu/embeddings/kept';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'nlu-embeddings-'));
});

afterEach(() => {
  rmSync(dir, { recursive: true });
});

function workerSaying(code: string): string {
  const file = join(dir, 'worker.js');
  writeFileSync(file, `const { parentPort } = require('node:worker_threads');\n${code}`);
  return file;
}

const READY = `parentPort.postMessage({ kind: 'ready', acceptance: { weights: [1, -1, 0], threshold: 0.5 },
  head: { classes: ['greet', 'out_of_scope.chat'], size: 2, weights: new Float32Array([1, 0, 0, 0, 1, 0]) } });`;

function start(
  workerFile: string,
  patience = 60,
): { embeddings: ReturnType<typeof startEmbeddings>; said: string[] } {
  const said: string[] = [];
  const log = {
    info: (_: object, m: string) => said.push(m),
    warn: (_: object, m: string) => said.push(`warning: ${m}`),
  };
  return { embeddings: startEmbeddings({ mode: 'on', keepDir: dir, workerFile, log, patience }), said };
}

test('switched off there is no voice and nothing to wait for', async () => {
  const embeddings = startEmbeddings({ mode: 'off', keepDir: dir });
  expect([await embeddings.ready, await embeddings.voice('hi', 'en')]).toEqual([false, undefined]);
  await embeddings.close();
});

test('a worker that answers gives a voice', async () => {
  const { embeddings } = start(
    workerSaying(
      `${READY} parentPort.on('message', ({ id }) => parentPort.postMessage({ kind: 'vector', id, vector: new Float32Array([1, 0]) }));`,
    ),
    5000,
  );
  expect(await embeddings.ready).toBe(true);
  const found = await embeddings.voice('hi', 'en');
  expect(found?.voice.opinion.ranked[0]?.intent).toBe('greet');
  await embeddings.close();
});

test('a worker that cannot start is reported once and replies go on without it', async () => {
  const { embeddings, said } = start(workerSaying(`throw new Error('no such library');`));
  expect(await embeddings.ready).toBe(false);
  expect(await embeddings.voice('hi', 'en')).toBeUndefined();
  expect(said).toEqual(['warning: Understanding works without sentence embeddings: no such library']);
  await embeddings.close();
});

test('a worker that says nothing holds up no reply', async () => {
  const { embeddings } = start(workerSaying(`${READY} parentPort.on('message', () => {});`));
  await embeddings.ready;
  expect(await embeddings.voice('hi', 'en')).toBeUndefined();
  await embeddings.close();
});

test('a worker that dies in the middle leaves no one waiting', async () => {
  const { embeddings } = start(
    workerSaying(`${READY} parentPort.on('message', () => process.exit(1));`),
    10_000,
  );
  await embeddings.ready;
  expect(await embeddings.voice('hi', 'en')).toBeUndefined();
  expect(await embeddings.voice('hi', 'en')).toBeUndefined();
  await embeddings.close();
});

test('a head learns to part vectors, always alike', () => {
  const lines = Array.from({ length: 40 }, (_, i) => ({
    vector: new Float32Array(i % 2 ? [0.9, 0.1] : [0.1, 0.9]),
    label: i % 2,
    weight: 1,
  }));
  const head = trainHead(lines, ['a', 'b'], 2, 5);
  expect(headProbabilities(head, new Float32Array([0.8, 0.2]))[1]).toBeGreaterThan(0.9);
  expect(trainHead(lines, ['a', 'b'], 2, 5).weights).toEqual(head.weights);
});

test('kept numbers come back, and a damaged file counts as none', () => {
  const file = join(dir, 'x.vectors');
  writeKept(file, { size: 2 }, new Float32Array([1, 2, 3, 4]));
  expect(readKept(file)?.numbers).toEqual(new Float32Array([1, 2, 3, 4]));
  writeFileSync(file, '{"size":2}\nabc');
  expect(readKept(file)).toBeUndefined();
});

test('a model is found in the folder itself or by its name inside it', () => {
  const folder = join(dir, 'all-MiniLM-L6-v2');
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(join(folder, 'tokenizer.json'), '{}');
  writeFileSync(join(folder, 'onnx', 'model_quantized.onnx'), 'x');
  const place = { parent: `${dir}/`, name: 'all-MiniLM-L6-v2' };
  expect(modelIn(folder, 'Xenova/all-MiniLM-L6-v2')).toEqual(place);
  expect(modelIn(dir, 'Xenova/all-MiniLM-L6-v2')).toEqual(place);
  expect(modelIn(tmpdir(), 'Xenova/none-such')).toBeUndefined();
});

const built = join(__dirname, '../../dist/src/nlu/embeddings/worker.js');
const modelDir = process.env.NLU_MODEL_DIR;
const real =
  modelDir !== undefined && existsSync(built) && modelIn(modelDir, 'Xenova/all-MiniLM-L6-v2') !== undefined;

(real ? test : test.skip)(
  'the real model joins in from the build (needs NLU_MODEL_DIR and a build)',
  async () => {
    const keepDir = join(__dirname, '../../.cache');
    const embeddings = startEmbeddings({
      mode: 'on',
      modelDir,
      keepDir,
      workerFile: built,
      patience: 10_000,
    });
    expect(await embeddings.ready).toBe(true);
    const found = await embeddings.voice('whereabouts of the thing I purchased', 'en');
    expect(found?.voice.opinion.ranked[0]?.intent).toBe('order_status');
    await embeddings.close();
  },
  300_000,
);
