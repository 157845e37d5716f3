import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { SETTINGS } from '../src/config';
import { LOCALES } from '../src/core/locale';
import { repliesFor } from '../src/replies/replies';

const ROOT = join(__dirname, '..');
const SOURCE_FOLDERS = ['src', 'dialogs', 'intents', 'models', 'scripts'];
const LARGEST_FILE_LINES = 300;
const LARGEST_TEST_LINES = 400;

/** What a part may import besides itself; `core` is allowed to all. Parts that are not listed may import core alone. */
const MAY_IMPORT: Record<string, string[]> = {
  'src/core': [],
  'src/store': ['models', 'src/embedded-mongodb', 'src/support'],
  'src/bot': ['dialogs', 'src/support', 'src/replies'],
  dialogs: ['src/support', 'src/replies'],
  'src/nlu': ['intents'],
  'src/http': ['src/support', 'src/replies'],
  'src/desk': ['src/support', 'src/replies'],
  'src/demo': ['src/support', 'src/replies'],
  'src/lifecycle': ['src/support', 'src/replies'],
  'src/conversation': ['src/support', 'src/replies'],
  'src/carriers': ['src/support'],
};

/** Files and folders that put parts together and may import any. */
const CONNECTORS = /^(src\/[^/]+\.ts|src\/cli\/|src\/bench\/|scripts\/)/;

/** Packages that only some parts may use, and why they are kept there. */
const PACKAGES: { pattern: RegExp; parts: string[]; fix: string }[] = [
  { pattern: /^mongoose$/, parts: ['src/store', 'models'], fix: 'move the query into src/store' },
  {
    pattern: /^botbuilder/,
    parts: ['src/bot', 'dialogs'],
    fix: 'keep the SDK behind src/bot and dialogs/kit',
  },
  {
    pattern: /^(@nlpjs\/|@indic-transliteration\/|chrono-node|onnxruntime|@huggingface\/)/,
    parts: ['src/nlu'],
    fix: 'ask the Understand port of core instead',
  },
  { pattern: /^lmdb$/, parts: ['src/embedded-mongodb'], fix: 'only the embedded store knows its files' },
];

const REFUSED_WORDS = /engine|manager|processor|helper|util|common|tunnel/i;

function walk(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : walk(path);
    return [relative(ROOT, path)];
  });
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const isCode = (file: string) => ['.ts', '.tsx'].includes(extname(file));
const sources = SOURCE_FOLDERS.flatMap((folder) => walk(join(ROOT, folder)));
const code = sources.filter(isCode);
const webCode = walk(join(ROOT, 'web')).filter(isCode);
const tests = walk(join(ROOT, 'test')).filter(isCode);

/** Code without comments, so that a word in prose is no fault. Strings stay. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

/** The part a file belongs to: `src/<folder>`, or the top folder. */
function partOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'src' && file.split('/').length > 2 ? `src/${second}` : top;
}

function importsOf(file: string): string[] {
  const found = withoutComments(read(file)).matchAll(
    /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"\n]+)['"]/g,
  );
  return [...found].map((match) => match[1] ?? '');
}

/** Without those that are types alone and leave nothing in the program. */
function valueImportsOf(file: string): string[] {
  const text = withoutComments(read(file))
    .replace(/\b(import|export)\s+type\s[^;]*?from\s+['"][^'"]+['"]/g, '')
    .replace(/\bimport\(['"][^'"]+['"]\)\./g, '');
  return [...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"\n]+)['"]/g)].map(
    (match) => match[1] ?? '',
  );
}

/** Expects no faults, and prints each with its fix. */
function expectNone(faults: string[]): void {
  expect(faults).toEqual([]);
}

function importFault(file: string, target: string): string | undefined {
  const from = partOf(file);
  const to = partOf(relative(ROOT, resolve(ROOT, dirname(file), target)));
  if (from === to || to === 'src/core' || CONNECTORS.test(file)) return undefined;
  if (MAY_IMPORT[from]?.includes(to)) return undefined;
  const fix =
    from === 'src/core'
      ? 'core imports nothing of ours; move the word it needs into core'
      : 'join them by an interface in src/core that src/app.ts hands over';
  return `${file} imports ${target}: ${from} may not know ${to}; ${fix}`;
}

