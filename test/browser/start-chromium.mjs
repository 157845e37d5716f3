/**
 * Starts a headless Chromium for the browser tests and says where to connect.
 *
 * As a module: `const { endpoint, stop } = await startChromium()`.
 * As a program: `node start-chromium.mjs` prints one line, the CDP endpoint (`ws://127.0.0.1:…`), and stays until its
 * standard input closes or it is told to end; the browser ends with it. Tests use it this way through `chromium.ts`,
 * because Jest cannot load `@sparticuz/chromium` (ESM only).
 *
 * The browser is `CHROME_PATH` when set; otherwise the one that comes inside `@sparticuz/chromium` (Linux), unpacked once per
 * machine and version. A Devanagari font from `@fontsource` is put where fontconfig finds it, so that Hindi is drawn.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sfntFromWoff } from './woff.mjs';

const require = createRequire(import.meta.url);
const START_TIMEOUT_MS = 60_000;

/** Unpacks browser and fonts beside their final place and renames, so that side by side starts never see half of it. */
async function unpacked() {
  const { version } = JSON.parse(
    await readFile(join(dirname(require.resolve('@sparticuz/chromium')), '../../package.json'), 'utf8'),
  );
  const home = join(tmpdir(), `doorstep-chromium-${version}-${userInfo().uid}`);
  if (existsSync(home)) return home;
  const draft = await mkdtemp(join(tmpdir(), 'doorstep-chromium-draft-'));
  const before = { TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV };
  // The package unpacks into TMPDIR, and its spare system libraries only where it believes itself on that platform.
  process.env.TMPDIR = draft;
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  await rename(draft, home).catch(async (error) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  });
  return home;
}

/** A fontconfig folder with the system's fonts, the packed Latin ones and Devanagari in two weights. */
async function fontSettings(profile, home) {
  const folder = join(profile, 'fonts');
  await mkdir(folder);
  const files = dirname(require.resolve('@fontsource/noto-sans-devanagari/package.json'));
  for (const weight of [400, 600]) {
    const woff = await readFile(join(files, `files/noto-sans-devanagari-devanagari-${weight}-normal.woff`));
    await writeFile(join(folder, `devanagari-${weight}.ttf`), sfntFromWoff(woff));
  }
  const packed = home ? `<dir>${join(home, 'fonts')}</dir>` : '';
  await writeFile(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>/usr/share/fonts</dir>${packed}<dir>${folder}</dir><cachedir>${join(profile, 'font-cache')}</cachedir>
</fontconfig>`,
  );
  return folder;
}

function launch(path, profile, env) {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--no-zygote',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--hide-scrollbars',
    '--mute-audio',
    '--font-render-hinting=none',
    '--autoplay-policy=no-user-gesture-required',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    'about:blank',
  ];
  const child = spawn(path, flags, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const endpoint = new Promise((resolve, reject) => {
    let said = '';
    const tooLong = setTimeout(() => reject(new Error(`Chromium did not start: ${said}`)), START_TIMEOUT_MS);
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      said = (said + chunk).slice(-4000);
      const match = /DevTools listening on (ws:\S+)/.exec(said);
      if (!match) return;
      clearTimeout(tooLong);
      resolve(match[1]);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(tooLong);
      reject(new Error(`Chromium ended with ${code}: ${said}`));
    });
  });
  return { child, endpoint };
}

/** Starts a browser; `stop` ends it and removes its profile. Throws with the browser's own words when it cannot start. */
export async function startChromium() {
  const home = process.env.CHROME_PATH ? undefined : await unpacked();
  const path = process.env.CHROME_PATH ?? join(home, 'chromium');
  const profile = await mkdtemp(join(tmpdir(), 'doorstep-browser-'));
  const env = { ...process.env, FONTCONFIG_PATH: await fontSettings(profile, home), HOME: profile };
  let running = launch(path, profile, env);
  let endpoint;
  try {
    endpoint = await running.endpoint;
  } catch (error) {
    if (!home || !/shared libraries/.test(String(error))) throw error;
    running = launch(path, profile, { ...env, LD_LIBRARY_PATH: join(home, 'al2023/lib') });
    endpoint = await running.endpoint;
  }
  const { child } = running;
  return {
    endpoint,
    async stop() {
      const ended = child.exitCode !== null || new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { endpoint, stop } = await startChromium();
  process.stdout.write(`${endpoint}\n`);
  let ending;
  const end = () => (ending ??= stop().then(() => process.exit(0)));
  process.stdin.on('end', end).on('error', end).resume();
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
