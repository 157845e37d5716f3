import { linkSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../core/errors';

const RECORD = 'server.json';
const ANSWER_MS = 2000;
/** macOS takes about 104 bytes for the path of a socket. */
const MAX_SOCKET_PATH_BYTES = 100;

/** What a running server leaves in its folder so that others find it. */
export interface RunningServer {
  socketPath: string;
  /** A second socket that answers from the first moment to the last, before and after the files are open. */
  lockPath: string;
  pid: number;
}

/** A second server was asked for on a folder that one serves already. */
export class FolderInUse extends AppError {
  constructor(
    readonly dataDir: string,
    readonly running: RunningServer,
  ) {
    super(
      'conflict',
      `the data folder ${dataDir} is already served by process ${running.pid} (${uriOf(running.socketPath)}); stop it first or join it`,
    );
    this.name = 'FolderInUse';
  }
}

/** The URI of a server behind a unix socket. */
export function uriOf(socketPath: string): string {
  return `mongodb://${encodeURIComponent(socketPath)}/?directConnection=true`;
}

/** The folder in which a store keeps its files. */
export function storeFolder(dataDir: string): string {
  return join(resolve(dataDir), 'mongodb');
}

function read(path: string): RunningServer | undefined {
  try {
    const r = JSON.parse(readFileSync(path, 'utf8')) as Partial<RunningServer>;
    const whole =
      typeof r.socketPath === 'string' && typeof r.lockPath === 'string' && typeof r.pid === 'number';
    return whole ? (r as RunningServer) : undefined;
  } catch {
    return undefined;
  }
}

/** True when somebody answers on the socket. */
function answers(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path);
    const end = (yes: boolean): void => {
      socket.destroy();
      done(yes);
    };
    socket.setTimeout(ANSWER_MS, () => end(true));
    socket.once('connect', () => end(true));
    // A full queue of callers is an answer too; a refused or missing socket is none.
    socket.once('error', (e: NodeJS.ErrnoException) => end(e.code === 'EAGAIN'));
  });
}

/** The server that serves this folder now: known by an answer on its socket, never by a process number. */
export async function runningServer(dataDir: string): Promise<RunningServer | undefined> {
  const r = read(join(storeFolder(dataDir), RECORD));
  return r && (await answers(r.lockPath)) ? r : undefined;
}

/** A data folder taken by this process until `release`. */
export interface Claim {
  socketPath: string;
  release(): Promise<void>;
}

/** Takes a data folder, or throws `FolderInUse`. What a killed process left behind does not count. */
export async function claim(dataDir: string): Promise<Claim> {
  const folder = storeFolder(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const base = [tmpdir(), '/tmp'].find((d) => Buffer.byteLength(d) + 24 < MAX_SOCKET_PATH_BYTES) ?? '/tmp';
  const sockets = mkdtempSync(join(base, 'ds-'));
  const mine = { socketPath: join(sockets, 's.sock'), lockPath: join(sockets, 'l.sock'), pid: process.pid };
  const lock = await listen(mine.lockPath);
  const path = join(folder, RECORD);
  const release = async (): Promise<void> => {
    if (read(path)?.lockPath === mine.lockPath) rmSync(path, { force: true });
    await new Promise((r) => lock.close(r));
    rmSync(sockets, { recursive: true, force: true });
  };
  try {
    await enter(dataDir, path, mine);
  } catch (e) {
    await release();
    throw e;
  }
  return { socketPath: mine.socketPath, release };
}

function listen(path: string): Promise<Server> {
  const server = createServer((s) => s.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve(server));
    server.unref();
  });
}

async function enter(dataDir: string, path: string, mine: RunningServer): Promise<void> {
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (let tries = 0; tries < 10; tries++) {
      try {
        // A link either makes the name or fails: of two starters one gets it.
        linkSync(draft, path);
        return;
      } catch (e) {
        if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
      }
      const other = read(path);
      if (other && (await answers(other.lockPath))) throw new FolderInUse(dataDir, other);
      setAside(path, other);
    }
    throw new AppError('conflict', `the data folder ${dataDir} is being taken by others at this moment`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a dead record, but not one that somebody else put there meanwhile. */
function setAside(path: string, dead: RunningServer | undefined): void {
  const aside = `${path}.old.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = read(aside);
  if (taken && taken.lockPath !== dead?.lockPath) {
    try {
      linkSync(aside, path);
    } catch {
      // Another record stands there already.
    }
  } else if (dead && dirname(dead.lockPath).includes('ds-'))
    rmSync(dirname(dead.lockPath), { recursive: true, force: true });
  rmSync(aside, { force: true });
}
