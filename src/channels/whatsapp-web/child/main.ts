import { createRequire } from 'node:module';
import { lstatSync, readlinkSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../core/clock';
import type { ChildOptions, FromChild, ToChild } from '../protocol';
import { within, type WebClient, type WebLibrary } from './client';
import { Link } from './link';
import { Memory } from './memory';

/**
 * The child process: the client library and its browser live here, so that nothing they do can hurt the product. It ends itself whenever the
 * session is beyond repair, and when the parent is gone.
 */
let client: WebClient | undefined;
let link: Link | undefined;
let leaving = false;

const BROWSER_LOOK_MS = 250;
const CLOSE_MS = 3_000;

function tell(message: FromChild): void {
  if (process.connected) process.send?.(message);
}

function leave(): void {
  if (leaving) return;
  leaving = true;
  link?.stop();
  const closed = client ? within(CLOSE_MS, client.destroy()) : Promise.resolve();
  void closed.catch(() => undefined).finally(() => process.exit(0));
}

function lose(reason: string): void {
  if (!leaving) tell({ type: 'lost', reason });
  leave();
}

/** A browser that died with its machine leaves a lock that names a process which is no more; Chrome would refuse the folder for ever. */
function freeProfile(folder: string): void {
  const lock = join(folder, 'session', 'SingletonLock');
  try {
    if (!lstatSync(lock).isSymbolicLink()) return;
    const [, host, pid] = /^(.*)-(\d+)$/.exec(readlinkSync(lock)) ?? [];
    if (host === hostname() && isAlive(Number(pid))) return;
    rmSync(lock, { force: true });
  } catch {
    // No lock, nothing to free.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function tellBrowser(): void {
  const pid = client?.pupBrowser?.process?.()?.pid;
  if (pid) tell({ type: 'browser', pid });
  else setTimeout(tellBrowser, BROWSER_LOOK_MS).unref();
}

function start(options: ChildOptions): void {
  let library: WebLibrary;
  try {
    library = createRequire(options.library)(options.library) as WebLibrary;
  } catch {
    lose('library_failed');
    return;
  }
  const memory = new Memory(options.folder);
  freeProfile(options.folder);
  client = new library.Client({
    authStrategy: new library.LocalAuth({ dataPath: options.folder }),
    puppeteer: {
      executablePath: options.chromePath,
      headless: true,
      // Our own end closes it, in order.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    },
    webVersionCache: { type: 'none' },
  });
  const nowSeconds = () => Math.floor(systemClock.now().getTime() / 1000);
  link = new Link(client, memory, options.times, tell, lose, nowSeconds);
  link.start();
  tellBrowser();
}

process.on('message', (message: ToChild) => {
  switch (message.type) {
    case 'start':
      return start(message.options);
    case 'send':
      return link?.send(message);
    case 'typing':
      void link?.typing(message.to).catch(() => undefined);
      return;
    case 'stored':
      return link?.stored(message.number);
    case 'stop':
      return leave();
  }
});
process.on('disconnect', leave);
process.on('SIGTERM', leave);
// Ctrl-C reaches the whole group; the parent stops us when its sends have ended.
process.on('SIGINT', () => undefined);
process.on('unhandledRejection', () => void link?.doubt());
process.on('uncaughtException', () => lose('fault'));
