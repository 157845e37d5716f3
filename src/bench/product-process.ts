import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicMs } from '../core/clock';

/** A free loopback port, for a process that is told where to listen. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** A program in a process of its own. */
export interface Running {
  url: string;
  pid: number;
  child: ChildProcess;
  dataDir: string;
  /** From the start of the process until it was ready, milliseconds. */
  readyMs: number;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A start on a busy machine may take long; a test that waits here has not failed yet, milliseconds. */
const READY_MS = 180_000;

async function until(url: string, child: ChildProcess, ms: number): Promise<void> {
  const end = monotonicMs() + ms;
  while (monotonicMs() < end) {
    if (child.exitCode !== null) throw new Error('the process ended before it was ready');
    const ready = await fetch(url).then(
      (answer) => answer.status < 500,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the process did not become ready');
}

/** Starts a script of dist/ and waits until it answers at `path`. */
export async function startScript(
  script: string,
  args: string[],
  options: { port: number; path: string; env?: Record<string, string>; dataDir?: string; keepData?: boolean },
): Promise<Running> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'doorstep-run-'));
  const started = monotonicMs();
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: '/usr/bin:/bin', DATA_DIR: dataDir, ...options.env },
  });
  const url = `http://127.0.0.1:${options.port}`;
  await until(`${url}${options.path}`, child, READY_MS);
  return {
    url,
    pid: child.pid ?? 0,
    child,
    dataDir,
    readyMs: Math.round(monotonicMs() - started),
    stop: async (signal = 'SIGTERM') => {
      const ended = new Promise<void>((resolve) =>
        child.exitCode !== null || child.signalCode !== null
          ? resolve()
          : child.once('exit', () => resolve()),
      );
      child.kill(signal);
      await ended;
      if (!options.keepData) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The whole product, with WhatsApp configured against a Graph API on loopback. */
export async function startProductProcess(options: {
  graphUrl: string;
  appSecret: string;
  account: string;
  apiKey: string;
  dataDir?: string;
  keepData?: boolean;
  env?: Record<string, string>;
}): Promise<Running> {
  const port = await freePort();
  return startScript(join(__dirname, '..', 'main.js'), [], {
    port,
    path: '/readyz',
    dataDir: options.dataDir,
    keepData: options.keepData,
    env: {
      PORT: String(port),
      API_KEY: options.apiKey,
      LOG_LEVEL: 'error',
      NLU_EMBEDDINGS: 'off',
      GRAPH_API_URL: options.graphUrl,
      WHATSAPP_SENDS_PER_SECOND: '0',
      WHATSAPP_PHONE_NUMBER_ID: options.account,
      WHATSAPP_BUSINESS_ACCOUNT_ID: '1',
      WHATSAPP_ACCESS_TOKEN: 'token',
      WHATSAPP_APP_SECRET: options.appSecret,
      WHATSAPP_VERIFY_TOKEN: 'verify',
      ...options.env,
    },
  });
}
