// Builds everything into dist/: server code (esbuild, no type check), pages (Vite), the language model. Skips parts whose inputs have not changed.
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '../..');
const dist = join(root, 'dist');
const target = {
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'linked',
  logLevel: 'warning',
};
const pages = ['widget', 'demo-shop', 'simulator', 'desk'];

async function* files(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

async function list(folders) {
  const all = [];
  for (const folder of folders) for await (const path of files(join(root, folder))) all.push(path);
  return all.sort();
}

/** A short name for the present state of the inputs: paths, sizes, times. */
async function stateOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const { size, mtimeMs } = await stat(path);
    hash.update(`${relative(root, path)}:${size}:${mtimeMs};`);
  }
  return hash.digest('hex');
}

async function unlessBuilt(name, inputs, outputs, build) {
  const state = await stateOf([...inputs, join(root, 'package-lock.json'), join(root, 'scripts/build.mjs')]);
  const stamp = join(dist, '.built', name);
  const before = await readFile(stamp, 'utf8').catch(() => '');
  if (before === state && outputs.every((path) => existsSync(path))) return;
  const started = performance.now();
  await build();
  await mkdir(join(dist, '.built'), { recursive: true });
  await writeFile(stamp, state);
  console.log(`  built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** What a file says of its own place, said from where the one file lies. */
const ownPlace = (entry) => ({
  name: 'own-place',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const there = JSON.stringify(relative(dirname(entry), dirname(path)));
      const text = await readFile(path, 'utf8');
      const contents = text
        .replaceAll('__dirname', `require('node:path').join(__dirname, ${there})`)
        .replaceAll('require.main === module', path === entry ? '$&' : 'false');
      return { contents, loader: 'ts' };
    });
  },
});

/** Builds a program in one file: calls between CommonJS modules go through getters, which cost the store's thread nearly half of its time. */
async function oneFile(name) {
  const { build } = await import('esbuild');
  const entry = join(root, name);
  await build({
    ...target,
    entryPoints: [entry],
    outfile: join(dist, name.replace(/\.ts$/, '.js')),
    bundle: true,
    packages: 'external',
    plugins: [ownPlace(entry)],
  });
}

async function server() {
  const { build } = await import('esbuild');
  const paths = await list(['src', 'dialogs', 'intents', 'models']);
  await unlessBuilt('server', paths, [join(dist, 'src/main.js')], async () => {
    for (const folder of ['src', 'dialogs', 'intents', 'models'])
      await rm(join(dist, folder), { recursive: true, force: true });
    await build({
      ...target,
      entryPoints: paths.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts')),
      outdir: dist,
      outbase: root,
    });
    await oneFile('src/embedded-mongodb/worker.ts');
    await oneFile('src/main.ts');
    for (const path of paths.filter((each) => !/\.(ts|md)$/.test(each))) {
      await cp(path, join(dist, relative(root, path)));
    }
  });
}

async function page(name) {
  const config = join(root, 'web', name, 'vite.config.ts');
  if (!existsSync(config)) return;
  const inputs = await list([join('web', name), join('web', 'shared')]);
  await unlessBuilt(name, inputs, [join(dist, 'web', name)], async () => {
    const { build } = await import('vite');
    await build({ configFile: config, logLevel: 'warn' });
  });
}

async function model() {
  const trainer = join(dist, 'src/nlu/train.js');
  if (!existsSync(trainer)) return;
  const inputs = await list(['intents', 'src/nlu']);
  await unlessBuilt('model', inputs, [join(dist, 'nlu')], async () => {
    const { spawnSync } = await import('node:child_process');
    const { status } = spawnSync(process.execPath, [trainer], { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error('the language model could not be trained');
  });
}

/** What the command line needs: server code and the language model. An installed copy without sources has both. */
export async function buildServer() {
  if (!existsSync(join(root, 'src')) && existsSync(join(dist, 'src/main.js'))) return;
  await server();
  await model();
}

export async function buildAll() {
  await buildServer();
  for (const name of pages) await page(name);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildAll();
  console.log('Built. Start it with: npm run serve');
}
