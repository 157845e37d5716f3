import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddings } from '../../src/nlu/embeddings/client';
import { download, hashOf } from '../../src/nlu/embeddings/download';
import { fetchedDir, fetchedModel, fetchModel, modelIn } from '../../src/nlu/embeddings/files';

const MODEL = 'Xenova/all-MiniLM-L6-v2';
const REVISION = '751bff37182d3f1213fa05d7196b954e230abad9';
const CONTENT = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 31) % 251));

type Answer = (request: IncomingMessage, response: ServerResponse, asked: number) => void;

let dir: string;
let server: Server;
let base: string;
let answer: Answer;
let asked: { url: string; range: string | undefined }[];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'nlu-fetch-'));
  asked = [];
  server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', range: request.headers.range });
    answer(request, response, asked.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true });
});

/** Serves bytes from where they are asked for, as file servers do. */
function serve(
  content: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
  most = content.length,
): void {
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (from >= content.length && from > 0) return void response.writeHead(416).end();
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': content.length - from });
  const part = content.subarray(from, Math.min(content.length, from + most));
  response.write(part, () => {
    if (from + part.length < content.length) response.destroy();
    else response.end();
  });
}

const quick = { progress: () => undefined, waits: [1, 1, 1], silence: 5_000 };

test('a connection cut in the middle goes on where it stopped', async () => {
  answer = (request, response, n) => serve(CONTENT, request, response, n < 3 ? 70_000 : undefined);
  const to = join(dir, 'file.part');
  await download(`${base}/file`, to, quick);
  expect(readFileSync(to).equals(CONTENT)).toBe(true);
  expect(asked.map(({ range }) => range?.startsWith('bytes=') ?? false)).toEqual([false, true, true]);
});

test('what was got before a restart is gone on with', async () => {
  answer = (request, response) => serve(CONTENT, request, response);
  const to = join(dir, 'file.part');
  writeFileSync(to, CONTENT.subarray(0, 150_000));
  await download(`${base}/file`, to, quick);
  expect([asked[0]?.range, readFileSync(to).equals(CONTENT)]).toEqual(['bytes=150000-', true]);
});

test('a server that cannot go on in the middle begins again, and one longer rest than the file is thrown away', async () => {
  answer = (request, response) => {
    if (request.headers.range) request.headers.range = '';
    serve(CONTENT, request, response);
  };
  const to = join(dir, 'file.part');
  writeFileSync(to, 'x'.repeat(1000));
  await download(`${base}/file`, to, quick);
  expect(readFileSync(to).equals(CONTENT)).toBe(true);
  answer = (request, response) => serve(CONTENT, request, response);
  writeFileSync(to, 'x'.repeat(300_000));
  await download(`${base}/file`, to, quick);
  expect(readFileSync(to).equals(CONTENT)).toBe(true);
});

test('a server that falls silent is left and tried again', async () => {
  answer = (request, response, n) => {
    if (n > 1) return serve(CONTENT, request, response);
    response.writeHead(200, { 'content-length': CONTENT.length });
    response.write(CONTENT.subarray(0, 50_000));
  };
  const to = join(dir, 'file.part');
  await download(`${base}/file`, to, { ...quick, silence: 300 });
  expect([readFileSync(to).equals(CONTENT), asked.length]).toEqual([true, 2]);
});

test('a server in trouble is tried a few times, one that says no only once', async () => {
  answer = (_, response) => response.writeHead(503).end();
  await expect(download(`${base}/file`, join(dir, 'a'), quick)).rejects.toThrow('answered 503');
  expect(asked).toHaveLength(4);
  answer = (_, response) => response.writeHead(404).end();
  await expect(download(`${base}/file`, join(dir, 'b'), quick)).rejects.toThrow('answered 404');
  expect(asked).toHaveLength(5);
});

test('a disk without room is said before anything is written', async () => {
  answer = (request, response) => serve(CONTENT, request, response);
  const to = join(dir, 'file.part');
  const full = { ...quick, room: () => Promise.resolve(1_000_000) };
  await expect(download(`${base}/file`, to, full)).rejects.toThrow('no room in the data folder');
  expect(existsSync(to)).toBe(false);
});

test('a file with another hash than the pinned one is refused and not kept', async () => {
  answer = (_, response) => response.end('something else than the model');
  await expect(fetchModel(dir, MODEL, { progress: () => undefined, base })).rejects.toThrow('another hash');
  expect(existsSync(join(fetchedDir(dir, MODEL), 'tokenizer.json'))).toBe(false);
  expect(existsSync(join(fetchedDir(dir, MODEL), 'tokenizer.json.part'))).toBe(false);
  expect(asked[0]?.url).toBe(`/${MODEL}/resolve/${REVISION}/config.json`);
  expect(await fetchedModel(dir, MODEL)).toBeUndefined();
});

test('a model that is not pinned is not fetched at all', async () => {
  const fetching = fetchModel(dir, 'someone/else', { progress: () => undefined, base });
  await expect(fetching).rejects.toThrow('NLU_MODEL_DIR');
  expect(asked).toEqual([]);
});

const built = join(__dirname, '../../dist/src/nlu/embeddings/worker.js');
const modelDir = process.env.NLU_MODEL_DIR;
const place = modelDir === undefined ? undefined : modelIn(modelDir, MODEL);

(place && existsSync(built) ? test : test.skip)(
  'the real model is fetched over HTTP through a cut, kept by its hash and joins in (needs NLU_MODEL_DIR and a build)',
  async () => {
    const source = join(place?.parent ?? '', place?.name ?? '');
    let cut = false;
    answer = (request, response) => {
      const path = (request.url ?? '').replace(`/${MODEL}/resolve/${REVISION}/`, '');
      const content = readFileSync(join(source, path));
      const first = path.endsWith('.onnx') && !cut;
      if (first) cut = true;
      serve(content, request, response, first ? 9_000_000 : undefined);
    };
    const said: string[] = [];
    const log = {
      info: (_: object, m: string) => said.push(m),
      warn: (_: object, m: string) => said.push(m),
    };
    mkdirSync(join(dir, 'data'));
    const embeddings = startEmbeddings({
      mode: 'on',
      keepDir: join(dir, 'data'),
      workerFile: built,
      modelSource: base,
      patience: 10_000,
      log,
    });
    const onnx = join(fetchedDir(join(dir, 'data'), MODEL), 'onnx', 'model_quantized.onnx');
    while (!existsSync(onnx)) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await hashOf(onnx)).toBe(await hashOf(join(source, 'onnx', 'model_quantized.onnx')));
    expect(asked.filter(({ url }) => url.endsWith('.onnx')).map(({ range }) => range !== undefined)).toEqual([
      false,
      true,
    ]);
    expect(said.some((line) => /model_quantized\.onnx \d+ %/.test(line))).toBe(true);
    expect(await fetchedModel(join(dir, 'data'), MODEL)).toBeDefined();
    await embeddings.close();
  },
  180_000,
);
