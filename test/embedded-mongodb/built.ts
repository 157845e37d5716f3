import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(__dirname, '../..');

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((e) => {
    const path = `${folder}/${e.name}`;
    return e.isDirectory() ? sources(path) : path.endsWith('.ts') ? [path] : [];
  });
}

/** The server as it is shipped, in JavaScript, in a folder of its own inside the project so that packages are found. */
export async function builtServer(): Promise<{ folder: string; index: string; remove(): void }> {
  const folder = mkdtempSync(join(ROOT, 'node_modules/.embedded-'));
  await build({
    entryPoints: [...sources('src/embedded-mongodb'), 'src/core/errors.ts'].map((p) => join(ROOT, p)),
    outbase: ROOT,
    outdir: folder,
    format: 'cjs',
    platform: 'node',
    logLevel: 'error',
  });
  // The worker in one file, as the product is built.
  await build({
    entryPoints: [join(ROOT, 'src/embedded-mongodb/worker.ts')],
    outfile: join(folder, 'src/embedded-mongodb/worker.js'),
    bundle: true,
    packages: 'external',
    format: 'cjs',
    platform: 'node',
    logLevel: 'error',
  });
  const index = join(folder, 'src/embedded-mongodb/index.js');
  return { folder, index, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts a script that serves a folder and prints its URI, in a process of its own. */
export function startProcess(script: string, dir: string): Promise<{ child: ChildProcess; uri: string }> {
  const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (d: Buffer) => resolve({ child, uri: String(d).trim() }));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** Private memory of a process in megabytes; undefined where the system does not tell. */
export function privateMegabytes(pid: number): number | undefined {
  try {
    const kb = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? undefined : Number(kb) / 1024;
  } catch {
    return undefined;
  }
}
