import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { AppError } from '../core/errors';
import { INTENTS, type IntentName } from '../core/intents';
import { isLocale, LOCALES, type Locale } from '../core/locale';
import { concepts } from './text/concepts';
import { normalise } from './text/normalise';
import { spellings } from './text/spellings';

/** One line a customer might write, with where it stands. */
export interface CorpusLine {
  text: string;
  intent: IntentName;
  /** The class it trains: the intent, or `out_of_scope.<topic>`. */
  label: string;
  locale: Locale;
  /** Paraphrase group: lines between two blank lines of a file. Held back together. */
  group: string;
  file: string;
  line: number;
}

/** All lines and a digest of them and of the word tables, by which a saved model is known to be of this corpus. */
export interface Corpus {
  lines: CorpusLine[];
  /** Sentences that people put around a wish and that ask for nothing (`around.txt`). */
  around: Around;
  digest: string;
}

/** Sentences by language that carry no wish. */
export type Around = Partial<Record<Locale, string[]>>;

/** The project's root: the nearest folder above with a package file and `intents/corpus` (the build holds a copy of the corpus only). */
export function projectRoot(from: string = __dirname): string {
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json')) && existsSync(join(dir, 'intents', 'corpus'))) return dir;
    if (dirname(dir) === dir)
      throw new AppError('not_found', 'intents/corpus was not found beside the program');
  }
}

function labelOf(file: string): { label: string; intent: IntentName } | undefined {
  const label = file.replace(/\.txt$/, '');
  const [name, topic, ...rest] = label.split('.');
  const intent = INTENTS.find((known) => known === name);
  if (!intent || rest.length > 0) return undefined;
  if (intent === 'out_of_scope' ? !topic : topic) return undefined;
  return { label, intent };
}

/** Reads a corpus folder (`<locale>/<intent>.txt`). Refuses what is wrong with a list of every fault, each with file and line. */
export function readCorpus(dir: string): Corpus {
  const lines: CorpusLine[] = [];
  const around: Around = {};
  const faults: string[] = [];
  const digest = createHash('sha256').update(JSON.stringify([...spellings, ...concepts]));
  for (const locale of readdirSync(dir).sort()) {
    if (locale.startsWith('.') || locale.endsWith('.md')) continue;
    if (!isLocale(locale)) {
      faults.push(`${locale}: not a language of this product (${LOCALES.join(', ')})`);
      continue;
    }
    for (const file of readdirSync(join(dir, locale)).sort()) {
      const path = join(dir, locale, file);
      if (file === 'around.txt') {
        const text = readFileSync(path, 'utf8');
        digest.update(`${locale}/${file}\n${text}`);
        const of = { intent: 'out_of_scope', label: 'around', locale } as const;
        around[locale] = linesOf(text, relative(dir, path), of, faults).map((line) => line.text);
        continue;
      }
      const named = file.endsWith('.txt') ? labelOf(file) : undefined;
      if (!named) {
        faults.push(
          `${relative(dir, path)}:1: no such intent; files are <intent>.txt, out_of_scope.<topic>.txt or around.txt`,
        );
        continue;
      }
      const text = readFileSync(path, 'utf8');
      digest.update(`${locale}/${file}\n${text}`);
      lines.push(...linesOf(text, relative(dir, path), { ...named, locale }, faults));
    }
  }
  findDuplicates(lines, faults);
  if (lines.length === 0 && faults.length === 0) faults.push(`${dir}: holds no lines`);
  if (faults.length > 0)
    throw new AppError('invalid_input', `The corpus cannot be used:\n${faults.join('\n')}`);
  return { lines, around, digest: digest.digest('hex') };
}

function linesOf(
  text: string,
  file: string,
  of: { label: string; intent: IntentName; locale: Locale },
  faults: string[],
): CorpusLine[] {
  const found: CorpusLine[] = [];
  let group = 0;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '') group++;
    if (line === '' || line.startsWith('#')) continue;
    if (raw.includes('\t') || raw.includes('\uFFFD'))
      faults.push(`${file}:${index + 1}: tab or broken character`);
    else if (line.length > 300) faults.push(`${file}:${index + 1}: longer than 300 characters`);
    else found.push({ ...of, text: line, group: `${file}#${group}`, file, line: index + 1 });
  }
  return found;
}

function findDuplicates(lines: CorpusLine[], faults: string[]): void {
  const seen = new Map<string, CorpusLine>();
  for (const line of lines) {
    const key = normalise(line.text);
    const other = seen.get(key);
    if (key !== '' && other && other.intent !== line.intent) {
      faults.push(
        `${line.file}:${line.line}: "${line.text}" is also in ${other.file}:${other.line} for another intent`,
      );
    }
    seen.set(key, line);
  }
}

/** Lines of the shipped corpus at even distances, for measuring. */
export function sampleLines(count: number): string[] {
  const { lines } = readCorpus(join(projectRoot(), 'intents', 'corpus'));
  const step = Math.max(1, Math.floor(lines.length / count));
  return lines.filter((_, i) => i % step === 0).map(({ text }) => text);
}
