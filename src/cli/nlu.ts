import { readFile, writeFile } from 'node:fs/promises';
import { systemClock } from '../core/clock';
import { AppError } from '../core/errors';
import { timeHostile, timeLines, type Times } from '../nlu/bench';
import { sampleLines } from '../nlu/corpus';
import { evaluate, parseEvaluation, type Evaluation } from '../nlu/evaluate';
import { explain } from '../nlu/explain';
import { trainModel, trainNlpjs } from '../nlu/trained';
import { createUnderstand } from '../nlu/understand';
import { defaultPolicy } from '../support/policy';
import { optional, required, type Command, type Invocation } from './command';

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

function table(figures: Evaluation): string[] {
  const rows = Object.entries(figures.perIntent).map(
    ([intent, { precision, recall, f1, n }]) =>
      `  ${intent.padEnd(22)} ${percent(precision).padStart(8)} ${percent(recall).padStart(8)} ${percent(f1).padStart(8)} ${String(n).padStart(6)}`,
  );
  const { p50, p95, p99 } = figures.latencyMs;
  return [
    `${figures.n} lines`,
    `accuracy            ${percent(figures.accuracy)}`,
    `macro F1            ${percent(figures.macroF1)}`,
    `accepted and right  ${percent(figures.acceptedAndRight)}`,
    `out of scope        recall ${percent(figures.outOfScope.recall)}, false accepts ${percent(figures.outOfScope.falseAccept)}`,
    `AUROC               ${figures.auroc.toFixed(4)}`,
    `latency             p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
    '',
    `  ${'intent'.padEnd(22)} ${'precision'.padStart(8)} ${'recall'.padStart(7)} ${'F1'.padStart(8)} ${'lines'.padStart(6)}`,
    ...rows,
  ];
}

/** A reply does without late embeddings; an evaluation wants them, however busy the machine. Milliseconds. */
const EVALUATION_PATIENCE = 10_000;

async function evaluateFile(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const file = required(invocation, 'file');
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('not_found', `the file ${file} cannot be read`, { cause });
  });
  const { timeZone, nlu, dataDir } = invocation.config();
  const understand = await createUnderstand({
    timeZone,
    dataDir,
    orderNumberPattern: defaultPolicy.orderNumberPattern,
    embeddingPatience: EVALUATION_PATIENCE,
    ...nlu,
  });
  try {
    const { figures, predictions } = await evaluate(
      parseEvaluation(content, file),
      understand,
      systemClock.now(),
    );
    const target = optional(invocation, 'predictions');
    if (target) await writeFile(target, predictions.map((line) => `${JSON.stringify(line)}\n`).join(''));
    if (invocation.options.json) io.out(JSON.stringify(figures));
    else for (const line of table(figures)) io.out(line);
  } finally {
    await understand.close();
  }
  return 0;
}

async function bench({ io, options, config }: Invocation): Promise<number> {
  const { timeZone, nlu, dataDir } = config();
  const before = process.memoryUsage().rss;
  const began = process.hrtime.bigint();
  const { orderNumberPattern } = defaultPolicy;
  const understand = await createUnderstand({ timeZone, dataDir, orderNumberPattern, ...nlu });
  const loaded = Number(process.hrtime.bigint() - began) / 1e6;
  try {
    const embedded = await understand.embeddings;
    const now = systemClock.now();
    const lines = sampleLines(800);
    const ordinary = await timeLines(understand, lines, now);
    const count = Number(options.hostile ?? 2000);
    const seed = options.seed === undefined ? undefined : Number(options.seed);
    const say = (done: number): void => {
      io.err(`${done} hostile lines`);
    };
    const hostile = await timeHostile(understand, count, now, say, seed);
    const memory = Math.round((process.memoryUsage().rss - before) / 1e6);
    const row = (name: string, t: Times): string =>
      `${name.padEnd(9)} ${t.lines} lines, processor ${t.cpu.toFixed(3)} ms a line; clock p50 ${t.p50.toFixed(2)}, p95 ${t.p95.toFixed(2)} ms`;
    io.out(
      `loaded in ${loaded.toFixed(0)} ms, ${embedded ? 'with' : 'without'} sentence embeddings, ${memory} MB more memory`,
    );
    io.out(row('ordinary', ordinary));
    io.out(row('hostile', hostile));
    io.out(
      `          most processor time ${hostile.max.toFixed(1)} ms, over 20 ms ${hostile.slow}, thrown ${hostile.thrown}, noise taken for a change ${hostile.changes}`,
    );
    return hostile.thrown + hostile.changes > 0 ? 1 : 0;
  } finally {
    await understand.close();
  }
}

/** `nlu train`, `nlu eval`, `nlu explain`, `nlu bench`. */
export const nluCommands: Command[] = [
  {
    name: 'nlu train',
    usage: '',
    summary: 'Train the language model from intents/corpus',
    positionals: 0,
    run: async ({ io }) => {
      const report = trainModel({ progress: (step) => io.err(step) });
      io.out(
        `${report.lines} lines, ${report.features} features, threshold ${report.threshold.toFixed(3)}: ${report.file}`,
      );
      await trainNlpjs({ progress: (step) => io.err(step) });
      return 0;
    },
  },
  {
    name: 'nlu eval',
    usage: '--file <f.jsonl> [--json] [--predictions <out.jsonl>]',
    summary: 'Measure understanding on lines with known intents',
    help: [
      '--file         lines {"text","intent","lang"?}; an intent of smalltalk fits any small talk',
      '--json         the figures as one JSON object',
      '--predictions  write what was predicted, a line for each input',
    ],
    options: { file: { type: 'string' }, json: { type: 'boolean' }, predictions: { type: 'string' } },
    positionals: 0,
    run: evaluateFile,
  },
  {
    name: 'nlu bench',
    usage: '[--hostile <lines>] [--seed <n>]',
    summary: 'Measure time and memory of understanding, with ordinary and with hostile lines',
    help: [
      '--hostile      how many hostile lines (2000): every script, rows up to 64 kB',
      '--seed         another number, other hostile lines',
    ],
    options: { hostile: { type: 'string' }, seed: { type: 'string' } },
    positionals: 0,
    run: bench,
  },
  {
    name: 'nlu explain',
    usage: '"<text>"',
    summary: 'Show what a line is taken to mean, and why',
    positionals: 1,
    run: ({ io, positionals }) => {
      io.out(explain(positionals[0] ?? ''));
      return Promise.resolve(0);
    },
  },
];
