import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilePlace } from './records';

/** How far a file has been imported, and what became of it until there. */
export interface Kept extends FilePlace {
  kept: number;
  created: number;
  refused: number;
}

const SAMPLE_BYTES = 1024 * 1024;

/** A name for what a file holds: its size, beginning and end. Another file, or a changed one, has another name. */
export async function fingerprint(file: FileHandle, size: number): Promise<string> {
  const hash = createHash('sha256').update(String(size));
  for (const at of [0, Math.max(0, size - SAMPLE_BYTES)]) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, at);
    hash.update(buffer.subarray(0, bytesRead));
  }
  return hash.digest('hex').slice(0, 32);
}

/** The note of one file in `<dataDir>/imports`. It holds numbers only. */
export class PlaceKept {
  private readonly folder: string;
  private readonly path: string;

  constructor(dataDir: string, name: string) {
    this.folder = join(dataDir, 'imports');
    this.path = join(this.folder, `${name}.json`);
  }

  /** Undefined when this file was never begun, or finished. */
  async read(): Promise<Kept | undefined> {
    try {
      const kept = JSON.parse(await readFile(this.path, 'utf8')) as Kept;
      return Number.isInteger(kept.offset) && kept.offset > 0 ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  /** Whole or not at all, so that a crash in the middle leaves the note before. */
  async write(kept: Kept): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeFile(`${this.path}.new`, JSON.stringify(kept));
    await rename(`${this.path}.new`, this.path);
  }

  /** The file is done. */
  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }
}
