import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../core/errors';

/** How a file is fetched; tests shorten the waits. */
export interface Downloading {
  /** Told percent of the file, every twenty. */
  progress: (percent: number) => void;
  /** Waits before the second, third … try, in milliseconds. */
  waits?: readonly number[];
  /** Longest silence of the server, in milliseconds. */
  silence?: number;
  /** Bytes free where a folder lies. */
  room?: (dir: string) => Promise<number>;
}

const WAITS = [2_000, 10_000, 60_000];
const SILENCE = 30_000;
/** Left free beside the file, in bytes: the data folder holds the shop's records. */
const SPARE = 50_000_000;

/** SHA-256 of a file. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Fetches a file to `to`. A connection that breaks or falls silent is tried again, going on where it stopped; what was got stays for the
 * next start as well. Refuses for good: an address that answers no, a disk without room.
 */
export async function download(url: string, to: string, how: Downloading): Promise<void> {
  const waits = how.waits ?? WAITS;
  for (let tries = 0; ; tries++) {
    try {
      await attempt(url, to, how);
      return;
    } catch (error) {
      const wait = waits[tries];
      if (error instanceof AppError || wait === undefined) throw error;
      await pause(wait);
    }
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

async function attempt(url: string, to: string, how: Downloading): Promise<void> {
  const silence = new AbortController();
  const limit = how.silence ?? SILENCE;
  const timer = setTimeout(() => {
    silence.abort(new Error('the server fell silent'));
  }, limit);
  try {
    const had = await sizeOf(to);
    const headers: Record<string, string> = had > 0 ? { range: `bytes=${had}-` } : {};
    const answer = await fetch(url, { headers, signal: silence.signal });
    if (answer.status === 416) {
      await answer.body?.cancel();
      await rm(to, { force: true });
      throw new Error('what was got before does not fit the file');
    }
    if (answer.status >= 500 || answer.status === 429) throw new Error(`${url} answered ${answer.status}`);
    if (!answer.ok || !answer.body) throw new AppError('settings', `${url} answered ${answer.status}`);
    const from = answer.status === 206 ? had : 0;
    const length = answer.headers.get('content-length');
    const total = length === null ? undefined : from + Number(length);
    await makeSure(to, (total ?? 0) - from, how);
    const done = await write(answer.body, to, from, total, how, () => {
      timer.refresh();
    });
    if (total !== undefined && done < total) throw new Error(`only ${done} of ${total} bytes came`);
  } finally {
    clearTimeout(timer);
  }
}

async function makeSure(to: string, bytes: number, how: Downloading): Promise<void> {
  const room = how.room ?? (async (dir) => statfs(dir).then(({ bavail, bsize }) => bavail * bsize));
  const free = await room(dirname(to));
  if (free >= bytes + SPARE) return;
  throw noRoom(`it needs ${megabytes(bytes)} MB, and ${megabytes(free)} MB are free`);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function noRoom(why: string): AppError {
  return new AppError(
    'settings',
    `There is no room in the data folder for the sentence-embedding model: ${why}`,
  );
}

async function write(
  body: AsyncIterable<unknown>,
  to: string,
  from: number,
  total: number | undefined,
  how: Downloading,
  alive: () => void,
): Promise<number> {
  const file = await open(to, from > 0 ? 'a' : 'w');
  let done = from;
  let told = 0;
  try {
    for await (const chunk of body) {
      alive();
      const bytes = Buffer.from(chunk as Uint8Array);
      await file.write(bytes);
      done += bytes.length;
      const percent = total ? Math.floor((100 * done) / total) : 0;
      if (percent >= told + 20) how.progress((told = percent));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      await rm(to, { force: true });
      throw noRoom('the disk is full');
    }
    throw error;
  } finally {
    await file.close();
  }
  return done;
}