describe('who may import whom', () => {
  test('parts know core and what they are allowed, never their siblings', () => {
    expectNone(
      code.flatMap((file) =>
        importsOf(file)
          .filter((target) => target.startsWith('.'))
          .flatMap((target) => importFault(file, target) ?? []),
      ),
    );
  });

  test('a channel knows core and meta, never another channel', () => {
    const faults = code
      .filter((file) => /^src\/channels\/[^/]+\//.test(file))
      .flatMap((file) => {
        const own = file.split('/')[2];
        return importsOf(file)
          .filter((target) => target.startsWith('.'))
          .map((target) => relative(ROOT, resolve(ROOT, dirname(file), target)).split('/'))
          .filter(([, folder, channel]) => folder === 'channels' && ![own, 'meta'].includes(channel))
          .map(
            (path) => `${file} imports ${path.join('/')}: move what both need to src/channels/meta or core`,
          );
      });
    expectNone(faults);
  });

  test('packages with a seam stay behind it', () => {
    const faults = code.flatMap((file) =>
      PACKAGES.filter(({ parts }) => !parts.includes(partOf(file))).flatMap(({ pattern, parts, fix }) =>
        valueImportsOf(file)
          .filter((target) => pattern.test(target))
          .map((target) => `${file} imports ${target}, which belongs to ${parts.join(' and ')}: ${fix}`),
      ),
    );
    expectNone(faults);
  });

  test('front ends import nothing of the server but types', () => {
    const faults = webCode.flatMap((file) =>
      [...withoutComments(read(file)).matchAll(/import\s+(type\s)?[^;]*?from\s+['"](\.[^'"]+)['"]/g)]
        .filter(
          ([, type, target = '']) =>
            !type && resolve(ROOT, dirname(file), target).startsWith(join(ROOT, 'src')),
        )
        .map(
          ([, , target]) =>
            `${file} imports ${target}: write "import type", or the server's code reaches browsers`,
        ),
    );
    expectNone(faults);
  });
});

describe('what only one file may do', () => {
  test('only src/config.ts reads the environment', () => {
    const faults = code
      .filter((file) => file.startsWith('src/') && file !== 'src/config.ts')
      .concat(code.filter((file) => /^(dialogs|intents|models)\//.test(file)))
      .filter((file) => /process\.env\b/.test(withoutComments(read(file))))
      .map(
        (file) =>
          `${file} reads process.env: add the setting to src/config.ts and take the value as an argument`,
      );
    expectNone(faults);
  });

  test('only src/core/clock.ts reads the time', () => {
    const faults = code
      .filter((file) => file !== 'src/core/clock.ts' && !/^(src\/embedded-mongodb|scripts)\//.test(file))
      .filter((file) =>
        /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(/.test(withoutComments(read(file))),
      )
      .map((file) => `${file} reads the time: take a Clock, or a "now: Date"`);
    expectNone(faults);
  });

  test('nothing prints with console.log but commands', () => {
    const faults = code
      .filter((file) => !/^(src\/cli|src\/bench|scripts)\//.test(file))
      .filter((file) => /\bconsole\.(log|info|debug|warn)\(/.test(withoutComments(read(file))))
      .map((file) => `${file} prints to the console: take a Log from core`);
    expectNone(faults);
  });
});

describe('files and folders', () => {
  test('no file is longer than a person reads at once', () => {
    const faults = [
      ...[...code, ...webCode].map((file) => ({ file, limit: LARGEST_FILE_LINES })),
      ...tests.map((file) => ({ file, limit: LARGEST_TEST_LINES })),
    ]
      .filter(({ file }) => !/^intents\/(corpus|eval)\//.test(file) && !/\.generated\.ts$/.test(file))
      .map((entry) => ({ ...entry, lines: read(entry.file).split('\n').length - 1 }))
      .filter(({ lines, limit }) => lines > limit)
      .map(
        ({ file, lines, limit }) =>
          `${file} has ${lines} lines, ${limit} are allowed: split it by what it does`,
      );
    expectNone(faults);
  });

  test('names say what a file does', () => {
    const faults = [...sources, ...webCode, ...tests]
      .filter((file) => REFUSED_WORDS.test(basename(file)))
      .map((file) => `${file}: name it after what it does, these words say nothing`);
    expectNone(faults);
  });

  test('every folder says what lives there', () => {
    const readme = (folder: string) =>
      existsSync(join(folder, 'README.md')) ? readFileSync(join(folder, 'README.md'), 'utf8') : '';
    const explains = (folder: string) =>
      ['index.ts', 'index.tsx'].some((name) => {
        const index = join(folder, name);
        return existsSync(index) && readFileSync(index, 'utf8').startsWith('/**');
      });
    /** By a README above, which names it. */
    const isNamedAbove = (folder: string): boolean => {
      for (let above = dirname(folder); above.startsWith(`${ROOT}/`); above = dirname(above)) {
        const name = relative(above, folder);
        if (readme(above).includes(`${name}/`) || readme(above).includes(`\`${name}\``)) return true;
      }
      return false;
    };
    const folders = [...new Set([...code, ...webCode].map((file) => dirname(join(ROOT, file))))]
      .filter((folder) => !['src', 'web'].map((top) => join(ROOT, top)).includes(folder))
      .filter((folder) => !readme(folder) && !explains(folder) && !isNamedAbove(folder));
    expectNone(
      folders.map(
        (folder) =>
          `${relative(ROOT, folder)} is explained nowhere: give it a README.md, or name it in the one above`,
      ),
    );
  });

  test('only channels/index.ts and dialogs/index.ts gather exports', () => {
    const faults = code
      .filter(
        (file) =>
          basename(file) === 'index.ts' && !['src/channels/index.ts', 'dialogs/index.ts'].includes(file),
      )
      .filter(
        (file) =>
          /^export (\*|\{[^}]*\}) from/m.test(read(file)) &&
          !/^(export )?(async )?(function|class|const)\b/m.test(read(file)),
      )
      .map((file) => `${file} is a barrel: import from the file that has the thing`);
    expectNone(faults);
  });

  test('the project speaks of itself alone', () => {
    const documents = [
      ...sources,
      ...walk(join(ROOT, 'web')),
      ...walk(join(ROOT, 'test')),
      'README.md',
      'CONTRIBUTING.md',
    ]
      .filter((file) => /\.(ts|tsx|md|json|yaml|css|html)$/.test(file) && existsSync(join(ROOT, file)))
      .filter((file) => file !== 'test/architecture.test.ts');
    const faults = documents
      .filter((file) => /(^|[\s'"`(])(\/work\/|\.\.\/shared\/|\/tmp\/brief)/.test(read(file)))
      .map((file) => `${file} names a path of somebody's machine: take it out`);
    expectNone(faults);
  });
});

describe('lists that must agree', () => {
  test('.env.example lists exactly the settings of src/config.ts', () => {
    const listed = (read('.env.example').match(/^#?[A-Z_]+(?==)/gm) ?? []).map((line) =>
      line.replace('#', ''),
    );
    expectNone([
      ...SETTINGS.filter((name) => !listed.includes(name)).map(
        (name) => `${name} is missing in .env.example: explain it there`,
      ),
      ...listed
        .filter((name, index) => !(SETTINGS as string[]).includes(name) || listed.indexOf(name) !== index)
        .map((name) => `.env.example names ${name}, which is no setting or stands there twice: take it out`),
    ]);
  });

  test('every locale has the same files of sentences', () => {
    const folder = join(ROOT, 'src/replies');
    const filesOf = (locale: string) =>
      existsSync(join(folder, locale)) ? readdirSync(join(folder, locale)).sort() : [];
    const wanted = [...new Set(LOCALES.flatMap(filesOf))];
    expectNone(
      LOCALES.flatMap((locale) =>
        wanted
          .filter((file) => !filesOf(locale).includes(file))
          .map((file) => `src/replies/${locale}/${file} is missing: translate it`),
      ),
    );
  });

  test('every locale has the same sentences', () => {
    const namesOf = (value: unknown, path = ''): string[] =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.entries(value).flatMap(([key, inner]) => namesOf(inner, `${path}.${key}`))
        : [`${path} (${Array.isArray(value) ? 'list' : typeof value})`];
    const all = LOCALES.map((locale) => ({ locale, names: namesOf(repliesFor(locale)) }));
    const wanted = [...new Set(all.flatMap(({ names }) => names))];
    expect(wanted.length).toBeGreaterThan(10);
    expectNone(
      all.flatMap(({ locale, names }) =>
        wanted
          .filter((name) => !names.includes(name))
          .map(
            (name) =>
              `the sentence ${name.slice(1)} is missing in ${locale}: write it in src/replies/${locale}`,
          ),
      ),
    );
  });
});
