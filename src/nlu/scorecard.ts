import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INTENTS } from '../core/intents';
import { LOCALES } from '../core/locale';
import { projectRoot, readCorpus, type Corpus } from './corpus';
import {
  acceptedAtFalseAccepts,
  evaluate,
  figuresOf,
  parseEvaluation,
  type EvaluationLine,
  type Prediction,
} from './evaluate';
import { judgePart } from './model/train';
import { createUnderstand, type ClosableUnderstand } from './understand';

/** Held-back accuracy by language and intent: how many lines, and which share was right. */
export type HeldBack = Record<string, Record<string, { n: number; right: number }>>;

/** Trains on three quarters of the corpus and asks the rest, whole stretches of paraphrases at a time. Takes a few seconds. */
export function heldBack({ lines, around }: Pick<Corpus, 'lines' | 'around'>): HeldBack {
  const found: HeldBack = {};
  for (const { line, right, inScope } of judgePart(lines, 0, 4, { epochs: 6, copies: 1, around })) {
    if (!inScope) continue;
    const cell = ((found[line.locale] ??= {})[line.intent] ??= { n: 0, right: 0 });
    cell.n++;
    if (right) cell.right++;
  }
  return found;
}

/** The share right of a language, or of one intent in it. */
export function heldBackShare(found: HeldBack, locale: string, intent?: string): number {
  const cells = Object.entries(found[locale] ?? {}).filter(
    ([name]) => intent === undefined || name === intent,
  );
  const n = cells.reduce((sum, [, cell]) => sum + cell.n, 0);
  return n === 0 ? 0 : cells.reduce((sum, [, cell]) => sum + cell.right, 0) / n;
}

interface NamedSet {
  name: string;
  lines: EvaluationLine[];
}

const percent = (share: number): string => (share * 100).toFixed(1);

/** What nobody reads differently by chance: a floor lies this far under what was measured when it was set. */
const FLOOR_MARGIN = { language: 0.03, intent: 0.15 };

/** Floors for the test, from figures measured now. */
export function floorsOf(found: HeldBack): Record<string, Record<string, number>> {
  const low = (share: number, margin: number): number => Math.floor(Math.max(0, share - margin) * 100) / 100;
  return Object.fromEntries(
    LOCALES.map((locale) => [
      locale,
      Object.fromEntries([
        ['all', low(heldBackShare(found, locale), FLOOR_MARGIN.language)],
        ...Object.keys(found[locale] ?? {})
          .sort()
          .map((intent) => [intent, low(heldBackShare(found, locale, intent), FLOOR_MARGIN.intent)]),
      ]),
    ]),
  );
}

function heldBackTable(found: HeldBack): string[] {
  const intents = INTENTS.filter((intent) => intent !== 'out_of_scope');
  return [
    '| intent | English | Hinglish | Hindi |',
    '| --- | ---: | ---: | ---: |',
    ...intents.map(
      (intent) =>
        `| ${intent} | ${['en', 'hi-Latn', 'hi'].map((locale) => percent(heldBackShare(found, locale, intent))).join(' | ')} |`,
    ),
    `| **all** | ${['en', 'hi-Latn', 'hi'].map((locale) => percent(heldBackShare(found, locale))).join(' | ')} |`,
  ];
}

async function setTable(
  sets: readonly NamedSet[],
  understand: ClosableUnderstand,
  now: Date,
): Promise<string[]> {
  const rows: string[] = [];
  const all: Prediction[] = [];
  const results: { name: string; inside: Prediction[] }[] = [];
  for (const { name, lines } of sets) {
    const { figures, predictions } = await evaluate(lines, understand, now);
    all.push(...predictions);
    const inside = predictions.filter((p) => p.expected !== 'out_of_scope');
    const some = inside.length > 0;
    const none = inside.length < predictions.length;
    if (some) results.push({ name, inside });
    rows.push(
      `| ${name} | ${figures.n} | ${some ? percent(figures.accuracy) : ''} | ${some ? percent(figures.macroF1) : ''} | ${some ? percent(figures.acceptedAndRight) : ''} | ${none ? percent(figures.outOfScope.falseAccept) : ''} | ${some && none ? percent(figures.auroc) : ''} |`,
    );
  }
  const outside = all.filter((p) => p.expected === 'out_of_scope');
  const mean = (of: (inside: Prediction[]) => number): number =>
    results.reduce((sum, r) => sum + of(r.inside), 0) / Math.max(1, results.length);
  return [
    '| set | lines | accuracy | macro-F1 | accepted and right | false accepts | AUROC |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    `Mean accuracy over sets with in-scope lines: **${percent(mean((inside) => figuresOf(inside, []).accuracy))}**. Accepted and right where 10 % of all out-of-scope lines get through: **${percent(mean((inside) => acceptedAtFalseAccepts(inside, outside, 0.1)))}**; where 5 % do: **${percent(mean((inside) => acceptedAtFalseAccepts(inside, outside, 0.05)))}**. AUROC over all lines: **${percent(figuresOf(all, []).auroc)}**.`,
  ];
}

/** Folders and the instant a scorecard is made with. */
export interface ScorecardOptions {
  /** Folder of evaluation files that are not part of the project. */
  setsDir?: string;
  modelDir?: string;
  dataDir?: string;
  now: Date;
}

/** The scorecard as Markdown: the corpus held back, then public sets without and with sentence embeddings. */
export async function scorecard(options: ScorecardOptions): Promise<string> {
  const corpus = readCorpus(join(projectRoot(), 'intents', 'corpus'));
  const outside = corpus.lines.filter((line) => line.intent === 'out_of_scope').length;
  const out = [
    '# How well Doorstep understands',
    '',
    'Generated by `node dist/src/nlu/scorecard.js --write --sets <folder>`; do not edit. All figures in percent.',
    '',
    `The corpus has ${corpus.lines.length} hand-written lines, ${outside} of them out of scope.`,
    '',
    '## The corpus held back',
    '',
    'One quarter of the corpus, neighbouring paraphrases kept together, asked of a model trained on the rest, without embeddings. It rewards an easy',
    'corpus and is here as a floor that tests hold, not as a promise.',
    '',
    ...heldBackTable(heldBack(corpus)),
  ];
  if (options.setsDir === undefined) return `${out.join('\n')}\n`;
  const sets = readSets(options.setsDir);
  for (const embeddings of ['off', 'on'] as const) {
    if (embeddings === 'on' && options.modelDir === undefined) continue;
    const understand = await createUnderstand({
      timeZone: 'Asia/Kolkata',
      orderNumberPattern: '[A-Z]{1,4}-?\\d{3,8}',
      embeddings,
      modelDir: options.modelDir,
      dataDir: options.dataDir,
      embeddingPatience: 10_000,
    });
    const title =
      embeddings === 'off' ? 'without sentence embeddings' : 'with sentence embeddings (all-MiniLM-L6-v2)';
    out.push(
      '',
      `## Public sets, ${title}`,
      '',
      'Lines of other people, never trained on.',
      '',
      ...(await setTable(sets, understand, options.now)),
    );
    if (embeddings === 'on' && !(await understand.embeddings))
      out.push('', 'The embeddings could not be used in this run.');
    await understand.close();
  }
  return `${out.join('\n')}\n`;
}

function readSets(dir: string): NamedSet[] {
  return readdirSync(dir)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .map((file) => ({
      name: file.replace('.jsonl', ''),
      lines: parseEvaluation(readFileSync(join(dir, file), 'utf8'), file),
    }));
}

function option(args: string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
}

async function main(args: string[]): Promise<void> {
  const text = await scorecard({
    setsDir: option(args, 'sets'),
    modelDir: option(args, 'model-dir'),
    dataDir: option(args, 'data'),
    now: new Date(option(args, 'now') ?? '2026-11-18T06:00:00Z'),
  });
  process.stdout.write(text);
  if (!args.includes('--write')) return;
  const docs = join(projectRoot(), 'docs', 'nlu-scorecard.md');
  if (existsSync(join(projectRoot(), 'docs'))) writeFileSync(docs, text);
  const corpus = readCorpus(join(projectRoot(), 'intents', 'corpus'));
  writeFileSync(
    join(projectRoot(), 'intents', 'floors.json'),
    `${JSON.stringify(floorsOf(heldBack(corpus)), undefined, 2)}\n`,
  );
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
